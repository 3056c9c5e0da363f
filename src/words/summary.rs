//! What happened, in the sentences with which a postmortem begins and those below
//! its figures. Times and lengths come as they are shown.

use super::count::{Noun, count};
use super::language::say;
use super::name;
use super::period::at_least_if;
use crate::incident::{IncidentNumber, Severity, Status};

/// How an incident ended, or that it has not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// It was resolved so long after it was declared.
    Resolved {
        /// When.
        at: String,
        /// How long after.
        later: String,
    },
    /// It was resolved, by its record, before it was declared.
    ResolvedBefore {
        /// When.
        at: String,
    },
    /// What is told once it is over is declared and resolved in one go.
    ResolvedAtOnce {
        /// Whether outages are recorded and over.
        after_outage: bool,
    },
    /// It was no incident.
    Cancelled {
        /// When that was said.
        at: String,
    },
    /// It is not over.
    Open {
        /// How far it is.
        status: Status,
        /// Since when.
        since: String,
    },
}

impl End {
    fn said(&self) -> String {
        match self {
            Self::Resolved { at, later } => say!(
                " and resolved at {at}, {later} later",
                " und gelöst am {at}, {later} später"
            ),
            Self::ResolvedBefore { at } => say!(
                " and resolved at {at}, by the record before that",
                " und gelöst am {at}, laut Aufzeichnung davor"
            ),
            Self::ResolvedAtOnce { after_outage: true } => say!(
                " and resolved in the same minute, when users were no longer affected",
                " und in derselben Minute gelöst, als Nutzer nicht mehr betroffen waren"
            ),
            Self::ResolvedAtOnce {
                after_outage: false,
            } => say!(
                " and resolved in the same minute",
                " und in derselben Minute gelöst"
            ),
            Self::Cancelled { at } => say!(
                " and cancelled at {at} as a false alarm",
                " und abgebrochen am {at} als Fehlalarm"
            ),
            Self::Open { status, since } => say!(
                "; it is not over, its status is {status} since {since}",
                "; vorbei ist das nicht, der Status ist „{status}“ seit {since}",
                status = name::status(*status)
            ),
        }
    }
}

/// What an incident was.
#[derive(Clone, Copy, Debug)]
pub struct Course<'a> {
    /// Which.
    pub number: IncidentNumber,
    /// Whether it was an exercise.
    pub drill: bool,
    /// The worst it was.
    pub severity: Severity,
    /// How bad it was at its end, where that is another.
    pub last: Option<Severity>,
    /// Who declared it.
    pub by: &'a str,
    /// When.
    pub declared: &'a str,
    /// How it ended.
    pub end: &'a End,
}

/// `INC-7 was a SEV1 incident (critical impact), declared by ana at ... and resolved at ...`
#[must_use]
pub fn course(course: Course<'_>) -> String {
    let Course {
        number,
        drill,
        severity,
        last,
        by,
        declared,
        end,
    } = course;
    let over = !matches!(end, End::Open { .. });
    let what = match (over, drill) {
        (true, false) => say!(
            "{number} was a {severity} incident",
            "{number} war ein {severity}-Incident"
        ),
        (false, false) => say!(
            "{number} is a {severity} incident",
            "{number} ist ein {severity}-Incident"
        ),
        (true, true) => say!(
            "{number} was a {severity} exercise",
            "{number} war eine {severity}-Übung"
        ),
        (false, true) => say!(
            "{number} is a {severity} exercise",
            "{number} ist eine {severity}-Übung"
        ),
    };
    let last = last.map_or(String::new(), |last| {
        say!(", {last} at the end", ", am Ende {last}")
    });
    say!(
        "{what} ({impact}{last}), declared by {by} at {declared}{end}.",
        "{what} ({impact}{last}), ausgerufen von {by} am {declared}{end}.",
        impact = name::impact(severity.impact()),
        end = end.said()
    )
}

fn in_windows(windows: usize) -> String {
    match windows {
        1 => String::new(),
        many => say!(" in {many} outage windows", " in {many} Ausfällen"),
    }
}

/// Users are affected.
#[must_use]
pub fn affected_so_far(total: &str, windows: usize, start: &str) -> String {
    say!(
        "Users have been affected for {total} so far{windows}, since {start}.",
        "Nutzer sind bisher {total} betroffen{windows}, seit {start}.",
        windows = in_windows(windows)
    )
}

/// Users were affected; `at_least` where the end of a window is not recorded.
#[must_use]
pub fn affected(
    (total, at_least): (&str, bool),
    windows: usize,
    (start, end): (&str, &str),
) -> String {
    let least = at_least_if(at_least);
    say!(
        "Users were affected for {least}{total}{windows}, from {start} to {end}.",
        "Nutzer waren {least}{total} betroffen{windows}, von {start} bis {end}.",
        windows = in_windows(windows)
    )
}

/// Users were affected, until when is not recorded.
#[must_use]
pub fn affected_from(start: &str) -> String {
    say!(
        "Users were affected from {start}; for how long is not recorded.",
        "Nutzer waren ab {start} betroffen; wie lange, ist nicht aufgezeichnet."
    )
}

/// The open window of an outage is counted until now.
#[must_use]
pub fn counted_until(now: &str) -> String {
    say!(
        "Users are still affected: the open window is counted until {now}.",
        "Nutzer sind noch betroffen: Der offene Ausfall zählt bis {now}."
    )
}

/// A window is not counted.
#[must_use]
pub fn end_not_recorded() -> String {
    say!(
        "A window without a recorded end is not counted.",
        "Ein Ausfall ohne aufgezeichnetes Ende ist nicht mitgezählt."
    )
}

/// Windows share minutes.
#[must_use]
pub fn windows_overlap() -> String {
    say!(
        "Windows overlap; minutes that they share count once.",
        "Ausfälle überlappen sich; gemeinsame Minuten zählen einmal."
    )
}

/// When the public was told first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// Before the declaration.
    Before,
    /// In its minute.
    With,
    /// So long after it.
    After(String),
}

/// How late the public was told, and how long after users were first affected.
#[must_use]
pub fn how_late(told: &Told, affected: Option<&str>) -> String {
    let mut late = match told {
        Told::Before => say!("before the declaration", "vor dem Ausrufen"),
        Told::With => say!("as it was declared", "beim Ausrufen"),
        Told::After(after) => {
            say!("{after} after the declaration", "{after} nach dem Ausrufen")
        }
    };
    if let Some(after) = affected {
        late += &say!(
            " and {after} after users were first affected",
            " und {after} nach der ersten Auswirkung auf Nutzer"
        );
    }
    late
}

/// The one thing the public was told.
#[must_use]
pub fn told_once(at: &str, how_late: &str) -> String {
    say!(
        "One update was written for the public, at {at}, {how_late}.",
        "Ein öffentliches Update wurde geschrieben, am {at}, {how_late}."
    )
}

/// What the public was told.
#[must_use]
pub fn told(updates: usize, (first, how_late): (&str, &str), last: &str) -> String {
    let number = count(updates, Noun::Update);
    say!(
        "{number} were written for the public: the first at {first}, {how_late}, the last at {last}.",
        "{number} für die Öffentlichkeit wurden geschrieben: das erste am {first}, {how_late}, das letzte am {last}."
    )
}
