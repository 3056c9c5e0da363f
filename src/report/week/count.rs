//! A review counted from the states of the incidents.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use strum::IntoEnumIterator as _;

use super::downtime::downtime;
use super::measure::measures;
use super::period::{Period, WEEKS_BEFORE};
use super::review::{Apart, Counted, LateNews, OpenAction, Owed, Review, SeverityCount};
use crate::incident::human_time::show_day;
use crate::incident::promise::PromisedNews;
use crate::incident::reminder::{NEVER_AFTER, postmortem_due};
use crate::incident::{Besides, GuildSettings, Incident, IncidentNumber, Role, Severity, Status};
use crate::report::moment::{Length, Moment};
use crate::words::language::speaking;
use crate::words::week::and_duplicates;

/// What a review is made of.
pub struct ReviewInput<'a> {
    /// The days.
    pub period: Period,
    /// The guild's zone and what it wants.
    pub settings: &'a GuildSettings,
    /// The incidents of which anything happened within the period's reach
    /// ([`Period::reach`]), and those with action items that are not done.
    /// More do no harm.
    pub incidents: &'a [Incident],
    /// The news that each of those promised; may be left out of those not active in the period.
    pub news: &'a BTreeMap<IncidentNumber, Vec<PromisedNews>>,
    /// The present (UTC).
    pub now: DateTime<Utc>,
}

/// Counts a review.
#[must_use]
pub fn review(input: &ReviewInput<'_>) -> Review {
    speaking(input.settings.language, || Counter::new(input).count())
}

pub(super) struct Counter<'a> {
    pub(super) input: &'a ReviewInput<'a>,
    pub(super) zone: Tz,
    pub(super) start: DateTime<Utc>,
    pub(super) end: DateTime<Utc>,
    /// The last moment that is told of.
    pub(super) as_of: DateTime<Utc>,
    /// The incidents that count, as they are now, by number. What is a duplicate of
    /// one of them is not among them.
    pub(super) incidents: Vec<&'a Incident>,
    /// The duplicates of each.
    duplicates: BTreeMap<IncidentNumber, Vec<&'a Incident>>,
    apart: Apart,
}

impl<'a> Counter<'a> {
    fn new(input: &'a ReviewInput<'a>) -> Self {
        let zone = input.settings.zone;
        let (start, end) = (input.period.start(zone), input.period.end(zone));
        let policy = &input.settings.review;
        let opened = |incident: &&Incident| (start..end).contains(&incident.opened_at);
        let count = |besides: Besides, which: fn(&Incident) -> bool| {
            let those = input
                .incidents
                .iter()
                .filter(|one| which(one))
                .filter(opened);
            (besides == Besides::Apart).then(|| those.count())
        };
        let apart = Apart {
            drills: count(policy.drills, |one| one.drill && !one.private),
            private: count(policy.private, |one| one.private),
        };
        let all = input.incidents.iter();
        let mut incidents: Vec<_> = all.filter(|one| !one.drill && !one.private).collect();
        incidents.sort_by_key(|incident| incident.key.number);
        incidents.dedup_by_key(|incident| incident.key.number);
        let duplicates = take_duplicates(&mut incidents);
        Self {
            input,
            zone,
            start,
            end,
            as_of: input.now.min(end - TimeDelta::microseconds(1)),
            incidents,
            duplicates,
            apart,
        }
    }

