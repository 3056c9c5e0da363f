//! Where an incident lives: its channel, thread or forum post.

use poise::serenity_prelude as serenity;
use serenity::{
    ChannelType, CreateChannel, GuildChannel, PermissionOverwrite, PermissionOverwriteType,
    Permissions, Route,
};

use crate::discord::catch_up::Cause;
use crate::discord::ids;
use crate::discord::rest::{Rest, RestError};
use crate::discord::scribe::Scribe;
use crate::incident::{
    Actor, ChannelId, Command, Context, GuildSettings, Incident, Place, Refusal,
};
use crate::store::{OutboxItem, Request, SubmitError, Target};
use crate::words;
use crate::words::card::{channel_name, topic};

use super::access::SEEN;
use super::failure::{Failure, answer};
use super::made_before::made_before;
use super::thread;

/// The most channels of a category.
const ROOM: usize = 50;

/// What it is called in the log that it could not be opened where it should be.
const CATEGORY: &str = "category";

/// Opens the channel and writes it into the record, which queues the card and the rest.
pub(super) async fn deliver(
    scribe: &Scribe,
    http: &Rest,
    incident: &Incident,
    item: &OutboxItem,
) -> Result<(), Failure> {
    if incident.place.is_some() {
        return Ok(());
    }
    let guild = serenity::GuildId::new(incident.key.guild.0);
    let channels = http
        .get::<Vec<GuildChannel>>(Route::GuildChannels { guild_id: guild })
        .await
        .map_err(Failure::from)
        .map_err(Failure::mendable)?;
    let settings = scribe.store.settings(incident.key.guild).await?;
    let (home, aside) = home(&settings, incident.private, &channels);
    let (channel, place) = match home {
        Home::Thread(parent) => {
            let thread = thread::open(scribe, http, incident, item, parent).await?;
            (thread, Place::Thread)
        }
        Home::Channel(category) => {
            let overwrites = members_only(scribe, incident);
            let before = made_before(scribe, incident, item, &channels, category, &overwrites);
            let channel = match before {
                Some(channel) => channel,
                None => open(http, incident, category, overwrites).await?,
            };
            (channel, Place::Channel)
        }
    };
    let once = format!("place:{}", incident.key.number.0);
    let opened = note(
        scribe,
        incident,
        Command::OpenPlace { channel, place },
        Some(once),
    )
    .await;
    match opened {
        Ok(()) | Err(SubmitError::Refused(Refusal::PlaceKnown)) => {}
        Err(error) => return Err(error.into()),
    }
    // People may have written in it before it was known to be the incident's.
    scribe.want(incident.key.guild, Cause::Resumed);
    if let Some(reason) = aside {
        let what = CATEGORY.to_owned();
        note(
            scribe,
            incident,
            Command::FailDelivery { what, reason },
            None,
        )
        .await?;
    }
    Ok(())
}

pub(super) async fn note(
    scribe: &Scribe,
    incident: &Incident,
    command: Command,
    once: Option<String>,
) -> Result<(), SubmitError> {
    let request = Request {
        guild: incident.key.guild,
        target: Target::Incident(incident.key.number),
        command,
        context: Context {
            actor: Actor::Scribe,
            now: scribe.now(),
            origin: None,
        },
        once,
        quiet: false,
    };
    scribe.submit(request).await.map(|_| ())
}

async fn open(
    http: &Rest,
    incident: &Incident,
    category: Option<serenity::ChannelId>,
    overwrites: Vec<PermissionOverwrite>,
) -> Result<ChannelId, Failure> {
    match create(http, incident, category, &overwrites).await {
        Ok(channel) => Ok(channel),
        // Between our look and our request the category may have filled or gone.
        Err(error)
            if category.is_some()
                && answer(&error).is_some_and(|(status, _, _)| status.as_u16() == 400) =>
        {
            let created = create(http, incident, None, &overwrites).await;
            created.map_err(|error| explained(error).mendable())
        }
        Err(error) => Err(explained(error).mendable()),
    }
}

/// Where an incident is opened.
enum Home<'a> {
    /// As a channel of its own, in a category or in none.
    Channel(Option<serenity::ChannelId>),
    /// As a thread of a text channel, or a post in a forum.
    Thread(&'a GuildChannel),
}

