//! What holds for the draft of every log that the rules allow.

use std::collections::BTreeSet;

use chrono_tz::{America, Asia, Tz};
use proptest::prelude::*;

use super::super::{DraftInput, Form, draft, markdown};
use crate::incident::GuildSettings;
use crate::incident::random_log::{RandomLog, logs};
use crate::report::story::link;

const HEADINGS: [&str; 19] = [
    "## Summary",
    "## Impact",
    "### Components",
    "### Outage windows",
    "## Metrics",
    "## Timeline",
    "## Detection",
    "## Root cause",
    "## Resolution and recovery",
    "## What went well",
    "## What went badly",
    "## Where we were lucky",
    "## Open questions",
    "## Action items",
    "## Participants",
    "## What is missing",
    "## Appendix: the full log",
    "# INC-42: ",
    "### ",
];

pub(super) fn zones() -> impl Strategy<Value = Tz> {
    prop::sample::select(vec![Tz::UTC, America::New_York, Asia::Kolkata])
}

pub(super) fn written<T>(log: &RandomLog, zone: Tz, write: impl FnOnce(&DraftInput<'_>) -> T) -> T {
    let settings = GuildSettings {
        zone,
        ..GuildSettings::default()
    };
    let now = log
        .entries
        .last()
        .expect("a random log has an opening")
        .recorded_at;
    write(&DraftInput {
        incident: log.state(),
        entries: &log.entries,
        settings: &settings,
        links: &link,
        now,
        form: Form::default(),
    })
}

/// What stands between each `from` and the next `to`.
pub(super) fn between<'a>(
    text: &'a str,
    from: &'a str,
    to: &'a str,
) -> impl Iterator<Item = &'a str> {
    text.split(from)
        .skip(1)
        .filter_map(move |rest| rest.split(to).next())
}

proptest! {
    #[test]
    fn every_citation_leads_to_an_entry(log in logs(), zone in zones()) {
        let file = written(&log, zone, markdown).unwrap();
        let anchors: Vec<&str> = between(&file, "<a id=\"e", "\"></a>").collect();
        let numbers: Vec<String> = log.entries.iter().map(|entry| entry.seq.0.to_string()).collect();
        prop_assert_eq!(&anchors, &numbers);
        let anchors: BTreeSet<&str> = anchors.into_iter().collect();
        let mut cited = 0;
        for target in between(&file, "](#e", ")") {
            prop_assert!(anchors.contains(target), "#{} is cited", target);
            cited += 1;
        }
        prop_assert!(cited > 0);
    }

    #[test]
    fn no_text_breaks_out(log in logs(), zone in zones()) {
        let file = written(&log, zone, markdown).unwrap();
        for bad in ["@everyone", "{{", "{%", "\u{202E}", "<@", "<!--", "\0"] {
            prop_assert!(!file.contains(bad), "{} in {}", bad, file);
        }
        for tag in between(&file, "<", ">").filter(|tag| tag.starts_with(|c: char| c.is_alphabetic() || c == '/' || c == '!')) {
            prop_assert!(tag.starts_with("a id=\"") || tag == "/a", "<{}>", tag);
        }
        for line in file.lines().filter(|line| line.starts_with('#')) {
            prop_assert!(HEADINGS.iter().any(|known| line.starts_with(known)), "{}", line);
        }
    }

    #[test]
    fn lengths_fit_the_times_beside_them(log in logs(), zone in zones()) {
        let draft = written(&log, zone, draft);
        let mut sum = 0;
        for window in &draft.outage.windows {
            let (Some(end), Some(length)) = (&window.end, &window.length) else { continue };
            let minutes = end.at.timestamp() / 60 - window.start.at.timestamp() / 60;
            prop_assert_eq!(length.minutes, minutes);
            sum += minutes;
        }
        let total = draft.outage.total.map_or(0, |total| total.length.minutes);
        let all_closed = draft.outage.windows.iter().all(|window| window.end.is_some());
        if all_closed && draft.outage.notes.is_empty() {
            prop_assert_eq!(sum, total);
        }
    }

    #[test]
    fn the_timeline_is_in_order_and_serializes(log in logs(), zone in zones()) {
        let draft = written(&log, zone, draft);
        let lines: Vec<_> = draft.timeline.iter().flat_map(|day| &day.lines).collect();
        prop_assert!(lines.windows(2).all(|pair| pair[0].at <= pair[1].at));
        prop_assert!(draft.timeline.windows(2).all(|pair| pair[0].day < pair[1].day));
        prop_assert!(serde_json::to_string(&draft).is_ok());
    }
}
