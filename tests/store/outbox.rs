use std::time::Duration;

use chrono::TimeDelta;
use scribe::incident::{IncidentNumber, Outgoing};
use scribe::store::{OutboxItem, Shard, Store};

use crate::desk::{Desk, GUILD, every_database, key, minute, note};

every_database! {
    only_the_head_of_a_lane_is_given_out
    a_lease_is_for_one_and_runs_out
    a_clock_set_back_holds_up_nothing
    what_is_put_off_holds_up_its_lane_alone
    what_is_given_up_stays_to_be_seen_and_holds_up_nothing
    the_last_state_wins
    a_nonce_is_short_and_stays
    who_delivers_is_woken
    a_period_is_queued_once
}

fn lease() -> TimeDelta {
    TimeDelta::minutes(1)
}

/// A lease by the database's clock, which no test puts forward.
const BRIEF: TimeDelta = TimeDelta::milliseconds(900);

async fn until_it_ran_out() {
    tokio::time::sleep(Duration::from_millis(1_000)).await;
}

async fn claim_briefly(store: &Store) -> Vec<OutboxItem> {
    let claimed = store.claim("worker", &[Shard::ALL], minute(0), BRIEF, 100);
    claimed.await.unwrap()
}

async fn claim(store: &Store, at: i64) -> Vec<OutboxItem> {
    store
        .claim("worker", &[Shard::ALL], minute(at), lease(), 100)
        .await
        .unwrap()
}

fn whats(items: &[OutboxItem]) -> Vec<&'static str> {
    items.iter().map(|item| item.what.what()).collect()
}

async fn only_the_head_of_a_lane_is_given_out(desk: Desk) {
    desk.open("API is down").await;
    desk.to(1, note("first")).await;
    desk.to(1, note("second")).await;
    let mut said = Vec::new();
    loop {
        let items = claim(&desk.store, 0).await;
        let mut lanes: Vec<_> = items.iter().map(|item| &item.lane).collect();
        lanes.dedup();
        assert_eq!(lanes.len(), items.len(), "one of each lane");
        if items.is_empty() {
            break;
        }
        for item in items {
            desk.store.delivered(item.id).await.unwrap();
            said.push(item);
        }
    }
    let lane: Vec<_> = said
        .iter()
        .filter(|i| i.lane.ends_with("/incident"))
        .collect();
    let mut ids: Vec<_> = lane.iter().map(|item| item.id).collect();
    // The channel, the card, what it looks like, and the two notes.
    assert!(ids.is_sorted() && ids.len() == 5, "{lane:?}");
    ids.dedup();
    assert_eq!(ids.len(), 5);
    assert_eq!(desk.store.outbox_depth().await.unwrap().waiting, 0);
}

async fn a_lease_is_for_one_and_runs_out(desk: Desk) {
    desk.open("API is down").await;
    let mut claims = tokio::task::JoinSet::new();
    for worker in 0..8 {
        let store = desk.store.clone();
        claims.spawn(async move {
            let worker = format!("worker {worker}");
            let claimed = store.claim(&worker, &[Shard::ALL], minute(0), BRIEF, 100);
            claimed.await.unwrap()
        });
    }
    let first = claims.join_all().await.concat();
    assert_eq!(first.len(), 3, "incident, announcement, topic: {first:?}");
    assert_eq!(claim(&desk.store, 0).await, []);
    until_it_ran_out().await;
    let again = claim(&desk.store, 0).await;
    assert_eq!(again.len(), 3);
    assert!(again.iter().all(|item| item.attempts == 2));
}

async fn a_clock_set_back_holds_up_nothing(desk: Desk) {
    desk.open("API is down").await;
    let hours = 3 * 60;
    let item = claim(&desk.store, hours).await.remove(0);
    let due = minute(hours + 5);
    desk.store.retry(item.id, due, "too many").await.unwrap();
    assert!(!claim(&desk.store, hours).await.contains(&item));
    let ids = |items: Vec<OutboxItem>| items.iter().map(|item| item.id).collect::<Vec<_>>();
    assert!(ids(claim(&desk.store, 1).await).contains(&item.id));
}

async fn what_is_put_off_holds_up_its_lane_alone(desk: Desk) {
    desk.open("one").await;
    desk.open("two").await;
    let items = claim(&desk.store, 0).await;
    let late = items.iter().find(|item| item.lane.ends_with("/1/incident"));
    let late = late.expect("the lane of the first incident");
    let due = minute(10);
    desk.store.retry(late.id, due, "429: wait").await.unwrap();
    for item in items.iter().filter(|item| item.id != late.id) {
        desk.store.delivered(item.id).await.unwrap();
    }
    let meanwhile = claim(&desk.store, 5).await;
    assert!(!meanwhile.is_empty());
    assert!(meanwhile.iter().all(|item| item.lane != late.lane));
    let then = claim(&desk.store, 10).await;
    let then = then
        .iter()
        .find(|item| item.id == late.id)
        .expect("it is due");
    assert_eq!(then.attempts, 2);
    assert_eq!(then.error.as_deref(), Some("429: wait"));
}

