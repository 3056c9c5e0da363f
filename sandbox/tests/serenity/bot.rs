//! A small bot on the real serenity client, for the tests to poke.

use std::sync::Arc;
use std::time::Duration;

use discord_sandbox::{Options, Sandbox};
use serenity::all::{
    ActionRowComponent, ActionRowComponent as Part, AutocompleteChoice, Command,
    CommandInteraction, CommandOptionType, CommandType, ComponentInteraction, Context,
    CreateActionRow, CreateAllowedMentions, CreateAttachment, CreateAutocompleteResponse,
    CreateButton, CreateCommand, CreateCommandOption, CreateInputText,
    CreateInteractionResponse as Respond, CreateInteractionResponseFollowup,
    CreateInteractionResponseMessage as Text, CreateModal, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption, EditInteractionResponse, EventHandler, GatewayIntents, Http,
    HttpBuilder, InputTextStyle, Interaction, ModalInteraction, RawEventHandler, ResolvedValue,
    async_trait,
};
use serenity::model::event::Event;
use tokio::sync::mpsc;

/// Long enough for anything that works; a test that waits so long has failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// A running bot.
pub(crate) struct Bot {
    pub(crate) http: Arc<Http>,
    pub(crate) events: mpsc::UnboundedReceiver<Event>,
    pub(crate) task: tokio::task::JoinHandle<Result<(), serenity::Error>>,
}

impl Drop for Bot {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Serenity's REST half, pointed at the sandbox.
pub(crate) fn http(sandbox: &Sandbox) -> Http {
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(5))
        .build()
        .unwrap();
    let http = HttpBuilder::new(sandbox.token())
        .proxy(sandbox.url())
        .ratelimiter_disabled(true)
        .client(client)
        .default_allowed_mentions(CreateAllowedMentions::new())
        .build();
    http.set_application_id(sandbox.application_id().get().into());
    http
}

impl Bot {
    pub(crate) async fn start(sandbox: &Sandbox) -> Self {
        Self::start_with(
            sandbox,
            GatewayIntents::all() - GatewayIntents::GUILD_PRESENCES,
        )
        .await
    }

    pub(crate) async fn start_with(sandbox: &Sandbox, intents: GatewayIntents) -> Self {
        let (sender, events) = mpsc::unbounded_channel();
        let mut client = serenity::client::ClientBuilder::new_with_http(http(sandbox), intents)
            .event_handler(Handler)
            .raw_event_handler(Tap(sender))
            .await
            .unwrap();
        let http = client.http.clone();
        let task = tokio::spawn(async move { client.start().await });
        let bot = Self { http, events, task };
        assert!(
            sandbox.bot_connected(PATIENCE).await,
            "the bot does not connect"
        );
        bot
    }

    /// The next event that the test is looking for.
    pub(crate) async fn event<T>(&mut self, mut wanted: impl FnMut(Event) -> Option<T>) -> T {
        let search = async {
            loop {
                let event = self.events.recv().await.expect("the bot has stopped");
                assert!(
                    !matches!(event, Event::Unknown(_)),
                    "serenity cannot read {event:?}"
                );
                if let Some(found) = wanted(event) {
                    return found;
                }
            }
        };
        tokio::time::timeout(PATIENCE, search)
            .await
            .expect("the event has not come")
    }
}

/// A sandbox and a bot that has registered its commands.
pub(crate) async fn world() -> (Sandbox, Bot) {
    world_with(options()).await
}

pub(crate) fn options() -> Options {
    Options {
        check_answers: true,
        ..Options::default()
    }
}

/// What every test ends with: neither the bot nor the sandbox broke the description, and serenity could read all.
pub(crate) fn all_kept_the_rules(sandbox: &Sandbox) {
    sandbox.assert_no_violations();
    let mut faults = sandbox.own_faults();
    // The description knows no references of type 1, although forwarded messages have them.
    faults.retain(|fault| !fault.ends_with("/message_reference/type"));
    assert_eq!(faults, Vec::<String>::new());
}

