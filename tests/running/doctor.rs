//! `scribe doctor` beside a local Discord.

use discord_sandbox::{Options, Sandbox};

use crate::{Running, scribe, text};

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_asks_discord_about_the_token_and_what_it_may() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = async |message_content| {
        let options = Options {
            message_content,
            ..Options::default()
        };
        Sandbox::start(options).await.unwrap()
    };
    let told = |sandbox: &Sandbox, token: &str| {
        let mut command = scribe(folder.path(), sandbox, &["doctor"]);
        command.env("DISCORD_TOKEN", token);
        let output = command.env("SCRIBE_HTTP_ADDR", "off").output().unwrap();
        (text(&output).0, output.status.code())
    };
    let open = sandbox(true).await;
    let (shown, code) = told(&open, &open.token());
    assert!(shown.contains("other commands"), "{shown}");
    assert_eq!(code, Some(0), "{shown}");
    let mut bot = Running::start(scribe(folder.path(), &open, &["run"]));
    bot.says("told Discord of");
    drop(bot);
    let (shown, _) = told(&open, &open.token());
    let well = "Discord knows the token, as Scribe";
    assert!(shown.contains(well), "{shown}");
    let wrong = format!("{}x", open.token());
    let (shown, code) = told(&open, &wrong);
    assert!(shown.contains("does not accept DISCORD_TOKEN"), "{shown}");
    assert!(!shown.contains(&wrong), "{shown}");
    assert_eq!(code, Some(1), "{shown}");
    let shut = sandbox(false).await;
    let (shown, code) = told(&shut, &shut.token());
    assert!(shown.contains("Message Content Intent"), "{shown}");
    assert_eq!(code, Some(1), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_says_how_the_storage_fares_and_finds_a_damaged_file() {
    use std::io::{Seek, SeekFrom, Write};

    use scribe::incident::{Actor, Command, Context, GuildId, Open, Severity};
    use scribe::store::{Request, Store, Target, Writer};

    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_scribe"));
        command
            .args(args)
            .current_dir(folder.path())
            .env_clear()
            .env("SCRIBE_HTTP_ADDR", "off");
        let output = command.output().unwrap();
        (text(&output).0, output.status.code())
    };
    let url = format!("sqlite://{}", folder.path().join("scribe.db").display());
    let store = Store::open(&url).await.unwrap();
    let writer = Writer::start(store.clone());
    for n in 0..40 {
        let mut open = Open::new(format!("Outage {n}"), Severity::Sev2);
        open.summary = Some("words ".repeat(300));
        let request = Request {
            guild: GuildId(7),
            target: Target::New,
            command: Command::Open(open),
            context: Context {
                actor: Actor::Scribe,
                now: scribe::clock::now(),
                origin: None,
            },
            once: None,
            quiet: true,
        };
        writer.submit(request).await.unwrap();
    }
    writer.close().await;
    store.close().await;
    let (shown, _) = run(&["doctor"]);
    assert!(shown.contains("ok    storage: "), "{shown}");
    assert!(shown.contains("of write-ahead log"), "{shown}");
    // The last pages of the file, as a failing disk leaves them.
    let place = folder.path().join("scribe.db");
    let mut file = std::fs::OpenOptions::new().write(true).open(place).unwrap();
    file.seek(SeekFrom::End(-4 * 4096)).unwrap();
    file.write_all(&[0xA5; 4 * 4096]).unwrap();
    drop(file);
    let (shown, code) = run(&["doctor"]);
    assert!(shown.contains("BAD   "), "{shown}");
    assert!(shown.contains("is damaged"), "{shown}");
    assert_eq!(code, Some(1), "{shown}");
}
