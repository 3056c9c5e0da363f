//! Who may see a private incident.

use poise::serenity_prelude as serenity;

use crate::incident::{Actor, ChannelId, GuildId, Incident, UserId};
use crate::store::{IncidentFilter, Store, StoreError};

/// How many incidents are read at once, at least.
const PAGE: u32 = 50;

/// The incidents of a guild that fit and that somebody sees, newest first. What
/// they do not see takes no place from what they do.
pub(crate) async fn visible(
    store: &Store,
    guild: GuildId,
    filter: &IncidentFilter,
    sees: impl Fn(&Incident) -> bool,
) -> Result<Vec<Incident>, StoreError> {
    let most = filter.limit.map_or(usize::MAX, |limit| limit as usize);
    let page = filter.limit.map(|limit| limit.max(PAGE));
    let mut filter = IncidentFilter {
        include_private: true,
        limit: page,
        ..filter.clone()
    };
    let mut found = Vec::new();
    loop {
        let incidents = store.incidents(guild, &filter).await?;
        let full = page.is_some_and(|page| incidents.len() >= page as usize);
        filter.before = incidents.last().map(|incident| incident.key.number);
        found.extend(incidents.into_iter().filter(&sees));
        if !full || found.len() >= most {
            found.truncate(most);
            return Ok(found);
        }
    }
}

/// Somebody who asks, and where.
pub(crate) struct Reader<'a> {
    pub(crate) cache: &'a serenity::Cache,
    pub(crate) user: UserId,
    pub(crate) roles: &'a [serenity::RoleId],
    /// What they may do where they ask.
    pub(crate) permissions: Option<serenity::Permissions>,
    /// Where they ask. Discord lets nobody ask in a channel they do not see.
    pub(crate) channel: ChannelId,
}

impl Reader<'_> {
    /// Whether they may see an incident: everybody an open one, and a private
    /// one those who opened it, have a role in it or can see its channel.
    pub(crate) fn sees(&self, incident: &Incident) -> bool {
        if !incident.private || incident.records(self.channel) {
            return true;
        }
        let all = serenity::Permissions::ADMINISTRATOR;
        if self.permissions.is_some_and(|has| has.contains(all)) {
            return true;
        }
        let opener = matches!(&incident.opened_by, Actor::Person(person) if person.id == self.user);
        let holder = incident.roles.values().any(|person| person.id == self.user);
        opener || holder || self.sees_place(incident)
    }

    /// Whether the overwrites of the incident's channel let them see it. A private
    /// channel shuts everybody out, so only what allows them by name or role counts;
    /// what is said of them by name counts more. A public thread is seen by who
    /// sees its channel; who is in a private one the cache does not know.
    fn sees_place(&self, incident: &Incident) -> bool {
        let Some((channel, _)) = incident.place else {
            return false;
        };
        let Some(guild) = self.cache.guild(incident.key.guild.0) else {
            return false;
        };
        let id = serenity::ChannelId::new(channel.0);
        let thread = guild.threads.iter().find(|thread| thread.id == id);
        let shown = match thread {
            Some(thread) if thread.kind == serenity::ChannelType::PrivateThread => None,
            Some(thread) => thread.parent_id,
            None => Some(id),
        };
        let Some(channel) = shown.and_then(|id| guild.channels.get(&id)) else {
            return false;
        };
        let overwrites = || channel.permission_overwrites.iter();
        let by_name = overwrites().find_map(|one| match one.kind {
            serenity::PermissionOverwriteType::Member(member) if member.get() == self.user.0 => {
                view(one)
            }
            _ => None,
        });
        by_name.unwrap_or_else(|| {
            overwrites().any(|one| match one.kind {
                serenity::PermissionOverwriteType::Role(role) => {
                    self.roles.contains(&role) && view(one) == Some(true)
                }
                _ => false,
            })
        })
    }
}

/// Whether everybody in a guild sees a channel, as far as is known: what is not
/// in the cache is taken for private.
pub(crate) fn everybody_sees(
    cache: &serenity::Cache,
    guild: GuildId,
    channel: serenity::ChannelId,
) -> bool {
    let Some(guild) = cache.guild(guild.0) else {
        return false;
    };
    // Discord gives @everyone the id of its guild.
    let everyone = serenity::RoleId::new(guild.id.get());
    let usually = guild
        .roles
        .get(&everyone)
        .is_some_and(|role| role.permissions.view_channel());
    let Some(channel) = guild.channels.get(&channel) else {
        return false;
    };
    let here = channel
        .permission_overwrites
        .iter()
        .find_map(|one| match one.kind {
            serenity::PermissionOverwriteType::Role(role) if role == everyone => view(one),
            _ => None,
        });
    here.unwrap_or(usually)
}

/// Whether an overwrite lets whom it names see the channel.
pub(crate) fn allows_seeing(one: &serenity::PermissionOverwrite) -> bool {
    view(one) == Some(true)
}

/// What an overwrite says of seeing the channel.
fn view(one: &serenity::PermissionOverwrite) -> Option<bool> {
    let view = serenity::Permissions::VIEW_CHANNEL;
    (one.allow.contains(view) || one.deny.contains(view)).then(|| one.allow.contains(view))
}
