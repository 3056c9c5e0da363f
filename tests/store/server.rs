//! What only a server can show: its address, several processes, its faults.

use chrono::TimeDelta;
use scribe::store::{Shard, Store, StoreError, Wish};
use sqlx::{Connection, PgConnection};

use crate::desk::{Desk, note};

#[tokio::test]
async fn a_server_that_is_not_there_is_named_and_the_password_is_not() {
    for (url, says) in [
        (
            "postgres://scribe:hunter2@127.0.0.1:1/scribe",
            "postgres://127.0.0.1:1/scribe",
        ),
        ("postgres://scribe:hunter2@[/scribe", "no address"),
    ] {
        let error = Store::open(url).await.expect_err(url).to_string();
        assert!(error.contains(says), "{url}: {error}");
        assert!(!error.contains("hunter2"), "{error}");
    }
}

#[tokio::test]
async fn a_server_of_a_newer_scribe_is_left_alone() {
    let desk = Desk::on_postgres().await;
    let newer =
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
        VALUES (9999, 'newer', true, '', 0)";
    desk.sql(newer).await.unwrap();
    let opened = Store::open(&desk.url).await;
    assert!(
        matches!(opened, Err(StoreError::Newer { step: 9999 })),
        "{opened:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_may_start_on_a_fresh_server_at_once() {
    let url = crate::postgres::fresh().await;
    let opening = (0..12).map(|_| {
        let url = url.clone();
        tokio::spawn(async move { Store::open(&url).await })
    });
    for store in opening.collect::<Vec<_>>() {
        store.await.unwrap().expect("it opens");
    }
}

/// The server ends every connection, as it does when it is restarted or its
/// place is taken by another.
#[tokio::test]
async fn connections_that_broke_are_made_anew() {
    let desk = Desk::on_postgres().await;
    desk.open("API is down").await;
    for _ in 0..5 {
        let mut other = PgConnection::connect(&desk.url).await.unwrap();
        let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()";
        sqlx::query(end).execute(&mut other).await.unwrap();
        desk.to(1, note("after it")).await;
    }
    assert_eq!(desk.store.log(crate::desk::key(1)).await.unwrap().len(), 7);
    desk.is_sound().await;
}

/// A Scribe from before there were shards to share wants the server for itself.
#[tokio::test]
async fn who_has_a_server_alone_and_those_who_share_it_wait_for_each_other() {
    let desk = Desk::on_postgres().await;
    let (store, hold) = (&desk.store, TimeDelta::minutes(1));
    let mut member = store.join(Wish::Any { total: 1 }, 1).await.unwrap();
    let alone = store.run_lock().await.unwrap();
    let waits = store.beat(&mut member, &[], hold).await;
    assert!(
        matches!(waits, Err(StoreError::AlreadyRunning { .. })),
        "{waits:?}"
    );
    drop(alone);
    // The server notices a moment later that the connection is gone.
    let beat = loop {
        match store.beat(&mut member, &[], hold).await {
            Ok(beat) => break beat,
            Err(StoreError::AlreadyRunning { .. }) => tokio::task::yield_now().await,
            Err(error) => panic!("{error}"),
        }
    };
    assert_eq!(beat.held, [Shard::ALL]);
    let mut other = store.join(Wish::Any { total: 1 }, 1).await.unwrap();
    store.beat(&mut other, &[], hold).await.unwrap();
    store.leave(other).await.unwrap();
    assert!(store.run_lock().await.is_err(), "one is there still");

    // Every connection broke, the one that keeps the lock, too.
    let mut server = PgConnection::connect(&desk.url).await.unwrap();
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    sqlx::query(end).execute(&mut server).await.unwrap();
    let beat = store.beat(&mut member, &[Shard::ALL], hold).await.unwrap();
    assert_eq!(beat.held, [Shard::ALL]);
    assert!(store.run_lock().await.is_err(), "it is taken anew");
    store.leave(member).await.unwrap();
    while store.run_lock().await.is_err() {
        tokio::task::yield_now().await;
    }
}
