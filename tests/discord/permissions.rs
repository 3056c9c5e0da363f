//! Every command as every kind of user, on a public and on a private incident.
//! The commands are those that Discord was told of, so a new one is in at once.

use discord_sandbox::{ActError, ChannelKind, Overwrite, Snowflake, permission};
use serde_json::Value;

use crate::world::{Opened, World};

/// What only the private incident has.
const SECRETS: [&str; 3] = ["Leaked", "hunter2", "Vault"];

/// A command as it is typed, and its options as Discord knows them.
pub(crate) struct Leaf {
    pub(crate) name: String,
    options: Vec<Value>,
}

impl Leaf {
    pub(crate) fn has(&self, option: &str) -> bool {
        self.options.iter().any(|one| one["name"] == option)
    }

    /// What can be given, as Discord was told.
    pub(crate) fn options(&self) -> &[Value] {
        &self.options
    }

    /// What has to be filled in, with something that fits.
    fn filled(&self) -> Vec<(String, String)> {
        let required = self.options.iter().filter(|one| one["required"] == true);
        required.map(|one| (name(one), fitting(one))).collect()
    }
}

fn name(option: &Value) -> String {
    option["name"].as_str().unwrap().to_owned()
}

fn fitting(option: &Value) -> String {
    if let Some(choice) = option["choices"].as_array().and_then(|all| all.first()) {
        return choice["name"].as_str().unwrap().to_owned();
    }
    // Discord's types of options: 4 is a whole number, 5 yes or no, 6 a user.
    match (option["type"].as_u64().unwrap(), name(option).as_str()) {
        (3, "entry") | (4, _) => "1".to_owned(),
        (3, "at") => "1m ago".to_owned(),
        (3, "to") => "INC-2".to_owned(),
        (5, _) => "true".to_owned(),
        (6, _) => "ana".to_owned(),
        _ => "harmless".to_owned(),
    }
}

/// All slash commands below the registered ones.
pub(crate) fn leaves(world: &World) -> Vec<Leaf> {
    let commands = world.discord.commands();
    let slash = commands.iter().filter(|command| command.kind == 1);
    slash
        .flat_map(|command| below(command.name.clone(), &command.json))
        .collect()
}

fn below(name: String, json: &Value) -> Vec<Leaf> {
    let options = json["options"].as_array().cloned().unwrap_or_default();
    // 1 is a sub-command, 2 a group of them.
    let deeper = options.iter().filter(|one| one["type"].as_u64() <= Some(2));
    let deeper: Vec<Leaf> = deeper
        .flat_map(|one| below(format!("{name} {}", self::name(one)), one))
        .collect();
    if deeper.is_empty() {
        return vec![Leaf { name, options }];
    }
    deeper
}

/// INC-1 is private: ben opened it, cho is its commander, eve sees its channel.
/// INC-2 is public. dee has to do with neither, ana administers the server.
pub(crate) async fn world() -> (World, Opened) {
    let world = World::start().await;
    let guild = world.discord.guild();
    let eve = world.discord.add_member(guild, "eve");
    let values = [
        ("title", "Leaked key"),
        ("private", "true"),
        ("components", "Vault"),
        ("summary", "hunter2 is out"),
    ];
    let secret = world.open_with("ben", &values).await;
    let values = [("name", "commander"), ("user", "cho")];
    world
        .slash_in("ben", secret.channel, "incident role", &values)
        .await;
    world.say("ben", secret.channel, "changed hunter2").await;
    world
        .entry(1, |entry| entry.fact.text() == Some("changed hunter2"))
        .await;
    let values = [("text", "turn hunter2 off"), ("owner", "cho")];
    world
        .slash_in("ben", secret.channel, "incident action add", &values)
        .await;
    let sees = Overwrite::member(eve, permission::VIEW_CHANNEL, 0);
    world.discord.overwrite(secret.channel, sees).unwrap();
    world
        .open_with("ben", &[("title", "Website is slow"), ("severity", "SEV3")])
        .await;
    world.all_said().await;
    (world, secret)
}

fn keeps_the_secret(said: &str, what: &str) {
    for secret in SECRETS {
        assert!(!said.contains(secret), "{what} tells {secret}: {said}");
    }
}

pub(crate) async fn ask(
    world: &World,
    who: &str,
    channel: &str,
    leaf: &Leaf,
    incident: Option<&str>,
) -> String {
    let mut values = leaf.filled();
    values.retain(|(name, _)| name != "incident");
    values.extend(incident.map(|one| ("incident".to_owned(), one.to_owned())));
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    let answer = world.discord.slash(who, channel, &leaf.name, &values).await;
    let answer = match answer {
        Ok(answer) => answer,
        // Discord itself shows the command to those alone who may use it.
        Err(ActError::NotAllowed { .. }) => return String::new(),
        Err(error) => panic!("/{} {values:?}: {error}", leaf.name),
    };
    let answer = world.discord.refresh(&answer);
    let files = answer.files.iter().map(discord_sandbox::SeenFile::text);
    let form = answer.modal.as_ref().map(|form| format!("{form:?}"));
    let parts = [answer.text()].into_iter().chain(files).chain(form);
    parts.collect::<Vec<_>>().join("\n")
}

pub(crate) fn unknown(said: &str) -> bool {
    said.starts_with("There is no incident ")
}

