//! What is owed: found without looking at everything, and for records that
//! were begun before Scribe knew of it.

use chrono::TimeDelta;
use scribe::incident::{Command, IncidentNumber, Status};
use scribe::store::{IncidentFilter, Store};
use sqlx::{Connection, SqliteConnection};

use crate::desk::{Desk, GUILD, every_database, minute};

fn action(due_in_days: Option<i64>) -> Command {
    Command::AddAction {
        text: "renew certificates by a job".to_owned(),
        owner: None,
        due: due_in_days.map(|days| minute(0) + TimeDelta::days(days)),
    }
}

fn status(to: Status) -> Command {
    Command::SetStatus {
        to,
        message: Some("A postmortem will follow.".to_owned()),
        at: None,
    }
}

/// Open, over with a postmortem owed, over with an action item, all done, cancelled.
async fn five(desk: &Desk) {
    for title in ["open", "resolved", "to do", "done", "cancelled"] {
        desk.open(title).await;
    }
    desk.to(2, status(Status::Resolved)).await;
    desk.to(3, action(Some(40))).await;
    desk.to(3, action(None)).await;
    desk.to(3, status(Status::Cancelled)).await;
    desk.to(4, action(Some(40))).await;
    desk.to(4, Command::FinishAction { number: 1 }).await;
    desk.to(4, status(Status::Resolved)).await;
    desk.to(4, status(Status::Postmortem)).await;
    desk.to(5, status(Status::Cancelled)).await;
}

async fn owing(store: &Store, after_days: i64) -> Vec<u32> {
    let found = store.owing(minute(0) + TimeDelta::days(after_days)).await;
    let found = found.unwrap().into_iter();
    found.map(|incident| incident.key.number.0).collect()
}

async fn what_may_be_owed_is_found(desk: Desk) {
    five(&desk).await;
    assert_eq!(owing(&desk.store, -1).await, [1, 2, 3]);
    assert_eq!(
        owing(&desk.store, 20).await,
        [1, 3],
        "nobody owes it for ever"
    );
    assert_eq!(owing(&desk.store, 50).await, [1]);
    let filter = IncidentFilter {
        to_do: true,
        ..IncidentFilter::default()
    };
    let to_do = desk.store.incidents(GUILD, &filter).await.unwrap();
    let to_do: Vec<_> = to_do.iter().map(|incident| incident.key.number).collect();
    assert_eq!(to_do, [IncidentNumber(3)]);
}

every_database! {
    what_may_be_owed_is_found
}

#[tokio::test]
async fn a_record_that_was_begun_before_owes_the_same_after_the_migration() {
    let desk = Desk::on_sqlite().await;
    five(&desk).await;
    let before = desk.store.owing(minute(0)).await.unwrap();
    let rows = "SELECT number, open_actions, owed_at FROM incidents ORDER BY number";
    let mut connection = SqliteConnection::connect(&desk.url).await.unwrap();
    type Row = (i64, i64, Option<String>);
    let kept: Vec<Row> = sqlx::query_as(rows)
        .fetch_all(&mut connection)
        .await
        .unwrap();
    sqlx::raw_sql(
        "DROP INDEX incidents_open; DROP INDEX incidents_owed; DROP INDEX incidents_actions;
        ALTER TABLE incidents DROP COLUMN open_actions; ALTER TABLE incidents DROP COLUMN owed_at;
        UPDATE incidents SET state = json_remove(state, '$.told', '$.snoozed');
        DELETE FROM _sqlx_migrations WHERE description = 'owed'",
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
    assert_eq!(store.owing(minute(0)).await.unwrap(), before);
    assert_eq!(store.verify().await.unwrap().differences, []);
    store.close().await;
}

#[tokio::test]
async fn what_is_owed_is_looked_for_by_an_index() {
    let desk = Desk::on_sqlite().await;
    let mut connection = SqliteConnection::connect(&desk.url).await.unwrap();
    let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(
        "EXPLAIN QUERY PLAN SELECT number FROM incidents WHERE open AND guild <> 0
        UNION SELECT number FROM incidents WHERE owed_at > '2026' AND guild <> 0",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    connection.close().await.unwrap();
    let looks: Vec<&str> = plan
        .iter()
        .map(|(.., step)| step.as_str())
        .filter(|step| step.contains("incidents"))
        .collect();
    assert!(
        looks.len() == 2 && looks.iter().all(|step| step.contains("USING")),
        "{looks:?}"
    );
}
