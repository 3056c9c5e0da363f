//! Every statement of the store fits both schemas: SQL is text, so a test reads
//! the source and prepares what it finds.

use std::fs;
use std::path::Path;

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqlSafeStr, SqliteConnection};

use crate::desk::Desk;

const VERBS: [&str; 7] = [
    "SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH ", "PRAGMA ", "VACUUM ",
];

const SQLITE_ALONE: [&str; 5] = [
    "SELECT (SELECT count(*) FROM incidents)",
    "PRAGMA",
    "VACUUM INTO",
    "SELECT t.id, e.* FROM texts_index",
    "INSERT INTO texts_index",
];
const POSTGRES_ALONE: [&str; 3] = [
    "VACUUM entries",
    "SELECT pg_",
    "SELECT t.id, e.* FROM texts AS t",
];

/// A statement in the words of each database, where it has any.
type Statement = [Option<String>; 2];

fn statements(folder: &Path) -> Vec<(String, Statement)> {
    let mut found = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            found.extend(statements(&path));
            continue;
        }
        // It makes statements of parts, and has none.
        if path.ends_with("store/rows.rs") {
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        let file = path.display().to_string();
        let here = in_source(&source).into_iter();
        found.extend(here.map(|statement| (file.clone(), statement)));
    }
    found
}

/// No statement holds a double quote, so every other piece is a literal, and
/// what stands around it says how it goes on and what it is for.
fn in_source(source: &str) -> Vec<Statement> {
    let pieces: Vec<&str> = source.split('"').map(str::trim).collect();
    let piece = |at: usize| pieces.get(at).copied().unwrap_or_default();
    // What locks is left out here, and the first condition of several; the contract runs it.
    let between = |at: usize| Vec::from_iter(piece(at).split_whitespace()).join(" ");
    let whole = |at: usize| match between(at + 1).as_str() {
        ", $lock," => piece(at).to_owned() + piece(at + 2),
        ", $first," => piece(at).to_owned() + " true " + piece(at + 2),
        _ => piece(at).to_owned(),
    };
    let mut found = Vec::new();
    for at in (1..pieces.len()).step_by(2) {
        let (before, text) = (piece(at - 1), whole(at));
        let columns = piece(at + 1).strip_prefix(',').map(str::trim_start);
        let columns = columns.and_then(|code| code.strip_prefix('(')?.split_once(')'));
        let [sqlite, postgres] = match columns {
            Some((columns, _)) => from_rows(before, &text, columns, &whole(at + 2)),
            None => [text.clone(), text],
        };
        let begins = |words: &[&str]| words.iter().any(|word| sqlite.starts_with(word));
        if begins(&VERBS) {
            let (of_one, of_other) = (begins(&SQLITE_ALONE), begins(&POSTGRES_ALONE));
            found.push([(!of_other).then_some(sqlite), (!of_one).then_some(postgres)]);
        }
    }
    found
}

/// What `rows!` and `insert!` make of their parts.
fn from_rows(before: &str, first: &str, columns: &str, last: &str) -> [String; 2] {
    let names: Vec<&str> = columns
        .split(',')
        .filter_map(|column| column.split_whitespace().next())
        .collect();
    let values: Vec<String> = names
        .iter()
        .map(|name| format!("value->>'{name}' AS {name}"))
        .collect();
    let (names, values) = (names.join(", "), values.join(", "));
    let tables = [
        format!("(SELECT id AS n, {values} FROM json_each($1)) AS r"),
        format!(
            "ROWS FROM (json_to_recordset($1::json) AS ({columns})) WITH ORDINALITY AS r({names}, n)"
        ),
    ];
    tables.map(|table| match before.ends_with("insert!(") {
        true => format!(
            "INSERT INTO {first} ({names}) SELECT {names} FROM {table} WHERE true ORDER BY n {last}"
        ),
        false => format!("{first} {table} {last}"),
    })
}

#[tokio::test]
async fn every_statement_fits_both_schemas() {
    let (lite, server) = (Desk::on_sqlite().await, Desk::on_postgres().await);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let statements = statements(&folder);
    let mut sqlite = SqliteConnection::connect(&lite.url).await.unwrap();
    let mut postgres = PgConnection::connect(&server.url).await.unwrap();
    let mut prepared = [0, 0];
    for (file, [one, other]) in statements {
        let check = |sql: &str, error: Option<sqlx::Error>| {
            assert!(error.is_none(), "{file}: {sql}: {error:?}");
        };
        if let Some(sql) = one {
            let text = AssertSqlSafe(sql.clone()).into_sql_str();
            check(&sql, sqlite.prepare(text).await.err());
            prepared[0] += 1;
        }
        if let Some(sql) = other {
            let text = AssertSqlSafe(sql.clone()).into_sql_str();
            check(&sql, postgres.prepare(text).await.err());
            prepared[1] += 1;
        }
    }
    assert!(
        prepared.iter().all(|count| *count >= 60),
        "the reader of the source is blind: {prepared:?}"
    );
}
