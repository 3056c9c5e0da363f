//! The command line from outside: the real binary, its output and its exit codes.

#![expect(
    clippy::unwrap_used,
    reason = "all of this is a test, what it is made of too"
)]

mod drafting;
mod keeping;
#[path = "../postgres/mod.rs"]
mod postgres;
mod writing;

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A folder of its own with a record in it, and nothing of this machine's environment.
struct Shell {
    folder: tempfile::TempDir,
}

/// What a command said and how it ended.
struct Said {
    out: String,
    err: String,
    code: i32,
}

impl Shell {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// With the Statuspage record of this file imported.
    fn with_record() -> Self {
        let shell = Self::new();
        shell.write("incidents.json", STATUSPAGE);
        shell.well(&["import", "statuspage", "incidents.json"]);
        shell
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_scribe"));
        command
            .args(args)
            .current_dir(self.folder.path())
            .env_clear()
            .env("USER", "ines")
            .stdin(Stdio::null());
        command
    }

    fn run(&self, args: &[&str]) -> Said {
        said(self.command(args).output().unwrap())
    }

    /// Runs what must succeed, and gives its standard output.
    fn well(&self, args: &[&str]) -> String {
        let said = self.run(args);
        assert_eq!(said.code, 0, "{args:?}: {}{}", said.out, said.err);
        said.out
    }

    /// Runs what must fail with that code and say nothing on standard output;
    /// gives its standard error.
    fn fails(&self, code: i32, args: &[&str]) -> String {
        let said = self.run(args);
        assert_eq!(said.code, code, "{args:?}: {}{}", said.out, said.err);
        assert_eq!(said.out, "", "{args:?}");
        said.err
    }

    fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.well(args)).unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Does to the database what nobody should.
    fn sql(&self, statement: &'static str) {
        let url = format!("sqlite://{}", self.path("scribe.db").display());
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
            let done = sqlx::query(statement).execute(&pool).await.unwrap();
            let changed = done.rows_affected() > 0 || statement.starts_with("DROP");
            assert!(changed, "{statement} changed nothing");
            pool.close().await;
        });
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }
}

fn said(output: Output) -> Said {
    Said {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code().unwrap(),
    }
}

/// Two incidents of a company that does not exist, as a Statuspage tells them:
/// the newest first, the updates of each newest first.
const STATUSPAGE: &str = r#"{
  "page": {"id": "p1", "name": "Mossgate", "url": "https://status.mossgate.example", "time_zone": "Etc/UTC"},
  "incidents": [
    {
      "id": "inc2", "name": "Backups are late", "status": "resolved", "impact": "minor",
      "created_at": "2026-05-12T08:00:00Z", "updated_at": "2026-05-12T09:30:00Z", "started_at": "2026-05-12T08:00:00Z",
      "resolved_at": "2026-05-12T09:30:00Z", "shortlink": "https://stspg.example/inc2",
      "incident_updates": [
        {"id": "u4", "status": "resolved", "body": "All backups of the night are done.", "incident_id": "inc2",
         "created_at": "2026-05-12T09:30:00Z", "updated_at": "2026-05-12T09:30:00Z", "display_at": "2026-05-12T09:30:00Z", "affected_components": null},
        {"id": "u3", "status": "investigating", "body": "The backups of the night are late.", "incident_id": "inc2",
         "created_at": "2026-05-12T08:00:00Z", "updated_at": "2026-05-12T08:00:00Z", "display_at": "2026-05-12T08:00:00Z", "affected_components": null}
      ], "components": []
    },
    {
      "id": "inc1", "name": "Lobby is slow", "status": "resolved", "impact": "major",
      "created_at": "2026-05-05T18:10:00Z", "updated_at": "2026-05-05T19:00:00Z", "started_at": "2026-05-05T18:10:00Z",
      "resolved_at": "2026-05-05T19:00:00Z", "shortlink": "https://stspg.example/inc1",
      "incident_updates": [
        {"id": "u2", "status": "resolved", "body": "Fast again.", "incident_id": "inc1",
         "created_at": "2026-05-05T19:00:00Z", "updated_at": "2026-05-05T19:00:00Z", "display_at": "2026-05-05T19:00:00Z",
         "affected_components": [{"code": "c1", "name": "Lobby", "old_status": "degraded_performance", "new_status": "operational"}]},
        {"id": "u1", "status": "investigating", "body": "Joining the lobby takes a minute.", "incident_id": "inc1",
         "created_at": "2026-05-05T18:15:00Z", "updated_at": "2026-05-05T18:15:00Z", "display_at": "2026-05-05T18:10:00Z",
         "affected_components": [{"code": "c1", "name": "Lobby", "old_status": "operational", "new_status": "degraded_performance"}]}
      ], "components": []
    }
  ]
}"#;

