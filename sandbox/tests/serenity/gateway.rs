//! Sessions: what is told, what is told again, what is lost.

use std::time::Duration;

use discord_sandbox::{Options, Sandbox};
use serenity::all::GatewayIntents;
use serenity::model::event::Event;

use crate::bot::{Bot, PATIENCE, http, options, world};
use crate::messages::{code, general};

/// Says something in #general and waits until the bot has heard it; gives all it heard until then.
async fn said_and_heard(sandbox: &Sandbox, bot: &mut Bot, text: &str) -> Vec<String> {
    sandbox.say("ben", "#general", text).await.unwrap();
    heard_until(bot, text).await
}

async fn heard_until(bot: &mut Bot, text: &str) -> Vec<String> {
    let mut heard = Vec::new();
    bot.event(|event| {
        if let Event::MessageCreate(created) = event {
            heard.push(created.message.content);
        }
        heard.iter().any(|h| h == text).then_some(())
    })
    .await;
    heard
}

#[tokio::test]
async fn a_resumed_session_is_told_what_it_missed() {
    let (sandbox, mut bot) = world().await;
    said_and_heard(&sandbox, &mut bot, "before").await;
    for fault in ["fin", "rst", "close", "op 7", "op 9"] {
        let faults = sandbox.faults();
        match fault {
            "fin" => faults.drop_gateway(),
            "rst" => faults.reset_gateway(),
            "close" => faults.close_gateway(4000),
            "op 7" => faults.ask_to_reconnect(),
            _ => faults.invalidate_session(true),
        }
        let gap = format!("in the gap of {fault}");
        sandbox.say("ben", "#general", &gap).await.unwrap();
        heard_until(&mut bot, &gap).await;
    }
}

#[tokio::test]
async fn a_lost_session_loses_the_gap() {
    let (sandbox, mut bot) = world().await;
    said_and_heard(&sandbox, &mut bot, "before").await;
    sandbox.faults().disconnect_everything();
    sandbox.say("ben", "#general", "unheard").await.unwrap();
    assert!(sandbox.bot_connected(PATIENCE).await);
    let heard = said_and_heard(&sandbox, &mut bot, "after").await;
    assert_eq!(heard, ["after"]);
    assert_eq!(
        sandbox.messages("#general").len(),
        3,
        "the world goes on without the bot"
    );
}

#[tokio::test]
async fn events_can_come_twice_and_out_of_order() {
    let (sandbox, mut bot) = world().await;
    sandbox.faults().deliver_twice(true);
    sandbox.say("ben", "#general", "echo").await.unwrap();
    heard_until(&mut bot, "echo").await;
    heard_until(&mut bot, "echo").await;
    sandbox.faults().clear();
    sandbox.faults().deliver_out_of_order(3);
    for text in ["one", "two", "three"] {
        sandbox.say("ben", "#general", text).await.unwrap();
    }
    // Serenity hands raw events to tasks of their own, so all that is sure is that each of them comes.
    let mut missing = vec!["one", "two", "three"];
    bot.event(|event| {
        if let Event::MessageCreate(created) = event {
            missing.retain(|text| *text != created.message.content);
        }
        missing.is_empty().then_some(())
    })
    .await;
}

#[tokio::test]
async fn heartbeats_can_be_left_unanswered() {
    let options = Options {
        heartbeat: Duration::from_millis(300),
        ..options()
    };
    let sandbox = Sandbox::start(options).await.unwrap();
    let mut bot = Bot::start(&sandbox).await;
    bot.event(|event| matches!(event, Event::Ready(_)).then_some(()))
        .await;
    sandbox.faults().swallow_heartbeat_acks(true);
    assert!(
        sandbox.bot_disconnected(PATIENCE).await,
        "serenity gives a dead connection up"
    );
    sandbox.faults().clear();
    bot.event(|event| matches!(event, Event::Ready(_)).then_some(()))
        .await;
}

#[tokio::test]
async fn the_gateway_can_be_refused_for_a_while() {
    let (sandbox, mut bot) = world().await;
    bot.event(|event| matches!(event, Event::Ready(_)).then_some(()))
        .await;
    sandbox.faults().refuse_gateway(Duration::from_millis(300));
    sandbox.faults().drop_gateway();
    bot.event(|event| matches!(event, Event::Ready(_) | Event::Resumed(_)).then_some(()))
        .await;
}

#[tokio::test]
async fn wrong_tokens_and_intents_are_refused() {
    let options = Options {
        message_content: false,
        ..options()
    };
    let sandbox = Sandbox::start(options).await.unwrap();
    let client = serenity::client::ClientBuilder::new_with_http(
        http(&sandbox),
        GatewayIntents::non_privileged() | GatewayIntents::MESSAGE_CONTENT,
    );
    let refused = client.await.unwrap().start().await.unwrap_err();
    assert!(
        format!("{refused:?}").contains("DisallowedGatewayIntents"),
        "{refused:?}"
    );
    let wrong = serenity::http::HttpBuilder::new("wrong")
        .proxy(sandbox.url())
        .ratelimiter_disabled(true);
    let client =
        serenity::client::ClientBuilder::new_with_http(wrong.build(), GatewayIntents::GUILDS);
    let refused = client.await.unwrap().start().await.unwrap_err();
    assert!(
        format!("{refused:?}").contains("InvalidAuthentication"),
        "{refused:?}"
    );
}

