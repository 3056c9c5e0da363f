//! What a guild chooses.

use crate::world::World;

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
async fn what_has_to_be_typed_is_asked_for_in_a_form() {
    let world = World::start().await;
    let page = world.slash("ana", "scribe setup", &[]).await;
    let message = page.message_id.unwrap();
    let form = world
        .discord
        .click("ana", "general", message, "scribe:setup:rest")
        .await
        .unwrap();
    let send = async |values: &[(&str, &str)]| {
        let answer = world.discord.submit("ana", &form, values).await;
        answer.unwrap().text()
    };
    let wrong = send(&[("severity", "terrible"), ("roles", "liaison")]).await;
    assert!(wrong.contains("`terrible` is no severity"), "{wrong}");
    let long = "x".repeat(60);
    let wrong = send(&[("roles", long.as_str())]).await;
    assert!(wrong.contains("1 to 50 characters"), "{wrong}");
    let saved = send(&[
        ("zone", "CT"),
        ("components", "API, Website"),
        ("roles", "Liaison, commander, liaison"),
        ("severity", "sev2"),
    ])
    .await;
    for part in [
        "America/Chicago",
        "API, Website",
        "commander, scribe, communications, liaison\n",
        "**SEV2**",
    ] {
        assert!(saved.contains(part), "{part} is not in {saved}");
    }
    let values = [("name", "lia"), ("user", "ben")];
    let offered = world
        .discord
        .autocomplete("ben", "general", "incident role", &values, "name")
        .await
        .unwrap();
    assert_eq!(offered[0].value, "liaison");
    world.open_with("ben", &[("title", "API is down")]).await;
    assert_eq!(world.incident(1).await.severity_now().to_string(), "SEV2");
    let saved = send(&[("roles", "none")]).await;
    assert!(
        !saved.contains("liaison") && saved.contains("**SEV2**"),
        "{saved}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_summary_whose_channel_is_gone_is_told_and_posted_once_there_is_another() {
    let world = World::start().await;
    let choose = async |channel: &str| {
        let page = world.slash("ana", "scribe setup", &[]).await;
        let (message, channels) = (page.message_id.unwrap(), [channel]);
        let menu = "scribe:setup:announcements";
        let chosen = world
            .discord
            .select("ana", "general", message, menu, &channels);
        chosen.await.unwrap();
    };
    let guild = world.discord.guild();
    let kind = discord_sandbox::ChannelKind::Text;
    world.discord.add_channel(guild, kind, "news", None);
    choose("news").await;
    world.discord.remove_channel("news").unwrap();
    let monday = chrono::NaiveDate::from_ymd_opt(2026, 7, 13).unwrap();
    let what = scribe::incident::Outgoing::WeekSummary { monday };
    let (guild, now) = (world.key(1).guild, scribe::clock::now());
    let queued = world
        .store
        .queue_once("weekly_summary", guild, "2026-W29", Some(&what), now);
    assert!(queued.await.unwrap());
    let told = world
        .until(async || {
            let page = world.slash("ana", "scribe schedule", &[]).await.text();
            page.contains("could not be posted").then_some(page)
        })
        .await;
    assert!(told.contains("weekly summary"), "{told}");
    assert!(told.contains("/scribe setup"), "{told}");
    choose("incidents").await;
    world.travel(chrono::TimeDelta::hours(1));
    world.see_file("incidents", "summary.html").await;
    world.all_said().await;
    let page = world.slash("ana", "scribe schedule", &[]).await.text();
    assert!(!page.contains("could not be posted"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_finds_what_is_missing_and_says_how_to_mend_it() {
    use discord_sandbox::permission::{EMBED_LINKS, MANAGE_THREADS};
    let world = World::start().await;
    let (discord, guild) = (&world.discord, world.discord.guild());
    let doctor = async || world.slash("ana", "scribe doctor", &[]).await.text();
    let found = doctor().await;
    assert!(found.contains("announced nowhere"), "{found}");
    let announce = discord.channel("incidents").unwrap().id;
    let settle = |settings: &mut scribe::incident::GuildSettings| -> Result<(), ()> {
        settings.announce_channel = Some(scribe::incident::ChannelId(announce.0));
        Ok(())
    };
    let (by, now) = (scribe::incident::Actor::Scribe, scribe::clock::now());
    let settled = world
        .store
        .change_settings(world.key(1).guild, &by, now, settle);
    settled.await.unwrap().unwrap();
    let found = doctor().await;
    assert!(found.starts_with("All is well"), "{found}");
    discord.take_from_bot(guild, MANAGE_THREADS).unwrap();
    discord.deny_bot("incidents", EMBED_LINKS).unwrap();
    let found = world
        .until(async || {
            let found = doctor().await;
            (found.contains("Manage Threads") && found.contains("Embed Links")).then_some(found)
        })
        .await;
    let lines = [
        "**Manage Threads** is missing: a private thread is recorded only once somebody adds Scribe",
        &format!("**Embed Links** is missing in <#{announce}>"),
    ];
    for line in lines {
        assert!(found.contains(line), "{line} is not in {found}");
    }
    world.travel(chrono::TimeDelta::minutes(5));
    let found = doctor().await;
    assert!(found.contains("ahead of Discord's"), "{found}");
    discord.remove_channel("incidents").unwrap();
    let found = doctor().await;
    assert!(found.contains("was deleted"), "{found}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_looks_into_the_channels_of_open_incidents_that_the_asker_may_see() {
    use discord_sandbox::permission::{MANAGE_GUILD, READ_MESSAGE_HISTORY};
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let secret = [("title", "A leak"), ("private", "true")];
    world.slash("ben", "incident open", &secret).await;
    world.all_said().await;
    let guild = world.discord.guild();
    let keeper = world.discord.add_role(guild, "keeper", MANAGE_GUILD);
    world.discord.give_role(guild, "cho", keeper).unwrap();
    let doctor = async || world.slash("cho", "scribe doctor", &[]).await.text();
    let hidden = world.incident(2).await.place.unwrap().0;
    for place in [inc.channel.0, hidden.0] {
        let place = discord_sandbox::Snowflake(place);
        world.discord.deny_bot(place, READ_MESSAGE_HISTORY).unwrap();
    }
    let line = format!(
        "**Read Message History** is missing in <#{}>: what is said while Scribe is away is not recorded",
        inc.channel
    );
    let found = world
        .until(async || Some(doctor().await).filter(|found| found.contains(&line)))
        .await;
    assert!(!found.contains(&hidden.0.to_string()), "{found}");
    world.discord.remove_channel(inc.channel).unwrap();
    let found = doctor().await;
    assert!(
        found.contains("channel of **INC-1** was deleted"),
        "{found}"
    );
}
