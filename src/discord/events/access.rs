//! Who may see the channel of a private incident: what people change of it on
//! Discord itself belongs into the log too.

use std::collections::BTreeMap;

use poise::serenity_prelude as serenity;
use serenity::PermissionOverwriteType;

use crate::discord::ids;
use crate::discord::interaction::allows_seeing;
use crate::discord::scribe::Scribe;
use crate::incident::{
    Actor, Command, Context, Guest, Incident, IncidentKey, Person, Place, RoleId, UserId,
};
use crate::store::{Request, StoreError, Target};

/// Looks at the channels of a guild: what changed while Scribe was away.
pub(crate) async fn of_guild(
    scribe: &Scribe,
    context: &serenity::Context,
    guild: serenity::GuildId,
) {
    let channels: Vec<serenity::ChannelId> = match context.cache.guild(guild) {
        Some(guild) => guild.channels.keys().copied().collect(),
        None => return,
    };
    for channel in channels {
        changed(scribe, context, guild, channel).await;
    }
}

/// Notes who was let into a channel and who may see it no more, by how it is now:
/// events of one channel come in any order.
pub(crate) async fn changed(
    scribe: &Scribe,
    context: &serenity::Context,
    guild: serenity::GuildId,
    channel: serenity::ChannelId,
) {
    let Some(key) = scribe.recorded.incident_of(ids::channel(channel)) else {
        return;
    };
    let result = compare(scribe, context, key, guild, channel).await;
    if let Err(error) = result {
        tracing::error!(incident = %key.number, "who may see its channel is not in the log: {error}");
    }
}

async fn compare(
    scribe: &Scribe,
    context: &serenity::Context,
    key: IncidentKey,
    guild: serenity::GuildId,
    channel: serenity::ChannelId,
) -> Result<(), StoreError> {
    let Some(incident) = scribe.store.incident(key).await? else {
        return Ok(());
    };
    let own = Some((ids::channel(channel), Place::Channel));
    if !incident.private || incident.place != own {
        return Ok(());
    }
    let Some(seen) = guests(scribe, context, &incident, guild, channel) else {
        return Ok(());
    };
    let gone = incident
        .people
        .let_in()
        .filter(|one| !seen.contains_key(&one.id()));
    let gone = gone.cloned().map(|from| Command::TakeAccess { from });
    let new = seen
        .iter()
        .filter(|(id, _)| !incident.people.is_let_in(**id));
    let mut commands: Vec<Command> = gone.collect();
    for (_, guest) in new {
        let to = named(context, guild, guest.clone()).await;
        commands.push(Command::GiveAccess { to });
    }
    for command in commands {
        let request = Request {
            guild: key.guild,
            target: Target::Incident(key.number),
            command,
            context: Context {
                actor: Actor::Scribe,
                now: scribe.now(),
                origin: None,
            },
            once: None,
            quiet: false,
        };
        if let Err(error) = scribe.submit(request).await {
            tracing::error!(incident = %key.number, "who may see its channel is not in the log: {error}");
        }
    }
    Ok(())
}

/// Those whom the channel lets in by name, less Scribe and whoever opened it.
fn guests(
    scribe: &Scribe,
    context: &serenity::Context,
    incident: &Incident,
    guild: serenity::GuildId,
    channel: serenity::ChannelId,
) -> Option<BTreeMap<u64, Guest>> {
    let guild = context.cache.guild(guild)?;
    let channel = guild.channels.get(&channel)?;
    let opener = match &incident.opened_by {
        Actor::Person(person) => Some(person.id),
        Actor::Named { .. } | Actor::Scribe => None,
    };
    let mut seen = BTreeMap::new();
    for one in channel
        .permission_overwrites
        .iter()
        .filter(|one| allows_seeing(one))
    {
        let guest = match one.kind {
            PermissionOverwriteType::Member(id) => {
                let id = ids::user(id);
                if scribe.is_me(id) || Some(id) == opener {
                    continue;
                }
                Guest::Person(Person {
                    id,
                    name: String::new(),
                    bot: false,
                })
            }
            PermissionOverwriteType::Role(id) => Guest::GuildRole {
                id: RoleId(id.get()),
                name: guild
                    .roles
                    .get(&id)
                    .map_or_else(String::new, |role| role.name.clone()),
            },
            _ => continue,
        };
        seen.insert(guest.id(), guest);
    }
    Some(seen)
}

/// Somebody with the name that the guild sees.
async fn named(context: &serenity::Context, guild: serenity::GuildId, guest: Guest) -> Guest {
    let Guest::Person(person) = guest else {
        return guest;
    };
    let UserId(id) = person.id;
    match guild.member(context, serenity::UserId::new(id)).await {
        Ok(member) => Guest::Person(ids::person(&member.user, member.nick.as_deref())),
        Err(error) => {
            tracing::warn!("the name of somebody who was let in is not known: {error}");
            let name = format!("<@{id}>");
            Guest::Person(Person { name, ..person })
        }
    }
}
