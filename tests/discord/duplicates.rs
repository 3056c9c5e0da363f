//! What an incident looks like, and incidents that are tied to each other.

use chrono::TimeDelta;
use discord_sandbox::SeenMessage;
use scribe::incident::{IncidentNumber, Relation};

use crate::world::{Opened, World, opened};

async fn does(
    world: &World,
    who: &str,
    inc: Opened,
    command: &str,
    with: &[(&str, &str)],
) -> String {
    let answer = world.slash_in(who, inc.channel, command, with).await;
    answer.text()
}

fn like(message: &SeenMessage) -> bool {
    message.text().contains("Looks like")
}

/// Opens an incident; gives it and what its opener was answered.
async fn open_and_read(world: &World, who: &str, with: &[(&str, &str)]) -> (Opened, String) {
    let answer = world.slash(who, "incident open", with).await;
    let answer = world
        .until(async || {
            let now = world.discord.refresh(&answer);
            now.text().contains("is open: <#").then_some(now)
        })
        .await;
    let inc = opened(&answer.text());
    world.all_said().await;
    (inc, answer.text())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incident_that_was_opened_twice_is_found_and_becomes_one_by_a_button() {
    let mut world = World::start().await;
    let first = [
        ("title", "Checkout returns 502"),
        ("severity", "SEV2"),
        ("components", "API"),
    ];
    let first = world.open_with("ana", &first).await;
    let second = [
        ("title", "502 errors in checkout"),
        ("severity", "SEV1"),
        ("components", "api"),
    ];
    let (second, said) = open_and_read(&world, "ben", &second).await;
    assert!(
        said.contains("Looks like **INC-1** (open, SEV2, `Checkout returns 502`"),
        "{said}"
    );
    assert!(
        said.contains("same words **502** and **checkout**, same component **api**"),
        "{said}"
    );
    let offer = world.see(second.channel, "Looks like **INC-1**").await;
    assert_eq!(offer.buttons(), ["It is the same", "Related"]);
    assert_eq!(offer.pinged_users, [""; 0]);
    assert!(
        !world.discord.messages(first.channel).iter().any(like),
        "the first stays in peace"
    );
    world.kill_bot().await;
    world.start_bot().await;
    let pressed = world
        .discord
        .click_label("cho", second.channel, offer.id, "It is the same")
        .await
        .unwrap();
    assert!(
        pressed.text().starts_with("Recorded as #"),
        "{}",
        pressed.text()
    );
    let told = world.see(second.channel, "Duplicate of **INC-1**").await;
    assert!(
        told.text().contains(&format!("<#{}>", first.channel)),
        "{}",
        told.text()
    );
    world
        .see(first.channel, "INC-2 is a duplicate of this incident")
        .await;
    world.all_said().await;
    let card = world.card(second.channel).await.text();
    assert!(card.contains("Duplicate of: INC-1"), "{card}");
    let card = world.card(first.channel).await.text();
    assert!(card.contains("Duplicates: INC-2"), "{card}");
    let all = world.discord.messages(second.channel);
    let offer = all.iter().find(|one| like(one)).unwrap();
    assert_eq!(offer.buttons(), [""; 0], "it is decided");
    // Both reports name the other; nobody owes a postmortem of the duplicate.
    for inc in [second, first] {
        does(
            &world,
            "ana",
            inc,
            "incident status",
            &[("state", "resolved")],
        )
        .await;
    }
    let draft = world.see_file(second.channel, "postmortem.md").await;
    assert!(draft.contains("It is a duplicate of INC-1"), "{draft}");
    let draft = world.see_file(first.channel, "postmortem.md").await;
    assert!(draft.contains("It was also declared as INC-2"), "{draft}");
    let week = world
        .slash("ana", "summary week", &[("week", "this")])
        .await
        .text();
    assert!(week.contains("opened **1** (and 1 duplicate)"), "{week}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_said_where_nothing_is_alike_and_nobody_hears_of_what_they_may_not_see() {
    let world = World::start().await;
    let secret = [
        ("title", "Customer keys leaked by billing"),
        ("severity", "SEV1"),
        ("private", "true"),
    ];
    world.open_with("ana", &secret).await;
    let drill = [
        ("title", "Search index is stale"),
        ("severity", "SEV3"),
        ("drill", "true"),
    ];
    world.open_with("ana", &drill).await;
    world.open("ana", "Login is slow").await;
    let (other, said) = open_and_read(
        &world,
        "ben",
        &[("title", "Login page shows old logo"), ("severity", "SEV4")],
    )
    .await;
    assert!(!said.contains("Looks like"), "{said}");
    let (stale, said) = open_and_read(
        &world,
        "ben",
        &[("title", "Search index stale"), ("severity", "SEV3")],
    )
    .await;
    assert!(!said.contains("Looks like"), "an exercise is none: {said}");
    let (leak, said) = open_and_read(
        &world,
        "ben",
        &[
            ("title", "Billing leaked customer keys"),
            ("severity", "SEV1"),
        ],
    )
    .await;
    assert!(!said.contains("Looks like"), "it is private: {said}");
    // Whoever may see it is told, alone: their channel is for all.
    let again = [
        ("title", "Customer keys leaked in billing"),
        ("severity", "SEV1"),
    ];
    does(
        &world,
        "ana",
        leak,
        "incident status",
        &[("state", "cancelled")],
    )
    .await;
    let (own, said) = open_and_read(&world, "ana", &again).await;
    assert!(said.contains("Looks like **INC-1**"), "{said}");
    for inc in [other, stale, leak, own] {
        assert!(!world.discord.messages(inc.channel).iter().any(like));
    }
    // A record that all may read names nothing private.
    let refused = does(
        &world,
        "ana",
        own,
        "incident link",
        &[("relation", "duplicate_of"), ("to", "INC-1")],
    )
    .await;
    assert!(
        refused.contains("INC-1 is private and this one is not"),
        "{refused}"
    );
    let other_way = [
        ("relation", "related"),
        ("to", "INC-3"),
        ("incident", "INC-1"),
    ];
    does(&world, "ana", own, "incident link", &other_way).await;
    world.all_said().await;
    assert_eq!(world.incident(3).await.linked_from, []);
    assert_eq!(
        world.incident(1).await.links,
        [(Relation::Related, IncidentNumber(3))]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_lately_is_found_by_the_index() {
    let world = World::start().await;
    let old = world.open("ana", "Kafka consumer lag on orders").await;
    does(
        &world,
        "ana",
        old,
        "incident status",
        &[("state", "resolved")],
    )
    .await;
    world.travel(TimeDelta::days(20));
    let title = [
        ("title", "Consumer lag in kafka for orders"),
        ("severity", "SEV2"),
    ];
    let (again, said) = open_and_read(&world, "ben", &title).await;
    assert!(
        said.contains("Looks like **INC-1** (resolved, SEV1"),
        "{said}"
    );
    does(
        &world,
        "ben",
        again,
        "incident status",
        &[("state", "cancelled")],
    )
    .await;
    // A redacted title is gone from where it was offered too.
    does(
        &world,
        "ana",
        old,
        "incident redact",
        &[("entry", "1"), ("reason", "names a customer")],
    )
    .await;
    world
        .see(again.channel, "whose title was removed for good")
        .await;
    world.travel(TimeDelta::days(71));
    let (_, said) = open_and_read(&world, "ben", &title).await;
    assert!(!said.contains("Looks like"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ties_stand_on_both_sides_go_in_no_circle_and_can_be_taken_back() {
    let world = World::start().await;
    for title in ["Alpha", "Bravo", "Charlie", "Delta"] {
        world.open("ana", title).await;
    }
    let tie = async |from: &str, relation: &str, to: &str| {
        let with = [("incident", from), ("relation", relation), ("to", to)];
        world.slash("cho", "incident link", &with).await.text()
    };
    let untie = async |from: &str, relation: &str, to: &str| {
        let with = [
            ("incident", from),
            ("relation", relation),
            ("to", to),
            ("remove", "true"),
        ];
        world.slash("cho", "incident link", &with).await.text()
    };
    let card = async |number: u32| {
        world.all_said().await;
        let place = world.incident(number).await.place.unwrap().0;
        let channel = discord_sandbox::Snowflake(place.0);
        world.card(channel).await.text()
    };
    assert!(tie("1", "caused_by", "2").await.contains("Recorded as"));
    assert!(card(1).await.contains("Caused by: INC-2"));
    assert!(card(2).await.contains("Caused: INC-1"));
    assert!(tie("2", "caused_by", "3").await.contains("Recorded as"));
    let circle = tie("3", "caused_by", "1").await;
    assert!(
        circle.contains("a cause cannot be its own consequence"),
        "{circle}"
    );
    let circle = tie("2", "caused_by", "1").await;
    assert!(
        circle.contains("a cause cannot be its own consequence"),
        "{circle}"
    );
    let own = tie("1", "related", "1").await;
    assert!(own.contains("cannot be linked to itself"), "{own}");
    assert!(tie("1", "related", "4").await.contains("Recorded as"));
    assert!(card(4).await.contains("Related to: INC-1"));
    let twice = tie("4", "related", "1").await;
    assert!(twice.contains("linked to INC-1 so already"), "{twice}");
    // A duplicate has one original, and an original is no duplicate.
    assert!(tie("4", "duplicate_of", "3").await.contains("Recorded as"));
    let second = tie("4", "duplicate_of", "2").await;
    assert!(
        second.contains("It is a duplicate of INC-3 already"),
        "{second}"
    );
    let chain = tie("2", "duplicate_of", "4").await;
    assert!(chain.contains("Link this one to INC-3"), "{chain}");
    let original = tie("3", "duplicate_of", "1").await;
    assert!(
        original.contains("INC-4 is a duplicate of this one"),
        "{original}"
    );
    let around = tie("3", "duplicate_of", "4").await;
    assert!(
        around.contains("INC-4 is already a duplicate of this one"),
        "{around}"
    );
    // From either side it can be taken back.
    assert_eq!(
        untie("3", "duplicate_of", "4").await,
        "INC-4 is no longer recorded as duplicate of INC-3."
    );
    assert_eq!(
        untie("1", "related", "4").await,
        "INC-1 is no longer recorded as related to INC-4."
    );
    let nothing = untie("1", "related", "4").await;
    assert!(
        nothing.contains("not recorded as related to INC-4"),
        "{nothing}"
    );
    assert!(!card(3).await.contains("Duplicates"));
    assert!(!card(4).await.contains("Links"));
}
