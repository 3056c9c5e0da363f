//! What only a server can show: its address, several processes, its faults.

use scribe::store::{Store, StoreError};
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
