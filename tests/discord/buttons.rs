//! The card's buttons and forms, before and after a restart.

use scribe::incident::Status;

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn buttons_work_after_a_restart_and_a_second_click_is_answered_kindly() {
    let mut world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let card = world.card(inc.channel).await;
    assert_eq!(
        card.buttons(),
        [
            "Identified",
            "Resolved",
            "Post an update",
            "Roles",
            "Timeline",
            "Take command",
            "Add action item"
        ]
    );
    world.kill_bot().await;
    world.start_bot().await;
    let click = world
        .discord
        .click_label("ben", inc.channel, card.id, "Identified")
        .await
        .unwrap();
    assert!(
        click.text().starts_with("Recorded as #"),
        "{}",
        click.text()
    );
    assert_eq!(
        world.incident(inc.number).await.status_now(),
        Status::Identified
    );
    // Before the card is shown anew, and from somebody whose screen is older.
    let again = world
        .discord
        .click("cho", inc.channel, card.id, "scribe:status:1:identified")
        .await;
    if let Ok(again) = again {
        assert!(
            again.text().contains("already **identified**"),
            "{}",
            again.text()
        );
    }
    world.all_said().await;
    let card = world.card(inc.channel).await;
    assert_eq!(card.buttons()[0], "Monitoring");
    assert!(card.text().contains("**identified**"), "{}", card.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn command_is_taken_and_an_action_item_added_from_the_card() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let card = world.card(inc.channel).await;
    let taken = world
        .discord
        .click_label("ben", inc.channel, card.id, "Take command")
        .await
        .unwrap();
    assert!(
        taken.text().starts_with("You lead INC-1 now"),
        "{}",
        taken.text()
    );
    world.see(inc.channel, "is now **commander**").await;
    let form = world
        .discord
        .click_label("cho", inc.channel, card.id, "Add action item")
        .await
        .unwrap();
    let typed = [("text", "Watch the disk"), ("due", "in 3 days")];
    let added = world.discord.submit("cho", &form, &typed).await.unwrap();
    assert!(
        added.text().starts_with("Recorded as #"),
        "{}",
        added.text()
    );
    world.see(inc.channel, "Watch the disk").await;
    world.all_said().await;
    let action = &world.incident(1).await.actions[0];
    assert_eq!(action.text, "Watch the disk");
    let entry = world.store.entry(world.key(1), action.seq).await.unwrap();
    assert_eq!(entry.unwrap().origin, None, "it was made of no message");
    let card = world.card(inc.channel).await;
    assert!(card.text().contains("commander: <@"), "{}", card.text());
    let again = card.buttons();
    assert!(!again.contains(&"Take command".to_owned()), "{again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_update_form_posts_an_update() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let card = world.card(inc.channel).await;
    let form = world
        .discord
        .click_label("ben", inc.channel, card.id, "Post an update")
        .await
        .unwrap();
    assert_eq!(form.modal.as_ref().unwrap().title, "Update for INC-1");
    let answer = world
        .discord
        .submit("ben", &form, &[("message", "We roll back")])
        .await
        .unwrap();
    assert!(
        answer.text().starts_with("Recorded as #"),
        "{}",
        answer.text()
    );
    world
        .see(inc.channel, "Update (**investigating**)\n> We roll back")
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_are_given_from_the_card_and_those_concerned_are_called() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let card = world.card(inc.channel).await;
    let page = world
        .discord
        .click_label("ana", inc.channel, card.id, "Roles")
        .await
        .unwrap();
    assert!(page.text().contains("Nobody has a role"), "{}", page.text());
    let message = page.message_id.unwrap();
    world
        .discord
        .select(
            "ana",
            inc.channel,
            message,
            "scribe:role:1:commander",
            &["ben"],
        )
        .await
        .unwrap();
    let told = world.see(inc.channel, "is now **commander**").await;
    assert_eq!(told.pinged_users, ["ben"]);
    world
        .discord
        .select(
            "ana",
            inc.channel,
            message,
            "scribe:role:1:commander",
            &["cho"],
        )
        .await
        .unwrap();
    let told = world.see(inc.channel, "in place of").await;
    let mut called = told.pinged_users;
    called.sort();
    assert_eq!(
        called,
        ["ben", "cho"],
        "the one it was taken from is told too"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_timeline_is_turned_page_by_page() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let text = "x".repeat(300);
    for n in 0..12 {
        world
            .slash_in(
                "ana",
                inc.channel,
                "incident note",
                &[("text", &format!("note {n} {text}"))],
            )
            .await;
    }
    let card = world.card(inc.channel).await;
    let page = world
        .discord
        .click_label("ben", inc.channel, card.id, "Timeline")
        .await
        .unwrap();
    assert!(page.ephemeral);
    assert!(
        page.text().contains("note 11") && !page.text().contains("note 0 "),
        "the last page comes first: {}",
        page.text()
    );
    let earlier = world
        .discord
        .click_label("ben", inc.channel, page.message_id.unwrap(), "Earlier")
        .await
        .unwrap();
    let earlier = world
        .until(async || {
            let now = world.discord.refresh(&earlier);
            (!now.text().contains("note 11")).then_some(now)
        })
        .await;
    assert!(earlier.text().contains(" of "), "{}", earlier.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_opens_an_incident_where_no_title_was_given() {
    let world = World::start().await;
    let form = world
        .slash(
            "ana",
            "incident open",
            &[("severity", "SEV2"), ("private", "true")],
        )
        .await;
    let modal = form.modal.clone().unwrap();
    assert_eq!(modal.title, "Open an incident");
    assert_eq!(modal.fields[1].value, "SEV2");
    let wrong = world
        .discord
        .submit(
            "ana",
            &form,
            &[("title", "Login fails"), ("severity", "very bad")],
        )
        .await
        .unwrap();
    assert!(
        wrong.text().contains("`very bad` is no severity"),
        "{}",
        wrong.text()
    );
    let answer = world
        .discord
        .submit(
            "ana",
            &form,
            &[
                ("title", "Login fails"),
                ("components", "Login, API"),
                ("started", "10m ago"),
            ],
        )
        .await
        .unwrap();
    let answer = world
        .until(async || {
            let now = world.discord.refresh(&answer);
            now.text().contains("<#").then_some(now)
        })
        .await;
    assert!(
        answer.text().starts_with("INC-1 is open"),
        "{}",
        answer.text()
    );
    let incident = world.incident(1).await;
    assert_eq!(
        (
            incident.title.as_str(),
            incident.private,
            incident.severity_now().to_string().as_str()
        ),
        ("Login fails", true, "SEV2")
    );
    assert_eq!(incident.outages.len(), 1);
    assert_eq!(incident.components.len(), 2);
    let channel = incident.place.unwrap().0.0;
    let view = discord_sandbox::permission::VIEW_CHANNEL;
    assert!(world.discord.may("ana", channel, view));
    assert!(
        !world.discord.may("ben", channel, view),
        "a private incident is its members' alone"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_incident_is_seen_by_its_members_alone() {
    let world = World::start().await;
    world
        .open_with("ben", &[("title", "Leaked key"), ("private", "true")])
        .await;
    for command in ["incident show", "incident timeline", "postmortem show"] {
        let answer = world.slash("cho", command, &[("incident", "INC-1")]).await;
        assert!(
            answer.text().contains("There is no incident"),
            "{command}: {}",
            answer.text()
        );
    }
    assert!(
        world
            .slash("cho", "incident list", &[])
            .await
            .text()
            .contains("No incident is open")
    );
    let offered = world
        .discord
        .autocomplete(
            "cho",
            "general",
            "incident show",
            &[("incident", "Lea")],
            "incident",
        )
        .await
        .unwrap();
    assert!(offered.is_empty(), "{offered:?}");
    assert!(
        world
            .slash("ben", "incident list", &[])
            .await
            .text()
            .contains("Leaked key")
    );
    let offered = world
        .discord
        .autocomplete(
            "ben",
            "general",
            "incident show",
            &[("incident", "")],
            "incident",
        )
        .await
        .unwrap();
    assert_eq!(offered[0].value, "INC-1");
}
