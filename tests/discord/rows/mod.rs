//! Each command with each of its options, as somebody who responds and as
//! somebody who may not: by a table that has to name all there are.

mod pressed;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use discord_sandbox::{ActError, Answer, ChannelKind, SeenFile};
use scribe::incident::{Entry, Fact};
use serde_json::Value;

use crate::permissions::{Leaf, leaves, unknown};
use crate::world::World;
use table::{FREE_TEXT, ROWS, Right, Row};

/// What the private incident of the story is called.
const SECRET: &str = "Leaked key";

/// What a row has in place of what is known only then: `{line:TEXT}` is the
/// number of the line that says so in INC-1, `{file:TEXT}` a file that holds it.
async fn typed(world: &World, value: &str) -> String {
    let inner = |mark: &str| value.strip_prefix(mark)?.strip_suffix('}');
    if let Some(text) = inner("{file:") {
        return world.discord.upload("typed.md", text.as_bytes());
    }
    let Some(text) = inner("{line:") else {
        return value.to_owned();
    };
    let says = |entry: &Entry| match &entry.fact {
        Fact::SectionWritten { text: written, .. } => written == text,
        fact => fact.text() == Some(text),
    };
    world.entry(1, says).await.seq.0.to_string()
}

/// All that an answer shows.
fn shown(answer: &Answer) -> String {
    let form = answer.modal.as_ref().map(|form| format!("{form:?}"));
    let files = answer.files.iter().map(SeenFile::text);
    let parts = [answer.text()].into_iter().chain(form).chain(files);
    parts.collect::<Vec<_>>().join("\n")
}

/// Types a row; `incident` where the command takes one. What Discord itself keeps
/// from them is `None`.
async fn ask(world: &World, who: &str, row: &Row, leaf: &Leaf, incident: &str) -> Option<String> {
    let mut values = Vec::new();
    for (name, value) in row.values {
        values.push((*name, typed(world, value).await));
    }
    if leaf.has("incident") {
        values.push(("incident", incident.to_owned()));
    }
    let values: Vec<(&str, &str)> = values.iter().map(|(a, b)| (*a, b.as_str())).collect();
    let place = if row.place.is_empty() {
        "general"
    } else {
        row.place
    };
    let typed = world
        .discord
        .slash_no_wait(who, place, row.command, &values);
    let answer = match typed.await {
        // What draws pictures may take its time.
        Ok(id) => match world.discord.wait_for_answer(id).await {
            Ok(answer) => answer,
            Err(_) => world.discord.wait_for_answer(id).await.unwrap(),
        },
        Err(ActError::NotAllowed { .. }) => return None,
        Err(error) => panic!("/{} {values:?}: {error}", row.command),
    };
    let settled = world.until(async || {
        let said = shown(&world.discord.refresh(&answer));
        (!said.contains("is being opened")).then_some(said)
    });
    Some(settled.await)
}

/// Everything that is written down, to see that nothing came to it.
async fn written(world: &World) -> (Vec<usize>, usize) {
    let mut logs = Vec::new();
    for number in 1..8 {
        logs.push(world.log(number).await.len());
    }
    let guild = world.key(1).guild;
    let settings = world.store.settings_history(guild).await.unwrap();
    (logs, settings.len())
}

/// Waits until all is said but a topic, of which Discord takes two in ten minutes.
async fn settled(world: &World) {
    let waiting = async || world.store.outbox_depth().await.unwrap().waiting;
    world
        .until(async || (waiting().await <= 1).then_some(()))
        .await;
}

