//! Out and in again: the whole store as lines, and as a copy of its file.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::TimeDelta;
use scribe::incident::{
    ChannelId, Command, DocumentFormat, GuildSettings, IncidentNumber, MessageRef, Redaction, Seq,
    Status,
};
use scribe::store::{
    ExportError, ExportScope, RestoreError, Restored, Shard, Store, StoreError, Target,
    TemplateVersion, Wish,
};

use sqlx::{Connection, PgConnection, SqliteConnection};

use crate::desk::{
    Desk, GUILD, every_database, file, key, message, minute, note, person, publish, request, status,
};

every_database! {
    a_restored_store_is_the_same_to_the_byte
    a_store_goes_from_one_database_to_the_other_and_back
    no_table_is_forgotten
    one_incident_goes_alone
    a_store_that_has_something_is_left_alone
    a_file_that_was_changed_is_refused_with_its_line_and_leaves_nothing
    a_text_without_a_redaction_is_missed
    what_is_exported_or_copied_while_writes_go_on_is_of_one_moment
}

pub(crate) async fn exported(store: &Store, scope: ExportScope) -> String {
    let mut bytes = Vec::new();
    store
        .export(scope, &mut bytes, &mut |_, _| {})
        .await
        .unwrap();
    String::from_utf8(bytes).unwrap()
}

async fn restore(store: &Store, text: &str) -> Result<Restored, RestoreError> {
    store.restore(&mut text.as_bytes(), &mut |_| {}).await
}

/// A store with something of everything.
async fn full(desk: Desk) -> Desk {
    desk.open("API is down").await;
    desk.open("another").await;
    let secret = desk.to(1, note("hunter2")).await.entries[0].seq;
    let mut posted = message(1, 1001, 5, "said");
    if let Command::RecordMessage { message, .. } = &mut posted.command {
        message.attachments = vec![file(1)];
    }
    desk.submit(posted).await.unwrap();
    desk.to(2, status(Status::Resolved)).await;
    desk.to(2, note("swordfish")).await;
    desk.to(2, publish(4, "# swordfish")).await;
    desk.to(
        2,
        Command::Redact(Redaction::new(vec![Seq(4)], "a password")),
    )
    .await;
    desk.to(2, publish(7, "# [redacted]")).await;
    let redaction = Redaction::new(vec![secret], "a password");
    desk.to(1, Command::Redact(redaction)).await;
    let post = MessageRef {
        channel: ChannelId(1),
        message: scribe::incident::MessageId(2),
    };
    let store = &desk.store;
    store
        .remember_post(key(1), "card", post, minute(0))
        .await
        .unwrap();
    for hour in [8, 10] {
        let settle = |settings: &mut GuildSettings| -> Result<(), Infallible> {
            settings.summary.hour = hour;
            Ok(())
        };
        let (by, at) = (person(1), minute(i64::from(hour)));
        let Ok(_) = store.change_settings(GUILD, &by, at, settle).await.unwrap();
    }
    for template in [Some("# {{name}}".to_owned()), None] {
        let version = TemplateVersion {
            format: DocumentFormat::Md,
            template,
            by: person(1),
            at: minute(2),
        };
        store.save_template(GUILD, &version).await.unwrap();
    }
    store
        .queue_once("weekly", GUILD, "2026-W19", None, minute(1))
        .await
        .unwrap();
    let (channel, through) = (ChannelId(1001), scribe::incident::MessageId(5));
    store.complete_through(channel, through).await.unwrap();
    let wish = Wish::Any { total: 1 };
    let mut member = store.join(wish, 1).await.unwrap();
    let hold = TimeDelta::minutes(1);
    store.beat(&mut member, &[], hold).await.unwrap();
    store
        .hear(member.id(), Shard::ALL, minute(3))
        .await
        .unwrap();
    store.leave(member).await.unwrap();
    store.doubt_file("ab").await.unwrap();
    desk
}

async fn a_restored_store_is_the_same_to_the_byte(desk: Desk) {
    let desk = full(desk).await;
    let text = exported(&desk.store, ExportScope::Everything).await;
    for kind in [
        "scribe_export",
        "settings",
        "template",
        "entry",
        "post",
        "publication",
        "period",
        "watermark",
        "heard",
        "outbox",
        "file_in_doubt",
        "end",
    ] {
        let begin = format!("{{\"{kind}\":");
        assert!(text.lines().any(|line| line.starts_with(&begin)), "{kind}");
    }
    assert!(!text.contains("hunter2") && !text.contains("swordfish"));
    assert!(text.contains("# [redacted]"));
    let mut other = desk.another().await;
    let restored = restore(&other.store, &text).await.unwrap();
    assert_eq!((restored.incidents, restored.settings), (2, 2));
    assert_eq!(exported(&other.store, ExportScope::Everything).await, text);
    other.is_sound().await;
    other.reopen().await;
    assert_eq!(
        other.store.incident(key(1)).await.unwrap(),
        desk.store.incident(key(1)).await.unwrap()
    );
    let depth = other.store.outbox_depth().await.unwrap();
    assert_eq!(depth, desk.store.outbox_depth().await.unwrap());
    assert!(depth.waiting > 0);
    let again = other.submit(message(1, 1001, 5, "said")).await.unwrap();
    assert!(again.repeated, "what was recorded there is known here");
    other.to(1, note("and it goes on")).await;
    other.is_sound().await;
}