const CHAT: &str = r#"{"at": "2026-05-16T00:53:00Z", "author": "ines", "text": "paged: nobody gets in"}
{"at": "2026-05-16T00:58:00Z", "author": "tomek", "text": "awake"}
{"at": "2026-05-16T01:06:00Z", "author": "tomek", "text": "raised the limit"}
"#;

#[test]
fn an_import_is_listed_shown_and_drafted() {
    let shell = Shell::with_record();
    let list = shell.well(&["list"]);
    let lines: Vec<Vec<&str>> = list
        .lines()
        .map(|line| line.split('\t').collect())
        .collect();
    assert_eq!(lines.len(), 2, "{list}");
    for fields in &lines {
        assert_eq!(fields.len(), 5, "{list}");
        assert_eq!(fields[2], "resolved", "{list}");
    }
    let lobby = lines
        .iter()
        .find(|fields| fields[4] == "Lobby is slow")
        .unwrap();
    assert_eq!(
        lobby[0], "INC-1",
        "the first to happen is the first in number"
    );
    assert_eq!((lobby[1], lobby[3]), ("SEV2", "2026-05-05T18:10:00Z"));

    let number = lobby[0];
    let shown = shell.well(&["show", number]);
    assert!(shown.contains("Lobby is slow"), "{shown}");
    assert!(shown.contains("2026-05-05 18:10 UTC"), "{shown}");
    assert!(
        shown.contains("Joining the lobby takes a minute."),
        "{shown}"
    );

    let draft = shell.well(&["draft", number]);
    assert!(
        draft.starts_with(&format!("# {number}: Lobby is slow")),
        "{draft}"
    );
    assert!(
        draft.contains("50m"),
        "the time to resolve is missing:\n{draft}"
    );
    let facts = shell.json(&["draft", number, "--format", "json"]);
    assert_eq!(facts["title"], "Lobby is slow");

    let page = shell.well(&["draft", number, "--format", "html"]);
    assert!(page.starts_with("<!doctype html>"), "{page}");
    assert!(page.contains("<h1>Lobby is slow</h1>"), "{page}");
    assert!(
        page.contains("<b>50m</b>"),
        "the time to resolve is missing:\n{page}"
    );
}

#[test]
fn importing_again_adds_nothing() {
    let shell = Shell::with_record();
    let before = shell.well(&["export", "--all"]);
    let again = shell.json(&["import", "statuspage", "incidents.json", "--format", "json"]);
    assert_eq!(again["imported"].as_array().unwrap().len(), 0, "{again}");
    assert_eq!(again["known"].as_array().unwrap().len(), 2, "{again}");
    assert_eq!(shell.well(&["export", "--all"]), before);
}

#[test]
fn a_corrupt_file_is_refused_with_its_place_and_changes_nothing() {
    let shell = Shell::with_record();
    let before = shell.well(&["export", "--all"]);
    let broken = STATUSPAGE.replace("inc1", "inc3").replace(
        "\"display_at\": \"2026-05-05T18:10:00Z\"",
        "\"display_at\": \"soon\"",
    );
    shell.write("broken.json", &broken);
    let error = shell.fails(1, &["import", "statuspage", "broken.json"]);
    assert!(
        error.contains("broken.json: nothing was imported"),
        "{error}"
    );
    assert!(error.contains("display_at"), "{error}");
    shell.write(
        "broken.jsonl",
        &CHAT.replace("\"author\": \"tomek\", \"text\": \"awake\"", "oops"),
    );
    let error = shell.fails(1, &["import", "chat", "broken.jsonl", "--title", "T"]);
    assert!(error.contains("line 2"), "{error}");
    let error = shell.fails(1, &["import", "statuspage", "nowhere.json"]);
    assert!(error.contains("cannot read nowhere.json"), "{error}");
    assert_eq!(shell.well(&["export", "--all"]), before);
}

