//! A channel or thread where people are working already becomes an incident.

use chrono::{DateTime, TimeDelta, Utc};
use discord_sandbox::{ChannelKind, Overwrite, Snowflake, permission};
use scribe::incident::{Actor, ChannelId, Fact, GuildSettings, Place, timeline};

use crate::world::World;

fn ago(minutes: i64) -> DateTime<Utc> {
    scribe::clock::now() - TimeDelta::minutes(minutes)
}

/// A channel in which people talked, so many minutes ago.
async fn talk(world: &World, channel: Snowflake, said: &[(&str, &str, i64)]) {
    for (who, text, minutes) in said {
        let said = world.discord.say_at(who, channel, text, ago(*minutes));
        said.await.unwrap();
    }
}

fn channel(world: &World, name: &str) -> Snowflake {
    world
        .discord
        .add_channel(world.discord.guild(), ChannelKind::Text, name, None)
}

async fn adopt(world: &World, channel: Snowflake, values: &[(&str, &str)]) -> String {
    let answer = world
        .slash_in("ana", channel, "incident adopt", values)
        .await;
    let answer = world.until(async || {
        let text = world.discord.refresh(&answer).text();
        let waits = text.is_empty() || text.contains("being recorded");
        (!waits).then_some(text)
    });
    answer.await
}

