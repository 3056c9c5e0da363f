//! Every statement of the store fits the schema: SQL is text, so a test reads
//! the source and prepares what it finds.

use std::fs;
use std::path::Path;

use sqlx::{AssertSqlSafe, Connection, Executor, SqlSafeStr, SqliteConnection};

use crate::desk::Desk;

const VERBS: [&str; 6] = [
    "SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH ", "PRAGMA ",
];

fn statements(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            found.extend(statements(&path));
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        // No statement holds a double quote, so every other piece is a literal.
        for literal in source.split('"') {
            let sql = literal.trim_start();
            if VERBS.iter().any(|verb| sql.starts_with(verb)) {
                found.push((path.display().to_string(), sql.to_owned()));
            }
        }
    }
    found
}

#[tokio::test]
async fn every_statement_fits_the_schema() {
    let desk = Desk::on_sqlite().await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let statements = statements(&folder);
    assert!(
        statements.len() >= 50,
        "the reader of the source is blind: {}",
        statements.len()
    );
    let mut connection = SqliteConnection::connect(&desk.url).await.unwrap();
    for (file, sql) in statements {
        let prepared = connection
            .prepare(AssertSqlSafe(sql.clone()).into_sql_str())
            .await;
        assert!(prepared.is_ok(), "{file}: {sql}: {:?}", prepared.err());
    }
}
