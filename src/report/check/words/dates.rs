//! Dates and weekdays.

use chrono::{NaiveDate, Weekday};

use super::super::moment::Moment;
use super::said::{Said, at, clock, day, said};

pub(in super::super) fn date_in_list(event: &Moment, before: &Moment, right: NaiveDate) -> Said {
    said(
        format!(
            "{} comes after {} in the list; its date is another than its neighbours'",
            at(event),
            at(before)
        ),
        at(&event.on(right)),
    )
}

pub(in super::super) fn other_date(event: &Moment, elsewhere: NaiveDate, line: u32) -> Said {
    said(
        format!(
            "line {line} gives {} the date {}, this one {}",
            clock(event),
            day(elsewhere),
            day(event.day)
        ),
        at(&event.on(elsewhere)),
    )
}

pub(in super::super) fn far_date(written: NaiveDate, report: NaiveDate) -> Said {
    said(
        format!(
            "the events are dated {}, the report and its summary {}",
            day(written),
            day(report)
        ),
        day(report),
    )
}

pub(in super::super) fn slipped_date(written: NaiveDate, right: NaiveDate) -> Said {
    said(
        format!(
            "{} does not go with the other dates, which are about {}",
            day(written),
            day(right)
        ),
        day(right),
    )
}

pub(in super::super) fn no_such_date(quote: &str) -> Said {
    said(
        format!("there is no {quote} in the calendar"),
        "a date that exists".to_owned(),
    )
}

pub(in super::super) fn outside_period(written: NaiveDate, period: &str) -> Said {
    said(
        format!(
            "{} stands under the heading \"{period}\", which it does not belong to",
            day(written)
        ),
        format!("a date in {period}, or another heading"),
    )
}

pub(in super::super) fn name_date(title: NaiveDate, name: NaiveDate) -> Said {
    said(
        format!(
            "the title says {}, the file's name {}",
            day(title),
            day(name)
        ),
        format!("{} in both, or {} in both", day(name), day(title)),
    )
}

pub(in super::super) fn date_of_posts(written: NaiveDate, posted: NaiveDate) -> Said {
    said(
        format!(
            "the outage is dated {}, but every update of it was posted on {}",
            day(written),
            day(posted)
        ),
        format!("{}, or a word on why it was told later", day(posted)),
    )
}

pub(in super::super) fn weekday(written: Weekday, date: NaiveDate) -> Said {
    let name = |day: Weekday| match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    };
    let right = chrono::Datelike::weekday(&date);
    said(
        format!(
            "{} was a {}, not a {}",
            day(date),
            name(right),
            name(written)
        ),
        format!("{}, or another date", name(right)),
    )
}
