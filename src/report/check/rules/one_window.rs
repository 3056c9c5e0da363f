//! `Between 14:20 and 16:05 logins failed. In total this went on for 2h45m.`: a paragraph with one window, and what it says of the whole.

use std::sync::LazyLock;

use chrono::TimeDelta;
use regex::Regex;

use super::super::document::{Document, Topic};
use super::super::finding::{Certainty, Finding, Kind};
use super::super::source::{Role, regex};
use super::super::words;
use super::stated_length::windows_fit;
use super::{finding, told_in};
use crate::incident::human_time::Hedge;

static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:so |thus )?for (?:about |around |almost |nearly )*$|\b(?:in total|in all|altogether|overall|total(?:ling|ing)?|lasted|lasting|went on for|(?:duration|length) (?:of|was|is)|downtime (?:of|was|is))\b[^.;()\d]{0,60}$",
    )
});
/// Of some of them, or of something else than the window.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:each|every|per|average|mean|median|longest|shortest|some|most|up to|another|other|second|earlier|previous|last|usual(?:ly)?|normal(?:ly)?|planned|would|could have|should|lag|late|delay(?:ed|s)?|old|after|before|further|additional|more|again|also|cpu|work(?:ed)?|hours of)\b",
    )
});

/// Where every time of the paragraph is one of the window.
pub(super) fn findings(document: &Document, known: &[Finding]) -> Vec<Finding> {
    let mut found = Vec::new();
    for window in &document.windows {
        let piece = &document.pieces[window.piece];
        let part = document.part(window.piece);
        let prose = matches!(piece.segment.role, Role::Text | Role::Item);
        let alone = document.windows.iter().filter(|w| w.piece == window.piece);
        if !prose || part.told || piece.topic == Topic::Beyond || alone.count() != 1 {
            continue;
        }
        let clocks = piece.stamps.iter().filter(|stamp| stamp.clock.is_some());
        let Some(elapsed) = window.length().filter(|d| *d > TimeDelta::zero()) else {
            continue;
        };
        if clocks.count() != 2 {
            continue;
        }
        for length in &piece.lengths {
            let text = &piece.segment.text;
            let said = piece.sentence(length.start, length.end);
            let whole = WHOLE.is_match(&text[said.start..length.start]);
            let bounds = matches!(length.hedge, Hedge::AtLeast | Hedge::AtMost) || length.range;
            if !whole || bounds || OTHER.is_match(&text[said]) || windows_fit(document, length) {
                continue;
            }
            let slack = if window.start.hedged || window.end.hedged {
                TimeDelta::minutes(10)
            } else {
                TimeDelta::minutes(1)
            };
            let fits = length.fits(elapsed) || (length.length - elapsed).abs() <= slack;
            let line = piece.segment.line_at(length.start);
            if fits || told_in(known, Kind::Duration, line) || told_in(&found, Kind::Duration, line)
            {
                continue;
            }
            let said = words::window_length(length, &window.start, &window.end, elapsed);
            let mut one = finding(
                document,
                window.piece,
                Kind::Duration,
                Certainty::Likely,
                said,
            );
            one.line = line;
            found.push(one);
        }
    }
    found
}