/// Cho is on call and may do everything, ben nothing; ana runs the server, which
/// shows both of them all commands.
async fn world() -> World {
    let world = World::start().await;
    let guild = world.discord.guild();
    let on_call = world.discord.add_role(guild, "On-call", 0);
    let guests = world.discord.add_role(guild, "Guests", 0);
    world.discord.give_role(guild, "cho", on_call).unwrap();
    world.discord.give_role(guild, "ben", guests).unwrap();
    world.discord.show_command("scribe", guests);
    world.discord.show_command("scribe", on_call);
    world
        .discord
        .add_channel(guild, ChannelKind::Text, "ops", None);
    world
        .discord
        .add_channel(guild, ChannelKind::Text, "past", None);
    world
        .discord
        .add_channel(guild, ChannelKind::Text, "reports", None);
    world
        .discord
        .add_channel(guild, ChannelKind::Category, "Archive", None);
    world.open("ana", "Checkout is slow").await;
    let names = [("name", "Checkout, Web")];
    world.slash("ana", "scribe components add", &names).await;
    for right in ["open", "change", "close", "redact", "publish", "set up"] {
        let values = [("what", right), ("role", "On-call")];
        world.slash("ana", "scribe permissions", &values).await;
    }
    let an_hour_ago = scribe::clock::now() - chrono::TimeDelta::minutes(60);
    let text = discord_sandbox::Say::text("errors everywhere").at(an_hour_ago);
    world.discord.say_with("dee", "past", text).await.unwrap();
    world.all_said().await;
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn each_row_works_for_a_responder_and_leaves_nothing_of_others() {
    let world = world().await;
    let leaves: BTreeMap<String, Leaf> = leaves(&world)
        .into_iter()
        .map(|leaf| (leaf.name.clone(), leaf))
        .collect();
    // All that is wrong is shown together: what comes after rests on what came before.
    let mut wrong: Vec<String> = Vec::new();
    for row in ROWS {
        let leaf = leaves.get(row.command);
        let leaf = leaf.unwrap_or_else(|| panic!("there is no /{}", row.command));
        let is =
            |who: &str, said: &str| format!("/{} {:?} for {who}: {said}", row.command, row.values);
        let before = written(&world).await;
        // INC-2 is private, and ben has nothing to do with it.
        let incident = if row.right == Right::See {
            "INC-2"
        } else {
            "INC-1"
        };
        let said = ask(&world, "ben", row, leaf, incident).await;
        let said = said.expect("Discord shows them the command");
        println!("{}", is("ben", &said));
        let kept = match row.right {
            Right::See => unknown(&said),
            Right::Everybody => !said.contains(SECRET),
            Right::Server => said.contains("**Manage Server**"),
            Right::Given => said.starts_with("You may not ") && said.contains("**On-call**"),
        };
        if !kept {
            wrong.push(is("ben", &said));
        }
        let found = ask(&world, "dee", row, leaf, incident).await;
        let hidden = row.command.starts_with("scribe ");
        assert_eq!(
            found.is_none(),
            hidden,
            "Discord keeps what sets up from dee"
        );
        settled(&world).await;
        if written(&world).await != before {
            wrong.push(is("ben or dee, and it was written", &said));
        }
        let who = if row.right == Right::Server {
            "ana"
        } else {
            "cho"
        };
        let said = ask(&world, who, row, leaf, "INC-1")
            .await
            .unwrap_or_default();
        println!("{}", is(who, &said));
        if !said.contains(row.says) {
            wrong.push(is(who, &said));
        }
        settled(&world).await;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The names of what a command can be given, but for `incident`, which each row is given.
fn options(leaf: &Leaf) -> BTreeSet<String> {
    let names = leaf
        .options()
        .iter()
        .map(|one| one["name"].as_str().unwrap().to_owned());
    names.filter(|name| name != "incident").collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_table_has_every_command_and_every_option() {
    let world = World::start().await;
    let mut known: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for row in ROWS {
        let names = row.values.iter().map(|(name, _)| (*name).to_owned());
        known.entry(row.command).or_default().extend(names);
    }
    let leaves = leaves(&world);
    let mut count = 0;
    for leaf in &leaves {
        let options = options(leaf);
        let row = known.get(leaf.name.as_str());
        let row = row.unwrap_or_else(|| panic!("/{} is in no row of the table", leaf.name));
        assert_eq!(row, &options, "/{}: an option is in no row", leaf.name);
        count += options.len() + usize::from(leaf.has("incident"));
    }
    println!(
        "{} commands, {count} options, {} rows",
        leaves.len(),
        ROWS.len()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_described_and_every_free_choice_is_offered() {
    let world = World::start().await;
    let menus = world.discord.commands();
    let menus = menus.iter().filter(|command| command.kind == 3);
    let menus: BTreeSet<&str> = menus.map(|command| command.name.as_str()).collect();
    let known = ["Add action item", "Add to timeline", "Mark as key event"];
    assert_eq!(menus, BTreeSet::from(known), "the menus that are tested");
    for leaf in leaves(&world) {
        let described = |json: &Value| {
            json["description"]
                .as_str()
                .is_some_and(|text| text.len() > 2)
        };
        for option in leaf.options() {
            let name = option["name"].as_str().unwrap();
            let is = format!("/{} {name}", leaf.name);
            assert!(described(option), "{is} is not described");
            // 3 is text, 4 a whole number.
            let text = option["type"] == 3;
            let offered = option["autocomplete"] == true
                || option["choices"]
                    .as_array()
                    .is_some_and(|all| !all.is_empty());
            let free = FREE_TEXT.contains(&name) || FREE_TEXT.contains(&is.as_str());
            assert!(
                !text || offered != free,
                "{is}: what can be chosen is offered"
            );
        }
    }
}
