//! Keeping the record: out, in again, copied, checked.

use crate::Shell;

#[test]
fn an_export_restored_elsewhere_is_the_same() {
    let shell = Shell::with_record();
    let export = shell.well(&["export", "--all", "--format", "json"]);
    shell.write("record.jsonl", &export);
    let there = ["--database", "sqlite://other.db"];
    let restored = shell.well(&["restore", "record.jsonl", there[0], there[1]]);
    assert!(restored.starts_with("restored 2 incidents"), "{restored}");
    assert_eq!(shell.well(&["export", "--all", there[0], there[1]]), export);
    shell.well(&["verify", there[0], there[1]]);
    let error = shell.fails(1, &["restore", "record.jsonl", there[0], there[1]]);
    assert!(error.contains("not empty"), "{error}");
    assert_eq!(shell.well(&["export", "--all", there[0], there[1]]), export);
}

#[test]
fn a_forged_export_is_refused_with_its_line_and_leaves_nothing() {
    let shell = Shell::with_record();
    let export = shell.well(&["export", "--all"]);
    let line = 1 + export
        .lines()
        .position(|line| line.contains("Fast again."))
        .unwrap();
    shell.write(
        "forged.jsonl",
        &export.replace("Fast again.", "Never slow."),
    );
    let there = ["--database", "sqlite://third.db"];
    let error = shell.fails(1, &["restore", "forged.jsonl", there[0], there[1]]);
    let told = format!("forged.jsonl: line {line}: entry ");
    assert!(error.contains(&told), "{error}");
    assert!(
        error.contains("its text does not match its hash"),
        "{error}"
    );
    assert_eq!(shell.well(&["list", there[0], there[1]]), "");
    // A whole file is still welcome there.
    shell.write("record.jsonl", &export);
    shell.well(&["restore", "record.jsonl", there[0], there[1]]);
}

#[test]
fn an_export_of_a_record_that_is_written_to_is_whole() {
    let shell = Shell::with_record();
    std::thread::scope(|scope| {
        let noting = scope.spawn(|| {
            for n in 0..12 {
                shell.well(&["note", "INC-1", &format!("note {n}")]);
            }
        });
        let mut round = 0;
        while round < 3 || !noting.is_finished() {
            round += 1;
            let file = format!("record-{round}.jsonl");
            let export = shell.well(&["export", "--all"]);
            shell.write(&file, &export);
            let database = format!("sqlite://restored-{round}.db");
            let there = ["--database", &database];
            shell.well(&["restore", &file, there[0], there[1]]);
            shell.well(&["verify", there[0], there[1]]);
            assert_eq!(shell.well(&["export", "--all", there[0], there[1]]), export);
            let copy = format!("copy-{round}.db");
            shell.well(&["backup", &copy]);
            shell.well(&["verify", "--database", &format!("sqlite://{copy}")]);
            let error = shell.fails(1, &["backup", &copy]);
            assert!(error.contains("already"), "{error}");
        }
    });
}

#[test]
fn verify_says_that_all_is_well() {
    let shell = Shell::with_record();
    let said = shell.well(&["verify"]);
    assert!(said.ends_with("all as it must be\n"), "{said}");
    let json = shell.json(&["verify", "--format", "json"]);
    assert_eq!(json["findings"].as_array().unwrap().len(), 0);
}

#[test]
fn verify_shows_an_entry_that_was_tampered_with_and_repair_does_not_hide_it() {
    let shell = Shell::with_record();
    shell.sql("DROP TRIGGER entries_keep");
    shell.sql(
        "UPDATE entries SET body = replace(body, 'Fast again.', 'Never slow.') WHERE number = 1",
    );
    for args in [&["verify"][..], &["verify", "--repair"]] {
        let said = shell.run(args);
        assert_eq!(said.code, 1, "{}", said.out);
        let tampered = said.out.contains("INC-1: the text of entry #");
        assert!(tampered, "{}", said.out);
    }
    // What is derived is written anew; what was tampered with stays to be seen.
    let said = shell.run(&["verify"]);
    assert_eq!(said.code, 1, "{}", said.out);
    let tampered = said.out.contains("INC-1: the text of entry #");
    assert!(
        tampered && said.out.ends_with("1 finding\n"),
        "{}",
        said.out
    );
    shell.write("tampered.jsonl", &shell.well(&["export", "--all"]));
    let there = ["--database", "sqlite://other.db"];
    let error = shell.fails(1, &["restore", "tampered.jsonl", there[0], there[1]]);
    assert!(error.contains("does not match its hash"), "{error}");
}

