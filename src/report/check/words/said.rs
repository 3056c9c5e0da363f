//! What all sentences are made of.

use chrono::{Datelike, NaiveDate, TimeDelta, Timelike};

use super::super::moment::{Moment, NO_YEAR};
use crate::incident::human_time::show_duration;
use crate::incident::human_time::{Hedge, Length};

/// What a finding says: why, and what would be consistent.
pub(in super::super) struct Said {
    pub(in super::super) why: String,
    pub(in super::super) consistent: String,
}

pub(super) fn said(why: String, consistent: String) -> Said {
    Said { why, consistent }
}

/// `2025-06-07 13:12 CT`.
pub(in super::super) fn at(moment: &Moment) -> String {
    match moment.clock {
        None => day(moment.day),
        Some(_) if moment.is_undated() => clock(moment),
        Some(_) => format!("{} {}", day(moment.day), clock(moment)),
    }
}

/// `13:12 CT`.
pub(in super::super) fn clock(moment: &Moment) -> String {
    let local = moment.local();
    let shown = if local.second() == 0 {
        local.format("%H:%M")
    } else {
        local.format("%H:%M:%S")
    };
    match &moment.zone {
        Some(zone) => format!("{shown} {}", zone.name),
        None => shown.to_string(),
    }
}

/// Without its year where the text names none.
pub(super) fn day(day: NaiveDate) -> String {
    let named = day.year() != NO_YEAR;
    let shown = if named { "%Y-%m-%d" } else { "%-d %b" };
    day.format(shown).to_string()
}

/// In hours where reports count in hours: `53h 36m`.
pub(super) fn short(length: TimeDelta) -> String {
    if (24..240).contains(&length.num_hours()) {
        return format!("{}h {}m", length.num_hours(), length.num_minutes() % 60);
    }
    show_duration(length)
}

pub(super) fn stated(length: &Length) -> String {
    let hedge = match length.hedge {
        Hedge::Exact => "",
        Hedge::About => "about ",
        Hedge::AtMost => "at most ",
        Hedge::AtLeast => "at least ",
    };
    format!("{hedge}{}", short(length.length))
}
