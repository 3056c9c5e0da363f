//! What Discord refuses, and what becomes of what had to be said.

use std::sync::Arc;

use discord_sandbox::permission::{MANAGE_CHANNELS, SEND_MESSAGES};
use discord_sandbox::{Options, RateLimits, Scope, Trouble};
use scribe::clock::Clock;
use scribe::discord::{Bot, BotError, BotOptions};
use scribe::incident::Fact;
use scribe::store::Writer;
use tokio_util::sync::CancellationToken;

use crate::world::{PATIENCE, World};

#[tokio::test(flavor = "multi_thread")]
async fn without_the_permission_to_make_channels_it_says_so_and_goes_on_once_it_has_it() {
    let world = World::start().await;
    let guild = world.discord.guild();
    let rights = discord_sandbox::permission::BOT_DEFAULT;
    world.discord.take_from_bot(guild, MANAGE_CHANNELS).unwrap();
    let answer = world
        .slash("ana", "incident open", &[("title", "API is down")])
        .await;
    let answer = world
        .until(async || {
            let now = world.discord.refresh(&answer);
            (!now.text().contains("is being opened")).then_some(now)
        })
        .await;
    assert!(
        answer.text().contains(
            "INC-1 is recorded, but it has no channel yet: Scribe may not open a channel"
        ),
        "{}",
        answer.text()
    );
    let show = world
        .slash("ana", "incident show", &[("incident", "1")])
        .await;
    assert!(show.text().contains("Manage Channels"), "{}", show.text());
    let answer = world
        .slash(
            "ana",
            "incident note",
            &[("text", "we work on it"), ("incident", "1")],
        )
        .await;
    assert!(
        answer.text().starts_with("Recorded as #"),
        "the record goes on: {}",
        answer.text()
    );
    world.discord.set_bot_permissions(guild, rights).unwrap();
    world.until(async || world.incident(1).await.place).await;
    world
        .entry(
            1,
            |entry| matches!(&entry.fact, Fact::DeliveryRecovered { what } if what == "channel"),
        )
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_category_does_not_keep_an_incident_from_its_channel() {
    let world = World::start().await;
    let category = world.discord.channel("Incidents").unwrap().id;
    let page = world.slash("ana", "scribe setup", &[]).await;
    world
        .discord
        .select(
            "ana",
            "general",
            page.message_id.unwrap(),
            "scribe:setup:category",
            &["Incidents"],
        )
        .await
        .unwrap();
    world
        .until(async || {
            let settings = world.store.settings(world.key(1).guild).await.unwrap();
            settings.category.filter(|chosen| chosen.0 == category.0)
        })
        .await;
    let inside = world.open("ana", "first").await;
    assert_eq!(
        world.discord.channel(inside.channel).unwrap().parent,
        Some(category)
    );
    world.discord.fill_category("Incidents").unwrap();
    let outside = world.open("ana", "second").await;
    assert_eq!(world.discord.channel(outside.channel).unwrap().parent, None);
    let card = world.card(outside.channel).await;
    let told = async || {
        let card = world.discord.message(outside.channel, card.id)?;
        card.text().contains("is full (50 channels)").then_some(())
    };
    world.until(told).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_channel_or_a_closed_one_stops_nothing_else() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.card(inc.channel).await;
    world.all_said().await;
    world
        .discord
        .delete_channel("ana", inc.channel)
        .await
        .unwrap();
    let answer = world
        .slash(
            "ana",
            "incident update",
            &[("message", "news"), ("incident", "1")],
        )
        .await;
    assert!(
        answer.text().starts_with("Recorded as #"),
        "{}",
        answer.text()
    );
    let failed = world
        .entry(
            inc.number,
            |entry| matches!(&entry.fact, Fact::DeliveryFailed { what, .. } if what == "message"),
        )
        .await;
    assert!(
        matches!(&failed.fact, Fact::DeliveryFailed { reason, .. } if reason == "the channel was deleted"),
        "{failed:?}"
    );
    let show = world
        .slash("ana", "incident show", &[("incident", "1")])
        .await;
    assert!(
        show.text().contains("the channel was deleted"),
        "{}",
        show.text()
    );
    let other = world.open("ben", "Website is slow").await;
    world
        .discord
        .deny_bot(other.channel, SEND_MESSAGES)
        .unwrap();
    world
        .slash_in(
            "ben",
            other.channel,
            "incident note",
            &[("text", "nobody hears me")],
        )
        .await;
    world.entry(other.number, |entry| matches!(&entry.fact, Fact::DeliveryFailed { reason, .. } if reason.contains("lacks a permission"))).await;
    // Once it is mended, what was held back is told.
    world.discord.deny_bot(other.channel, 0).unwrap();
    world.see(other.channel, "nobody hears me").await;
    world.all_said().await;
    assert!(
        world
            .incident(other.number)
            .await
            .failed_deliveries
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_of_discord_lose_and_double_nothing() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.all_said().await;
    let faults = world.discord.faults();
    for trouble in [
        Trouble::Status(500),
        Trouble::EffectThenStatus(502),
        Trouble::EffectThenSilence,
        Trouble::CutBody,
        Trouble::RateLimited {
            retry_after: std::time::Duration::from_millis(100),
            scope: Scope::User,
        },
    ] {
        faults.rest(
            "POST",
            &format!("channels/{}/messages", inc.channel),
            1,
            trouble.clone(),
        );
        let text = format!("through {trouble:?}").replace(['{', '}', '(', ')', '_'], " ");
        world
            .slash_in("ben", inc.channel, "incident note", &[("text", &text)])
            .await;
        world.all_said().await;
        let told = world
            .discord
            .messages(inc.channel)
            .into_iter()
            .filter(|message| message.text().contains(&text))
            .count();
        assert_eq!(told, 1, "{trouble:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_was_given_up_is_not_made_up_for_by_the_next() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.all_said().await;
    let messages = format!("channels/{}/messages", inc.channel);
    let faults = world.discord.faults();
    faults.rest("POST", &messages, 1, Trouble::Status(400));
    for text in ["nobody hears this", "this they hear"] {
        world
            .slash_in("ben", inc.channel, "incident note", &[("text", text)])
            .await;
        world.all_said().await;
    }
    world.see(inc.channel, "this they hear").await;
    let failed = world.incident(inc.number).await.failed_deliveries;
    assert!(failed.contains_key("message"), "{failed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_changes_of_the_topic_hold_up_nothing() {
    let world = World::with(Options {
        rate_limits: RateLimits::Full,
        ..Options::default()
    })
    .await;
    let inc = world.open("ana", "API is down").await;
    for n in 0..5 {
        let title = format!("API is down {n}");
        world
            .slash_in("ana", inc.channel, "incident rename", &[("title", &title)])
            .await;
        world.see(inc.channel, &format!("Title: **{title}**")).await;
    }
    world
        .until(async || {
            let card = world.card(inc.channel).await;
            card.text().contains("API is down 4").then_some(())
        })
        .await;
    let show = world
        .slash_in("ana", inc.channel, "incident show", &[])
        .await;
    assert!(show.text().contains("INC-1"), "{}", show.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_token_or_a_missing_intent_ends_the_start_with_what_to_do() {
    let world = World::with(Options {
        message_content: true,
        ..Options::default()
    })
    .await;
    let run = async |token: String, url: Option<String>| {
        let clock: Clock = Arc::new(scribe::clock::now);
        let (store, stop) = (world.store.clone(), CancellationToken::new());
        let writer = Writer::start(store.clone());
        let bot = Bot::new(BotOptions {
            token,
            api_url: url,
            store,
            writer,
            clock,
            stop,
        });
        assert!(!format!("{bot:?}").contains("hunter2"));
        tokio::time::timeout(PATIENCE, bot.run())
            .await
            .expect("it ends at once")
            .expect_err("it cannot run")
    };
    let error = run("hunter2".to_owned(), Some(world.discord.url())).await;
    assert!(matches!(error, BotError::Token), "{error:?}");
    assert!(error.to_string().contains("Reset Token") && !error.to_string().contains("hunter2"));
    let error = run("hunter2".to_owned(), None).await;
    assert!(matches!(error, BotError::TokenForm), "{error:?}");
    let error = run(world.discord.token(), Some("http://127.0.0.1:9".to_owned())).await;
    assert!(matches!(error, BotError::Unreachable { .. }), "{error:?}");
    let closed = discord_sandbox::Sandbox::start(Options {
        message_content: false,
        ..Options::default()
    })
    .await
    .unwrap();
    let error = run(closed.token(), Some(closed.url())).await;
    assert!(matches!(error, BotError::Intent), "{error:?}");
    assert!(error.to_string().contains("Message Content Intent"));
}