#[test]
fn a_transcript_is_one_incident_with_its_messages() {
    let shell = Shell::new();
    shell.write("night.jsonl", CHAT);
    let import = [
        "import",
        "chat",
        "night.jsonl",
        "--title",
        "Nobody gets in",
        "--severity",
        "SEV1",
    ];
    let said = shell.well(&import);
    assert!(said.contains("INC-1"), "{said}");
    let all = shell.well(&["show", "1", "--all"]);
    assert!(all.contains("tomek: raised the limit"), "{all}");
    assert!(!shell.well(&["show", "1"]).contains("awake"));
    let json = shell.json(&["show", "INC-1", "--format", "json"]);
    assert_eq!(json["incident"]["title"], "Nobody gets in");
    let entries = json["entries"].as_array().unwrap();
    let messages = entries
        .iter()
        .filter(|entry| entry["fact"]["kind"] == "message_posted");
    assert_eq!(messages.count(), 3, "{json}");
}

#[test]
fn a_week_is_summed_up() {
    let shell = Shell::with_record();
    let summary = shell.well(&["summary", "--week", "2026-W19"]);
    assert!(summary.contains("Lobby is slow"), "{summary}");
    assert!(!summary.contains("Backups are late"), "{summary}");
    shell.json(&["summary", "--week", "2026-W20", "--format", "json"]);
    let page = shell.well(&["summary", "--week", "2026-W19", "--format", "html"]);
    assert!(page.starts_with("<!doctype html>"), "{page}");
    assert!(page.contains("Lobby is slow"), "{page}");
    shell.well(&["summary", "--week", "2026-W19", "--chart", "week.png"]);
    let chart = std::fs::read(shell.path("week.png")).unwrap();
    assert!(chart.starts_with(b"\x89PNG"));
    shell.fails(1, &["summary", "--chart", "no/such/place.png"]);
    let error = shell.fails(2, &["summary", "--week", "W19"]);
    assert!(error.contains("2026-W29"), "{error}");
    let month = shell.well(&["summary", "--month", "2026-05"]);
    assert!(month.starts_with("# May 2026"), "{month}");
    assert!(month.contains("Lobby is slow"), "{month}");
    let days = shell.json(&[
        "summary",
        "--from",
        "2026-05-04",
        "--to",
        "2026-05-10",
        "--format",
        "json",
    ]);
    let week = shell.json(&["summary", "--week", "2026-W19", "--format", "json"]);
    assert_eq!(days["period"], "2026-05-04_2026-05-10");
    assert_eq!(
        (&days["opened"], &days["measures"]),
        (&week["opened"], &week["measures"])
    );
    let error = shell.fails(2, &["summary", "--month", "May-ish"]);
    assert!(error.contains("2026-07"), "{error}");
    let error = shell.fails(
        2,
        &["summary", "--from", "2026-05-10", "--to", "2026-05-04"],
    );
    assert!(
        error.contains("2026-05-04 lies before 2026-05-10"),
        "{error}"
    );
    shell.fails(2, &["summary", "--week", "last", "--month", "last"]);
    shell.fails(2, &["summary", "--to", "2026-05-04"]);
}

#[test]
fn a_note_and_a_status_are_written_in_the_name_of_the_shell() {
    let shell = Shell::new();
    shell.write("night.jsonl", CHAT);
    shell.well(&["import", "chat", "night.jsonl", "--title", "Nobody gets in"]);
    let said = shell.well(&[
        "note",
        "INC-1",
        "first ticket",
        "--at",
        "2026-05-16 00:43 UTC",
        "--key",
    ]);
    assert!(said.starts_with("recorded as entry #"), "{said}");
    let shown = shell.well(&["show", "1"]);
    assert!(shown.contains("00:43"), "{shown}");
    assert!(shown.contains("ines: first ticket"), "{shown}");
    shell.well(&["status", "1", "resolved", "-m", "It holds."]);
    assert!(shell.well(&["list"]).contains("\tresolved\t"));
    let error = shell.fails(1, &["status", "1", "cancelled"]);
    assert!(
        !error.contains("NotFromHere"),
        "a sentence, not a type: {error}"
    );
    let error = shell.fails(2, &["note", "1", "x", "--at", "when it rained"]);
    assert!(error.contains("when it rained"), "{error}");
    let error = shell.fails(2, &["status", "1", "asleep"]);
    assert!(error.contains("asleep"), "{error}");
}

#[test]
fn what_is_not_there_is_a_failure_and_what_is_typed_wrong_is_wrong_use() {
    let shell = Shell::with_record();
    let error = shell.fails(1, &["show", "INC-99"]);
    assert!(
        error.contains("INC-99") && error.contains("scribe list"),
        "{error}"
    );
    for wrong in [
        &["show", "the lobby one"][..],
        &["show"],
        &["lsit"],
        &["list", "--status", "asleep"],
        &["export"],
        &["list", "--guild", "77"],
    ] {
        shell.fails(2, wrong);
    }
}

