//! Processes that were told which shards are theirs, and a number of shards
//! that changes while they work.

use scribe::discord::Sharding;

use super::{Process, is_absence, one_in_each, other_guild, stand_once, world};

fn only(shard: u32) -> Sharding {
    Sharding::Range {
        first: shard,
        last: shard,
        total: 2,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shard_that_was_given_to_one_waits_for_it_and_nothing_is_lost() {
    let world = world(2).await;
    let guilds = [world.discord.guild(), other_guild(&world).await];
    let first = Process::serving(only(0), &world, &world.url).await;
    let second = Process::serving(only(1), &world, &world.url).await;
    first.serves(&world, &[0]).await;
    second.serves(&world, &[1]).await;
    let incidents = one_in_each(&world, guilds).await;
    let says = async |text: &str| {
        for (inc, _, who) in &incidents {
            world.say(who, inc.channel, text).await;
        }
    };
    says("with both").await;
    world.all_said().await;
    first.kill();
    says("with the second alone").await;
    let (of_first, of_second): (Vec<_>, Vec<_>) = incidents
        .iter()
        .partition(|(_, key, _)| (key.guild.0 >> 22) % 2 == 0);
    for (_, key, _) in &of_second {
        stand_once(&world, *key, &["with both", "with the second alone"]).await;
    }
    // Longer than anybody else would wait with it.
    tokio::time::sleep(super::HOLD * 2).await;
    assert_eq!(second.vitals.serving().0, [1], "the other one's is not its");
    for (_, key, _) in &of_first {
        let log = world.store.log(*key).await.unwrap();
        let alone = |text: Option<&str>| text == Some("with the second alone");
        assert!(!log.iter().any(|entry| alone(entry.fact.text())));
    }

    let again = Process::serving(only(0), &world, &world.url).await;
    again.serves(&world, &[0]).await;
    says("with both again").await;
    let texts = ["with both", "with the second alone", "with both again"];
    for (_, key, _) in &incidents {
        let log = stand_once(&world, *key, &texts).await;
        let absences = log.iter().filter(is_absence).count();
        let of_first = of_first.iter().any(|(_, of, _)| of == key);
        assert_eq!(absences, usize::from(of_first), "{key:?}");
    }
    assert_eq!(world.store.verify().await.unwrap().differences, []);
}

/// Whoever may serve any follows those who were told how many there are.
#[tokio::test(flavor = "multi_thread")]
async fn another_number_of_shards_moves_every_guild_and_nothing_is_lost_or_doubled() {
    let world = world(1).await;
    let guilds = [world.discord.guild(), other_guild(&world).await];
    let any = Process::start(&world, &world.url).await;
    any.serves(&world, &[0]).await;
    let incidents = one_in_each(&world, guilds).await;
    let says = async |text: &str| {
        for (inc, _, who) in &incidents {
            world.say(who, inc.channel, text).await;
        }
    };
    says("with one shard").await;
    let told = Process::serving(only(1), &world, &world.url).await;
    says("while they change").await;
    any.serves(&world, &[0]).await;
    told.serves(&world, &[1]).await;
    says("with two shards").await;
    told.kill();
    says("with one of them dead").await;
    // Of two or of one, whichever it knew last.
    let serves_all = async || {
        let (own, total) = any.vitals.serving();
        (own.len() == total as usize && any.vitals.is_connected()).then_some(())
    };
    world.until(serves_all).await;
    says("with all of them in one").await;
    let texts = [
        "with one shard",
        "while they change",
        "with two shards",
        "with one of them dead",
        "with all of them in one",
    ];
    for (_, key, _) in &incidents {
        stand_once(&world, *key, &texts).await;
    }
    assert_eq!(world.store.verify().await.unwrap().differences, []);
}
