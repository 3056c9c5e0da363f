use std::collections::BTreeMap;

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::incident::random_log::start;
use crate::incident::*;

/// An incident: its title, then after `|` its components, then its summary.
fn told(number: u32, text: &str, drill: bool) -> Incident {
    let mut parts = text.split('|').map(str::trim);
    let mut open = Open::new(parts.next().unwrap_or_default(), Severity::Sev2);
    let components = parts.next().unwrap_or_default().split(',').map(str::trim);
    let components = components.filter(|name| !name.is_empty());
    open.components = components.map(|name| Component(name.to_owned())).collect();
    open.summary = parts.next().map(str::to_owned);
    open.drill = drill;
    let context = Context {
        actor: Actor::Scribe,
        now: start(),
        origin: None,
    };
    let key = IncidentKey {
        guild: GuildId(1),
        number: IncidentNumber(number),
    };
    Incident::fold(key, &decide(None, Command::Open(open), &context).unwrap()).unwrap()
}

fn resolved(incident: &Incident) -> Incident {
    let context = Context {
        actor: Actor::Scribe,
        now: start() + TimeDelta::hours(1),
        origin: None,
    };
    let command = Command::SetStatus {
        to: Status::Resolved,
        message: None,
        at: None,
    };
    let entries = decide(Some(incident), command, &context).unwrap();
    entries.iter().fold(incident.clone(), |state, entry| {
        Incident::evolve(state.key, Some(state), entry).unwrap()
    })
}

/// One incident told twice, while the first is open.
const ALIKE: &[(&str, &str)] = &[
    ("Checkout returns 502", "502 errors in checkout"),
    ("Login fails with OAuth error", "OAuth login is failing"),
    ("API is down", "API down"),
    ("Website is down!", "the website is down"),
    (
        "Payments are slow | Payments",
        "Payment processing slow | payments",
    ),
    (
        "Search index is stale",
        "Search results stale, index not updated",
    ),
    ("Webhooks delayed", "Webhook delivery delayed"),
    ("Images do not load in the CDN", "CDN images broken"),
    (
        "Emails are not sent | Mail",
        "Password emails not sent | Mail",
    ),
    (
        "Kafka consumer lag on orders",
        "Orders: consumer lag in kafka",
    ),
    ("Disk full on db3", "db3 disk full"),
    (
        "Certificate expired for api.example.com",
        "TLS certificate of api.example.com expired",
    ),
    ("Players disconnect from lobby", "Lobby disconnects players"),
    (
        "Matchmaking queue stuck",
        "matchmaking stuck in queue | | nobody gets a match",
    ),
    ("Discord bot offline | Bot", "Bot offline | Bot"),
    ("Anmeldung schlägt fehl", "Anmeldung schlägt wieder fehl"),
    ("RPC node out of sync", "RPC nodes not in sync"),
    (
        "Billing invoices missing",
        "Invoices are missing in billing",
    ),
    ("Upload of avatars fails", "avatar uploads failing"),
    ("GraphQL gateway timeouts", "Timeouts in GraphQL gateway"),
];

/// Two incidents whose words are much alike.
const APART: &[(&str, &str)] = &[
    ("API is down", "Website is down"),
    ("API is down", "API is slow"),
    ("Checkout returns 502", "Login returns 502"),
    ("Disk full on db3", "Disk full on db7"),
    ("Latency in EU", "Latency in Asia"),
    ("Website slow in Frankfurt", "Website slow in London"),
    (
        "Login fails for Google accounts",
        "Uploads fail for Google Drive",
    ),
    ("Staging database down", "Database down"),
    ("Payments failing | Payments", "Refunds failing | Refunds"),
    ("Users cannot log in", "Users cannot upload"),
    ("High error rate", "High latency"),
    ("Errors in production", "Some users see errors"),
    ("Server is not responding", "Database is not responding"),
    ("Search is down | Search", "Billing is down | Billing"),
    ("Email delayed | Mail", "Webhooks delayed | Webhooks"),
    ("Mobile app crashes on start", "Mobile app shows old data"),
    ("DNS resolution fails", "DNS provider raises prices"),
    ("Queue backlog in orders", "Queue backlog in mail"),
    (
        "Node 12 unreachable in rack a",
        "Node 145 unreachable in rack b",
    ),
    ("Deploy of 812 broke search", "Deploy of 901 broke login"),
    ("x", "y"),
    ("down", "down"),
    ("Errors", "Errors"),
    ("🔥🔥", "🔥🔥"),
    ("Redis memory full", "Redis certificate expired"),
    (
        "Login fails for Google | Login",
        "Login fails for GitHub | Login",
    ),
    ("Orders queue backlog growing", "Mail queue backlog growing"),
    (
        "Backup of shop database failed",
        "Backup of blog database failed",
    ),
    ("Rollout of config v81 stuck", "Rollout of config v82 stuck"),
    ("Postgres replica lag", "Postgres backup failed"),
    (
        "Kubernetes pods evicted in payments",
        "Kubernetes upgrade in search",
    ),
    ("CDN images broken", "CDN bill too high"),
];

