//! Dates and weekdays.

use crate::words::language::say;
use chrono::{NaiveDate, Weekday};

use super::super::moment::Moment;
use super::said::{Said, at, clock, day, said};

pub(in super::super) fn date_in_list(event: &Moment, before: &Moment, right: NaiveDate) -> Said {
    said(
        say!(
            "{} comes after {} in the list; its date is another than its neighbours'", "{} kommt in der Liste nach {}; das Datum ist ein anderes als das der Nachbarn";
            at(event),
            at(before)
        ),
        at(&event.on(right)),
    )
}

pub(in super::super) fn other_date(event: &Moment, elsewhere: NaiveDate, line: u32) -> Said {
    said(
        say!(
            "line {line} gives {} the date {}, this one {}", "Zeile {line} gibt {} das Datum {}, diese {}";
            clock(event),
            day(elsewhere),
            day(event.day)
        ),
        at(&event.on(elsewhere)),
    )
}

pub(in super::super) fn far_date(written: NaiveDate, report: NaiveDate) -> Said {
    said(
        say!(
            "the events are dated {}, the report and its summary {}", "die Ereignisse sind vom {}, Bericht und Zusammenfassung vom {}";
            day(written),
            day(report)
        ),
        day(report),
    )
}

pub(in super::super) fn slipped_date(written: NaiveDate, right: NaiveDate) -> Said {
    said(
        say!(
            "{} does not go with the other dates, which are about {}", "{} passt nicht zu den anderen Daten, die um {} liegen";
            day(written),
            day(right)
        ),
        day(right),
    )
}

pub(in super::super) fn no_such_date(quote: &str) -> Said {
    said(
        say!(
            "there is no {quote} in the calendar",
            "{quote} steht in keinem Kalender"
        ),
        say!("a date that exists", "ein Datum, das es gibt"),
    )
}

pub(in super::super) fn outside_period(written: NaiveDate, period: &str) -> Said {
    said(
        say!(
            "{} stands under the heading \"{period}\", which it does not belong to", "{} steht unter der Überschrift „{period}“, wohin es nicht gehört";
            day(written)
        ),
        say!(
            "a date in {period}, or another heading",
            "ein Datum in {period}, oder eine andere Überschrift"
        ),
    )
}

pub(in super::super) fn name_date(title: NaiveDate, name: NaiveDate) -> Said {
    said(
        say!(
            "the title says {}, the file's name {}", "der Titel sagt {}, der Dateiname {}";
            day(title),
            day(name)
        ),
        say!("{} in both, or {} in both", "beide Male {}, oder beide Male {}"; day(name), day(title)),
    )
}

pub(in super::super) fn date_of_posts(written: NaiveDate, posted: NaiveDate) -> Said {
    said(
        say!(
            "the outage is dated {}, but every update of it was posted on {}", "der Ausfall ist vom {}, aber jedes Update dazu wurde am {} gepostet";
            day(written),
            day(posted)
        ),
        say!("{}, or a word on why it was told later", "{}, oder ein Wort dazu, warum es später mitgeteilt wurde"; day(posted)),
    )
}

pub(in super::super) fn weekday(written: Weekday, date: NaiveDate) -> Said {
    let name = crate::words::language::weekday;
    let right = chrono::Datelike::weekday(&date);
    said(
        say!(
            "{} was a {}, not a {}", "{} war ein {}, kein {}";
            day(date),
            name(right),
            name(written)
        ),
        say!("{}, or another date", "{}, oder ein anderes Datum"; name(right)),
    )
}
