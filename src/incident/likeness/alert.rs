//! Which alert a message tells of: the monitor it links to, or the headline
//! that a bot put over it.
//!
//! Two incidents that were opened over one alert are most likely one, however
//! their titles put it. Names and links are taken for the same where they are the
//! same to the word, and where nothing beside them says that they are not:
//! another host, another service, another region.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::monitor::monitors;
use super::words::Words;
use crate::incident::entry::{Entry, Fact};
use crate::incident::person::Actor;

#[cfg(test)]
mod tests;

/// For how long after its declaration an alert may be what an incident was
/// opened over.
pub const ALERTED_FOR: TimeDelta = TimeDelta::hours(1);

/// An alert, as a message or a title tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// The monitors that are linked to: `app.datadoghq.com/monitors/123`.
    monitors: BTreeSet<String>,
    /// What stands over it, in words of small letters.
    headline: Option<String>,
    /// The names with figures over it, such as `web-3`: another is another thing.
    named: BTreeSet<String>,
    /// What it says of where it is, such as `host: web-3`.
    labels: BTreeMap<String, String>,
    /// Whether a bot posted it, or only a person speaks of it.
    by_bot: bool,
}

impl Alert {
    /// The alert that an entry of an incident tells of, if it is one the incident
    /// may have been opened over: `opened_at` is when it was declared.
    #[must_use]
    pub fn of(entry: &Entry, opened_at: DateTime<Utc>) -> Option<Self> {
        if entry.happened_at > opened_at + ALERTED_FOR {
            return None;
        }
        let by_bot = matches!(&entry.actor, Actor::Person(person) if person.bot);
        match &entry.fact {
            Fact::Opened { .. } => Self::told(&entry.fact.searched()?, By::Title),
            Fact::Renamed { to } => Self::told(to, By::Title),
            Fact::MessagePosted(message) => {
                Self::told(&message.text, if by_bot { By::Bot } else { By::Person })
            }
            Fact::Noted { text, .. } => Self::told(text, if by_bot { By::Bot } else { By::Person }),
            _ => None,
        }
    }

    fn told(text: &str, by: By) -> Option<Self> {
        let monitors = monitors(text);
        let labels = labels(text);
        let headline = match by {
            By::Person => None,
            By::Title => headline(text, false),
            By::Bot => headline(text, monitors.is_empty()),
        };
        // One word is the name of many alerts, unless it says which host or service is meant.
        let says_which = |headline: &String| headline.contains(' ') || !labels.is_empty();
        let headline = headline.filter(says_which);
        (!monitors.is_empty() || headline.is_some()).then(|| Self {
            monitors,
            headline,
            named: named(text),
            labels,
            by_bot: by == By::Bot,
        })
    }

    /// Whether both tell of one alert. One of them has to be a bot's, or both
    /// link to its monitor.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        if self.contradicts(other) {
            return false;
        }
        if !self.monitors.is_empty() && !other.monitors.is_empty() {
            return !self.monitors.is_disjoint(&other.monitors);
        }
        let same = self.headline.is_some() && self.headline == other.headline;
        let one_word = !self.headline.as_ref().is_some_and(|one| one.contains(' '));
        let same_place = self
            .labels
            .iter()
            .any(|(key, value)| other.labels.get(key) == Some(value));
        same && (self.by_bot || other.by_bot) && (!one_word || same_place)
    }

    /// Whether they say of something that it is elsewhere.
    fn contradicts(&self, other: &Self) -> bool {
        let mut labels = self.labels.iter();
        let elsewhere = labels.any(|(key, value)| {
            let theirs = other.labels.get(key);
            theirs.is_some_and(|theirs| theirs != value)
        });
        let words = |alert: &Self| Words::of(alert.headline.as_deref().unwrap_or_default());
        let other_names = !self.named.is_empty()
            && !other.named.is_empty()
            && self.named.is_disjoint(&other.named);
        elsewhere || other_names || words(self).contradicts(&words(other))
    }

    /// The words by which entries that might tell of it are searched for: each
    /// text is a search of its own.
    #[must_use]
    pub fn searches(&self) -> Vec<String> {
        let headline = self.headline.as_ref().map(|headline| {
            let words = Words::of(headline);
            words.telling().take(6).collect::<Vec<_>>().join(" ")
        });
        let monitors = self.monitors.iter().filter_map(|monitor| {
            let last = monitor.rsplit(['/', '=']).next()?;
            Some(format!("\"{last}\""))
        });
        let all = monitors.chain(headline);
        all.filter(|search| search.chars().any(char::is_alphanumeric))
            .take(4)
            .collect()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Bot,
    Person,
    Title,
}

