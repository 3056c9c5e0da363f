//! What others must not learn, and what must not hide behind it.

use scribe::incident::{Actor, Command, Context, Open, Severity, decide};
use scribe::store::PastLog;

use crate::world::World;

/// As many private incidents as that, told straight into the store.
async fn many_private(world: &World, how_many: usize) {
    let now = scribe::clock::now();
    let context = Context {
        actor: Actor::Scribe,
        now,
        origin: None,
    };
    let log = |n: usize| {
        let mut open = Open::new(format!("Leaked key {n}"), Severity::Sev1);
        open.private = true;
        PastLog {
            once: format!("private:{n}"),
            entries: decide(None, Command::Open(open), &context).unwrap(),
        }
    };
    let logs: Vec<_> = (0..how_many).map(log).collect();
    let guild = world.key(1).guild;
    world.store.append_logs(guild, &logs).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn private_incidents_do_not_crowd_out_what_everybody_may_see() {
    let world = World::start().await;
    world.open("ana", "Website is slow").await;
    many_private(&world, 120).await;
    let list = world.slash("cho", "incident list", &[]).await.text();
    assert!(list.contains("Website is slow"), "{list}");
    assert!(!list.contains("Leaked"), "{list}");
    let which = world.slash("cho", "incident update", &[("message", "x")]);
    let which = which.await.text();
    assert!(which.contains("Website is slow"), "{which}");
    let offered = world
        .discord
        .autocomplete(
            "cho",
            "general",
            "incident show",
            &[("incident", "")],
            "incident",
        )
        .await
        .unwrap();
    assert_eq!(offered.len(), 1, "{offered:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_cut_says_so() {
    let world = World::start().await;
    for n in 0..21 {
        let open = Open::new(format!("n {n}"), Severity::Sev4);
        let context = Context {
            actor: Actor::Scribe,
            now: scribe::clock::now(),
            origin: None,
        };
        let log = PastLog {
            once: format!("open:{n}"),
            entries: decide(None, Command::Open(open), &context).unwrap(),
        };
        world
            .store
            .append_logs(world.key(1).guild, &[log])
            .await
            .unwrap();
    }
    let list = world.slash("cho", "incident list", &[]).await.text();
    let more = list.contains("-# Page 1 of `/incident list`") && list.contains("Next");
    assert!(more, "{list}");
}
