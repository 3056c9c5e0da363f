//! Posting, editing, pinging, pinning; and what is refused.

use discord_sandbox::{Say, permission};
use serde_json::json;
use serenity::all::{
    ChannelId, CreateActionRow, CreateAllowedMentions, CreateAttachment, CreateButton, CreateEmbed,
    CreateMessage, EditMessage, HttpError, MessageId, Nonce, ReactionType, UserId,
};
use serenity::model::event::Event;

use crate::bot::{Bot, all_kept_the_rules, world};

/// Discord's error code of a refusal.
pub(crate) fn code<T: std::fmt::Debug>(result: Result<T, serenity::Error>) -> isize {
    match result {
        Err(serenity::Error::Http(HttpError::UnsuccessfulRequest(response))) => response.error.code,
        other => panic!("this is no refusal of Discord: {other:?}"),
    }
}

pub(crate) fn general(sandbox: &discord_sandbox::Sandbox) -> ChannelId {
    ChannelId::new(sandbox.channel("#general").unwrap().id.get())
}

fn text(content: impl Into<String>) -> CreateMessage {
    CreateMessage::new().content(content)
}

async fn next_message(bot: &mut Bot) -> serenity::all::Message {
    bot.event(|event| match event {
        Event::MessageCreate(created) => Some(created.message),
        _ => None,
    })
    .await
}

#[tokio::test]
async fn what_a_member_says_is_heard_edited_and_deleted() {
    let (sandbox, mut bot) = world().await;
    let id = sandbox
        .say("ben", "#general", "rolled back 812")
        .await
        .unwrap();
    let heard = next_message(&mut bot).await;
    assert_eq!(
        (
            heard.id.get(),
            heard.content.as_str(),
            heard.author.name.as_str()
        ),
        (id.get(), "rolled back 812", "ben")
    );
    assert_eq!(heard.guild_id.unwrap().get(), sandbox.guild().get());
    sandbox
        .edit("ben", "#general", id, "rolled back 813")
        .await
        .unwrap();
    let edited = bot
        .event(|event| match event {
            Event::MessageUpdate(update) => update.content,
            _ => None,
        })
        .await;
    assert_eq!(edited, "rolled back 813");
    assert!(
        sandbox.edit("cho", "#general", id, "x").await.is_err(),
        "only the author may edit"
    );
    assert!(sandbox.delete("cho", "#general", id).await.is_err());
    sandbox.delete("ana", "#general", id).await.unwrap();
    let gone = bot
        .event(|event| match event {
            Event::MessageDelete(gone) => Some(gone.message_id),
            _ => None,
        })
        .await;
    assert_eq!(gone.get(), id.get());
    all_kept_the_rules(&sandbox);
}

#[tokio::test]
async fn limits_are_refused_with_their_codes() {
    let (sandbox, bot) = world().await;
    let channel = general(&sandbox);
    // Serenity itself stops a text over 2,000 characters, so the body goes out by hand.
    let raw = |body: serde_json::Value| {
        let http = &bot.http;
        async move { http.send_message(channel, Vec::new(), &body).await }
    };
    assert!(raw(json!({"content": "x".repeat(2000)})).await.is_ok());
    assert_eq!(code(raw(json!({"content": "x".repeat(2001)})).await), 50035);
    assert_eq!(code(raw(json!({"content": "  "})).await), 50006);
    assert_eq!(
        code(raw(json!({"embeds": [{"title": "x".repeat(257)}]})).await),
        50035
    );
    let row = json!({"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": "a".repeat(101)}]});
    assert_eq!(
        code(raw(json!({"content": "x", "components": [row]})).await),
        50035
    );
    assert_eq!(
        code(bot.http.get_message(channel, MessageId::new(1)).await),
        10008
    );
    assert_eq!(code(bot.http.get_channel(ChannelId::new(1)).await), 10003);
    assert_eq!(code(bot.http.get_user(UserId::new(1)).await), 10013);
}