/// What needs a permission is refused before it is looked which incident is meant.
fn refused(said: &str) -> bool {
    unknown(said) || said.starts_with("This needs the permission ")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outsider_gets_nothing_of_a_private_incident_and_everybody_else_does() {
    let (world, _) = world().await;
    let leaves = leaves(&world);
    let named: Vec<&Leaf> = leaves.iter().filter(|leaf| leaf.has("incident")).collect();
    assert!(named.len() > 20, "the commands are there: {}", named.len());
    for leaf in &named {
        let said = ask(&world, "dee", "general", leaf, Some("INC-1")).await;
        let nothing = ask(&world, "dee", "general", leaf, Some("INC-99")).await;
        assert!(refused(&said), "{} for an outsider: {said}", leaf.name);
        assert_eq!(said.replace("INC-1", "INC-99"), nothing, "{}", leaf.name);
        let said = ask(&world, "dee", "general", leaf, Some("Leaked key")).await;
        assert!(refused(&said), "{} by its title: {said}", leaf.name);
    }
    assert_eq!(
        world.log(1).await.len() as u32,
        world.incident(1).await.last_seq.0
    );
    for who in ["ana", "ben", "cho", "eve"] {
        for leaf in &named {
            for incident in ["INC-1", "INC-2"] {
                let said = ask(&world, who, "general", leaf, Some(incident)).await;
                assert!(
                    !unknown(&said),
                    "{} {incident} for {who}: {said}",
                    leaf.name
                );
            }
        }
    }
    for leaf in &named {
        let said = ask(&world, "dee", "general", leaf, Some("INC-2")).await;
        assert!(!unknown(&said), "{} INC-2 for everybody: {said}", leaf.name);
        keeps_the_secret(&said, &leaf.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outsider_finds_nothing_of_a_private_incident_in_what_names_none() {
    let (world, secret) = world().await;
    let guild = world.discord.guild();
    for leaf in leaves(&world).iter().filter(|leaf| !leaf.has("incident")) {
        let channel = leaf.name.replace(' ', "-");
        world
            .discord
            .add_channel(guild, ChannelKind::Text, &channel, None);
        let said = ask(&world, "dee", &channel, leaf, None).await;
        keeps_the_secret(&said, &leaf.name);
    }
    let asked: [(&str, &[(&str, &str)]); 9] = [
        ("incident search", &[("text", "hunter2")]),
        ("incident search", &[("text", "leaked")]),
        ("incident list", &[("past", "true")]),
        ("incident list", &[("title", "Leaked")]),
        ("incident list", &[("severity", "SEV3"), ("past", "true")]),
        ("incident search", &[("text", "key")]),
        (
            "incident search",
            &[("text", "out"), ("component", "Vault")],
        ),
        ("incident search", &[("text", "changed"), ("person", "ben")]),
        ("summary week", &[("week", "this")]),
    ];
    for (command, values) in asked {
        let said = world.slash("dee", command, values).await.text();
        keeps_the_secret(&said, command);
        assert!(
            !said.contains("INC-1 ") && !said.contains("INC-1*"),
            "{command}: {said}"
        );
    }
    // The same as somebody who may.
    for who in ["ana", "ben", "cho", "eve"] {
        let said = world
            .slash(who, "incident search", &[("text", "changed")])
            .await
            .text();
        assert!(said.contains("hunter2"), "{who}: {said}");
        let said = world
            .slash(who, "incident list", &[("title", "Leaked")])
            .await
            .text();
        assert!(said.contains("Leaked key"), "{who}: {said}");
    }
    let message = world.say("dee", "general", "is anything up?").await;
    let menu = world
        .discord
        .message_command("dee", "general", message, "Add to timeline")
        .await;
    keeps_the_secret(&menu.unwrap().text(), "Add to timeline");
    let announced: Vec<_> = world
        .discord
        .messages("incidents")
        .iter()
        .map(|one| one.text())
        .collect();
    keeps_the_secret(&announced.join("\n"), "the announcements");
    assert!(
        !world
            .discord
            .may("dee", secret.channel, permission::VIEW_CHANNEL)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_private_incident_is_offered_to_an_outsider() {
    let (world, _) = world().await;
    let mut offered_to_ben = 0;
    for leaf in leaves(&world) {
        for option in leaf
            .options
            .iter()
            .filter(|one| one["autocomplete"] == true)
        {
            let option = name(option);
            for typed in ["", "Leak", "1", "INC-1"] {
                let mut values = vec![(option.as_str(), typed)];
                if leaf.has("incident") && option != "incident" {
                    values.push(("incident", "INC-1"));
                }
                for who in ["dee", "ben"] {
                    let offers = world
                        .discord
                        .autocomplete(who, "general", &leaf.name, &values, &option);
                    let said = match offers.await {
                        Ok(offers) => format!("{offers:?}"),
                        Err(ActError::NotAllowed { .. }) => String::new(),
                        Err(error) => panic!("{} {option}:{typed}: {error}", leaf.name),
                    };
                    if who == "dee" {
                        keeps_the_secret(&said, &format!("{} {option}:{typed}", leaf.name));
                    } else if SECRETS.iter().any(|secret| said.contains(secret)) {
                        offered_to_ben += 1;
                    }
                }
            }
        }
    }
    assert!(
        offered_to_ben > 20,
        "who may see it is offered it: {offered_to_ben}"
    );
}

/// A channel that is not an incident's stays as quiet as it was.
#[tokio::test(flavor = "multi_thread")]
async fn a_command_in_a_private_incidents_channel_means_it_for_those_who_see_it() {
    let (world, secret) = world().await;
    let channel: Snowflake = secret.channel;
    let said = world
        .slash_in("eve", channel, "incident show", &[])
        .await
        .text();
    assert!(said.contains("Leaked key"), "{said}");
    assert!(
        world
            .discord
            .slash("dee", channel, "incident show", &[])
            .await
            .is_err()
    );
}
