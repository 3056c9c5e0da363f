//! What a redaction takes: every version of a text, and its files from the disk.

use std::path::PathBuf;

use discord_sandbox::Say;
use scribe::incident::{Actor, Command, Context, Fact, GuildId, IncidentNumber, Redaction, Seq};
use scribe::store::{Request, Target, Writer};

use crate::world::World;

/// The files that are kept, by their names.
fn files(world: &World) -> Vec<PathBuf> {
    let mut waiting = vec![world.files.path().join("attachments")];
    let mut files = Vec::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let inside = std::fs::read_dir(path).unwrap();
            waiting.extend(inside.map(|one| one.unwrap().path()));
        } else if path.is_file() {
            files.push(path);
        }
    }
    files
}

fn redact(entry: Seq) -> Command {
    Command::Redact(Redaction::new(vec![entry], "a key"))
}

#[tokio::test(flavor = "multi_thread")]
async fn redacted_files_are_removed_even_if_the_bot_stops_between() {
    let mut world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    for (text, name, bytes) in [
        ("mine", "key.pem", &b"a private key"[..]),
        ("shared", "one.txt", b"the same"),
        ("shared too", "two.txt", b"the same"),
    ] {
        let say = Say::text(text).file(name, bytes);
        world
            .discord
            .say_with("ben", inc.channel, say)
            .await
            .unwrap();
    }
    let kept = |fact: &Fact| matches!(fact, Fact::AttachmentKept { .. });
    world
        .until(async || {
            let log = world.log(inc.number).await;
            let count = log.iter().filter(|entry| kept(&entry.fact)).count();
            (count == 3).then_some(())
        })
        .await;
    assert_eq!(files(&world).len(), 2, "the same bytes are kept once");
    let mine = world
        .entry(inc.number, |entry| entry.fact.text() == Some("mine"))
        .await;
    let shared = world
        .entry(inc.number, |entry| entry.fact.text() == Some("shared"))
        .await;
    world.kill_bot().await;
    let writer = Writer::start(world.store.clone());
    for seq in [mine.seq, shared.seq] {
        let request = Request {
            guild: GuildId(world.discord.guild().0),
            target: Target::Incident(IncidentNumber(inc.number)),
            command: redact(seq),
            context: Context {
                actor: Actor::Scribe,
                now: scribe::clock::now(),
                origin: None,
            },
            once: None,
            quiet: false,
        };
        writer.submit(request).await.unwrap();
    }
    writer.close().await;
    std::fs::write(
        world
            .files
            .path()
            .join("attachments/.part-0123456789abcdef"),
        b"a private",
    )
    .unwrap();
    assert_eq!(files(&world).len(), 3);
    world.start_bot().await;
    world
        .until(async || {
            let in_doubt = world.store.files_in_doubt(9).await.unwrap();
            (in_doubt.is_empty() && files(&world).len() == 1).then_some(())
        })
        .await;
    let [left] = files(&world).try_into().unwrap();
    assert_eq!(std::fs::read(left).unwrap(), b"the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redaction_takes_every_version_of_what_it_names() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let message = world.say("ben", inc.channel, "key is hunter1").await;
    let first = world
        .entry(inc.number, |entry| {
            entry.fact.text() == Some("key is hunter1")
        })
        .await;
    let edit = world
        .discord
        .edit("ben", inc.channel, message, "key is hunter2");
    edit.await.unwrap();
    world
        .entry(inc.number, |entry| {
            entry.fact.text() == Some("key is hunter2")
        })
        .await;
    let entry = first.seq.0.to_string();
    let values = [("entry", entry.as_str()), ("text", "the key is hunter3")];
    world
        .slash_in("ana", inc.channel, "incident correct", &values)
        .await;
    let values = [("entry", entry.as_str()), ("reason", "a key")];
    let answer = world
        .slash_in("ana", inc.channel, "incident redact", &values)
        .await;
    assert!(
        answer.text().starts_with("Recorded as #"),
        "{}",
        answer.text()
    );
    let log = serde_json::to_string(&world.log(inc.number).await).unwrap();
    for secret in ["hunter1", "hunter2", "hunter3"] {
        assert!(!log.contains(secret), "{secret} is in {log}");
    }
}

/// A token that looks real, put together so that nobody takes it for one.
fn token() -> String {
    format!("ghp_{}", "a1B2".repeat(9))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_somebody_says_is_offered_for_redaction_and_taken_by_the_button() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let said = format!("use this: {}", token());
    let message = world.say("ben", inc.channel, &said).await;
    let offer = world.see(inc.channel, "a token of GitHub").await;
    assert!(!offer.text().contains(&token()), "{}", offer.text());
    assert_eq!(offer.buttons(), ["Redact"]);
    let press = async |who: &str| {
        let pressed = world
            .discord
            .click_label(who, inc.channel, offer.id, "Redact");
        pressed.await.unwrap().text()
    };
    let refused = press("cho").await;
    assert!(refused.contains("**Manage Messages**"), "{refused}");
    let taken = press("ben").await;
    assert!(taken.starts_with("Recorded as #"), "{taken}");
    world
        .until(async || {
            let there = world.discord.message(inc.channel, offer.id);
            there.is_none().then_some(())
        })
        .await;
    let log = serde_json::to_string(&world.log(inc.number).await).unwrap();
    assert!(!log.contains(&token()), "{log}");
    // What stands on Discord does not come back as an edit.
    let same = world.discord.edit("ben", inc.channel, message, &said);
    same.await.unwrap();
    world.say("ben", inc.channel, "sorry").await;
    world
        .entry(inc.number, |entry| entry.fact.text() == Some("sorry"))
        .await;
    world.all_said().await;
    let all = world.discord.messages(inc.channel);
    let offers = all.iter().filter(|one| one.text().contains("looks as if"));
    assert_eq!(offers.count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_in_a_command_is_offered_to_whoever_typed_it_and_goes_wherever_it_was_told() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let text = format!("rotated {}", token());
    // Escapes may stand between its parts.
    let inside = "a1B2a1B2a1B2";
    let values = [("text", text.as_str())];
    let answer = world
        .slash_in("ben", inc.channel, "incident note", &values)
        .await;
    assert!(
        answer.text().contains("a token of GitHub"),
        "{}",
        answer.text()
    );
    assert!(!answer.text().contains(inside), "{}", answer.text());
    let values = [("state", "resolved")];
    world
        .slash_in("ana", inc.channel, "incident status", &values)
        .await;
    let draft = world.see_file(inc.channel, "postmortem.md").await;
    assert!(draft.contains(inside), "{draft}");
    world.see(inc.channel, inside).await;
    // Taken up again and resolved, it has a second draft beside the first.
    // Discord takes a third change of a topic in ten minutes late.
    world.travel(chrono::TimeDelta::minutes(15));
    world
        .slash_in("ana", inc.channel, "incident reopen", &[])
        .await;
    world
        .slash_in("ana", inc.channel, "incident status", &values)
        .await;
    let drafts = async || {
        let all = world.discord.messages(inc.channel);
        let drafts = all.iter().filter_map(|one| one.file("postmortem.md"));
        let told = drafts.map(|file| file.text().contains(inside));
        told.collect::<Vec<_>>()
    };
    world
        .until(async || (drafts().await == [true, true]).then_some(()))
        .await;
    let pressed =
        world
            .discord
            .click_label("ben", inc.channel, answer.message_id.unwrap(), "Redact");
    pressed.await.unwrap();
    world
        .until(async || {
            let all = world.discord.messages(inc.channel);
            let holds = all.iter().any(|message| {
                let file = message.file("postmortem.md");
                message.text().contains(inside)
                    || file.is_some_and(|file| file.text().contains(inside))
            });
            (!holds).then_some(())
        })
        .await;
    assert_eq!(drafts().await, [false, false], "both are there, without it");
    let draft = world.see_file(inc.channel, "postmortem.md").await;
    assert!(
        draft.contains("\\[redacted\\]") || draft.contains("[redacted]"),
        "{draft}"
    );
    world
        .see(inc.channel, "A text that was removed for good")
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_title_goes_from_the_thread_and_its_first_post() {
    let world = World::start().await;
    let guild = world.discord.guild();
    let forum = discord_sandbox::ChannelKind::Forum;
    let forum = world.discord.add_channel(guild, forum, "outages", None);
    let settle = |settings: &mut scribe::incident::GuildSettings| -> Result<(), ()> {
        settings.threads_in = Some(scribe::incident::ChannelId(forum.0));
        Ok(())
    };
    let (key, now) = (world.key(1), scribe::clock::now());
    let settled = world
        .store
        .change_settings(key.guild, &Actor::Scribe, now, settle);
    settled.await.unwrap().unwrap();
    let inc = world.open("ana", "hunter2 leaked").await;
    world.card(inc.channel).await;
    let values = [("entry", "1"), ("reason", "a password")];
    world
        .slash_in("ana", inc.channel, "incident redact", &values)
        .await;
    world
        .until(async || {
            let thread = world.discord.channel(inc.channel).unwrap();
            let all = world.discord.messages(inc.channel);
            let holds = all.iter().any(|message| message.text().contains("hunter2"));
            (!holds && !thread.name.contains("hunter2")).then_some(())
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_another_incident_noted_goes_from_there_too_and_comes_back_by_no_way() {
    let world = World::start().await;
    for title in ["API is down", "Website is slow", "Queue is full"] {
        world.open("ana", title).await;
    }
    let message = world.say("ben", "general", "the key is hunter2").await;
    let menu = format!(
        "scribe:add:{}:{message}",
        world.discord.channel("general").unwrap().id
    );
    let add = async |number: &str| {
        let asked = world
            .discord
            .message_command("ana", "general", message, "Add to timeline");
        let (place, chosen) = (asked.await.unwrap().message_id.unwrap(), [number]);
        let added = world
            .discord
            .select("ana", "general", place, &menu, &chosen);
        added.await.unwrap()
    };
    add("INC-1").await;
    add("INC-2").await;
    let first = world
        .entry(1, |entry| entry.fact.text() == Some("the key is hunter2"))
        .await;
    let (two, _) = world.incident(2).await.place.unwrap();
    let two = discord_sandbox::Snowflake(two.0);
    world.see(two, "hunter2").await;
    let entry = first.seq.0.to_string();
    let values = [
        ("incident", "1"),
        ("entry", entry.as_str()),
        ("reason", "a key"),
    ];
    world.slash("ana", "incident redact", &values).await;
    world
        .until(async || {
            let log = serde_json::to_string(&world.log(2).await).unwrap();
            let told = world.discord.messages(two);
            let told = told
                .iter()
                .any(|message| message.text().contains("hunter2"));
            (!log.contains("hunter2") && !told).then_some(())
        })
        .await;
    let removed = world
        .entry(2, |entry| matches!(entry.fact, Fact::Redacted { .. }))
        .await;
    assert_eq!(removed.actor.name(), "Ana");
    let added = add("INC-3").await;
    let added = world.discord.wait_for_follow_ups(&added, 1).await.unwrap();
    let said = added.follow_ups[0].text();
    assert!(
        said.contains("what was removed for good stays out"),
        "{said}"
    );
    let log = serde_json::to_string(&world.log(3).await).unwrap();
    assert!(!log.contains("hunter2"), "{log}");
}
