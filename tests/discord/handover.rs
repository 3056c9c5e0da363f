//! Command passes: offered and accepted by button, taken over from somebody who
//! is silent; who takes part and who was let in is in the record.

use chrono::TimeDelta;
use discord_sandbox::{Overwrite, SeenMessage, Snowflake, permission};
use scribe::incident::{Fact, Guest, Outcome, Passing, Role};
use scribe::jobs::Reminders;

use crate::world::{Opened, World};

async fn look(world: &World) {
    let job = Reminders::new(world.store.clone(), world.clock());
    job.look(world.clock()()).await.unwrap();
    world.all_said().await;
}

async fn does(
    world: &World,
    who: &str,
    inc: Opened,
    command: &str,
    with: &[(&str, &str)],
) -> String {
    let answer = world.slash_in(who, inc.channel, command, with).await;
    // Discord takes five messages in five seconds: what is said of one deed waits for no other.
    world.all_said().await;
    answer.text()
}

async fn press(world: &World, who: &str, inc: Opened, on: &SeenMessage, label: &str) -> String {
    let pressed = world.discord.click_label(who, inc.channel, on.id, label);
    pressed.await.unwrap().text()
}

/// An incident that `ana` leads.
async fn led_by_ana(world: &World) -> Opened {
    let inc = world.open("ana", "API is down").await;
    let lead = [("name", "commander"), ("user", "ana")];
    does(world, "ana", inc, "incident role", &lead).await;
    world.see(inc.channel, "is now **commander**").await;
    inc
}

async fn leads(world: &World, inc: Opened) -> Option<String> {
    let incident = world.incident(inc.number).await;
    let leads = incident.roles.get(&Role::commander());
    leads.map(|person| person.name.clone())
}

