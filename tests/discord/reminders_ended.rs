//! What becomes of reminders that stand in a channel once their reason ends.

use chrono::TimeDelta;
use discord_sandbox::{SeenMessage, Snowflake};
use scribe::jobs::Reminders;

use crate::world::World;

fn job(world: &World) -> Reminders {
    Reminders::new(world.store.clone(), world.clock())
}

async fn look(world: &World) {
    job(world).look(world.clock()()).await.unwrap();
    world.all_said().await;
}

fn reminders(world: &World, channel: Snowflake) -> Vec<SeenMessage> {
    let all = world.discord.messages(channel).into_iter();
    all.filter(|message| message.text().starts_with('⏰'))
        .collect()
}

/// That nobody leads, and that an update is owed.
fn both(world: &World, channel: Snowflake) -> (SeenMessage, SeenMessage) {
    let all = reminders(world, channel);
    assert_eq!(all.len(), 2, "{all:?}");
    let find = |text: &str| all.iter().find(|one| one.text().contains(text)).cloned();
    (find("obody leads").unwrap(), find("o update").unwrap())
}

/// How often a message was changed.
fn edits(world: &World, message: Snowflake) -> usize {
    let all = world.discord.requests().into_iter();
    let of_it = |path: &str| path.ends_with(&format!("/messages/{message}"));
    all.filter(|one| one.method == "PATCH" && of_it(&one.path))
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_whose_reason_ends_is_struck_through_once() {
    let mut world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.travel(TimeDelta::minutes(31));
    look(&world).await;
    look(&world).await;
    let (commander, update) = both(&world, inc.channel);
    assert_eq!(edits(&world, commander.id), 0, "its reason holds");
    world
        .discord
        .click_label("ben", inc.channel, commander.id, "Take command")
        .await
        .unwrap();
    world.all_said().await;
    // Whoever looks, and though nobody delivers at first.
    world.kill_bot().await;
    let (one, other, now) = (job(&world), job(&world), world.clock()());
    let (a, b) = tokio::join!(one.look(now), other.look(now));
    a.and(b).unwrap();
    world.start_bot().await;
    look(&world).await;
    let [commander, update] =
        [commander, update].map(|message| world.discord.message(inc.channel, message.id).unwrap());
    assert_eq!(
        commander.text(),
        "⏰ ~~Nobody led INC-1.~~ Done: Ben leads."
    );
    assert!(commander.buttons().is_empty());
    assert_eq!(update.buttons().len(), 4, "that one is owed still");
    let values = [("message", "We roll back")];
    world
        .slash_in("ben", inc.channel, "incident update", &values)
        .await;
    look(&world).await;
    look(&world).await;
    let update = world.discord.message(inc.channel, update.id).unwrap();
    let says = "⏰ ~~An update of INC-1 was due.~~ Done: an update was posted <t:";
    assert!(update.text().starts_with(says), "{}", update.text());
    assert!(update.buttons().is_empty());
    for message in [commander.id, update.id] {
        assert_eq!(edits(&world, message), 1, "each is changed once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_put_off_or_over_says_so() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.travel(TimeDelta::minutes(31));
    look(&world).await;
    let (commander, update) = both(&world, inc.channel);
    world
        .discord
        .click_label("ben", inc.channel, update.id, "Snooze 2 h")
        .await
        .unwrap();
    look(&world).await;
    let put_off = world.discord.message(inc.channel, update.id).unwrap();
    let says = "⏰ ~~An update of INC-1 was due.~~ Put off until <t:";
    assert!(put_off.text().starts_with(says), "{}", put_off.text());
    let values = [("state", "resolved")];
    world
        .slash_in("ben", inc.channel, "incident status", &values)
        .await;
    look(&world).await;
    let over = world.discord.message(inc.channel, commander.id).unwrap();
    let says = "⏰ ~~Nobody led INC-1.~~ It is **resolved** since <t:";
    assert!(over.text().starts_with(says), "{}", over.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_action_items_reminder_loses_a_redacted_text_and_ends_when_it_is_done() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let values = [
        ("text", "rotate hunter2"),
        ("owner", "ben"),
        ("due", "in 2 days"),
    ];
    let added = world
        .slash_in("ana", inc.channel, "incident action add", &values)
        .await;
    let values = [("state", "resolved")];
    world
        .slash_in("ana", inc.channel, "incident status", &values)
        .await;
    world.travel(TimeDelta::days(3));
    look(&world).await;
    let found = |text: &str| {
        let mut all = reminders(&world, inc.channel).into_iter();
        all.find(|message| message.text().contains(text))
    };
    let standing = found("hunter2").expect("it quotes the action item");
    let entry = added.text();
    let entry = entry
        .split(['#', ' '])
        .find(|part| part.parse::<u32>().is_ok());
    let values = [("entry", entry.unwrap()), ("reason", "a password")];
    world
        .slash_in("ana", inc.channel, "incident redact", &values)
        .await;
    world.all_said().await;
    assert!(found("hunter2").is_none());
    let now = world.discord.message(inc.channel, standing.id).unwrap();
    assert!(now.text().contains("removed for good"), "{}", now.text());
    world
        .discord
        .click_label("ben", inc.channel, standing.id, "Done")
        .await
        .unwrap();
    look(&world).await;
    let now = world.discord.message(inc.channel, standing.id).unwrap();
    let says = "⏰ ~~Action item 1 of INC-1 was due.~~ Done <t:";
    assert!(now.text().starts_with(says), "{}", now.text());
}
