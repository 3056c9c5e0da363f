//! What people type at three in the morning.

use discord_sandbox::Say;
use scribe::incident::{Fact, Status};

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn titles_of_every_kind_open_an_incident_or_are_refused_with_a_way_out() {
    let world = World::start().await;
    let titles = [
        ("x".repeat(200), "inc-1-xxx"),
        ("🔥🔥🔥".to_owned(), "inc-2"),
        (
            "@everyone help <@&1> @here".to_owned(),
            "inc-3-everyone-help",
        ),
        ("`rm -rf` ```".to_owned(), "inc-4-rm-rf"),
        ("{{#each x}} {{{boom}}}".to_owned(), "inc-5-each-x-boom"),
        (
            "API \u{202E}nwod si\u{200F}".to_owned(),
            "inc-6-api-nwod-si",
        ),
        ("a\u{0}b".to_owned(), "inc-7-a-b"),
        (
            "# **big** ||spoiler|| [x](http://y)".to_owned(),
            "inc-8-big-spoiler",
        ),
    ];
    for (title, name) in &titles {
        let inc = world.open("ana", title).await;
        let channel = world.discord.channel(inc.channel).unwrap();
        assert!(
            channel.name.starts_with(name),
            "{title:?} became {}",
            channel.name
        );
        let card = world.card(inc.channel).await;
        assert!(
            !card.pinged_everyone && card.pinged_users.is_empty(),
            "{title:?}"
        );
        world
            .slash_in(
                "ana",
                inc.channel,
                "incident status",
                &[("state", "resolved"), ("message", title)],
            )
            .await;
        let draft = world.see_file(inc.channel, "postmortem.md").await;
        assert!(!draft.is_empty());
        for message in world.discord.messages(inc.channel) {
            assert!(!message.pinged_everyone, "{}", message.text());
        }
    }
    let answer = world
        .slash("ana", "incident open", &[("title", &"x".repeat(201))])
        .await;
    assert!(
        answer.text().contains("201 characters, and 200 fit"),
        "{}",
        answer.text()
    );
    let answer = world
        .slash("ana", "incident open", &[("title", "\u{200F}\u{0} ")])
        .await;
    assert!(
        answer.text().contains("nothing to read in `title`"),
        "{}",
        answer.text()
    );
    assert_eq!(
        world
            .store
            .incidents(world.key(1).guild, &Default::default())
            .await
            .unwrap()
            .len(),
        titles.len()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_elsewhere_asks_which_incident_is_meant() {
    let world = World::start().await;
    let answer = world
        .slash("ana", "incident status", &[("state", "resolved")])
        .await;
    assert!(
        answer.text().contains("This channel is no incident's")
            && answer.text().contains("/incident open"),
        "{}",
        answer.text()
    );
    world.open("ana", "API is down").await;
    world.open("ana", "API is slow").await;
    let answer = world
        .slash("ana", "incident status", &[("state", "resolved")])
        .await;
    assert!(
        answer
            .text()
            .contains("INC-1 API is down (SEV1, investigating)"),
        "{}",
        answer.text()
    );
    let answer = world
        .slash(
            "ana",
            "incident status",
            &[("state", "resolved"), ("incident", "api")],
        )
        .await;
    assert!(
        answer.text().contains("Several incidents"),
        "{}",
        answer.text()
    );
    let answer = world
        .slash(
            "ana",
            "incident status",
            &[("state", "resolved"), ("incident", "INC-9")],
        )
        .await;
    assert!(
        answer.text().contains("There is no incident `INC-9` here"),
        "{}",
        answer.text()
    );
    let answer = world
        .slash(
            "ana",
            "incident status",
            &[("state", "resolved"), ("incident", "slow")],
        )
        .await;
    assert!(
        answer.text().starts_with("Recorded as #") && answer.text().contains("of INC-2"),
        "{}",
        answer.text()
    );
    assert_eq!(world.incident(1).await.status_now(), Status::Investigating);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_refused_with_a_sentence_that_helps() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let refused = [
        (
            "incident status",
            vec![("state", "investigating")],
            "The status is already **investigating**",
        ),
        (
            "incident status",
            vec![("state", "postmortem")],
            "Resolve it first",
        ),
        (
            "incident note",
            vec![("text", "x"), ("at", "half past never")],
            "I cannot read `half past never` as a time",
        ),
        (
            "incident note",
            vec![("text", "x"), ("at", "in 5 minutes")],
            "lies ahead",
        ),
        (
            "incident note",
            vec![("text", " \u{200F} ")],
            "nothing to read in `text`",
        ),
        (
            "incident severity",
            vec![("level", "SEV1")],
            "already **SEV1**",
        ),
        ("incident outage end", vec![], "No outage is open"),
        ("incident reopen", vec![], "still open"),
        (
            "incident correct",
            vec![("entry", "99"), ("text", "x")],
            "has no entry #99",
        ),
        (
            "incident correct",
            vec![("entry", "soon"), ("text", "x")],
            "`soon` is no number of an entry",
        ),
        (
            "incident correct",
            vec![("entry", "1")],
            "Say what to correct",
        ),
        (
            "incident action done",
            vec![("number", "3")],
            "There is no action item 3",
        ),
        (
            "incident link",
            vec![("relation", "related"), ("to", "INC-1")],
            "cannot be linked to itself",
        ),
        (
            "summary week",
            vec![("week", "soon")],
            "is not a week such as 2026-W29",
        ),
    ];
    let before = world.log(inc.number).await.len();
    for (command, values, sentence) in refused {
        let answer = world.slash_in("ana", inc.channel, command, &values).await;
        assert!(
            answer.text().contains(sentence),
            "/{command}: {}",
            answer.text()
        );
        assert!(answer.ephemeral, "/{command}");
    }
    world.all_said().await;
    assert_eq!(
        world.log(inc.number).await.len(),
        before,
        "refusing writes nothing"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_longest_message_with_ten_files_loses_nothing() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let text = "é".repeat(2_000);
    let say = (0..10).fold(Say::text(&text), |say, n| {
        say.file(&format!("{n}.log"), format!("file {n}"))
    });
    world
        .discord
        .say_with("ben", inc.channel, say)
        .await
        .unwrap();
    let entry = world
        .entry(inc.number, |entry| entry.fact.text() == Some(text.as_str()))
        .await;
    assert!(matches!(&entry.fact, Fact::MessagePosted(message) if message.attachments.len() == 10));
    world
        .until(async || {
            let log = world.log(inc.number).await;
            let kept = log
                .iter()
                .filter(|entry| matches!(entry.fact, Fact::AttachmentKept { .. }));
            (kept.count() == 10).then_some(())
        })
        .await;
    let update = "*".repeat(2_000);
    world
        .slash_in(
            "ana",
            inc.channel,
            "incident update",
            &[("message", &update)],
        )
        .await;
    world.see(inc.channel, "Update (**investigating**)").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endless_name_is_answered_all_the_same() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let endless = "*".repeat(5_900);
    world
        .slash_in(
            "ana",
            inc.channel,
            "incident outage start",
            &[("components", "API")],
        )
        .await;
    for (command, values) in [
        (
            "incident outage end",
            vec![("components", endless.as_str())],
        ),
        (
            "incident component",
            vec![("name", endless.as_str()), ("state", "operational")],
        ),
        ("scribe components remove", vec![("name", endless.as_str())]),
        ("summary week", vec![("week", endless.as_str())]),
        ("incident show", vec![("incident", endless.as_str())]),
        (
            "incident redact",
            vec![("entry", endless.as_str()), ("reason", "x")],
        ),
        ("scribe schedule", vec![("zone", endless.as_str())]),
        (
            "incident note",
            vec![("text", "x"), ("at", endless.as_str())],
        ),
        (
            "incident action add",
            vec![("text", "x"), ("due", endless.as_str())],
        ),
        (
            "incident role",
            vec![("name", endless.as_str()), ("user", "ben")],
        ),
    ] {
        let answer = world
            .slash_in("ana", inc.channel, command, &values)
            .await
            .text();
        assert!(!answer.is_empty(), "{command}");
        assert!(answer.chars().count() < 2_000, "{command}: {answer}");
    }
}