    /// An incident and its duplicates.
    pub(super) fn with_duplicates(
        &self,
        incident: &'a Incident,
    ) -> impl Iterator<Item = &'a Incident> {
        let duplicates = self.duplicates.get(&incident.key.number);
        let duplicates = duplicates.into_iter().flatten().copied();
        std::iter::once(incident).chain(duplicates)
    }

    /// All that count, duplicates too: what is owed in them is owed.
    fn with_all_duplicates(&self) -> impl Iterator<Item = &'a Incident> {
        let incidents = self.incidents.iter().copied();
        incidents.flat_map(|incident| self.with_duplicates(incident))
    }

    fn count(self) -> Review {
        let period = self.input.period;
        let opened = self.list(|one| self.within(one.opened_at).then_some(one.opened_at));
        let resolved = self.list(|one| self.became(one, Status::Resolved));
        let still_open = self.list(|one| open_at(one, self.as_of));
        let longest = resolved
            .iter()
            .max_by_key(|one| (one.after.minutes, one.at.at));
        Review {
            language: self.input.settings.language,
            period,
            name: period.name(),
            first_day: period.first_day().to_string(),
            last_day: period.last_day().to_string(),
            zone: self.zone.to_string(),
            as_of: Moment::new(self.input.now.min(self.end), self.zone),
            so_far: self.input.now < self.end,
            carried_over: self.list(|one| open_at(one, self.start - TimeDelta::microseconds(1))),
            reopened: self.list(|one| self.reopened(one)),
            cancelled: self.list(|one| self.became(one, Status::Cancelled)),
            by_severity: self.by_severity(&opened, &resolved, &still_open),
            downtime: downtime(&self),
            measures: measures(&self),
            longest: longest.cloned(),
            without_postmortem: self.without_postmortem(),
            actions: self.actions(),
            late_news: self.late_news(),
            opened,
            resolved,
            still_open,
            apart: self.apart,
        }
    }

    pub(super) fn within(&self, at: DateTime<Utc>) -> bool {
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
        let status = incident.status.at(self.as_of).map(|change| change.value);
        let duplicates = self.duplicates.get(&incident.key.number);
        let duplicates_of = duplicates.map_or(0, Vec::len);
        Counted {
            number: incident.key.number,
            name: incident.key.number.to_string(),
            title: incident.title.clone(),
            severity: self.severity(incident),
            status: status.unwrap_or(incident.status_now()),
            at: Moment::new(at, self.zone),
            after: Length::between(incident.opened_at, at),
            duplicates: duplicates_of,
            also: and_duplicates(duplicates_of),
        }
    }

    /// The severity at the end.
    pub(super) fn severity(&self, incident: &Incident) -> Severity {
        let severity = incident.severity.at(self.as_of).map(|change| change.value);
        severity.unwrap_or(incident.severity_now())
    }

    /// When it last took a status in the period.
    fn became(&self, incident: &Incident, status: Status) -> Option<DateTime<Utc>> {
        let mut changes = incident.status.changes().iter().rev();
        let last = changes.find(|change| change.value == status && self.within(change.at));
        last.map(|change| change.at)
    }

    fn reopened(&self, incident: &Incident) -> Option<DateTime<Utc>> {
        let mut pairs = incident.status.changes().windows(2).rev();
        let again = pairs.find(|pair| {
            !pair[0].value.is_open() && pair[1].value.is_open() && self.within(pair[1].at)
        });
        again.map(|pair| pair[1].at)
    }

    fn by_severity(
        &self,
        opened: &[Counted],
        resolved: &[Counted],
        still_open: &[Counted],
    ) -> Vec<SeverityCount> {
        let count =
            |list: &[Counted], severity| list.iter().filter(|one| one.severity == severity).count();
        let counts = Severity::iter().map(|severity| SeverityCount {
            severity,
            opened: count(opened, severity),
            resolved: count(resolved, severity),
            still_open: count(still_open, severity),
            downtime: super::downtime::of_severity(self, severity),
        });
        let told = |one: &SeverityCount| {
            one.opened + one.resolved + one.still_open > 0 || one.downtime.is_some()
        };
        counts.filter(told).collect()
    }

    /// Those that still have none: all that ended within the reach of the review, and those of the year before that were due.
    fn without_postmortem(&self) -> Vec<Owed> {
        let oldest = self.end - TimeDelta::weeks(WEEKS_BEFORE.cast_signed() + 1);
        let mut all = Vec::new();
        for incident in &self.incidents {
            // What was taken over from elsewhere had its postmortem there, or never.
            let resolved = incident.status_now() == Status::Resolved && incident.source.is_none();
            let Some(at) = incident.resolved_at().filter(|_| resolved) else {
                continue;
            };
            if at > self.as_of || at < self.end - NEVER_AFTER {
                continue;
            }
            let times = self.input.settings.reminders.of(self.severity(incident));
            let due = postmortem_due(incident, times, self.zone);
            if at < oldest && due.is_none() {
                continue;
            }
            let owner = incident.roles.get(&Role::commander());
            all.push(Owed {
                incident: self.counted(incident, at),
                owner: owner.map(|owner| owner.name.clone()),
                due: due.map(|due| show_day(due, self.zone)),
                overdue: due.is_some_and(|due| due < self.as_of),
            });
        }
        all.sort_by_key(|one| (!one.overdue, one.incident.severity, one.incident.at.at));
        all
    }

    /// What was to be done by the end of the period and is not done yet.
    fn actions(&self) -> Vec<OpenAction> {
        let mut open = Vec::new();
        let opened = self
            .with_all_duplicates()
            .filter(|one| one.opened_at <= self.as_of);
        for incident in opened {
            for action in incident.actions.iter().filter(|one| one.done_at.is_none()) {
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
        open.sort_by_key(|(due, number, action)| (*due, *number, action.number));
        open.into_iter().map(|(_, _, action)| action).collect()
    }

    fn late_news(&self) -> Vec<LateNews> {
        let mut late = Vec::new();
        for incident in self.with_all_duplicates() {
            let promised = self
                .input
                .news
                .get(&incident.key.number)
                .into_iter()
                .flatten();
            for news in promised.filter(|news| self.within(news.due)) {
                let told = news.told_at.filter(|told| *told <= self.as_of);
                let known = PromisedNews {
                    told_at: told,
                    ..news.clone()
                };
                let Some(by) = known.late(self.as_of) else {
                    continue;
                };
                late.push(LateNews {
                    name: incident.key.number.to_string(),
                    title: incident.title.clone(),
                    words: known.words,
                    due: Moment::new(news.due, self.zone),
                    told: told.map(|told| Moment::new(told, self.zone)),
                    late: Length::new(by),
                });
            }
        }
        late.sort_by_key(|one| one.due.at);
        late
    }
}

/// Takes out what is a duplicate of another that counts, by that.
fn take_duplicates<'a>(
    incidents: &mut Vec<&'a Incident>,
) -> BTreeMap<IncidentNumber, Vec<&'a Incident>> {
    let of: BTreeMap<IncidentNumber, Option<IncidentNumber>> = incidents
        .iter()
        .map(|incident| (incident.key.number, incident.duplicate_of()))
        .collect();
    // An original is no duplicate itself; where a record says so all the same, both count.
    let original = |incident: &Incident| {
        let original = incident.duplicate_of()?;
        (of.get(&original) == Some(&None)).then_some(original)
    };
    let mut duplicates: BTreeMap<IncidentNumber, Vec<&Incident>> = BTreeMap::new();
    incidents.retain(|incident| match original(incident) {
        Some(original) => {
            duplicates.entry(original).or_default().push(*incident);
            false
        }
        None => true,
    });
    duplicates
}

/// The declaration of an incident that was open at a moment.
fn open_at(incident: &Incident, moment: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let status = incident.status.at(moment)?;
    (status.value.is_open() && incident.opened_at <= moment).then_some(incident.opened_at)
}
