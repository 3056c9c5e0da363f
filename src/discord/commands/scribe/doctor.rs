//! `/scribe doctor`

use chrono::TimeDelta;
use poise::serenity_prelude as serenity;
use serenity::{GuildChannel, Permissions};

use crate::discord::commands::registration;
use crate::discord::delivery::place;
use crate::discord::interaction::{Asked, Failure};
use crate::discord::{Ctx, ids};
use crate::incident::{ChannelId, GuildSettings, Incident, Place};
use crate::store::{IncidentFilter, Trouble};
use crate::words;
use crate::words::doctor::{self, Complaint};
use crate::words::permission::{NEEDED, Needed};

use super::setup::needs_set_up;

/// How far the clocks may be apart: Discord's answer is on its way for a while.
const SKEW: TimeDelta = TimeDelta::seconds(10);

/// How many open incidents are looked at.
const LOOKED_AT: u32 = 100;

/// What a category needs for channels to be opened, moved and closed in it.
const IN_CATEGORY: Permissions = Permissions::MANAGE_CHANNELS
    .union(Permissions::VIEW_CHANNEL)
    .union(Permissions::MANAGE_ROLES);

/// What a channel or forum needs for threads to be opened and archived in it.
const OF_THREADS: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::CREATE_PUBLIC_THREADS)
    .union(Permissions::SEND_MESSAGES_IN_THREADS)
    .union(Permissions::MANAGE_THREADS);

/// Check permissions, channels, clock and storage, and say how to mend each
#[poise::command(slash_command, guild_only)]
pub(super) async fn doctor(ctx: Ctx<'_>) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    needs_set_up(&asked)?;
    let mut complaints = on_discord(&asked).await?;
    if !registration::is_current(&asked.context.http).await? {
        complaints.push(doctor::stale_commands());
    }
    let asked_at = ids::created_at(ctx.interaction.id.get());
    let ahead = asked.now - asked_at;
    if ahead.abs() > SKEW {
        complaints.push(doctor::clock(ahead));
    }
    let gone = asked.settings.access.gone(|role| asked.has_role(role));
    let gone = gone.into_iter().map(|(right, _)| right);
    complaints.extend(gone.map(words::access::role_gone));
    let condition = asked.scribe.store.condition(asked.scribe.now()).await?;
    complaints.extend(condition.troubles().into_iter().map(storage));
    for item in asked.scribe.store.untold(asked.guild).await? {
        let why = item.error.as_deref().unwrap_or_default();
        complaints.push(doctor::untold(item.what.what(), why));
    }
    let hints = zone(&asked.settings);
    asked.say(doctor::found(&complaints, &hints)).await
}

/// What is to be mended about what the record lies on.
fn storage(trouble: Trouble) -> Complaint {
    match trouble {
        Trouble::LittleRoom(free) => words::storage::little_room(free),
        Trouble::LongLog(bytes) => words::storage::long_log(bytes),
        Trouble::OldServer(version) => words::storage::old_server(version),
        Trouble::ClockApart(ahead) => words::storage::clock_apart(ahead),
        Trouble::FewConnections(taken, all) => words::storage::few_connections(taken, all),
    }
}

fn zone(settings: &GuildSettings) -> Vec<String> {
    let unsaid = !settings.zone_chosen && settings.zone == chrono_tz::Tz::UTC;
    unsaid.then(doctor::zone_never_chosen).into_iter().collect()
}

