//! What `/scribe doctor` says of the places incidents live in, and of the zone.

use discord_sandbox::ChannelKind;
use discord_sandbox::permission::{MANAGE_CHANNELS, MANAGE_ROLES, MANAGE_THREADS};

use crate::world::World;

async fn doctor(world: &World) -> String {
    world.slash("ana", "scribe doctor", &[]).await.text()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_scribe_may_not_do_where_incidents_are_opened_and_archived_is_found() {
    let world = World::start().await;
    let guild = world.discord.guild();
    let add = |kind, name: &str| world.discord.add_channel(guild, kind, name, None);
    let home = add(ChannelKind::Category, "Emergencies");
    let archive = add(ChannelKind::Category, "Archive");
    let choose = async |home: &str| {
        let page = world.slash("ana", "scribe setup", &[]).await;
        let (message, menu) = (page.message_id.unwrap(), "scribe:setup:category");
        world
            .discord
            .select("ana", "general", message, menu, &[home])
            .await
            .unwrap();
    };
    choose("Emergencies").await;
    let values = [("channels", "7 days"), ("category", "Archive")];
    world.slash("ana", "scribe archive", &values).await;
    let found = doctor(&world).await;
    assert!(!found.contains("is missing"), "{found}");
    world.discord.deny_bot(home, MANAGE_CHANNELS).unwrap();
    world.discord.deny_bot(archive, MANAGE_ROLES).unwrap();
    let lines = [
        format!("**Manage Channels** is missing in <#{home}>, where incidents are opened"),
        format!("**Manage Roles** is missing in <#{archive}>, where incidents are opened"),
    ];
    let says = async |line: &str| {
        world
            .until(async || Some(doctor(&world).await).filter(|found| found.contains(line)))
            .await
    };
    for line in &lines {
        says(line).await;
    }
    choose("incidents").await;
    let threads = world.discord.channel("incidents").unwrap().id;
    world.discord.deny_bot(threads, MANAGE_THREADS).unwrap();
    says(&format!("**Manage Threads** is missing in <#{threads}>")).await;
    world.discord.remove_channel(archive).unwrap();
    says("The category that channels are archived in was deleted. Choose another with `/scribe archive`").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_zone_that_nobody_chose_is_hinted_at_until_somebody_does() {
    let world = World::start().await;
    let hint = "Times without a zone are meant in UTC, because nobody chose a zone";
    let found = doctor(&world).await;
    assert!(found.contains(hint), "{found}");
    let values = [("zone", "UTC")];
    world.slash("ana", "scribe schedule", &values).await;
    let found = doctor(&world).await;
    assert!(!found.contains(hint), "{found}");
}
