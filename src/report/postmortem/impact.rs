//! What was affected, how badly, when, and what follows from it.

use super::draft::{
    Action, ComponentFact, MetricFact, Outage, SeverityStep, StatusStep, Total, Window,
};
use super::record::Record;
use crate::incident::human_time::show_day;
use crate::incident::{ComponentState, Fact, Metrics};
use crate::report::downtime;
use crate::report::moment::Length;
use crate::words::measure::{self, Which};
use crate::words::name;
use crate::words::summary as words;

pub(super) fn status(record: &Record<'_>) -> Vec<StatusStep> {
    let steps = record.incident.status.changes().iter();
    let steps = steps.map(|change| StatusStep {
        since: record.moment(change.at),
        status: change.value,
        cites: vec![change.seq],
    });
    steps.collect()
}

pub(super) fn severity(record: &Record<'_>) -> Vec<SeverityStep> {
    let steps = record.incident.severity.changes().iter().map(|change| {
        let line = record.line(change.seq);
        let reason = line.filter(|line| matches!(line.entry.fact, Fact::SeverityChanged { .. }));
        SeverityStep {
            since: record.moment(change.at),
            severity: change.value,
            impact: name::impact(change.value.impact()).to_owned(),
            reason: reason
                .and_then(|line| line.text)
                .map(|text| record.spoken(text).into_owned()),
            who: line.map_or("", |line| line.entry.actor.name()).to_owned(),
            cites: vec![change.seq],
        }
    });
    steps.collect()
}

/// How bad a state is; planned work is better than any trouble.
fn badness(state: ComponentState) -> u8 {
    match state {
        ComponentState::Operational => 0,
        ComponentState::UnderMaintenance => 1,
        ComponentState::DegradedPerformance => 2,
        ComponentState::PartialOutage => 3,
        ComponentState::MajorOutage => 4,
    }
}

pub(super) fn components(record: &Record<'_>) -> Vec<ComponentFact> {
    let components = record
        .incident
        .components
        .iter()
        .filter_map(|(component, track)| {
            let last = track.current()?;
            let mut worst = track.changes().first()?;
            for change in track.changes() {
                if badness(change.value) > badness(worst.value) {
                    worst = change;
                }
            }
            let mut cites = vec![worst.seq];
            if last.seq != worst.seq {
                cites.push(last.seq);
            }
            Some(ComponentFact {
                name: component.0.clone(),
                worst: worst.value,
                worst_said: name::component_state(worst.value).to_owned(),
                since: record.moment(worst.at),
                last_said: name::component_state(last.value).to_owned(),
                last_since: record.moment(last.at),
                cites,
            })
        });
    components.collect()
}

pub(super) fn outage(record: &Record<'_>) -> Outage {
    let windows = record.incident.outages_in_order().into_iter().enumerate();
    let windows = windows.map(|(place, window)| {
        let end = window.end;
        Window {
            place: place + 1,
            start: record.moment(window.start),
            end: end.map(|(end, _)| record.moment(end)),
            length: end.map(|(end, _)| Length::between(window.start, end)),
            components: name::components(&window.components),
            cites: std::iter::once(window.seq)
                .chain(end.map(|(_, by)| by))
                .collect(),
        }
    });
    let windows: Vec<Window> = windows.collect();
    let Some(downtime) = downtime::of(record.incident, record.now) else {
        return Outage {
            windows,
            total: None,
            notes: Vec::new(),
        };
    };
    let mut notes = Vec::new();
    if downtime.so_far {
        let now = record.moment(record.now).text;
        notes.push(words::counted_until(&now));
    }
    if downtime.at_least {
        notes.push(words::end_not_recorded());
    }
    if downtime.overlaps {
        notes.push(words::windows_overlap());
    }
    Outage {
        windows,
        total: Some(Total {
            length: Length::new(downtime.total),
            so_far: downtime.so_far,
            at_least: downtime.at_least,
        }),
        notes,
    }
}

pub(super) fn metrics(record: &Record<'_>) -> Vec<MetricFact> {
    let metrics = Metrics::to_the_minute(record.incident);
    let facts = Which::ALL.map(|which| {
        let measure = match which {
            Which::Declare => metrics.declare,
            Which::Identify => metrics.identify,
            Which::Mitigate => metrics.mitigate,
            Which::Resolve => metrics.resolve,
            Which::Publish => metrics.publish,
        };
        MetricFact {
            name: which.name(),
            meaning: which.meaning(),
            length: measure.ok().map(Length::new),
            missing: measure.err().map(measure::missing),
        }
    });
    facts.into()
}

pub(super) fn actions(record: &Record<'_>) -> Vec<Action> {
    let done_by = record.entries.iter().filter_map(|entry| match entry.fact {
        Fact::ActionDone { number } => Some((number, entry.seq)),
        _ => None,
    });
    let done_by: Vec<_> = done_by.collect();
    let actions = record.incident.actions.iter().map(|action| {
        let done = done_by.iter().find(|(number, _)| *number == action.number);
        Action {
            number: action.number,
            text: record.spoken(&action.text).into_owned(),
            owner: action.owner.as_ref().map(|owner| owner.name.clone()),
            due: action.due.map(|due| show_day(due, record.zone)),
            overdue: action.done_at.is_none() && action.due.is_some_and(|due| due < record.now),
            done: action.done_at.map(|at| record.moment(at)),
            cites: std::iter::once(action.seq)
                .chain(done.map(|(_, by)| *by))
                .collect(),
        }
    });
    actions.collect()
}
