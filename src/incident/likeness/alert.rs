//! Which alert a message tells of: the monitor it links to, or the headline
//! that a bot put over it.
//!
//! Two incidents that were opened over one alert are most likely one, however
//! their titles put it. Names and links are taken for the same where they are the
//! same to the word, and where nothing beside them says that they are not:
//! another host, another service, another region.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::words::Words;
use crate::incident::entry::{Entry, Fact};
use crate::incident::person::Actor;

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

/// The monitors a text links to, each as its host, what it is and its id.
fn monitors(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("://").take(20) {
        let rest = &text[at + 3..];
        let end = rest.find(|c: char| c.is_whitespace() || "<>()[]\"'|`".contains(c));
        let address = rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', ',', '!', '?']);
        found.extend(monitor(address));
    }
    found
}

fn monitor(address: &str) -> Option<String> {
    const THINGS: &[&str] = &[
        "monitor",
        "monitors",
        "alert",
        "alerts",
        "alerting",
        "alarm",
        "alarms",
        "alarmsv2:alarm",
        "incident",
        "incidents",
        "issue",
        "issues",
        "check",
        "checks",
        "problem",
        "problems",
        "rule",
        "rules",
        "detector",
        "detectors",
        "synthetics",
    ];
    const KEYS: &[&str] = &[
        "check",
        "checkid",
        "monitor",
        "monitorid",
        "monitor_id",
        "alert",
        "alertid",
        "alert_id",
        "alertname",
        "issue",
        "issueid",
        "problem",
        "pid",
    ];
    // Where code is kept, and what people read of alerts in general.
    const ELSEWHERE: &[&str] = &[
        "discord.com",
        "discordapp.",
        "github.com",
        "gitlab.",
        "bitbucket.",
        "atlassian.net",
        "wiki",
        "docs.",
        "runbook",
        "/docs/",
        "/-/",
        "confluence",
        "notion.",
    ];
    let address = address.to_lowercase();
    if ELSEWHERE.iter().any(|part| address.contains(part)) {
        return None;
    }
    let (address, fragment) = address.split_once('#').unwrap_or((&address, ""));
    let (address, query) = address.split_once('?').unwrap_or((address, ""));
    let (host, path) = address.split_once('/')?;
    let segments = path.split('/').chain(fragment.split(['/', '?', '&']));
    let segments: Vec<&str> = segments.filter(|part| !part.is_empty()).collect();
    let thing = segments.iter().position(|part| THINGS.contains(part));
    let names =
        |part: &&&str| part.len() >= 3 && !GENERAL.contains(*part) && !THINGS.contains(*part);
    let id = thing.and_then(|thing| segments[thing + 1..].iter().find(names));
    if let (Some(thing), Some(id)) = (thing, id) {
        return Some(format!("{host}/{}/{id}", segments[thing]));
    }
    let pairs = query.split('&').chain(segments.iter().copied());
    let mut pairs = pairs.filter_map(|pair| pair.split_once('='));
    let named = pairs.find(|(key, value)| {
        let key_of_thing = KEYS.contains(key) || (thing.is_some() && *key == "id");
        key_of_thing && value.len() >= 3
    });
    named.map(|(key, value)| format!("{host}/{key}={value}"))
}