async fn what_is_given_up_stays_to_be_seen_and_holds_up_nothing(desk: Desk) {
    desk.open("API is down").await;
    let head = claim_briefly(&desk.store).await.remove(0);
    assert_eq!(head.what, Outgoing::OpenPlace);
    desk.store.give_up(head.id, minute(0), "403").await.unwrap();
    let pending = desk.store.pending(key(1)).await.unwrap();
    assert_eq!(pending[0].failed_at, Some(minute(0)));
    assert_eq!(pending[0].error.as_deref(), Some("403"));
    let next = claim_briefly(&desk.store).await;
    assert_eq!(whats(&next), ["card"], "the other lanes are leased");
    assert_eq!(desk.store.outbox_depth().await.unwrap().given_up, 1);

    // The same said after all: the failure is history.
    let number = Some(IncidentNumber(1));
    desk.store
        .queue(GUILD, number, &Outgoing::OpenPlace, minute(1))
        .await
        .unwrap();
    until_it_ran_out().await;
    for _ in 0..5 {
        for item in claim(&desk.store, 9).await {
            desk.store.delivered(item.id).await.unwrap();
        }
    }
    assert_eq!(desk.store.pending(key(1)).await.unwrap(), []);
}

async fn the_last_state_wins(desk: Desk) {
    desk.open("API is down").await;
    let count = async |what: Outgoing| {
        let pending = desk.store.pending(key(1)).await.unwrap();
        pending.iter().filter(|item| item.what == what).count()
    };
    let queue = async || {
        let number = Some(IncidentNumber(1));
        desk.store
            .queue(GUILD, number, &Outgoing::Card, minute(0))
            .await
            .unwrap();
    };
    assert_eq!(count(Outgoing::Announcement).await, 1, "of two entries");
    queue().await;
    assert_eq!(count(Outgoing::Card).await, 1);
    // One that is being shown may show the state as it was.
    for item in claim(&desk.store, 0).await {
        desk.store.delivered(item.id).await.unwrap();
    }
    assert_eq!(whats(&claim(&desk.store, 0).await), ["card"]);
    queue().await;
    assert_eq!(count(Outgoing::Card).await, 2);
    // Another incident's card is another card.
    desk.open("another").await;
    assert_eq!(count(Outgoing::Card).await, 2);
    let lines = desk.to(1, note("a")).await.entries[0].seq;
    desk.to(1, note("b")).await;
    assert_eq!(count(Outgoing::Tell { entry: lines }).await, 1);
    assert_eq!(
        count(Outgoing::Tell {
            entry: lines.next()
        })
        .await,
        1
    );
}

async fn a_nonce_is_short_and_stays(desk: Desk) {
    desk.open("one").await;
    desk.open("two").await;
    let first = claim_briefly(&desk.store).await;
    until_it_ran_out().await;
    let again = claim(&desk.store, 0).await;
    let nonces = |items: &[OutboxItem]| -> Vec<String> {
        items.iter().map(|item| item.nonce.clone()).collect()
    };
    assert_eq!(nonces(&first), nonces(&again));
    let mut nonces = nonces(&first);
    assert!(nonces.iter().all(|nonce| (16..=25).contains(&nonce.len())));
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), first.len());
}

async fn who_delivers_is_woken(desk: Desk) {
    let mut changed = desk.store.outbox_changed();
    desk.open("API is down").await;
    assert!(changed.has_changed().unwrap());
    let items = claim(&desk.store, 0).await;
    changed.mark_unchanged();
    // The next of a lane can go once its head is gone.
    desk.store.delivered(items[0].id).await.unwrap();
    assert!(changed.has_changed().unwrap());
}

async fn a_period_is_queued_once(desk: Desk) {
    let monday = minute(0).date_naive();
    let what = Outgoing::WeekSummary { monday };
    let mut callers = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let (store, what) = (desk.store.clone(), what.clone());
        callers.spawn(async move {
            let queued = store.queue_once("week", GUILD, "2025-W29", Some(&what), minute(0));
            queued.await.unwrap()
        });
    }
    let first = callers.join_all().await;
    assert_eq!(first.into_iter().filter(|first| *first).count(), 1);
    let items = claim(&desk.store, 0).await;
    assert_eq!(items.len(), 1);
    assert_eq!((items[0].number, &items[0].what), (None, &what));
    let last = desk.store.last_period("week", GUILD).await.unwrap();
    assert_eq!(last.as_deref(), Some("2025-W29"));
}
