//! What only a server can show: its address, several processes, its faults.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use scribe::incident::{IncidentNumber, Outgoing};
use scribe::store::{Request, Shard, Store, StoreError, Target, Wish, Writer};
use sqlx::{Connection, PgConnection};

use crate::desk::{Desk, GUILD, key, minute, note, request};
use crate::wire::Wire;

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

/// A note whose writer waits for the guild, because somebody else has its lock.
struct Held {
    other: PgConnection,
    wire: Wire,
    submitted: tokio::task::JoinHandle<Result<(), scribe::store::SubmitError>>,
}

fn noted(text: &str) -> Request {
    request(Target::Incident(IncidentNumber(1)), note(text))
}

/// Another process begins to write and comes as far as the lock of the guild.
async fn held(desk: &Desk) -> Held {
    let wire = Wire::to(&desk.url).await.unwrap();
    let store = Store::open(wire.url()).await.unwrap();
    let writer = Writer::start(store);
    let mut other = PgConnection::connect(&desk.url).await.unwrap();
    sqlx::query("SELECT pg_advisory_lock($1)")
        .bind(GUILD.0.cast_signed())
        .execute(&mut other)
        .await
        .unwrap();
    let submitted = tokio::spawn(async move {
        let mut request = noted("by one that stalls");
        request.once = Some("interaction:1".to_owned());
        writer.submit(request).await.map(|_| ())
    });
    let waits = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    loop {
        let waiting: i64 = sqlx::query_scalar(waits)
            .fetch_one(&mut other)
            .await
            .unwrap();
        if waiting == 1 {
            return Held {
                other,
                wire,
                submitted,
            };
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// It has the lock of the guild and is not heard of any more: it was stopped, its
/// machine is gone, or the network swallows what it says.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_writer_that_stalls_in_the_midst_of_a_transaction_holds_up_nobody_for_long() {
    let desk = Desk::on_postgres().await;
    desk.open("API is down").await;
    let Held {
        mut other,
        wire,
        submitted,
    } = held(&desk).await;
    wire.fall_silent();
    sqlx::query("SELECT pg_advisory_unlock_all()")
        .execute(&mut other)
        .await
        .unwrap();
    let began = Instant::now();
    desk.to(1, note("by one that does not")).await;
    let took = began.elapsed();
    assert!(took < Duration::from_secs(18), "{took:?}");
    wire.mend();
    submitted.await.unwrap().unwrap();
    let log = desk.store.log(key(1)).await.unwrap();
    let texts: Vec<_> = log.iter().filter_map(|entry| entry.fact.text()).collect();
    assert_eq!(
        texts[texts.len() - 2..],
        ["by one that does not", "by one that stalls"]
    );
    desk.is_sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_falls_silent_is_given_up_and_what_came_of_it_is_not_known() {
    let desk = Desk::on_postgres().await;
    desk.open("API is down").await;
    let held = held(&desk).await;
    held.wire.fall_silent();
    let began = Instant::now();
    let told = held.submitted.await.unwrap().unwrap_err();
    assert!(began.elapsed() < Duration::from_secs(30), "{told}");
    assert!(told.is_unsure(), "{told}");
    assert!(told.to_string().contains("fell silent"), "{told}");
}

/// A plan whose cost stands for "not this way" must not be compiled each time:
/// that takes a tenth of a second where nothing else is to do, and a second where much is.
#[tokio::test]
async fn a_delivery_is_noted_at_once() {
    let desk = Desk::on_postgres().await;
    for week in 0..20 {
        let monday = minute(week * 7 * 24 * 60).date_naive();
        let what = Outgoing::WeekSummary { monday };
        let queued = desk.store.queue(GUILD, None, &what, minute(0)).await;
        queued.unwrap();
    }
    let mut fastest = Duration::MAX;
    for _ in 0..20 {
        let claimed = desk
            .store
            .claim("test", &[Shard::ALL], minute(1), TimeDelta::minutes(1), 1)
            .await;
        let id = claimed.unwrap()[0].id;
        let began = Instant::now();
        desk.store.delivered(id).await.unwrap();
        fastest = fastest.min(began.elapsed());
    }
    assert!(fastest < Duration::from_millis(40), "{fastest:?}");
}

#[tokio::test]
async fn a_store_that_is_cut_off_says_so_and_is_back_with_its_server() {
    let desk = Desk::on_postgres().await;
    desk.open("API is down").await;
    let wire = Wire::to(&desk.url).await.unwrap();
    let store = Store::open(wire.url()).await.unwrap();
    assert_eq!(store.counts().await.unwrap().incidents, 1);
    wire.cut();
    let cut_off = store.counts().await;
    assert!(
        matches!(
            cut_off,
            Err(StoreError::Unreachable { .. } | StoreError::Overdue)
        ),
        "{cut_off:?}"
    );
    wire.mend();
    assert_eq!(store.counts().await.unwrap().incidents, 1);
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
