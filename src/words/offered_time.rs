//! How a time is read that somebody is typing, before they send it.

use chrono::{DateTime, Utc};

use crate::incident::human_time;

use super::language::say;
use super::speech::Speech;

/// `15:27 → 15:27 CDT, 12m ago`: a time of the past.
#[must_use]
pub fn past(typed: &str, at: DateTime<Utc>, speech: &Speech) -> String {
    let (time, ago) = (speech.time(at), human_time::show_duration(speech.now - at));
    // Who typed how long ago it was is told when that was.
    let length = typed
        .split_whitespace()
        .any(|word| matches!(word, "ago" | "vor"));
    if length {
        return format!("{typed} → {time}");
    }
    say!("{typed} → {time}, {ago} ago", "{typed} → {time}, vor {ago}")
}

/// `friday → 2025-07-11, in 3d`: the end of a day to come.
#[must_use]
pub fn due(typed: &str, end: DateTime<Utc>, speech: &Speech) -> String {
    let day = human_time::show_day(end, speech.zone);
    match (end - speech.now).num_days() {
        _ if typed.starts_with("in ") => format!("{typed} → {day}"),
        0 => format!("{typed} → {day}"),
        1 => say!("{typed} → {day}, in 1 day", "{typed} → {day}, in 1 Tag"),
        days => say!(
            "{typed} → {day}, in {days} days",
            "{typed} → {day}, in {days} Tagen"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::Language;
    use crate::words::language::speaking;

    #[test]
    fn a_time_is_shown_as_it_is_read() {
        let speech = Speech {
            zone: chrono_tz::America::Chicago,
            now: "2025-07-08T20:39:00Z".parse().unwrap(),
        };
        let at = "2025-07-08T20:27:00Z".parse().unwrap();
        assert_eq!(past("15:27", at, &speech), "15:27 → 15:27 CDT, 12m ago");
        assert_eq!(past("12m ago", at, &speech), "12m ago → 15:27 CDT");
        let before = "2025-07-07T20:27:00Z".parse().unwrap();
        let german = speaking(Language::German, || past("gestern 15:27", before, &speech));
        assert_eq!(german, "gestern 15:27 → 2025-07-07 15:27 CDT, vor 1d 12m");
        let today = "2025-07-09T04:59:59Z".parse().unwrap();
        assert_eq!(due("today", today, &speech), "today → 2025-07-08");
        let end = "2025-07-12T04:59:59Z".parse().unwrap();
        assert_eq!(
            due("friday", end, &speech),
            "friday → 2025-07-11, in 3 days"
        );
        assert_eq!(due("in 3 days", end, &speech), "in 3 days → 2025-07-11");
    }
}