#[test]
fn verify_tells_a_list_that_differs_and_repair_writes_it_anew() {
    let shell = Shell::with_record();
    let list = shell.well(&["list"]);
    shell.sql("UPDATE incidents SET status = 'identified' WHERE number = 1");
    shell.sql("DELETE FROM incidents WHERE number = 2");
    let said = shell.run(&["verify"]);
    assert_eq!(said.code, 1, "{}", said.out);
    for part in [
        "INC-1: incidents is … ",
        "identified",
        "INC-2: incidents is missing",
        "2 findings",
    ] {
        assert!(said.out.contains(part), "{part} in {}", said.out);
    }
    let said = shell.well(&["verify", "--repair"]);
    assert!(said.contains("repaired 2 findings"), "{said}");
    assert_eq!(shell.well(&["list"]), list);
    shell.well(&["verify"]);
}

#[test]
fn verify_misses_files_that_are_gone_or_changed() {
    use scribe::incident::{
        Actor, AttachmentId, ChannelId, Command, Context, GuildId, IncidentNumber, MessageId,
        MessageRef,
    };
    use scribe::store::{Request, Store, Target, Writer};

    let shell = Shell::with_record();
    // SHA-256 of the bytes below, by sha256sum.
    let name = "78051faade059d70866df6a3fb83ef348721fd74a87e93ef95c493f87d0d236b";
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let url = format!("sqlite://{}", shell.path("scribe.db").display());
        let store = Store::open(&url).await.unwrap();
        let writer = Writer::start(store.clone());
        let request = Request {
            guild: GuildId(0),
            target: Target::Incident(IncidentNumber(1)),
            command: Command::KeepAttachment {
                attachment: AttachmentId(1),
                sha256: name.to_owned(),
            },
            context: Context {
                actor: Actor::Scribe,
                now: scribe::clock::now(),
                origin: Some(MessageRef {
                    channel: ChannelId(1),
                    message: MessageId(2),
                }),
            },
            once: None,
            quiet: true,
        };
        writer.submit(request).await.unwrap();
        writer.close().await;
        store.close().await;
    });
    let said = shell.run(&["verify"]);
    assert_eq!(said.code, 1, "{}", said.out);
    let told = format!("({name}) is not in SCRIBE_DATA_DIR");
    assert!(said.out.contains(&told), "{}", said.out);
    let folder = shell.path("data/attachments").join(&name[..2]);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), b"kept\n").unwrap();
    let said = shell.well(&["verify"]);
    assert!(said.contains("1 kept file: all as it must be"), "{said}");
    std::fs::write(folder.join(name), b"kepT\n").unwrap();
    let said = shell.run(&["verify", "--repair"]);
    assert_eq!(said.code, 1, "{}", said.out);
    assert!(said.out.contains("was changed: its bytes"), "{}", said.out);
}

#[test]
fn a_record_goes_to_a_server_and_back() {
    let shell = Shell::with_record();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(crate::postgres::fresh());
    let file = "sqlite://scribe.db";
    let said = shell.well(&["copy", "--from", file, "--to", &server]);
    assert!(said.starts_with("copied 2 incidents in "), "{said}");
    let there = ["--database", &server];
    assert_eq!(
        shell.well(&["export", "--all", there[0], there[1]]),
        shell.well(&["export", "--all"])
    );
    assert_eq!(
        shell.well(&["migrate", there[0], there[1]]),
        shell.well(&["migrate"]),
        "the same steps"
    );
    // Every command works there as it does on a file.
    for command in [
        &["list"][..],
        &["show", "INC-1", "--all"],
        &["draft", "INC-1"],
        &["summary", "--week", "2026-W19"],
    ] {
        let on_server = [command, &there].concat();
        assert_eq!(shell.well(&on_server), shell.well(command), "{command:?}");
    }
    shell.well(&["note", "INC-1", "from a shell", there[0], there[1]]);
    shell.well(&["verify", there[0], there[1]]);
    let error = shell.fails(1, &["backup", "copy.db", there[0], there[1]]);
    assert!(
        error.contains("pg_dump") && error.contains("export --all"),
        "{error}"
    );
    let again = shell.fails(1, &["copy", "--from", file, "--to", &server]);
    assert!(again.contains("not empty"), "{again}");
    let back = ["--database", "sqlite://back.db"];
    shell.well(&["copy", "--from", &server, "--to", back[1]]);
    assert_eq!(
        shell.well(&["export", "--all", back[0], back[1]]),
        shell.well(&["export", "--all", there[0], there[1]])
    );
}
