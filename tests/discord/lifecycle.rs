//! From the alarm to the draft.

use std::time::Duration;

use discord_sandbox::AnswerKind;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Executor};

use crate::world::{World, every_database};

every_database! {
    an_incident_from_first_alarm_to_draft
}

async fn an_incident_from_first_alarm_to_draft(world: World) {
    let inc = world.open("ana", "API is down").await;
    let channel = world.discord.channel(inc.channel).unwrap();
    assert_eq!(channel.name, "inc-1-api-is-down");
    let card = world.card(inc.channel).await;
    assert!(
        card.text().contains("INC-1 · SEV1 · API is down"),
        "{}",
        card.text()
    );
    world
        .say("ben", inc.channel, "rolled back release 812")
        .await;
    world
        .entry(1, |entry| {
            entry.fact.text() == Some("rolled back release 812")
        })
        .await;
    let answer = world
        .slash_in(
            "ana",
            inc.channel,
            "incident status",
            &[("state", "identified"), ("message", "A bad release")],
        )
        .await;
    assert!(answer.ephemeral);
    assert!(
        answer.text().starts_with("Recorded as #"),
        "{}",
        answer.text()
    );
    world
        .see(inc.channel, "Status: **identified**\n> A bad release")
        .await;
    let note = world
        .slash_in(
            "ben",
            inc.channel,
            "incident note",
            &[("text", "error rate falls"), ("at", "1m ago")],
        )
        .await;
    assert!(note.text().starts_with("Recorded as #"), "{}", note.text());
    let answer = world
        .slash_in(
            "ana",
            inc.channel,
            "incident status",
            &[("state", "resolved")],
        )
        .await;
    assert!(
        answer
            .text()
            .contains("The postmortem draft follows in the channel."),
        "{}",
        answer.text()
    );
    let draft = world.see_file(inc.channel, "postmortem.md").await;
    assert!(draft.contains("rolled back release 812"), "{draft}");
    assert!(draft.contains("https://discord.com/channels/"), "{draft}");
    world.all_said().await;
    let card = world.card(inc.channel).await;
    assert!(card.text().contains("**resolved**"), "{}", card.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_there_at_once_or_promised_at_once() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let values = [("text", "looking")];
    let note = world
        .slash_in("ana", inc.channel, "incident note", &values)
        .await;
    assert_eq!(note.kind, AnswerKind::Message);

    // Somebody else holds the database for a while.
    let file = world.files.path().join("scribe.db");
    let options = SqliteConnectOptions::new().filename(file);
    let mut other = options.connect().await.unwrap();
    other.execute("BEGIN IMMEDIATE").await.unwrap();
    let late = world
        .discord
        .slash_no_wait("ana", inc.channel, "incident note", &values);
    let late = late.await.unwrap();
    let promised = world.until(async || world.discord.answer(late)).await;
    assert_eq!(promised.kind, AnswerKind::DeferredMessage);
    assert!(
        promised.latency < Duration::from_secs(1),
        "{:?}",
        promised.latency
    );
    other.execute("COMMIT").await.unwrap();
    let answer = world.discord.wait_for_answer(late).await.unwrap();
    assert!(
        answer.text().starts_with("Recorded as #"),
        "{}",
        answer.text()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_entries_of_a_long_log_are_offered_and_any_by_its_number() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.all_said().await;
    let before = world.log(inc.number).await.len();
    world.tell_notes(inc.number, 700).await;
    let offered = async |typed: &str| {
        let values = [("entry", typed)];
        let offers =
            world
                .discord
                .autocomplete("ana", inc.channel, "incident correct", &values, "entry");
        let offers = offers.await.unwrap();
        assert!(offers.len() <= 25, "{offers:?}");
        offers.into_iter().map(|offer| (offer.name, offer.value))
    };
    let newest = before + 700;
    let (name, value) = offered("").await.next().unwrap();
    assert_eq!(value, newest.to_string(), "{name}");
    assert!(name.contains("note 699"), "{name}");
    let (name, value) = offered("note 690").await.next().unwrap();
    assert_eq!(value, (before + 691).to_string(), "{name}");
    let old = (before + 4).to_string();
    let (name, value) = offered(&format!("#{old}")).await.next().unwrap();
    assert!(name.contains("note 3") && value == old, "{name}");
}
