//! What protects the log, and what a check finds after somebody changed the
//! database behind Scribe's back all the same.

use scribe::incident::{Command, IncidentNumber, Redaction, Seq, Status};
use scribe::store::{Finding, Target, Verification};

use crate::desk::{Desk, every_database, key, message, note, publish, request, status};

every_database! {
    the_log_can_be_neither_changed_nor_shortened
    a_changed_log_shows
    an_entry_that_cannot_be_read_is_named
    a_projection_that_differs_is_shown_and_repaired
    a_projection_without_a_log_is_removed
    a_state_of_another_version_is_made_from_the_log
    what_is_published_is_never_changed_unseen
}

async fn the_log_can_be_neither_changed_nor_shortened(desk: Desk) {
    desk.open("API is down").await;
    desk.to(1, note("secret")).await;
    let (entries, reason) = (vec![Seq(3)], "private".to_owned());
    desk.to(1, Command::Redact(Redaction::new(entries, reason)))
        .await;
    let insert = "INTO entries SELECT guild, number, seq + $n, happened_at, recorded_at, actor, kind, channel, message,
        body, salt, body_digest, hash, NULL, NULL FROM entries WHERE seq = 2";
    let replace = format!("INSERT OR REPLACE {}", insert.replace("$n", "0"));
    let in_its_own_way: &[(&str, &str)] = match desk.url.starts_with("sqlite:") {
        true => &[(&replace, "next number")],
        false => &[
            ("TRUNCATE entries CASCADE", "never deleted"),
            ("TRUNCATE redactions", "never deleted"),
            ("TRUNCATE settings", "never deleted"),
        ],
    };
    for (statement, refusal) in [
        ("UPDATE entries SET body = '{}'", "never changed"),
        (
            "UPDATE entries SET body = '{}', salt = NULL WHERE seq = 2",
            "never changed",
        ),
        (
            "UPDATE entries SET body = '{}', salt = NULL WHERE seq = 3",
            "never changed",
        ),
        ("UPDATE entries SET seq = seq + 1", "never changed"),
        ("DELETE FROM entries", "never deleted"),
        ("DELETE FROM entries WHERE seq = 3", "never deleted"),
        (
            &format!("INSERT {}", insert.replace("$n", "4")),
            "next number",
        ),
        (
            "INSERT INTO redactions VALUES (700, 1, 2, 2)",
            "entry of its own",
        ),
        (
            "INSERT INTO redactions VALUES (700, 1, 5, 4)",
            "entry of its own",
        ),
        ("UPDATE redactions SET seq = 2", "never changed"),
        ("DELETE FROM redactions", "never deleted"),
    ]
    .into_iter()
    .chain(in_its_own_way.iter().copied())
    {
        let refused = desk.sql(statement).await.expect_err(statement);
        assert!(refused.contains(refusal), "{statement}: {refused}");
    }
    desk.is_sound().await;
}

/// A log worth changing.
async fn filled(desk: Desk) -> Desk {
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

async fn found_after(base: &Desk, sql: &str) -> (Desk, Verification) {
    let desk = filled(base.another().await).await;
    desk.tamper(sql).await;
    let verification = desk.store.verify().await.unwrap();
    assert!(verification.differences.iter().all(|one| one.key == key(1)));
    (desk, verification)
}

async fn is_tampered_at(base: &Desk, sql: &str, finding: Finding) {
    let (desk, verification) = found_after(base, sql).await;
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

async fn a_changed_log_shows(base: Desk) {
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
        is_tampered_at(&base, sql, finding).await;
    }
}

async fn an_entry_that_cannot_be_read_is_named(base: Desk) {
    let (_desk, verification) = found_after(
        &base,
        "UPDATE entries SET body = '{' WHERE number = 1 AND seq = 3",
    )
    .await;
    let mut findings = verification.differences.iter().map(|one| &one.finding);
    assert!(
        findings.any(|one| matches!(one, Finding::Unreadable { seq: Seq(3), .. })),
        "{verification:?}"
    );
}

async fn a_projection_that_differs_is_shown_and_repaired(base: Desk) {
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
        let (desk, verification) = found_after(&base, sql).await;
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
async fn a_projection_without_a_log_is_removed(desk: Desk) {
    let desk = filled(desk).await;
    desk.tamper("INSERT INTO channels VALUES (4, 700, 99)")
        .await;
    let verification = desk.store.verify().await.unwrap();
    assert_eq!(verification.differences.len(), 1);
    assert_eq!(verification.differences[0].key, key(99));
    assert_eq!(desk.store.repair().await.unwrap().differences, []);
}

/// The state is kept in the shape of the Scribe that wrote it.
async fn a_state_of_another_version_is_made_from_the_log(desk: Desk) {
    let desk = filled(desk).await;
    let state = desk.store.incident(key(2)).await.unwrap();
    desk.tamper("UPDATE incidents SET state = '{}', last_hash = 'other' WHERE number = 2")
        .await;
    assert_eq!(desk.store.incident(key(2)).await.unwrap(), state);
    let target = Target::Incident(IncidentNumber(2));
    let recorded = desk.submit(request(target, note("goes on"))).await.unwrap();
    assert_eq!(recorded.entries[0].seq, Seq(3));
}

async fn what_is_published_is_never_changed_unseen(desk: Desk) {
    desk.open("API is down").await;
    desk.to(1, status(Status::Resolved)).await;
    let last = desk.to(1, note("noted")).await.incident.last_seq.0;
    desk.to(1, publish(last, "# Postmortem")).await;
    desk.is_sound().await;
    for refused in [
        "UPDATE publications SET document = 'x'",
        "UPDATE publications SET document = NULL, redacted_by = 2",
        "DELETE FROM publications",
    ] {
        let error = desk.sql(refused).await.unwrap_err();
        assert!(error.contains("what is published is never"), "{error}");
    }
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
        let unprotect = match desk.url.starts_with("sqlite:") {
            true => {
                "DROP TRIGGER IF EXISTS publications_keep; DROP TRIGGER IF EXISTS publications_stay;"
            }
            false => "SET session_replication_role = replica;",
        };
        desk.sql(&format!("{unprotect} {sql}")).await.unwrap();
        let found = desk.store.verify().await.unwrap().differences;
        let named = found.iter().any(
            |one| matches!(&one.finding, Finding::Publication { reason: why, .. } if why == reason),
        );
        assert!(named, "{reason}: {found:?}");
    }
}
