//! What the log does not say, or says against itself.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use schemars::JsonSchema;
use serde::Serialize;

use super::offers::{identified, speaking};
use super::record::Record;
use super::topic::Topic;
use crate::incident::human_time::show_day;
use crate::incident::promise::Promised;
use crate::incident::{ChannelId, ComponentState, Fact, Line, Role, Seq, Status, Unread};
use crate::words::gap::Gap;
use crate::words::reworded;

/// The most messages that are offered as naming a cause.
const HINTS: usize = 5;

/// From how many messages on some should be in the short timeline.
const MANY: usize = 10;

/// Something missing, and the entries it concerns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MissingFact {
    /// The sentence.
    pub text: String,
    /// The entries, if it concerns some.
    pub cites: Vec<Seq>,
}

pub(super) fn of(record: &Record<'_>) -> Vec<MissingFact> {
    let mut found = Vec::new();
    course(record, &mut found);
    outages(record, &mut found);
    cause(record, &mut found);
    people(record, &mut found);
    sections(record, &mut found);
    actions(record, &mut found);
    machinery(record, &mut found);
    let number = record.incident.key.number;
    let said = found.into_iter().map(|(gap, cites)| MissingFact {
        text: gap.said(number),
        cites,
    });
    said.collect()
}

type Found = Vec<(Gap, Vec<Seq>)>;

fn course(record: &Record<'_>, found: &mut Found) {
    let incident = record.incident;
    let status = incident.status_now();
    let since = incident.status.current().map(|change| change.seq);
    if status.is_open() {
        found.push((Gap::NotResolved { status }, since.into_iter().collect()));
    }
    if incident.summary.is_none() {
        found.push((Gap::NoSummary, Vec::new()));
    }
    if !status.is_open() {
        for (component, state) in incident.affected() {
            let changes = incident
                .components
                .get(component)
                .and_then(|track| track.current());
            let component = component.clone();
            let cites = changes.map(|change| change.seq).into_iter().collect();
            found.push((Gap::ComponentNotWell { component, state }, cites));
        }
    }
}

fn outages(record: &Record<'_>, found: &mut Found) {
    let incident = record.incident;
    let cancelled = incident.status_now() == Status::Cancelled;
    if incident.outages.is_empty() && !cancelled {
        let (out, cites) = components_out(record);
        found.push((Gap::NoOutage { out }, cites));
    }
    let resolved = incident.resolved_at();
    for window in incident.outages_in_order() {
        match (window.end, resolved) {
            (None, _) if !incident.status_now().is_open() => {
                let since = record.moment(window.start).text;
                found.push((Gap::OutageEndUnknown { since }, vec![window.seq]));
            }
            (Some((end, by)), Some(resolved)) if end > resolved => {
                let (ended, resolved) = (record.moment(end).text, record.moment(resolved).text);
                found.push((Gap::OutageAfterResolved { ended, resolved }, vec![by]));
            }
            _ => {}
        }
    }
}

/// From when to when components were out, as far as the record of them tells, and the entries that do.
fn components_out(record: &Record<'_>) -> (Option<(String, Option<String>)>, Vec<Seq>) {
    let out = |state: ComponentState| {
        matches!(
            state,
            ComponentState::PartialOutage | ComponentState::MajorOutage
        )
    };
    let tracks = || record.incident.components.values();
    let changes = || tracks().flat_map(|track| track.changes());
    let first = changes()
        .filter(|change| out(change.value))
        .min_by_key(|change| (change.at, change.seq));
    let Some(first) = first else {
        return (None, Vec::new());
    };
    let still = tracks().any(|track| track.current().is_some_and(|change| out(change.value)));
    // The last step out of an outage.
    let ends = tracks().flat_map(|track| track.changes().windows(2));
    let ends = ends.filter(|pair| out(pair[0].value) && !out(pair[1].value));
    let last = ends
        .map(|pair| &pair[1])
        .max_by_key(|change| (change.at, change.seq));
    let last = last.filter(|_| !still);
    let shown = (
        record.moment(first.at).text,
        last.map(|change| record.moment(change.at).text),
    );
    let cites = [first].into_iter().chain(last).map(|change| change.seq);
    (Some(shown), cites.collect())
}

