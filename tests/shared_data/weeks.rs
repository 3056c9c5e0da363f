//! Reviews of real histories against counts made here from the raw JSON, by
//! code that shares nothing with the review: minute by minute, day by day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use scribe::import::{Record, statuspage, take_over};
use scribe::incident::{
    Actor, Command, Component, Context, GuildId, GuildSettings, Incident, IncidentKey,
    IncidentNumber, decide,
};
use scribe::report::week::{self, Period, Review, ReviewInput, Week};
use serde_json::Value;

use crate::{now, of_datocms, read, shared};

/// An incident as the raw JSON has it.
struct Raw {
    /// When each update was, with its status; in order.
    updates: Vec<(DateTime<Utc>, String)>,
    components: Vec<String>,
}

impl Raw {
    fn opened(&self) -> DateTime<Utc> {
        self.updates[0].0
    }

    /// The first end; the outage that the test invents ends there.
    fn ended(&self) -> Option<DateTime<Utc>> {
        let mut ends = self.updates.iter().filter(|(_, status)| over(status));
        ends.next().map(|(at, _)| *at)
    }

    /// When it came to be resolved; a second word on it in that status is none.
    fn resolved(&self) -> impl DoubleEndedIterator<Item = DateTime<Utc>> {
        let before =
            std::iter::once("").chain(self.updates.iter().map(|(_, status)| status.as_str()));
        let pairs = before.zip(&self.updates).collect::<Vec<_>>().into_iter();
        let came =
            pairs.filter(|(before, (_, status))| *before != "resolved" && status == "resolved");
        came.map(|(_, (at, _))| *at)
    }

    /// The updates up to a day, in a zone.
    fn until(
        &self,
        day: NaiveDate,
        zone: Tz,
    ) -> impl DoubleEndedIterator<Item = &(DateTime<Utc>, String)> {
        self.updates
            .iter()
            .filter(move |(at, _)| local(*at, zone) <= day)
    }
}

fn over(status: &str) -> bool {
    matches!(status, "resolved" | "postmortem" | "completed")
}

fn local(at: DateTime<Utc>, zone: Tz) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

fn minute(at: DateTime<Utc>) -> i64 {
    at.timestamp().div_euclid(60)
}

fn github() -> (Record, Vec<Raw>) {
    let text = read(&shared().join("data/statuspage/github/incidents.json"));
    let json: Value = serde_json::from_str(&text).unwrap();
    let time = |value: &Value| value.as_str().unwrap().parse().unwrap();
    let raw = json["incidents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|incident| {
            let updates = incident["incident_updates"].as_array().unwrap().iter();
            let mut updates: Vec<(DateTime<Utc>, String)> = updates
                .map(|update| {
                    let shown = &update["display_at"];
                    let at = if shown.is_null() {
                        &update["created_at"]
                    } else {
                        shown
                    };
                    (time(at), update["status"].as_str().unwrap().to_owned())
                })
                .collect();
            updates.sort();
            let components = incident["components"].as_array().unwrap().iter();
            let components = components.map(|one| one["name"].as_str().unwrap().to_owned());
            Raw {
                updates,
                components: components.collect(),
            }
        });
    let raw = raw.collect();
    (statuspage::parse(&text).unwrap(), raw)
}

fn datocms() -> (Record, Vec<Raw>) {
    let file = "data/statuspage/datocms/incidents_and_maintenances.jsonl";
    let text = read(&shared().join(file));
    let (mut incidents, mut raw) = (Vec::new(), Vec::new());
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        if line.get("impact").is_none() {
            continue;
        }
        let updates = line["updates"].as_array().unwrap().iter();
        let mut updates: Vec<(DateTime<Utc>, String)> = updates
            .map(|update| {
                let at = update["date"].as_str().unwrap().parse().unwrap();
                (at, update["status"].as_str().unwrap().to_owned())
            })
            .collect();
        updates.sort_by_key(|update| update.0);
        raw.push(Raw {
            updates,
            components: Vec::new(),
        });
        incidents.push(of_datocms(&line));
    }
    let left_out = Vec::new();
    (
        Record {
            incidents,
            left_out,
        },
        raw,
    )
}

