//! Turning the pages of what was found: after a restart, while the record
//! grows, and only to what whoever turns may see.

use discord_sandbox::{Answer, Overwrite, permission};

use crate::world::World;

/// Presses a button of a page; the page as it is then.
async fn turn(world: &World, who: &str, page: &Answer, label: &str) -> String {
    let message = page.message_id.unwrap();
    world
        .discord
        .click_label(who, "general", message, label)
        .await
        .unwrap();
    world.discord.refresh(page).text()
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_a_search_are_turned_after_a_restart_and_keep_their_lines() {
    let mut world = World::start().await;
    world.open("ana", "API is down").await;
    world.all_said().await;
    world.tell_notes(1, 20).await;
    let values = [("text", "note"), ("severity", "SEV1")];
    let page = world.slash("ben", "incident search", &values).await;
    let first = page.text();
    assert!(
        first.contains("**note** 19") && first.contains("**note** 12"),
        "{first}"
    );
    world.tell_notes(1, 3).await;
    world.kill_bot().await;
    world.start_bot().await;
    let second = turn(&world, "ben", &page, "Next").await;
    assert!(
        second.contains("**note** 11") && second.contains("**note** 4\n"),
        "{second}"
    );
    assert!(
        !second.contains("**note** 12"),
        "what came since moves nothing: {second}"
    );
    let third = turn(&world, "ben", &page, "Next").await;
    assert!(
        third.contains("**note** 3\n") && third.contains("**note** 0\n"),
        "{third}"
    );
    let back = turn(&world, "ben", &page, "Previous").await;
    assert_eq!(back.lines().next(), second.lines().next());
    let again = turn(&world, "ben", &page, "Previous").await;
    assert_eq!(again.lines().next(), first.lines().next());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_turns_a_page_sees_what_they_may_see_by_then() {
    let world = World::start().await;
    let dee = world.discord.user("dee").unwrap();
    world.open("ana", "API is down").await;
    let values = [("title", "Leaked key"), ("private", "true")];
    let secret = world.open_with("ana", &values).await;
    world.all_said().await;
    world.tell_notes(1, 6).await;
    world.tell_notes(2, 10).await;
    let sees = Overwrite::member(dee, permission::VIEW_CHANNEL, 0);
    world.discord.overwrite(secret.channel, sees).unwrap();
    let page = world
        .until(async || {
            let values = [("text", "note")];
            let page = world.slash("dee", "incident search", &values).await;
            page.text().contains("INC-2").then_some(page)
        })
        .await;
    assert_eq!(page.text().matches("**INC-2**").count(), 8);
    let hides = Overwrite::member(dee, 0, permission::VIEW_CHANNEL);
    world.discord.overwrite(secret.channel, hides).unwrap();
    world
        .until(async || {
            let values = [("incident", "INC-2")];
            let said = world.slash("dee", "incident show", &values).await;
            said.text()
                .starts_with("There is no incident")
                .then_some(())
        })
        .await;
    let said = turn(&world, "dee", &page, "Next").await;
    assert!(!said.contains("INC-2"), "{said}");
    let said = turn(&world, "dee", &page, "Previous").await;
    assert!(said.contains("INC-1") && !said.contains("INC-2"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_turned_too() {
    let world = World::start().await;
    for n in 1..=12 {
        let title = format!("Outage {n} of *the* | API `x`");
        let values = [("title", title.as_str()), ("severity", "SEV2")];
        world.open_with("ana", &values).await;
    }
    let values = [("title", "the* | API `"), ("past", "true")];
    let page = world.slash("ben", "incident list", &values).await;
    let first = page.text();
    assert!(
        first.contains("**INC-12**") && first.contains("**INC-3**"),
        "{first}"
    );
    assert!(!first.contains("**INC-2** "), "{first}");
    let second = turn(&world, "ben", &page, "Next").await;
    assert!(
        second.contains("**INC-2** ") && second.contains("**INC-1** "),
        "{second}"
    );
    assert!(!second.contains("**INC-3**"), "{second}");
}
