//! A week counted from the states of its incidents.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use super::iso::Week;
use crate::incident::human_time::{show_day, to_minute};
use crate::incident::{Change, Incident, IncidentNumber, Severity, Status};
use crate::report::downtime;
use crate::report::moment::{Length, Moment};

/// How far back a missing postmortem is still listed; older ones are counted.
const POSTMORTEM_WEEKS: i64 = 4;

/// A week in figures. Exercises are counted apart; private incidents are left
/// out, even from the counts, unless they were asked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WeekSummary {
    /// The week.
    pub week: Week,
    /// Its first day.
    pub monday: String,
    /// Its last day.
    pub sunday: String,
    /// The zone it begins and ends in.
    pub zone: String,
    /// Up to when it is told: its end, or now.
    pub as_of: Moment,
    /// Whether it is not over yet.
    pub so_far: bool,
    /// Declared in the week.
    pub opened: Vec<Counted>,
    /// Resolved in the week, with how long that took.
    pub resolved: Vec<Counted>,
    /// Opened again in the week.
    pub reopened: Vec<Counted>,
    /// Cancelled in the week.
    pub cancelled: Vec<Counted>,
    /// Open at the end of the week.
    pub still_open: Vec<Counted>,
    /// What was declared, resolved and left open of each severity that occurs.
    pub by_severity: Vec<SeverityCount>,
    /// For how long users were affected in the week by any incident.
    pub downtime: Length,
    /// The same of each incident, the longest first.
    pub affected: Vec<Affected>,
    /// The times to resolve of the week.
    pub times: Times,
    /// Those of the week before.
    pub times_before: Times,
    /// Resolved in the last weeks and without a published postmortem, the worst first.
    pub without_postmortem: Vec<Counted>,
    /// How many more are older.
    pub without_postmortem_older: usize,
    /// Action items that are not done, the most urgent first.
    pub actions: Vec<OpenAction>,
    /// Exercises declared in the week.
    pub drills: usize,
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
    /// Its severity at the end of the week.
    pub severity: Severity,
    /// Its status at the end of the week.
    pub status: Status,
    /// When the thing happened that puts it in the list.
    pub at: Moment,
    /// From the declaration until then.
    pub after: Length,
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
}

/// An incident that affected users in the week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Affected {
    /// `INC-42`.
    pub name: String,
    /// Its title.
    pub title: String,
    /// For how long in the week.
    pub length: Length,
}

/// How long resolving took.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Times {
    /// Of how many incidents.
    pub count: usize,
    /// The middle one; the mean of the middle two.
    pub median: Option<Length>,
    /// The longest.
    pub longest: Option<Length>,
    /// Whose that was.
    pub longest_name: Option<String>,
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

impl WeekSummary {
    /// Whether nothing happened and nothing is open.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        let lists = [
            &self.opened,
            &self.resolved,
            &self.reopened,
            &self.cancelled,
        ];
        lists.iter().all(|list| list.is_empty())
            && self.still_open.is_empty()
            && self.affected.is_empty()
    }
}

/// The week as the guild may read it: without private incidents.
/// `incidents` are all that were open in it, in the week before or later.
#[must_use]
pub fn summary(week: Week, zone: Tz, incidents: &[Incident], now: DateTime<Utc>) -> WeekSummary {
    let public = incidents.iter().filter(|incident| !incident.private);
    Counter::new(week, zone, now, public.collect()).count()
}

/// The week with private incidents, for those who may know of all of them.
#[must_use]
pub fn summary_with_private(
    week: Week,
    zone: Tz,
    incidents: &[Incident],
    now: DateTime<Utc>,
) -> WeekSummary {
    Counter::new(week, zone, now, incidents.iter().collect()).count()
}

struct Counter<'a> {
    week: Week,
    zone: Tz,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
    as_of: DateTime<Utc>,
    now: DateTime<Utc>,
    incidents: Vec<&'a Incident>,
    drills: usize,
}

