//! Request bodies held against a description of the API. The one here is small and made by hand; with
//! `DISCORD_OPENAPI` set all other tests use Discord's own.

use std::path::PathBuf;

use discord_sandbox::{Options, Sandbox};
use serde_json::json;
use serenity::all::{CreateAttachment, CreateMessage};

use crate::bot::http;
use crate::messages::general;

async fn described() -> Sandbox {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/serenity/fixtures/openapi.json"
    );
    let options = Options {
        openapi: Some(PathBuf::from(path)),
        ..Options::default()
    };
    Sandbox::start(options).await.unwrap()
}

#[tokio::test]
async fn a_body_that_is_not_as_described_is_noted() {
    let sandbox = described().await;
    let button = json!({"type": 2, "style": 1, "custom_id": "x", "label": "x".repeat(81)});
    let body = json!({"content": "x", "components": [{"type": 1, "components": [button]}]});
    let refused = http(&sandbox)
        .send_message(general(&sandbox), Vec::new(), &body)
        .await;
    assert!(refused.is_err(), "the sandbox refuses it as well");
    let noted = sandbox.violations();
    assert_eq!(noted.len(), 1, "{noted:?}");
    assert!(
        noted[0].starts_with("POST /channels/{channel_id}/messages: "),
        "{noted:?}"
    );
    assert!(
        noted[0].ends_with("/components/0/components/0/label"),
        "{noted:?}"
    );
}

#[tokio::test]
async fn what_serenity_sends_is_as_described() {
    let sandbox = described().await;
    let file = CreateAttachment::bytes(&b"x"[..], "x.txt");
    let draft = CreateMessage::new().content("see").add_file(file);
    general(&sandbox)
        .send_message(&http(&sandbox), draft)
        .await
        .unwrap();
    sandbox.assert_no_violations();
}

#[tokio::test]
async fn a_file_that_is_no_description_stops_the_start() {
    let options = Options {
        openapi: Some(PathBuf::from(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/Cargo.toml"
        ))),
        ..Options::default()
    };
    let refused = Sandbox::start(options).await.err().unwrap();
    assert_eq!(refused.to_string(), "the OpenAPI description is not JSON");
}
