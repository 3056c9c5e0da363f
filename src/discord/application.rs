//! What Discord says of the application behind a token.

use poise::serenity_prelude as serenity;

use super::client;
use super::commands::registration;
use super::error::BotError;

/// An application as it is set up at Discord.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// Its name.
    pub name: String,
    /// Whether "Message Content Intent" is switched on: without it no text of a message is seen.
    pub reads_messages: bool,
    /// Whether Discord shows people the commands of this version.
    pub commands_are_current: bool,
}

impl Application {
    /// Asks Discord; `api` is another base than Discord's, such as a sandbox.
    ///
    /// # Errors
    /// The token is wrong, or Discord cannot be reached.
    pub async fn of(token: &str, api: Option<&str>) -> Result<Self, BotError> {
        if api.is_none() && serenity::validate_token(token).is_err() {
            return Err(BotError::TokenForm);
        }
        let (http, _) = client::http(token, api)?;
        let asked = async {
            let info = http.get_current_application_info().await?;
            http.set_application_id(info.id);
            let commands_are_current = registration::is_current(&http).await?;
            // <https://discord.com/developers/docs/resources/application#application-object-application-flags>
            let reads = serenity::ApplicationFlags::GATEWAY_MESSAGE_CONTENT
                | serenity::ApplicationFlags::GATEWAY_MESSAGE_CONTENT_LIMITED;
            let flags = info.flags;
            Ok(Self {
                name: info.name,
                reads_messages: flags.is_some_and(|flags| flags.intersects(reads)),
                commands_are_current,
            })
        };
        asked.await.map_err(|error| BotError::of(error, api))
    }
}
