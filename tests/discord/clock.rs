//! The machine's clock, set back and forward.

use std::time::Duration;

use chrono::TimeDelta;
use discord_sandbox::Trouble;
use scribe::incident::Status;

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_status_told_after_the_clock_jumped_holds() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let steps = [
        (TimeDelta::zero(), Status::Identified),
        (TimeDelta::hours(-5), Status::Monitoring),
        (TimeDelta::hours(9), Status::Identified),
        (TimeDelta::hours(-4), Status::Monitoring),
        (TimeDelta::hours(-3), Status::Resolved),
    ];
    for (jump, status) in steps {
        world.travel(jump);
        let state = [("state", <&str>::from(status))];
        let answer = world
            .slash_in("ana", inc.channel, "incident status", &state)
            .await;
        assert!(
            answer.text().starts_with("Recorded as #"),
            "{}",
            answer.text()
        );
        let incident = world.incident(inc.number).await;
        assert_eq!(incident.status_now(), status, "after {jump}");
    }
    let log = world.log(inc.number).await;
    assert!(log.is_sorted_by_key(|entry| entry.recorded_at));
    let shown = async || {
        let card = world.card(inc.channel).await.text();
        card.contains("**resolved**").then_some(())
    };
    world.until(shown).await;
    world.see_file(inc.channel, "postmortem.md").await;
    assert!(world.store.verify().await.unwrap().differences.is_empty());
}

/// How long Discord takes to make a channel.
const SLOW: Duration = Duration::from_secs(3);

/// What Scribe is in the midst of saying when its lease seems to be long over.
#[tokio::test(flavor = "multi_thread")]
async fn a_clock_set_forward_has_nothing_said_twice() {
    let world = World::start().await;
    let slow = Trouble::Delay(SLOW);
    world
        .discord
        .faults()
        .rest("POST", "/guilds/*/channels", 1, slow);
    let open = [("title", "API is down")];
    let opening = world
        .discord
        .slash_no_wait("ana", "general", "incident open", &open);
    opening.await.unwrap();
    let key = world.key(1);
    let at_it = async || {
        let pending = world.store.pending(key).await.unwrap();
        let place = pending.iter().find(|item| item.what.what() == "channel");
        place.filter(|item| item.attempts == 1).map(|_| ())
    };
    world.until(at_it).await;
    world.travel(TimeDelta::hours(2));
    let made = world
        .until(async || world.incident(1).await.place.map(|(channel, _)| channel.0))
        .await;
    let another = |channel: &discord_sandbox::SeenChannel| {
        channel.name.starts_with("inc-1") && channel.id.0 != made
    };
    let another = world.discord.wait_for_channel(another, SLOW + SLOW / 3);
    assert!(another.await.is_none());
}