/// The incidents as Scribe takes them over, each with an outage from its
/// declaration to its first end, through its components.
fn incidents(record: &Record, raw: &[Raw]) -> Vec<Incident> {
    let taken = take_over(record, |_| false, now()).unwrap();
    assert_eq!(taken.new.len(), raw.len());
    let all = taken
        .new
        .iter()
        .zip(raw)
        .enumerate()
        .map(|(place, (new, raw))| {
            let number = IncidentNumber(u32::try_from(place).unwrap() + 1);
            let key = IncidentKey {
                guild: GuildId(0),
                number,
            };
            let mut state = Incident::fold(key, &new.log).unwrap();
            let components: Vec<_> = raw.components.iter().cloned().map(Component).collect();
            let start = Command::StartOutage {
                components: components.clone(),
                at: Some(raw.opened()),
            };
            let end = raw.ended().map(|end| Command::EndOutage {
                components,
                at: Some(end),
            });
            for command in std::iter::once(start).chain(end) {
                let context = Context {
                    actor: Actor::Scribe,
                    now: now(),
                    origin: None,
                };
                for entry in decide(Some(&state), command, &context).unwrap() {
                    state = Incident::evolve(key, Some(state), &entry).unwrap();
                }
            }
            state
        });
    all.collect()
}

/// What the days from one to another have, counted by hand.
#[derive(Debug, Default, PartialEq)]
struct Count {
    opened: BTreeSet<usize>,
    carried: BTreeSet<usize>,
    resolved: BTreeSet<usize>,
    cancelled: usize,
    down: i64,
    down_by_component: BTreeMap<String, i64>,
    /// Of the times to resolve: how many, the median, the 90th percentile, the longest.
    resolve: Option<(usize, i64, Option<i64>, i64)>,
    before: Option<(usize, i64, Option<i64>, i64)>,
}

fn spread(mut minutes: Vec<i64>) -> Option<(usize, i64, Option<i64>, i64)> {
    minutes.sort_unstable();
    let count = minutes.len();
    let longest = *minutes.last()?;
    let median = match count % 2 {
        1 => minutes[count / 2],
        _ => (minutes[count / 2 - 1] + minutes[count / 2]) / 2,
    };
    // The smallest that at least nine of ten do not exceed.
    let within = |limit: i64| minutes.iter().filter(|one| **one <= limit).count();
    let p90 = minutes
        .iter()
        .find(|one| within(**one) * 10 >= count * 9)
        .copied();
    Some((count, median, p90.filter(|_| count >= 10), longest))
}

fn count(raw: &[Raw], first: NaiveDate, last: NaiveDate, zone: Tz) -> Count {
    let mut count = Count::default();
    let mut down: BTreeSet<i64> = BTreeSet::new();
    let mut through: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    let within = |day: NaiveDate| first <= day && day <= last;
    let times = |from: NaiveDate, to: NaiveDate| {
        let took = raw.iter().filter_map(|raw| {
            let mut known = raw.until(to, zone);
            over(&known.next_back()?.1).then_some(())?;
            let end = raw.resolved().rfind(|at| local(*at, zone) <= to)?;
            (local(end, zone) >= from).then(|| minute(end) - minute(raw.opened()))
        });
        spread(took.collect())
    };
    for (place, raw) in raw.iter().enumerate() {
        if within(local(raw.opened(), zone)) {
            count.opened.insert(place);
        }
        let eve = first.pred_opt().unwrap();
        if raw
            .until(eve, zone)
            .next_back()
            .is_some_and(|(_, status)| !over(status))
        {
            count.carried.insert(place);
        }
        if raw.resolved().any(|at| within(local(at, zone))) {
            count.resolved.insert(place);
        }
        let Some(end) = raw.ended() else { continue };
        for at in minute(raw.opened())..minute(end) {
            let moment = DateTime::from_timestamp(at * 60, 0).unwrap();
            if within(local(moment, zone)) {
                down.insert(at);
                for component in &raw.components {
                    through.entry(component.clone()).or_default().insert(at);
                }
            }
        }
    }
    count.down = i64::try_from(down.len()).unwrap();
    let parts = through.into_iter();
    let parts = parts.map(|(name, minutes)| (name, i64::try_from(minutes.len()).unwrap()));
    count.down_by_component = parts.collect();
    count.resolve = times(first, last);
    count.before = times(first - Days::new(28), first.pred_opt().unwrap());
    count
}