impl<'a> Counter<'a> {
    fn new(week: Week, zone: Tz, now: DateTime<Utc>, all: Vec<&'a Incident>) -> Self {
        let (start, end) = (week.start(zone), week.end(zone));
        let drills = all
            .iter()
            .filter(|one| one.drill && (start..end).contains(&one.opened_at));
        let drills = drills.count();
        let mut incidents: Vec<_> = all.into_iter().filter(|incident| !incident.drill).collect();
        incidents.sort_by_key(|incident| incident.key.number);
        // The last moment of the week is the one before the next begins.
        let as_of = now.min(end - TimeDelta::microseconds(1));
        Self {
            week,
            zone,
            start,
            end,
            as_of,
            now,
            incidents,
            drills,
        }
    }

    fn count(self) -> WeekSummary {
        let opened = self.list(|one| self.within(one.opened_at).then_some(one.opened_at));
        let resolved = self.list(|one| self.resolved_between(one, self.start, self.end));
        let still_open = self.list(|one| self.open_since(one));
        let before = self.week.previous();
        let before = (before.start(self.zone), before.end(self.zone));
        let (without_postmortem, without_postmortem_older) = self.without_postmortem();
        let (downtime, affected) = self.downtime();
        WeekSummary {
            week: self.week,
            monday: self.week.monday().to_string(),
            sunday: self.week.sunday().to_string(),
            zone: self.zone.to_string(),
            as_of: Moment::new(self.now.min(self.end), self.zone),
            so_far: self.now < self.end,
            reopened: self.list(|one| self.reopened(one)),
            cancelled: self.list(|one| self.became(one, Status::Cancelled)),
            by_severity: by_severity(&opened, &resolved, &still_open),
            downtime,
            affected,
            times: self.times(self.start, self.end),
            times_before: self.times(before.0, before.1),
            without_postmortem,
            without_postmortem_older,
            actions: self.actions(),
            drills: self.drills,
            opened,
            resolved,
            still_open,
        }
    }

    fn within(&self, at: DateTime<Utc>) -> bool {
        (self.start..self.end).contains(&at)
    }

    /// The incidents for which `when` says a moment, in the order of these.
    fn list(&self, when: impl Fn(&Incident) -> Option<DateTime<Utc>>) -> Vec<Counted> {
        let mut list: Vec<(DateTime<Utc>, &Incident)> = Vec::new();
        for incident in &self.incidents {
            list.extend(when(incident).map(|at| (at, *incident)));
        }
        list.sort_by_key(|(at, incident)| (*at, incident.key.number));
        list.into_iter()
            .map(|(at, incident)| self.counted(incident, at))
            .collect()
    }

    fn counted(&self, incident: &Incident, at: DateTime<Utc>) -> Counted {
        let severity = incident.severity.at(self.as_of).map(|change| change.value);
        let status = incident.status.at(self.as_of).map(|change| change.value);
        Counted {
            number: incident.key.number,
            name: incident.key.number.to_string(),
            title: incident.title.clone(),
            severity: severity.unwrap_or(incident.severity_now()),
            status: status.unwrap_or(incident.status_now()),
            at: Moment::new(at, self.zone),
            after: Length::between(incident.opened_at, at),
        }
    }

    /// When it last took a status in the week.
    fn became(&self, incident: &Incident, status: Status) -> Option<DateTime<Utc>> {
        let mut changes = incident.status.changes().iter().rev();
        let last = changes.find(|change| change.value == status && self.within(change.at));
        last.map(|change| change.at)
    }

    fn resolved_between(
        &self,
        incident: &Incident,
        start: DateTime<Utc>,
        end: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        let mut changes = incident.status.changes().iter().rev();
        let in_time = |change: &&Change<Status>| (start..end).contains(&change.at);
        let last = changes.find(|change| change.value == Status::Resolved && in_time(change));
        last.map(|change| change.at)
    }

    fn reopened(&self, incident: &Incident) -> Option<DateTime<Utc>> {
        let changes = incident.status.changes();
        let pairs = changes.windows(2).rev();
        let again = |pair: &&[Change<Status>]| {
            !pair[0].value.is_open() && pair[1].value.is_open() && self.within(pair[1].at)
        };
        pairs.into_iter().find(again).map(|pair| pair[1].at)
    }

