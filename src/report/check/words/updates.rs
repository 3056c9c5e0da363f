//! Updates, promises and the log.

use crate::words::language::{say, word};
use chrono::{NaiveDate, TimeDelta};

use super::super::moment::Moment;
use super::label;
use super::said::{Said, at, said, short, stated};
use crate::incident::Severity;
use crate::incident::human_time::Length;

pub(in super::super) fn uncovered(start: &Moment, end: &Moment) -> Said {
    said(
        say!(
            "no update was posted from {} to {} or soon after, though other windows have theirs", "von {} bis {} und kurz danach wurde kein Update gepostet, obwohl andere Ausfälle ihres haben";
            at(start),
            at(end)
        ),
        say!(
            "an update in this window, or a word on where it was told",
            "ein Update in dieser Spanne, oder ein Wort dazu, wo es mitgeteilt wurde"
        ),
    )
}

pub(in super::super) fn ends_after_resolved(end: &Moment, resolved: &Moment) -> Said {
    said(
        say!(
            "the outage lasts until {}, but resolved was posted at {}", "der Ausfall dauert bis {}, aber resolved wurde {} gepostet";
            at(end),
            at(resolved)
        ),
        say!("an end up to {}, or resolved posted later", "ein Ende bis {}, oder ein späteres resolved"; at(resolved)),
    )
}

pub(in super::super) fn first_after_resolved(first: &Moment, resolved: &Moment) -> Said {
    said(
        say!(
            "the first update is of {}, after resolved was posted at {}", "das erste Update ist von {}, nachdem {} resolved gepostet war";
            at(first),
            at(resolved)
        ),
        say!("a first update before {}", "ein erstes Update vor {}"; at(resolved)),
    )
}

pub(in super::super) fn no_postmortem() -> Said {
    said(
        say!(
            "a postmortem is promised and the record shows none",
            "ein Postmortem ist versprochen, aufgezeichnet ist keines"
        ),
        say!(
            "a postmortem, or a word on why there is none",
            "ein Postmortem, oder ein Wort dazu, warum es keines gibt"
        ),
    )
}

pub(in super::super) fn late_postmortem(promised: TimeDelta, waited: TimeDelta) -> Said {
    said(
        say!(
            "a postmortem was promised within {}, it came after {}",
            "ein Postmortem war innerhalb von {} versprochen, es kam nach {}";
            short(promised),
            short(waited)
        ),
        say!(
            "a word on why it came later",
            "ein Wort dazu, warum es später kam"
        ),
    )
}

pub(in super::super) fn late_update(promised: TimeDelta, waited: Option<TimeDelta>) -> Said {
    said(
        match waited {
            Some(waited) => say!(
                "news was promised within {}, the next came after {}", "Neues war innerhalb von {} versprochen, das nächste kam nach {}";
                short(promised),
                short(waited)
            ),
            None => {
                say!("news was promised within {}, none came", "Neues war innerhalb von {} versprochen, es kam nichts"; short(promised))
            }
        },
        say!("an update in time", "ein Update zur rechten Zeit"),
    )
}

pub(in super::super) fn late_fix(promised: &Length, took: TimeDelta) -> Said {
    said(
        say!(
            "{} was announced, it took {}", "{} war angekündigt, es dauerte {}";
            stated(promised),
            short(took)
        ),
        say!(
            "a new estimate before the first ran out",
            "eine neue Schätzung, bevor die erste ablief"
        ),
    )
}

pub(in super::super) fn late_fix_by(promised: &Moment, came: &Moment) -> Said {
    said(
        say!(
            "{} was announced, it came at {}",
            "{} war angekündigt, es kam um {}";
            at(promised),
            at(came)
        ),
        say!(
            "a new estimate before the first ran out",
            "eine neue Schätzung, bevor die erste ablief"
        ),
    )
}

pub(in super::super) fn log_time(what: &str, here: &Moment, logged: &Moment) -> Said {
    let what = label::said(what);
    said(
        say!(
            "the text says {what} at {}, the incident's log {}", "{what}: der Text sagt {}, das Log des Incidents {}";
            at(here),
            at(logged)
        ),
        at(logged),
    )
}

pub(in super::super) fn log_window(start: &Moment, end: &Moment, logged: &str) -> Said {
    said(
        say!(
            "the incident's log has no outage from {} to {}; it has {logged}", "das Log des Incidents hat keinen Ausfall von {} bis {}; es hat {logged}";
            at(start),
            at(end)
        ),
        logged.to_owned(),
    )
}

pub(in super::super) fn log_window_ends(start: &Moment, end: &Moment) -> String {
    say!("{} to {}", "{} bis {}"; at(start), at(end))
}

pub(in super::super) fn log_length(length: &Length, downtime: TimeDelta) -> Said {
    said(
        say!(
            "{} is stated, the outage windows of the log make {}", "{} steht da, die Ausfälle im Log ergeben {}";
            stated(length),
            short(downtime)
        ),
        short(downtime),
    )
}

pub(in super::super) fn log_measure(length: &Length, logged: TimeDelta) -> Said {
    said(
        say!(
            "{} is stated, by the incident's log it was {}", "{} steht da, nach dem Log des Incidents waren es {}";
            stated(length),
            short(logged)
        ),
        short(logged),
    )
}

pub(in super::super) fn log_updates(stated: usize, told: usize) -> Said {
    said(
        say!(
            "{stated} updates are stated, the incident's log has {told}",
            "{stated} Updates stehen da, das Log des Incidents hat {told}"
        ),
        told.to_string(),
    )
}

pub(in super::super) fn log_severity(stated: Severity, had: &[Severity]) -> Said {
    let had: Vec<String> = had.iter().map(ToString::to_string).collect();
    let had = had.join(", ");
    said(
        say!(
            "{stated} is stated, the incident's log has {had}",
            "{stated} steht da, das Log des Incidents hat {had}"
        ),
        had,
    )
}

pub(in super::super) fn log_commander(named: &str, role: &str, led: &[&str]) -> Said {
    let led = led.join(word!(", then ", ", dann "));
    said(
        say!(
            "by the incident's log {named} had the role {role}; the commander was {led}",
            "nach dem Log des Incidents hatte {named} die Rolle {role}; Commander war {led}"
        ),
        led,
    )
}

pub(in super::super) fn takes_command(who: &str) -> String {
    say!("{who} takes command", "{who} übernimmt das Kommando")
}

pub(in super::super) fn log_due(action: u32, here: NaiveDate, logged: NaiveDate) -> Said {
    said(
        say!(
            "action item {action} is due on {logged} by the incident's log, here on {here}",
            "Aufgabe {action} ist nach dem Log des Incidents am {logged} fällig, hier am {here}"
        ),
        logged.to_string(),
    )
}
