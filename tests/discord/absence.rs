//! What happened while nobody listened, however long ago it was said.

use scribe::incident::{Fact, timeline};

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn edits_and_deletions_of_old_messages_are_found_after_an_absence() {
    let mut world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let edited = world
        .say("ben", inc.channel, "rolled back relase 812")
        .await;
    let deleted = world.say("ben", inc.channel, "wrong channel, sorry").await;
    for n in 0..230 {
        world.say("cho", inc.channel, &format!("said {n}")).await;
    }
    world
        .entry(inc.number, |entry| entry.fact.text() == Some("said 229"))
        .await;
    world.all_said().await;
    world.kill_bot().await;
    // A start whose record is complete, so that only the old ones are in question.
    world.start_bot().await;
    world.kill_bot().await;
    let text = "rolled back release 812";
    let edit = world.discord.edit("ben", inc.channel, edited, text);
    edit.await.unwrap();
    let delete = world.discord.delete("ben", inc.channel, deleted);
    delete.await.unwrap();
    world.start_bot().await;
    let log = world.log(inc.number).await;
    let lines = timeline(&log);
    assert!(lines.iter().any(|line| line.text == Some(text)));
    let gone = lines
        .iter()
        .find(|line| line.text == Some("wrong channel, sorry"));
    assert!(gone.unwrap().deleted_at.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_absence_begins_before_the_first_message_that_was_missed() {
    let mut world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.say("ben", inc.channel, "heard").await;
    let heard = world
        .entry(inc.number, |entry| entry.fact.text() == Some("heard"))
        .await;
    world.all_said().await;
    world.kill_bot().await;
    world.say("ben", inc.channel, "missed").await;
    // Somebody writes at a shell meanwhile, which is not hearing.
    let writer = scribe::store::Writer::start(world.store.clone());
    let note = scribe::incident::Command::Note {
        text: "from a shell".to_owned(),
        at: None,
        key: false,
    };
    let request = scribe::store::Request {
        guild: world.key(1).guild,
        target: scribe::store::Target::Incident(world.key(inc.number).number),
        command: note,
        context: scribe::incident::Context {
            actor: scribe::incident::Actor::Named {
                name: "ben".to_owned(),
            },
            now: scribe::clock::now(),
            origin: None,
        },
        once: None,
        quiet: true,
    };
    writer.submit(request).await.unwrap();
    writer.close().await;
    world.start_bot().await;
    let absence = world
        .entry(inc.number, |entry| {
            matches!(entry.fact, Fact::Absence { .. })
        })
        .await;
    let Fact::Absence { from, .. } = absence.fact else {
        unreachable!()
    };
    let log = world.log(inc.number).await;
    let missed = log
        .iter()
        .find(|e| e.fact.text() == Some("missed"))
        .unwrap();
    assert!(
        heard.recorded_at <= from && from <= missed.happened_at,
        "{from}"
    );
}
