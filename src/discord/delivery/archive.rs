//! The categories that channels are put away in, and channels as Discord tells
//! of them: serenity would drop the permissions that it does not know.

use poise::serenity_prelude as serenity;
use serde::Deserialize;
use serde_json::{Value, json};
use serenity::Route;

use crate::discord::rest::Rest;
use crate::incident::ending::{EndPolicy, Overwrite, Whose};
use crate::incident::{ChannelId, GuildId};
use crate::words;

use super::ending::explained;
use super::failure::Failure;

/// The most channels of a category.
const ROOM: usize = 50;

/// Discord's number for a category.
const CATEGORY: u8 = 4;

/// The most categories of one name that are looked at: as many as a server can fill.
const MOST: usize = 10;

/// A channel as Discord tells of it.
#[derive(Debug, Deserialize)]
pub(super) struct Kept {
    id: String,
    #[serde(rename = "type")]
    kind: u8,
    #[serde(default)]
    name: String,
    parent_id: Option<String>,
    #[serde(default)]
    permission_overwrites: Vec<KeptOverwrite>,
}

#[derive(Debug, Deserialize)]
struct KeptOverwrite {
    id: String,
    /// 0 is a role, 1 a member.
    #[serde(rename = "type")]
    kind: u8,
    allow: String,
    deny: String,
}

impl Kept {
    pub(super) fn is(&self, channel: ChannelId) -> bool {
        self.id == channel.to_string()
    }

    /// The category it is in.
    pub(super) fn parent(&self) -> Option<ChannelId> {
        self.parent_id.as_deref().and_then(parsed).map(ChannelId)
    }

    pub(super) fn overwrites(&self) -> Vec<Overwrite> {
        let read = |one: &KeptOverwrite| {
            Some(Overwrite {
                whose: if one.kind == 1 {
                    Whose::Member
                } else {
                    Whose::Role
                },
                id: parsed(&one.id)?,
                allow: parsed(&one.allow)?,
                deny: parsed(&one.deny)?,
            })
        };
        let all = self.permission_overwrites.iter();
        all.filter_map(read).collect()
    }

    /// Overwrites as Discord takes them.
    pub(super) fn written(overwrites: &[Overwrite]) -> Value {
        let write = |one: &Overwrite| {
            let kind = match one.whose {
                Whose::Role => 0,
                Whose::Member => 1,
            };
            json!({
                "id": one.id.to_string(),
                "type": kind,
                "allow": one.allow.to_string(),
                "deny": one.deny.to_string(),
            })
        };
        overwrites.iter().map(write).collect()
    }
}

fn parsed(text: &str) -> Option<u64> {
    text.parse().ok()
}

/// The channels of a guild.
pub(super) async fn channels(http: &Rest, guild: GuildId) -> Result<Vec<Kept>, Failure> {
    let guild_id = serenity::GuildId::new(guild.0);
    let channels = http.get(Route::GuildChannels { guild_id }).await;
    channels.map_err(explained)
}

/// Whether a category is there and another channel fits into it.
pub(super) fn has_room(channels: &[Kept], category: ChannelId) -> bool {
    let mut categories = channels.iter().filter(|one| one.kind == CATEGORY);
    let inside = channels.iter().filter(|one| one.parent() == Some(category));
    categories.any(|one| one.is(category)) && inside.count() < ROOM
}

/// The category that a channel is put away in: where it is one of the archive
/// already, that; else the first with room, and where all are full a new one.
pub(super) async fn home(
    http: &Rest,
    guild: GuildId,
    policy: &EndPolicy,
    channels: &[Kept],
    channel: &Kept,
) -> Result<ChannelId, Failure> {
    let categories = || channels.iter().filter(|one| one.kind == CATEGORY);
    let first = policy
        .category
        .filter(|id| categories().any(|one| one.is(*id)));
    let gone = || Failure::Never(words::ending::category_gone()).mendable();
    let first = first.ok_or_else(gone)?;
    let name = categories().find(|one| one.is(first));
    let name = name.map(|one| one.name.as_str()).unwrap_or_default();
    let mut homes = vec![first];
    for number in 2..=MOST {
        let next = words::ending::next_category(name, number);
        let next = categories().find(|one| one.name == next);
        homes.extend(next.and_then(|one| parsed(&one.id)).map(ChannelId));
    }
    if let Some(here) = channel.parent().filter(|parent| homes.contains(parent)) {
        return Ok(here);
    }
    if let Some(home) = homes.iter().find(|home| has_room(channels, **home)) {
        return Ok(*home);
    }
    let free = (2..=MOST + 1)
        .map(|number| words::ending::next_category(name, number))
        .find(|next| !categories().any(|one| one.name == *next));
    let body = json!({"name": free.unwrap_or_default(), "type": CATEGORY});
    let guild_id = serenity::GuildId::new(guild.0);
    let made: Kept = http
        .create(Route::GuildChannels { guild_id }, &body)
        .await
        .map_err(explained)?;
    parsed(&made.id)
        .map(ChannelId)
        .ok_or_else(|| Failure::later("Discord's answer has no id"))
}
