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
