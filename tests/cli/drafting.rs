//! The draft from a shell: why its lines were chosen, and published versions as they were frozen.

use chrono::TimeDelta;
use scribe::incident::{
    Actor, Command, Context, Document, DocumentFormat, GuildId, IncidentNumber,
};
use scribe::store::{Request, Store, Target, Writer, document_hash};

use crate::{CHAT, Shell};

#[test]
fn each_line_of_the_timeline_tells_why_it_stands_there() {
    let shell = Shell::new();
    shell.write("night.jsonl", CHAT);
    shell.well(&["import", "chat", "night.jsonl", "--title", "Nobody gets in"]);
    shell.well(&[
        "note",
        "INC-1",
        "first ticket",
        "--at",
        "2026-05-16 00:43 UTC",
    ]);
    let said = shell.run(&["draft", "INC-1", "--explain"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("# INC-1: Nobody gets in"), "{}", said.out);
    let lines: Vec<&str> = said.err.lines().collect();
    assert!(lines[0].contains("chosen by fixed rules"), "{}", said.err);
    assert!(lines.contains(&"2026-05-16"), "{}", said.err);
    let why = |clock: &str| -> String {
        let line = lines
            .iter()
            .find(|line| line.trim_start().starts_with(clock));
        line.unwrap_or_else(|| panic!("no line of {clock}: {}", said.err))
            .to_string()
    };
    assert!(why("00:43").ends_with(": a note"), "{}", said.err);
    assert!(
        why("01:06").contains("reports an action (weight "),
        "{}",
        said.err
    );
    assert!(
        !said.err.contains("00:58"),
        "chatter is not chosen: {}",
        said.err
    );
    // The document itself is the same with and without.
    assert_eq!(
        shell.well(&["draft", "INC-1"]).lines().count(),
        said.out.lines().count()
    );
}

#[test]
fn a_published_version_is_given_as_it_was_frozen() {
    let shell = Shell::with_record();
    let none = shell.fails(1, &["draft", "INC-1", "--version", "1"]);
    assert!(
        none.contains("INC-1 has 0 published versions, no 1"),
        "{none}"
    );
    let text = "# What was published, to the byte \u{2713}\n";
    let url = format!("sqlite://{}", shell.path("scribe.db").display());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = Store::open(&url).await.unwrap();
        let key = scribe::incident::IncidentKey {
            guild: GuildId(0),
            number: IncidentNumber(1),
        };
        let log = store.log(key).await.unwrap();
        let last = log.last().unwrap();
        let document = Document {
            text: text.to_owned(),
            sha256: document_hash(text),
        };
        let writer = Writer::start(store.clone());
        let request = Request {
            guild: key.guild,
            target: Target::Incident(key.number),
            command: Command::Publish {
                base: last.seq,
                documents: [(DocumentFormat::Md, document)].into(),
            },
            context: Context {
                actor: Actor::Named {
                    name: "ines".to_owned(),
                },
                now: last.recorded_at + TimeDelta::minutes(1),
                origin: None,
            },
            once: None,
            quiet: false,
        };
        writer.submit(request).await.unwrap();
        writer.close().await;
        store.close().await;
    });
    assert_eq!(shell.well(&["draft", "INC-1", "--version", "1"]), text);
    shell.well(&["note", "INC-1", "found later"]);
    assert_eq!(shell.well(&["draft", "INC-1", "--version", "1"]), text);
    assert!(shell.well(&["draft", "INC-1"]).contains("found later"));
    let missing = shell.fails(1, &["draft", "INC-1", "--version", "1", "--format", "html"]);
    assert!(missing.contains("its document is missing"), "{missing}");
    let none = shell.fails(1, &["draft", "INC-1", "--version", "2"]);
    assert!(
        none.contains("INC-1 has 1 published version, no 2"),
        "{none}"
    );
}
