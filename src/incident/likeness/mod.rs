//! Whether an incident looks like another: the same words in title and summary,
//! the same component, the same alert.
//!
//! Made to be right rather than to find all: people who open an incident at
//! night believe what they are shown, so of two that are not the same nothing
//! is shown.
//!
//! - `alert`: which alert a message tells of.
//! - `monitor`: the monitors that a text links to.
//! - `words`: the words of a text and how much each says.
//! - `tests`: pairs that are alike, and pairs that only seem so.

mod alert;
mod monitor;
#[cfg(test)]
mod tests;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::component::Component;
use super::id::IncidentKey;
use super::message::MessageRef;
use super::state::Incident;
use super::status::Status;
use words::{Kind, Words};

pub use alert::{ALERTED_FOR, Alert};

/// For how long after its end an incident may look like a new one.
pub const LIKE_FOR: TimeDelta = TimeDelta::days(90);

/// The most that one incident is said to look like.
pub const MOST_ALIKE: usize = 2;

/// The same to the word, but for rounding.
const ALL: f64 = 0.99;

/// So much that what differs is by the way.
const MOSTLY: f64 = 0.75;

/// What two incidents have in common.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Likeness {
    /// The words that say something, as the newer one has them.
    pub words: Vec<String>,
    /// The components.
    pub components: Vec<Component>,
    /// The alert that both were opened over.
    pub alert: Option<SameAlert>,
    /// How much of both is the same: 0 to 1.
    share: f64,
}

/// An alert that was told in another incident too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SameAlert {
    /// The message that tells of it there, where it is one.
    pub told: Option<MessageRef>,
}

/// The words by which incidents that might be like one are searched for: those
/// that say something. Empty where its title says nothing.
#[must_use]
pub fn telling_words(incident: &Incident) -> Vec<String> {
    let words = Words::of(&incident.title);
    words.telling().map(str::to_owned).collect()
}

/// Those of `others` that a new incident looks like, the likest first, open ones
/// before past ones; at most [`MOST_ALIKE`]. Exercises look like exercises
/// alone. `alerted` are those of them in which the same alert is told. Whoever is
/// told must be allowed to see `others`.
#[must_use]
pub fn alike<'a>(
    new: &Incident,
    others: impl IntoIterator<Item = &'a Incident>,
    alerted: &BTreeMap<IncidentKey, SameAlert>,
    now: DateTime<Utc>,
) -> Vec<(&'a Incident, Likeness)> {
    let mut seen = BTreeSet::new();
    let others = others.into_iter().filter(|other| seen.insert(other.key));
    let found = others.filter_map(|other| {
        let alert = alerted.get(&other.key).copied();
        Some((other, likeness(new, other, alert, now)?))
    });
    let mut found: Vec<_> = found.collect();
    found.sort_by(|(a, like_a), (b, like_b)| {
        let open = |one: &Incident| one.status_now().is_open();
        open(b)
            .cmp(&open(a))
            .then(like_b.share.total_cmp(&like_a.share))
            .then(b.key.number.cmp(&a.key.number))
    });
    found.truncate(MOST_ALIKE);
    found
}

/// What an incident has in common with another, if they look alike.
fn likeness(
    new: &Incident,
    other: &Incident,
    alert: Option<SameAlert>,
    now: DateTime<Utc>,
) -> Option<Likeness> {
    let open = other.status_now().is_open();
    let recent = other.status_since() >= now.checked_sub_signed(LIKE_FOR)?;
    let comparable = new.key.guild == other.key.guild
        // What was declared later looks like this one, not this one like it.
        && other.key.number < new.key.number
        && new.drill == other.drill
        && other.status_now() != Status::Cancelled
        // What a duplicate is like is its original.
        && other.duplicate_of().is_none()
        && !new.is_tied_to(other.key.number);
    if !comparable || !(open || recent) {
        return None;
    }
    let alike = compare(&Look::of(new), &Look::of(other), open);
    // One alert is one, whatever their titles say.
    let same = |_| Likeness {
        alert,
        share: 1.0,
        ..alike.clone().unwrap_or_default()
    };
    alert.map(same).or(alike)
}

/// What of an incident is compared.
struct Look<'a> {
    title: Words,
    /// The title, the summary and the components.
    all: Words,
    components: Vec<&'a Component>,
}

impl<'a> Look<'a> {
    fn of(incident: &'a Incident) -> Self {
        let components: Vec<_> = incident.components.keys().collect();
        let summary = incident.summary.as_deref().unwrap_or_default();
        let mut all = format!("{} {summary}", incident.title);
        for component in &components {
            all.push(' ');
            all.push_str(&component.0);
        }
        Self {
            title: Words::of(&incident.title),
            all: Words::of(&all),
            components,
        }
    }
}

fn compare(new: &Look<'_>, other: &Look<'_>, open: bool) -> Option<Likeness> {
    if new.title.contradicts(&other.title) {
        return None;
    }
    let components: Vec<Component> = new
        .components
        .iter()
        .filter(|one| other.components.iter().any(|two| same(one, two)))
        .map(|one| (*one).clone())
        .collect();
    // How much of each title the other one says.
    let of_new = new.title.share_in(&other.all);
    let of_other = other.title.share_in(&new.all);
    let (least, most) = (of_new.min(of_other), of_new.max(of_other));
    let shared = new.all.shared(&other.all);
    let telling = shared
        .iter()
        .filter(|word| word.kind == Kind::Telling)
        .count();
    let weight: u32 = shared.iter().map(|word| word.kind.weight()).sum();
    let named_apart =
        components.is_empty() && !new.components.is_empty() && !other.components.is_empty();
    // Each is about something that the other does not name.
    if new.title.has_own(&other.all) && other.title.has_own(&new.all) {
        return None;
    }
    let alike = match open {
        _ if named_apart => open && least >= ALL && telling >= 1,
        true => {
            let same_words = least >= ALL && weight >= 3;
            let much = telling >= 2 && (least >= 0.6 || most >= MOSTLY && least >= 0.5);
            let same_part = telling >= 1 && !components.is_empty() && least >= 0.5;
            same_words || much || same_part
        }
        // That it happened before says less than that it is happening.
        false => {
            let enough = if components.is_empty() { MOSTLY } else { 0.6 };
            telling >= 2 && least >= enough
        }
    };
    let names: Vec<&str> = components.iter().map(|one| one.0.as_str()).collect();
    let named = Words::of(&names.join(" "));
    alike.then(|| Likeness {
        words: shared
            .into_iter()
            .filter(|word| word.kind != Kind::Symptom && !named.has(&word.text))
            .map(|word| word.text)
            .collect(),
        components,
        alert: None,
        share: least,
    })
}

fn same(one: &Component, other: &Component) -> bool {
    one.0.to_lowercase() == other.0.to_lowercase()
}