/// The same lines, byte by byte: times, order, and what is derived.
async fn a_store_goes_from_one_database_to_the_other_and_back(desk: Desk) {
    let desk = full(desk).await;
    let text = exported(&desk.store, ExportScope::Everything).await;
    for other in [Desk::on_postgres().await, Desk::on_sqlite().await] {
        restore(&other.store, &text).await.unwrap();
        assert_eq!(exported(&other.store, ExportScope::Everything).await, text);
        other.is_sound().await;
        other.to(1, note("and it goes on")).await;
    }
}

/// A table that is added later is exported, or made anew, or left out on purpose.
async fn no_table_is_forgotten(desk: Desk) {
    let exported = [
        "entries",
        "settings",
        "templates",
        "posts",
        "publications",
        "periods",
        "watermarks",
        "heard",
        "outbox",
        "files_in_doubt",
    ];
    let made_anew = [
        "incidents",
        "channels",
        "messages",
        "attachments",
        "redactions",
        "texts",
        "texts_index",
        "texts_index_config",
        "texts_index_data",
        "texts_index_docsize",
        "texts_index_idx",
    ];
    // Who serves which shard is so only while they run; when each was heard is `heard`.
    let of_the_database = ["_sqlx_migrations", "sqlite_sequence", "processes", "shards"];
    let tables: Vec<String> = match desk.url.starts_with("sqlite:") {
        true => {
            let mut connection = SqliteConnection::connect(&desk.url).await.unwrap();
            sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE type = 'table'")
                .fetch_all(&mut connection)
                .await
                .unwrap()
        }
        false => {
            let mut connection = PgConnection::connect(&desk.url).await.unwrap();
            sqlx::query_scalar(
                "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()",
            )
            .fetch_all(&mut connection)
            .await
            .unwrap()
        }
    };
    assert!(tables.len() > 12, "{tables:?}");
    for table in &tables {
        let known = [&exported[..], &made_anew, &of_the_database].concat();
        assert!(known.contains(&table.as_str()), "{table} is in no export");
    }
}

async fn one_incident_goes_alone(desk: Desk) {
    let desk = full(desk).await;
    let text = exported(&desk.store, ExportScope::Incident(key(2))).await;
    assert!(!text.contains("API is down"));
    let other = desk.another().await;
    let restored = restore(&other.store, &text).await.unwrap();
    assert_eq!((restored.incidents, restored.outbox), (1, 0));
    let back = exported(&other.store, ExportScope::Incident(key(2))).await;
    assert_eq!(back, text);
    other.is_sound().await;
    let none = desk
        .store
        .export(
            ExportScope::Incident(key(9)),
            &mut Vec::new(),
            &mut |_, _| {},
        )
        .await;
    assert!(matches!(none, Err(ExportError::NoSuchIncident(_))));
}

async fn a_store_that_has_something_is_left_alone(desk: Desk) {
    let desk = full(desk).await;
    let text = exported(&desk.store, ExportScope::Everything).await;
    let refused = restore(&desk.store, &text).await;
    assert!(matches!(refused, Err(RestoreError::NotEmpty)));
    assert_eq!(exported(&desk.store, ExportScope::Everything).await, text);
}

async fn a_file_that_was_changed_is_refused_with_its_line_and_leaves_nothing(desk: Desk) {
    let desk = full(desk).await;
    let text = exported(&desk.store, ExportScope::Everything).await;
    let lines: Vec<&str> = text.lines().collect();
    let place = |part: &str| {
        let at = lines.iter().position(|line| line.contains(part));
        at.unwrap_or_else(|| panic!("{part} is nowhere")) + 1
    };
    let last = lines.len();
    let without = |line: usize| {
        let mut lines = lines.clone();
        lines.remove(line - 1);
        lines.join("\n") + "\n"
    };
    let twice = |line: usize| {
        let mut lines = lines.clone();
        lines.insert(line - 1, lines[line - 1]);
        lines.join("\n") + "\n"
    };
    let said = place("\"said\"");
    let other = desk.another().await;
    let empty = exported(&other.store, ExportScope::Everything).await;
    for (forged, line, reason) in [
        (
            text.replace("\"said\"", "\"sold\""),
            said,
            "its text does not match its hash",
        ),
        (
            text.replace("person 1", "person 2"),
            place("{\"entry\""),
            "",
        ),
        (without(said), said, "does not match its hash"),
        (twice(said), said + 1, "does not match its hash"),
        (
            text.replace("message:5", "message:6"),
            last,
            "changed after it was written",
        ),
        (
            text.replace("2026-W19", "2026-W20"),
            last,
            "changed after it was written",
        ),
        (without(place("{\"post\"")), last - 1, "added or taken out"),
        (without(1), 1, "no file of `scribe export`"),
        (without(last), last, "it was cut"),
        (twice(last), last + 1, "after the last line"),
        (text[..text.len() - 1].to_owned(), last, "cut"),
        (
            text.replace("\"form\":2", "\"form\":3"),
            1,
            "another version",
        ),
        (
            text.replace("[redacted]", "[invented]"),
            place("[redacted]"),
            "its text does not match",
        ),
        (
            text.replace("2025-07-15T12:08", "12025-07-15T12:09"),
            place("T12:08"),
            "",
        ),
        (String::new(), 1, "cut"),
        ("{}\n".to_owned(), 1, "no line of"),
    ] {
        let refused = restore(&other.store, &forged).await;
        let Err(RestoreError::Line {
            line: at,
            reason: why,
        }) = refused
        else {
            panic!("{reason}: {refused:?}");
        };
        assert!(
            at == line as u64 && why.contains(reason),
            "line {at}, not {line}: {why}"
        );
        assert_eq!(
            exported(&other.store, ExportScope::Everything).await,
            empty,
            "{reason}"
        );
    }
    restore(&other.store, &text).await.unwrap();
}

