//! The monitors of alerting tools that a text links to.

use std::collections::BTreeSet;

/// The monitors a text links to, each as its host, what it is and its id.
pub(super) fn monitors(text: &str) -> BTreeSet<String> {
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
