//! Channels: creating, hiding, renaming, deleting, and how many there may be.

use discord_sandbox::{ChannelKind, Options, Overwrite, RateLimits, permission};
use serenity::all::{
    ChannelId, ChannelType, CreateChannel, EditChannel, GuildId, PermissionOverwrite,
    PermissionOverwriteType, Permissions, RoleId, UserId,
};
use serenity::model::event::Event;

use crate::bot::{all_kept_the_rules, options, world, world_with};
use crate::messages::{code, general};

#[tokio::test]
async fn a_channel_is_made_with_the_name_discord_gives_it() {
    let (sandbox, mut bot) = world().await;
    let guild = GuildId::new(sandbox.guild().get());
    let category = sandbox.channel("#Incidents").unwrap().id;
    let new = CreateChannel::new("INC-42 API is Down!")
        .category(category.get())
        .topic("SEV1");
    let made = guild.create_channel(&bot.http, new).await.unwrap();
    assert_eq!(made.name, "inc-42-api-is-down");
    assert_eq!(
        sandbox.topic("#inc-42-api-is-down").as_deref(),
        Some("SEV1")
    );
    assert_eq!(
        sandbox.channel("#inc-42-api-is-down").unwrap().parent,
        Some(category)
    );
    bot.event(|event| match event {
        Event::ChannelCreate(created) => Some(created.channel).filter(|c| c.id == made.id),
        _ => None,
    })
    .await;
    made.delete(&bot.http).await.unwrap();
    bot.event(|event| matches!(event, Event::ChannelDelete(_)).then_some(()))
        .await;
    assert!(sandbox.channel("#inc-42-api-is-down").is_err());
    all_kept_the_rules(&sandbox);
}

#[tokio::test]
async fn a_category_holds_fifty_and_a_guild_five_hundred() {
    let (sandbox, bot) = world().await;
    let guild = GuildId::new(sandbox.guild().get());
    sandbox.fill_category("#Incidents").unwrap();
    let category = sandbox.channel("#Incidents").unwrap().id;
    let full = guild
        .create_channel(&bot.http, CreateChannel::new("x").category(category.get()))
        .await;
    assert_eq!(code(full), 50035);
    guild
        .create_channel(&bot.http, CreateChannel::new("x"))
        .await
        .unwrap();
    let there = sandbox.channels().len();
    for n in there..500 {
        sandbox.add_channel(sandbox.guild(), ChannelKind::Text, &format!("c{n}"), None);
    }
    assert_eq!(
        code(
            guild
                .create_channel(&bot.http, CreateChannel::new("x"))
                .await
        ),
        30013
    );
}

#[tokio::test]
async fn a_private_channel_is_seen_by_its_members_alone() {
    let (sandbox, mut bot) = world().await;
    let guild = GuildId::new(sandbox.guild().get());
    let see = |kind, allow: bool| PermissionOverwrite {
        allow: if allow {
            Permissions::VIEW_CHANNEL
        } else {
            Permissions::empty()
        },
        deny: if allow {
            Permissions::empty()
        } else {
            Permissions::VIEW_CHANNEL
        },
        kind,
    };
    let user = |name: &str| {
        PermissionOverwriteType::Member(UserId::new(sandbox.user(name).unwrap().get()))
    };
    let everyone = PermissionOverwriteType::Role(RoleId::new(guild.get()));
    let new = CreateChannel::new("secret").permissions([
        see(everyone, false),
        see(user("Scribe"), true),
        see(user("ben"), true),
    ]);
    let made = guild.create_channel(&bot.http, new).await.unwrap();
    assert!(sandbox.say("ben", "#secret", "hello").await.is_ok());
    assert!(sandbox.say("cho", "#secret", "hello").await.is_err());
    assert!(
        sandbox.say("ana", "#secret", "hello").await.is_ok(),
        "an administrator sees all"
    );
    made.create_permission(&bot.http, see(user("cho"), true))
        .await
        .unwrap();
    assert!(sandbox.say("cho", "#secret", "hello").await.is_ok());
    made.delete_permission(&bot.http, user("cho"))
        .await
        .unwrap();
    assert!(sandbox.say("cho", "#secret", "hello").await.is_err());
    // What the bot may not see it is not told either.
    let bot_id = sandbox.bot_id();
    sandbox
        .overwrite(
            "#secret",
            Overwrite::member(bot_id, 0, permission::VIEW_CHANNEL),
        )
        .unwrap();
    sandbox.say("ben", "#secret", "unheard").await.unwrap();
    sandbox.say("ben", "#general", "heard").await.unwrap();
    let mut heard = Vec::new();
    bot.event(|event| {
        if let Event::MessageCreate(created) = event {
            heard.push(created.message.content);
        }
        heard.iter().any(|text| text == "heard").then_some(())
    })
    .await;
    assert!(!heard.iter().any(|text| text == "unheard"), "{heard:?}");
    all_kept_the_rules(&sandbox);
}

