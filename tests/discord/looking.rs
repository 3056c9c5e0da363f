//! Looking at what is recorded: the timeline, the card and the changes.

use discord_sandbox::Answer;

use crate::world::World;

/// Presses a button of an answer; what it shows then.
async fn turn(world: &World, who: &str, answer: &Answer, label: &str) -> String {
    let message = answer.message_id.unwrap();
    let turned = world.discord.click_label(who, "general", message, label);
    turned.await.unwrap();
    world.discord.refresh(answer).text()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_lines_are_those_of_the_drafts_short_timeline() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    for text in [
        "hi all",
        "lol",
        "I rolled back release 812 in production",
        "ok",
        "the error rate is back to normal, confirmed",
    ] {
        world.say("ben", inc.channel, text).await;
    }
    world
        .entry(inc.number, |entry| {
            let text = entry.fact.text();
            text.is_some_and(|text| text.contains("confirmed"))
        })
        .await;
    let values = [("state", "monitoring")];
    world
        .slash_in("ana", inc.channel, "incident status", &values)
        .await;
    let key = world.slash("ana", "incident timeline", &[("incident", "1")]);
    let key = key.await.text();
    for (text, there) in [
        ("declared SEV1", true),
        ("rolled back release 812", true),
        ("back to normal", true),
        ("investigating → monitoring", true),
        ("lol", false),
        ("hi all", false),
    ] {
        assert_eq!(key.contains(text), there, "{text}: {key}");
    }
    let values = [("incident", "1"), ("view", "all")];
    let all = world
        .slash("ana", "incident timeline", &values)
        .await
        .text();
    assert!(all.contains("lol") && all.contains("hi all"), "{all}");
    let shown = world.slash("ana", "incident show", &[("incident", "1")]);
    let shown = shown.await.text();
    assert!(
        shown.contains("**The last of its timeline**")
            && shown.contains("rolled back release 812")
            && shown.contains("investigating → monitoring")
            && !shown.contains("lol"),
        "{shown}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_the_whole_timeline_keeps_its_lines() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.tell_notes(inc.number, 200).await;
    let values = [("incident", "1"), ("view", "all"), ("page", "1")];
    let first = world.slash("ana", "incident timeline", &values).await;
    let text = first.text();
    assert!(text.contains("declared SEV1"), "{text}");
    assert!(!text.contains("note 199"), "{text}");
    let second = turn(&world, "ana", &first, "Later").await;
    assert!(second.contains("(2 of "), "{second}");
    assert!(!second.contains("declared SEV1"), "{second}");
    let back = turn(&world, "ana", &first, "Earlier").await;
    assert_eq!(back, text);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_changed_what_and_when_is_shown_to_those_who_may_see_it() {
    let world = World::start().await;
    let values = [("title", "Leaked key"), ("private", "true")];
    let inc = world.open_with("ana", &values).await;
    world.say("ana", inc.channel, "only said").await;
    world
        .entry(inc.number, |entry| entry.fact.text() == Some("only said"))
        .await;
    for (command, values) in [
        ("incident severity", [("level", "SEV2")].as_slice()),
        ("incident role", &[("name", "commander"), ("user", "ben")]),
        ("incident correct", &[("entry", "1"), ("at", "10m ago")]),
        ("incident rename", &[("title", "Leaked keys")]),
    ] {
        world.slash_in("ana", inc.channel, command, values).await;
    }
    let audit = world.slash("ben", "incident audit", &[("incident", "1")]);
    let audit = audit.await.text();
    for part in [
        "**Changes of INC-1 · Leaked keys**",
        "**Ana** declared",
        "SEV3 → SEV2",
        "**Ana** commander is Ben",
        "**Ana** corrected #1",
        "**Ana** renamed it to",
        "**Scribe** opened the channel",
    ] {
        assert!(audit.contains(part), "{part} is not in {audit}");
    }
    assert!(!audit.contains("only said"), "{audit}");
    let hidden = world.slash("cho", "incident audit", &[("incident", "1")]);
    let hidden = hidden.await.text();
    assert!(hidden.starts_with("There is no incident"), "{hidden}");
    world.tell_notes(inc.number, 200).await;
    let last = world.slash_in("ben", "general", "incident audit", &[("incident", "1")]);
    let last = last.await;
    assert!(last.text().contains("note 199"), "{}", last.text());
    let earlier = turn(&world, "ben", &last, "Earlier").await;
    assert!(!earlier.contains("note 199"), "{earlier}");
}