/// What stands in the address of each.
const GENERAL: &[&str] = &[
    "list",
    "all",
    "new",
    "edit",
    "view",
    "manage",
    "detail",
    "details",
    "grafana",
    "open",
    "home",
    "status",
    "active",
    "triggered",
    "search",
    "groups",
    "silences",
    "history",
    "overview",
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bot(text: &str) -> Option<Alert> {
        Alert::told(text, By::Bot)
    }

    fn same(one: Option<Alert>, other: Option<Alert>) -> bool {
        match (one, other) {
            (Some(one), Some(other)) => one.is_same(&other) && other.is_same(&one),
            _ => false,
        }
    }

    /// One alert, posted twice by the tools people use.
    const SAME: &[(&str, &str)] = &[
        // Alertmanager, Grafana
        (
            "[FIRING:1] HighErrorRate (checkout prod)",
            "[FIRING:3] HighErrorRate (checkout prod)",
        ),
        (
            "(embed) [FIRING:1] Disk almost full\ninstance: db3\nvalue: 91.2",
            "(embed) [FIRING:1] Disk almost full\ninstance: db3\nvalue: 97.8",
        ),
        (
            "🔥 Latency\nhttps://grafana.acme.com/alerting/grafana/ab3f9c/view?orgId=1",
            "see https://grafana.acme.com/alerting/grafana/ab3f9c/edit",
        ),
        (
            "[FIRING:1] InstanceDown\ninstance: web-3",
            "[FIRING:1] InstanceDown\ninstance: web-3",
        ),
        // Datadog
        (
            "[Triggered] High error rate on checkout\nhttps://app.datadoghq.com/monitors/12345?from_ts=1",
            "[Re-Triggered] High error rate on checkout\nhttps://app.datadoghq.com/monitors/12345?from_ts=9",
        ),
        // UptimeRobot, Pingdom
        (
            "Monitor is DOWN: Checkout shop",
            "🔴 Monitor is DOWN: Checkout shop",
        ),
        (
            "DOWN: shop https://my.pingdom.com/reports/uptime#check=777123",
            "DOWN again https://my.pingdom.com/reports/uptime#check=777123",
        ),
        // PagerDuty, Opsgenie, Sentry, CloudWatch
        (
            "Triggered #8812: https://acme.pagerduty.com/incidents/Q1ABC9",
            "https://acme.pagerduty.com/incidents/Q1ABC9.",
        ),
        (
            "https://acme.app.opsgenie.com/alert/detail/0a1b-77/details",
            "P1 <https://acme.app.opsgenie.com/alert/detail/0a1b-77/details>",
        ),
        (
            "https://acme.sentry.io/issues/4412345/?project=1",
            "https://acme.sentry.io/issues/4412345/events/9/",
        ),
        (
            "ALARM: \"Checkout-5xx\" https://console.aws.amazon.com/cloudwatch/home?region=eu#alarmsV2:alarm/Checkout-5xx",
            "https://console.aws.amazon.com/cloudwatch/home?region=eu#alarmsV2:alarm/Checkout-5xx",
        ),
        (
            "ALERT: queue of orders grows, 97% full",
            "ALERT: queue of orders grows, 83% full",
        ),
    ];

    /// Two that only look alike, and what is no alert.
    const APART: &[(&str, &str)] = &[
        (
            "[FIRING:1] HighErrorRate (checkout prod)",
            "[FIRING:1] HighErrorRate (search prod)",
        ),
        (
            "[FIRING:1] InstanceDown\ninstance: web-3",
            "[FIRING:1] InstanceDown\ninstance: db-1",
        ),
        ("[FIRING:1] InstanceDown", "[FIRING:1] InstanceDown"),
        (
            "[FIRING:1] Disk almost full on db3",
            "[FIRING:1] Disk almost full on db7",
        ),
        (
            "[Triggered] Errors https://app.datadoghq.com/monitors/12345",
            "[Triggered] Errors https://app.datadoghq.com/monitors/12346",
        ),
        (
            // One monitor of many hosts.
            "[Triggered] Disk of web-3 https://app.datadoghq.com/monitors/12345",
            "[Triggered] Disk of web-4 https://app.datadoghq.com/monitors/12345",
        ),
        (
            "[FIRING:1] Replica lag\nregion: eu-west-1",
            "[FIRING:1] Replica lag\nregion: us-east-1",
        ),
        (
            "Runbook: https://wiki.acme.com/runbooks/alerts/checkout",
            "Runbook: https://wiki.acme.com/runbooks/alerts/checkout",
        ),
        (
            "https://github.com/acme/shop/issues/812",
            "https://github.com/acme/shop/issues/812",
        ),
        (
            "https://grafana.acme.com/d/abc123/checkout?orgId=1",
            "https://grafana.acme.com/d/abc123/checkout?orgId=1",
        ),
        ("Deploy of shop finished", "Deploy of shop finished"),
        ("Standup in 5 minutes", "Standup in 5 minutes"),
        ("🚨 ALERT", "🚨 ALERT"),
        ("[FIRING:1] API is down", "[FIRING:1] API is down"),
        (
            "[RESOLVED] Checkout errors too many",
            "[RESOLVED] Checkout errors too many",
        ),
        (
            "Welcome! Type /pd trigger to page somebody",
            "Welcome! Type /pd trigger to page somebody",
        ),
        (
            "https://app.datadoghq.com/monitors/manage",
            "https://app.datadoghq.com/monitors/manage",
        ),
    ];

    #[test]
    fn one_alert_is_the_same_and_another_is_not() {
        let found = |pairs: &[(&str, &str)], wanted: bool| {
            let wrong = pairs.iter().filter(|(a, b)| same(bot(a), bot(b)) != wanted);
            wrong.map(|(a, b)| format!("{a} / {b}")).collect::<Vec<_>>()
        };
        assert_eq!(found(SAME, true), [""; 0]);
        assert_eq!(found(APART, false), [""; 0]);
    }

    #[test]
    fn what_people_say_is_an_alert_by_its_link_alone_and_a_title_by_its_name() {
        let alert = "[FIRING:1] PaymentsLatencyHigh (payments eu)";
        let person = |text: &str| Alert::told(text, By::Person);
        let title = |text: &str| Alert::told(text, By::Title);
        assert!(same(title("PaymentsLatencyHigh (payments eu)"), bot(alert)));
        assert!(!same(title("PaymentsLatencyHigh payments"), bot(alert)));
        let titles = (title("Checkout is slow"), title("Checkout is slow"));
        assert!(
            !same(titles.0, titles.1),
            "the words of titles are compared elsewhere"
        );
        assert!(person(alert).is_none());
        let link = "look: https://app.datadoghq.com/monitors/12345";
        assert!(same(
            person(link),
            title("Errors https://app.datadoghq.com/monitors/12345?x=1")
        ));
        let monitor = person(link).unwrap();
        assert_eq!(monitor.searches(), ["\"12345\""]);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,120}", other in "(\\[FIRING:1\\] )?[a-z]{1,9} https?://[a-z./#?=&:]{0,40}") {
            for one in [bot(&text), bot(&other)] {
                prop_assert!(one.is_none() || same(one.clone(), one));
            }
        }
    }
}
