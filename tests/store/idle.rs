//! What is over and quiet: found without looking at everything, and for
//! records that were begun before Scribe knew of it.

use scribe::incident::ending::PlaceBefore;
use scribe::incident::{ChannelId, Command, Open, Place, Seq, Severity, Status};
use scribe::store::{Store, Target};
use sqlx::{Connection, SqliteConnection};

use crate::desk::{Desk, GUILD, every_database, key, minute, note, request, status};

async fn opened(desk: &Desk, place: Option<Place>) {
    let open = Command::Open(Open::new("API is down", Severity::Sev2));
    let opened = desk.submit(request(Target::New, open)).await.unwrap();
    let number = opened.incident.key.number.0;
    if let Some(place) = place {
        let channel = ChannelId(900 + u64::from(number));
        desk.to(number, Command::OpenPlace { channel, place }).await;
    }
}

/// Open, resolved, resolved in a thread, without a place, put away.
async fn five(desk: &Desk) {
    let (channel, thread) = (Some(Place::Channel), Some(Place::Thread));
    for place in [channel, channel, thread, None, channel] {
        opened(desk, place).await;
    }
    for number in 2..=5 {
        desk.to(number, status(Status::Resolved)).await;
    }
    desk.to(2, note("still something")).await;
    let end = desk.store.incident(key(5)).await.unwrap();
    let end = end.unwrap().ended_by().unwrap();
    let (locked, was) = (true, PlaceBefore::default());
    desk.to(5, Command::ArchivePlace { end, locked, was }).await;
}

async fn idle(store: &Store, place: Place) -> Vec<u32> {
    let found = store.idle(GUILD, place, minute(600_000), 10).await;
    let found = found.unwrap().into_iter();
    let mut numbers: Vec<u32> = found.map(|incident| incident.key.number.0).collect();
    numbers.sort_unstable();
    numbers
}

async fn what_is_over_and_quiet_is_found_until_it_is_put_away(desk: Desk) {
    five(&desk).await;
    assert_eq!(idle(&desk.store, Place::Channel).await, [2]);
    assert_eq!(idle(&desk.store, Place::Thread).await, [3]);
    let before = desk.store.idle(GUILD, Place::Channel, minute(-1), 10).await;
    assert!(before.unwrap().is_empty(), "not so long yet");
    // Ended once more, it is put away once more, and reopened it is not.
    desk.to(5, status(Status::Postmortem)).await;
    assert_eq!(idle(&desk.store, Place::Channel).await, [2, 5]);
    desk.to(2, status(Status::Identified)).await;
    assert_eq!(idle(&desk.store, Place::Channel).await, [5]);
    let stale = Command::ArchivePlace {
        end: Seq(3),
        locked: true,
        was: PlaceBefore::default(),
    };
    let recorded = desk.to(2, stale).await;
    assert!(recorded.entries.is_empty(), "its end is no more");
    desk.is_sound().await;
}

every_database! {
    what_is_over_and_quiet_is_found_until_it_is_put_away
}

#[tokio::test]
async fn a_record_that_was_begun_before_is_as_quiet_after_the_migration() {
    let desk = Desk::on_sqlite().await;
    five(&desk).await;
    // Before there was such a thing nothing was put away.
    desk.to(5, Command::RestorePlace).await;
    let rows = "SELECT number, idle_place, idle_since FROM incidents ORDER BY number";
    let mut connection = SqliteConnection::connect(&desk.url).await.unwrap();
    type Row = (i64, Option<String>, Option<String>);
    let kept: Vec<Row> = sqlx::query_as(rows)
        .fetch_all(&mut connection)
        .await
        .unwrap();
    sqlx::raw_sql(
        "DROP INDEX incidents_idle;
        ALTER TABLE incidents DROP COLUMN idle_place; ALTER TABLE incidents DROP COLUMN idle_since;
        UPDATE incidents SET state = json_remove(state, '$.archived');
        DELETE FROM _sqlx_migrations WHERE description = 'idle'",
    )
    .execute(&mut connection)
    .await
    .unwrap();
    let store = Store::open(&desk.url).await.unwrap();
    let made: Vec<Row> = sqlx::query_as(rows)
        .fetch_all(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    assert_eq!(made, kept);
    assert_eq!(store.verify().await.unwrap().differences, []);
    store.close().await;
}
