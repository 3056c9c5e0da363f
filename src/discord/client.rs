//! The client to Discord.

use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::{CreateAllowedMentions, GatewayIntents, Http, HttpBuilder};

use crate::store::Wish;

use super::error::BotError;

/// How long one request may take; serenity itself waits for ever. Uploads of
/// drafts are small.
const REQUEST: Duration = Duration::from_secs(20);

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(10);

/// What Scribe listens to: guilds and channels, messages with their text, reactions.
pub(super) const INTENTS: GatewayIntents = GatewayIntents::GUILDS
    .union(GatewayIntents::GUILD_MESSAGES)
    .union(GatewayIntents::GUILD_MESSAGE_REACTIONS)
    .union(GatewayIntents::MESSAGE_CONTENT);

/// Which of the gateway's shards a process serves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sharding {
    /// Its part of all, as many as Discord recommends.
    #[default]
    Auto,
    /// Its part of the shards `first..=last` of `total`; other processes serve the others.
    Range {
        /// The first, from 0.
        first: u32,
        /// The last.
        last: u32,
        /// How many there are in all.
        total: u32,
    },
}

impl Sharding {
    /// What that means where Discord recommends so many.
    pub(super) fn wish(self, recommended: u32) -> Wish {
        match self {
            Self::Auto => Wish::Any { total: recommended },
            Self::Range { first, last, total } => Wish::Range {
                range: first..=last,
                total,
            },
        }
    }
}

/// The REST client; `api` is another base than Discord's, such as a sandbox.
/// Beside it what it asks with.
///
/// # Errors
/// The machine cannot do TLS.
pub(super) fn http(token: &str, api: Option<&str>) -> Result<(Http, reqwest::Client), BotError> {
    let client = reqwest::Client::builder()
        .timeout(REQUEST)
        .connect_timeout(CONNECT)
        .user_agent(concat!(
            "DiscordBot (scribe, ",
            env!("CARGO_PKG_VERSION"),
            ")"
        ))
        .build()
        .map_err(|error| BotError::Other(error.to_string()))?;
    let mut builder = HttpBuilder::new(token)
        .client(client.clone())
        // Nobody is called unless a message names them.
        .default_allowed_mentions(CreateAllowedMentions::new());
    if let Some(api) = api {
        // serenity's limiter ignores the proxy, so the one excludes the other;
        // what Discord says of its limits is then read by `rest`.
        builder = builder
            .proxy(api.trim_end_matches('/'))
            .ratelimiter_disabled(true);
    }
    Ok((builder.build(), client))
}
