//! The least a serenity bot can do: it answers at once and keeps nothing, with
//! the same intents and the same cache as Scribe.

use std::io::Write as _;

use serenity::all::{
    Client, ClientBuilder, Context, CreateAllowedMentions, CreateCommand,
    CreateInteractionResponse, CreateInteractionResponseMessage, EventHandler, GatewayIntents,
    GuildId, HttpBuilder, Interaction, Ready,
};
use serenity::async_trait;

struct AnswersAtOnce;

#[async_trait]
impl EventHandler for AnswersAtOnce {
    async fn ready(&self, context: Context, _: Ready) {
        let command = CreateCommand::new("ping").description("Answers at once");
        let registered =
            serenity::all::Command::create_global_command(&context.http, command).await;
        registered.expect("the sandbox takes the command");
    }

    async fn cache_ready(&self, _: Context, guilds: Vec<GuildId>) {
        println!("ready: {} guilds", guilds.len());
        std::io::stdout().flush().expect("somebody listens");
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let Some(command) = interaction.command() else {
            return;
        };
        let message = CreateInteractionResponseMessage::new()
            .content("Recorded as #1")
            .ephemeral(true);
        let answer = CreateInteractionResponse::Message(message);
        command
            .create_response(&context.http, answer)
            .await
            .expect("the sandbox takes the answer");
    }
}

/// The bot, to be started.
pub(crate) async fn client(url: &str, token: &str) -> Client {
    let http = HttpBuilder::new(token)
        .proxy(url)
        .ratelimiter_disabled(true)
        .default_allowed_mentions(CreateAllowedMentions::new())
        .build();
    let intents = GatewayIntents::GUILDS
        | GatewayIntents::GUILD_MESSAGES
        | GatewayIntents::GUILD_MESSAGE_REACTIONS
        | GatewayIntents::MESSAGE_CONTENT;
    let builder = ClientBuilder::new_with_http(http, intents);
    builder
        .event_handler(AnswersAtOnce)
        .await
        .expect("a client")
}

/// The bot in a process of its own.
pub(crate) async fn play(arguments: &[String]) {
    let mut client = client(&arguments[0], &arguments[1]).await;
    client.start().await.expect("a connection");
}
