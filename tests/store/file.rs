//! What only the file can show: its bytes, its rights, its faults.

use std::fs;

use scribe::incident::{Command, IncidentNumber, Redaction, Seq};
use scribe::store::{Store, StoreError, Target, Writer};
use sqlx::{Connection, SqliteConnection};

use crate::desk::{Desk, message, note, request};

/// SQLite alone keeps what was deleted in free pages and in its write-ahead log.
#[tokio::test]
async fn a_redacted_text_is_not_on_the_disk_any_more() {
    let desk = Desk::on_sqlite().await;
    desk.open("API is down, the token is hunter2xyz").await;
    for id in 1..=40 {
        let text = format!("hunter2xyz {}", "long ".repeat(id as usize * 30));
        desk.submit(message(1, 1001, id, &text)).await.unwrap();
    }
    let bytes = || {
        let files = ["scribe.db", "scribe.db-wal", "scribe.db-journal"];
        let read = files.map(|file| fs::read(desk.path().with_file_name(file)));
        read.into_iter().flatten().flatten().collect::<Vec<u8>>()
    };
    let holds = |needle: &str| {
        let bytes = bytes();
        bytes
            .windows(needle.len())
            .any(|part| part == needle.as_bytes())
    };
    assert!(holds("hunter2xyz"));
    let entries: Vec<Seq> = std::iter::once(1).chain(3..=42).map(Seq).collect();
    let reason = "a token".to_owned();
    desk.to(1, Command::Redact(Redaction::new(entries, reason)))
        .await;
    // The write-ahead log is emptied after the answer: closing waits for it.
    desk.writer.close().await;
    assert!(!holds("hunter2xyz"), "while the database is open");
    assert!(holds("person 1"), "the rest is there");
    desk.is_sound().await;
}

#[tokio::test]
async fn an_address_that_cannot_be_used_is_refused_with_a_way_out() {
    for (url, says) in [
        ("sqlite::memory:", "without a file"),
        ("sqlite://", "without a file"),
        ("mysql://hunter2@x", "sqlite://scribe.db"),
        ("scribe.db", "sqlite://scribe.db"),
        ("", "sqlite://scribe.db"),
        ("sqlite:///no/such/folder/scribe.db", "/no/such/folder"),
    ] {
        let error = Store::open(url).await.expect_err(url).to_string();
        assert!(error.contains(says), "{url}: {error}");
        assert!(!error.contains("hunter2"), "{error}");
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_is_named_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    let text = "this is somebody's text, long enough to be no header at all".repeat(50);
    fs::write(&path, &text).unwrap();
    let opened = Store::open(&format!("sqlite://{}", path.display())).await;
    assert!(
        matches!(opened, Err(StoreError::Damaged { .. })),
        "{opened:?}"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[tokio::test]
async fn a_database_of_a_newer_scribe_is_left_alone() {
    let desk = Desk::on_sqlite().await;
    let newer =
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
        VALUES (9999, 'newer', 1, x'00', 0)";
    desk.sql(newer).await.unwrap();
    let opened = Store::open(&desk.url).await;
    assert!(
        matches!(opened, Err(StoreError::Newer { step: 9999 })),
        "{opened:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_may_start_on_a_fresh_file_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("scribe.db").display());
    let opening: Vec<_> = (0..12)
        .map(|_| {
            let url = url.clone();
            tokio::spawn(async move { Store::open(&url).await })
        })
        .collect();
    for store in opening {
        store.await.unwrap().expect("it opens");
    }
}

/// Somebody holds the file; who waits is told, and it works again after.
#[tokio::test]
async fn a_locked_database_is_waited_for() {
    let desk = Desk::on_sqlite().await;
    desk.open("API is down").await;
    let mut other = SqliteConnection::connect(&desk.url).await.unwrap();
    let held = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
    let writer: Writer = desk.writer.clone();
    let waiting = tokio::spawn(async move {
        let target = Target::Incident(IncidentNumber(1));
        writer.submit(request(target, note("patience"))).await
    });
    // Reading goes on beside it.
    let log = desk.store.log(crate::desk::key(1)).await.unwrap();
    assert_eq!(log.len(), 2);
    assert!(!waiting.is_finished());
    held.rollback().await.unwrap();
    waiting.await.unwrap().unwrap();
}