/// The same from a review.
fn told(review: &Review) -> Count {
    let places = |list: &[week::Counted]| {
        list.iter()
            .map(|one| one.number.0 as usize - 1)
            .collect::<BTreeSet<_>>()
    };
    let spread = |spread: &week::Spread| {
        let minutes = |length: &Option<scribe::report::moment::Length>| {
            length.as_ref().map(|length| length.minutes)
        };
        let median = minutes(&spread.median)?;
        Some((
            spread.count,
            median,
            minutes(&spread.p90),
            minutes(&spread.longest)?,
        ))
    };
    let resolve = review
        .measures
        .iter()
        .find(|one| one.name == "Time to resolve");
    let parts = review.downtime.components.iter().filter_map(|one| {
        let name = one.component.as_ref()?.0.clone();
        Some((name, one.length.minutes))
    });
    Count {
        opened: places(&review.opened),
        carried: places(&review.carried_over),
        resolved: places(&review.resolved),
        cancelled: review.cancelled.len(),
        down: review.downtime.total.minutes,
        down_by_component: parts.collect(),
        resolve: resolve.and_then(|one| spread(&one.now)),
        before: resolve.and_then(|one| spread(&one.before)),
    }
}

/// Each week and month that anything happened in, in three zones: how many, how
/// many incidents were carried over into them, and how many have a 90th percentile.
fn hold((record, raw): (Record, Vec<Raw>)) -> (usize, usize, usize) {
    let incidents = incidents(&record, &raw);
    let (mut seen, mut carried, mut p90) = (0, 0, 0);
    for zone in [Tz::UTC, Tz::America__Los_Angeles, Tz::Asia__Kolkata] {
        let settings = GuildSettings {
            zone,
            ..GuildSettings::default()
        };
        let mut periods: BTreeMap<String, Period> = BTreeMap::new();
        for (at, _) in raw.iter().flat_map(|raw| &raw.updates) {
            let day = local(*at, zone);
            let month = format!("{}-{:02}", day.year(), day.month());
            let month = Period::parse_month(&month, now(), zone).unwrap();
            let week = Week::containing(day);
            for period in [month, week.into(), week.next().into()] {
                periods.insert(period.to_string(), period);
            }
        }
        for (name, period) in periods {
            let review = week::review(&ReviewInput {
                period,
                settings: &settings,
                incidents: &incidents,
                news: &BTreeMap::new(),
                now: now() + TimeDelta::days(40),
            });
            let counted = count(&raw, period.first_day(), period.last_day(), zone);
            assert_eq!(told(&review), counted, "{name} in {zone}");
            seen += 1;
            carried += counted.carried.len();
            p90 += usize::from(counted.resolve.is_some_and(|resolve| resolve.2.is_some()));
        }
    }
    (seen, carried, p90)
}

#[test]
fn of_github() {
    let (seen, _, p90) = hold(github());
    assert!(seen > 50 && p90 > 5, "{seen} {p90}");
}

#[test]
fn of_datocms_with_incidents_that_came_back() {
    let (seen, carried, _) = hold(datocms());
    assert!(seen > 50 && carried > 3, "{seen} {carried}");
}
