//! How long things took. A measure the log does not support is not guessed:
//! it is missing, for a reason.

use chrono::{DateTime, TimeDelta, Utc};

use super::human_time::to_minute;
use super::state::Incident;
use super::status::Status;

/// How long something took, or why that cannot be said.
pub type Measure = Result<TimeDelta, Missing>;

/// The times of one incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metrics {
    /// From the first outage window's start to the declaration.
    pub declare: Measure,
    /// From the declaration to the first `identified`.
    pub identify: Measure,
    /// From the first outage window's start to the last one's end.
    pub mitigate: Measure,
    /// From the declaration to the last `resolved`.
    pub resolve: Measure,
    /// From the last `resolved` to the first postmortem published after it, or
    /// to the status `postmortem` where none was published with Scribe.
    pub publish: Measure,
}

/// Why a measure cannot be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Nobody said when users were affected.
    NoOutage,
    /// Nobody said when an outage ended.
    OutageOpen,
    /// It was declared before users were affected.
    DeclaredBefore,
    /// It was never in the status `identified`.
    NeverIdentified,
    /// It is not resolved.
    NotResolved,
    /// It was cancelled.
    Cancelled,
    /// No postmortem is published.
    NotPublished,
    /// What would be the end lies before what would be the start.
    OutOfOrder,
}

impl Metrics {
    /// The times of an incident.
    #[must_use]
    pub fn of(incident: &Incident) -> Self {
        Self::measured(incident, |at| at)
    }

    /// The same between the minutes that reports show, so that a reader who
    /// subtracts the shown times gets the shown lengths.
    #[must_use]
    pub fn to_the_minute(incident: &Incident) -> Self {
        Self::measured(incident, to_minute)
    }

    fn measured(incident: &Incident, shown: fn(DateTime<Utc>) -> DateTime<Utc>) -> Self {
        let length = |span: Span| span.map(|(from, to)| shown(to) - shown(from));
        Self {
            declare: length(declare(incident)),
            identify: length(identify(incident)),
            mitigate: length(mitigate(incident)),
            resolve: length(resolve(incident)),
            publish: length(publish(incident)),
        }
    }
}

/// From when to when a measure is taken.
type Span = Result<(DateTime<Utc>, DateTime<Utc>), Missing>;

fn first_start(incident: &Incident) -> Result<DateTime<Utc>, Missing> {
    let starts = incident.outages.iter().map(|window| window.start);
    starts.min().ok_or(Missing::NoOutage)
}

fn declare(incident: &Incident) -> Span {
    let start = first_start(incident)?;
    span(start, incident.opened_at).map_err(|_| Missing::DeclaredBefore)
}

fn identify(incident: &Incident) -> Span {
    let mut changes = incident.status.changes().iter();
    let identified = changes.find(|change| change.value == Status::Identified);
    let identified = identified.ok_or(Missing::NeverIdentified)?;
    span(incident.opened_at, identified.at)
}

fn mitigate(incident: &Incident) -> Span {
    let start = first_start(incident)?;
    let mut end = start;
    for window in &incident.outages {
        let (ended, _) = window.end.ok_or(Missing::OutageOpen)?;
        end = end.max(ended);
    }
    span(start, end)
}

fn resolve(incident: &Incident) -> Span {
    span(incident.opened_at, resolved(incident)?)
}

fn publish(incident: &Incident) -> Span {
    let resolved = resolved(incident)?;
    let mut versions = incident.publications.iter().map(|version| version.at);
    let published = versions.find(|at| *at >= resolved);
    let current = incident.status.current();
    let status = current.filter(|change| change.value == Status::Postmortem);
    let published = published.or(status.map(|change| change.at));
    span(resolved, published.ok_or(Missing::NotPublished)?)
}

fn resolved(incident: &Incident) -> Result<DateTime<Utc>, Missing> {
    match incident.status_now() {
        Status::Cancelled => Err(Missing::Cancelled),
        _ => incident.resolved_at().ok_or(Missing::NotResolved),
    }
}

fn span(from: DateTime<Utc>, to: DateTime<Utc>) -> Span {
    if to < from {
        return Err(Missing::OutOfOrder);
    }
    Ok((from, to))
}
