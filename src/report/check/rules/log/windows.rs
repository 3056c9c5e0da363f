//! Windows of the text that are none of the log's.

use chrono::{DateTime, Utc};

use super::super::super::document::{Document, Topic};
use super::super::super::finding::{Certainty, Finding, Kind};
use super::super::super::run::Against;
use super::super::super::words;
use super::{apart, finding_at, nearest, slack, zoned};

/// Windows of the text that are none of the log's.
pub(super) fn findings(document: &Document, against: Against<'_>) -> Vec<Finding> {
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
        let from = nearest(&start, &starts, against);
        let to = nearest(&end, &ends, against);
        let (Some(from), Some(to)) = (from, to) else {
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
