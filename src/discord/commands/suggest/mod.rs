//! What is offered while somebody types an option. Offers are a courtesy: a
//! failure here is logged and offers nothing.

mod times;

use std::cmp::Reverse;

use poise::serenity_prelude as serenity;
use serenity::{AutocompleteChoice, CreateAutocompleteResponse};

use crate::discord::interaction::{self, Reader};
use crate::discord::{Ctx, ids};
use crate::incident::{
    Fact, GuildId, GuildSettings, Incident, IncidentKey, Line, Role, Seq, human_time, timeline,
};
use crate::report::postmortem;
use crate::report::week::{Period, Week};
use crate::store::{IncidentFilter, StoreError};
use crate::words::{self, Speech};

pub(crate) use times::{days, hours, in_days, moments, past_days, waits};

/// The most that Discord shows.
const MOST: u32 = 25;

/// How many entries are looked through for those that fit: the answer comes as
/// fast in a log of a hundred thousand.
const LAST_ENTRIES: u32 = 500;

/// Incidents by number or title, open ones first.
pub(crate) async fn incidents(ctx: Ctx<'_>, typed: &str) -> CreateAutocompleteResponse {
    let found = visible(ctx, typed).await;
    offer(found.map(|incidents| {
        incidents
            .iter()
            .map(|one| {
                (
                    words::answer::incident_offer(one),
                    one.key.number.to_string(),
                )
            })
            .collect()
    }))
}

/// The guild's components.
pub(crate) async fn components(ctx: Ctx<'_>, typed: &str) -> CreateAutocompleteResponse {
    let settings = settings(ctx).await;
    offer(settings.map(|settings| {
        let names = settings
            .components
            .iter()
            .map(|component| component.0.clone());
        fitting(names, typed)
    }))
}

/// The same for an option that takes several, separated by commas: completes the last.
pub(crate) async fn component_list(ctx: Ctx<'_>, typed: &str) -> CreateAutocompleteResponse {
    let settings = settings(ctx).await;
    let (before, last) = match typed.rsplit_once(',') {
        Some((before, last)) => (format!("{}, ", before.trim()), last.trim()),
        None => (String::new(), typed),
    };
    offer(settings.map(|settings| {
        let names = settings
            .components
            .iter()
            .map(|component| component.0.clone());
        fitting(names, last)
            .into_iter()
            .map(|(name, _)| (format!("{before}{name}"), format!("{before}{name}")))
            .collect()
    }))
}

/// The usual roles and the guild's own.
pub(crate) async fn roles(ctx: Ctx<'_>, typed: &str) -> CreateAutocompleteResponse {
    let settings = settings(ctx).await;
    offer(settings.map(|settings| {
        let usual = Role::USUAL.into_iter().filter_map(Role::named);
        let roles: Vec<Role> = usual.chain(settings.roles.iter().cloned()).collect();
        let typed = typed.trim().to_lowercase();
        let named = roles
            .iter()
            .map(|role| (words::name::role(role), role.as_str()));
        let fits = |(shown, name): &(&str, &str)| {
            shown.to_lowercase().contains(&typed) || name.contains(&typed)
        };
        let fitting = named.filter(fits);
        fitting
            .map(|(shown, name)| (shown.to_owned(), name.to_owned()))
            .collect()
    }))
}

/// Time zones.
pub(crate) async fn zones(_: Ctx<'_>, typed: &str) -> CreateAutocompleteResponse {
    let zones = human_time::zones_like(typed);
    offer(Ok(zones
        .iter()
        .map(|zone| (zone.name().to_owned(), zone.name().to_owned()))
        .collect()))
}

/// Weeks, this one and those before.
pub(crate) async fn weeks(ctx: Ctx<'_>, typed: &str) -> CreateAutocompleteResponse {
    let settings = settings(ctx).await;
    let now = ctx.framework.user_data.now();
    offer(settings.map(|settings| {
        let this = Week::at(now, settings.zone);
        let weeks = std::iter::successors(Some(this), |week| Some(week.previous()));
        let named = ["last", "this"].map(str::to_owned).into_iter();
        let numbered = weeks.take(MOST as usize).map(|week| week.to_string());
        fitting(named.chain(numbered), typed)
    }))
}