#[tokio::test]
async fn what_one_has_not_one_cannot_give() {
    let (sandbox, bot) = world().await;
    let channel = general(&sandbox);
    let ben = PermissionOverwriteType::Member(UserId::new(sandbox.user("ben").unwrap().get()));
    let give = |allow| PermissionOverwrite {
        allow,
        deny: Permissions::empty(),
        kind: ben,
    };
    let managing = channel
        .create_permission(&bot.http, give(Permissions::MANAGE_ROLES))
        .await;
    assert_eq!(code(managing), 50013);
    let banning = channel
        .create_permission(&bot.http, give(Permissions::BAN_MEMBERS))
        .await;
    assert_eq!(code(banning), 50013);
    channel
        .create_permission(&bot.http, give(Permissions::VIEW_CHANNEL))
        .await
        .unwrap();
    sandbox
        .take_from_bot(sandbox.guild(), permission::MANAGE_CHANNELS)
        .unwrap();
    let guild = GuildId::new(sandbox.guild().get());
    assert_eq!(
        code(
            guild
                .create_channel(&bot.http, CreateChannel::new("x"))
                .await
        ),
        50013
    );
}

#[tokio::test]
async fn a_third_rename_has_to_wait() {
    let (sandbox, bot) = world().await;
    let channel = general(&sandbox);
    for topic in ["one", "two"] {
        channel
            .edit(&bot.http, EditChannel::new().topic(topic))
            .await
            .unwrap();
    }
    assert!(
        channel
            .edit(&bot.http, EditChannel::new().topic("three"))
            .await
            .is_err()
    );
    let last = sandbox.requests().pop().unwrap();
    assert_eq!((last.method.as_str(), last.status), ("PATCH", 429));
    assert_eq!(sandbox.topic("#general").as_deref(), Some("two"));
    channel
        .edit(&bot.http, EditChannel::new().topic("two").position(3))
        .await
        .unwrap();

    let unlimited = Options {
        rate_limits: RateLimits::Off,
        ..options()
    };
    let (sandbox, bot) = world_with(unlimited).await;
    for topic in ["one", "two", "three"] {
        general(&sandbox)
            .edit(&bot.http, EditChannel::new().topic(topic))
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn guild_lists_can_be_read() {
    let (sandbox, bot) = world().await;
    let guild = GuildId::new(sandbox.guild().get());
    let channels = guild.channels(&bot.http).await.unwrap();
    let general = channels
        .get(&ChannelId::new(
            sandbox.channel("#general").unwrap().id.get(),
        ))
        .unwrap();
    assert_eq!(general.kind, ChannelType::Text);
    assert_eq!(
        guild.to_partial_guild(&bot.http).await.unwrap().name,
        "Acme"
    );
    assert_eq!(guild.roles(&bot.http).await.unwrap().len(), 3);
    assert_eq!(guild.members(&bot.http, None, None).await.unwrap().len(), 5);
    let ben = UserId::new(sandbox.user("ben").unwrap().get());
    assert_eq!(guild.member(&bot.http, ben).await.unwrap().user.name, "ben");
    assert_eq!(
        guild
            .search_members(&bot.http, "be", None)
            .await
            .unwrap()
            .len(),
        1
    );
    bot.http.get_current_application_info().await.unwrap();
    bot.http.get_current_user().await.unwrap();
    bot.http.get_bot_gateway().await.unwrap();
    let direct = ben.create_dm_channel(&bot.http).await.unwrap();
    direct
        .say(&bot.http, "an action item is due")
        .await
        .unwrap();
    let hooks = direct.id.webhooks(&bot.http).await;
    assert!(hooks.is_ok());
    all_kept_the_rules(&sandbox);
}
