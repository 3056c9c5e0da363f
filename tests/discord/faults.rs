//! What goes wrong between Discord and the bot.

use std::time::Duration;

use discord_sandbox::{Options, Request, Snowflake, Trouble};
use scribe::incident::Fact;

use crate::world::{PATIENCE, World, every_database};

every_database! {
    messages_are_recorded_once_through_lost_resumed_and_repeated_sessions
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_whose_making_was_not_heard_of_is_found_again() {
    let world = World::start().await;
    let guild = world.discord.guild();
    world.discord.faults().rest(
        "POST",
        &format!("guilds/{guild}/channels"),
        1,
        Trouble::EffectThenSilence,
    );
    let inc = world.open("ana", "API is down").await;
    let made = world
        .discord
        .channels()
        .into_iter()
        .filter(|channel| channel.name.starts_with("inc-"));
    assert_eq!(
        made.map(|channel| channel.id).collect::<Vec<_>>(),
        [inc.channel]
    );
}

/// Somebody makes a channel that looks like the incident's, while the answer to
/// the making of the real one is lost.
#[tokio::test(flavor = "multi_thread")]
async fn a_private_incident_is_never_put_into_a_channel_of_somebody_else() {
    let world = World::start().await;
    let (discord, guild) = (&world.discord, world.discord.guild());
    let made = format!("guilds/{guild}/channels");
    discord
        .faults()
        .rest("POST", &made, 1, Trouble::Status(500));
    let values = [("title", "Leaked key"), ("private", "true")];
    let answer = world.slash("ana", "incident open", &values);
    let trap = async {
        let asked = |one: &Request| one.method == "POST" && one.path.ends_with(&made);
        discord.wait_for_request(asked, PATIENCE).await.unwrap();
        let trap = discord.create_channel("ana", guild, "inc-1-leaked-key");
        let trap = trap.await.unwrap();
        discord.set_topic("ana", trap, "INC-1 · SEV1 · x").unwrap();
        trap
    };
    let (answer, trap) = tokio::join!(answer, trap);
    let said = world
        .until(async || {
            let now = discord.refresh(&answer).text();
            now.contains("<#").then_some(now)
        })
        .await;
    assert!(!said.contains(&trap.to_string()), "{said}");
    let view = discord_sandbox::permission::VIEW_CHANNEL;
    let (place, _) = world.incident(1).await.place.unwrap();
    assert!(!discord.may("ben", Snowflake(place.0), view));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_channel_of_a_private_incident_is_found_again_too() {
    let world = World::start().await;
    let made = format!("guilds/{}/channels", world.discord.guild());
    let faults = world.discord.faults();
    faults.rest("POST", &made, 1, Trouble::EffectThenSilence);
    let values = [("title", "Leaked key"), ("private", "true")];
    let inc = world.open_with("ana", &values).await;
    let channels = world.discord.channels();
    let ours = channels.iter().filter(|one| one.name.starts_with("inc-"));
    assert_eq!(ours.map(|one| one.id).collect::<Vec<_>>(), [inc.channel]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_somebody_deleted_comes_back() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let card = world.card(inc.channel).await;
    world
        .discord
        .delete("ana", inc.channel, card.id)
        .await
        .unwrap();
    world
        .slash_in(
            "ana",
            inc.channel,
            "incident status",
            &[("state", "monitoring")],
        )
        .await;
    let card = world.card(inc.channel).await;
    assert!(card.text().contains("**monitoring**"), "{}", card.text());
}

async fn messages_are_recorded_once_through_lost_resumed_and_repeated_sessions(world: World) {
    let inc = world.open("ana", "API is down").await;
    let faults = world.discord.faults();
    faults.deliver_twice(true);
    faults.deliver_out_of_order(7);
    for n in 0..20 {
        world.say("ben", inc.channel, &format!("line {n}")).await;
    }
    faults.drop_gateway();
    for n in 20..30 {
        world.say("ben", inc.channel, &format!("line {n}")).await;
    }
    faults.lose_sessions();
    for n in 30..40 {
        world.say("ben", inc.channel, &format!("line {n}")).await;
    }
    world
        .until(async || {
            let log = world.log(inc.number).await;
            let lines = log
                .iter()
                .filter(|entry| matches!(entry.fact, Fact::MessagePosted(_)));
            (lines.count() >= 40).then_some(())
        })
        .await;
    let log = world.log(inc.number).await;
    let lines = scribe::incident::timeline(&log);
    let said: Vec<_> = lines
        .iter()
        .filter_map(|line| line.text.filter(|text| text.starts_with("line ")))
        .collect();
    let expected: Vec<_> = (0..40).map(|n| format!("line {n}")).collect();
    assert_eq!(said, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_without_a_heartbeat_is_begun_again() {
    let heartbeat = Duration::from_millis(1_500);
    let world = World::with(Options {
        heartbeat,
        ..Options::default()
    })
    .await;
    let inc = world.open("ana", "API is down").await;
    let faults = world.discord.faults();
    faults.hang_upgrade(true);
    faults.drop_gateway();
    assert!(faults.upgrade_hangs(PATIENCE).await);
    world.say("ben", inc.channel, "can anybody hear me").await;
    faults.hang_upgrade(false);
    world
        .entry(inc.number, |entry| {
            entry.fact.text() == Some("can anybody hear me")
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_gets_a_role_in_a_private_incident_is_let_in() {
    let world = World::start().await;
    let inc = world
        .open_with("ana", &[("title", "Leaked key"), ("private", "true")])
        .await;
    let view = discord_sandbox::permission::VIEW_CHANNEL;
    assert!(!world.discord.may("ben", inc.channel, view));
    world
        .slash_in(
            "ana",
            inc.channel,
            "incident role",
            &[("name", "commander"), ("user", "ben")],
        )
        .await;
    world
        .until(async || world.discord.may("ben", inc.channel, view).then_some(()))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_recorded_before_its_answer_failed_is_not_said_to_be_lost() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.all_said().await;
    let noted = world.log(inc.number).await.len() + 1;
    let faults = world.discord.faults();
    faults.rest("POST", "interactions/*/*/callback", 1, Trouble::Status(500));
    let values = [("text", "rolled back 812")];
    let answer = world.slash_in("ana", inc.channel, "incident note", &values);
    let answer = answer.await.text();
    let recorded = format!("Recorded: INC-1 #{noted}. After that something went wrong");
    assert!(answer.starts_with(&recorded), "{answer}");
    faults.rest("POST", "interactions/*/*/callback", 1, Trouble::Status(500));
    let answer = world.slash("ana", "scribe components add", &[("name", "API")]);
    let answer = answer.await.text();
    assert!(answer.starts_with("Recorded: the settings."), "{answer}");
    faults.rest("POST", "interactions/*/*/callback", 1, Trouble::Status(500));
    let answer = world.slash("ana", "incident list", &[]).await.text();
    assert!(answer.contains("and nothing was recorded"), "{answer}");
}
