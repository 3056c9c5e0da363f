//! Everything that is said, in the record.

use std::time::Duration;

use discord_sandbox::{Options, Say};
use scribe::incident::{Actor, Fact, MessageId, timeline};
use serde_json::json;
use sqlx::{Connection, SqliteConnection};

use crate::world::{World, every_database};

every_database! {
    messages_edits_and_deletions_are_recorded_with_who_and_where
    files_are_kept_by_what_is_in_them
    what_happened_during_an_absence_is_recorded_once_the_bot_is_back
}

async fn messages_edits_and_deletions_are_recorded_with_who_and_where(world: World) {
    let inc = world.open("ana", "API is down").await;
    let first = world.say("ben", inc.channel, "it is the databse").await;
    world
        .entry(inc.number, |entry| {
            entry.fact.text() == Some("it is the databse")
        })
        .await;
    world
        .discord
        .edit("ben", inc.channel, first, "it is the database")
        .await
        .unwrap();
    world.entry(inc.number, |entry| matches!(&entry.fact, Fact::MessageEdited { text } if text == "it is the database")).await;
    let reply = Say::text("which one?").reply_to(first);
    let reply = world
        .discord
        .say_with("cho", inc.channel, reply)
        .await
        .unwrap();
    let replied = world
        .entry(inc.number, |entry| entry.fact.text() == Some("which one?"))
        .await;
    let Fact::MessagePosted(message) = &replied.fact else {
        panic!("{replied:?}")
    };
    assert_eq!(message.reply_to, Some(MessageId(first.0)));
    assert!(
        matches!(&replied.actor, Actor::Person(person) if person.name == "Cho"),
        "{:?}",
        replied.actor
    );
    assert_eq!(replied.origin.unwrap().channel.0, inc.channel.0);
    world
        .discord
        .delete("cho", inc.channel, reply)
        .await
        .unwrap();
    world
        .entry(inc.number, |entry| {
            matches!(entry.fact, Fact::MessageDeleted {})
        })
        .await;
    let log = world.log(inc.number).await;
    let lines = timeline(&log);
    let said = lines
        .iter()
        .find(|line| line.text == Some("it is the database"))
        .unwrap();
    assert_eq!(said.revisions.len(), 1);
    assert_eq!(said.revisions[0].text, Some("it is the databse"));
    let gone = lines
        .iter()
        .find(|line| line.text == Some("which one?"))
        .unwrap();
    assert!(gone.deleted_at.is_some(), "the record keeps it, marked");
}