/// Months, the newest first.
pub(crate) async fn months(ctx: Ctx<'_>, typed: &str) -> CreateAutocompleteResponse {
    let settings = settings(ctx).await;
    let now = ctx.framework.user_data.now();
    offer(settings.map(|settings| {
        let named = ["last", "this"].map(str::to_owned).into_iter();
        fitting(
            named.chain(Period::months(now, settings.zone).take(MOST as usize)),
            typed,
        )
    }))
}

/// The action items that are still to be done.
pub(crate) async fn open_actions(ctx: Ctx<'_>, typed: &str) -> CreateAutocompleteResponse {
    let incident = meant(ctx).await.unwrap_or_else(|error| {
        tracing::warn!("nothing to offer while typing: {error}");
        None
    });
    let typed = typed.trim();
    let actions = incident.iter().flat_map(|incident| &incident.actions);
    let choices = actions
        .filter(|action| action.done_at.is_none())
        .filter(|action| action.number.to_string().starts_with(typed))
        .take(MOST as usize)
        .map(|action| {
            let name = words::escape::short(&words::action::action_offer(action), 100);
            AutocompleteChoice::new(name, action.number)
        });
    CreateAutocompleteResponse::new().set_choices(choices.collect())
}

/// The last entries of the incident of this channel, or of the one named,
/// newest first, and any by its number.
pub(crate) async fn entries(ctx: Ctx<'_>, typed: &str) -> CreateAutocompleteResponse {
    offer(entries_of(ctx, typed).await)
}

async fn entries_of(ctx: Ctx<'_>, typed: &str) -> Result<Vec<(String, String)>, StoreError> {
    let data = ctx.framework.user_data;
    let Some(Incident { key, .. }) = meant(ctx).await? else {
        return Ok(Vec::new());
    };
    let speech = Speech {
        zone: data.store.settings(key.guild).await?.zone,
        now: data.now(),
    };
    let wanted = typed.trim().trim_start_matches('#').to_lowercase();
    let last = data.store.last_entries(key, LAST_ENTRIES).await?;
    // The one of exactly that number may be older than all that is looked through.
    let first = last.first().map(|entry| entry.seq);
    let older = wanted.parse().ok().map(Seq);
    let older = older.filter(|seq| first.is_some_and(|first| *seq < first));
    let older = match older {
        Some(seq) => data.store.entry(key, seq).await?,
        None => None,
    };
    let older = older.as_slice();
    let mut lines = timeline(&last);
    // What an edit or a deletion tells of may stand before these entries.
    lines.retain(|line| {
        let fact = &line.entry.fact;
        !matches!(fact, Fact::MessageEdited { .. } | Fact::MessageDeleted {})
    });
    lines.extend(timeline(older));
    let exact = |line: &Line<'_>| line.entry.seq.0.to_string() == wanted;
    lines.sort_by_key(|line| (!exact(line), Reverse(line.entry.seq)));
    let offers = lines.iter().map(|line| {
        (
            words::answer::entry_offer(line, &speech),
            line.entry.seq.0.to_string(),
        )
    });
    Ok(offers
        .filter(|(label, seq)| seq.starts_with(&wanted) || label.to_lowercase().contains(&wanted))
        .take(MOST as usize)
        .collect())
}

/// The versions of the section that is named, newest first.
pub(crate) async fn versions(ctx: Ctx<'_>, typed: &str) -> CreateAutocompleteResponse {
    offer(versions_of(ctx, typed).await)
}

async fn versions_of(ctx: Ctx<'_>, typed: &str) -> Result<Vec<(String, String)>, StoreError> {
    let data = ctx.framework.user_data;
    let named = ctx.args.iter().find(|option| option.name == "section");
    let section = match named.map(|option| &option.value) {
        Some(serenity::ResolvedValue::String(text)) => text.parse().ok(),
        _ => None,
    };
    let (Some(section), Some(incident)) = (section, meant(ctx).await?) else {
        return Ok(Vec::new());
    };
    let speech = Speech {
        zone: data.store.settings(incident.key.guild).await?.zone,
        now: data.now(),
    };
    let log = data.store.log(incident.key).await?;
    let wanted = typed.trim().trim_start_matches('#');
    let versions = postmortem::versions(&incident, &log, section);
    let readable = versions.iter().rev().filter(|one| one.text.is_some());
    let offers = readable.map(|one| {
        let seq = one.entry.seq.0.to_string();
        (words::postmortem::version_offer(one.entry, &speech), seq)
    });
    Ok(offers.filter(|(_, seq)| seq.starts_with(wanted)).collect())
}