/// What happened before and does so again.
const AGAIN: &[(&str, &str)] = &[
    ("Checkout returns 502", "Checkout returns 502"),
    (
        "Kafka consumer lag on orders",
        "Kafka consumer lag on orders again",
    ),
    (
        "Certificate expired for shop | Shop",
        "Shop certificate expired | Shop",
    ),
];

/// What is too little for something that is over.
const OVER: &[(&str, &str)] = &[
    ("API is down", "API is down"),
    ("Checkout is slow | Checkout", "Checkout is down | Checkout"),
    ("Login fails with OAuth error", "Login is slow"),
];

fn is_like(new: &str, other: &str, over: bool) -> bool {
    let (new, mut other) = (told(2, new, false), told(1, other, false));
    if over {
        other = resolved(&other);
    }
    !alike(
        &new,
        [&other],
        &BTreeMap::new(),
        start() + TimeDelta::days(1),
    )
    .is_empty()
}

#[test]
fn what_is_the_same_is_found_and_what_only_seems_so_is_not() {
    let found = |pairs: &[(&str, &str)], over: bool| {
        let both = pairs.iter().flat_map(|(a, b)| [(*a, *b), (*b, *a)]);
        let found = both.filter(|(a, b)| is_like(a, b, over));
        found.map(|(a, b)| format!("{a} / {b}")).collect::<Vec<_>>()
    };
    // Nothing shown is better than noise.
    assert_eq!(found(APART, false), [""; 0]);
    assert_eq!(found(APART, true), [""; 0]);
    assert_eq!(found(OVER, true), [""; 0]);
    let (alike, again) = (found(ALIKE, false), found(AGAIN, true));
    println!("found {} of {} told twice", alike.len(), 2 * ALIKE.len());
    let missed = ALIKE.iter().filter(|(a, b)| !is_like(a, b, false));
    let missed: Vec<_> = missed.collect();
    assert!(
        alike.len() * 10 >= 2 * ALIKE.len() * 9,
        "missed: {missed:#?}"
    );
    assert_eq!(again.len(), 2 * AGAIN.len(), "{again:?}");
}

#[test]
fn it_is_said_what_is_the_same() {
    let new = told(2, "Checkout returns 502 | API", false);
    let other = told(1, "502 errors in checkout | api, Web", false);
    let found = alike(&new, [&other], &BTreeMap::new(), start());
    assert_eq!(found[0].1.words, ["checkout", "502"]);
    assert_eq!(found[0].1.components, [Component("API".to_owned())]);
}

#[test]
fn open_ones_come_first_two_at_most_and_exercises_are_apart() {
    let new = told(9, "Checkout returns 502", false);
    let same = |number| told(number, "Checkout returns 502", false);
    let others = [
        resolved(&same(1)),
        same(2),
        same(3),
        same(3),
        told(4, "Checkout returns 502", true),
    ];
    let now = start() + TimeDelta::days(30);
    let numbers = |now| {
        let found = alike(&new, &others, &BTreeMap::new(), now);
        found
            .iter()
            .map(|(one, _)| one.key.number.0)
            .collect::<Vec<_>>()
    };
    assert_eq!(numbers(now), [3, 2]);
    let past = alike(&new, &others[..1], &BTreeMap::new(), now);
    assert_eq!(past.len(), 1);
    let later = start() + TimeDelta::days(91);
    assert!(
        alike(&new, &others[..1], &BTreeMap::new(), later).is_empty(),
        "too long ago"
    );
    assert_eq!(
        alike(&new, &others[1..2], &BTreeMap::new(), later).len(),
        1,
        "it is open still"
    );
    let drill = told(8, "Checkout returns 502", true);
    let found = alike(&drill, &others, &BTreeMap::new(), now);
    assert_eq!(
        found
            .iter()
            .map(|(one, _)| one.key.number.0)
            .collect::<Vec<_>>(),
        [4]
    );
}

proptest! {
    #[test]
    fn any_titles_are_compared(a in ".{1,200}", b in ".{1,200}") {
        let clean = |text: &str| if text::one_line(text).is_empty() { "x".to_owned() } else { text.replace('|', " ") };
        let (a, b, now) = (clean(&a), clean(&b), start());
        let (one, two) = (told(1, &a, false), told(2, &b, false));
        let forth = alike(&two, [&one], &BTreeMap::new(), now);
        let (first, second) = (told(1, &b, false), told(2, &a, false));
        let back = alike(&second, [&first], &BTreeMap::new(), now);
        // It is the same whichever came first, and only the later looks like the earlier.
        prop_assert_eq!(forth.is_empty(), back.is_empty());
        prop_assert!(alike(&one, [&one, &two], &BTreeMap::new(), now).is_empty());
        for (_, like) in forth.iter().chain(&back) {
            prop_assert!((0.0..=1.0).contains(&like.share));
        }
    }
}
