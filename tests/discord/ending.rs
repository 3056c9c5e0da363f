//! Where incidents end: threads are archived, channels moved and closed, and
//! both come back when an incident is taken up again.

use chrono::TimeDelta;
use discord_sandbox::{ChannelKind, Overwrite, SeenChannel, Snowflake, permission};
use scribe::incident::Fact;
use scribe::jobs::Endings;

use crate::world::{Opened, World};

fn job(world: &World) -> Endings {
    Endings::new(world.store.clone(), world.clock())
}

/// Looks what is over and quiet, and waits until it is put away.
async fn look(world: &World) {
    job(world).look(world.clock()()).await.unwrap();
    world.all_said().await;
}

fn there(world: &World, channel: Snowflake) -> SeenChannel {
    world.discord.channel(channel).unwrap()
}

fn category(world: &World, name: &str) -> Snowflake {
    let guild = world.discord.guild();
    let kind = ChannelKind::Category;
    world.discord.add_channel(guild, kind, name, None)
}

async fn choose_home(world: &World, home: &str) {
    let page = world.slash("ana", "scribe setup", &[]).await;
    let (message, menu) = (page.message_id.unwrap(), "scribe:setup:category");
    world
        .discord
        .select("ana", "general", message, menu, &[home])
        .await
        .unwrap();
}

async fn status(world: &World, inc: Opened, state: &str) {
    let values = [("state", state)];
    let said = world
        .slash_in("ana", inc.channel, "incident status", &values)
        .await;
    assert!(said.text().starts_with("Recorded as #"), "{}", said.text());
    world.all_said().await;
}

