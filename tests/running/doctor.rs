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