#[tokio::test]
async fn a_repeated_nonce_gives_the_first_message() {
    let (sandbox, bot) = world().await;
    let channel = general(&sandbox);
    let draft = |content: &str| {
        text(content)
            .nonce(Nonce::String("outbox-1".into()))
            .enforce_nonce(true)
    };
    let first = channel.send_message(&bot.http, draft("one")).await.unwrap();
    let again = channel.send_message(&bot.http, draft("one")).await.unwrap();
    assert_eq!(first.id, again.id);
    assert_eq!(sandbox.messages("#general").len(), 1);
    let other = text("two")
        .nonce(Nonce::String("outbox-2".into()))
        .enforce_nonce(true);
    assert_ne!(
        channel.send_message(&bot.http, other).await.unwrap().id,
        first.id
    );
    all_kept_the_rules(&sandbox);
}

#[tokio::test]
async fn nobody_is_pinged_who_is_not_allowed_to_be() {
    let (sandbox, bot) = world().await;
    let channel = general(&sandbox);
    let ben = UserId::new(sandbox.user("ben").unwrap().get());
    let content = format!("@everyone <@{ben}>");
    channel
        .send_message(&bot.http, text(&content))
        .await
        .unwrap();
    let quiet = sandbox.messages("#general").pop().unwrap();
    assert!(
        !quiet.pinged_everyone && quiet.pinged_users.is_empty(),
        "the client's default lets nobody be pinged"
    );
    let to_ben = text(&content).allowed_mentions(CreateAllowedMentions::new().users([ben]));
    channel.send_message(&bot.http, to_ben).await.unwrap();
    assert_eq!(
        sandbox.messages("#general").pop().unwrap().pinged_users,
        ["ben"]
    );
    let to_all = text(&content).allowed_mentions(CreateAllowedMentions::new().everyone(true));
    channel.send_message(&bot.http, to_all).await.unwrap();
    assert!(sandbox.messages("#general").pop().unwrap().pinged_everyone);
    sandbox
        .take_from_bot(sandbox.guild(), permission::MENTION_EVERYONE)
        .unwrap();
    let to_all = text(&content).allowed_mentions(CreateAllowedMentions::new().everyone(true));
    channel.send_message(&bot.http, to_all).await.unwrap();
    assert!(!sandbox.messages("#general").pop().unwrap().pinged_everyone);
    all_kept_the_rules(&sandbox);
}

#[tokio::test]
async fn missing_rights_are_refused() {
    let (sandbox, bot) = world().await;
    let channel = general(&sandbox);
    sandbox
        .deny_bot("#general", permission::SEND_MESSAGES)
        .unwrap();
    assert_eq!(code(channel.say(&bot.http, "x").await), 50013);
    sandbox
        .deny_bot("#general", permission::VIEW_CHANNEL)
        .unwrap();
    assert_eq!(code(channel.say(&bot.http, "x").await), 50001);
    sandbox
        .deny_bot("#general", permission::READ_MESSAGE_HISTORY)
        .unwrap();
    sandbox.say("ben", "#general", "hello").await.unwrap();
    let history = channel
        .messages(&bot.http, serenity::all::GetMessages::new())
        .await
        .unwrap();
    assert!(
        history.is_empty(),
        "Discord gives an empty list and no refusal"
    );
    all_kept_the_rules(&sandbox);
}

#[tokio::test]
async fn files_go_both_ways() {
    let (sandbox, mut bot) = world().await;
    let channel = general(&sandbox);
    let file = CreateAttachment::bytes(&b"a,b\n1,2"[..], "metrics.csv").description("the metrics");
    let sent = channel
        .send_message(&bot.http, text("see").add_file(file))
        .await
        .unwrap();
    assert_eq!(sent.attachments[0].filename, "metrics.csv");
    assert_eq!(
        sandbox.messages("#general")[0]
            .file("metrics.csv")
            .unwrap()
            .text(),
        "a,b\n1,2"
    );
    next_message(&mut bot).await;
    sandbox
        .say_with("ben", "#general", Say::text("").file("trace.log", "panic!"))
        .await
        .unwrap();
    let heard = next_message(&mut bot).await;
    assert_eq!(heard.attachments[0].download().await.unwrap(), b"panic!");
    let url = &heard.attachments[0].url;
    let old = format!("{}?ex=1&is=0&hm=x", url.split('?').next().unwrap());
    assert_eq!(
        reqwest::get(old).await.unwrap().status(),
        404,
        "an expired link is dead"
    );
    all_kept_the_rules(&sandbox);
}

