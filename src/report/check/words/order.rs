//! What comes before what.

use super::super::moment::Moment;
use super::label;
use super::said::{Said, at, said};
use crate::words::language::say;

pub(in super::super) fn end_before_start(
    what_ends: &str,
    end: &Moment,
    what_starts: &str,
    start: &Moment,
) -> Said {
    let (what_ends, what_starts) = (label::said(what_ends), label::said(what_starts));
    said(
        say!(
            "{what_ends} at {} lies before {what_starts} at {}", "{what_ends} {} liegt vor {what_starts} {}";
            at(end),
            at(start)
        ),
        say!("{what_ends} at or after {}", "{what_ends} um {} oder danach"; at(start)),
    )
}

pub(in super::super) fn window_backwards(start: &Moment, end: &Moment) -> Said {
    said(
        say!(
            "the window ends at {}, before it starts at {}", "die Spanne endet {}, bevor sie {} beginnt";
            at(end),
            at(start)
        ),
        say!("an end after {}", "ein Ende nach {}"; at(start)),
    )
}

pub(in super::super) fn declared_after_resolved(declared: &Moment, resolved: &Moment) -> Said {
    said(
        say!(
            "declared at {}, after it was resolved at {}", "ausgerufen {}, nachdem es {} gelöst war";
            at(declared),
            at(resolved)
        ),
        say!(
            "declared before {}, or resolved after {}", "ausgerufen vor {}, oder gelöst nach {}";
            at(resolved),
            at(declared)
        ),
    )
}

pub(in super::super) fn declared_before_detected(declared: &Moment, detected: &Moment) -> Said {
    said(
        say!(
            "declared at {}, before it was first detected at {}", "ausgerufen {}, bevor es {} zuerst bemerkt wurde";
            at(declared),
            at(detected)
        ),
        say!("first detected at or before {}", "zuerst bemerkt um {} oder davor"; at(declared)),
    )
}

pub(in super::super) fn back_in_time(
    event: &Moment,
    before: &Moment,
    fix: Option<&Moment>,
) -> Said {
    said(
        say!(
            "{} comes after {} in the list but lies before it", "{} kommt in der Liste nach {}, liegt aber davor";
            at(event),
            at(before)
        ),
        fix.map_or_else(
            || {
                say!(
                    "a time from {} on, or another place in the list", "eine Zeit ab {}, oder ein anderer Platz in der Liste";
                    at(before)
                )
            },
            at,
        ),
    )
}

pub(in super::super) fn ahead_of_list(
    event: &Moment,
    after: &Moment,
    fix: Option<&Moment>,
) -> Said {
    said(
        say!(
            "{} lies after the next entry of the list, {}", "{} liegt nach dem nächsten Eintrag der Liste, {}";
            at(event),
            at(after)
        ),
        fix.map_or_else(
            || say!("a time up to {}", "eine Zeit bis {}"; at(after)),
            at,
        ),
    )
}
