//! Finding what people wrote.

use scribe::incident::{Command, GuildId, Redaction, Seq, Severity, Status};
use scribe::store::{Finding, Search};
use sqlx::{Connection as _, SqliteConnection};

use crate::desk::{Desk, GUILD, every_database, key, message, minute, note};

every_database! {
    words_are_found_wherever_they_stand
    filters_and_pages_narrow_what_is_found
    what_is_redacted_is_found_no_more
}

async fn found(desk: &Desk, search: Search) -> Vec<(u32, u32)> {
    let search = Search {
        limit: 50,
        ..search
    };
    let hits = desk.store.search(GUILD, &search).await.unwrap();
    let place = |hit: &scribe::store::Hit| (hit.key.number.0, hit.entry.seq.0);
    hits.iter().map(place).collect()
}

async fn with(desk: &Desk, text: &str) -> Vec<(u32, u32)> {
    let text = text.to_owned();
    found(
        desk,
        Search {
            text,
            ..Search::default()
        },
    )
    .await
}

async fn words_are_found_wherever_they_stand(desk: Desk) {
    desk.open("Payments fail").await;
    desk.open("Login is slow").await;
    desk.to(1, note("the connection pool is exhausted")).await;
    desk.submit(message(2, 1002, 5, "POOL of Ängste, connection fine"))
        .await
        .unwrap();
    let (to, at) = (Status::Identified, None);
    let told = Some("a bad pool size".to_owned());
    desk.to(
        1,
        Command::SetStatus {
            to,
            message: told,
            at,
        },
    )
    .await;
    assert_eq!(with(&desk, "payments").await, [(1, 1)], "a title");
    assert_eq!(
        with(&desk, "pool").await,
        [(1, 4), (2, 3), (1, 3)],
        "the last comes first"
    );
    assert_eq!(
        with(&desk, "pool connection").await,
        [(2, 3), (1, 3)],
        "in any order"
    );
    assert_eq!(
        with(&desk, "\"connection pool\"").await,
        [(1, 3)],
        "next to each other"
    );
    assert_eq!(with(&desk, "Ängst").await, [(2, 3)], "unfinished");
    for typed in ["angste", "ÄNGSTE", "A\u{308}ngste", "ångste"] {
        assert_eq!(with(&desk, typed).await, [(2, 3)], "{typed}");
    }
    assert_eq!(
        with(&desk, "ool").await,
        [],
        "not from the middle of a word"
    );
    for odd in [
        "",
        "\"",
        "*",
        "pool AND",
        "NEAR(",
        "text:pool",
        "' OR 1=1 --",
        "\u{0}",
    ] {
        with(&desk, odd).await;
    }
    let other = Search {
        text: "pool".to_owned(),
        limit: 9,
        ..Search::default()
    };
    assert_eq!(
        desk.store.search(GuildId(1), &other).await.unwrap(),
        [],
        "of another guild"
    );
    let any = Search {
        text: "payments slow nothing".to_owned(),
        any: true,
        ..Search::default()
    };
    assert_eq!(found(&desk, any).await, [(2, 1), (1, 1)]);
}

async fn filters_and_pages_narrow_what_is_found(desk: Desk) {
    desk.open("One").await;
    desk.open("Two").await;
    for (number, at) in [(1, 1), (2, 2), (1, 3)] {
        let text = "pool".to_owned();
        desk.to(
            number,
            Command::Note {
                text,
                at: Some(minute(at - 10)),
                key: false,
            },
        )
        .await;
    }
    let (to, reason, at) = (Severity::Sev1, None, None);
    desk.to(2, Command::SetSeverity { to, reason, at }).await;
    let pool = || Search {
        text: "pool".to_owned(),
        ..Search::default()
    };
    let severity = Some(Severity::Sev1);
    assert_eq!(found(&desk, Search { severity, ..pool() }).await, [(2, 3)]);
    let status = Some(Status::Resolved);
    assert_eq!(found(&desk, Search { status, ..pool() }).await, []);
    let (from, to) = (Some(minute(-8)), Some(minute(-7)));
    assert_eq!(found(&desk, Search { from, to, ..pool() }).await, [(2, 3)]);
    let first = desk
        .store
        .search(GUILD, &Search { limit: 1, ..pool() })
        .await
        .unwrap();
    assert_eq!((first.len(), first[0].entry.seq), (1, Seq(4)));
    let before = Some(first[0].found);
    assert_eq!(
        found(&desk, Search { before, ..pool() }).await,
        [(2, 3), (1, 3)]
    );
}

async fn what_is_redacted_is_found_no_more(desk: Desk) {
    desk.open("Leak").await;
    desk.submit(message(1, 1001, 5, "the key is hunter2xyz"))
        .await
        .unwrap();
    assert_eq!(with(&desk, "hunter2xyz").await, [(1, 3)]);
    desk.to(1, Command::Redact(Redaction::new(vec![Seq(3)], "a key")))
        .await;
    assert_eq!(with(&desk, "hunter2xyz").await, []);
    assert_eq!(
        with(&desk, "redacted").await,
        [],
        "nor is the mark in its place"
    );
    desk.is_sound().await;
}

#[tokio::test]
async fn an_index_that_differs_is_shown_and_repaired() {
    let desk = Desk::on_sqlite().await;
    desk.open("Payments fail").await;
    desk.to(1, note("rolled back")).await;
    for tampering in [
        "DELETE FROM texts WHERE seq = 3",
        "INSERT INTO texts (guild, number, seq, text) VALUES (700, 1, 2, 'invented')",
        "DELETE FROM texts_index_idx; DELETE FROM texts_index_data WHERE id > 10",
    ] {
        let mut connection = SqliteConnection::connect(&desk.url).await.unwrap();
        sqlx::raw_sql(tampering)
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
        let checked = desk.store.verify().await.unwrap();
        let about = |difference: &scribe::store::Difference| {
            difference.key == key(1) && matches!(difference.finding, Finding::Projection { .. })
        };
        assert!(
            checked.differences.iter().any(about),
            "{tampering}: {checked:?}"
        );
        assert_eq!(
            desk.store.repair().await.unwrap().differences,
            [],
            "{tampering}"
        );
        assert_eq!(with(&desk, "rolled").await, [(1, 3)], "{tampering}");
        assert_eq!(with(&desk, "invented").await, [], "{tampering}");
    }
}
