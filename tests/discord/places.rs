//! Where incidents live: as threads of a text channel, as posts in a forum.

use discord_sandbox::{ChannelKind, Snowflake, Trouble};
use scribe::incident::{Fact, Place};

use crate::world::World;

/// Chooses in the setup where incidents are opened; what the page says then.
async fn choose(world: &World, home: &str) -> String {
    let page = world.slash("ana", "scribe setup", &[]).await;
    let message = page.message_id.unwrap();
    let (menu, homes) = ("scribe:setup:category", [home]);
    let chosen = world
        .discord
        .select("ana", "general", message, menu, &homes);
    chosen.await.unwrap();
    world.discord.refresh(&page).text()
}

fn forum(world: &World) -> Snowflake {
    let guild = world.discord.guild();
    let kind = ChannelKind::Forum;
    world.discord.add_channel(guild, kind, "outages", None)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incident_is_told_from_its_opening_to_its_draft_as_a_forum_post() {
    let mut world = World::start().await;
    let forum = forum(&world);
    let page = choose(&world, "outages").await;
    assert!(
        page.contains(&format!("a thread or post in <#{forum}>")),
        "{page}"
    );
    let inc = world.open("ana", "API is down").await;
    let post = world.discord.channel(inc.channel).unwrap();
    assert_eq!(post.name, "INC-1 · API is down");
    assert_eq!(post.parent, Some(forum));
    let (_, place) = world.incident(1).await.place.unwrap();
    assert_eq!(place, Place::Thread);
    assert!(
        world
            .card(inc.channel)
            .await
            .text()
            .contains("INC-1 · SEV1")
    );
    world.say("ben", inc.channel, "rolled back 812").await;
    world
        .entry(1, |entry| entry.fact.text() == Some("rolled back 812"))
        .await;
    world.kill_bot().await;
    world
        .say("ben", inc.channel, "said while it was away")
        .await;
    world.start_bot().await;
    world
        .entry(1, |entry| {
            entry.fact.text() == Some("said while it was away")
        })
        .await;
    let values = [("state", "resolved")];
    world
        .slash_in("ana", inc.channel, "incident status", &values)
        .await;
    let draft = world.see_file(inc.channel, "postmortem.md").await;
    assert!(draft.contains("rolled back 812"), "{draft}");
    assert!(draft.contains("said while it was away"), "{draft}");
    world.all_said().await;
    let own = world.discord.channels();
    assert!(
        own.iter().all(|one| !one.name.starts_with("inc-")),
        "no channel besides"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_whose_making_was_not_heard_of_is_found_and_an_archived_one_woken() {
    let world = World::start().await;
    choose(&world, "incidents").await;
    let faults = world.discord.faults();
    faults.rest("POST", "channels/*/threads", 1, Trouble::EffectThenSilence);
    let inc = world.open("ana", "API is down").await;
    let threads = world.discord.channels();
    let threads = threads.iter().filter(|one| one.name.starts_with("INC-1"));
    assert_eq!(threads.map(|one| one.id).collect::<Vec<_>>(), [inc.channel]);
    world.card(inc.channel).await;
    world.all_said().await;
    let archived = world.discord.archive("ana", inc.channel, true);
    archived.await.unwrap();
    let values = [("incident", "1"), ("owner", "ben"), ("text", "buy disks")];
    world.slash("ana", "incident action add", &values).await;
    world
        .until(async || {
            let card = world.card(inc.channel).await;
            card.text().contains("1 open of 1").then_some(())
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_incident_is_never_a_thread() {
    let world = World::start().await;
    let forum = forum(&world);
    choose(&world, "outages").await;
    let values = [("title", "Leaked key"), ("private", "true")];
    let inc = world.open_with("ana", &values).await;
    let channel = world.discord.channel(inc.channel).unwrap();
    assert_eq!((channel.kind, channel.parent), (ChannelKind::Text, None));
    assert_ne!(channel.parent, Some(forum));
    let view = discord_sandbox::permission::VIEW_CHANNEL;
    assert!(!world.discord.may("ben", inc.channel, view));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_forum_is_gone_it_has_a_channel_and_says_why() {
    let world = World::start().await;
    forum(&world);
    choose(&world, "outages").await;
    world.discord.remove_channel("outages").unwrap();
    let inc = world.open("ana", "API is down").await;
    let channel = world.discord.channel(inc.channel).unwrap();
    assert_eq!(channel.kind, ChannelKind::Text);
    let told = world
        .entry(1, |entry| matches!(entry.fact, Fact::DeliveryFailed { .. }))
        .await;
    let Fact::DeliveryFailed { reason, .. } = told.fact else {
        unreachable!("it was asked for")
    };
    assert!(reason.contains("/scribe setup"), "{reason}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_right_to_open_threads_it_says_which_and_goes_on_once_it_has_it() {
    let world = World::start().await;
    forum(&world);
    choose(&world, "outages").await;
    let send = discord_sandbox::permission::SEND_MESSAGES;
    world.discord.deny_bot("outages", send).unwrap();
    let values = [("title", "API is down")];
    let answer = world.slash("ana", "incident open", &values).await;
    let said = world
        .until(async || {
            let now = world.discord.refresh(&answer).text();
            now.contains("no channel yet").then_some(now)
        })
        .await;
    assert!(said.contains("Create Public Threads"), "{said}");
}
