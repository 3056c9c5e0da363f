//! Whether the channel of an incident was opened by an earlier try after all:
//! Discord opened it and its answer was lost, or Scribe died before it wrote so
//! down. Discord does not say who opened a channel, so anybody could have made
//! one that looks like it; only what cannot be told from ours is taken.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use poise::serenity_prelude as serenity;
use serenity::{ChannelType, GuildChannel, PermissionOverwrite, PermissionOverwriteType};

use crate::discord::ids;
use crate::discord::scribe::Scribe;
use crate::incident::{ChannelId, Incident};
use crate::store::OutboxItem;
use crate::words::card::{channel_name, channel_prefix};

/// How much Discord's clock may be behind ours.
const SKEW: TimeDelta = TimeDelta::minutes(1);

/// The channel of an earlier try. There is none at the first; later it is one
/// that was opened since this had to be done, with the name, topic and category
/// that we give, is no other incident's, and lets in whom ours lets in.
pub(super) fn made_before(
    scribe: &Scribe,
    incident: &Incident,
    item: &OutboxItem,
    channels: &[GuildChannel],
    category: Option<serenity::ChannelId>,
    overwrites: &[PermissionOverwrite],
) -> Option<ChannelId> {
    if item.attempts <= 1 {
        return None;
    }
    let marker = format!("{} · ", incident.key.number);
    let since = item.created_at - SKEW;
    let ours = |channel: &&GuildChannel| {
        let topic = channel.topic.as_deref();
        let described = topic.is_some_and(|topic| topic.starts_with(&marker));
        let known = scribe.recorded.incident_of(ids::channel(channel.id));
        channel.kind == ChannelType::Text
            && named(incident, &channel.name)
            && described
            && channel.parent_id == category
            && ids::created_at(channel.id.get()) >= since
            && known.is_none()
            && (!incident.private || same(&channel.permission_overwrites, overwrites))
    };
    let found = channels.iter().find(ours);
    found.map(|channel| ids::channel(channel.id))
}

/// Whether it is the name we give; the title may have changed since.
fn named(incident: &Incident, name: &str) -> bool {
    name == channel_name(incident) || name.starts_with(&channel_prefix(incident))
}

/// Whether both let in the same people to do the same.
fn same(there: &[PermissionOverwrite], ours: &[PermissionOverwrite]) -> bool {
    type Rule = (bool, u64, u64, u64);
    let rules = |all: &[PermissionOverwrite]| -> Option<BTreeSet<Rule>> {
        all.iter()
            .map(|one| {
                let (member, id) = match one.kind {
                    PermissionOverwriteType::Role(id) => (false, id.get()),
                    PermissionOverwriteType::Member(id) => (true, id.get()),
                    _ => return None,
                };
                Some((member, id, one.allow.bits(), one.deny.bits()))
            })
            .collect()
    };
    rules(there).is_some_and(|there| Some(there) == rules(ours))
}
