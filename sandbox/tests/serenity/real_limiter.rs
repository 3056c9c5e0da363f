//! Serenity with its own rate limiter, which works with the address of the real Discord only.

use std::time::{Duration, Instant};

use discord_sandbox::{Options, RateLimits, Sandbox, Scope, Trouble};
use serenity::http::{Http, HttpBuilder};

use crate::bot::options;
use crate::messages::general;

/// The real client with its limiter, led astray by name and certificate alone.
fn limited_http(sandbox: &Sandbox) -> Http {
    let tls = sandbox.tls().unwrap();
    let client = reqwest::Client::builder()
        .resolve("discord.com", tls.address)
        .add_root_certificate(reqwest::Certificate::from_der(&tls.certificate).unwrap())
        .timeout(Duration::from_secs(10))
        .build();
    HttpBuilder::new(sandbox.token())
        .client(client.unwrap())
        .build()
}

#[tokio::test]
async fn the_limiter_waits_for_its_bucket() {
    let options = Options {
        tls: true,
        rate_limits: RateLimits::Full,
        ..options()
    };
    let sandbox = Sandbox::start(options).await.unwrap();
    let http = limited_http(&sandbox);
    let begun = Instant::now();
    for n in 0..7 {
        general(&sandbox).say(&http, n.to_string()).await.unwrap();
    }
    assert!(
        begun.elapsed() >= Duration::from_secs(4),
        "five go at once, then the bucket is empty"
    );
    assert!(
        sandbox.requests().iter().all(|r| r.status == 200),
        "the limiter reads the headers and waits by itself"
    );
}

#[tokio::test]
async fn the_limiter_tries_again_after_a_429() {
    let sandbox = Sandbox::start(Options {
        tls: true,
        ..options()
    })
    .await
    .unwrap();
    let http = limited_http(&sandbox);
    let trouble = Trouble::RateLimited {
        retry_after: Duration::from_millis(300),
        scope: Scope::User,
    };
    sandbox
        .faults()
        .rest("POST", "/channels/*/messages", 1, trouble);
    general(&sandbox).say(&http, "once").await.unwrap();
    assert_eq!(sandbox.messages("#general").len(), 1);
    let statuses: Vec<_> = sandbox.requests().iter().map(|r| r.status).collect();
    assert_eq!(statuses, [429, 200]);
}
