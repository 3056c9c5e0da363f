//! A guild that keeps what can be done to some of its people: by command,
//! button, form and reaction, as somebody who may and as somebody who may not.

use discord_sandbox::Snowflake;
use scribe::incident::{Fact, Status};

use crate::permissions::{ask, leaves, unknown, world};
use crate::world::World;

const RIGHTS: [&str; 6] = ["open", "change", "close", "redact", "publish", "set up"];

/// The commands about an incident that only read.
const READING: [&str; 10] = [
    "incident timeline",
    "incident audit",
    "incident show",
    "incident export",
    "incident action list",
    "postmortem draft",
    "postmortem show",
    "postmortem check",
    "postmortem versions",
    "incident search",
];

/// Gives the role *On-call* every right, by the command.
async fn on_call_may_all(world: &World) -> Snowflake {
    let role = world.discord.add_role(world.discord.guild(), "On-call", 0);
    for right in RIGHTS {
        let values = [("what", right), ("role", "On-call")];
        let said = world.slash("ana", "scribe permissions", &values).await;
        assert!(said.text().contains("**On-call**"), "{}", said.text());
    }
    role
}

fn refused(said: &str) -> bool {
    said.starts_with("You may not ") && said.contains("**On-call**")
}

/// Ben opened INC-1, which is private, and cho commands it. Eve sees it and is
/// on call; dee has to do with neither, ana runs the server. INC-2 is public.
#[tokio::test(flavor = "multi_thread")]
async fn each_command_is_kept_to_those_who_may_and_leaves_nothing_of_others() {
    let (world, _) = world().await;
    let role = on_call_may_all(&world).await;
    let guild = world.discord.guild();
    world.discord.give_role(guild, "eve", role).unwrap();
    world.all_said().await;
    let leaves = leaves(&world);
    let named: Vec<_> = leaves.iter().filter(|leaf| leaf.has("incident")).collect();
    let lengths = async || (world.log(1).await.len(), world.log(2).await.len());
    let before = lengths().await;
    for leaf in &named {
        let reads = READING.contains(&leaf.name.as_str());
        for (who, incident) in [("ben", "INC-1"), ("ben", "INC-2"), ("dee", "INC-2")] {
            let said = ask(&world, who, "general", leaf, Some(incident)).await;
            let is = format!("{} {incident} for {who}: {said}", leaf.name);
            assert_eq!(refused(&said), !reads, "{is}");
        }
        let said = ask(&world, "dee", "general", leaf, Some("INC-1")).await;
        let is = format!("{} for an outsider: {said}", leaf.name);
        assert!(unknown(&said) || refused(&said), "{is}");
    }
    assert_eq!(lengths().await, before, "nothing of them was recorded");
    for leaf in &named {
        let said = ask(&world, "cho", "general", leaf, Some("INC-1")).await;
        let not_even_led = ["incident redact", "postmortem publish"];
        let kept = not_even_led.contains(&leaf.name.as_str());
        assert_eq!(refused(&said), kept, "{} for cho: {said}", leaf.name);
        for (who, incident) in [("eve", "INC-1"), ("eve", "INC-2"), ("ana", "INC-2")] {
            let said = ask(&world, who, "general", leaf, Some(incident)).await;
            let is = format!("{} {incident} for {who}: {said}", leaf.name);
            assert!(!refused(&said) && !unknown(&said), "{is}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_names_no_incident_is_kept_to_those_who_may_too() {
    let world = World::start().await;
    let role = on_call_may_all(&world).await;
    let guild = world.discord.guild();
    world.discord.give_role(guild, "cho", role).unwrap();
    world.discord.show_command("scribe", role);
    for (command, values) in [
        ("incident open", &[("title", "API is down")][..]),
        ("incident open", &[]),
        ("incident adopt", &[]),
    ] {
        let said = world.slash("ben", command, values).await;
        assert!(
            refused(&said.text()) && said.modal.is_none(),
            "{}",
            said.text()
        );
    }
    assert!(world.store.log(world.key(1)).await.unwrap().is_empty());
    world.open("cho", "API is down").await;
    // Who may set up does so, and gives nobody rights.
    let values = [("name", "API")];
    let said = world.slash("cho", "scribe components add", &values).await;
    assert!(said.text().contains("API"), "{}", said.text());
    let values = [("what", "redact"), ("role", "On-call")];
    let said = world.slash("cho", "scribe permissions", &values).await;
    assert!(said.text().contains("**Manage Server**"), "{}", said.text());
    world.discord.remove_role(guild, role).unwrap();
    world.discord.add_role(guild, "Guests", 0);
    world
        .until(async || {
            let said = world
                .slash("ana", "scribe policy", &[("actions", "true")])
                .await;
            said.text()
                .contains("open incidents: a role that was deleted")
                .then_some(())
        })
        .await;
    let found = world.slash("ana", "scribe doctor", &[]).await.text();
    let how = "A role that may open incidents was deleted. Name another with `/scribe permissions what:open`";
    assert!(found.contains(how), "{found}");
    let said = world.slash("ben", "incident open", &[("title", "x")]).await;
    let text = said.text();
    assert!(text.contains("The roles that may were deleted"), "{text}");
    let values = [("what", "open"), ("usual", "true")];
    world.slash("ana", "scribe permissions", &values).await;
    world.open("ben", "Website is down").await;
    let values = [("what", "open"), ("role", "@everyone")];
    let said = world.slash("ana", "scribe permissions", &values).await;
    assert!(
        said.text().contains("open incidents: everybody\n"),
        "{}",
        said.text()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn buttons_forms_and_menus_ask_the_same() {
    let world = World::start().await;
    let guild = world.discord.guild();
    let inc = world.open("ana", "API is down").await;
    let card = world.card(inc.channel).await;
    let early = world
        .discord
        .click_label("ben", inc.channel, card.id, "Post an update")
        .await
        .unwrap();
    let role = on_call_may_all(&world).await;
    world.discord.give_role(guild, "cho", role).unwrap();
    let values = [("text", "turn it off"), ("owner", "ben")];
    world
        .slash_in("cho", inc.channel, "incident action add", &values)
        .await;
    world.all_said().await;
    let before = world.log(1).await.len();
    let kept = [
        "Identified",
        "Resolved",
        "Post an update",
        "Take command",
        "Add action item",
    ];
    for label in kept {
        let said = world
            .discord
            .click_label("ben", inc.channel, card.id, label)
            .await
            .unwrap();
        assert!(
            refused(&said.text()) && said.modal.is_none(),
            "{label}: {}",
            said.text()
        );
    }
    // A form from before is looked at when it is sent.
    let sent = world
        .discord
        .submit("ben", &early, &[("message", "We roll back")])
        .await
        .unwrap();
    assert!(refused(&sent.text()), "{}", sent.text());
    let elsewhere = world.say("ben", "general", "it began at nine").await;
    for menu in ["Add to timeline", "Add action item"] {
        let (place, message) = match menu {
            "Add to timeline" => ("general".into(), elsewhere),
            _ => (inc.channel.into(), card.id),
        };
        let place: discord_sandbox::ChannelRef = place;
        let said = world.discord.message_command("ben", place, message, menu);
        let said = said.await.unwrap();
        assert!(
            refused(&said.text()) && said.modal.is_none(),
            "{menu}: {}",
            said.text()
        );
    }
    assert_eq!(world.log(1).await.len(), before, "nothing was recorded");
    // What is said there is recorded, and marked by whoever reads it.
    let message = world.say("ben", inc.channel, "the disk is full").await;
    world
        .discord
        .react("ben", inc.channel, message, "📌")
        .await
        .unwrap();
    world
        .entry(1, |entry| matches!(entry.fact, Fact::KeyMarked { .. }))
        .await;
    let done = [("number", "1")];
    let said = world
        .slash_in("ben", inc.channel, "incident action done", &done)
        .await;
    assert!(
        said.text().starts_with("Recorded as #"),
        "what is theirs to do they finish: {}",
        said.text()
    );
    // On call, and then without the role as the commander.
    let said = world
        .discord
        .click_label("cho", inc.channel, card.id, "Identified")
        .await
        .unwrap();
    assert!(said.text().starts_with("Recorded as #"), "{}", said.text());
    let values = [("name", "commander"), ("user", "ben")];
    world
        .slash_in("cho", inc.channel, "incident role", &values)
        .await;
    let values = [("state", "resolved")];
    let said = world
        .slash_in("ben", inc.channel, "incident status", &values)
        .await;
    assert!(said.text().starts_with("Recorded as #"), "{}", said.text());
    assert_eq!(world.incident(1).await.status_now(), Status::Resolved);
    let said = world.slash_in("ben", inc.channel, "postmortem publish", &[]);
    assert!(refused(&said.await.text()), "to publish is another right");
}
