//! What happened while Scribe was away, and what went wrong when it came back.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use discord_sandbox::Trouble;
use scribe::incident::{Fact, timeline};

use sqlx::{Connection as _, SqliteConnection};

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_fetched_at_first_is_fetched_again() {
    let mut world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.all_said().await;
    world.kill_bot().await;
    world.say("ben", inc.channel, "can anybody hear me").await;
    let thread = world
        .discord
        .thread("cho", inc.channel, None, "aside")
        .await;
    world.say("cho", thread.unwrap(), "nobody can").await;
    let faults = world.discord.faults();
    faults.rest("GET", "/channels/*/messages", 2, Trouble::Status(503));
    faults.rest("GET", "/guilds/*/threads/active", 1, Trouble::CutBody);
    world.start_bot().await;
    for text in ["can anybody hear me", "nobody can"] {
        world
            .entry(inc.number, |entry| entry.fact.text() == Some(text))
            .await;
    }
    let absence = world
        .entry(inc.number, |entry| {
            matches!(entry.fact, Fact::Absence { .. })
        })
        .await;
    let Fact::Absence {
        from,
        to,
        recovered,
        ..
    } = absence.fact
    else {
        unreachable!()
    };
    assert!(from < to);
    assert_eq!(recovered, 2, "both tries count as one absence");
}