pub(crate) async fn world_with(options: Options) -> (Sandbox, Bot) {
    let sandbox = Sandbox::start(options).await.unwrap();
    let bot = Bot::start(&sandbox).await;
    Command::set_global_commands(&bot.http, commands())
        .await
        .unwrap();
    (sandbox, bot)
}

struct Tap(mpsc::UnboundedSender<Event>);

#[async_trait]
impl RawEventHandler for Tap {
    async fn raw_event(&self, _: Context, event: Event) {
        // The test may be over.
        let _gone = self.0.send(event);
    }
}

fn commands() -> Vec<CreateCommand> {
    let text = |name: &str| CreateCommandOption::new(CommandOptionType::String, name, "a text");
    let of = |kind, name: &str| CreateCommandOption::new(kind, name, "a value");
    vec![
        CreateCommand::new("echo")
            .description("say it again")
            .add_option(text("what").required(true)),
        CreateCommand::new("slow")
            .description("defer, then answer")
            .add_option(text("how")),
        CreateCommand::new("silent").description("never answer"),
        CreateCommand::new("form").description("open a form"),
        CreateCommand::new("panel").description("buttons and menus"),
        CreateCommand::new("pick")
            .description("proposals")
            .add_option(text("fruit").required(true).set_autocomplete(true)),
        CreateCommand::new("kinds")
            .description("one of each")
            .add_option(of(CommandOptionType::User, "user"))
            .add_option(of(CommandOptionType::Channel, "channel"))
            .add_option(of(CommandOptionType::Role, "role"))
            .add_option(
                of(CommandOptionType::Integer, "number")
                    .min_int_value(1)
                    .max_int_value(9),
            )
            .add_option(of(CommandOptionType::Boolean, "flag"))
            .add_option(of(CommandOptionType::Attachment, "file"))
            .add_option(
                text("level")
                    .add_string_choice("Critical", "SEV1")
                    .add_string_choice("Minor", "SEV3"),
            ),
        CreateCommand::new("incident")
            .description("a group")
            .add_option(
                CreateCommandOption::new(CommandOptionType::SubCommandGroup, "outage", "a group")
                    .add_sub_option(
                        CreateCommandOption::new(CommandOptionType::SubCommand, "start", "begin")
                            .add_sub_option(text("at")),
                    ),
            ),
        CreateCommand::new("admin")
            .description("administrators only")
            .default_member_permissions(serenity::all::Permissions::ADMINISTRATOR),
        CreateCommand::new("Add to timeline").kind(CommandType::Message),
        CreateCommand::new("Page").kind(CommandType::User),
    ]
}

struct Handler;

#[async_trait]
impl EventHandler for Handler {
    async fn interaction_create(&self, ctx: Context, interaction: Interaction) {
        match interaction {
            Interaction::Command(command) => on_command(&ctx, &command).await,
            Interaction::Autocomplete(typing) => {
                let choice = |name: &str| AutocompleteChoice::new(name, name.to_lowercase());
                let typed = typing.data.autocomplete().unwrap().value.to_owned();
                let choices = vec![choice(&format!("Apple {typed}")), choice("Pear")];
                let answer = CreateAutocompleteResponse::new().set_choices(choices);
                typing
                    .create_response(&ctx.http, Respond::Autocomplete(answer))
                    .await
                    .unwrap();
            }
            Interaction::Component(press) => on_component(&ctx, &press).await,
            Interaction::Modal(form) => on_form(&ctx, &form).await,
            _ => {}
        }
    }
}

fn say(text: impl Into<String>) -> Respond {
    Respond::Message(Text::new().content(text))
}

