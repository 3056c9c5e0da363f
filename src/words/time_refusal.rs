//! What a time that cannot be one certain moment is answered with.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::incident::human_time::{TimeRefusal, show};

use super::escape;
use super::speech::Speech;

const FORMS: &str = "`15:27`, `3:27pm`, `yesterday 22:10`, `10m ago` or `2025-07-08 15:27 CT`";

/// The sentence for a refused time: what is wrong with it, and what to type instead.
#[must_use]
pub fn time_refusal(refusal: &TimeRefusal, speech: &Speech) -> String {
    let clock = "%H:%M";
    match refusal {
        TimeRefusal::Unreadable { text } => format!(
            "I cannot read {} as a time. Write it like {FORMS}.",
            quoted(text)
        ),
        TimeRefusal::TooLong { chars, limit } => format!(
            "That time has {chars} characters; I read up to {limit}. Write it like {FORMS}."
        ),
        TimeRefusal::NoClock { text } => format!(
            "{} names a day but no time of day. Add one, such as {}.",
            quoted(text),
            quoted(&format!("{text} 15:27"))
        ),
        TimeRefusal::NoSuchDay { text } => {
            format!(
                "No calendar has the day in {}. Check day and month.",
                quoted(text)
            )
        }
        TimeRefusal::DayOrMonth {
            month_first,
            day_first,
        } => format!(
            "That date is {} or {}, depending on who writes it. Write `{month_first}` or `{day_first}`.",
            month_first.format("%-d %B %Y"),
            day_first.format("%-d %B %Y"),
        ),
        TimeRefusal::WrongWeekday { typed, date } => format!(
            "{} is a {}, not a {typed}. Leave one of them out.",
            date.format("%-d %B %Y"),
            date.format("%a")
        ),
        TimeRefusal::UnknownZone { name } => format!(
            "I know no time zone {}. Write one like `CT`, `UTC`, `+02:00` or `Europe/Berlin`, or leave it out for {}.",
            quoted(name),
            speech.zone
        ),
        TimeRefusal::AmbiguousZone { name, meanings } => format!(
            "{} is the name of several zones. Write which: {}.",
            quoted(name),
            list(meanings)
        ),
        TimeRefusal::ZoneMismatch {
            name,
            local,
            civil,
            literal,
        } => format!(
            "{} is not what the clocks show there on that day. Did you mean `{}` ({}), or `{}`? Write one of them.",
            quoted(name),
            civil.format("%Y-%m-%d %H:%M %Z"),
            local.format(clock),
            utc(*literal)
        ),
        TimeRefusal::Nonexistent {
            local,
            before,
            after,
        } => format!(
            "{} did not happen there: the clocks went forward, from `{}` straight to `{}`. Write the time with its zone, such as one of these.",
            local.format("%-d %B %Y %H:%M"),
            before.format("%Y-%m-%d %H:%M %Z"),
            after.format("%Y-%m-%d %H:%M %Z")
        ),
        TimeRefusal::Ambiguous {
            local,
            first,
            second,
        } => format!(
            "{} was there twice, because the clocks went back. Write `{}` for the first or `{}` for the second.",
            local.format("%-d %B %Y %H:%M"),
            first.format("%Y-%m-%d %H:%M %Z"),
            second.format("%Y-%m-%d %H:%M %Z")
        ),
        TimeRefusal::Future {
            text,
            at,
            yesterday,
        } => {
            let mut said = format!(
                "{} would be {}, which lies ahead (it is {} now). Only what has happened can be recorded.",
                quoted(text),
                speech.time(*at),
                speech.time(speech.now)
            );
            if let Some(yesterday) = yesterday {
                said += &format!(
                    " If you mean yesterday, write `{}`.",
                    show(*yesterday, speech.zone)
                );
            }
            said
        }
        TimeRefusal::TooFarBack { at, earliest } => format!(
            "That would be {}; nothing before {} is taken. Check the year.",
            show(*at, speech.zone),
            show(*earliest, speech.zone)
        ),
        TimeRefusal::PastDay { day } => {
            format!(
                "{} has gone by. Give a day from today on.",
                day.format("%-d %B %Y")
            )
        }
    }
}

fn quoted(text: &str) -> String {
    format!("`{}`", escape::code(text))
}

fn list(zones: &[Tz]) -> String {
    let names: Vec<_> = zones.iter().map(|zone| format!("`{zone}`")).collect();
    names.join(", ")
}

fn utc(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M UTC").to_string()
}
