//! Reminders: to whom, when, and what ends them.

use chrono::TimeDelta;
use discord_sandbox::{SeenMessage, Snowflake};
use scribe::incident::{Actor, Command, Context, Fact, IncidentNumber, Status};
use scribe::jobs::Reminders;
use scribe::store::{Request, Target, Writer};

use crate::world::World;

fn job(world: &World) -> Reminders {
    Reminders::new(world.store.clone(), world.clock())
}

/// Looks what is due, and waits until it is said.
async fn look(world: &World) {
    job(world).look(world.clock()()).await.unwrap();
    world.all_said().await;
}

/// The reminders in a channel.
fn reminders(world: &World, channel: Snowflake) -> Vec<SeenMessage> {
    let all = world.discord.messages(channel).into_iter();
    all.filter(|message| message.text().starts_with('⏰'))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_leads_and_nobody_is_told_until_somebody_does() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    look(&world).await;
    assert_eq!(
        reminders(&world, inc.channel).len(),
        0,
        "nothing is due yet"
    );
    world.travel(TimeDelta::minutes(11));
    look(&world).await;
    let [leads] = reminders(&world, inc.channel).try_into().unwrap();
    assert!(
        leads
            .text()
            .starts_with("⏰ Nobody leads INC-1, open since")
    );
    assert_eq!(leads.pinged_users, [""; 0], "there is nobody to call yet");
    assert_eq!(
        leads.buttons(),
        ["Take command", "Snooze 30 min", "Snooze 2 h", "Tomorrow"]
    );
    let click = world
        .discord
        .click_label("ben", inc.channel, leads.id, "Take command")
        .await
        .unwrap();
    assert_eq!(click.text(), "You lead INC-1 now. Nobody did before.");
    world.see(inc.channel, "is now **commander**").await;
    world.travel(TimeDelta::minutes(20));
    look(&world).await;
    let [_, update] = reminders(&world, inc.channel).try_into().unwrap();
    assert!(
        update.text().contains("no update of INC-1 since"),
        "{}",
        update.text()
    );
    assert_eq!(
        update.pinged_users,
        ["ben"],
        "whoever leads is asked, alone"
    );
    let form = world
        .discord
        .click_label("ben", inc.channel, update.id, "Post update")
        .await
        .unwrap();
    let sent = world
        .discord
        .submit("ben", &form, &[("message", "We roll back")]);
    sent.await.unwrap();
    world.travel(TimeDelta::minutes(29));
    look(&world).await;
    assert_eq!(
        reminders(&world, inc.channel).len(),
        2,
        "the reason is gone"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn each_is_said_once_whoever_looks_and_whatever_stops_in_between() {
    let mut world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.all_said().await;
    world.kill_bot().await;
    world.travel(TimeDelta::minutes(31));
    let (one, other) = (job(&world), job(&world));
    let now = world.clock()();
    let (a, b, c) = tokio::join!(one.look(now), other.look(now), one.look(now));
    a.and(b).and(c).unwrap();
    world.start_bot().await;
    for _ in 0..3 {
        look(&world).await;
    }
    let mut said: Vec<_> = reminders(&world, inc.channel)
        .iter()
        .map(|message| {
            message
                .text()
                .split(" INC-1")
                .next()
                .unwrap_or("")
                .to_owned()
        })
        .collect();
    said.sort();
    assert_eq!(said, ["⏰ No update of", "⏰ Nobody leads"]);
    // Slept through several rounds: the last is said, not all of them.
    world.kill_bot().await;
    world.travel(TimeDelta::hours(3));
    world.start_bot().await;
    look(&world).await;
    assert_eq!(reminders(&world, inc.channel).len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_queued_is_not_said_once_its_reason_is_gone() {
    let mut world = World::start().await;
    let inc = world
        .open_with("ana", &[("title", "Slow"), ("severity", "SEV3")])
        .await;
    world.all_said().await;
    world.kill_bot().await;
    world.travel(TimeDelta::minutes(241));
    job(&world).look(world.clock()()).await.unwrap();
    assert_eq!(world.store.outbox_depth().await.unwrap().waiting, 1);
    let writer = Writer::start(world.store.clone());
    let request = Request {
        guild: world.key(1).guild,
        target: Target::Incident(IncidentNumber(1)),
        command: Command::SetStatus {
            to: Status::Cancelled,
            message: None,
            at: None,
        },
        context: Context {
            actor: Actor::Scribe,
            now: world.clock()(),
            origin: None,
        },
        once: None,
        quiet: false,
    };
    writer.submit(request).await.unwrap();
    writer.close().await;
    world.start_bot().await;
    look(&world).await;
    assert_eq!(reminders(&world, inc.channel).len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_is_put_off_by_its_button_after_a_restart_too() {
    let mut world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.travel(TimeDelta::minutes(11));
    look(&world).await;
    let [leads] = reminders(&world, inc.channel).try_into().unwrap();
    world.kill_bot().await;
    world.start_bot().await;
    let click = world
        .discord
        .click_label("ben", inc.channel, leads.id, "Snooze 30 min")
        .await
        .unwrap();
    assert!(
        click.text().starts_with("Recorded as #"),
        "{}",
        click.text()
    );
    world
        .see(
            inc.channel,
            "The reminder of the missing commander is put off until",
        )
        .await;
    world.travel(TimeDelta::minutes(18));
    look(&world).await;
    assert_eq!(reminders(&world, inc.channel).len(), 1, "put off");
    world.kill_bot().await;
    world.travel(TimeDelta::minutes(13));
    world.start_bot().await;
    look(&world).await;
    let again = reminders(&world, inc.channel);
    let leads_again = again.iter().filter(|one| one.text().contains("leads"));
    let [leads_again] = leads_again.collect::<Vec<_>>().try_into().unwrap();
    assert_ne!(
        leads_again.id, leads.id,
        "the first says that it was put off"
    );
    world
        .slash_in(
            "ana",
            inc.channel,
            "incident role",
            &[("name", "commander"), ("user", "ana")],
        )
        .await;
    let late = world
        .discord
        .click_label("ben", inc.channel, leads_again.id, "Snooze 2 h")
        .await
        .unwrap();
    assert!(
        late.text().contains("nothing has to be put off"),
        "{}",
        late.text()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_postmortem_is_asked_for_until_it_is_published() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let resolve = [("state", "resolved")];
    world
        .slash_in("ana", inc.channel, "incident status", &resolve)
        .await;
    world.all_said().await;
    world.travel(TimeDelta::days(4));
    look(&world).await;
    assert_eq!(reminders(&world, inc.channel).len(), 0, "it is not due");
    world.travel(TimeDelta::days(1) + TimeDelta::hours(10));
    look(&world).await;
    world.travel(TimeDelta::days(2));
    look(&world).await;
    let said = reminders(&world, inc.channel);
    assert_eq!(said.len(), 2);
    assert!(
        said[1].text().contains("The postmortem of INC-1 was due"),
        "{}",
        said[1].text()
    );
    assert_eq!(said[1].buttons()[0], "Write the summary");
    let published = [("state", "postmortem")];
    world
        .slash_in("ana", inc.channel, "incident status", &published)
        .await;
    world.travel(TimeDelta::days(9));
    look(&world).await;
    assert_eq!(reminders(&world, inc.channel).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_is_reminded_of_an_action_item_and_says_that_it_is_done() {
    let world = World::start().await;
    let inc = world
        .open_with(
            "ana",
            &[("title", "Leak"), ("severity", "SEV4"), ("private", "true")],
        )
        .await;
    let add = [
        ("text", "rotate the keys"),
        ("owner", "ana"),
        ("due", "in 3 days"),
    ];
    world
        .slash_in("ana", inc.channel, "incident action add", &add)
        .await;
    world.travel(TimeDelta::days(2));
    look(&world).await;
    assert_eq!(reminders(&world, inc.channel).len(), 0, "it is not due");
    world.travel(TimeDelta::days(2) + TimeDelta::hours(12));
    look(&world).await;
    let said = reminders(&world, inc.channel);
    let said = said.last().expect("it is due");
    assert!(
        said.text().contains("action item 1 of INC-1"),
        "{}",
        said.text()
    );
    assert!(said.text().contains("> rotate the keys"), "{}", said.text());
    assert_eq!(said.pinged_users, ["ana"], "its owner, and nobody else");
    for channel in ["general", "incidents"] {
        let said = world.discord.messages(channel);
        let leaked = said.iter().any(|message| message.text().contains("rotate"));
        assert!(
            !leaked,
            "a private incident speaks in its own channel alone"
        );
    }
    let done = world
        .discord
        .click_label("ana", inc.channel, said.id, "Done")
        .await
        .unwrap();
    assert!(done.text().starts_with("Recorded as #"), "{}", done.text());
    world
        .entry(1, |entry| {
            matches!(entry.fact, Fact::ActionDone { number: 1 })
        })
        .await;
    let before = reminders(&world, inc.channel).len();
    world.travel(TimeDelta::days(30));
    look(&world).await;
    assert_eq!(reminders(&world, inc.channel).len(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guild_chooses_when_it_is_reminded_and_when_not() {
    let world = World::start().await;
    let hours = |from: i64, to: i64| {
        let at = |hours| (world.clock()() + TimeDelta::hours(hours)).format("%H:%M");
        format!("{}-{}", at(from), at(to))
    };
    let lacks = world.slash("ana", "scribe policy", &[("update", "20m")]);
    let lacks = lacks.await.text();
    assert!(lacks.contains("add `severity`"), "{lacks}");
    for (option, typed) in [("update", "3s"), ("postmortem", "1 h"), ("quiet", "nights")] {
        let values = [("severity", "SEV1"), (option, typed)];
        let refused = world.slash("ana", "scribe policy", &values).await.text();
        assert!(refused.contains("Nothing was changed"), "{refused}");
    }
    let quiet = hours(-1, 2);
    let values = [
        ("severity", "SEV1"),
        ("update", "20m"),
        ("commander", "off"),
        ("quiet", quiet.as_str()),
    ];
    let saved = world.slash("ana", "scribe policy", &values).await.text();
    assert!(
        saved.contains(
            "**SEV1**: no update for 20m, no word from the commander for 15m, open for 4h"
        ),
        "{saved}"
    );
    assert!(
        saved.contains(&format!("Quiet hours: {quiet} UTC")),
        "{saved}"
    );
    let inc = world.open("ana", "API is down").await;
    world.travel(TimeDelta::minutes(25));
    look(&world).await;
    assert_eq!(
        reminders(&world, inc.channel).len(),
        0,
        "these hours are quiet"
    );
    world.travel(TimeDelta::minutes(100));
    look(&world).await;
    assert_eq!(reminders(&world, inc.channel).len(), 1, "they are over");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_public_was_promised_is_asked_for_when_it_passed() {
    let world = World::start().await;
    let inc = world
        .open_with("ana", &[("title", "Slow"), ("severity", "SEV4")])
        .await;
    let promise = [("message", "We look for it. Next update in 45 minutes.")];
    world
        .slash_in("ana", inc.channel, "incident update", &promise)
        .await;
    world.travel(TimeDelta::minutes(44));
    look(&world).await;
    assert_eq!(reminders(&world, inc.channel).len(), 0, "it is not late");
    world.travel(TimeDelta::minutes(2));
    look(&world).await;
    let [late] = reminders(&world, inc.channel).try_into().unwrap();
    assert!(
        late.text()
            .contains("The next update of INC-1 was promised for"),
        "{}",
        late.text()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_becomes_an_action_item_with_an_owner_and_a_day() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let said = world
        .say("ben", inc.channel, "we should renew certificates by a job")
        .await;
    let form = world
        .discord
        .message_command("cho", inc.channel, said, "Add action item")
        .await
        .unwrap();
    let values = [
        ("text", "Renew certificates by a job"),
        ("due", "in 3 days"),
    ];
    let asked = world.discord.submit("cho", &form, &values).await.unwrap();
    assert!(
        asked.text().contains("It is action item 1. Who does it?"),
        "{}",
        asked.text()
    );
    world
        .discord
        .select(
            "cho",
            inc.channel,
            asked.message_id.unwrap(),
            "scribe:assign:1:1",
            &["ben"],
        )
        .await
        .unwrap();
    let told = world.see(inc.channel, "Action item 1 is <@").await;
    assert_eq!(told.pinged_users, ["ben"], "whoever has to do it is told");
    let action = world.incident(1).await.actions.remove(0);
    assert_eq!(action.owner.unwrap().name, "Ben");
    assert!(action.due.is_some());
    let added = world
        .entry(1, |entry| matches!(entry.fact, Fact::ActionAdded { .. }))
        .await;
    assert_eq!(
        added.origin.unwrap().message.0,
        said.0,
        "it tells where it is from"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_to_be_done_is_listed_across_incidents_and_without_private_ones() {
    let world = World::start().await;
    let one = world.open("ana", "API is down").await;
    let other = world.open("ana", "Mail is late").await;
    let secret = [("title", "Leak"), ("severity", "SEV4"), ("private", "true")];
    let secret = world.open_with("ana", &secret).await;
    let add = async |channel, text, owner, due| {
        let values = [("text", text), ("owner", owner), ("due", due)];
        world
            .slash_in("ana", channel, "incident action add", &values)
            .await;
    };
    add(one.channel, "renew certificates", "ben", "in 5 days").await;
    add(other.channel, "watch the queue", "cho", "in 2 days").await;
    add(other.channel, "rename the host", "ben", "in 20 days").await;
    add(secret.channel, "rotate the keys", "ana", "in 2 days").await;
    let list = async |who, values: &[(&str, &str)]| {
        world
            .slash(who, "incident action list", values)
            .await
            .text()
    };
    let all = list("cho", &[]).await;
    let places: Vec<usize> = ["watch the queue", "renew certificates", "rename the host"]
        .iter()
        .map(|text| {
            all.find(text)
                .unwrap_or_else(|| panic!("{text} is not in {all}"))
        })
        .collect();
    assert!(places.is_sorted(), "what is due first stands first: {all}");
    assert!(!all.contains("rotate"), "{all}");
    assert!(list("ana", &[]).await.contains("rotate the keys"));
    let mine = list("ben", &[("mine", "true")]).await;
    assert!(
        mine.contains("renew certificates") && !mine.contains("queue"),
        "{mine}"
    );
    world.travel(TimeDelta::days(4));
    let late = list("cho", &[("overdue", "true")]).await;
    assert!(
        late.contains("watch the queue") && !late.contains("renew"),
        "{late}"
    );
    let done = [("number", "1"), ("owner", "ben"), ("due", "in 9 days")];
    let given = world
        .slash_in("cho", other.channel, "incident action assign", &done)
        .await;
    assert!(
        given.text().starts_with("Recorded as #"),
        "{}",
        given.text()
    );
    let again = world
        .slash_in("cho", other.channel, "incident action assign", &done)
        .await;
    assert!(
        again.text().contains("is Ben's already"),
        "{}",
        again.text()
    );
    let late = list("cho", &[("overdue", "true")]).await;
    assert_eq!(
        late,
        "Nothing is to be done here. `/incident action add` adds something."
    );
}
