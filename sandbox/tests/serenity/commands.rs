//! Commands, clicks and forms, there and back.

use std::time::Duration;

use discord_sandbox::{ActError, AnswerKind, Options};

use crate::bot::{all_kept_the_rules, options, world, world_with};

#[tokio::test]
async fn a_slash_command_is_answered() {
    let (sandbox, _bot) = world().await;
    let answer = sandbox
        .slash("ben", "#general", "echo", &[("what", "hello")])
        .await
        .unwrap();
    assert_eq!(answer.kind, AnswerKind::Message);
    assert_eq!(answer.content, "hello");
    assert!(!answer.ephemeral);
    assert!(answer.latency < Duration::from_secs(3));
    let message = sandbox.messages("#general").pop().unwrap();
    assert_eq!(
        (
            message.author.as_str(),
            message.content.as_str(),
            message.kind
        ),
        ("Scribe", "hello", 20)
    );
    assert_eq!(answer.message_id, Some(message.id));
    all_kept_the_rules(&sandbox);
}

#[tokio::test]
async fn a_deferred_answer_is_waited_for_with_its_file() {
    let (sandbox, _bot) = world().await;
    let answer = sandbox.slash("ana", "#general", "slow", &[]).await.unwrap();
    assert_eq!(answer.kind, AnswerKind::DeferredMessage);
    assert_eq!(answer.content, "done");
    assert_eq!(answer.files[0].name, "postmortem.md");
    assert_eq!(answer.files[0].text(), "# Draft");
    assert_eq!(
        sandbox.messages("#general")[0].edited,
        None,
        "filling in a deferred answer is no edit"
    );
    all_kept_the_rules(&sandbox);
}

#[tokio::test]
async fn the_first_follow_up_takes_the_place_of_thinking() {
    let (sandbox, _bot) = world().await;
    let answer = sandbox
        .slash("ana", "#general", "slow", &[("how", "follow")])
        .await
        .unwrap();
    let answer = sandbox.wait_for_follow_ups(&answer, 1).await.unwrap();
    assert_eq!(answer.content, "first");
    assert_eq!(answer.follow_ups[0].content, "second");
    assert!(answer.follow_ups[0].ephemeral);
    assert_eq!(sandbox.messages("#general").len(), 1);
    all_kept_the_rules(&sandbox);
}

#[tokio::test]
async fn a_bot_that_says_nothing_is_found_out() {
    let options = Options {
        first_answer: Duration::from_millis(600),
        patience: Duration::from_millis(200),
        ..options()
    };
    let (sandbox, _bot) = world_with(options).await;
    let silent = sandbox.slash("ana", "#general", "silent", &[]).await;
    assert!(matches!(silent, Err(ActError::NoAnswer(_))), "{silent:?}");
    let never = sandbox
        .slash("ana", "#general", "slow", &[("how", "never")])
        .await;
    assert!(
        matches!(never, Err(ActError::NoFinalAnswer(_))),
        "{never:?}"
    );
    all_kept_the_rules(&sandbox);
}

#[tokio::test]
async fn every_kind_of_option_arrives_resolved() {
    let (sandbox, _bot) = world().await;
    let file = sandbox.upload("draft.md", b"12345");
    let values = [
        ("user", "cho"),
        ("channel", "#incidents"),
        ("role", "admins"),
        ("number", "7"),
        ("flag", "True"),
        ("file", file.as_str()),
        ("level", "Critical"),
    ];
    let answer = sandbox
        .slash("ben", "#general", "kinds", &values)
        .await
        .unwrap();
    assert_eq!(
        answer.content,
        "user cho true, channel incidents, role admins, number 7, flag true, file draft.md of 5, text SEV1"
    );
    all_kept_the_rules(&sandbox);
}

