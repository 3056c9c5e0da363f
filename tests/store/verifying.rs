//! What a check finds after somebody changed the file behind Scribe's back.

use scribe::incident::{Command, IncidentNumber, Redaction, Seq, Status};
use scribe::store::{Finding, Target, Verification};
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};

use crate::desk::{Desk, key, message, note, publish, request, status};

const UNPROTECT: &str = "DROP TRIGGER entries_keep; DROP TRIGGER entries_stay;
    DROP TRIGGER redactions_have_cause; DROP TRIGGER redactions_stay;";

/// A log worth changing.
async fn desk() -> Desk {
    let desk = Desk::on_sqlite().await;
    desk.open("API is down").await;
    desk.open("another").await;
    desk.submit(message(1, 1001, 5, "said")).await.unwrap();
    desk.to(1, note("noted")).await;
    let (entries, reason) = (vec![Seq(4)], "private".to_owned());
    desk.to(1, Command::Redact(Redaction::new(entries, reason)))
        .await;
    let (to, message, at) = (Status::Identified, None, None);
    desk.to(1, Command::SetStatus { to, message, at }).await;
    desk.is_sound().await;
    desk
}

/// Changes the file as somebody with a shell could.
async fn tamper(desk: &Desk, sql: &str) {
    let mut connection = SqliteConnection::connect(&desk.url).await.unwrap();
    let sql = format!("PRAGMA foreign_keys = OFF; {UNPROTECT} {sql}");
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

async fn found_after(sql: &str) -> (Desk, Verification) {
    let desk = desk().await;
    tamper(&desk, sql).await;
    let verification = desk.store.verify().await.unwrap();
    assert!(verification.differences.iter().all(|one| one.key == key(1)));
    (desk, verification)
}

async fn is_tampered_at(sql: &str, finding: Finding) {
    let (desk, verification) = found_after(sql).await;
    let found = |verification: &Verification| {
        verification
            .differences
            .iter()
            .any(|one| one.finding == finding)
    };
    assert!(found(&verification), "{sql}: {verification:?}");
    let repaired = desk.store.repair().await.unwrap();
    assert!(
        found(&repaired),
        "what was tampered with cannot be repaired away"
    );
}

#[tokio::test]
async fn a_changed_log_shows() {
    let hash = |seq| Finding::Hash { seq: Seq(seq) };
    let body = |seq| Finding::Body { seq: Seq(seq) };
    for (sql, finding) in [
        (
            "UPDATE entries SET body = replace(body, 'said', 'sold') WHERE number = 1 AND seq = 3",
            body(3),
        ),
        (
            "UPDATE entries SET actor = replace(actor, 'person 1', 'person 2') WHERE number = 1 AND seq = 3",
            hash(3),
        ),
        (
            "UPDATE entries SET happened_at = '2024-01-01T00:00:00+00:00' WHERE number = 1 AND seq = 2",
            hash(2),
        ),
        (
            "UPDATE entries SET message = 6 WHERE number = 1 AND seq = 3",
            hash(3),
        ),
        ("DELETE FROM entries WHERE number = 1 AND seq = 3", hash(4)),
        (
            "UPDATE entries SET body = replace(body, '[redacted]', 'invented') WHERE number = 1 AND seq = 4",
            body(4),
        ),
        (
            "UPDATE entries SET salt = NULL, body = replace(body, 'said', '[redacted]') WHERE number = 1 AND seq = 3",
            Finding::NotRedacted { seq: Seq(3) },
        ),
        (
            "INSERT INTO redactions VALUES (700, 1, 3, 5)",
            Finding::NotRedacted { seq: Seq(3) },
        ),
        (
            "DELETE FROM redactions",
            Finding::StillReadable { seq: Seq(4) },
        ),
    ] {
        is_tampered_at(sql, finding).await;
    }
}

#[tokio::test]
async fn an_entry_that_cannot_be_read_is_named() {
    let (_desk, verification) =
        found_after("UPDATE entries SET body = '{' WHERE number = 1 AND seq = 3").await;
    let mut findings = verification.differences.iter().map(|one| &one.finding);
    assert!(
        findings.any(|one| matches!(one, Finding::Unreadable { seq: Seq(3), .. })),
        "{verification:?}"
    );
}

#[tokio::test]
async fn a_projection_that_differs_is_shown_and_repaired() {
    for sql in [
        "UPDATE incidents SET status = 'resolved' WHERE number = 1",
        "UPDATE incidents SET state = replace(state, 'API', 'APY') WHERE number = 1",
        "UPDATE incidents SET state = '{}' WHERE number = 1",
        "DELETE FROM incidents WHERE number = 1",
        "DELETE FROM channels WHERE number = 1",
        "INSERT INTO channels VALUES (4, 700, 1)",
        "UPDATE messages SET text_seq = 1",
        "DELETE FROM messages",
        "INSERT INTO attachments VALUES (700, 1, 8, 3, 1001, 5, '{}', '2025-01-01T00:00:00+00:00', 0)",
    ] {
        let (desk, verification) = found_after(sql).await;
        let findings = &verification.differences;
        assert_eq!(findings.len(), 1, "{sql}: {findings:?}");
        assert!(
            matches!(findings[0].finding, Finding::Projection { .. }),
            "{sql}"
        );
        let before = desk.store.log(key(1)).await.unwrap();
        assert_eq!(desk.store.repair().await.unwrap().differences, [], "{sql}");
        assert_eq!(desk.store.log(key(1)).await.unwrap(), before);
        desk.to(1, note("and on it goes")).await;
        desk.is_sound().await;
    }
}

/// A projection of an incident that no log knows of is taken away.
#[tokio::test]
async fn a_projection_without_a_log_is_removed() {
    let desk = desk().await;
    tamper(&desk, "INSERT INTO channels VALUES (4, 700, 99)").await;
    let verification = desk.store.verify().await.unwrap();
    assert_eq!(verification.differences.len(), 1);
    assert_eq!(verification.differences[0].key, key(99));
    assert_eq!(desk.store.repair().await.unwrap().differences, []);
}

/// The state is kept in the shape of the Scribe that wrote it.
#[tokio::test]
async fn a_state_of_another_version_is_made_from_the_log() {
    let desk = desk().await;
    let state = desk.store.incident(key(2)).await.unwrap();
    tamper(
        &desk,
        "UPDATE incidents SET state = '{}', last_hash = 'other' WHERE number = 2",
    )
    .await;
    assert_eq!(desk.store.incident(key(2)).await.unwrap(), state);
    let target = Target::Incident(IncidentNumber(2));
    let recorded = desk.submit(request(target, note("goes on"))).await.unwrap();
    assert_eq!(recorded.entries[0].seq, Seq(3));
}

#[tokio::test]
async fn what_is_published_is_never_changed_unseen() {
    let desk = Desk::on_sqlite().await;
    desk.open("API is down").await;
    desk.to(1, status(Status::Resolved)).await;
    let last = desk.to(1, note("noted")).await.incident.last_seq.0;
    desk.to(1, publish(last, "# Postmortem")).await;
    desk.is_sound().await;
    let mut connection = SqliteConnection::connect(&desk.url).await.unwrap();
    for refused in [
        "UPDATE publications SET document = 'x'",
        "UPDATE publications SET document = NULL, redacted_by = 2",
        "DELETE FROM publications",
    ] {
        let error = sqlx::query(refused).execute(&mut connection).await;
        let error = error.unwrap_err().to_string();
        assert!(error.contains("what is published is never"), "{error}");
    }
    connection.close().await.unwrap();
    for (sql, reason) in [
        (
            "UPDATE publications SET document = 'x'",
            "its bytes were changed",
        ),
        (
            "UPDATE publications SET document = NULL, redacted_by = 2",
            "it was removed without a redaction",
        ),
        (
            "UPDATE publications SET version = 2",
            "the log knows nothing of it",
        ),
        ("DELETE FROM publications", "it is missing"),
    ] {
        let sql = format!(
            "DROP TRIGGER IF EXISTS publications_keep; DROP TRIGGER IF EXISTS publications_stay; {sql}"
        );
        let mut connection = SqliteConnection::connect(&desk.url).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
        let found = desk.store.verify().await.unwrap().differences;
        let named = found.iter().any(
            |one| matches!(&one.finding, Finding::Publication { reason: why, .. } if why == reason),
        );
        assert!(named, "{reason}: {found:?}");
    }
}
