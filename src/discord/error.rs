//! Why the bot could not start or go on.

use poise::serenity_prelude as serenity;
use serenity::GatewayError;

use crate::store::StoreError;

/// Why the bot could not start or go on: what happened, why, what to do.
#[derive(Debug, thiserror::Error)]
pub enum BotError {
    /// Discord does not know the token.
    #[error(
        "Discord does not accept DISCORD_TOKEN: it is wrong or was reset. Copy a new one from https://discord.com/developers/applications (your application, Bot, Reset Token)"
    )]
    Token,
    /// The token has no token's form.
    #[error(
        "DISCORD_TOKEN does not look like a bot's token (three parts with dots between them). Copy it from https://discord.com/developers/applications (your application, Bot, Reset Token); it is neither the application's id nor its client secret"
    )]
    TokenForm,
    /// A privileged intent is not switched on.
    #[error(
        "Discord does not allow Scribe to read messages: the privileged intent is off. Switch on \"Message Content Intent\" at https://discord.com/developers/applications (your application, Bot), then start again"
    )]
    Intent,
    /// Discord cannot be reached.
    #[error(
        "cannot reach Discord at {address}: {reason}. Check the connection, a proxy or firewall in between, and DISCORD_API_URL if it is set"
    )]
    Unreachable {
        /// Where.
        address: String,
        /// Why.
        reason: String,
    },
    /// Discord wants the bot split into more shards.
    #[error("Discord wants more shards for this many servers; set SCRIBE_SHARDS=auto")]
    Shards,
    /// The connection hangs and restarting it did not help.
    #[error(
        "the connection to Discord hangs and a restart of it did not help; start Scribe again (a supervisor such as systemd or Docker does that on its own)"
    )]
    Hangs,
    /// What says things on Discord broke off, which is our own failure.
    #[error(
        "the part of Scribe that posts to Discord broke off; what it had to post is posted after the next start (a supervisor such as systemd or Docker starts it again on its own)"
    )]
    Delivery,
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something else went wrong between Discord and us.
    #[error("the connection to Discord ended: {0}")]
    Other(String),
}

impl BotError {
    /// What an error of the client means.
    pub(super) fn of(error: serenity::Error, api: Option<&str>) -> Self {
        match &error {
            serenity::Error::Gateway(GatewayError::InvalidAuthentication) => Self::Token,
            serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents) => Self::Intent,
            serenity::Error::Gateway(
                GatewayError::OverloadedShard | GatewayError::InvalidShardData,
            ) => Self::Shards,
            serenity::Error::Http(serenity::HttpError::UnsuccessfulRequest(answer))
                if answer.status_code.as_u16() == 401 =>
            {
                Self::Token
            }
            serenity::Error::Http(serenity::HttpError::Request(reason)) => Self::Unreachable {
                address: api.unwrap_or("https://discord.com").to_owned(),
                reason: cause(reason),
            },
            _ => Self::Other(error.to_string()),
        }
    }
}

/// The innermost reason, which says more than "error sending request" and holds no address.
fn cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