#[test]
fn help_of_every_command_has_a_description_and_exits_well() {
    let shell = Shell::new();
    for command in [
        "run", "demo", "import", "draft", "summary", "list", "show", "note", "status", "write",
        "export", "restore", "backup", "verify", "doctor", "health", "schema",
    ] {
        let help = shell.well(&[command, "--help"]);
        assert!(help.contains("Usage: scribe "), "{command}: {help}");
    }
    assert!(shell.well(&["--help"]).contains("scribe demo"));
    assert!(shell.well(&["--version"]).starts_with("scribe "));
}

#[test]
fn every_wrong_setting_is_told_at_once_and_no_secret() {
    let shell = Shell::new();
    let output = shell
        .command(&["list"])
        .env("SCRIBE_HTTP_ADDR", "8080")
        .env("SCRIBE_SHARDS", "many")
        .env("DISCORD_TOKEN", "Bot hunter2")
        .output()
        .unwrap();
    let said = said(output);
    assert_eq!(said.code, 2, "{}", said.err);
    for part in [
        "SCRIBE_HTTP_ADDR is \"8080\"",
        "SCRIBE_SHARDS is \"many\"",
        "DISCORD_TOKEN",
    ] {
        assert!(said.err.contains(part), "{part} in {}", said.err);
    }
    assert!(!said.err.contains("hunter2"), "{}", said.err);
    assert!(
        !shell.path("scribe.db").exists(),
        "nothing is made before the settings are right"
    );
}

#[test]
fn run_without_a_token_says_where_to_get_one() {
    let shell = Shell::new();
    for args in [&["run"][..], &[]] {
        let error = shell.fails(2, args);
        for part in [
            "DISCORD_TOKEN",
            "https://discord.com/developers/applications",
            "Message Content",
            "scribe demo",
        ] {
            assert!(error.contains(part), "{part} in {error}");
        }
    }
}

#[test]
fn who_looks_where_no_record_is_is_told_so_and_makes_none() {
    let shell = Shell::new();
    for args in [
        &["list"][..],
        &["summary"],
        &["show", "INC-1"],
        &["note", "INC-1", "rolled back"],
        &["draft", "INC-1"],
        &["verify"],
        &["export", "--all"],
    ] {
        let error = shell.fails(1, args);
        for part in ["no record at scribe.db", "DATABASE_URL", "scribe run"] {
            assert!(error.contains(part), "{part} in {error}");
        }
    }
    assert!(!shell.path("scribe.db").exists());
    shell.well(&["open", "API is down", "--guild", "7"]);
    shell.well(&["list"]);
}

#[test]
fn a_database_that_cannot_be_used_is_told_with_what_to_do() {
    let shell = Shell::new();
    let error = shell.fails(1, &["list", "--database", "sqlite://nowhere/at/all.db"]);
    assert!(error.contains("nowhere/at/all.db"), "{error}");
    shell.write("text.db", &"this is no database\n".repeat(100));
    let error = shell.fails(1, &["list", "--database", "sqlite://text.db"]);
    assert!(error.contains("damaged"), "{error}");
    shell.fails(2, &["list", "--database", "mysql://root@db"]);
}

#[test]
fn a_pipe_that_closes_early_is_no_failure() {
    let shell = Shell::with_record();
    let mut list = shell
        .command(&["export", "--all"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(list.stdout.take());
    let said = said(list.wait_with_output().unwrap());
    assert_eq!((said.code, said.err.as_str()), (0, ""));
}

#[test]
fn a_postmortem_that_contradicts_itself_is_found_out_and_a_right_one_is_not() {
    let shell = Shell::new();
    let right =
        "# Login down\n\nFrom 13:12 CT to 16:53 CT on June 7, 2025 (3h 41m) nobody could log in.\n";
    shell.write("right.md", right);
    let said = shell.run(&["check", "right.md"]);
    assert_eq!(said.code, 0, "{}", said.out);
    shell.write("wrong.md", &right.replace("3h 41m", "4h 41m"));
    let said = shell.run(&["check", "wrong.md"]);
    assert_eq!(said.code, 1, "{}", said.out);
    assert!(said.out.contains("4h 41m"), "{}", said.out);
    let json = shell.run(&["check", "wrong.md", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["findings"][0]["line"], 3);
    let missing = shell.run(&["check", "nowhere.md"]);
    assert_eq!(missing.code, 1);
    assert!(missing.err.contains("nowhere.md"), "{}", missing.err);
}
