//! Publishing a postmortem, and checking one.

use chrono::TimeDelta;
use discord_sandbox::{Answer, ChannelKind, Snowflake, Trouble};
use scribe::incident::{DocumentFormat, Fact, Metrics, Status};

use crate::world::{Opened, PATIENCE, World};
use crate::writing::{form, send};

async fn resolved(world: &World, title: &str) -> Opened {
    let inc = world.open("ana", title).await;
    world
        .say("ben", inc.channel, "the certificate ran out, hunter2")
        .await;
    world
        .slash_in(
            "ana",
            inc.channel,
            "incident status",
            &[("state", "resolved")],
        )
        .await;
    world.see_file(inc.channel, "postmortem.md").await;
    inc
}

async fn publish(world: &World, who: &str, inc: Opened) -> Answer {
    world
        .slash_in(who, inc.channel, "postmortem publish", &[])
        .await
}

async fn show(world: &World, inc: Opened, version: &str, format: &str) -> Answer {
    let values = [("version", version), ("format", format)];
    world
        .slash_in("cho", inc.channel, "postmortem show", &values)
        .await
}

/// Channels where guilds publish.
fn channel(world: &World, kind: ChannelKind, name: &str) -> Snowflake {
    world
        .discord
        .add_channel(world.discord.guild(), kind, name, None)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_published_is_frozen_posted_and_measured() {
    let world = World::start().await;
    let reports = channel(&world, ChannelKind::Text, "reports");
    let said = world
        .slash("ana", "scribe postmortems", &[("channel", "reports")])
        .await;
    assert!(
        said.text()
            .contains(&format!("Published postmortems: <#{reports}>")),
        "{}",
        said.text()
    );
    let inc = resolved(&world, "Payments fail @everyone").await;
    world.travel(TimeDelta::hours(30));
    let said = publish(&world, "ana", inc).await;
    assert!(
        said.text()
            .starts_with("Version 1 of the postmortem of INC-1 is published"),
        "{}",
        said.text()
    );
    let posted = world
        .see(reports, "Postmortem of INC-1: Payments fail")
        .await;
    assert!(posted.pinged_users.is_empty() && !posted.pinged_everyone);
    let file = posted.file("INC-1-postmortem-v1.md").unwrap().text();
    assert!(file.contains("> **Version 1**, made by Scribe"), "{file}");
    assert!(file.contains("| Time to publish | 1d 6h |"), "{file}");
    assert!(!file.contains("Before you publish it"), "{file}");
    assert!(posted.file("INC-1-postmortem-v1.html").is_some());
    assert!(posted.file("incident.png").is_some());
    let incident = world.incident(1).await;
    assert_eq!(incident.status_now(), Status::Postmortem);
    let length = Metrics::of(&incident).publish.unwrap();
    assert_eq!(length.num_hours(), 30);
    world
        .see(inc.channel, "Postmortem: **version 1** is published")
        .await;

    // Words of later days make another version and leave this one as it is.
    let opened = form(&world, "ben", inc, "root cause").await;
    send(&world, "ben", &opened, "Nobody owned the certificate.").await;
    let again = publish(&world, "ana", inc).await;
    assert!(again.text().starts_with("Version 2"), "{}", again.text());
    let second = world.see(reports, "version 2").await;
    let second = second.file("INC-1-postmortem-v2.md").unwrap().text();
    assert!(second.contains("Nobody owned the certificate."), "{second}");
    let first = show(&world, inc, "1", "md").await;
    assert_eq!(first.files[0].text(), file);
    let hash = scribe::store::document_hash(&file);
    assert!(first.text().contains(&hash), "{}", first.text());
    let page = show(&world, inc, "2", "html").await;
    assert!(page.files[0].text().starts_with("<!doctype html>"));
    let facts = show(&world, inc, "2", "json").await;
    let facts: serde_json::Value = serde_json::from_str(&facts.files[0].text()).unwrap();
    assert_eq!(facts["version"], 2);
    let none = show(&world, inc, "3", "md").await;
    assert!(
        none.text().contains("has the versions 1 to 2, no 3"),
        "{}",
        none.text()
    );
    assert_eq!(
        Metrics::of(&world.incident(1).await).publish.unwrap(),
        length,
        "the first version is what was waited for"
    );
    let checked = world.store.verify().await.unwrap();
    assert!(checked.differences.is_empty(), "{:?}", checked.differences);
}

#[tokio::test(flavor = "multi_thread")]
async fn its_commander_or_whoever_runs_the_server_publishes() {
    let world = World::start().await;
    let inc = world.open("ana", "Payments fail").await;
    let early = publish(&world, "ana", inc).await;
    assert!(
        early.text().contains("Resolve it first"),
        "{}",
        early.text()
    );
    world
        .slash_in(
            "ana",
            inc.channel,
            "incident status",
            &[("state", "resolved")],
        )
        .await;
    let refused = publish(&world, "ben", inc).await;
    assert!(
        refused.text().contains("published by its commander"),
        "{}",
        refused.text()
    );
    assert_eq!(world.incident(1).await.status_now(), Status::Resolved);
    let role = [("name", "commander"), ("user", "ben")];
    world
        .slash_in("ana", inc.channel, "incident role", &role)
        .await;
    let said = publish(&world, "ben", inc).await;
    assert!(said.text().starts_with("Version 1"), "{}", said.text());
    // No channel was chosen, so it is in the incident's own.
    world.see_file(inc.channel, "INC-1-postmortem-v1.md").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forum_gets_a_post_for_each_version() {
    let world = World::start().await;
    let forum = channel(&world, ChannelKind::Forum, "postmortems");
    world
        .slash("ana", "scribe postmortems", &[("channel", "postmortems")])
        .await;
    let inc = resolved(&world, "Payments fail").await;
    publish(&world, "ana", inc).await;
    world.all_said().await;
    publish(&world, "ana", inc).await;
    world.all_said().await;
    let posts = world.discord.channels().into_iter();
    let posts = posts.filter(|channel| channel.parent == Some(forum));
    let mut names: Vec<String> = posts.map(|post| post.name).collect();
    names.sort();
    assert_eq!(
        names,
        ["INC-1 (version 2): Payments fail", "INC-1: Payments fail"]
    );
    let posted = world
        .store
        .post(world.key(1), "postmortem:1")
        .await
        .unwrap()
        .unwrap();
    let thread = Snowflake(posted.channel.0);
    let first = &world.discord.messages(thread)[0];
    assert_eq!(first.id.0, posted.message.0);
    assert!(first.file("INC-1-postmortem-v1.md").is_some());
}

/// What Discord refuses is tried again; what it did without saying so is found by its name.
#[tokio::test(flavor = "multi_thread")]
async fn a_forum_gets_one_post_however_the_first_try_ends() {
    for trouble in [Trouble::Status(500), Trouble::EffectThenSilence] {
        let world = World::start().await;
        let forum = channel(&world, ChannelKind::Forum, "postmortems");
        world
            .slash("ana", "scribe postmortems", &[("channel", "postmortems")])
            .await;
        let inc = resolved(&world, "Payments fail").await;
        world.all_said().await;
        let path = format!("channels/{forum}/threads");
        world
            .discord
            .faults()
            .rest("POST", &path, 1, trouble.clone());
        publish(&world, "ana", inc).await;
        // Each try draws the picture first, which takes a while.
        let asked =
            |one: &discord_sandbox::Request| one.method == "POST" && one.path.ends_with(&path);
        let first = world.discord.wait_for_request(asked, 2 * PATIENCE).await;
        first.unwrap();
        let posted = world
            .until(async || {
                world
                    .store
                    .post(world.key(1), "postmortem:1")
                    .await
                    .unwrap()
            })
            .await;
        world.all_said().await;
        let posts = world.discord.channels().into_iter();
        let posts: Vec<_> = posts.filter(|one| one.parent == Some(forum)).collect();
        let names: Vec<&str> = posts.iter().map(|post| post.name.as_str()).collect();
        assert_eq!(names, ["INC-1: Payments fail"], "{trouble:?}");
        assert_eq!(posts[0].id.0, posted.channel.0, "{trouble:?}");
        let first = &world.discord.messages(posts[0].id)[0];
        assert!(
            first.file("INC-1-postmortem-v1.md").is_some(),
            "{trouble:?}"
        );
        let tries = world.discord.requests();
        let tries = tries.iter().filter(|one| asked(one)).count();
        let expected = if matches!(trouble, Trouble::Status(_)) {
            2
        } else {
            1
        };
        assert_eq!(tries, expected, "{trouble:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_postmortem_stays_with_its_members() {
    let world = World::start().await;
    let reports = channel(&world, ChannelKind::Text, "reports");
    world
        .slash("ana", "scribe postmortems", &[("channel", "reports")])
        .await;
    let values = [("title", "A leak"), ("private", "true")];
    let inc = world.open_with("ana", &values).await;
    world
        .slash_in(
            "ana",
            inc.channel,
            "incident status",
            &[("state", "resolved")],
        )
        .await;
    publish(&world, "ana", inc).await;
    world.see_file(inc.channel, "INC-1-postmortem-v1.md").await;
    world.all_said().await;
    assert!(world.discord.messages(reports).is_empty());
    for command in ["postmortem show", "postmortem publish", "postmortem check"] {
        let refused = world.slash("ben", command, &[("incident", "1")]).await;
        assert!(
            refused.text().contains("There is no incident"),
            "{}",
            refused.text()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redaction_reaches_what_is_published() {
    let world = World::start().await;
    let reports = channel(&world, ChannelKind::Text, "reports");
    world
        .slash("ana", "scribe postmortems", &[("channel", "reports")])
        .await;
    let inc = resolved(&world, "Payments fail").await;
    publish(&world, "ana", inc).await;
    let posted = world.see(reports, "Postmortem of INC-1").await;
    assert!(posted.files[0].text().contains("hunter2"));
    let secret = world
        .entry(1, |entry| {
            entry
                .fact
                .text()
                .is_some_and(|text| text.contains("hunter2"))
        })
        .await;
    let seq = secret.seq.0.to_string();
    let values = [("entry", seq.as_str()), ("reason", "a password")];
    world
        .slash_in("ana", inc.channel, "incident redact", &values)
        .await;
    let emptied = world.see(reports, "removed for good").await;
    assert_eq!(emptied.id, posted.id);
    assert!(emptied.files.is_empty());
    let shown = show(&world, inc, "1", "md").await;
    assert!(
        shown.files.is_empty() && shown.text().contains("no longer here"),
        "{}",
        shown.text()
    );
    let key = world.key(1);
    for format in [
        DocumentFormat::Md,
        DocumentFormat::Html,
        DocumentFormat::Json,
    ] {
        assert_eq!(world.store.published(key, 1, format).await.unwrap(), None);
    }
    let incident = world.incident(1).await;
    assert_eq!(incident.publications[0].sha256.len(), 3, "the hashes stay");
    publish(&world, "ana", inc).await;
    let next = world.see(reports, "version 2").await;
    assert!(!next.files[0].text().contains("hunter2"));
    let checked = world.store.verify().await.unwrap();
    assert!(checked.differences.is_empty(), "{:?}", checked.differences);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_certainly_wrong_is_found_and_not_published_unasked() {
    let world = World::start().await;
    let inc = resolved(&world, "Payments fail").await;
    let fine = world
        .slash_in("cho", inc.channel, "postmortem check", &[])
        .await;
    assert!(
        fine.ephemeral && fine.text().contains("Nothing in it contradicts itself"),
        "{}",
        fine.text()
    );
    let opened = form(&world, "ben", inc, "summary").await;
    let wrong =
        "Payments failed for 25 minutes, from 2025-07-08 15:00 UTC to 2025-07-08 17:10 UTC.";
    send(&world, "ben", &opened, wrong).await;
    let found = world
        .slash_in("cho", inc.channel, "postmortem check", &[])
        .await
        .text();
    assert!(
        found.contains("25 minutes") && found.contains("1 certain"),
        "{found}"
    );
    let refused = publish(&world, "ana", inc).await;
    assert!(
        refused.text().contains("Nothing was published"),
        "{}",
        refused.text()
    );
    assert!(refused.text().contains("25 minutes"), "{}", refused.text());
    let log = world.log(1).await;
    assert!(
        !log.iter()
            .any(|entry| matches!(entry.fact, Fact::PostmortemPublished { .. }))
    );
    let anyway = world
        .slash_in(
            "ana",
            inc.channel,
            "postmortem publish",
            &[("anyway", "true")],
        )
        .await;
    assert!(anyway.text().starts_with("Version 1"), "{}", anyway.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_checked_with_and_without_an_incident() {
    let world = World::start().await;
    let inc = resolved(&world, "Payments fail").await;
    let text = "# Report\n\nPayments failed for 25 minutes, from 2025-07-08 15:00 UTC to 2025-07-08 17:10 UTC.\n";
    let check = |channel: &'static str, text: String| {
        let world = &world;
        async move {
            let file = world.discord.upload("report.md", text.as_bytes());
            let values = [("file", file.as_str())];
            world.slash("cho", "postmortem check", &values).await.text() + channel
        }
    };
    let alone = check("", text.to_owned()).await;
    assert!(alone.contains("name its incident"), "{alone}");
    assert!(
        alone.contains("line 3") && alone.contains("1 certain"),
        "{alone}"
    );
    let file = world.discord.upload("report.md", text.as_bytes());
    let values = [("file", file.as_str())];
    let here = world
        .slash_in("cho", inc.channel, "postmortem check", &values)
        .await;
    assert!(
        here.text().contains("and the record of INC-1"),
        "{}",
        here.text()
    );
    // Many findings are in a file beside the first.
    let many = (1..60).map(|n| {
        format!(
            "- On 2025-07-{:02} it lasted 25 minutes, from 15:00 UTC to 17:10 UTC.\n",
            n % 28 + 1
        )
    });
    let many: String = many.collect();
    let file = world.discord.upload("many.md", many.as_bytes());
    let values = [("file", file.as_str())];
    let long = world.slash("cho", "postmortem check", &values).await;
    assert!(long.text().chars().count() <= 2_000);
    assert_eq!(long.files[0].name, "findings.txt");
    let large = world.discord.upload("large.md", &vec![b' '; (1 << 20) + 1]);
    let values = [("file", large.as_str())];
    let refused = world.slash("cho", "postmortem check", &values).await;
    assert!(refused.text().contains("kB are read"), "{}", refused.text());
    let none = world.slash("cho", "postmortem check", &[]).await;
    assert!(
        none.text().contains("This channel is no incident's"),
        "{}",
        none.text()
    );
}
