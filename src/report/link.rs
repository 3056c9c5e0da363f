//! Where an entry can be seen on Discord.

use std::collections::BTreeMap;

use crate::incident::{Entry, Fact, GuildId, MessageRef, Seq};

/// The address of a message.
#[must_use]
pub fn address(guild: GuildId, place: MessageRef) -> String {
    let MessageRef { channel, message } = place;
    format!("https://discord.com/channels/{guild}/{channel}/{message}")
}

/// The name under which the message about an entry is remembered.
#[must_use]
pub fn post_name(entry: Seq) -> String {
    format!("entry:{}", entry.0)
}

/// The message an entry was made from, or the one in which Scribe told of it;
/// `posts` are Scribe's own messages by name.
#[must_use]
pub fn of_entry(
    guild: GuildId,
    entry: &Entry,
    posts: &BTreeMap<String, MessageRef>,
) -> Option<String> {
    // Nothing tells of the declaration but the card.
    let name = match entry.fact {
        Fact::Opened { .. } => "card".to_owned(),
        _ => post_name(entry.seq),
    };
    let place = entry.origin.or_else(|| posts.get(&name).copied());
    place.map(|place| address(guild, place))
}
