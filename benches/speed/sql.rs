//! A long record, written by the database itself: millions of rows in a minute
//! instead of an hour. Nobody reads them but the indexes.

use std::path::Path;

use rusqlite::Connection;
use scribe::incident::{Fact, GuildId, Message};

use crate::bare;

/// How many entries an incident has.
const EACH: usize = 1_000;

/// The text that stands in a body where the number of its entry belongs.
const PLACE: &str = "PLACE";

/// Fills a store that is empty and open nowhere with so many entries of messages.
pub(crate) fn fill(path: &Path, guild: GuildId, entries: usize) {
    let database = bare::open(path);
    let fast = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -500000;
        PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY;";
    database.execute_batch(fast).expect("the settings");
    let triggers = "SELECT sql, name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ('entries', 'texts')";
    let triggers: Vec<(String, String)> = {
        let mut statement = database.prepare(triggers).expect("a query");
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.expect("rows").collect::<Result<_, _>>().expect("rows")
    };
    for (_, name) in &triggers {
        run(&database, &format!("DROP TRIGGER {name}"));
    }
    run(&database, "BEGIN");
    add_entries(&database, guild, entries);
    run(
        &database,
        "INSERT INTO messages SELECT guild, number, message, channel, seq, seq, NULL, NULL FROM entries WHERE kind = 'message_posted'",
    );
    run(
        &database,
        "INSERT INTO texts (guild, number, seq, text) SELECT guild, number, seq, text FROM searchable ORDER BY guild, number, seq",
    );
    run(
        &database,
        "INSERT INTO texts_index (texts_index) VALUES ('rebuild')",
    );
    run(
        &database,
        &format!(
            "INSERT INTO incidents (guild, number, title, status, severity, open, private, opened_at, active_from, active_until,
                last_seq, last_hash, state)
            SELECT guild, number, 'a long night', 'resolved', 'sev2', 0, 0, recorded_at, recorded_at, recorded_at,
                {EACH}, hash, '{{\"make\":\"anew\"}}'
            FROM entries WHERE seq = 1"
        ),
    );
    for (sql, _) in &triggers {
        run(&database, sql);
    }
    run(&database, "COMMIT");
    run(&database, "PRAGMA optimize");
    database
        .query_row("PRAGMA journal_mode = WAL", [], |row| {
            row.get::<_, String>(0)
        })
        .expect("the settings");
}

fn add_entries(database: &Connection, guild: GuildId, entries: usize) {
    let message = Message {
        text: PLACE.to_owned(),
        edited_at: None,
        reply_to: None,
        attachments: Vec::new(),
    };
    let body = serde_json::to_string(&Fact::MessagePosted(message)).expect("a body");
    let opened = body
        .replace(PLACE, "a long night")
        .replace("message_posted", "opened");
    let actor = r#"{"type":"person","id":"80351110224678912","name":"ana","bot":false}"#;
    let sql = format!(
        "INSERT INTO entries
        SELECT {guild}, 1 + n / {EACH}, 1 + n % {EACH}, at, at, '{actor}',
            CASE WHEN n % {EACH} = 0 THEN 'opened' ELSE 'message_posted' END, 2, 100000 + n,
            CASE WHEN n % {EACH} = 0 THEN '{opened}' ELSE replace('{body}', '{PLACE}',
                'error rate of node ' || (n % 100000) || ' is ' || (n % 100) || '% and falls, trying the next one') END,
            lower(hex(randomblob(16))), lower(hex(randomblob(32))), lower(hex(randomblob(32))),
            'message:' || (100000 + n), 1 + n % {EACH}
        FROM (
            WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {entries})
            SELECT n, strftime('%Y-%m-%dT%H:%M:%S+00:00', 1600000000 + n, 'unixepoch') AS at FROM numbers)",
        guild = guild.0,
    );
    run(database, &sql);
}

fn run(database: &Connection, sql: &str) {
    let done = database.execute_batch(sql);
    done.unwrap_or_else(|error| panic!("{error} in: {sql}"));
}
