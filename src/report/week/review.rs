//! What a review tells, in figures and lists.

use serde::Serialize;

use super::period::Period;
use super::spread::Spread;
use crate::incident::{Component, IncidentNumber, Language, Severity, Status};
use crate::report::moment::{Length, Moment};

/// Some days in figures. Drills and private incidents are in none of them:
/// they are left out or counted apart, as the guild says, and private ones are
/// never named.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Review {
    /// The language it is told in.
    pub language: Language,
    /// `2026-W29`, `2026-07`, `2026-07-01_2026-07-15`.
    #[serde(serialize_with = "as_text")]
    pub period: Period,
    /// `Week 2026-W29`, `July 2026`, `2026-07-01 to 2026-07-15`.
    pub name: String,
    /// Its first day.
    pub first_day: String,
    /// Its last day.
    pub last_day: String,
    /// The zone its days begin and end in.
    pub zone: String,
    /// Up to when it is told: its end, or now.
    pub as_of: Moment,
    /// Whether it is not over yet.
    pub so_far: bool,
    /// Declared in it.
    pub opened: Vec<Counted>,
    /// Open when it began.
    pub carried_over: Vec<Counted>,
    /// Resolved in it, with how long that took from the declaration.
    pub resolved: Vec<Counted>,
    /// Opened again in it.
    pub reopened: Vec<Counted>,
    /// Cancelled in it.
    pub cancelled: Vec<Counted>,
    /// Open at its end.
    pub still_open: Vec<Counted>,
    /// What happened to the incidents of each severity that occurs.
    pub by_severity: Vec<SeverityCount>,
    /// For how long users were affected.
    pub downtime: Downtime,
    /// How long things took, against the four weeks before; only what took place in either.
    pub measures: Vec<Measured>,
    /// Of those resolved the one that took longest.
    pub longest: Option<Counted>,
    /// Resolved without a published postmortem, the most urgent first.
    pub without_postmortem: Vec<Owed>,
    /// Action items that are not done, the most urgent first.
    pub actions: Vec<OpenAction>,
    /// News that came later than promised, or has not come, in the order it was promised for.
    pub late_news: Vec<LateNews>,
    /// What is counted apart.
    pub apart: Apart,
}

fn as_text<S: serde::Serializer>(period: &Period, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(period)
}

/// An incident in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Counted {
    /// Its number.
    pub number: IncidentNumber,
    /// `INC-42`.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its severity at the end.
    pub severity: Severity,
    /// Its status at the end.
    pub status: Status,
    /// When the thing happened that puts it in the list.
    pub at: Moment,
    /// From the declaration until then.
    pub after: Length,
    /// How many duplicates of it there are, which count as one with it.
    pub duplicates: usize,
    /// The same in words: `and 1 duplicate`; `None` where there is none.
    pub also: Option<String>,
}

/// What happened to the incidents of a severity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeverityCount {
    /// Which.
    pub severity: Severity,
    /// How many were declared.
    pub opened: usize,
    /// How many were resolved.
    pub resolved: usize,
    /// How many are open at the end.
    pub still_open: usize,
    /// For how long users were affected by any of them; `None` where no outage is recorded.
    pub downtime: Option<Length>,
}

/// For how long users were affected: the parts of outage windows that lie in
/// the period; minutes that windows share count once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Downtime {
    /// By any incident.
    pub total: Length,
    /// Whether it is the least it can be: of an incident that is over nobody
    /// recorded when an outage ended, and that one is not counted.
    pub at_least: bool,
    /// By incident, the longest first.
    pub incidents: Vec<Affected>,
    /// By component, the longest first; incidents for which none was named come last, without one.
    pub components: Vec<ComponentDowntime>,
}

/// An incident that affected users.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Affected {
    /// `INC-42`.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its severity at the end.
    pub severity: Severity,
    /// For how long.
    pub length: Length,
}

/// A component through which users were affected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComponentDowntime {
    /// Which; `None` for outages of which nobody said it.
    pub component: Option<Component>,
    /// For how long.
    pub length: Length,
    /// By how many incidents.
    pub incidents: usize,
}

/// How long something took in the incidents that came to it in the period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Measured {
    /// `Time to resolve`.
    pub name: &'static str,
    /// From what to what: `from the declaration to the last “resolved”`.
    pub meaning: &'static str,
    /// In the period.
    pub now: Spread,
    /// In the four weeks before it.
    pub before: Spread,
}

/// A postmortem that is not published.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Owed {
    /// The incident, with when it was resolved.
    #[serde(flatten)]
    pub incident: Counted,
    /// Who led it.
    pub owner: Option<String>,
    /// The day it is due; `None` where the guild asks for none.
    pub due: Option<String>,
    /// Whether that is past.
    pub overdue: bool,
}

/// An action item that is not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenAction {
    /// `INC-42`.
    pub name: String,
    /// Its number there.
    pub number: u32,
    /// What.
    pub text: String,
    /// By whom.
    pub owner: Option<String>,
    /// Until which day.
    pub due: Option<String>,
    /// Whether that is past.
    pub overdue: bool,
}

/// News that was promised for a time and came later.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LateNews {
    /// `INC-42`.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The words of the promise.
    pub words: String,
    /// For when it was promised.
    pub due: Moment,
    /// When it came; `None` while people wait.
    pub told: Option<Moment>,
    /// How much later than promised.
    pub late: Length,
}

/// What is counted apart; `None` where the guild leaves it out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Apart {
    /// Drills declared in the period.
    pub drills: Option<usize>,
    /// Private incidents declared in the period: their number is all that is told of them.
    pub private: Option<usize>,
}

impl Review {
    /// Whether nothing happened and nothing is open.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        let lists = [
            &self.opened,
            &self.carried_over,
            &self.resolved,
            &self.reopened,
            &self.cancelled,
            &self.still_open,
        ];
        lists.iter().all(|list| list.is_empty())
            && self.downtime.incidents.is_empty()
            && !self.downtime.at_least
            && self.late_news.is_empty()
    }

    /// Whether it tells of an incident by its number.
    #[must_use]
    pub fn names(&self, number: IncidentNumber) -> bool {
        let name = number.to_string();
        let lists = [
            &self.opened,
            &self.carried_over,
            &self.resolved,
            &self.reopened,
            &self.cancelled,
            &self.still_open,
        ];
        lists
            .iter()
            .any(|list| list.iter().any(|one| one.number == number))
            || self.downtime.incidents.iter().any(|one| one.name == name)
            || self
                .without_postmortem
                .iter()
                .any(|one| one.incident.number == number)
            || self.actions.iter().any(|one| one.name == name)
            || self.late_news.iter().any(|one| one.name == name)
    }

    /// The action items that are overdue.
    pub fn overdue_actions(&self) -> impl Iterator<Item = &OpenAction> {
        self.actions.iter().filter(|action| action.overdue)
    }

    /// The postmortems that are overdue.
    pub fn overdue_postmortems(&self) -> impl Iterator<Item = &Owed> {
        self.without_postmortem.iter().filter(|owed| owed.overdue)
    }
}