/// Why incidents cannot be opened where the guild wants them, if they cannot.
pub(crate) fn aside(settings: &GuildSettings, channels: &[GuildChannel]) -> Option<String> {
    home(settings, false, channels).1
}

/// Where the guild wants the incident, and why it cannot be there where it
/// cannot. Whoever may see a channel or manage its threads may see what is in
/// them, so a private incident always has a channel of its own.
fn home<'a>(
    settings: &GuildSettings,
    private: bool,
    channels: &'a [GuildChannel],
) -> (Home<'a>, Option<String>) {
    let mut aside = None;
    if let Some(parent) = settings.threads_in.filter(|_| !private) {
        let mut fit = channels.iter().filter(|one| thread::holds_incidents(one));
        match fit.find(|one| ids::channel(one.id) == parent) {
            Some(parent) => return (Home::Thread(parent), None),
            None => aside = Some(words::failure::home_gone()),
        }
    }
    let category = settings.category.map(|id| serenity::ChannelId::new(id.0));
    match category.map(|id| usable(channels, id)).transpose() {
        Ok(category) => (Home::Channel(category), aside),
        Err(reason) => (Home::Channel(None), Some(reason)),
    }
}

/// The category if another channel can be opened in it, else why not.
fn usable(
    channels: &[GuildChannel],
    category: serenity::ChannelId,
) -> Result<serenity::ChannelId, String> {
    let is_it = |one: &GuildChannel| one.id == category && one.kind == ChannelType::Category;
    if !channels.iter().any(is_it) {
        return Err(words::failure::category_gone());
    }
    let inside = channels
        .iter()
        .filter(|one| one.parent_id == Some(category));
    if inside.count() >= ROOM {
        return Err(words::failure::category_full(ROOM));
    }
    Ok(category)
}

async fn create(
    http: &Rest,
    incident: &Incident,
    category: Option<serenity::ChannelId>,
    overwrites: &[PermissionOverwrite],
) -> Result<ChannelId, RestError> {
    let mut channel = CreateChannel::new(channel_name(incident))
        .kind(ChannelType::Text)
        .topic(topic(incident));
    if let Some(category) = category {
        channel = channel.category(category);
    }
    if incident.private {
        channel = channel.permissions(overwrites.iter().cloned());
    }
    let guild = serenity::GuildId::new(incident.key.guild.0);
    let route = Route::GuildChannels { guild_id: guild };
    let created: GuildChannel = http.create(route, &channel).await?;
    Ok(ids::channel(created.id))
}

/// Everybody is shut out but Scribe, which would lock itself out otherwise,
/// whoever opened the incident and whoever has a role in it.
fn members_only(scribe: &Scribe, incident: &Incident) -> Vec<PermissionOverwrite> {
    let everybody = PermissionOverwrite {
        allow: Permissions::empty(),
        deny: Permissions::VIEW_CHANNEL,
        // Discord gives @everyone the id of its guild.
        kind: PermissionOverwriteType::Role(serenity::RoleId::new(incident.key.guild.0)),
    };
    let opener = match &incident.opened_by {
        Actor::Person(person) => Some(person.id),
        Actor::Named { .. } | Actor::Scribe => None,
    };
    let holders = incident.roles.values().map(|person| person.id);
    let mut members: Vec<_> = scribe
        .me
        .get()
        .copied()
        .into_iter()
        .chain(opener)
        .chain(holders)
        .collect();
    members.sort_unstable();
    members.dedup();
    let members = members.into_iter().map(|member| PermissionOverwrite {
        allow: SEEN,
        deny: Permissions::empty(),
        kind: PermissionOverwriteType::Member(serenity::UserId::new(member.0)),
    });
    std::iter::once(everybody).chain(members).collect()
}

/// What is in the way of a channel, and how to mend it.
fn explained(error: RestError) -> Failure {
    match answer(&error) {
        Some((status, _, _)) if status.as_u16() == 403 => {
            Failure::Never(words::failure::may_not_open_channels())
        }
        Some((_, 30_013, _)) => Failure::Never(words::failure::guild_full()),
        _ => error.into(),
    }
}
