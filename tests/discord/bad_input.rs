//! What people type at three in the morning, and what Discord refuses.

use std::sync::Arc;

use discord_sandbox::permission::{MANAGE_CHANNELS, SEND_MESSAGES};
use discord_sandbox::{ChannelKind, Options, RateLimits, Say, Scope, Trouble};
use scribe::clock::Clock;
use scribe::discord::{Bot, BotError, BotOptions};
use scribe::incident::{Fact, Status};
use scribe::store::Writer;
use tokio_util::sync::CancellationToken;

use crate::world::{PATIENCE, World};

#[tokio::test(flavor = "multi_thread")]
async fn titles_of_every_kind_open_an_incident_or_are_refused_with_a_way_out() {
    let world = World::start().await;
    let titles = [
        ("x".repeat(200), "inc-1-xxx"),
        ("🔥🔥🔥".to_owned(), "inc-2"),
        (
            "@everyone help <@&1> @here".to_owned(),
            "inc-3-everyone-help",
        ),
        ("`rm -rf` ```".to_owned(), "inc-4-rm-rf"),
        ("{{#each x}} {{{boom}}}".to_owned(), "inc-5-each-x-boom"),
        (
            "API \u{202E}nwod si\u{200F}".to_owned(),
            "inc-6-api-nwod-si",
        ),
        ("a\u{0}b".to_owned(), "inc-7-a-b"),
        (
            "# **big** ||spoiler|| [x](http://y)".to_owned(),
            "inc-8-big-spoiler",
        ),
    ];
    for (title, name) in &titles {
        let inc = world.open("ana", title).await;
        let channel = world.discord.channel(inc.channel).unwrap();
        assert!(
            channel.name.starts_with(name),
            "{title:?} became {}",
            channel.name
        );
        let card = world.card(inc.channel).await;
        assert!(
            !card.pinged_everyone && card.pinged_users.is_empty(),
            "{title:?}"
        );
        world
            .slash_in(
                "ana",
                inc.channel,
                "incident status",
                &[("state", "resolved"), ("message", title)],
            )
            .await;
        let draft = world.see_file(inc.channel, "postmortem.md").await;
        assert!(!draft.is_empty());
        for message in world.discord.messages(inc.channel) {
            assert!(!message.pinged_everyone, "{}", message.text());
        }
    }
    let answer = world
        .slash("ana", "incident open", &[("title", &"x".repeat(201))])
        .await;
    assert!(
        answer.text().contains("201 characters, and 200 fit"),
        "{}",
        answer.text()
    );
    let answer = world
        .slash("ana", "incident open", &[("title", "\u{200F}\u{0} ")])
        .await;
    assert!(
        answer.text().contains("nothing to read in `title`"),
        "{}",
        answer.text()
    );
    assert_eq!(
        world
            .store
            .incidents(world.key(1).guild, &Default::default())
            .await
            .unwrap()
            .len(),
        titles.len()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_elsewhere_asks_which_incident_is_meant() {
    let world = World::start().await;
    let answer = world
        .slash("ana", "incident status", &[("state", "resolved")])
        .await;
    assert!(
        answer.text().contains("This channel is no incident's")
            && answer.text().contains("/incident open"),
        "{}",
        answer.text()
    );
    world.open("ana", "API is down").await;
    world.open("ana", "API is slow").await;
    let answer = world
        .slash("ana", "incident status", &[("state", "resolved")])
        .await;
    assert!(
        answer
            .text()
            .contains("INC-1 API is down (SEV1, investigating)"),
        "{}",
        answer.text()
    );
    let answer = world
        .slash(
            "ana",
            "incident status",
            &[("state", "resolved"), ("incident", "api")],
        )
        .await;
    assert!(
        answer.text().contains("Several incidents"),
        "{}",
        answer.text()
    );
    let answer = world
        .slash(
            "ana",
            "incident status",
            &[("state", "resolved"), ("incident", "INC-9")],
        )
        .await;
    assert!(
        answer.text().contains("There is no incident `INC-9` here"),
        "{}",
        answer.text()
    );
    let answer = world
        .slash(
            "ana",
            "incident status",
            &[("state", "resolved"), ("incident", "slow")],
        )
        .await;
    assert!(
        answer.text().starts_with("Recorded as #") && answer.text().contains("of INC-2"),
        "{}",
        answer.text()
    );
    assert_eq!(world.incident(1).await.status_now(), Status::Investigating);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_refused_with_a_sentence_that_helps() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let refused = [
        (
            "incident status",
            vec![("state", "investigating")],
            "The status is already **investigating**",
        ),
        (
            "incident status",
            vec![("state", "postmortem")],
            "Resolve it first",
        ),
        (
            "incident note",
            vec![("text", "x"), ("at", "half past never")],
            "I cannot read `half past never` as a time",
        ),
        (
            "incident note",
            vec![("text", "x"), ("at", "in 5 minutes")],
            "lies ahead",
        ),
        (
            "incident note",
            vec![("text", " \u{200F} ")],
            "nothing to read in `text`",
        ),
        (
            "incident severity",
            vec![("level", "SEV1")],
            "already **SEV1**",
        ),
        ("incident outage end", vec![], "No outage is open"),
        ("incident reopen", vec![], "still open"),
        (
            "incident correct",
            vec![("entry", "99"), ("text", "x")],
            "has no entry #99",
        ),
        (
            "incident correct",
            vec![("entry", "soon"), ("text", "x")],
            "`soon` is no number of an entry",
        ),
        (
            "incident correct",
            vec![("entry", "1")],
            "Say what to correct",
        ),
        (
            "incident action done",
            vec![("number", "3")],
            "There is no action item 3",
        ),
        (
            "incident link",
            vec![("relation", "related"), ("to", "INC-1")],
            "cannot be linked to itself",
        ),
        (
            "summary week",
            vec![("week", "soon")],
            "is not a week such as 2026-W29",
        ),
    ];
    let before = world.log(inc.number).await.len();
    for (command, values, sentence) in refused {
        let answer = world.slash_in("ana", inc.channel, command, &values).await;
        assert!(
            answer.text().contains(sentence),
            "/{command}: {}",
            answer.text()
        );
        assert!(answer.ephemeral, "/{command}");
    }
    world.all_said().await;
    assert_eq!(
        world.log(inc.number).await.len(),
        before,
        "refusing writes nothing"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_longest_message_with_ten_files_loses_nothing() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let text = "é".repeat(2_000);
    let say = (0..10).fold(Say::text(&text), |say, n| {
        say.file(&format!("{n}.log"), format!("file {n}"))
    });
    world
        .discord
        .say_with("ben", inc.channel, say)
        .await
        .unwrap();
    let entry = world
        .entry(inc.number, |entry| entry.fact.text() == Some(text.as_str()))
        .await;
    assert!(matches!(&entry.fact, Fact::MessagePosted(message) if message.attachments.len() == 10));
    world
        .until(async || {
            let log = world.log(inc.number).await;
            let kept = log
                .iter()
                .filter(|entry| matches!(entry.fact, Fact::AttachmentKept { .. }));
            (kept.count() == 10).then_some(())
        })
        .await;
    let update = "*".repeat(2_000);
    world
        .slash_in(
            "ana",
            inc.channel,
            "incident update",
            &[("message", &update)],
        )
        .await;
    world.see(inc.channel, "Update (**investigating**)").await;
}

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
async fn settings_need_the_right_to_change_the_server() {
    let world = World::start().await;
    let hidden = world
        .discord
        .slash(
            "cho",
            "general",
            "scribe components add",
            &[("name", "API")],
        )
        .await;
    assert!(hidden.is_err(), "Discord hides it from those who may not");
    let answer = world
        .slash("ana", "scribe components add", &[("name", "API, Website")])
        .await;
    assert!(
        answer.text().contains("Components: API, Website"),
        "{}",
        answer.text()
    );
    let offered = world
        .discord
        .autocomplete(
            "cho",
            "general",
            "incident open",
            &[("title", "x"), ("components", "API, we")],
            "components",
        )
        .await
        .unwrap();
    assert_eq!(offered[0].value, "API, Website");
    let answer = world
        .slash("ana", "scribe schedule", &[("zone", "Mars/Olympus")])
        .await;
    assert!(
        answer
            .text()
            .contains("`Mars/Olympus` is no time zone I know"),
        "{}",
        answer.text()
    );
    let answer = world
        .slash(
            "ana",
            "scribe schedule",
            &[("zone", "CT"), ("day", "Friday"), ("hour", "17")],
        )
        .await;
    assert!(
        answer.text().contains("**America/Chicago**") && answer.text().contains("Friday at 17:00"),
        "{}",
        answer.text()
    );
    let answer = world
        .slash(
            "cho",
            "incident redact",
            &[("entry", "1"), ("reason", "secret")],
        )
        .await;
    assert!(
        answer.text().contains("**Manage Messages**"),
        "{}",
        answer.text()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn announcements_are_edited_in_place() {
    let world = World::start().await;
    let page = world.slash("ana", "scribe setup", &[]).await;
    world
        .discord
        .select(
            "ana",
            "general",
            page.message_id.unwrap(),
            "scribe:setup:announcements",
            &["incidents"],
        )
        .await
        .unwrap();
    world
        .until(async || {
            world
                .store
                .settings(world.key(1).guild)
                .await
                .unwrap()
                .announce_channel
        })
        .await;
    let inc = world.open("ana", "API is down").await;
    let announced = world.see("incidents", "INC-1 · SEV1 · API is down").await;
    world
        .slash_in(
            "ana",
            inc.channel,
            "incident status",
            &[("state", "monitoring")],
        )
        .await;
    world
        .until(async || {
            let now = world.discord.message("incidents", announced.id)?;
            now.text().contains("**monitoring**").then_some(())
        })
        .await;
    assert_eq!(world.discord.messages("incidents").len(), 1);
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
    let _ = ChannelKind::Text;
}