#[tokio::test]
async fn the_client_stops_what_it_would_not_send() {
    let (sandbox, _bot) = world().await;
    for (command, values) in [
        ("echo", vec![]),
        ("echo", vec![("what", "x"), ("more", "y")]),
        ("kinds", vec![("number", "10")]),
        ("kinds", vec![("number", "ten")]),
        ("kinds", vec![("level", "SEV9")]),
    ] {
        let refused = sandbox.slash("ben", "#general", command, &values).await;
        assert!(
            matches!(refused, Err(ActError::Option { .. })),
            "{command} {values:?}: {refused:?}"
        );
    }
    let unknown = sandbox
        .slash("ben", "#general", "incident outage stop", &[])
        .await;
    assert!(
        matches!(unknown, Err(ActError::UnknownCommand(_))),
        "{unknown:?}"
    );
    let hidden = sandbox.slash("ben", "#general", "admin", &[]).await;
    assert!(
        matches!(hidden, Err(ActError::NotAllowed { .. })),
        "{hidden:?}"
    );
    assert!(sandbox.slash("ana", "#general", "admin", &[]).await.is_ok());
    all_kept_the_rules(&sandbox);
}

#[tokio::test]
async fn sub_commands_in_groups_are_found() {
    let (sandbox, _bot) = world().await;
    let answer = sandbox
        .slash(
            "ben",
            "#general",
            "incident outage start",
            &[("at", "10m ago")],
        )
        .await
        .unwrap();
    assert!(answer.content.contains("10m ago"), "{}", answer.content);
    all_kept_the_rules(&sandbox);
}

#[tokio::test]
async fn proposals_come_while_typing() {
    let (sandbox, _bot) = world().await;
    let choices = sandbox
        .autocomplete("ben", "#general", "pick", &[("fruit", "ap")], "fruit")
        .await
        .unwrap();
    let names: Vec<_> = choices.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["Apple ap", "Pear"]);
    assert_eq!(choices[1].value, "pear");
    all_kept_the_rules(&sandbox);
}

#[tokio::test]
async fn a_form_is_filled_in_and_sent() {
    let (sandbox, _bot) = world().await;
    let form = sandbox.slash("ben", "#general", "form", &[]).await.unwrap();
    let modal = form.modal.as_ref().unwrap();
    assert_eq!(modal.title, "Tell me");
    assert_eq!(modal.fields.len(), 2);
    let missing = sandbox.submit("ben", &form, &[]).await;
    assert!(matches!(missing, Err(ActError::Form(_))), "{missing:?}");
    let long = sandbox
        .submit("ben", &form, &[("title", "longer than ten")])
        .await;
    assert!(matches!(long, Err(ActError::Form(_))), "{long:?}");
    let answer = sandbox
        .submit("ben", &form, &[("Title", "API"), ("body", "down")])
        .await
        .unwrap();
    assert_eq!(answer.content, "title=API body=down");
    all_kept_the_rules(&sandbox);
}

#[tokio::test]
async fn buttons_and_menus_of_an_ephemeral_answer_work_for_its_reader() {
    let (sandbox, _bot) = world().await;
    let panel = sandbox
        .slash("ben", "#general", "panel", &[])
        .await
        .unwrap();
    assert!(panel.ephemeral);
    assert!(sandbox.messages("#general").is_empty());
    let message = panel.message_id.unwrap();
    let other = sandbox.click("ana", "#general", message, "change").await;
    assert!(matches!(other, Err(ActError::Component(_))), "{other:?}");
    let off = sandbox.click_label("ben", "#general", message, "Off").await;
    assert!(matches!(off, Err(ActError::Component(_))), "{off:?}");
    let chosen = sandbox
        .select("ben", "#general", message, "menu", &["Two"])
        .await
        .unwrap();
    assert_eq!(chosen.content, r#"StringSelect { values: ["two"] }"#);
    let changed = sandbox
        .click_label("ben", "#general", message, "Change")
        .await
        .unwrap();
    assert_eq!(changed.kind, AnswerKind::Update);
    assert_eq!(changed.message_id, Some(message));
    assert_eq!(
        sandbox.message("#general", message).unwrap().content,
        "changed"
    );
    all_kept_the_rules(&sandbox);
}

#[tokio::test]
async fn commands_in_menus_are_told_their_target() {
    let (sandbox, _bot) = world().await;
    let said = sandbox
        .say("cho", "#general", "rolled back 812")
        .await
        .unwrap();
    let kept = sandbox
        .message_command("ben", "#general", said, "Add to timeline")
        .await
        .unwrap();
    assert_eq!(kept.content, "kept: rolled back 812");
    let paged = sandbox
        .user_command("ben", "#general", "dee", "Page")
        .await
        .unwrap();
    assert_eq!(paged.content, "paged dee");
    all_kept_the_rules(&sandbox);
}
