//! What a guild has chosen, and what it cannot choose.

use chrono_tz::Tz;

use crate::incident::{ChannelId, Component, GuildSettings, Role};

use super::{escape, form};

/// What a guild has chosen.
#[must_use]
pub fn settings(settings: &GuildSettings) -> String {
    let channel =
        |id: Option<ChannelId>, none: &str| id.map_or(none.to_owned(), |id| format!("<#{id}>"));
    let summary = if settings.summary.on {
        let day = form::DAYS
            .iter()
            .find(|(day, _)| *day == settings.summary.day);
        format!(
            "{} at {:02}:00",
            day.map_or("", |(_, name)| name),
            settings.summary.hour
        )
    } else {
        "off".to_owned()
    };
    format!(
        "Announcements and summaries: {}\nPublished postmortems: {}\nIncident channels: {}\nTime zone: **{}**\nWeekly summary: {summary}\nComponents: {}\nRoles: {}\nSeverity where nobody says one: **{}**",
        channel(settings.announce_channel, "nowhere yet"),
        channel(settings.postmortem_channel, "the incident's own channel"),
        channel(settings.category, "outside of any category"),
        settings.zone,
        component_names(settings),
        role_names(settings),
        settings.default_severity,
    )
}

fn role_names(settings: &GuildSettings) -> String {
    let own = settings.roles.iter().map(Role::as_str);
    let names: Vec<String> = Role::USUAL
        .into_iter()
        .chain(own)
        .map(escape::discord)
        .collect();
    escape::short(&names.join(", "), 400)
}

/// The guild's components.
#[must_use]
pub fn components(settings: &GuildSettings) -> String {
    format!("Components: {}", component_names(settings))
}

fn component_names(settings: &GuildSettings) -> String {
    if settings.components.is_empty() {
        return "none yet; `/scribe components add` adds some".to_owned();
    }
    let names: Vec<String> = settings
        .components
        .iter()
        .map(|one| escape::discord(&one.0))
        .collect();
    escape::short(&names.join(", "), 1_200)
}

/// The component is there already, or the name is empty.
#[must_use]
pub fn component_known(settings: &GuildSettings) -> String {
    format!(
        "That is one already, or has no name. {}",
        components(settings)
    )
}

/// The guild has no such component.
#[must_use]
pub fn component_unknown(component: &Component, settings: &GuildSettings) -> String {
    format!(
        "There is no component **{}**. {}",
        escape::discord(&escape::short(&component.0, 100)),
        components(settings)
    )
}

/// The guild has as many components as Scribe can offer.
#[must_use]
pub fn too_many_components(most: usize) -> String {
    format!(
        "There are {most} components, and more could not be offered to choose from. Remove one first."
    )
}

/// The name is no zone's.
#[must_use]
pub fn no_such_zone(typed: &str, like: &[Tz]) -> String {
    let mut said = format!(
        "`{}` is no time zone I know. Write one like `Europe/Berlin`, `America/Chicago` or `CT`.",
        escape::code(&escape::short(typed, 50))
    );
    if !like.is_empty() {
        let names: Vec<String> = like
            .iter()
            .take(5)
            .map(|zone| format!("`{zone}`"))
            .collect();
        said += &format!(" Did you mean {}?", names.join(", "));
    }
    said
}

/// The severity was typed in the form of the setup and is none.
#[must_use]
pub fn no_usual_severity(typed: &str) -> String {
    format!(
        "`{}` is no severity; write SEV1, SEV2, SEV3 or SEV4. Nothing was changed: send the form again.",
        escape::code(&escape::short(typed, 50))
    )
}

/// More roles than can be offered.
#[must_use]
pub fn too_many_roles(most: usize) -> String {
    format!(
        "More than {most} roles could not be offered to choose from. Nothing was changed: send the form again with fewer."
    )
}
