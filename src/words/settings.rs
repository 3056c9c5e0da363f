//! What a guild has chosen, and what it cannot choose.

use chrono_tz::Tz;

use crate::incident::{Besides, ChannelId, Component, GuildSettings, Role};

use super::language::{say, weekday, word};
use super::{escape, form, name};

/// What a guild has chosen.
#[must_use]
pub fn settings(settings: &GuildSettings) -> String {
    let channel =
        |id: Option<ChannelId>, none: &str| id.map_or(none.to_owned(), |id| format!("<#{id}>"));
    let summary = if settings.summary.on {
        let (day, hour) = (weekday(settings.summary.day), settings.summary.hour);
        say!("{day} at {hour:02}:00", "{day} um {hour:02}:00") + besides(settings)
    } else {
        word!("off", "aus").to_owned()
    };
    say!(
        "Announcements and summaries: {announcements}\nPublished postmortems: {postmortems}\nIncidents: {home}\nLanguage: **{language}**\nTime zone: **{zone}**\nWeekly summary: {summary}\nComponents: {components}\nRoles: {roles}\nSeverity where nobody says one: **{severity}**",
        "Ankündigungen und Übersichten: {announcements}\nVeröffentlichte Postmortems: {postmortems}\nIncidents: {home}\nSprache: **{language}**\nZeitzone: **{zone}**\nWochenübersicht: {summary}\nKomponenten: {components}\nRollen: {roles}\nSchweregrad, wenn niemand einen nennt: **{severity}**",
        announcements = channel(
            settings.announce_channel,
            word!("nowhere yet", "noch nirgends")
        ),
        postmortems = channel(
            settings.postmortem_channel,
            word!("the incident's own channel", "der Kanal des Incidents")
        ),
        home = home(settings),
        language = form::language(settings.language),
        zone = settings.zone,
        components = component_names(settings),
        roles = role_names(settings),
        severity = settings.default_severity
    )
}

/// Below the page of the setup: what comes next.
#[must_use]
pub fn try_it() -> String {
    say!(
        "-# What you choose holds at once. Try it with `/incident open drill:True`: a drill counts nowhere. `/scribe doctor` finds what is missing.",
        "-# Was du wählst, gilt sofort. Probier es mit `/incident open drill:True`: Eine Übung zählt nirgends mit. `/scribe doctor` findet, was fehlt."
    )
}

/// What could not be posted to the guild, by its name and why; nothing where all could.
#[must_use]
pub fn untold(items: &[(&str, Option<&str>)]) -> String {
    let line = |(what, why): &(&str, Option<&str>)| {
        let why = why.unwrap_or(word!("unknown", "unbekannt"));
        say!(
            "\n⚠️ The {what} could not be posted yet: {why}. It is posted once that is mended; another channel can be chosen with `/scribe setup`.",
            "\n⚠️ Noch nicht gepostet werden konnte: {what}. Grund: {why}. Es kommt, sobald das behoben ist; einen anderen Kanal wählst du mit `/scribe setup`.",
            what = name::delivered(what),
            why = escape::discord(&escape::short(why, 200))
        )
    };
    items.iter().take(2).map(line).collect()
}

/// Where incidents live.
fn home(settings: &GuildSettings) -> String {
    match (settings.threads_in, settings.category) {
        (Some(parent), _) => say!(
            "a thread or post in <#{parent}> each; private ones have a channel of their own",
            "je ein Thread oder Beitrag in <#{parent}>; private haben einen eigenen Kanal"
        ),
        (None, Some(category)) => say!(
            "a channel in <#{category}> each",
            "je ein Kanal in <#{category}>"
        ),
        (None, None) => say!(
            "a channel outside of any category each",
            "je ein Kanal außerhalb jeder Kategorie"
        ),
    }
}

/// What the weekly summary counts apart.
fn besides(settings: &GuildSettings) -> &'static str {
    let apart = |besides: Besides| besides == Besides::Apart;
    match (
        apart(settings.review.drills),
        apart(settings.review.private),
    ) {
        (true, false) => word!(
            "; drills are counted apart, private incidents left out",
            "; Übungen werden getrennt gezählt, private Incidents weggelassen"
        ),
        (false, true) => word!(
            "; private incidents are counted apart, drills left out",
            "; private Incidents werden getrennt gezählt, Übungen weggelassen"
        ),
        (true, true) => word!(
            "; drills and private incidents are counted apart",
            "; Übungen und private Incidents werden getrennt gezählt"
        ),
        (false, false) => word!(
            "; drills and private incidents are left out",
            "; Übungen und private Incidents werden weggelassen"
        ),
    }
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
    say!(
        "Components: {names}",
        "Komponenten: {names}",
        names = component_names(settings)
    )
}

fn component_names(settings: &GuildSettings) -> String {
    if settings.components.is_empty() {
        return say!(
            "none yet; `/scribe components add` adds some",
            "noch keine; `/scribe components add` fügt welche hinzu"
        );
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
    say!(
        "That is one already, or has no name. {components}",
        "Die gibt es schon, oder der Name ist leer. {components}",
        components = components(settings)
    )
}

/// The guild has no such component.
#[must_use]
pub fn component_unknown(component: &Component, settings: &GuildSettings) -> String {
    say!(
        "There is no component **{name}**. {components}",
        "Es gibt keine Komponente **{name}**. {components}",
        name = escape::discord(&escape::short(&component.0, 100)),
        components = components(settings)
    )
}

/// The guild has as many components as Scribe can offer.
#[must_use]
pub fn too_many_components(most: usize) -> String {
    say!(
        "There are {most} components, and more could not be offered to choose from. Remove one first.",
        "Es gibt {most} Komponenten, mehr ließen sich nicht zur Auswahl anbieten. Entferne zuerst eine."
    )
}

/// The name is no zone's.
#[must_use]
pub fn no_such_zone(typed: &str, like: &[Tz]) -> String {
    let mut said = say!(
        "`{typed}` is no time zone I know. Write one like `Europe/Berlin`, `America/Chicago` or `CT`.",
        "`{typed}` kenne ich nicht als Zeitzone. Schreib eine wie `Europe/Berlin`, `America/Chicago` oder `CT`.",
        typed = escape::code(&escape::short(typed, 50))
    );
    if !like.is_empty() {
        let names: Vec<String> = like
            .iter()
            .take(5)
            .map(|zone| format!("`{zone}`"))
            .collect();
        let names = names.join(", ");
        said += &say!(" Did you mean {names}?", " Meintest du {names}?");
    }
    said
}

/// The severity was typed in the form of the setup and is none.
#[must_use]
pub fn no_usual_severity(typed: &str) -> String {
    say!(
        "`{typed}` is no severity; write SEV1, SEV2, SEV3 or SEV4. Nothing was changed: send the form again.",
        "`{typed}` ist kein Schweregrad; schreib SEV1, SEV2, SEV3 oder SEV4. Es wurde nichts geändert: Schick das Formular noch einmal.",
        typed = escape::code(&escape::short(typed, 50))
    )
}

/// More roles than can be offered.
#[must_use]
pub fn too_many_roles(most: usize) -> String {
    say!(
        "More than {most} roles could not be offered to choose from. Nothing was changed: send the form again with fewer.",
        "Mehr als {most} Rollen ließen sich nicht zur Auswahl anbieten. Es wurde nichts geändert: Schick das Formular mit weniger noch einmal."
    )
}