async fn on_command(ctx: &Context, command: &CommandInteraction) {
    let options = command.data.options();
    let respond = match command.data.name.as_str() {
        "echo" => say(command.data.options[0].value.as_str().unwrap()),
        "silent" => return,
        "slow" => return slow(ctx, command).await,
        "form" => {
            let inputs = [
                CreateInputText::new(InputTextStyle::Short, "Title", "title").max_length(10),
                CreateInputText::new(InputTextStyle::Paragraph, "What happened", "body")
                    .required(false),
            ];
            let rows = inputs.into_iter().map(CreateActionRow::InputText).collect();
            Respond::Modal(CreateModal::new("the-form", "Tell me").components(rows))
        }
        "panel" => {
            let options =
                ["One", "Two"].map(|name| CreateSelectMenuOption::new(name, name.to_lowercase()));
            let kind = CreateSelectMenuKind::String {
                options: options.to_vec(),
            };
            Respond::Message(
                Text::new()
                    .content("panel")
                    .ephemeral(true)
                    .components(vec![
                        CreateActionRow::Buttons(vec![
                            CreateButton::new("change").label("Change"),
                            CreateButton::new("quiet").label("Quiet"),
                            CreateButton::new("off").label("Off").disabled(true),
                        ]),
                        CreateActionRow::SelectMenu(CreateSelectMenu::new("menu", kind)),
                    ]),
            )
        }
        "kinds" => {
            let said: Vec<_> = options
                .iter()
                .map(|option| match &option.value {
                    ResolvedValue::User(user, member) => {
                        format!("user {} {}", user.name, member.is_some())
                    }
                    ResolvedValue::Channel(channel) => {
                        format!("channel {}", channel.name.as_deref().unwrap())
                    }
                    ResolvedValue::Role(role) => format!("role {}", role.name),
                    ResolvedValue::Integer(number) => format!("number {number}"),
                    ResolvedValue::Boolean(flag) => format!("flag {flag}"),
                    ResolvedValue::String(text) => format!("text {text}"),
                    ResolvedValue::Attachment(file) => {
                        format!("file {} of {}", file.filename, file.size)
                    }
                    other => format!("{other:?}"),
                })
                .collect();
            say(said.join(", "))
        }
        "incident" => say(format!("{options:?}")),
        "Add to timeline" => {
            let message = command.data.resolved.messages.values().next().unwrap();
            say(format!("kept: {}", message.content))
        }
        "Page" => {
            let user = command.data.resolved.users.values().next().unwrap();
            say(format!("paged {}", user.name))
        }
        other => say(format!("no {other}")),
    };
    command.create_response(&ctx.http, respond).await.unwrap();
}

async fn slow(ctx: &Context, command: &CommandInteraction) {
    command.defer(&ctx.http).await.unwrap();
    let file = CreateAttachment::bytes(&b"# Draft"[..], "postmortem.md");
    match command.data.options.first().and_then(|o| o.value.as_str()) {
        Some("follow") => {
            let follow = |text: &str| CreateInteractionResponseFollowup::new().content(text);
            command
                .create_followup(&ctx.http, follow("first"))
                .await
                .unwrap();
            command
                .create_followup(&ctx.http, follow("second").ephemeral(true))
                .await
                .unwrap();
        }
        Some("never") => {}
        _ => {
            let edit = EditInteractionResponse::new()
                .content("done")
                .new_attachment(file);
            command.edit_response(&ctx.http, edit).await.unwrap();
        }
    }
}

async fn on_component(ctx: &Context, press: &ComponentInteraction) {
    let respond = match press.data.custom_id.as_str() {
        "change" => Respond::UpdateMessage(Text::new().content("changed")),
        "quiet" => Respond::Acknowledge,
        _ => say(format!("{:?}", press.data.kind)),
    };
    press.create_response(&ctx.http, respond).await.unwrap();
}

async fn on_form(ctx: &Context, form: &ModalInteraction) {
    let parts = form.data.components.iter().flat_map(|row| &row.components);
    let said: Vec<_> = parts
        .map(|part: &Part| match part {
            ActionRowComponent::InputText(input) => {
                format!(
                    "{}={}",
                    input.custom_id,
                    input.value.as_deref().unwrap_or_default()
                )
            }
            other => format!("{other:?}"),
        })
        .collect();
    form.create_response(&ctx.http, say(said.join(" ")))
        .await
        .unwrap();
}