/// What stands over an alert, without how bad it is and what was measured;
/// `marked`: only where it says that it is an alert.
fn headline(text: &str, marked: bool) -> Option<String> {
    let mut is_alert = false;
    for line in text.lines().take(4) {
        is_alert |= line.contains(['🔥', '🚨', '🔴', '⚠', '❗']);
        let parts = line.split_whitespace().filter(|part| !is_aside(part));
        let low: Vec<String> = parts.map(str::to_lowercase).collect();
        let words: Vec<&str> = low
            .iter()
            .flat_map(|part| part.split(|c: char| !c.is_alphanumeric()))
            .filter(|word| !word.is_empty() && !matches!(*word, "embed" | "forwarded"))
            .collect();
        is_alert |= words.iter().take(4).any(|word| MARKS.contains(word));
        if words.iter().take(2).any(|word| OVER.contains(word)) {
            return None;
        }
        let counts = |word: &str| word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
        let before = |word: &&&str| MARKS.contains(*word) || LEADS.contains(*word) || counts(word);
        let mut rest: Vec<&str> = words.iter().skip_while(before).copied().collect();
        while rest
            .last()
            .is_some_and(|word| MARKS.contains(word) || *word == "is")
        {
            rest.pop();
        }
        let said = rest.join(" ");
        if said.chars().count() < 6 {
            continue;
        }
        let tells = Words::of(&said).telling().next().is_some();
        return (tells && (is_alert || !marked)).then_some(said);
    }
    None
}

/// The names with figures in what stands over an alert: hosts, nodes, regions.
fn named(text: &str) -> BTreeSet<String> {
    let said = text.lines().take(2).flat_map(str::split_whitespace);
    let said = said.filter(|part| !part.starts_with('[') && !is_aside(part));
    let clean = |part: &str| {
        let part = part.trim_matches(|c: char| !c.is_alphanumeric());
        part.to_lowercase()
    };
    let has = |part: &str, is: fn(&char) -> bool| part.chars().any(|c| is(&c));
    said.map(clean)
        .filter(|part| has(part, char::is_ascii_digit) && has(part, |c| c.is_alphabetic()))
        .filter(|part| !MARKS.contains(&part.as_str()))
        .collect()
}

/// What differs each time it is told: mentions, addresses, values, times, counters.
fn is_aside(part: &str) -> bool {
    let part = part.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | ',' | ';'));
    let digits = part.starts_with(|c: char| c.is_ascii_digit());
    let unit = part.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let measured = digits
        && (part.contains(['.', ':', '%'])
            || matches!(unit, "ms" | "s" | "m" | "h" | "k" | "gb" | "mb" | "x"));
    part.starts_with("<@")
        || part.contains("://")
        || measured
        || part
            .strip_prefix('#')
            .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()))
}

/// The words by which tools say that something is an alert.
const MARKS: &[&str] = &[
    "firing",
    "fired",
    "triggered",
    "alerting",
    "alert",
    "alarm",
    "critical",
    "crit",
    "warning",
    "warn",
    "problem",
    "down",
    "p1",
    "p2",
    "p3",
    "p4",
    "p5",
    "sev1",
    "sev2",
    "sev3",
    "sev4",
    "high",
    "urgent",
    "opened",
    "new",
    "unhealthy",
];

/// The words by which they say that it is over.
const OVER: &[&str] = &[
    "resolved",
    "recovered",
    "ok",
    "closed",
    "acknowledged",
    "up",
];

/// What stands between such a word and the name.
const LEADS: &[&str] = &[
    "monitor", "is", "the", "was", "has", "been", "incident", "on", "for", "no", "data",
];

/// What an alert says of where it is: `host: web-3`, `service=checkout`.
fn labels(text: &str) -> BTreeMap<String, String> {
    const KEYS: &[&str] = &[
        "host",
        "hostname",
        "instance",
        "service",
        "job",
        "namespace",
        "cluster",
        "region",
        "env",
        "environment",
        "component",
        "app",
        "application",
        "node",
        "pod",
        "queue",
        "database",
        "db",
        "check",
        "monitor",
        "alertname",
        "zone",
        "device",
        "site",
    ];
    let parts = text.split(['\n', ',', '{', '}', '(', ')', '|']);
    let pairs = parts.filter_map(|part| {
        let (key, value) = part.split_once([':', '='])?;
        let clean = |text: &str| {
            text.trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase()
        };
        let (key, value) = (clean(key), clean(value));
        (KEYS.contains(&key.as_str()) && !value.is_empty() && value.len() <= 80)
            .then_some((key, value))
    });
    pairs.collect()
}