#[tokio::test]
async fn without_the_content_intent_texts_are_empty() {
    let sandbox = Sandbox::start(options()).await.unwrap();
    let mut bot = Bot::start_with(&sandbox, GatewayIntents::non_privileged()).await;
    let created = |event| match event {
        Event::MessageCreate(created) => Some(created.message.content),
        _ => None,
    };
    sandbox.say("ben", "#general", "secret").await.unwrap();
    assert_eq!(bot.event(created).await, "");
    let mention = format!("<@{}> hello", sandbox.bot_id());
    sandbox.say("ben", "#general", &mention).await.unwrap();
    assert_eq!(
        bot.event(created).await,
        mention,
        "who is mentioned may read it"
    );
    let direct = sandbox.direct_message("ben").await.unwrap();
    sandbox.say("ben", direct, "for you alone").await.unwrap();
    assert_eq!(bot.event(created).await, "for you alone");
}

#[tokio::test]
async fn a_guild_is_told_to_its_shard() {
    let sandbox = Sandbox::start(options()).await.unwrap();
    let guilds = [
        sandbox.guild(),
        sandbox.add_guild("Beta", "eve"),
        sandbox.add_guild("Gamma", "eve"),
    ];
    let intents = GatewayIntents::GUILDS;
    let mut seen = Vec::new();
    for shard in 0..2 {
        let (sender, mut ready) = tokio::sync::mpsc::unbounded_channel();
        let mut client = serenity::client::ClientBuilder::new_with_http(http(&sandbox), intents)
            .raw_event_handler(Ready(sender))
            .await
            .unwrap();
        let task = tokio::spawn(async move { client.start_shard(shard, 2).await });
        let told = tokio::time::timeout(PATIENCE, ready.recv())
            .await
            .unwrap()
            .unwrap();
        assert!(
            told.iter()
                .all(|guild| (guild >> 22) % 2 == u64::from(shard))
        );
        seen.extend(told);
        task.abort();
    }
    seen.sort_unstable();
    assert_eq!(seen, guilds.map(|g| g.get()));
}

struct Ready(tokio::sync::mpsc::UnboundedSender<Vec<u64>>);

#[serenity::async_trait]
impl serenity::all::RawEventHandler for Ready {
    async fn raw_event(&self, _: serenity::all::Context, event: Event) {
        if let Event::Ready(ready) = event {
            let guilds = ready.ready.guilds.iter().map(|g| g.id.get()).collect();
            // The test may be over.
            let _gone = self.0.send(guilds);
        }
    }
}

#[tokio::test]
async fn the_guild_is_told_in_full() {
    let (_sandbox, mut bot) = world().await;
    let guild = bot
        .event(|event| match event {
            Event::GuildCreate(created) => Some(created.guild),
            _ => None,
        })
        .await;
    assert_eq!(
        (
            guild.name.as_str(),
            guild.members.len(),
            guild.channels.len(),
            guild.roles.len()
        ),
        ("Acme", 5, 3, 3)
    );
}

#[tokio::test]
async fn a_kicked_bot_loses_its_guild() {
    let (sandbox, mut bot) = world().await;
    assert!(
        sandbox
            .kick("ben", "Scribe", sandbox.guild())
            .await
            .is_err(),
        "ben may not kick"
    );
    sandbox
        .kick("ana", "Scribe", sandbox.guild())
        .await
        .unwrap();
    let gone = bot
        .event(|event| match event {
            Event::GuildDelete(gone) => Some(gone.guild),
            _ => None,
        })
        .await;
    assert!(!gone.unavailable);
    let channel = general(&sandbox);
    assert_eq!(code(channel.say(&bot.http, "x").await), 50001);
}

#[tokio::test]
async fn members_come_and_go() {
    let (sandbox, mut bot) = world().await;
    sandbox.join("eve", sandbox.guild()).await;
    let came = bot
        .event(|event| match event {
            Event::GuildMemberAdd(added) => Some(added.member.user.name),
            _ => None,
        })
        .await;
    assert_eq!(came, "eve");
    sandbox.say("eve", "#general", "hello").await.unwrap();
    sandbox.leave("eve", sandbox.guild()).await.unwrap();
    let left = bot
        .event(|event| match event {
            Event::GuildMemberRemove(removed) => Some(removed.user.name),
            _ => None,
        })
        .await;
    assert_eq!(left, "eve");
    assert!(sandbox.say("eve", "#general", "still here?").await.is_err());
}

#[tokio::test]
async fn rest_is_as_blind_as_the_portal_says() {
    let options = Options {
        message_content: false,
        ..options()
    };
    let sandbox = Sandbox::start(options).await.unwrap();
    let bot = Bot::start_with(&sandbox, GatewayIntents::non_privileged()).await;
    let id = sandbox.say("ben", "#general", "secret").await.unwrap();
    let read = general(&sandbox)
        .message(&bot.http, id.get())
        .await
        .unwrap();
    assert_eq!(read.content, "");
}

#[tokio::test]
async fn events_can_be_late_and_connections_can_hang() {
    let (sandbox, mut bot) = world().await;
    said_and_heard(&sandbox, &mut bot, "before").await;
    let begun = std::time::Instant::now();
    sandbox
        .faults()
        .delay_events(Some(Duration::from_millis(300)));
    for text in ["late one", "late two"] {
        sandbox.say("ben", "#general", text).await.unwrap();
    }
    heard_until(&mut bot, "late two").await;
    let took = begun.elapsed();
    assert!(took >= Duration::from_millis(300), "{took:?}");
    sandbox.faults().clear();
    sandbox.faults().hang_upgrade(true);
    sandbox.faults().drop_gateway();
    assert!(sandbox.bot_disconnected(PATIENCE).await);
    assert!(!sandbox.bot_connected(Duration::from_millis(500)).await);
}