/// The message waits for the store while another program writes to it, and its
/// deletion is there first.
#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_finds_a_message_that_waits_for_a_busy_store() {
    let world = World::on_sqlite(Options::default()).await;
    let inc = world.open("ana", "API is down").await;
    world.all_said().await;
    let file = world.files.path().join("scribe.db");
    let url = format!("sqlite://{}", file.display());
    let mut other = SqliteConnection::connect(&url).await.unwrap();
    let busy = sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await;
    busy.unwrap();
    let said = world.say("ben", inc.channel, "said in a hurry").await;
    world
        .discord
        .delete("ben", inc.channel, said)
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_secs(2)).await;
    sqlx::query("COMMIT").execute(&mut other).await.unwrap();
    world
        .entry(inc.number, |entry| {
            entry.fact.text() == Some("said in a hurry")
        })
        .await;
    world
        .entry(inc.number, |entry| {
            matches!(entry.fact, Fact::MessageDeleted {})
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bots_embeds_polls_forwards_stickers_and_new_components_are_read() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let guild = world.discord.guild();
    world.discord.add_bot(guild, "grafana");
    let source = world
        .say("ben", "general", "the disk of db-2 is full")
        .await;
    let general = world.discord.channel("general").unwrap().id;
    let posts = [
        (
            "grafana",
            Say::text("").embed(json!({"title": "Alert", "description": "5xx at 40 %"})),
            "(embed) Alert\n5xx at 40 %",
        ),
        (
            "ben",
            Say::text("").poll("Roll back?", &["yes", "no"]),
            "(poll) Roll back? – yes / no",
        ),
        (
            "ben",
            Say::text("").forward(general, source),
            "(forwarded) the disk of db-2 is full",
        ),
        ("cho", Say::text("").sticker("Wave"), "(sticker) Wave"),
        (
            "grafana",
            Say::text("").components_v2(vec![
                json!({"type": 17, "components": [{"type": 10, "content": "Deploy 812 failed"}]}),
            ]),
            "Deploy 812 failed",
        ),
        (
            "grafana",
            Say::text("")
                .components_v2(vec![
                    json!({"type": 10, "content": "Deploy 813 failed"}),
                    json!({"type": 13, "file": {"url": "attachment://build.log"}}),
                ])
                .file("build.log", "error: out of disk"),
            "Deploy 813 failed",
        ),
    ];
    for (who, say, text) in posts {
        world.discord.say_with(who, inc.channel, say).await.unwrap();
        let entry = world
            .entry(inc.number, |entry| entry.fact.text() == Some(text))
            .await;
        let Actor::Person(person) = &entry.actor else {
            panic!("{entry:?}")
        };
        let name = person.name.to_lowercase();
        assert_eq!((name.as_str(), person.bot), (who, who == "grafana"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_scribe_says_and_discords_notices_are_not_recorded() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.card(inc.channel).await;
    world
        .slash_in("ana", inc.channel, "incident note", &[("text", "a note")])
        .await;
    world.see(inc.channel, "a note").await;
    world.say("ben", inc.channel, "the last").await;
    world
        .entry(inc.number, |entry| entry.fact.text() == Some("the last"))
        .await;
    let log = world.log(inc.number).await;
    let messages: Vec<_> = log
        .iter()
        .filter(|entry| matches!(entry.fact, Fact::MessagePosted(_)))
        .collect();
    assert_eq!(messages.len(), 1, "{messages:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn threads_below_the_channel_are_recorded_too() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let thread = world
        .discord
        .thread("ben", inc.channel, None, "database")
        .await
        .unwrap();
    world.say("ben", thread, "the replica lags").await;
    let entry = world
        .entry(inc.number, |entry| {
            entry.fact.text() == Some("the replica lags")
        })
        .await;
    assert_eq!(entry.origin.unwrap().channel.0, thread.0);
}

async fn files_are_kept_by_what_is_in_them(world: World) {
    let inc = world.open("ana", "API is down").await;
    let say = Say::text("the graph")
        .file("graph.png", b"not really a picture")
        .file("log.txt", b"");
    world
        .discord
        .say_with("ben", inc.channel, say)
        .await
        .unwrap();
    world
        .until(async || {
            let log = world.log(inc.number).await;
            let kept = log
                .iter()
                .filter(|entry| matches!(entry.fact, Fact::AttachmentKept { .. }));
            (kept.count() == 2).then_some(())
        })
        .await;
    // SHA-256 of the bytes above, by sha256sum.
    let sha256 = "fe1a4ab1fb6347036bead73597d5d2958b26ac0b96f68ca2f6dcee53a50f297e";
    let log = world.log(inc.number).await;
    let names: Vec<_> = log
        .iter()
        .filter_map(|entry| match &entry.fact {
            Fact::AttachmentKept { sha256, .. } => Some(sha256.clone()),
            _ => None,
        })
        .collect();
    assert!(names.iter().any(|name| name == sha256), "{names:?}");
    let file = world
        .files
        .path()
        .join("attachments")
        .join(&sha256[..2])
        .join(sha256);
    assert_eq!(std::fs::read(file).unwrap(), b"not really a picture");
}

async fn what_happened_during_an_absence_is_recorded_once_the_bot_is_back(mut world: World) {
    let inc = world.open("ana", "API is down").await;
    let before = world
        .say("ben", inc.channel, "rolled back relase 812")
        .await;
    let deleted = world
        .say("ben", inc.channel, "the password is hunter2")
        .await;
    world
        .entry(inc.number, |entry| {
            entry.fact.text() == Some("the password is hunter2")
        })
        .await;
    world.all_said().await;
    world.kill_bot().await;
    world
        .discord
        .edit("ben", inc.channel, before, "rolled back release 812")
        .await
        .unwrap();
    world
        .discord
        .delete("ben", inc.channel, deleted)
        .await
        .unwrap();
    for n in 0..130 {
        world.say("cho", inc.channel, &format!("missed {n}")).await;
    }
    let thread = world.discord.thread("ben", inc.channel, None, "database");
    let thread = thread.await.unwrap();
    world
        .say("ben", thread, "said in a thread nobody followed")
        .await;
    world.start_bot().await;
    let log = world.log(inc.number).await;
    let missed: Vec<_> = log
        .iter()
        .filter_map(|entry| entry.fact.text())
        .filter(|text| text.starts_with("missed"))
        .collect();
    let expected: Vec<_> = (0..130).map(|n| format!("missed {n}")).collect();
    assert_eq!(missed, expected);
    let lines = timeline(&log);
    assert!(
        lines
            .iter()
            .any(|line| line.text == Some("rolled back release 812"))
    );
    let gone = lines
        .iter()
        .find(|line| line.text == Some("the password is hunter2"))
        .unwrap();
    assert!(gone.deleted_at.is_some());
    assert!(
        lines
            .iter()
            .any(|line| line.text == Some("said in a thread nobody followed"))
    );
    let absence = world
        .entry(inc.number, |entry| {
            matches!(entry.fact, Fact::Absence { recovered: 131, .. })
        })
        .await;
    assert!(absence.seq > lines.last().unwrap().entry.seq || log.contains(&absence));
    world
        .see(inc.channel, "has recorded the 131 messages of that time")
        .await;
    // What the record already had as complete may change in an absence too.
    let messages = world.discord.messages(inc.channel);
    let edited = messages
        .iter()
        .find(|message| message.content == "missed 7")
        .unwrap()
        .id;
    world.kill_bot().await;
    world
        .discord
        .edit("cho", inc.channel, edited, "said otherwise")
        .await
        .unwrap();
    world
        .discord
        .delete("ben", inc.channel, before)
        .await
        .unwrap();
    world.start_bot().await;
    let log = world.log(inc.number).await;
    let lines = timeline(&log);
    assert!(lines.iter().any(|line| line.text == Some("said otherwise")));
    let gone = lines
        .iter()
        .find(|line| line.text == Some("rolled back release 812"));
    assert!(gone.unwrap().deleted_at.is_some());
    // Once more away with nothing missed says nothing.
    world.kill_bot().await;
    world.start_bot().await;
    assert_eq!(world.log(inc.number).await.len(), log.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pin_marks_a_key_event_and_taking_it_off_takes_it_back() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let message = world.say("ben", inc.channel, "the failover helped").await;
    let entry = world
        .entry(inc.number, |entry| {
            entry.fact.text() == Some("the failover helped")
        })
        .await;
    world
        .discord
        .react("cho", inc.channel, message, "📌")
        .await
        .unwrap();
    let marked = world
        .entry(inc.number, |one| {
            one.fact
                == Fact::KeyMarked {
                    entry: entry.seq,
                    by_pin: true,
                }
        })
        .await;
    assert_eq!(marked.actor.name(), "Cho");
    world
        .discord
        .react("ana", inc.channel, message, "📌")
        .await
        .unwrap();
    world
        .discord
        .unreact("cho", inc.channel, message, "📌")
        .await
        .unwrap();
    world
        .discord
        .unreact("ana", inc.channel, message, "📌")
        .await
        .unwrap();
    world
        .entry(inc.number, |one| {
            one.fact == Fact::KeyUnmarked { entry: entry.seq }
        })
        .await;
    let marks = world
        .log(inc.number)
        .await
        .into_iter()
        .filter(|one| matches!(one.fact, Fact::KeyMarked { .. } | Fact::KeyUnmarked { .. }));
    assert_eq!(
        marks.count(),
        2,
        "a second pin changes nothing, and the mark stays while one is left"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_of_another_channel_is_added_by_its_menu() {
    let world = World::start().await;
    let message = world.say("ben", "general", "alerts began at noon").await;
    let answer = world
        .discord
        .message_command("ana", "general", message, "Add to timeline")
        .await
        .unwrap();
    assert!(
        answer.text().contains("No incident is open"),
        "{}",
        answer.text()
    );
    let one = world.open("ana", "API is down").await;
    let answer = world
        .discord
        .message_command("ana", "general", message, "Add to timeline")
        .await
        .unwrap();
    assert!(
        answer.text().contains("of INC-1 is a key event now."),
        "{}",
        answer.text()
    );
    let entry = world
        .entry(one.number, |entry| {
            entry.fact.text() == Some("alerts began at noon")
        })
        .await;
    assert_eq!(entry.actor.name(), "Ben");
    let two = world.open("ben", "Website is slow").await;
    let other = world.say("cho", "general", "users complain").await;
    let question = world
        .discord
        .message_command("cho", "general", other, "Add to timeline")
        .await
        .unwrap();
    assert!(
        question.text().contains("Which incident"),
        "{}",
        question.text()
    );
    let menu = question.components[0]["components"][0]["custom_id"]
        .as_str()
        .unwrap()
        .to_owned();
    world
        .discord
        .select(
            "cho",
            "general",
            question.message_id.unwrap(),
            &menu,
            &["INC-2"],
        )
        .await
        .unwrap();
    world
        .entry(two.number, |entry| {
            entry.fact.text() == Some("users complain")
        })
        .await;
    assert!(
        !world
            .log(one.number)
            .await
            .iter()
            .any(|entry| entry.fact.text() == Some("users complain"))
    );
}