fn message(world: &World, inc: Opened, id: Snowflake) -> SeenMessage {
    let all = world.discord.messages(inc.channel);
    all.into_iter().find(|one| one.id == id).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn command_passes_once_the_one_who_was_asked_accepts() {
    let mut world = World::start().await;
    let inc = led_by_ana(&world).await;
    let hand = [("to", "ben"), ("note", "API *restarts* since 15:27")];
    let said = does(&world, "ana", inc, "incident handover", &hand).await;
    assert!(said.contains("You lead until they accept"), "{said}");
    let offer = world.see(inc.channel, "hands command of INC-1 over").await;
    assert_eq!(offer.pinged_users, ["ben"]);
    assert_eq!(offer.buttons(), ["Accept", "Decline"]);
    assert!(
        offer.text().contains("> API \\*restarts\\* since"),
        "{}",
        offer.text()
    );
    assert_eq!(
        leads(&world, inc).await.as_deref(),
        Some("Ana"),
        "nothing is in force yet"
    );
    // Somebody else cannot accept it, nor can whoever offers.
    for other in ["cho", "ana"] {
        let said = press(&world, other, inc, &offer, "Accept").await;
        assert!(said.starts_with("Only Ben can answer"), "{said}");
    }
    world.kill_bot().await;
    world.start_bot().await;
    let said = press(&world, "ben", inc, &offer, "Accept").await;
    assert_eq!(said, "You lead INC-1 now. Ana is told.");
    let told = world
        .see(inc.channel, "is now **commander**, handed over by")
        .await;
    let mut called = told.pinged_users;
    called.sort();
    assert_eq!(called, ["ana", "ben"]);
    world.all_said().await;
    let offer = message(&world, inc, offer.id);
    assert_eq!(offer.buttons(), [""; 0], "it is not open any more");
    assert!(offer.text().contains("**accepted**"), "{}", offer.text());
    assert_eq!(leads(&world, inc).await.as_deref(), Some("Ben"));
    let card = world.card(inc.channel).await;
    let ben = world.discord.user("ben").unwrap();
    assert!(
        card.text().contains(&format!("commander: <@{ben}>")),
        "{}",
        card.text()
    );
    let late = world
        .discord
        .click("ben", inc.channel, offer.id, "scribe:handover:1:4:false")
        .await;
    if let Ok(late) = late {
        assert!(late.text().contains("not open any more"), "{}", late.text());
    }
    // One event, with what was said when it was offered.
    let timeline = does(&world, "cho", inc, "incident timeline", &[]).await;
    assert!(
        timeline.contains("commander is Ben, handed over by Ana (offered with #"),
        "{timeline}"
    );
    assert!(timeline.contains("restarts"), "{timeline}");
    assert!(!timeline.contains("offered command to"), "{timeline}");
    let all = does(&world, "cho", inc, "incident timeline", &[("view", "all")]).await;
    assert!(
        all.contains("offered command to Ben, who accepted"),
        "{all}"
    );
    does(
        &world,
        "ben",
        inc,
        "incident status",
        &[("state", "resolved")],
    )
    .await;
    let draft = world.see_file(inc.channel, "postmortem.md").await;
    let (above, log) = draft.split_once("## Appendix").unwrap();
    let passed = "commander is Ben, handed over by Ana (offered with";
    assert!(above.contains(passed), "{draft}");
    assert!(!above.contains("offered command to"), "{draft}");
    assert!(
        log.contains("offered command to Ben"),
        "the log has both: {draft}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_is_declined_replaced_withdrawn_or_ends_with_the_incident() {
    let world = World::start().await;
    let inc = led_by_ana(&world).await;
    does(&world, "ana", inc, "incident handover", &[("to", "ben")]).await;
    let first = world.see(inc.channel, "hands command").await;
    let card = world.until(async || {
        let card = world.card(inc.channel).await;
        card.text()
            .contains("command is offered to")
            .then_some(card)
    });
    card.await;
    let said = press(&world, "ben", inc, &first, "Decline").await;
    assert_eq!(said, "You declined. Ana still leads and is told.");
    let told = world.see(inc.channel, "Ben declines command").await;
    assert_eq!(told.pinged_users, ["ana"]);
    let again = does(&world, "ana", inc, "incident handover", &[("to", "ben")]).await;
    assert!(again.contains("is asked"), "{again}");
    let twice = does(&world, "ana", inc, "incident handover", &[("to", "ben")]).await;
    assert!(twice.contains("has not answered yet"), "{twice}");
    does(&world, "ana", inc, "incident handover", &[("to", "cho")]).await;
    world.all_said().await;
    let offers = || {
        let all = world.discord.messages(inc.channel).into_iter();
        let all = all.filter(|one| one.text().contains("ommand of INC-1"));
        all.map(|one| (one.text(), one.buttons().len()))
            .collect::<Vec<_>>()
    };
    let seen = offers();
    assert!(
        seen[0].0.contains("**declined**") && seen[0].1 == 0,
        "{seen:?}"
    );
    assert!(
        seen[1].0.contains("somebody else was asked instead") && seen[1].1 == 0,
        "{seen:?}"
    );
    assert_eq!(seen[2].1, 2, "{seen:?}");
    let not_mine = does(
        &world,
        "ben",
        inc,
        "incident handover",
        &[("withdraw", "true")],
    )
    .await;
    assert!(not_mine.contains("Ana made the offer"), "{not_mine}");
    let back = does(
        &world,
        "ana",
        inc,
        "incident handover",
        &[("withdraw", "true")],
    )
    .await;
    assert_eq!(back, "Cho can accept no more and is told.");
    let told = world
        .see(inc.channel, "offer of command is taken back")
        .await;
    assert_eq!(told.pinged_users, ["cho"]);
    let nothing = does(
        &world,
        "ana",
        inc,
        "incident handover",
        &[("withdraw", "true")],
    )
    .await;
    assert!(nothing.contains("nothing to take back"), "{nothing}");
    // Command that passes otherwise, and the end of the incident, end an offer.
    does(&world, "ana", inc, "incident handover", &[("to", "ben")]).await;
    let lead = [("name", "commander"), ("user", "dee")];
    does(&world, "cho", inc, "incident role", &lead).await;
    does(&world, "dee", inc, "incident handover", &[("to", "ben")]).await;
    does(
        &world,
        "dee",
        inc,
        "incident status",
        &[("state", "resolved")],
    )
    .await;
    world.all_said().await;
    let seen = offers();
    assert!(
        seen[3].0.contains("command passed by another way") && seen[3].1 == 0,
        "{seen:?}"
    );
    assert!(
        seen[4].0.contains("not answered before the incident ended") && seen[4].1 == 0,
        "{seen:?}"
    );
    let over = does(&world, "dee", inc, "incident handover", &[("to", "ben")]).await;
    assert!(over.contains("there is nothing to lead"), "{over}");
    let how: Vec<_> = world
        .incident(1)
        .await
        .handovers
        .iter()
        .filter_map(|one| one.ended)
        .map(|one| one.how)
        .collect();
    assert_eq!(
        how,
        [
            Outcome::Declined,
            Outcome::Replaced,
            Outcome::Withdrawn,
            Outcome::Superseded,
            Outcome::Closed
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_cannot_hand_over_or_be_asked_is_told_why() {
    let world = World::start().await;
    let robot = world.discord.add_bot(world.discord.guild(), "robot");
    let inc = world.open("ana", "API is down").await;
    // Nobody leads: anybody may ask anybody, and it is said.
    let asked = does(&world, "cho", inc, "incident handover", &[("to", "ben")]).await;
    assert!(asked.contains("Nobody leads until they accept"), "{asked}");
    let offer = world
        .see(inc.channel, "nobody leads INC-1, and Cho asks you to")
        .await;
    let said = press(&world, "ben", inc, &offer, "Accept").await;
    assert_eq!(said, "You lead INC-1 now. Nobody did before.");
    let own = does(&world, "ben", inc, "incident handover", &[("to", "ben")]).await;
    assert!(own.starts_with("You lead already"), "{own}");
    let holder = does(&world, "cho", inc, "incident handover", &[("to", "ben")]).await;
    assert!(holder.contains("is commander already"), "{holder}");
    let bot = does(
        &world,
        "ben",
        inc,
        "incident handover",
        &[("to", &robot.to_string())],
    )
    .await;
    assert!(bot.contains("is a bot and cannot lead"), "{bot}");
    let others = does(&world, "cho", inc, "incident handover", &[("to", "ana")]).await;
    assert!(
        others.contains("Ben leads, so only Ben can hand command over"),
        "{others}"
    );
    let whom = does(&world, "cho", inc, "incident handover", &[]).await;
    assert!(whom.starts_with("Ben leads. Name in `to`"), "{whom}");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_takes_over_from_a_commander_who_is_silent() {
    let world = World::start().await;
    let inc = led_by_ana(&world).await;
    let early = does(&world, "cho", inc, "incident handover", &[("to", "cho")]).await;
    assert!(early.contains("Ana leads and was last heard at"), "{early}");
    assert_eq!(leads(&world, inc).await.as_deref(), Some("Ana"));
    world.travel(TimeDelta::minutes(14));
    world.say("ana", inc.channel, "still here").await;
    world
        .entry(1, |entry| entry.fact.text() == Some("still here"))
        .await;
    // What people say has the time of Discord, which does not travel; a deed has the bot's.
    does(
        &world,
        "ana",
        inc,
        "incident note",
        &[("text", "still looking")],
    )
    .await;
    world.travel(TimeDelta::minutes(10));
    does(&world, "cho", inc, "incident note", &[("text", "ana?")]).await;
    let early = does(&world, "cho", inc, "incident handover", &[("to", "cho")]).await;
    assert!(early.contains("so nobody takes over yet"), "{early}");
    world.travel(TimeDelta::minutes(6));
    look(&world).await;
    let missed = world
        .see(inc.channel, "no word from you in INC-1 since")
        .await;
    assert_eq!(missed.pinged_users, ["ana"]);
    assert_eq!(missed.buttons()[0], "Take over");
    let said = press(&world, "cho", inc, &missed, "Take over").await;
    assert_eq!(said, "You lead INC-1 now. Ana is told.");
    let told = world.see(inc.channel, "taken over from").await;
    let mut called = told.pinged_users;
    called.sort();
    assert_eq!(called, ["ana", "cho"]);
    let taken = world
        .entry(1, |entry| {
            matches!(
                &entry.fact,
                Fact::RoleGiven {
                    by: Some(Passing::Takeover { .. }),
                    ..
                }
            )
        })
        .await;
    assert_eq!(taken.actor.name(), "Cho");
    // The button of the reminder takes nothing from somebody who is at work.
    let late = press(&world, "ben", inc, &missed, "Take over").await;
    assert!(late.contains("Cho leads and was last heard at"), "{late}");
    world.travel(TimeDelta::minutes(16));
    let why = [("to", "ben"), ("note", "cho has gone to bed")];
    does(&world, "ben", inc, "incident handover", &why).await;
    world.see(inc.channel, "> cho has gone to bed").await;
    let found = does(
        &world,
        "dee",
        inc,
        "incident search",
        &[("text", "gone to bed")],
    )
    .await;
    assert!(
        found.contains("INC-1") && !found.contains("Nothing"),
        "{found}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn how_long_a_commander_may_be_silent_is_the_guilds_to_choose() {
    let world = World::start().await;
    let inc = led_by_ana(&world).await;
    let longer = [("severity", "SEV1"), ("silence", "1h")];
    let shown = world.slash("ana", "scribe policy", &longer).await.text();
    assert!(
        shown.contains("no word from the commander for 1h"),
        "{shown}"
    );
    world.travel(TimeDelta::minutes(40));
    does(&world, "cho", inc, "incident note", &[("text", "ana?")]).await;
    let early = does(&world, "cho", inc, "incident handover", &[("to", "cho")]).await;
    assert!(early.contains("so nobody takes over yet"), "{early}");
    look(&world).await;
    let missed = |one: &SeenMessage| one.text().contains("no word from you");
    assert!(!world.discord.messages(inc.channel).iter().any(missed));
    world.travel(TimeDelta::minutes(21));
    let taken = does(&world, "cho", inc, "incident handover", &[("to", "cho")]).await;
    assert_eq!(taken, "You lead INC-1 now. Ana is told.");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_part_is_on_the_card_and_nothing_is_said_of_it() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.all_said().await;
    let before = world.discord.messages(inc.channel).len();
    world.say("ben", inc.channel, "looking").await;
    world.say("ben", inc.channel, "it is the pool").await;
    world.say("cho", inc.channel, "same here").await;
    let ids = ["ana", "ben", "cho"].map(|name| world.discord.user(name).unwrap());
    world
        .until(async || {
            let card = world.card(inc.channel).await.text();
            let all = ids.iter().all(|id| card.contains(&format!("<@{id}>")));
            all.then_some(())
        })
        .await;
    world.all_said().await;
    assert_eq!(world.discord.messages(inc.channel).len(), before + 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_let_into_a_private_incident_is_in_its_log() {
    let mut world = World::start().await;
    let private = [
        ("title", "Leaked key"),
        ("severity", "SEV1"),
        ("private", "true"),
    ];
    let inc = world.open_with("ana", &private).await;
    let lead = [("name", "commander"), ("user", "ana")];
    does(&world, "ana", inc, "incident role", &lead).await;
    let view = permission::VIEW_CHANNEL;
    assert!(!world.discord.may("ben", inc.channel, view));
    // Who is asked has to see the offer.
    does(&world, "ana", inc, "incident handover", &[("to", "ben")]).await;
    let offer = world.see(inc.channel, "hands command").await;
    let let_in = |who: &'static str| move |entry: &scribe::incident::Entry| matches!(&entry.fact, Fact::AccessGiven { to: Guest::Person(person) } if person.name == who);
    world.entry(1, let_in("Ben")).await;
    let said = press(&world, "ben", inc, &offer, "Accept").await;
    assert_eq!(said, "You lead INC-1 now. Ana is told.");
    // Somebody is let in by hand, and a role while Scribe is away.
    let cho = world.discord.user("cho").unwrap();
    world
        .discord
        .overwrite(inc.channel, Overwrite::member(cho, view, 0))
        .unwrap();
    world.entry(1, let_in("Cho")).await;
    world.kill_bot().await;
    let guild = world.discord.guild();
    let role = world.discord.add_role(guild, "security", 0);
    world
        .discord
        .overwrite(inc.channel, Overwrite::role(role, view, 0))
        .unwrap();
    world
        .discord
        .overwrite(inc.channel, Overwrite::member(cho, 0, view))
        .unwrap();
    world.start_bot().await;
    world
        .entry(1, |entry| {
            matches!(&entry.fact, Fact::AccessGiven { to: Guest::GuildRole { name, .. } } if name == "security")
        })
        .await;
    world
        .entry(1, |entry| {
            matches!(&entry.fact, Fact::AccessTaken { from: Guest::Person(person) } if person.name == "Cho")
        })
        .await;
    let audit = does(&world, "ana", inc, "incident audit", &[]).await;
    assert!(
        audit.contains("access to the private channel for Ben"),
        "{audit}"
    );
    let given = world.log(1).await;
    let given = given
        .iter()
        .filter(|entry| matches!(entry.fact, Fact::AccessGiven { .. }));
    assert_eq!(given.count(), 3, "each once, and nobody who opened it");
}
