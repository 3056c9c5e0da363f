//! One event with two times, am and pm, zones.

use crate::words::language::{say, word};
use chrono::NaiveDateTime;

use super::super::moment::Moment;
use super::said::{Said, at, clock, said};

pub(in super::super) fn zone_slip(told: &Moment, event: &Moment, shown: &str) -> Said {
    said(
        say!(
            "{} is {shown} by the clock of this event, which is dated {}: whole hours apart, as when a zone is mixed up", "{} ist {shown} nach der Uhr dieses Ereignisses, das von {} ist: um ganze Stunden auseinander, wie bei verwechselten Zonen";
            clock(told),
            clock(event)
        ),
        say!(
            "{shown} here, or another zone",
            "hier {shown}, oder eine andere Zone"
        ),
    )
}

pub(in super::super) fn false_echo(here: &Moment, echo: &Moment, shown: &str) -> Said {
    said(
        say!("{} is {shown}, not {}", "{} ist {shown}, nicht {}"; clock(here), clock(echo)),
        shown.to_owned(),
    )
}

pub(in super::super) fn unclear_echo(here: &Moment, echo: &Moment) -> Said {
    said(
        say!(
            "{} is not {} by any meaning of that zone", "{} ist in keiner Bedeutung dieser Zone {}";
            clock(here),
            clock(echo)
        ),
        say!(
            "the same moment by both clocks",
            "derselbe Moment nach beiden Uhren"
        ),
    )
}

pub(in super::super) fn linked_message(event: &Moment, sent: NaiveDateTime) -> Said {
    said(
        say!(
            "the message linked here was sent at {}, the event is dated {}", "die hier verlinkte Nachricht wurde {} geschickt, das Ereignis ist von {}";
            sent.format("%H:%M"),
            clock(event)
        ),
        say!("{}, if that message is meant", "{}, wenn diese Nachricht gemeint ist"; sent.format("%H:%M")),
    )
}

pub(in super::super) fn two_times(what: &str, here: &Moment, there: &Moment, line: u32) -> Said {
    let what = label::said(what);
    said(
        say!(
            "{what} is at {} here and at {} on line {line}", "{what}: hier {}, in Zeile {line} aber {}";
            at(here),
            at(there)
        ),
        say!("one time in both places", "an beiden Stellen dieselbe Zeit"),
    )
}

pub(in super::super) fn half_day(here: &Moment, there: &Moment, line: u32) -> Said {
    said(
        say!(
            "{} is half a day from {} on line {line}, which has the same digits", "{} liegt einen halben Tag von {} in Zeile {line}, mit denselben Ziffern";
            clock(here),
            clock(there)
        ),
        clock(there),
    )
}

pub(in super::super) fn half_of_window(
    start: &Moment,
    afternoon: &Moment,
    posted: &Moment,
    line: u32,
) -> Said {
    said(
        say!(
            "{} says neither am nor pm; line {line} makes it {}, but the update that tells of it was posted earlier, at {}", "{} sagt weder am noch pm; Zeile {line} macht daraus {}, aber das Update dazu wurde früher gepostet, {}";
            clock(start),
            clock(afternoon),
            at(posted)
        ),
        say!(
            "am in both places, or another date",
            "an beiden Stellen am, oder ein anderes Datum"
        ),
    )
}

pub(in super::super) fn half_in_list(event: &Moment, neighbour: &Moment, fix: &Moment) -> Said {
    said(
        say!(
            "{} does not go with its neighbour in the list, {}: am and pm seem exchanged", "{} passt nicht zum Nachbarn in der Liste, {}: am und pm scheinen vertauscht";
            at(event),
            at(neighbour)
        ),
        at(fix),
    )
}

pub(in super::super) fn no_zone(moment: &Moment, zones: &[String]) -> Said {
    said(
        say!(
            "{} names no zone in a text that uses {}", "{} nennt keine Zone in einem Text, der {} verwendet";
            clock(moment),
            zones.join(word!(" and ", " und "))
        ),
        say!("{} with its zone", "{} mit Zone"; clock(moment)),
    )
}

/// What a label of a field is called in a sentence.
pub(in super::super) mod label {
    use crate::words::language::word;

    pub(in super::super::super) const STARTED: &str = "started";
    pub(in super::super::super) const DETECTED: &str = "detected";
    pub(in super::super::super) const DECLARED: &str = "declared";
    pub(in super::super::super) const REPAIRED: &str = "repaired";
    pub(in super::super::super) const RESOLVED: &str = "resolved";
    pub(in super::super::super) const ALL_CLEAR: &str = "the all-clear";
    pub(in super::super::super) const INCIDENT: &str = "the incident";
    pub(in super::super::super) const THIS_EVENT: &str = "this event";
    pub(in super::super::super) const RESTORED: &str = "service restored";
    pub(in super::super::super) const END: &str = "the end of the impact";
    pub(in super::super::super) const ROLLBACK: &str = "the rollback";
    pub(in super::super::super) const FAILOVER: &str = "the failover";
    pub(in super::super::super) const ALERT: &str = "the alert";
    pub(in super::super::super) const IDENTIFIED: &str = "the cause identified";

    /// The same in the language that is spoken; anything else as it is.
    pub(in super::super) fn said(label: &str) -> &str {
        match label {
            STARTED => word!("started", "begonnen"),
            DETECTED => word!("detected", "bemerkt"),
            DECLARED => word!("declared", "ausgerufen"),
            REPAIRED => word!("repaired", "repariert"),
            RESOLVED => word!("resolved", "gelöst"),
            ALL_CLEAR => word!("the all-clear", "die Entwarnung"),
            INCIDENT => word!("the incident", "der Incident"),
            THIS_EVENT => word!("this event", "dieses Ereignis"),
            RESTORED => word!("service restored", "Dienst wiederhergestellt"),
            END => word!("the end of the impact", "das Ende der Auswirkungen"),
            ROLLBACK => word!("the rollback", "das Zurückrollen"),
            FAILOVER => word!("the failover", "das Umschalten"),
            ALERT => word!("the alert", "der Alarm"),
            IDENTIFIED => word!("the cause identified", "Ursache bekannt"),
            other => other,
        }
    }
}
