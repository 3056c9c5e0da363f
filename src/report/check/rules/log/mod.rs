//! What the text says against what the incident's log says.

mod actions;
mod lengths;
mod milestones;
mod people;
mod told;
mod windows;

use chrono::{DateTime, TimeDelta, Utc};

use super::super::document::Document;
use super::super::finding::Finding;
use super::super::moment::Moment;
use super::super::run::Against;
use super::super::stamp::Clock;
use super::super::zone::Zone;
use super::{finding, finding_at};

/// What the log contradicts, and the promises in its own updates that it shows unkept.
pub(in super::super) fn against_log(document: &Document, against: Against<'_>) -> Vec<Finding> {
    let mut found = milestones::findings(document, against);
    found.extend(windows::findings(document, against));
    found.extend(lengths::findings(document, against, &found));
    found.extend(people::findings(document, against));
    found.extend(told::findings(document, against));
    found.extend(actions::findings(document, against));
    found
}

/// The log's moment, by the clock of the text's.
fn by_clock_of(here: &Moment, at: DateTime<Utc>, against: Against<'_>) -> Moment {
    let zone = here.zone.clone().unwrap_or_else(|| Zone::of(against.zone));
    let local = zone.shows(at.naive_utc()).unwrap_or_else(|| at.naive_utc());
    Moment {
        day: local.date(),
        day_stated: true,
        clock: Some(Clock {
            time: local.time(),
            half: false,
            bare: false,
            hour_only: false,
        }),
        zone: Some(zone),
        hedged: false,
    }
}

/// A moment of the text with the guild's zone where it names none.
fn zoned(moment: &Moment, against: Against<'_>) -> Moment {
    let mut moment = moment.clone();
    if moment.utc().is_none() {
        // No name, or one of several meanings: at home it means home.
        moment.zone = Some(Zone::of(against.zone));
    }
    moment
}

fn apart(here: &Moment, there: &Moment) -> TimeDelta {
    there.since(here).map_or(TimeDelta::MAX, |d| d.abs())
}

/// How far a report may round what the log knows.
fn slack(here: &Moment) -> TimeDelta {
    if here.hedged {
        TimeDelta::minutes(10)
    } else {
        TimeDelta::minutes(2)
    }
}

/// The moment of the log that lies nearest, by the clock of the text's.
fn nearest(here: &Moment, logged: &[DateTime<Utc>], against: Against<'_>) -> Option<Moment> {
    let logged = logged.iter().map(|at| by_clock_of(here, *at, against));
    logged.min_by_key(|at| apart(here, at))
}