#[tokio::test]
async fn a_file_may_have_ten_megabytes() {
    let (sandbox, bot) = world().await;
    let channel = general(&sandbox);
    let file = |size| CreateAttachment::bytes(vec![b'x'; size], "dump.log");
    let mib = 1024 * 1024;
    channel
        .send_message(&bot.http, text("").add_file(file(10 * mib)))
        .await
        .unwrap();
    assert_eq!(
        sandbox.messages("#general")[0].files[0].bytes.len(),
        10 * mib
    );
    let large = channel
        .send_message(&bot.http, text("").add_file(file(10 * mib + 1)))
        .await;
    assert_eq!(code(large), 40005);
    let many = (0..11).fold(text("x"), |m, _| m.add_file(file(1)));
    assert_eq!(code(channel.send_message(&bot.http, many).await), 30015);
    assert_eq!(sandbox.requests().pop().unwrap().files.len(), 11);
}

#[tokio::test]
async fn an_edit_keeps_what_it_does_not_name() {
    let (sandbox, bot) = world().await;
    let channel = general(&sandbox);
    let button = CreateActionRow::Buttons(vec![CreateButton::new("ack").label("Acknowledge")]);
    let draft = text("card")
        .embed(CreateEmbed::new().title("INC-1"))
        .components(vec![button]);
    let mut sent = channel.send_message(&bot.http, draft).await.unwrap();
    sent.edit(&bot.http, EditMessage::new().content("card 2"))
        .await
        .unwrap();
    let seen = sandbox.messages("#general").pop().unwrap();
    assert_eq!(seen.text(), "card 2\nINC-1\nAcknowledge");
    assert_eq!(seen.buttons(), ["Acknowledge"]);
    assert!(seen.edited.is_some());
    let bens = sandbox.say("ben", "#general", "mine").await.unwrap();
    let edit = channel
        .edit_message(&bot.http, bens.get(), EditMessage::new().content("yours"))
        .await;
    assert_eq!(code(edit), 50005);
    all_kept_the_rules(&sandbox);
}

#[tokio::test]
async fn an_old_message_takes_few_edits() {
    let (sandbox, bot) = world().await;
    let channel = general(&sandbox);
    let two_hours_ago = chrono::DateTime::from_timestamp(
        sandbox.application_id().created_at().timestamp() - 7200,
        0,
    );
    let say = Say::text("old").at(two_hours_ago.unwrap());
    let old = sandbox.say_with("Scribe", "#general", say).await.unwrap();
    let edit = || channel.edit_message(&bot.http, old.get(), EditMessage::new().content("x"));
    for _ in 0..3 {
        edit().await.unwrap();
    }
    assert_eq!(code(edit().await), 30046);
}