/// A redaction that the file hides, or invents.
async fn a_text_without_a_redaction_is_missed(desk: Desk) {
    let desk = full(desk).await;
    let text = exported(&desk.store, ExportScope::Incident(key(1))).await;
    let other = desk.another().await;
    let salted = text
        .lines()
        .position(|line| line.contains("\"said\""))
        .unwrap();
    let line = text.lines().nth(salted).unwrap();
    let from = line.find("\"salt\"").unwrap();
    let to = line.find("\"body_digest\"").unwrap();
    let unsalted = format!("{}{}", &line[..from], &line[to..]);
    let refused = restore(&other.store, &text.replace(line, &unsalted)).await;
    assert!(
        matches!(&refused, Err(RestoreError::Line { reason, .. }) if reason.contains("was changed")),
        "{refused:?}"
    );
}

async fn what_is_exported_or_copied_while_writes_go_on_is_of_one_moment(desk: Desk) {
    let desk = full(desk).await;
    let stop = Arc::new(AtomicBool::new(false));
    let writing = {
        let (writer, stop) = (desk.writer.clone(), Arc::clone(&stop));
        tokio::spawn(async move {
            let mut id = 1000;
            while !stop.load(Ordering::Relaxed) {
                id += 1;
                let number = 1 + (id % 2) as u32;
                let said = message(number, 1000 + u64::from(number), id, "busy");
                let target = Target::Incident(IncidentNumber(number));
                let (said, noted) = tokio::join!(
                    writer.submit(said),
                    // Brings something to be said with it, in one transaction.
                    writer.submit(request(target, note("busy"))),
                );
                said.and(noted).unwrap();
            }
            id
        })
    };
    let count = |text: &str, part: &str| text.matches(part).count();
    let unsaid = |text: &str| count(text, "\\\"tell\\\"") - count(text, "\"noted\"");
    let told = unsaid(&exported(&desk.store, ExportScope::Everything).await);
    for round in 0..5 {
        let before = desk.store.counts().await.unwrap().entries;
        while desk.store.counts().await.unwrap().entries < before + 20 {
            tokio::task::yield_now().await;
        }
        let text = exported(&desk.store, ExportScope::Everything).await;
        assert_eq!(unsaid(&text), told, "the lines are not of one moment");
        let other = desk.another().await;
        let restored = restore(&other.store, &text).await.unwrap();
        assert!(restored.entries > before);
        assert_eq!(exported(&other.store, ExportScope::Everything).await, text);
        other.is_sound().await;
        let copy = desk.path().with_file_name(format!("copy-{round}.db"));
        if !desk.url.starts_with("sqlite:") {
            let refused = desk.store.copy_to(&copy).await;
            assert!(matches!(refused, Err(StoreError::NoFile)), "{refused:?}");
            continue;
        }
        desk.store.copy_to(&copy).await.unwrap();
        assert!(
            desk.store.copy_to(&copy).await.is_err(),
            "never over a file"
        );
        let copy = Store::open(&format!("sqlite://{}", copy.display()))
            .await
            .unwrap();
        assert_eq!(copy.verify().await.unwrap().differences, []);
        assert!(copy.counts().await.unwrap().entries >= restored.entries);
    }
    stop.store(true, Ordering::Relaxed);
    assert!(
        writing.await.unwrap() > 1100,
        "nothing was written beside it"
    );
    let parts = desk.path().with_file_name("copy-0.db.part");
    assert!(!parts.exists());
    let log = desk.store.log(key(1)).await.unwrap();
    assert_eq!(
        log.last().map(|entry| entry.seq),
        Some(Seq(log.len() as u32))
    );
}
