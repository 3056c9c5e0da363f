//! The machine's clock, set back and forward.

use chrono::TimeDelta;
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