/// The incident that the option `incident` names by its number, or else that
/// of the channel, if they may see it.
async fn meant(ctx: Ctx<'_>) -> Result<Option<Incident>, StoreError> {
    let data = ctx.framework.user_data;
    let Some(guild) = guild(ctx) else {
        return Ok(None);
    };
    let named = ctx.args.iter().find(|option| option.name == "incident");
    let key = match named.map(|option| &option.value) {
        Some(serenity::ResolvedValue::String(text)) => text
            .parse()
            .ok()
            .map(|number| IncidentKey { guild, number }),
        _ => data
            .recorded
            .incident_of(ids::channel(ctx.interaction.channel_id)),
    };
    let Some(key) = key else {
        return Ok(None);
    };
    let incident = data.store.incident(key).await?;
    Ok(incident.filter(|incident| sees(ctx, incident)))
}

async fn visible(ctx: Ctx<'_>, typed: &str) -> Result<Vec<Incident>, StoreError> {
    let Some(guild) = guild(ctx) else {
        return Ok(Vec::new());
    };
    let store = &ctx.framework.user_data.store;
    let sees = |incident: &Incident| sees(ctx, incident);
    if let Ok(number) = typed.parse() {
        let found = store.incident(IncidentKey { guild, number }).await?;
        return Ok(found.into_iter().filter(sees).collect());
    }
    let typed = typed.trim();
    let filter = |open| IncidentFilter {
        text: (!typed.is_empty()).then(|| typed.to_owned()),
        open: Some(open),
        limit: Some(MOST),
        ..IncidentFilter::default()
    };
    let mut found = interaction::visible(store, guild, &filter(true), sees).await?;
    found.extend(interaction::visible(store, guild, &filter(false), sees).await?);
    Ok(found)
}

fn sees(ctx: Ctx<'_>, incident: &Incident) -> bool {
    let interaction = ctx.interaction;
    let member = interaction.member.as_deref();
    let reader = Reader {
        cache: &ctx.serenity_context().cache,
        user: ids::user(interaction.user.id),
        roles: member.map_or(&[], |member| member.roles.as_slice()),
        permissions: member.and_then(|member| member.permissions),
        channel: ids::channel(interaction.channel_id),
    };
    reader.sees(incident)
}

fn guild(ctx: Ctx<'_>) -> Option<GuildId> {
    ctx.interaction.guild_id.map(ids::guild)
}

async fn settings(ctx: Ctx<'_>) -> Result<GuildSettings, StoreError> {
    match guild(ctx) {
        Some(guild) => ctx.framework.user_data.store.settings(guild).await,
        None => Ok(GuildSettings::default()),
    }
}

fn fitting(names: impl Iterator<Item = String>, typed: &str) -> Vec<(String, String)> {
    let typed = typed.trim().to_lowercase();
    names
        .filter(|name| name.to_lowercase().contains(&typed))
        .map(|name| (name.clone(), name))
        .collect()
}

fn offer(offers: Result<Vec<(String, String)>, StoreError>) -> CreateAutocompleteResponse {
    let offers = offers.unwrap_or_else(|error| {
        tracing::warn!("nothing to offer while typing: {error}");
        Vec::new()
    });
    // Discord refuses the whole answer where one name or value passes 100 characters.
    let choices = offers
        .into_iter()
        .filter(|(_, value)| value.chars().count() <= 100 && !value.is_empty())
        .take(MOST as usize)
        .map(|(name, value)| AutocompleteChoice::new(words::escape::short(&name, 100), value));
    CreateAutocompleteResponse::new().set_choices(choices.collect())
}
