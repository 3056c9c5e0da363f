//! How what the record lies on fares.

use chrono::TimeDelta;
use scribe::store::Trouble;

use crate::desk::Desk;

#[tokio::test]
async fn a_file_says_how_much_room_it_has_and_a_server_how_it_fares() {
    let desk = Desk::on_sqlite().await;
    let now = scribe::clock::now();
    let found = desk.store.condition(now).await.unwrap();
    assert!(found.wal.is_some() && found.server.is_none(), "{found:?}");
    assert_eq!(desk.store.damage().await.unwrap(), None);

    let desk = Desk::on_postgres().await;
    let found = desk.store.condition(now).await.unwrap();
    assert!(found.server.is_some_and(|version| version >= 140_000));
    assert!(
        found
            .connections
            .is_some_and(|(taken, all)| 0 < taken && taken <= all)
    );
    assert!(found.free.is_none() && found.wal.is_none(), "{found:?}");
    let later = now + TimeDelta::minutes(3);
    let found = desk.store.condition(later).await.unwrap().troubles();
    assert!(
        matches!(found.as_slice(), [Trouble::ClockApart(ahead)] if ahead.num_minutes() >= 2),
        "{found:?}"
    );
}
