//! An event and who may hear of it.

use serde_json::Value;

use crate::snowflake::Snowflake;

/// Intents, the groups of events a bot asks for (Discord docs, "Gateway Intents").
pub(crate) mod intent {
    pub(crate) const GUILDS: u64 = 1;
    pub(crate) const GUILD_MEMBERS: u64 = 1 << 1;
    pub(crate) const PRESENCES: u64 = 1 << 8;
    pub(crate) const GUILD_MESSAGES: u64 = 1 << 9;
    pub(crate) const GUILD_REACTIONS: u64 = 1 << 10;
    pub(crate) const DIRECT_MESSAGES: u64 = 1 << 12;
    pub(crate) const DIRECT_REACTIONS: u64 = 1 << 13;
    pub(crate) const MESSAGE_CONTENT: u64 = 1 << 15;
    /// No intent is needed.
    pub(crate) const NONE: u64 = 0;
    /// Every bit that means something.
    pub(crate) const KNOWN: u64 = 0b11_0011_0001_1111_1111_1111_1111;
}

/// Something that happened.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) name: &'static str,
    /// The guild it happened in, which decides the shard; direct messages go to shard 0.
    pub(crate) guild: Option<Snowflake>,
    /// The intent it needs.
    pub(crate) intent: u64,
    pub(crate) data: Value,
    /// What a session without the message-content intent is told instead.
    pub(crate) without_content: Option<Value>,
}