fn cause(record: &Record<'_>, found: &mut Found) {
    if record.incident.status_now() == Status::Cancelled {
        return;
    }
    let mut changes = record.incident.status.changes().iter();
    if !changes.any(|change| change.value == Status::Identified) {
        found.push((Gap::NeverIdentified, Vec::new()));
    }
    if speaking(record, Topic::Cause, true).next().is_none() {
        let told = identified(record);
        let hints = told
            .chain(speaking(record, Topic::Cause, false))
            .take(HINTS);
        let mut hints: Vec<Seq> = hints.map(|line| line.entry.seq).collect();
        hints.sort_unstable();
        let hinted = !hints.is_empty();
        found.push((Gap::NoCause { hinted }, hints));
    }
}

fn people(record: &Record<'_>, found: &mut Found) {
    if !record.incident.roles.contains_key(&Role::commander()) {
        found.push((Gap::NoCommander, Vec::new()));
    }
    let messages = record
        .lines
        .iter()
        .filter(|line| matches!(line.entry.fact, Fact::MessagePosted(_)));
    let messages = messages.count();
    let chosen = |line: &Line<'_>| line.key || matches!(line.entry.fact, Fact::Noted { .. });
    if messages >= MANY && !record.lines.iter().any(chosen) {
        found.push((Gap::NothingMarked { messages }, Vec::new()));
    }
    let promises = &record.incident.told.postmortem;
    let published = record.incident.status_now() == Status::Postmortem
        || !record.incident.publications.is_empty();
    if let (Some(last), false) = (promises.last(), published) {
        let due = promises.iter().flat_map(|news| news.promises(record.zone));
        let due = due.filter(|one| one.what == Promised::Postmortem);
        let by = due.filter_map(|one| one.due).min();
        // What is promised for a day is due when that day is over.
        let by = by.map(|due| show_day(due - TimeDelta::seconds(1), record.zone));
        found.push((Gap::Promised { by }, vec![last.seq]));
    }
    if super::summary::told(record).is_none() {
        found.push((Gap::NothingTold, Vec::new()));
    }
}

fn sections(record: &Record<'_>, found: &mut Found) {
    for (section, written) in &record.incident.words {
        if written.len() > 1 {
            let section = *section;
            found.push((Gap::TwoVersions { section }, written.clone()));
        }
    }
}

fn actions(record: &Record<'_>, found: &mut Found) {
    let incident = record.incident;
    if incident.actions.is_empty() && incident.status_now() != Status::Cancelled {
        found.push((Gap::NoActions, Vec::new()));
    }
    for open in incident
        .actions
        .iter()
        .filter(|action| action.done_at.is_none())
    {
        let action = open.number;
        if open.owner.is_none() {
            found.push((Gap::NoOwner { action }, vec![open.seq]));
        }
        if open.due.is_none() {
            found.push((Gap::NoDue { action }, vec![open.seq]));
        }
    }
}

fn machinery(record: &Record<'_>, found: &mut Found) {
    for (what, reason) in &record.incident.failed_deliveries {
        let last = record.entries.iter().rev().find(
            |entry| matches!(&entry.fact, Fact::DeliveryFailed { what: failed, .. } if failed == what),
        );
        let (what, reason) = (what.clone(), reworded::reason(reason));
        let cites = last.map(|entry| entry.seq).into_iter().collect();
        found.push((Gap::Undelivered { what, reason }, cites));
    }
    let away: Vec<(Seq, &[Unread])> = record
        .entries
        .iter()
        .filter_map(|entry| match &entry.fact {
            Fact::Absence { unread, .. } => Some((entry.seq, unread.as_slice())),
            _ => None,
        })
        .collect();
    if !away.is_empty() {
        let times = away.len();
        let cites = away.iter().map(|(seq, _)| *seq).collect();
        found.push((Gap::Away { times }, cites));
    }
    let unread: BTreeSet<ChannelId> = away
        .iter()
        .flat_map(|(_, unread)| unread.iter().map(|one| one.channel))
        .collect();
    if !unread.is_empty() {
        let channels = unread.len();
        let cites = away.iter().filter(|(_, unread)| !unread.is_empty());
        found.push((
            Gap::Unread { channels },
            cites.map(|(seq, _)| *seq).collect(),
        ));
    }
    let lost = record
        .entries
        .iter()
        .filter(|e| matches!(e.fact, Fact::AttachmentLost { .. }));
    let lost: Vec<Seq> = lost.map(|entry| entry.seq).collect();
    if !lost.is_empty() {
        found.push((Gap::FilesLost { count: lost.len() }, lost));
    }
}