/// What people said, as the timeline of an incident has it.
async fn told(world: &World, number: u32) -> Vec<String> {
    let log = world.log(number).await;
    let said = |line: &scribe::incident::Line<'_>| {
        matches!(line.entry.fact, Fact::MessagePosted(_)).then(|| line.text.unwrap().to_owned())
    };
    timeline(&log).iter().filter_map(said).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_becomes_an_incident_with_its_history() {
    let mut world = World::start().await;
    let ops = channel(&world, "ops");
    let said = [
        ("ben", "lunch?", 90),
        ("ben", "errors everywhere", 30),
        ("cho", "looking", 20),
    ];
    talk(&world, ops, &said).await;
    let old = world.discord.messages(ops)[0].id;
    let answer = adopt(
        &world,
        ops,
        &[("title", "API is down"), ("since", "45m ago")],
    )
    .await;
    assert!(
        answer.starts_with("This is INC-1 now. The 2 messages are recorded"),
        "{answer}"
    );
    assert_eq!(told(&world, 1).await, ["errors everywhere", "looking"]);
    let card = world.card(ops).await;
    assert!(card.text().contains("API is down"), "{}", card.text());
    world.say("ben", ops, "rolled back").await;
    world
        .entry(1, |entry| entry.fact.text() == Some("rolled back"))
        .await;
    // It keeps its name, whatever becomes of the incident.
    let values = [("title", "Login is down")];
    world.slash_in("ana", ops, "incident rename", &values).await;
    world.see(ops, "Login is down").await;
    world.all_said().await;
    assert_eq!(world.discord.channel(ops).unwrap().name, "ops");
    assert_eq!(
        world
            .discord
            .channels()
            .iter()
            .filter(|c| c.name.starts_with("inc-"))
            .count(),
        0
    );
    // What was before its time stays out, edited or not, also after a start.
    world.discord.edit("ben", ops, old, "lunch!").await.unwrap();
    world.kill_bot().await;
    world
        .discord
        .edit("ben", ops, old, "lunch??")
        .await
        .unwrap();
    world.say("ben", ops, "all good").await;
    world.start_bot().await;
    world
        .entry(1, |entry| entry.fact.text() == Some("all good"))
        .await;
    let told = told(&world, 1).await;
    assert_eq!(
        told,
        ["errors everywhere", "looking", "rolled back", "all good"]
    );
    assert!(
        !world
            .log(1)
            .await
            .iter()
            .any(|entry| entry.fact.text().is_some_and(|text| text.contains("lunch")))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_becomes_an_incident_under_its_own_name() {
    let world = World::start().await;
    let thread = world
        .discord
        .thread("ben", "general", None, "Payments fail")
        .await
        .unwrap();
    world.say("ben", thread, "cards are refused").await;
    world.say("ben", "general", "see the thread").await;
    let answer = adopt(&world, thread, &[("severity", "SEV2")]).await;
    assert!(
        answer.starts_with("This is INC-1 now. The one message is recorded"),
        "{answer}"
    );
    let incident = world.incident(1).await;
    assert_eq!(incident.title, "Payments fail");
    assert_eq!(incident.place.unwrap().1, Place::Thread);
    assert_eq!(told(&world, 1).await, ["cards are refused"]);
    world.card(thread).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_history_is_recorded_once_and_oldest_first() {
    let world = World::start().await;
    let ops = channel(&world, "ops");
    let mut all = Vec::new();
    for n in 0..230 {
        let text = format!("line {n}");
        world
            .discord
            .say_at("ben", ops, &text, ago(50) + TimeDelta::seconds(n))
            .await
            .unwrap();
        all.push(text);
    }
    let answer = adopt(&world, ops, &[("title", "Slow")]).await;
    assert!(answer.contains("The 230 messages are recorded"), "{answer}");
    assert_eq!(told(&world, 1).await, all);
    let log = world.log(1).await;
    let recorded: Vec<_> = log
        .iter()
        .filter(|entry| matches!(entry.fact, Fact::MessagePosted(_)))
        .map(|entry| entry.fact.text().unwrap())
        .collect();
    assert_eq!(recorded, all, "in the log, too, the oldest stands first");
}

#[tokio::test(flavor = "multi_thread")]
async fn threads_of_its_time_belong_to_it_and_older_ones_do_not() {
    let world = World::start().await;
    let ops = channel(&world, "ops");
    let old = world
        .discord
        .thread("ben", ops, None, "last year")
        .await
        .unwrap();
    world.say("ben", old, "the old story").await;
    world.travel(TimeDelta::hours(3));
    let answer = adopt(&world, ops, &[("title", "Slow"), ("since", "1h ago")]).await;
    assert!(answer.starts_with("This is INC-1 now"), "{answer}");
    world.say("ben", ops, "hello").await;
    world
        .entry(1, |entry| entry.fact.text() == Some("hello"))
        .await;
    let log = world.log(1).await;
    assert!(
        !log.iter()
            .any(|entry| matches!(entry.fact, Fact::ThreadFollowed { .. })),
        "{log:#?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_channel_becomes_a_private_incident() {
    let world = World::start().await;
    let secret = channel(&world, "security");
    let guild = world.discord.guild();
    let view = permission::VIEW_CHANNEL;
    let everybody = Overwrite::role(guild, 0, view);
    world.discord.overwrite(secret, everybody).unwrap();
    for who in ["ana", "ben"] {
        let who = world.discord.user(who).unwrap();
        world
            .discord
            .overwrite(secret, Overwrite::member(who, view, 0))
            .unwrap();
    }
    let bot = world.discord.bot_id();
    world
        .discord
        .overwrite(secret, Overwrite::member(bot, view, 0))
        .unwrap();
    let announced = ChannelId(channel(&world, "announcements").0);
    let settle = |settings: &mut GuildSettings| {
        settings.announce_channel = Some(announced);
        Ok::<_, ()>(())
    };
    let (guild, by, now) = (world.key(1).guild, Actor::Scribe, scribe::clock::now());
    let settled = world.store.change_settings(guild, &by, now, settle);
    settled.await.unwrap().unwrap();
    let answer = adopt(&world, secret, &[("title", "Leaked key")]).await;
    assert!(
        answer.contains("It is private, as this channel is"),
        "{answer}"
    );
    assert!(world.incident(1).await.private);
    let list = world.slash("ben", "incident list", &[]).await.text();
    assert!(
        list.contains("Leaked key"),
        "who sees the channel sees it: {list}"
    );
    let list = world.slash("cho", "incident list", &[]).await.text();
    assert!(!list.contains("Leaked key"), "{list}");
    world.all_said().await;
    assert!(world.discord.messages("announcements").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_an_incidents_already_is_refused_with_a_way_out() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let answer = adopt(&world, inc.channel, &[("title", "Again")]).await;
    assert_eq!(
        answer,
        "This channel is INC-1's already, and what is said here is in its record. Its commands work right here."
    );
    let values = [("state", "resolved")];
    world
        .slash_in("ana", inc.channel, "incident status", &values)
        .await;
    let answer = adopt(&world, inc.channel, &[("title", "Again")]).await;
    assert!(
        answer.contains("`/incident reopen` takes it up again"),
        "{answer}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_scribe_may_not_do_there_is_told_before_anything_is_opened() {
    let world = World::start().await;
    let ops = channel(&world, "ops");
    let history = permission::READ_MESSAGE_HISTORY | permission::EMBED_LINKS;
    world.discord.deny_bot(ops, history).unwrap();
    let answer = adopt(&world, ops, &[("title", "Slow")]).await;
    assert!(
        answer.contains("here I lack Read Message History and Embed Links"),
        "{answer}"
    );
    assert!(
        world.store.guilds().await.unwrap().is_empty(),
        "nothing was opened"
    );
    // Nor may anybody have read to them what they may not read themselves.
    let ben = world.discord.user("ben").unwrap();
    let denied = Overwrite::member(ben, 0, permission::READ_MESSAGE_HISTORY);
    let quiet = channel(&world, "quiet");
    world.discord.overwrite(quiet, denied).unwrap();
    let values = [("title", "Slow")];
    let answer = world
        .slash_in("ben", quiet, "incident adopt", &values)
        .await;
    let answer = answer.text();
    assert!(answer.contains("**Read Message History**"), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incident_of_the_past_is_taken_over_by_its_span() {
    let world = World::start().await;
    let ops = channel(&world, "ops");
    let said = [
        ("ben", "lunch?", 300),
        ("ben", "errors everywhere", 200),
        ("cho", "rolled back 812", 190),
        ("ben", "thanks", 60),
    ];
    talk(&world, ops, &said).await;
    let span = [
        ("title", "Errors"),
        ("since", "220m ago"),
        ("until", "180m ago"),
    ];
    let answer = adopt(&world, ops, &span).await;
    assert!(
        answer.starts_with("INC-1 is in the record: 2 messages from"),
        "{answer}"
    );
    assert_eq!(
        told(&world, 1).await,
        ["errors everywhere", "rolled back 812"]
    );
    let incident = world.incident(1).await;
    assert!(incident.resolved_at().is_some() && incident.place.is_none());
    let again = adopt(&world, ops, &span).await;
    assert!(
        again.contains("not in a record already") || again.contains("taken over before"),
        "{again}"
    );
    // Nobody is told, and the channel is not the incident's.
    world.say("ben", ops, "as ever").await;
    world.all_said().await;
    assert!(world.discord.pins(ops).is_empty());
    let draft = world
        .slash_in("cho", ops, "postmortem show", &[("incident", "INC-1")])
        .await;
    assert!(draft.files[0].text().contains("rolled back 812"));
    let answer = adopt(&world, ops, &[("title", "x"), ("until", "180m ago")]).await;
    assert!(answer.contains("needs `since` too"), "{answer}");
    let swapped = [("title", "x"), ("since", "10m ago"), ("until", "180m ago")];
    let answer = adopt(&world, ops, &swapped).await;
    assert!(answer.contains("lies before `since`"), "{answer}");
    let empty = [("title", "x"), ("since", "170m ago"), ("until", "150m ago")];
    let answer = adopt(&world, ops, &empty).await;
    assert!(answer.contains("Nobody wrote anything here"), "{answer}");
}