/// Its card was edited a moment before, and it is not recorded: nothing waits for it to be.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_missed_is_told_at_once_although_the_card_was_edited() {
    let mut world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let values = [("level", "SEV2")];
    world
        .slash_in("ana", inc.channel, "incident severity", &values)
        .await;
    let edited = async || world.card(inc.channel).await.edited.map(|_| ());
    world.until(edited).await;
    world.all_said().await;
    world.kill_bot().await;
    world.say("ben", inc.channel, "can anybody hear me").await;
    let back = Instant::now();
    world.start_bot().await;
    world
        .entry(inc.number, |entry| {
            matches!(entry.fact, Fact::Absence { .. })
        })
        .await;
    let took = back.elapsed();
    assert!(took < Duration::from_secs(5), "told after {took:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pin_set_while_it_was_away_marks_a_key_event() {
    let mut world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let before = world.say("ben", inc.channel, "rolled back").await;
    world
        .entry(inc.number, |entry| entry.fact.text() == Some("rolled back"))
        .await;
    world.kill_bot().await;
    let meanwhile = world.say("ben", inc.channel, "error rate falls").await;
    for message in [before, meanwhile] {
        let pinned = world.discord.react("cho", inc.channel, message, "📌").await;
        pinned.unwrap();
    }
    world.start_bot().await;
    world
        .until(async || {
            let log = world.log(inc.number).await;
            let lines = timeline(&log);
            let key = |text| lines.iter().any(|line| line.key && line.text == Some(text));
            (key("rolled back") && key("error rate falls")).then_some(())
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_before_a_channel_was_known_to_be_the_incidents_is_recorded() {
    let world = World::start().await;
    let guild = world.discord.guild();
    let faults = world.discord.faults();
    faults.rest(
        "POST",
        &format!("/guilds/{guild}/channels"),
        1,
        Trouble::EffectThenStatus(500),
    );
    let opening = world.discord.slash_no_wait(
        "ana",
        "general",
        "incident open",
        &[("title", "API is down")],
    );
    opening.await.unwrap();
    let channel = world
        .discord
        .wait_for_channel(
            |channel| channel.name.starts_with("inc-1"),
            crate::world::PATIENCE,
        )
        .await
        .unwrap();
    world.say("ben", channel.id, "I am first").await;
    world
        .entry(1, |entry| entry.fact.text() == Some("I am first"))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_pinned_even_if_discord_fails_at_first() {
    let world = World::start().await;
    let faults = world.discord.faults();
    faults.rest("PUT", "/channels/*/pins/*", 2, Trouble::Status(500));
    let inc = world.open("ana", "API is down").await;
    let card = world.card(inc.channel).await;
    assert!(card.text().contains("API is down"), "{}", card.text());
    world.all_said().await;
    let messages = world.discord.messages(inc.channel);
    let cards = messages.iter().filter(|message| !message.embeds.is_empty());
    assert_eq!(cards.count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_before_its_answer_was_lost_is_not_said_again_much_later() {
    let mut world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.all_said().await;
    let faults = world.discord.faults();
    let posts = "/channels/*/messages";
    faults.rest("POST", posts, 1, Trouble::EffectThenStatus(502));
    faults.rest("POST", posts, 100, Trouble::Status(502));
    let note = [("text", "rolled back release 812")];
    world
        .slash_in("ben", inc.channel, "incident note", &note)
        .await;
    world.see(inc.channel, "rolled back release 812").await;
    world.kill_bot().await;
    faults.clear();
    faults.forget_nonces();
    world.start_bot().await;
    world.all_said().await;
    let messages = world.discord.messages(inc.channel);
    let said = messages
        .iter()
        .filter(|message| message.text().contains("rolled back release 812"));
    assert_eq!(said.count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_failed_for_a_while_misses_nothing() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let file = world.files.path().join("scribe.db");
    let url = format!("sqlite://{}", file.display());
    let mut disk = SqliteConnection::connect(&url).await.unwrap();
    let full = "CREATE TRIGGER full BEFORE INSERT ON entries BEGIN SELECT RAISE(ABORT, 'no space left'); END";
    sqlx::raw_sql(full).execute(&mut disk).await.unwrap();
    let said = world.say("ben", inc.channel, "it is the databse").await;
    let edited = world
        .discord
        .edit("ben", inc.channel, said, "it is the database");
    edited.await.unwrap();
    world
        .discord
        .react("cho", inc.channel, said, "📌")
        .await
        .unwrap();
    let note = [("text", "rolled back")];
    let answer = world
        .slash_in("ana", inc.channel, "incident note", &note)
        .await;
    assert!(!answer.text().contains("Recorded"), "{}", answer.text());
    sqlx::raw_sql("DROP TRIGGER full")
        .execute(&mut disk)
        .await
        .unwrap();
    disk.close().await.unwrap();
    world
        .until(async || {
            let log = world.log(inc.number).await;
            let lines = timeline(&log);
            let wanted = Some("it is the database");
            lines
                .iter()
                .any(|line| line.key && line.text == wanted)
                .then_some(())
        })
        .await;
    let notes = world.log(inc.number).await;
    assert!(
        !notes
            .iter()
            .any(|entry| entry.fact.text() == Some("rolled back"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_jumps_back_loses_nothing_and_holds_up_nothing() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.say("ben", inc.channel, "before").await;
    world
        .entry(inc.number, |entry| entry.fact.text() == Some("before"))
        .await;
    world.travel(TimeDelta::hours(-3));
    world.say("ben", inc.channel, "after").await;
    let note = [("text", "rolled back")];
    world
        .slash_in("ana", inc.channel, "incident note", &note)
        .await;
    world.see(inc.channel, "rolled back").await;
    world
        .entry(inc.number, |entry| entry.fact.text() == Some("after"))
        .await;
    world.all_said().await;
    let log = world.log(inc.number).await;
    let lines = timeline(&log);
    let said: Vec<_> = lines
        .iter()
        .filter(|line| matches!(line.entry.fact, Fact::MessagePosted(_)))
        .filter_map(|line| line.text)
        .collect();
    assert_eq!(said, ["before", "after"], "by Discord's clock");
    assert!(world.store.verify().await.unwrap().differences.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_absence_is_told_from_when_discord_was_last_heard() {
    let mut world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.travel(TimeDelta::minutes(30));
    let left = (world.clock())();
    world.kill_bot().await;
    world.travel(TimeDelta::minutes(90));
    world.start_bot().await;
    let absence = world
        .entry(inc.number, |entry| {
            matches!(entry.fact, Fact::Absence { .. })
        })
        .await;
    let Fact::Absence {
        from,
        to,
        recovered,
        ..
    } = absence.fact
    else {
        unreachable!()
    };
    assert_eq!(
        recovered, 0,
        "nothing was said, and nobody can know for sure"
    );
    assert!(
        from >= left && from < left + TimeDelta::minutes(1),
        "{from} {left}"
    );
    assert!(to - from > TimeDelta::minutes(89), "{from} {to}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_words_of_a_new_thread_are_heard_before_they_are_edited() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    for n in 0..20 {
        let name = format!("aside {n}");
        let thread = world.discord.thread("cho", inc.channel, None, &name).await;
        let thread = thread.unwrap();
        let (first, second) = (format!("first {n}"), format!("second {n}"));
        let said = world.say("cho", thread, &first).await;
        let edited = world.discord.edit("cho", thread, said, &second).await;
        edited.unwrap();
        for text in [&first, &second] {
            world
                .entry(inc.number, |entry| entry.fact.text() == Some(text))
                .await;
        }
    }
}
