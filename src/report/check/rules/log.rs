//! What the text says against what the incident's log says.

use chrono::{DateTime, TimeDelta, Utc};

use super::super::document::{Document, Topic};
use super::super::fields::Label;
use super::super::finding::{Certainty, Finding, Kind};
use super::super::moment::Moment;
use super::super::run::Against;
use super::super::stamp::Clock;
use super::super::words::{self, label};
use super::super::zone::Zone;
use super::{finding, finding_at};
use crate::incident::promise::{PromisedNews, promised_news};
use crate::incident::{Fact, Status};

/// What the log contradicts, and the promises in its own updates that it shows unkept.
pub(in super::super) fn against_log(document: &Document, against: Against<'_>) -> Vec<Finding> {
    let mut found = moments(document, against);
    found.extend(windows(document, against));
    found.extend(downtime(document, against));
    found.extend(promises(against));
    found
}

/// News that the public was promised in the log's updates and did not get in time. They are of no line of the text, so the first.
fn promises(against: Against<'_>) -> Vec<Finding> {
    let late = |news: &PromisedNews| {
        // Nothing after it: the log may end before the promise is due.
        let told = news.told_at?;
        news.late(told)?;
        let said = words::late_update(news.due - news.said_at, Some(told - news.said_at));
        Some(Finding {
            line: 1,
            also: Vec::new(),
            quote: news.words.chars().take(160).collect(),
            kind: Kind::Promise,
            certainty: Certainty::Look,
            why: said.why,
            consistent_would_be: said.consistent,
        })
    };
    let news = promised_news(against.entries, against.zone);
    news.iter().filter_map(late).collect()
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

/// Fields and posts against the status track.
fn moments(document: &Document, against: Against<'_>) -> Vec<Finding> {
    let reached = |status: Status| -> Vec<DateTime<Utc>> {
        against
            .entries
            .iter()
            .filter_map(|entry| match &entry.fact {
                Fact::StatusChanged { to, .. } if *to == status => Some(entry.happened_at),
                _ => None,
            })
            .collect()
    };
    let told: Vec<DateTime<Utc>> = against
        .entries
        .iter()
        .filter(|entry| {
            matches!(
                entry.fact,
                Fact::Opened { .. } | Fact::StatusChanged { .. } | Fact::Updated { .. }
            )
        })
        .map(|entry| entry.happened_at)
        .collect();
    let fields = document.all_fields().filter_map(|field| {
        let (name, logged) = match field.label {
            Label::Declared => (label::DECLARED, vec![against.incident.opened_at]),
            Label::Resolved => (label::RESOLVED, reached(Status::Resolved)),
            _ => return None,
        };
        Some((field.piece, field.moment()?, name, logged))
    });
    let posts = document.posts.iter().filter_map(|post| {
        let logged = match post.status? {
            Status::Resolved => reached(Status::Resolved),
            Status::Postmortem => return None,
            _ => told.clone(),
        };
        let name = if post.status == Some(Status::Resolved) {
            label::RESOLVED
        } else {
            label::THIS_EVENT
        };
        Some((post.piece, &post.at, name, logged))
    });
    let mut found = Vec::new();
    for (piece, here, name, logged) in fields.chain(posts) {
        let here = zoned(here, against);
        let nearest = logged
            .iter()
            .map(|at| by_clock_of(&here, *at, against))
            .min_by_key(|at| apart(&here, at));
        let Some(nearest) = nearest else { continue };
        if apart(&here, &nearest) > slack(&here) {
            found.push(finding(
                document,
                piece,
                Kind::Log,
                Certainty::Likely,
                words::log_time(name, &here, &nearest),
            ));
        }
    }
    found
}

/// Windows of the text that are none of the log's.
fn windows(document: &Document, against: Against<'_>) -> Vec<Finding> {
    let outages = against.incident.outages_in_order();
    let starts: Vec<DateTime<Utc>> = outages.iter().map(|outage| outage.start).collect();
    let ends: Vec<DateTime<Utc>> = outages
        .iter()
        .filter_map(|outage| Some(outage.end?.0))
        .collect();
    let mut found = Vec::new();
    for window in &document.windows {
        let topic = document.pieces[window.piece].topic;
        if !matches!(topic, Topic::Summary | Topic::Open) || document.part(window.piece).event {
            continue;
        }
        let (start, end) = (zoned(&window.start, against), zoned(&window.end, against));
        // A text may put several outages into one stretch: each edge is looked up alone.
        let nearest = |here: &Moment, logged: &[DateTime<Utc>]| {
            logged
                .iter()
                .map(|at| by_clock_of(here, *at, against))
                .min_by_key(|at| apart(here, at))
        };
        let (Some(from), Some(to)) = (nearest(&start, &starts), nearest(&end, &ends)) else {
            continue;
        };
        if apart(&start, &from) > slack(&start) || apart(&end, &to) > slack(&end) {
            let shown = words::log_window_ends(&from, &to);
            found.push(finding_at(
                document,
                window.piece,
                window.stamp,
                Kind::Log,
                Certainty::Likely,
                words::log_window(&start, &end, &shown),
            ));
        }
    }
    found
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

/// A field that states the downtime.
fn downtime(document: &Document, against: Against<'_>) -> Vec<Finding> {
    let open = against.incident.open_outages().next().is_some();
    if against.incident.outages.is_empty() || open {
        return Vec::new();
    }
    let downtime = against.incident.downtime(DateTime::<Utc>::MAX_UTC);
    document
        .all_fields()
        .filter(|field| field.label == Label::Duration)
        .filter_map(|field| Some((field.piece, field.length()?)))
        .filter(|(_, length)| !length.fits(downtime))
        .map(|(piece, length)| {
            finding(
                document,
                piece,
                Kind::Log,
                Certainty::Look,
                words::log_length(length, downtime),
            )
        })
        .collect()
}