async fn archived(world: &World, number: u32) -> usize {
    let log = world.log(number).await;
    let archived = |entry: &&_| {
        matches!(
            entry,
            scribe::incident::Entry {
                fact: Fact::PlaceArchived { .. },
                ..
            }
        )
    };
    log.iter().filter(archived).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_is_archived_after_a_quiet_day_and_woken_when_it_is_reopened() {
    let mut world = World::start().await;
    choose_home(&world, "incidents").await;
    let inc = world.open("ana", "API is down").await;
    world.say("ben", inc.channel, "rolled back 812").await;
    status(&world, inc, "resolved").await;
    world.travel(TimeDelta::hours(20));
    world.say("ben", inc.channel, "all quiet").await;
    world
        .entry(1, |entry| entry.fact.text() == Some("all quiet"))
        .await;
    world.travel(TimeDelta::hours(20));
    look(&world).await;
    assert!(!there(&world, inc.channel).archived, "people wrote lately");
    world.travel(TimeDelta::hours(5));
    // Once, whoever looks, and though nobody delivers at first.
    world.kill_bot().await;
    let (one, other, now) = (job(&world), job(&world), world.clock()());
    let (a, b) = tokio::join!(one.look(now), other.look(now));
    a.and(b).unwrap();
    world.start_bot().await;
    world.all_said().await;
    let thread = there(&world, inc.channel);
    assert!(thread.archived && !thread.locked);
    assert_eq!(archived(&world, 1).await, 1);
    look(&world).await;
    assert_eq!(archived(&world, 1).await, 1, "it is done once");
    // What stands in it can still be changed, and it sleeps on.
    let entry = world.entry(1, |entry| entry.fact.text() == Some("rolled back 812"));
    let values = [
        ("entry", entry.await.seq.0.to_string()),
        ("reason", "secret".to_owned()),
        ("incident", "INC-1".to_owned()),
    ];
    let values = values.each_ref().map(|(a, b)| (*a, b.as_str()));
    world.slash("ana", "incident redact", &values).await;
    world.all_said().await;
    let said = world.slash(
        "ana",
        "incident reopen",
        &[("incident", "INC-1"), ("state", "identified")],
    );
    assert!(said.await.text().starts_with("Recorded as #"));
    world.all_said().await;
    assert!(!there(&world, inc.channel).archived);
    assert!(world.incident(1).await.archived.is_none());
    world.travel(TimeDelta::days(30));
    look(&world).await;
    assert!(!there(&world, inc.channel).archived, "it is open");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_is_locked_where_the_guild_wants_that() {
    let world = World::start().await;
    choose_home(&world, "incidents").await;
    let values = [("threads", "2 days"), ("lock", "true")];
    let said = world.slash("ana", "scribe archive", &values).await.text();
    assert!(
        said.contains("archived and locked after 2 quiet days"),
        "{said}"
    );
    let inc = world.open("ana", "API is down").await;
    status(&world, inc, "resolved").await;
    // Discord was first.
    world
        .discord
        .archive("ana", inc.channel, true)
        .await
        .unwrap();
    world.travel(TimeDelta::hours(49));
    look(&world).await;
    let thread = there(&world, inc.channel);
    assert!(thread.archived && thread.locked);
    let values = [("incident", "INC-1"), ("state", "identified")];
    world.slash("ana", "incident reopen", &values).await;
    world.all_said().await;
    let thread = there(&world, inc.channel);
    assert!(!thread.archived && !thread.locked);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_is_moved_and_closed_and_comes_back_as_it_was() {
    let world = World::start().await;
    let guild = world.discord.guild();
    let (home, archive) = (category(&world, "Emergencies"), category(&world, "Archive"));
    choose_home(&world, "Emergencies").await;
    let said = world.slash("ana", "scribe archive", &[("channels", "7 days")]);
    assert!(said.await.text().contains("add `category`"));
    let values = [("channels", "7 days"), ("category", "Archive")];
    let said = world.slash("ana", "scribe archive", &values).await.text();
    assert!(said.contains("and closed after 7 quiet days"), "{said}");
    let inc = world.open("ana", "API is down").await;
    let role = world.discord.add_role(guild, "On-call", 0);
    let writes = permission::VIEW_CHANNEL | permission::SEND_MESSAGES;
    let on_call = Overwrite::role(role, writes, 0);
    world.discord.overwrite(inc.channel, on_call).unwrap();
    let before = there(&world, inc.channel);
    status(&world, inc, "resolved").await;
    world.travel(TimeDelta::days(6));
    look(&world).await;
    assert_eq!(there(&world, inc.channel).parent, Some(home));
    world.travel(TimeDelta::hours(25));
    look(&world).await;
    let put_away = there(&world, inc.channel);
    assert_eq!(put_away.parent, Some(archive));
    let may = |who: &str, what| world.discord.may(who, inc.channel, what);
    assert!(may("ben", permission::VIEW_CHANNEL));
    assert!(!may("ben", permission::SEND_MESSAGES));
    world.discord.give_role(guild, "cho", role).unwrap();
    assert!(!may("cho", permission::SEND_MESSAGES), "nor by a role");
    // Scribe still tells there what is done later.
    let values = [("incident", "INC-1"), ("text", "write it down")];
    world.slash("ana", "incident action add", &values).await;
    world.see(inc.channel, "write it down").await;
    let card = world.card(inc.channel).await;
    assert!(
        card.buttons().iter().any(|label| label == "Reopen"),
        "{:?}",
        card.buttons()
    );
    let reopened = world
        .discord
        .click_label("ben", inc.channel, card.id, "Reopen")
        .await
        .unwrap();
    assert!(reopened.text().starts_with("Recorded as #"));
    world.all_said().await;
    let after = there(&world, inc.channel);
    assert_eq!(
        (after.parent, &after.overwrites),
        (before.parent, &before.overwrites)
    );
    assert!(may("ben", permission::SEND_MESSAGES));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_archive_goes_on_in_the_next_and_a_missing_permission_is_said_once() {
    let world = World::start().await;
    let guild = world.discord.guild();
    category(&world, "Archive");
    world.discord.fill_category("Archive").unwrap();
    let values = [("channels", "1 day"), ("category", "Archive")];
    world.slash("ana", "scribe archive", &values).await;
    let (one, two) = (
        world.open("ana", "API is down").await,
        world.open("ana", "Website is down").await,
    );
    for inc in [one, two] {
        status(&world, inc, "resolved").await;
    }
    world.travel(TimeDelta::days(2));
    let roles = permission::MANAGE_ROLES;
    world.discord.take_from_bot(guild, roles).unwrap();
    job(&world).look(world.clock()()).await.unwrap();
    let failed = |entry: &_| matches!(entry, scribe::incident::Entry { fact: Fact::DeliveryFailed { what, .. }, .. } if what == "archiving");
    world.entry(1, failed).await;
    world.entry(2, failed).await;
    let card = world
        .see(one.channel, "Manage Roles and Manage Threads")
        .await;
    assert!(card.text().contains("archiving"), "{}", card.text());
    world
        .discord
        .set_bot_permissions(guild, permission::BOT_DEFAULT)
        .unwrap();
    world.all_said().await;
    let parents = [one, two].map(|inc| there(&world, inc.channel).parent.unwrap());
    assert_eq!(parents[0], parents[1], "one new category is enough");
    assert_eq!(there(&world, parents[0]).name, "Archive 2");
    let log = world.log(1).await;
    assert_eq!(log.iter().filter(|entry| failed(entry)).count(), 1);
    assert!(world.incident(1).await.failed_deliveries.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_open_again_adopted_or_deleted_is_left_alone() {
    let world = World::start().await;
    let guild = world.discord.guild();
    category(&world, "Archive");
    let values = [("channels", "1 day"), ("category", "Archive")];
    world.slash("ana", "scribe archive", &values).await;
    let kind = ChannelKind::Text;
    let own = world.discord.add_channel(guild, kind, "ops", None);
    world.slash_in("ana", own, "incident adopt", &[]).await;
    let gone = world.open("ana", "Website is down").await;
    let again = world.open("ana", "API is down").await;
    for (inc, number) in [(own, 1), (gone.channel, 2), (again.channel, 3)] {
        let channel = inc;
        let inc = Opened { number, channel };
        status(&world, inc, "resolved").await;
    }
    world.discord.remove_channel(gone.channel).unwrap();
    world.travel(TimeDelta::days(2));
    look(&world).await;
    status(&world, again, "identified").await;
    assert_eq!(there(&world, own).parent, None);
    assert_eq!(archived(&world, 1).await, 0, "it was theirs before");
    assert_eq!(
        archived(&world, 2).await,
        1,
        "there is nothing to come back to"
    );
    assert_eq!(there(&world, again.channel).parent, None, "it is back");
    look(&world).await;
    assert_eq!(archived(&world, 2).await, 1);
}
