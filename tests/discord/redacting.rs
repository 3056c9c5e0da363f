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