    fn open_since(&self, incident: &Incident) -> Option<DateTime<Utc>> {
        let status = incident.status.at(self.as_of)?;
        (status.value.is_open() && incident.opened_at <= self.as_of).then_some(incident.opened_at)
    }

    fn times(&self, start: DateTime<Utc>, end: DateTime<Utc>) -> Times {
        let mut lengths: Vec<(TimeDelta, IncidentNumber)> = Vec::new();
        for incident in &self.incidents {
            if let Some(at) = self.resolved_between(incident, start, end) {
                let length = to_minute(at) - to_minute(incident.opened_at);
                // A record that has its end before its beginning has no length.
                if length >= TimeDelta::zero() {
                    lengths.push((length, incident.key.number));
                }
            }
        }
        lengths.sort_unstable();
        let Some((longest, number)) = lengths.last() else {
            return Times::default();
        };
        let (low, high) = (
            lengths[(lengths.len() - 1) / 2].0,
            lengths[lengths.len() / 2].0,
        );
        Times {
            count: lengths.len(),
            median: Some(Length::new((low + high) / 2)),
            longest: Some(Length::new(*longest)),
            longest_name: Some(number.to_string()),
        }
    }

    /// The windows' parts that lie in the week.
    fn downtime(&self) -> (Length, Vec<Affected>) {
        let until = to_minute(self.now.min(self.end));
        let mut all = Vec::new();
        let mut affected: Vec<Affected> = Vec::new();
        for incident in &self.incidents {
            let spans = downtime::spans(incident, self.now).into_iter();
            let clipped = spans.map(|(start, end)| (start.max(self.start), end.min(until)));
            let spans: Vec<_> = clipped.filter(|(start, end)| start < end).collect();
            let length = downtime::union(&spans);
            if length > TimeDelta::zero() {
                affected.push(Affected {
                    name: incident.key.number.to_string(),
                    title: incident.title.clone(),
                    length: Length::new(length),
                });
            }
            all.extend(spans);
        }
        affected.sort_by_key(|one| std::cmp::Reverse(one.length.minutes));
        (Length::new(downtime::union(&all)), affected)
    }

    fn without_postmortem(&self) -> (Vec<Counted>, usize) {
        // What was taken over from elsewhere had its postmortem there, or never.
        let mut all = self.list(|incident| {
            let status = incident.status.at(self.as_of)?;
            let owed = status.value == Status::Resolved && incident.source.is_none();
            owed.then_some(status.at)
        });
        let oldest = self.end - TimeDelta::weeks(POSTMORTEM_WEEKS);
        let before = all.len();
        all.retain(|one| one.at.at >= oldest);
        let older = before - all.len();
        all.sort_by_key(|one| (one.severity, one.at.at));
        (all, older)
    }

    fn actions(&self) -> Vec<OpenAction> {
        let mut open = Vec::new();
        for incident in self
            .incidents
            .iter()
            .filter(|one| one.opened_at <= self.as_of)
        {
            for action in &incident.actions {
                if action.done_at.is_none_or(|done| done > self.as_of) {
                    let due = action.due.unwrap_or(DateTime::<Utc>::MAX_UTC);
                    let shown = OpenAction {
                        name: incident.key.number.to_string(),
                        number: action.number,
                        text: action.text.clone(),
                        owner: action.owner.as_ref().map(|owner| owner.name.clone()),
                        due: action.due.map(|due| show_day(due, self.zone)),
                        overdue: due <= self.as_of,
                    };
                    open.push((due, incident.key.number, shown));
                }
            }
        }
        open.sort_by_key(|(due, number, action)| (*due, *number, action.number));
        open.into_iter().map(|(_, _, action)| action).collect()
    }
}

fn by_severity(
    opened: &[Counted],
    resolved: &[Counted],
    still_open: &[Counted],
) -> Vec<SeverityCount> {
    use strum::IntoEnumIterator;
    let count =
        |list: &[Counted], severity| list.iter().filter(|one| one.severity == severity).count();
    let counts = Severity::iter().map(|severity| SeverityCount {
        severity,
        opened: count(opened, severity),
        resolved: count(resolved, severity),
        still_open: count(still_open, severity),
    });
    counts
        .filter(|count| count.opened + count.resolved + count.still_open > 0)
        .collect()
}
