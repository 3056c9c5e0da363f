//! Each button, selection and form that a person can press, as somebody who may
//! not and then as somebody who may.

use chrono::TimeDelta;
use discord_sandbox::{SeenMessage, Snowflake};
use scribe::jobs::Reminders;

use crate::world::{Opened, World};

fn refused(said: &str) -> bool {
    said.starts_with("You may not ") && said.contains("**On-call**")
}

/// The last message of a channel that has such a button.
fn with(world: &World, channel: Snowflake, label: &str) -> Option<SeenMessage> {
    let all = world.discord.messages(channel).into_iter().rev();
    let mut fits = all.filter(|message| message.buttons().iter().any(|one| one == label));
    fits.next()
}

/// Ben presses a button and is refused, and nothing is written; then cho does.
async fn pressed(world: &World, inc: Opened, label: &str) -> String {
    let message = world
        .until(async || with(world, inc.channel, label))
        .await
        .id;
    super::settled(world).await;
    let before = world.log(inc.number).await.len();
    let click = world
        .discord
        .click_label("ben", inc.channel, message, label);
    let said = click.await.unwrap();
    assert!(
        refused(&said.text()) && said.modal.is_none(),
        "{label} for ben: {}",
        said.text()
    );
    assert_eq!(world.log(inc.number).await.len(), before, "{label} for ben");
    let click = world
        .discord
        .click_label("cho", inc.channel, message, label);
    let said = click.await.unwrap();
    assert!(!refused(&said.text()), "{label} for cho: {}", said.text());
    super::settled(world).await;
    match &said.modal {
        Some(form) => form.title.clone(),
        None => said.text(),
    }
}

async fn remind(world: &World, minutes: i64) {
    world.travel(TimeDelta::minutes(minutes));
    let job = Reminders::new(world.store.clone(), world.clock());
    job.look(world.clock()()).await.unwrap();
    super::settled(world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_pressed_asks_who_may() {
    let world = World::start().await;
    let guild = world.discord.guild();
    let role = world.discord.add_role(guild, "On-call", 0);
    world.discord.give_role(guild, "cho", role).unwrap();
    world.open("ana", "Checkout returns 502").await;
    let inc = world.open("ana", "502 errors in checkout").await;
    for right in ["open", "change", "close", "redact", "publish", "set up"] {
        let values = [("what", right), ("role", "On-call")];
        world.slash("ana", "scribe permissions", &values).await;
    }
    let recorded = |said: String| assert!(said.starts_with("Recorded as #"), "{said}");
    // What it looks like, its roles, its reminders.
    recorded(pressed(&world, inc, "Related").await);
    remind(&world, 11).await;
    recorded(pressed(&world, inc, "Snooze 30 min").await);
    let leads = pressed(&world, inc, "Take command").await;
    assert!(leads.starts_with("You lead INC-2 now"), "{leads}");
    assert_eq!(
        pressed(&world, inc, "Post an update").await,
        "Update for INC-2"
    );
    assert_eq!(
        pressed(&world, inc, "Add action item").await,
        "Add action item"
    );
    recorded(pressed(&world, inc, "Identified").await);
    // Who has a role is shown to all, and changed by who may.
    let card = world.card(inc.channel).await.id;
    for (who, may) in [("ben", false), ("cho", true)] {
        let roles = world.discord.click_label(who, inc.channel, card, "Roles");
        let page = roles.await.unwrap().message_id.unwrap();
        let menu = "scribe:role:2:scribe";
        let chosen = world.discord.select(who, inc.channel, page, menu, &["dee"]);
        let said = chosen.await.unwrap().text();
        // The page stays as it is, and what is refused is said below it.
        let scribe = world.incident(2).await.roles.len() == 2;
        assert_eq!(scribe, may, "roles for {who}: {said}");
    }
    // An offer of command is for whoever is asked.
    let values = [("to", "dee"), ("note", "rollback runs")];
    world
        .slash_in("cho", inc.channel, "incident handover", &values)
        .await;
    let offer = world
        .until(async || with(&world, inc.channel, "Accept"))
        .await
        .id;
    let accept = world
        .discord
        .click_label("ben", inc.channel, offer, "Accept");
    let said = accept.await.unwrap().text();
    let kept = said.contains("Dee") || refused(&said);
    assert!(kept, "it is not ben's to accept: {said}");
    let decline = world
        .discord
        .click_label("dee", inc.channel, offer, "Decline");
    let said = decline.await.unwrap().text();
    assert!(!refused(&said), "it is dee's to decline: {said}");
    // What looks like a secret: whoever wrote it may take it back, others who may redact.
    let secret = format!("ghp_{}", "a1B2".repeat(9));
    world.say("dee", inc.channel, &secret).await;
    pressed(&world, inc, "Redact").await;
    world
        .entry(2, |entry| {
            matches!(entry.fact, scribe::incident::Fact::Redacted { .. })
        })
        .await;
    recorded(pressed(&world, inc, "Resolved").await);
    recorded(pressed(&world, inc, "Reopen").await);
}
