//! What a time that cannot be one certain moment is answered with.

use chrono::{DateTime, Datelike, NaiveDateTime, Utc};
use chrono_tz::Tz;

use crate::incident::human_time::{TimeRefusal, show};

use super::escape;
use super::language::{date as shown_date, say, weekday, word};
use super::speech::Speech;

/// Forms of a time that can be read.
fn forms() -> &'static str {
    word!(
        "`15:27`, `3:27pm`, `yesterday 22:10`, `10m ago` or `2025-07-08 15:27 CT`",
        "`15:27`, `gestern 22:10`, `vor 10 min` oder `2025-07-08 15:27 CT`"
    )
}

/// The sentence for a refused time: what is wrong with it, and what to type instead.
#[must_use]
pub fn time_refusal(refusal: &TimeRefusal, speech: &Speech) -> String {
    let clock = "%H:%M";
    let forms = forms();
    match refusal {
        TimeRefusal::Unreadable { text } => say!(
            "I cannot read {text} as a time. Write it like {forms}.",
            "{text} kann ich nicht als Zeit lesen. Schreib sie wie {forms}.",
            text = quoted(text)
        ),
        TimeRefusal::TooLong { chars, limit } => say!(
            "That time has {chars} characters; I read up to {limit}. Write it like {forms}.",
            "Diese Zeit hat {chars} Zeichen; ich lese bis zu {limit}. Schreib sie wie {forms}."
        ),
        TimeRefusal::NoClock { text } => say!(
            "{day} names a day but no time of day. Add one, such as {example}.",
            "{day} nennt einen Tag, aber keine Uhrzeit. Gib eine dazu, etwa {example}.",
            day = quoted(text),
            example = quoted(&format!("{text} 15:27"))
        ),
        TimeRefusal::NoSuchDay { text } => say!(
            "No calendar has the day in {text}. Check day and month.",
            "Den Tag in {text} hat kein Kalender. Prüf Tag und Monat.",
            text = quoted(text)
        ),
        TimeRefusal::DayOrMonth {
            month_first,
            day_first,
        } => say!(
            "That date is {one} or {other}, depending on who writes it. Write `{month_first}` or `{day_first}`.",
            "Dieses Datum ist der {one} oder der {other}, je nachdem, wer es schreibt. Schreib `{month_first}` oder `{day_first}`.",
            one = shown_date(*month_first),
            other = shown_date(*day_first)
        ),
        TimeRefusal::WrongWeekday { typed, date } => say!(
            "{day} is a {weekday}, not a {typed}. Leave one of them out.",
            "Der {day} ist ein {weekday}, kein {typed}. Lass eins von beiden weg.",
            day = shown_date(*date),
            typed = weekday(*typed),
            weekday = weekday(date.weekday())
        ),
        TimeRefusal::UnknownZone { name } => say!(
            "I know no time zone {name}. Write one like `CT`, `UTC`, `+02:00` or `Europe/Berlin`, or leave it out for {zone}.",
            "Eine Zeitzone {name} kenne ich nicht. Schreib eine wie `CT`, `UTC`, `+02:00` oder `Europe/Berlin`, oder lass sie weg, dann gilt {zone}.",
            name = quoted(name),
            zone = speech.zone
        ),
        TimeRefusal::AmbiguousZone { name, meanings } => say!(
            "{name} is the name of several zones. Write which: {zones}.",
            "{name} heißen mehrere Zonen. Schreib, welche: {zones}.",
            name = quoted(name),
            zones = list(meanings)
        ),
        TimeRefusal::ZoneMismatch {
            name,
            local,
            civil,
            literal,
        } => say!(
            "{name} is not what the clocks show there on that day. Did you mean `{civil}` ({local}), or `{literal}`? Write one of them.",
            "{name} zeigen die Uhren dort an dem Tag nicht. Meintest du `{civil}` ({local}) oder `{literal}`? Schreib eins davon.",
            name = quoted(name),
            civil = civil.format("%Y-%m-%d %H:%M %Z"),
            local = local.format(clock),
            literal = utc(*literal)
        ),
        TimeRefusal::Nonexistent {
            local,
            before,
            after,
        } => say!(
            "{local} did not happen there: the clocks went forward, from `{before}` straight to `{after}`. Write the time with its zone, such as one of these.",
            "{local} gab es dort nicht: Die Uhren wurden vorgestellt, von `{before}` direkt auf `{after}`. Schreib die Zeit mit ihrer Zone, wie eine dieser beiden.",
            local = day_and_time(*local),
            before = before.format("%Y-%m-%d %H:%M %Z"),
            after = after.format("%Y-%m-%d %H:%M %Z")
        ),
        TimeRefusal::Ambiguous {
            local,
            first,
            second,
        } => say!(
            "{local} was there twice, because the clocks went back. Write `{first}` for the first or `{second}` for the second.",
            "{local} gab es zweimal, weil die Uhren zurückgestellt wurden. Schreib `{first}` für das erste oder `{second}` für das zweite Mal.",
            local = day_and_time(*local),
            first = first.format("%Y-%m-%d %H:%M %Z"),
            second = second.format("%Y-%m-%d %H:%M %Z")
        ),
        TimeRefusal::Future {
            text,
            at,
            yesterday,
        } => {
            let mut said = say!(
                "{text} would be {at}, which lies ahead (it is {now} now). Only what has happened can be recorded.",
                "{text} wäre {at} und liegt in der Zukunft (jetzt ist {now}). Nur Geschehenes wird aufgezeichnet.",
                text = quoted(text),
                at = speech.time(*at),
                now = speech.time(speech.now)
            );
            if let Some(yesterday) = yesterday {
                let yesterday = show(*yesterday, speech.zone);
                said += &say!(
                    " If you mean yesterday, write `{yesterday}`.",
                    " Meinst du gestern, schreib `{yesterday}`."
                );
            }
            said
        }
        TimeRefusal::TooFarBack { at, earliest } => say!(
            "That would be {at}; nothing before {earliest} is taken. Check the year.",
            "Das wäre {at}; vor {earliest} wird nichts angenommen. Prüf das Jahr.",
            at = show(*at, speech.zone),
            earliest = show(*earliest, speech.zone)
        ),
        TimeRefusal::PastDay { day } => say!(
            "{day} has gone by. Give a day from today on.",
            "Der {day} ist vorbei. Nenne einen Tag ab heute.",
            day = shown_date(*day)
        ),
    }
}

/// `9 March 2025 02:30`.
fn day_and_time(at: NaiveDateTime) -> String {
    let clock = at.format("%H:%M");
    format!("{} {clock}", shown_date(at.date()))
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
