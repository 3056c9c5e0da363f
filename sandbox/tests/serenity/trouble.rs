//! REST that misbehaves.

use std::time::{Duration, Instant};

use discord_sandbox::{ActError, Options, RateLimits, Scope, Trouble};

use crate::bot::{options, world, world_with};
use crate::messages::{code, general};

const POST: &str = "/channels/*/messages";

#[tokio::test]
async fn a_request_can_fail_without_effect() {
    let (sandbox, bot) = world().await;
    let channel = general(&sandbox);
    for trouble in [
        Trouble::Status(500),
        Trouble::RateLimited {
            retry_after: Duration::from_millis(250),
            scope: Scope::User,
        },
        Trouble::Hang(Duration::from_millis(10)),
    ] {
        sandbox.faults().rest("POST", POST, 1, trouble.clone());
        assert!(channel.say(&bot.http, "lost").await.is_err(), "{trouble:?}");
    }
    assert!(sandbox.messages("#general").is_empty());
    channel.say(&bot.http, "there").await.unwrap();
    assert_eq!(sandbox.messages("#general").len(), 1);
}

#[tokio::test]
async fn a_request_can_take_effect_and_seem_to_fail() {
    let (sandbox, bot) = world().await;
    let channel = general(&sandbox);
    for trouble in [
        Trouble::EffectThenStatus(502),
        Trouble::EffectThenSilence,
        Trouble::CutBody,
    ] {
        sandbox.faults().rest("POST", POST, 1, trouble.clone());
        assert!(
            channel.say(&bot.http, "there after all").await.is_err(),
            "{trouble:?}"
        );
    }
    assert_eq!(sandbox.messages("#general").len(), 3);
}

#[tokio::test]
async fn an_answer_can_be_late() {
    let (sandbox, bot) = world().await;
    let begun = Instant::now();
    sandbox.faults().rest(
        "*",
        "/channels/**",
        1,
        Trouble::Delay(Duration::from_millis(200)),
    );
    general(&sandbox).say(&bot.http, "late").await.unwrap();
    assert!(begun.elapsed() >= Duration::from_millis(200));
}

#[tokio::test]
async fn a_late_first_answer_is_unknown_and_a_second_one_is_too_many() {
    let options = Options {
        first_answer: Duration::from_millis(100),
        ..options()
    };
    let (sandbox, _bot) = world_with(options).await;
    let callback = "/interactions/*/*/callback";
    sandbox.faults().rest(
        "POST",
        callback,
        1,
        Trouble::Delay(Duration::from_millis(150)),
    );
    let late = sandbox
        .slash("ben", "#general", "echo", &[("what", "late")])
        .await;
    assert!(matches!(late, Err(ActError::NoAnswer(_))), "{late:?}");
    let refused = sandbox
        .wait_for_request(|r| r.path.contains("/callback"), Duration::from_secs(5))
        .await;
    assert_eq!(refused.unwrap().status, 404);
    assert!(sandbox.messages("#general").is_empty());
}

#[tokio::test]
async fn buckets_are_enforced_when_they_are_asked_for() {
    let options = Options {
        rate_limits: RateLimits::Full,
        ..options()
    };
    let (sandbox, bot) = world_with(options).await;
    let channel = general(&sandbox);
    let mut refused = 0;
    for n in 0..8 {
        refused += usize::from(channel.say(&bot.http, n.to_string()).await.is_err());
    }
    assert_eq!(refused, 3, "five messages in five seconds and no more");
    assert_eq!(sandbox.messages("#general").len(), 5);
}

#[tokio::test]
async fn an_unknown_route_is_noted() {
    let (sandbox, _bot) = world().await;
    let url = format!(
        "{}/api/v10/guilds/{}/auto-moderation/rules",
        sandbox.url(),
        sandbox.guild()
    );
    let answer = reqwest::Client::new()
        .get(url)
        .header("authorization", format!("Bot {}", sandbox.token()))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 404);
    assert!(
        sandbox.unhandled()[0].ends_with("/auto-moderation/rules"),
        "{:?}",
        sandbox.unhandled()
    );
}

#[tokio::test]
async fn an_interaction_takes_one_first_answer_while_its_token_lives() {
    let options = Options {
        token_life: Duration::from_millis(500),
        ..options()
    };
    let (sandbox, bot) = world_with(options).await;
    let answer = sandbox
        .slash("ben", "#general", "echo", &[("what", "once")])
        .await
        .unwrap();
    let callback = sandbox
        .wait_for_request(|r| r.path.contains("/callback"), Duration::from_secs(5))
        .await
        .unwrap();
    let token = callback.path.split('/').nth(3).unwrap().to_owned();
    let id = answer.interaction.get().into();
    let body = serde_json::json!({"type": 4, "data": {"content": "twice"}});
    let again = bot
        .http
        .create_interaction_response(id, &token, &body, Vec::new())
        .await;
    assert_eq!(code(again), 40060);
    let original = bot
        .http
        .get_original_interaction_response(&token)
        .await
        .unwrap();
    assert_eq!(original.content, "once");
    let strange = bot.http.get_original_interaction_response("strange").await;
    assert_eq!(code(strange), 10015);
    let expired = async {
        loop {
            match bot.http.get_original_interaction_response(&token).await {
                Ok(_) => tokio::task::yield_now().await,
                refused => return code(refused),
            }
        }
    };
    let expired = tokio::time::timeout(Duration::from_secs(5), expired).await;
    assert_eq!(expired.unwrap(), 50027);
}

#[tokio::test]
async fn an_answer_can_come_long_after_its_effect() {
    let (sandbox, bot) = world().await;
    let late = Trouble::LateAnswer(Duration::from_secs(40));
    sandbox.faults().rest("POST", POST, 1, late);
    let channel = general(&sandbox);
    let asking = tokio::spawn(async move { channel.say(&bot.http, "there at once").await });
    let there = |message: &discord_sandbox::SeenMessage| message.text() == "there at once";
    let seen = sandbox.wait_for("#general", there, Duration::from_secs(5));
    assert!(seen.await.is_some());
    assert!(!asking.is_finished(), "nobody has answered yet");
    asking.abort();
}
