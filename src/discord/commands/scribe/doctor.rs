//! `/scribe doctor`

use chrono::TimeDelta;
use poise::serenity_prelude as serenity;
use serenity::Permissions;

use crate::discord::commands::registration;
use crate::discord::delivery::place;
use crate::discord::interaction::{Asked, Failure};
use crate::discord::{Ctx, ids};
use crate::incident::{Incident, Place};
use crate::store::IncidentFilter;
use crate::words::doctor::{self, Complaint};
use crate::words::permission;

use super::setup::needs_manage_guild;

/// How far the clocks may be apart: Discord's answer is on its way for a while.
const SKEW: TimeDelta = TimeDelta::seconds(10);

/// How many open incidents are looked at.
const LOOKED_AT: u32 = 100;

/// Check permissions, channels and the clock, and say how to mend each
#[poise::command(slash_command, guild_only)]
pub(super) async fn doctor(ctx: Ctx<'_>) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    needs_manage_guild(&asked)?;
    let mut complaints = on_discord(&asked).await?;
    if !registration::is_current(&asked.context.http).await? {
        complaints.push(doctor::stale_commands());
    }
    let asked_at = ids::created_at(ctx.interaction.id.get());
    let ahead = asked.now - asked_at;
    if ahead.abs() > SKEW {
        complaints.push(doctor::clock(ahead));
    }
    for item in asked.scribe.store.untold(asked.guild).await? {
        let why = item.error.as_deref().unwrap_or_default();
        complaints.push(doctor::untold(item.what.what(), why));
    }
    asked.say(doctor::found(&complaints)).await
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
    let lacks = |has: Permissions, bit: u64| {
        let admin = has.contains(Permissions::ADMINISTRATOR);
        // serenity drops the bits it does not know, so nothing can be said of those.
        let wanted = Permissions::from_bits(bit);
        wanted.is_some_and(|wanted| !admin && !has.contains(wanted))
    };
    let has = known.member_permissions(&me);
    let all = permission::needed();
    let missing = all.iter().filter(|needed| lacks(has, needed.bit));
    let mut complaints: Vec<Complaint> = missing.map(doctor::missing).collect();
    let missing_in = |channel: &serenity::GuildChannel| {
        let here = known.user_permissions_in(channel, &me);
        let missing = all
            .iter()
            .filter(|needed| needed.in_each_channel)
            .filter(|needed| lacks(here, needed.bit) && !lacks(has, needed.bit));
        let id = ids::channel(channel.id);
        missing
            .map(|needed| doctor::missing_in(id, needed))
            .collect::<Vec<_>>()
    };
    match asked.settings.announce_channel {
        None => complaints.push(doctor::announcements_nowhere()),
        Some(id) => match channels.iter().find(|one| ids::channel(one.id) == id) {
            None => complaints.push(doctor::announcements_gone()),
            Some(channel) => {
                complaints.extend(missing_in(channel));
            }
        },
    }
    if let Some(reason) = place::aside(&asked.settings, &channels) {
        complaints.push(doctor::home(&reason));
    }
    for incident in under_way {
        // A thread is seen by who sees its channel, and is told of where it is used.
        let Some((place, Place::Channel)) = incident.place else {
            continue;
        };
        match channels.iter().find(|one| ids::channel(one.id) == place) {
            Some(channel) => {
                complaints.extend(missing_in(channel));
            }
            None => complaints.push(doctor::channel_gone(incident.key.number)),
        }
    }
    Ok(complaints)
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
