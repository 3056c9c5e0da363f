//! Threads and forum posts.

use discord_sandbox::{ChannelKind, permission};
use serenity::all::{
    ChannelId, ChannelType, CreateForumPost, CreateMessage, CreateThread, EditThread, GuildId,
    UserId,
};
use serenity::model::event::Event;

use crate::bot::{all_kept_the_rules, world};
use crate::messages::{code, general};

#[tokio::test]
async fn a_thread_hangs_on_its_message() {
    let (sandbox, mut bot) = world().await;
    let channel = general(&sandbox);
    let card = channel.say(&bot.http, "INC-1").await.unwrap();
    let thread = channel
        .create_thread_from_message(&bot.http, card.id, CreateThread::new("INC-1: API is down"))
        .await
        .unwrap();
    assert_eq!(thread.id.get(), card.id.get());
    assert_eq!(thread.name, "INC-1: API is down");
    let again = channel
        .create_thread_from_message(&bot.http, card.id, CreateThread::new("x"))
        .await;
    assert_eq!(code(again), 160004);
    sandbox
        .say("ben", "INC-1: API is down", "looking")
        .await
        .unwrap();
    let heard = bot
        .event(|event| match event {
            Event::MessageCreate(created) => {
                Some(created.message).filter(|m| m.content == "looking")
            }
            _ => None,
        })
        .await;
    assert_eq!(heard.channel_id, thread.id);
    let active = GuildId::new(sandbox.guild().get())
        .get_active_threads(&bot.http)
        .await
        .unwrap();
    assert_eq!(active.threads.len(), 1);
    all_kept_the_rules(&sandbox);
}

#[tokio::test]
async fn an_archived_thread_wakes_when_somebody_speaks_unless_it_is_locked() {
    let (sandbox, bot) = world().await;
    let channel = general(&sandbox);
    let id = sandbox
        .thread("ben", "#general", None, "aside")
        .await
        .unwrap();
    let thread = ChannelId::new(id.get());
    thread
        .edit_thread(&bot.http, EditThread::new().archived(true))
        .await
        .unwrap();
    assert!(sandbox.channel(id).unwrap().archived);
    let archived = channel
        .get_archived_public_threads(&bot.http, None, None)
        .await
        .unwrap();
    assert_eq!(archived.threads.len(), 1);
    sandbox.say("cho", id, "one more thing").await.unwrap();
    assert!(!sandbox.channel(id).unwrap().archived);
    thread
        .edit_thread(&bot.http, EditThread::new().archived(true).locked(true))
        .await
        .unwrap();
    assert!(sandbox.say("cho", id, "and another").await.is_err());
    assert!(sandbox.say("ana", id, "I may").await.is_ok());
    all_kept_the_rules(&sandbox);
}

#[tokio::test]
async fn a_private_thread_is_for_those_in_it() {
    let (sandbox, bot) = world().await;
    let thread = general(&sandbox)
        .create_thread(
            &bot.http,
            CreateThread::new("quiet").kind(ChannelType::PrivateThread),
        )
        .await
        .unwrap();
    assert!(sandbox.say("ben", "quiet", "x").await.is_err());
    thread
        .id
        .add_thread_member(&bot.http, UserId::new(sandbox.user("ben").unwrap().get()))
        .await
        .unwrap();
    assert!(sandbox.say("ben", "quiet", "x").await.is_ok());
    assert_eq!(
        thread.id.get_thread_members(&bot.http).await.unwrap().len(),
        2
    );
    all_kept_the_rules(&sandbox);
}

#[tokio::test]
async fn a_forum_post_is_a_thread_with_its_message() {
    let (sandbox, bot) = world().await;
    let forum = sandbox.add_channel(sandbox.guild(), ChannelKind::Forum, "postmortems", None);
    let forum = ChannelId::new(forum.get());
    let post = CreateForumPost::new("INC-1", CreateMessage::new().content("what happened"));
    let made = forum.create_forum_post(&bot.http, post).await.unwrap();
    assert_eq!(sandbox.messages("INC-1")[0].id.get(), made.id.get());
    assert_eq!(code(forum.say(&bot.http, "x").await), 50008);
    sandbox
        .deny_bot("#postmortems", permission::SEND_MESSAGES)
        .unwrap();
    let post = CreateForumPost::new("INC-2", CreateMessage::new().content("x"));
    assert_eq!(code(forum.create_forum_post(&bot.http, post).await), 50013);
    all_kept_the_rules(&sandbox);
}
