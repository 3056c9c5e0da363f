//! What an incident looks like, of what somebody may see.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use poise::serenity_prelude as serenity;
use serenity::{ButtonStyle, CreateActionRow, CreateButton};

use crate::incident::{
    self, Alert, Incident, IncidentKey, LIKE_FOR, Likeness, Relation, SameAlert, telling_words,
};
use crate::store::{IncidentFilter, Search, Store, StoreError};
use crate::words::like as labels;

use super::custom_id::Pressed;
use super::interaction::visible;

/// How many open incidents are compared, the newest.
const OPEN: u32 = 100;

/// How many entries with one of the words are looked at, the newest.
const HITS: u32 = 300;

/// How many incidents with one of the words are compared, the newest.
const FOUND: usize = 60;

/// How many of its first entries are looked at for the alert it was opened over.
const FIRST: u32 = 300;

/// How many alerts of one incident are looked for elsewhere.
const ALERTS: usize = 4;

/// How many entries with the words of an alert are looked at, the newest.
const ALERT_HITS: u32 = 50;

/// The incidents of its guild that one looks like, of those that `sees` lets
/// through: open ones, past ones in which one of its words stands, and those in
/// which its alert is told.
pub(crate) async fn alike(
    store: &Store,
    incident: &Incident,
    now: DateTime<Utc>,
    sees: impl Fn(&Incident) -> bool,
) -> Result<Vec<(Incident, Likeness)>, StoreError> {
    let guild = incident.key.guild;
    let open = IncidentFilter {
        open: Some(true),
        limit: Some(OPEN),
        ..IncidentFilter::default()
    };
    let mut others = visible(store, guild, &open, &sees).await?;
    let words = telling_words(incident);
    if !words.is_empty() {
        let search = Search {
            text: words.join(" "),
            any: true,
            from: now.checked_sub_signed(LIKE_FOR),
            limit: HITS,
            ..Search::default()
        };
        let hits = store.search(guild, &search).await?;
        let mut known: BTreeSet<IncidentKey> = others.iter().map(|one| one.key).collect();
        known.insert(incident.key);
        let new: Vec<IncidentKey> = hits
            .into_iter()
            .map(|hit| hit.key)
            .filter(|key| known.insert(*key))
            .take(FOUND)
            .collect();
        for key in new {
            others.extend(store.incident(key).await?.filter(&sees));
        }
    }
    let alerted = alerted(store, incident, now).await?;
    for key in alerted.keys() {
        if others.iter().all(|one| one.key != *key) {
            others.extend(store.incident(*key).await?.filter(&sees));
        }
    }
    let found = incident::alike(incident, &others, &alerted, now);
    Ok(found
        .into_iter()
        .map(|(other, like)| (other.clone(), like))
        .collect())
}

/// The incidents in which an alert is told that one was opened over, whoever may
/// see them.
async fn alerted(
    store: &Store,
    incident: &Incident,
    now: DateTime<Utc>,
) -> Result<BTreeMap<IncidentKey, SameAlert>, StoreError> {
    let first = store.first_entries(incident.key, FIRST).await?;
    let own = first
        .iter()
        .filter_map(|entry| Alert::of(entry, incident.opened_at));
    let own: Vec<Alert> = own.take(ALERTS).collect();
    let mut told = BTreeMap::new();
    for alert in &own {
        for words in alert.searches() {
            let search = Search {
                text: words,
                from: now.checked_sub_signed(LIKE_FOR),
                limit: ALERT_HITS,
                ..Search::default()
            };
            let hits = store.search(incident.key.guild, &search).await?;
            for hit in hits {
                if hit.key == incident.key || told.contains_key(&hit.key) {
                    continue;
                }
                let Some(other) = store.incident(hit.key).await? else {
                    continue;
                };
                let theirs = Alert::of(&hit.entry, other.opened_at);
                if theirs.is_some_and(|theirs| alert.is_same(&theirs)) {
                    let told_by = hit.entry.origin;
                    told.insert(hit.key, SameAlert { told: told_by });
                }
            }
        }
    }
    Ok(told)
}

/// What can be done about each: a row with two buttons.
pub(crate) fn buttons(incident: &Incident, alike: &[(Incident, Likeness)]) -> Vec<CreateActionRow> {
    let several = alike.len() > 1;
    let rows = alike.iter().map(|(other, _)| {
        let other = other.key.number;
        let button = |relation: Relation, label: &str, style: ButtonStyle| {
            let number = incident.key.number;
            let pressed = Pressed::Like {
                number,
                relation,
                other,
            };
            CreateButton::new(pressed.to_string())
                .label(labels::button(label, other, several))
                .style(style)
        };
        CreateActionRow::Buttons(vec![
            button(
                Relation::DuplicateOf,
                labels::button_same(),
                ButtonStyle::Primary,
            ),
            button(
                Relation::Related,
                labels::button_related(),
                ButtonStyle::Secondary,
            ),
        ])
    });
    rows.collect()
}
