//! The draft and the weekly summary, on command and by the clock.

use chrono::{Datelike as _, TimeDelta};
use scribe::incident::{Actor, Command, Context, Open, Severity, Source, SourceSystem, decide};
use scribe::jobs::WeeklySummary;
use scribe::store::PastLog;

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn the_draft_has_windows_times_and_links() {
    let world = World::start().await;
    // Named once: a minute may begin between two commands.
    let now = scribe::clock::now();
    let ago = |minutes| (now - TimeDelta::minutes(minutes)).to_rfc3339();
    world
        .slash("ana", "scribe schedule", &[("zone", "America/Chicago")])
        .await;
    let inc = world
        .open_with(
            "ana",
            &[
                ("title", "Payments fail"),
                ("started", &ago(50)),
                ("components", "API"),
            ],
        )
        .await;
    world
        .say("ben", inc.channel, "the certificate ran out")
        .await;
    world
        .slash_in(
            "ben",
            inc.channel,
            "incident note",
            &[
                ("text", "renewed the certificate"),
                ("at", &ago(6)),
                ("key", "true"),
            ],
        )
        .await;
    world
        .slash_in(
            "ben",
            inc.channel,
            "incident outage end",
            &[("at", &ago(5))],
        )
        .await;
    world
        .slash_in(
            "ana",
            inc.channel,
            "incident action add",
            &[("text", "renew certificates by a job"), ("owner", "cho")],
        )
        .await;
    world
        .slash_in(
            "ana",
            inc.channel,
            "incident status",
            &[("state", "resolved"), ("message", "Payments work again")],
        )
        .await;
    let draft = world.see_file(inc.channel, "postmortem.md").await;
    let picture = world.see_file(inc.channel, "incident.png").await;
    assert!(picture.contains("PNG"), "beside the draft is a picture");
    for part in [
        "Payments fail",
        "45m",
        "renewed the certificate",
        "renew certificates by a job",
        "Payments work again",
        "the certificate ran out",
    ] {
        assert!(draft.contains(part), "{part:?} is missing in\n{draft}");
    }
    let link = format!(
        "https://discord.com/channels/{}/{}/",
        world.discord.guild(),
        inc.channel
    );
    assert!(draft.contains(&link), "{draft}");
    let shown = world
        .slash("cho", "postmortem show", &[("incident", "1")])
        .await;
    assert!(shown.ephemeral);
    assert!(shown.files[0].text().contains("Payments fail"));
    let json = world
        .slash(
            "cho",
            "postmortem show",
            &[("incident", "1"), ("format", "json")],
        )
        .await;
    let entries: Vec<scribe::incident::Entry> =
        serde_json::from_str(&json.files[0].text()).unwrap();
    assert_eq!(entries, world.log(1).await[..entries.len()]);
    world
        .slash_in(
            "cho",
            inc.channel,
            "incident correct",
            &[("entry", "1"), ("at", "40m ago")],
        )
        .await;
    let answer = world
        .slash_in("cho", inc.channel, "postmortem draft", &[])
        .await;
    assert!(
        answer.text().contains("The draft of INC-1 follows"),
        "{}",
        answer.text()
    );
    world
        .until(async || {
            let drafts = world
                .discord
                .messages(inc.channel)
                .into_iter()
                .filter(|message| message.file("postmortem.md").is_some());
            (drafts.count() == 2).then_some(())
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_weekly_summary_comes_once_and_late_rather_than_never() {
    let world = World::start().await;
    let page = world.slash("ana", "scribe setup", &[]).await;
    world
        .discord
        .select(
            "ana",
            "general",
            page.message_id.unwrap(),
            "scribe:setup:announcements",
            &["incidents"],
        )
        .await
        .unwrap();
    world
        .until(async || {
            world
                .store
                .settings(world.key(1).guild)
                .await
                .unwrap()
                .announce_channel
        })
        .await;
    let inc = world.open("ana", "API is down").await;
    world
        .slash_in(
            "ana",
            inc.channel,
            "incident status",
            &[("state", "resolved")],
        )
        .await;
    world.all_said().await;
    let job = WeeklySummary::new(world.store.clone(), world.clock());
    job.look(world.clock()()).await.unwrap();
    world.all_said().await;
    let summaries = async || {
        world
            .discord
            .messages("incidents")
            .into_iter()
            .filter(|message| message.file("summary.html").is_some())
            .count()
    };
    assert_eq!(summaries().await, 0, "the week is not over");
    // The bot was away on Monday at nine; on the Tuesday it is told late, and
    // once, whichever day of the week the test runs on.
    let today = world.clock()().weekday().num_days_from_monday();
    world.travel(TimeDelta::days(8 - i64::from(today)));
    for _ in 0..3 {
        job.look(world.clock()()).await.unwrap();
    }
    let summary = world.see_file("incidents", "summary.html").await;
    assert!(summary.contains("API is down"), "{summary}");
    world.all_said().await;
    assert_eq!(summaries().await, 1);
    let picture = world.see_file("incidents", "summary.png").await;
    assert!(picture.contains("PNG"), "beside the page is a picture");
    let answer = world
        .slash("cho", "summary week", &[("week", "last")])
        .await;
    let page = |answer: &discord_sandbox::Answer| {
        let mut pages = answer
            .files
            .iter()
            .filter(|file| file.name == "summary.html");
        pages.next().unwrap().text()
    };
    assert!(answer.ephemeral && page(&answer).contains("API is down"));
    assert_eq!(answer.files.len(), 2, "a page and a picture");
    // A title that is removed for good goes from the review too.
    let values = [("entry", "1"), ("reason", "a name in it")];
    world
        .slash_in("ana", inc.channel, "incident redact", &values)
        .await;
    world
        .until(async || {
            let all = world.discord.messages("incidents");
            let reviews = all.iter().filter(|one| one.file("summary.html").is_some());
            let mut held = reviews.map(|one| {
                one.text().contains("API is down")
                    || one
                        .file("summary.html")
                        .unwrap()
                        .text()
                        .contains("API is down")
            });
            (held.next() == Some(false)).then_some(())
        })
        .await;
    assert_eq!(summaries().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn days_are_summed_up_on_command_without_what_is_private() {
    let world = World::start().await;
    world.open("ana", "API is down").await;
    let drill = [
        ("title", "Exercise"),
        ("severity", "SEV3"),
        ("drill", "true"),
    ];
    world.open_with("ana", &drill).await;
    let secret = [
        ("title", "Stolen key"),
        ("severity", "SEV1"),
        ("private", "true"),
    ];
    world.open_with("ana", &secret).await;
    let month = world
        .slash("ana", "summary month", &[("month", "this")])
        .await;
    assert!(month.text().contains("opened **1**"), "{}", month.text());
    assert!(
        month.text().contains("Counted apart: 1 drill\n"),
        "{}",
        month.text()
    );
    let chosen = world
        .slash(
            "ana",
            "scribe schedule",
            &[("private", "true"), ("drills", "false")],
        )
        .await;
    let said = "private incidents are counted apart, drills left out";
    assert!(chosen.text().contains(said), "{}", chosen.text());
    let range = [("from", "yesterday"), ("to", "today")];
    for answer in [
        world.slash("cho", "summary range", &range).await,
        world
            .slash("ana", "summary week", &[("week", "this")])
            .await,
    ] {
        let text = answer.text();
        assert!(
            text.contains("Counted apart: 1 private incident\n"),
            "{text}"
        );
        assert!(text.contains("opened **1**"), "{text}");
        let page = answer.files.iter().find(|file| file.name == "summary.html");
        let page = page.unwrap().text();
        assert!(page.contains("API is down"), "{page}");
        for hidden in ["Stolen key", "INC-3", "Exercise"] {
            assert!(
                !page.contains(hidden) && !text.contains(hidden),
                "{hidden}\n{text}"
            );
        }
    }
    for (command, values, why) in [
        ("summary month", vec![("month", "soon")], "2026-07"),
        (
            "summary range",
            vec![("from", "2026-07-02"), ("to", "2026-07-01")],
            "lies before",
        ),
        ("summary range", vec![("from", "2020-01-01")], "366 at most"),
    ] {
        let answer = world.slash("ana", command, &values).await;
        assert!(answer.text().contains(why), "{}", answer.text());
        assert!(answer.files.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_is_asked_for_comes_or_is_said_to_be_there() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world
        .slash_in(
            "ana",
            inc.channel,
            "incident status",
            &[("state", "resolved")],
        )
        .await;
    world.see_file(inc.channel, "postmortem.md").await;
    world.all_said().await;
    let drafts = || {
        let all = world.discord.messages(inc.channel).into_iter();
        all.filter(|message| message.file("postmortem.md").is_some())
            .collect::<Vec<_>>()
    };
    let again = world
        .slash_in("ana", inc.channel, "postmortem draft", &[])
        .await;
    world.all_said().await;
    let [first] = drafts().try_into().unwrap();
    assert!(
        again.text().contains(&first.id.to_string()),
        "{}",
        again.text()
    );
    world
        .slash_in(
            "ana",
            inc.channel,
            "incident note",
            &[("text", "it was DNS")],
        )
        .await;
    let again = world
        .slash_in("ana", inc.channel, "postmortem draft", &[])
        .await;
    assert!(again.text().contains("follows in"), "{}", again.text());
    world.all_said().await;
    assert_eq!(drafts().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_of_the_past_is_not_promised_a_draft_in_its_channel() {
    let world = World::start().await;
    let mut open = Open::new("DNS was down", Severity::Sev1);
    open.source = Some(Source {
        system: SourceSystem::Statuspage,
        id: "abc".to_owned(),
        url: None,
    });
    let context = Context {
        actor: Actor::Scribe,
        now: world.clock()(),
        origin: None,
    };
    let log = PastLog {
        once: "import:statuspage:abc".to_owned(),
        entries: decide(None, Command::Open(open), &context).unwrap(),
    };
    let guild = world.key(1).guild;
    world.store.append_logs(guild, &[log]).await.unwrap();
    let answer = world
        .slash("ana", "postmortem draft", &[("incident", "1")])
        .await;
    assert!(
        answer.text().contains("`/postmortem show`"),
        "{}",
        answer.text()
    );
    assert_eq!(world.store.outbox_depth().await.unwrap().waiting, 0);
}
