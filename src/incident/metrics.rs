//! How long things took. A measure the log does not support is not guessed:
//! it is missing, for a reason.

use chrono::{DateTime, TimeDelta, Utc};

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
    /// From the last `resolved` to `postmortem`.
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
        Self {
            declare: declare(incident),
            identify: identify(incident),
            mitigate: mitigate(incident),
            resolve: resolve(incident),
            publish: publish(incident),
        }
    }
}

fn first_start(incident: &Incident) -> Result<DateTime<Utc>, Missing> {
    let starts = incident.outages.iter().map(|window| window.start);
    starts.min().ok_or(Missing::NoOutage)
}

fn declare(incident: &Incident) -> Measure {
    let start = first_start(incident)?;
    span(start, incident.opened_at).map_err(|_| Missing::DeclaredBefore)
}

fn identify(incident: &Incident) -> Measure {
    let mut changes = incident.status.changes().iter();
    let identified = changes.find(|change| change.value == Status::Identified);
    let identified = identified.ok_or(Missing::NeverIdentified)?;
    span(incident.opened_at, identified.at)
}

fn mitigate(incident: &Incident) -> Measure {
    let start = first_start(incident)?;
    let mut end = start;
    for window in &incident.outages {
        let (ended, _) = window.end.ok_or(Missing::OutageOpen)?;
        end = end.max(ended);
    }
    span(start, end)
}

fn resolve(incident: &Incident) -> Measure {
    span(incident.opened_at, resolved(incident)?)
}

fn publish(incident: &Incident) -> Measure {
    let resolved = resolved(incident)?;
    let current = incident.status.current();
    let published = current.filter(|change| change.value == Status::Postmortem);
    span(resolved, published.ok_or(Missing::NotPublished)?.at)
}

fn resolved(incident: &Incident) -> Result<DateTime<Utc>, Missing> {
    match incident.status_now() {
        Status::Cancelled => Err(Missing::Cancelled),
        _ => incident.resolved_at().ok_or(Missing::NotResolved),
    }
}

fn span(from: DateTime<Utc>, to: DateTime<Utc>) -> Measure {
    let span = to - from;
    if span < TimeDelta::zero() {
        return Err(Missing::OutOfOrder);
    }
    Ok(span)
}
