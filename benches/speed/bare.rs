//! The database by itself: no async, no rules, nothing but rows and commits,
//! with the settings that Scribe opens its own with.

use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// A row as the database has it.
pub(crate) type Row = Vec<Value>;

/// Opens a database as Scribe does, or makes one without a schema.
pub(crate) fn open(path: &Path) -> Connection {
    let database = Connection::open(path).expect("a database");
    let settings = "
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = ON;
        PRAGMA secure_delete = ON;
        PRAGMA recursive_triggers = ON;
        PRAGMA busy_timeout = 5000;";
    database.execute_batch(settings).expect("the settings");
    database
}

/// Rows of a query.
pub(crate) fn rows(database: &Connection, query: &str) -> Vec<Row> {
    let mut statement = database.prepare_cached(query).expect("a query");
    let columns = statement.column_count();
    let rows = statement
        .query_map([], |row| {
            (0..columns).map(|column| row.get(column)).collect()
        })
        .expect("rows");
    rows.collect::<Result<_, _>>().expect("rows")
}

/// Adds rows to a table with one statement: one for each row would be slower,
/// because the search index writes what it has after every statement.
pub(crate) fn insert(database: &Connection, table: &str, rows: &[Row]) {
    let Some(first) = rows.first() else {
        return;
    };
    let row = format!("({})", vec!["?"; first.len()].join(", "));
    let values = vec![row; rows.len()].join(", ");
    let sql = format!("INSERT INTO {table} VALUES {values}");
    let mut statement = database.prepare_cached(&sql).expect("a statement");
    statement
        .execute(params_from_iter(rows.iter().flatten()))
        .expect("rows that fit");
}
