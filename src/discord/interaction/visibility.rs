//! Who may see a private incident.

use poise::serenity_prelude as serenity;

use crate::incident::{Actor, Incident, UserId};

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
/// channel shuts everybody out, so only what allows them by name or role counts.
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
    channel.permission_overwrites.iter().any(|overwrite| {
        let theirs = match overwrite.kind {
            serenity::PermissionOverwriteType::Member(member) => member.get() == user.0,
            serenity::PermissionOverwriteType::Role(role) => roles.contains(&role),
            _ => false,
        };
        theirs
            && overwrite
                .allow
                .contains(serenity::Permissions::VIEW_CHANNEL)
    })
}
