//! For how long users were affected within a period.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::count::Counter;
use super::review::{Affected, ComponentDowntime, Downtime};
use crate::incident::human_time::to_minute;
use crate::incident::{Component, Incident, IncidentNumber, OutageWindow, Severity};
use crate::report::downtime::{span, union};
use crate::report::moment::Length;

type Span = (DateTime<Utc>, DateTime<Utc>);

/// The downtime of the period.
pub(super) fn downtime(counter: &Counter<'_>) -> Downtime {
    let mut all = Vec::new();
    let mut incidents = Vec::new();
    let mut parts: BTreeMap<Option<Component>, (Vec<Span>, BTreeSet<IncidentNumber>)> =
        BTreeMap::new();
    let mut at_least = false;
    for incident in &counter.incidents {
        let mut own = Vec::new();
        // What a duplicate recorded was the same outage: its minutes count once.
        for (told, window) in windows(counter, incident) {
            let Some(span) = within(counter, told, window) else {
                let over = !told.status_now().is_open();
                at_least |= window.end.is_none() && over && counter.within(window.start);
                continue;
            };
            own.push(span);
            for component in through(told, window) {
                let part = parts.entry(component).or_default();
                part.0.push(span);
                part.1.insert(incident.key.number);
            }
        }
        let length = union(&own);
        if length > TimeDelta::zero() {
            incidents.push(Affected {
                name: incident.key.number.to_string(),
                title: incident.title.clone(),
                severity: counter.severity(incident),
                length: Length::new(length),
            });
        }
        all.extend(own);
    }
    incidents.sort_by_key(|one| std::cmp::Reverse(one.length.minutes));
    let components = parts
        .into_iter()
        .map(|(component, (spans, incidents))| ComponentDowntime {
            component,
            length: Length::new(union(&spans)),
            incidents: incidents.len(),
        });
    let mut components: Vec<_> = components.collect();
    let order = |one: &ComponentDowntime| {
        (
            one.component.is_none(),
            std::cmp::Reverse(one.length.minutes),
        )
    };
    components.sort_by_key(order);
    Downtime {
        total: Length::new(union(&all)),
        at_least,
        incidents,
        components,
    }
}

/// The downtime by the incidents of a severity.
pub(super) fn of_severity(counter: &Counter<'_>, severity: Severity) -> Option<Length> {
    let of = |incident: &&&Incident| counter.severity(incident) == severity;
    let spans: Vec<Span> = counter
        .incidents
        .iter()
        .filter(of)
        .flat_map(|incident| windows(counter, incident))
        .filter_map(|(incident, window)| within(counter, incident, window))
        .collect();
    (!spans.is_empty()).then(|| Length::new(union(&spans)))
}

/// The windows of an incident and of its duplicates, each with whose it is.
fn windows<'a>(
    counter: &Counter<'a>,
    incident: &'a Incident,
) -> impl Iterator<Item = (&'a Incident, &'a OutageWindow)> {
    let all = counter.with_duplicates(incident);
    all.flat_map(|one| one.outages.iter().map(move |window| (one, window)))
}

/// The part of a window that lies in the period and is not to come.
fn within(counter: &Counter<'_>, incident: &Incident, window: &OutageWindow) -> Option<Span> {
    let (start, end) = span(incident, window, counter.input.now)?;
    let until = to_minute(counter.input.now.min(counter.end));
    let (start, end) = (start.max(counter.start), end.min(until));
    (start < end).then_some((start, end))
}

/// Through which components: those of the window, else those that were named
/// for the incident, else none that anybody said.
fn through(incident: &Incident, window: &OutageWindow) -> Vec<Option<Component>> {
    let named = if window.components.is_empty() {
        incident.components.keys().cloned().collect()
    } else {
        window.components.clone()
    };
    let named: BTreeSet<Component> = named.into_iter().collect();
    if named.is_empty() {
        return vec![None];
    }
    named.into_iter().map(Some).collect()
}