/// What Discord does not allow, or has no more.
async fn on_discord(asked: &Asked<'_>) -> Result<Vec<Complaint>, Failure> {
    let guild = serenity::GuildId::new(asked.guild.0);
    let (http, cache) = (&asked.context.http, &asked.context.cache);
    let me = asked.scribe.me.get().map(|me| serenity::UserId::new(me.0));
    let me = me.ok_or_else(|| Failure::Ours(anyhow::anyhow!("Scribe does not know itself yet")))?;
    let me = http.get_member(guild, me).await?;
    let channels = http.get_channels(guild).await?;
    let under_way = under_way(asked).await?;
    let known = cache.guild(guild);
    let known =
        known.ok_or_else(|| Failure::Ours(anyhow::anyhow!("the server is not known yet")))?;
    let has = known.member_permissions(&me);
    let missing = NEEDED.iter().filter(|needed| lacks(has, needed.bit));
    let mut complaints: Vec<Complaint> = missing.map(doctor::missing).collect();
    // What is missing everywhere is said once.
    let missing_in = |channel: &GuildChannel, wanted: &dyn Fn(&Needed) -> bool| {
        let here = known.user_permissions_in(channel, &me);
        let missing = NEEDED.iter().filter(|needed| wanted(needed));
        let missing = missing.filter(|needed| lacks(here, needed.bit) && !lacks(has, needed.bit));
        missing.collect::<Vec<_>>()
    };
    let in_each = |channel: &GuildChannel| {
        let missing = missing_in(channel, &|needed| needed.in_each_channel);
        let id = ids::channel(channel.id);
        let said = missing.into_iter();
        said.map(move |needed| doctor::missing_in(id, needed))
            .collect::<Vec<_>>()
    };
    let find = |id: ChannelId| channels.iter().find(|one| ids::channel(one.id) == id);
    match asked.settings.announce_channel {
        None => complaints.push(doctor::announcements_nowhere()),
        Some(id) => match find(id) {
            None => complaints.push(doctor::announcements_gone()),
            Some(channel) => complaints.extend(in_each(channel)),
        },
    }
    if let Some(reason) = place::aside(&asked.settings, &channels) {
        complaints.push(doctor::home(&reason));
    }
    let archive = asked.settings.ends.category;
    if archive.is_some_and(|archive| find(archive).is_none()) {
        complaints.push(doctor::archive_gone());
    }
    for (home, needs) in homes(&asked.settings) {
        let Some(channel) = find(home) else { continue };
        let wanted = |needed: &Needed| {
            Permissions::from_bits(needed.bit).is_some_and(|bit| needs.contains(bit))
        };
        let missing = missing_in(channel, &wanted).into_iter();
        complaints.extend(missing.map(|needed| doctor::missing_in_home(home, needed)));
    }
    for incident in under_way {
        // A thread is seen by who sees its channel, and is told of where it is used.
        let Some((place, Place::Channel)) = incident.place else {
            continue;
        };
        match find(place) {
            Some(channel) => complaints.extend(in_each(channel)),
            None => complaints.push(doctor::channel_gone(incident.key.number)),
        }
    }
    Ok(complaints)
}

/// Whether a permission is missing.
fn lacks(has: Permissions, bit: u64) -> bool {
    let admin = has.contains(Permissions::ADMINISTRATOR);
    // serenity drops the bits it does not know, so nothing can be said of those.
    let wanted = Permissions::from_bits(bit);
    wanted.is_some_and(|wanted| !admin && !has.contains(wanted))
}

/// Where incidents are opened and archived, and what is needed there. Where
/// they are threads, private ones are channels all the same.
fn homes(settings: &GuildSettings) -> Vec<(ChannelId, Permissions)> {
    let (category, archive) = (settings.category, settings.ends.category);
    let archive = archive.filter(|archive| Some(*archive) != category);
    let categories = category.into_iter().chain(archive);
    let categories = categories.map(|one| (one, IN_CATEGORY));
    let threads = settings.threads_in.map(|one| (one, OF_THREADS));
    categories.chain(threads).collect()
}

/// The open incidents that the asker may see.
async fn under_way(asked: &Asked<'_>) -> Result<Vec<Incident>, Failure> {
    let open = IncidentFilter {
        open: Some(true),
        limit: Some(LOOKED_AT),
        ..IncidentFilter::default()
    };
    asked.visible(&open).await
}