#[tokio::test]
async fn pins_and_reactions_show_on_both_sides() {
    let (sandbox, mut bot) = world().await;
    let channel = general(&sandbox);
    let card = channel.say(&bot.http, "card").await.unwrap();
    card.pin(&bot.http).await.unwrap();
    assert_eq!(sandbox.pins("#general")[0].content, "card");
    assert_eq!(
        sandbox.messages("#general").pop().unwrap().kind,
        6,
        "a line says that something was pinned"
    );
    assert_eq!(channel.pins(&bot.http).await.unwrap().len(), 1);
    card.react(&bot.http, ReactionType::Unicode("✅".into()))
        .await
        .unwrap();
    sandbox
        .react("ben", "#general", card.id.get().into(), "📌")
        .await
        .unwrap();
    let added = bot
        .event(|event| match event {
            Event::ReactionAdd(added) => Some(added.reaction).filter(|r| r.emoji.unicode_eq("📌")),
            _ => None,
        })
        .await;
    assert_eq!(
        added.user_id.unwrap().get(),
        sandbox.user("ben").unwrap().get()
    );
    let fetched = channel.message(&bot.http, card.id).await.unwrap();
    let given: Vec<_> = fetched
        .reactions
        .iter()
        .map(|r| (r.reaction_type.to_string(), r.me))
        .collect();
    assert_eq!(given, [("✅".to_owned(), true), ("📌".to_owned(), false)]);
    sandbox
        .unreact("ben", "#general", card.id.get().into(), "📌")
        .await
        .unwrap();
    bot.event(|event| matches!(event, Event::ReactionRemove(_)).then_some(()))
        .await;
    card.unpin(&bot.http).await.unwrap();
    assert!(sandbox.pins("#general").is_empty());
    sandbox
        .take_from_bot(sandbox.guild(), permission::PIN_MESSAGES)
        .unwrap();
    assert_eq!(code(card.pin(&bot.http).await), 50013);
    all_kept_the_rules(&sandbox);
}

#[tokio::test]
async fn odd_messages_arrive_as_discord_sends_them() {
    let (sandbox, bot) = world().await;
    let channel = general(&sandbox);
    let first = sandbox
        .say("ben", "#general", "the database is full")
        .await
        .unwrap();
    let reply = sandbox
        .say_with("cho", "#general", Say::text("freed 20 GB").reply_to(first))
        .await
        .unwrap();
    let id = sandbox.channel("#general").unwrap().id;
    sandbox
        .say_with("dee", "#incidents", Say::text("").forward(id, first))
        .await
        .unwrap();
    sandbox
        .say_with("ben", "#general", Say::text("").sticker("fire"))
        .await
        .unwrap();
    sandbox
        .say_with(
            "ben",
            "#general",
            Say::text("").poll("Roll back?", &["Yes", "No"]),
        )
        .await
        .unwrap();
    sandbox
        .say_with(
            "ben",
            "#general",
            Say::text("FIRING: p99").as_webhook("Grafana"),
        )
        .await
        .unwrap();
    let v2 =
        vec![json!({"type": 17, "components": [{"type": 10, "content": "hidden from serenity"}]})];
    sandbox.add_bot(sandbox.guild(), "pager");
    sandbox
        .say_with("pager", "#general", Say::text("").components_v2(v2))
        .await
        .unwrap();
    let list = channel
        .messages(&bot.http, serenity::all::GetMessages::new())
        .await
        .unwrap();
    assert_eq!(list.len(), 6);
    let answer = list.iter().find(|m| m.id.get() == reply.get()).unwrap();
    assert_eq!(
        answer.referenced_message.as_ref().unwrap().content,
        "the database is full"
    );
    assert_eq!(list[1].author.name, "Grafana");
    assert!(list[1].webhook_id.is_some());
    assert!(
        list[0].content.is_empty() && list[0].components.is_empty(),
        "serenity loses Components V2"
    );
    assert_eq!(
        sandbox.messages("#general").pop().unwrap().text(),
        "hidden from serenity"
    );
    let forwarded = sandbox.channel("#incidents").unwrap().id;
    let raw = reqwest::Client::new()
        .get(format!(
            "{}/api/v10/channels/{forwarded}/messages",
            sandbox.url()
        ))
        .header("authorization", format!("Bot {}", sandbox.token()))
        .send()
        .await
        .unwrap();
    let raw: serde_json::Value = raw.json().await.unwrap();
    assert_eq!(
        raw[0]["message_snapshots"][0]["message"]["content"],
        "the database is full"
    );
    all_kept_the_rules(&sandbox);
}

#[tokio::test]
async fn a_wrong_token_is_refused() {
    let (sandbox, _bot) = world().await;
    let answer = reqwest::Client::new()
        .get(format!("{}/api/v10/users/@me", sandbox.url()))
        .header("authorization", "Bot wrong")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 401);
    let body: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(body, json!({"message": "401: Unauthorized", "code": 0}));
}
