//! Who may see a private incident.

use poise::serenity_prelude as serenity;

use crate::incident::{Actor, GuildId, Incident, UserId};
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

/// Whether somebody may see an incident: everybody an open one, and a private
/// one those who opened it, have a role in it or can see its channel.
pub(crate) fn may_see(
    cache: &serenity::Cache,
    incident: &Incident,
    user: UserId,
    roles: &[serenity::RoleId],
    permissions: Option<serenity::Permissions>,
) -> bool {
    if !incident.private {
        return true;
    }
    if permissions.is_some_and(|all| all.contains(serenity::Permissions::ADMINISTRATOR)) {
        return true;
    }
    let opener = matches!(&incident.opened_by, Actor::Person(person) if person.id == user);
    let holder = incident.roles.values().any(|person| person.id == user);
    opener || holder || sees_channel(cache, incident, user, roles)
}

/// Whether the overwrites of the incident's channel let them see it. A private
/// channel shuts everybody out, so only what allows them by name or role counts;
/// what is said of them by name counts more.
fn sees_channel(
    cache: &serenity::Cache,
    incident: &Incident,
    user: UserId,
    roles: &[serenity::RoleId],
) -> bool {
    let Some((channel, _)) = incident.place else {
        return false;
    };
    let Some(guild) = cache.guild(incident.key.guild.0) else {
        return false;
    };
    let Some(channel) = guild.channels.get(&serenity::ChannelId::new(channel.0)) else {
        return false;
    };
    let allows = |one: &serenity::PermissionOverwrite| {
        let view = serenity::Permissions::VIEW_CHANNEL;
        (one.allow.contains(view) || one.deny.contains(view)).then(|| one.allow.contains(view))
    };
    let overwrites = || channel.permission_overwrites.iter();
    let by_name = overwrites().find_map(|one| match one.kind {
        serenity::PermissionOverwriteType::Member(member) if member.get() == user.0 => allows(one),
        _ => None,
    });
    by_name.unwrap_or_else(|| {
        overwrites().any(|one| match one.kind {
            serenity::PermissionOverwriteType::Role(role) => {
                roles.contains(&role) && allows(one) == Some(true)
            }
            _ => false,
        })
    })
}
