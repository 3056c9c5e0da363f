//! Incidents that were opened over one alert look like each other, whatever
//! their titles say.

use discord_sandbox::{ChannelKind, Say};
use serde_json::json;

use crate::world::World;

const FIRING: &str = "[FIRING:1] PaymentsLatencyHigh (payments eu)";

async fn alert(world: &World, channel: impl Into<discord_sandbox::ChannelRef>, text: &str) {
    let say = Say::text(text).as_webhook("Alertmanager");
    world.discord.say_with("dee", channel, say).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_alert_two_incidents_were_opened_over_is_found_in_their_channels() {
    let world = World::start().await;
    let guild = world.discord.guild();
    let first = world.open("ana", "Customers complain").await;
    alert(&world, first.channel, FIRING).await;
    world
        .entry(1, |entry| entry.fact.text() == Some(FIRING))
        .await;
    // An alert of somewhere else, and chatter of a bot.
    let second = world.open("ben", "Something with the shop").await;
    alert(
        &world,
        second.channel,
        "[FIRING:1] PaymentsLatencyHigh (payments us)",
    )
    .await;
    alert(&world, second.channel, "Standup in 5 minutes").await;
    world.say("ben", second.channel, "looking").await;
    world
        .entry(2, |entry| entry.fact.text() == Some("looking"))
        .await;
    world.all_said().await;
    let says = |channel| {
        let said = world.discord.messages(channel);
        let like = said.iter().filter(|one| one.text().contains("Looks like"));
        like.count()
    };
    assert_eq!(says(second.channel), 0);
    alert(
        &world,
        second.channel,
        "[FIRING:3] PaymentsLatencyHigh (payments eu)",
    )
    .await;
    let offer = world.see(second.channel, "Looks like **INC-1**").await;
    let link = format!(
        "same alert as [there](<https://discord.com/channels/{guild}/{}/",
        first.channel
    );
    assert!(offer.text().contains(&link), "{}", offer.text());
    assert_eq!(offer.buttons(), ["It is the same", "Related"]);
    alert(&world, second.channel, FIRING).await;
    world.say("ben", second.channel, "again").await;
    world
        .entry(2, |entry| entry.fact.text() == Some("again"))
        .await;
    world.all_said().await;
    assert_eq!(says(second.channel), 1, "it is said once");
    // A thread under the alert is taken over, with what was said in it.
    let ops = world
        .discord
        .add_channel(guild, ChannelKind::Text, "ops", None);
    alert(&world, ops, FIRING).await;
    let adopt = [("title", "Latency"), ("since", "5m ago")];
    world.slash_in("cho", ops, "incident adopt", &adopt).await;
    world.see(ops, "same alert as [there]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_monitor_is_known_by_its_link_from_title_embed_or_talk() {
    let world = World::start().await;
    let first = world.open("ana", "Customers complain").await;
    let embed =
        json!({"title": "Errors", "url": "https://app.datadoghq.com/monitors/4711?from_ts=1"});
    let say = Say::text("").embed(embed).as_webhook("Datadog");
    world
        .discord
        .say_with("dee", first.channel, say)
        .await
        .unwrap();
    let says = |entry: &scribe::incident::Entry| {
        entry.fact.text().is_some_and(|text| text.contains("4711"))
    };
    world.entry(1, says).await;
    let title = "Shop: https://app.datadoghq.com/monitors/4711?from_ts=99";
    let answer = world
        .slash("ben", "incident open", &[("title", title)])
        .await;
    let answer = world
        .until(async || {
            let now = world.discord.refresh(&answer);
            now.text().contains("is open: <#").then_some(now.text())
        })
        .await;
    assert!(answer.contains("Looks like **INC-1**"), "{answer}");
    assert!(answer.contains("same alert as [there]"), "{answer}");
    // Nobody hears of an alert in what they may not see.
    let secret = [("title", "Keys"), ("private", "true")];
    let secret = world.open_with("ana", &secret).await;
    let link = "https://app.datadoghq.com/monitors/4712";
    world.say("ana", secret.channel, link).await;
    world
        .entry(3, |entry| entry.fact.text() == Some(link))
        .await;
    let third = world.open("ben", "Other").await;
    world.say("ben", third.channel, link).await;
    world
        .entry(4, |entry| entry.fact.text() == Some(link))
        .await;
    world.all_said().await;
    let said = world.discord.messages(third.channel);
    assert!(!said.iter().any(|one| one.text().contains("Looks like")));
}
