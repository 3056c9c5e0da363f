//! How a sandbox is started.

use std::path::PathBuf;
use std::time::Duration;

use crate::clock::Clock;

/// Which rate limits are enforced. Headers are sent in every case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RateLimits {
    /// None.
    Off,
    /// Only the one that bots trip over by design: two changes of a channel's name or topic per ten minutes.
    #[default]
    NamesAndTopics,
    /// As Discord does: a bucket per route and channel, 50 requests a second over all, and the above.
    Full,
}

/// Settings of a sandbox; [`Options::default`] suits a test.
#[derive(Clone, Debug)]
pub struct Options {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// Whether REST is served behind TLS too, as `discord.com` ([`Sandbox::tls`](crate::Sandbox::tls)).
    pub tls: bool,
    /// The token the bot must present.
    pub token: String,
    /// Discord's OpenAPI description. Request bodies are held against it when it is given.
    /// The default is what the environment variable `DISCORD_OPENAPI` names.
    pub openapi: Option<PathBuf>,
    /// Whether the sandbox's own answers are held against the description too: for those who work on the sandbox.
    pub check_answers: bool,
    /// Whether the message-content intent is switched on in the developer portal.
    pub message_content: bool,
    /// Whether the members intent is switched on in the developer portal.
    pub members: bool,
    /// Which rate limits are enforced.
    pub rate_limits: RateLimits,
    /// How many shards `gateway/bot` recommends.
    pub shards: u64,
    /// What time it is, for ids and stamps. Limits and deadlines go by the machine's clock.
    pub clock: Clock,
    /// How often the gateway asks for a heartbeat.
    pub heartbeat: Duration,
    /// How long an interaction may wait for its first answer (Discord: 3 s).
    pub first_answer: Duration,
    /// How long an interaction's token lives (Discord: 15 min).
    pub token_life: Duration,
    /// How long acting methods wait for a deferred answer.
    pub patience: Duration,
    /// Whether editing a message older than an hour is limited (three edits a minute, then code 30046).
    pub limit_old_edits: bool,
    /// Largest file that may be attached, in bytes.
    pub attachment_limit: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            tls: false,
            token: "sandbox.token.of-scribe".into(),
            openapi: std::env::var_os("DISCORD_OPENAPI")
                .filter(|path| !path.is_empty())
                .map(PathBuf::from),
            check_answers: false,
            message_content: true,
            members: true,
            rate_limits: RateLimits::default(),
            shards: 1,
            clock: Clock::default(),
            heartbeat: Duration::from_millis(41_250),
            first_answer: Duration::from_secs(3),
            token_life: Duration::from_secs(15 * 60),
            patience: Duration::from_secs(15),
            limit_old_edits: true,
            attachment_limit: 10 * 1024 * 1024,
        }
    }
}
