//! What happened while Scribe was away, and what went wrong when it came back.

use discord_sandbox::Trouble;
use scribe::incident::{Fact, timeline};

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
    } = absence.fact
    else {
        unreachable!()
    };
    assert!(from < to);
    assert_eq!(recovered, 2, "both tries count as one absence");
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
