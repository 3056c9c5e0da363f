//! Clocks, days, dates, stamps, and slips.

use chrono::{TimeDelta, Weekday};
use chrono_tz::Tz;

use super::super::*;
use super::said::*;

#[test]
fn clocks_mean_today_in_the_given_zone() {
    for text in [
        "15:27",
        "3:27pm",
        "3:27 PM",
        "3:27 p.m.",
        "3:27\u{202f}PM",
        "today 15:27",
        "at 3:27pm",
        "  15:27  ",
        "15:27:00",
    ] {
        means(text, "2025-07-08 20:27");
    }
    means("3pm", "2025-07-08 20:00");
    means("noon", "2025-07-08 17:00");
    means("12pm", "2025-07-08 17:00");
    means("12:30pm", "2025-07-08 17:30");
    means("12am", "2025-07-08 05:00");
    means("12:30 am", "2025-07-08 05:30");
    means("0:05", "2025-07-08 05:05");
    assert_eq!(
        said("15:27:30.5").unwrap() - utc("2025-07-08 20:27"),
        TimeDelta::milliseconds(30_500)
    );
}

#[test]
fn days_are_counted_in_the_zone_that_is_meant() {
    means("yesterday 22:10", "2025-07-08 03:10");
    means("22:10 yesterday", "2025-07-08 03:10");
    means("yesterday at 10:10pm", "2025-07-08 03:10");
    means("today 9:05", "2025-07-08 14:05");
    means("3 days ago 22:10", "2025-07-06 03:10");
    // It is the 9th already in Tokyo, and still the 8th in Chicago.
    means("5:30 Asia/Tokyo", "2025-07-08 20:30");
    means("yesterday 23:30 Asia/Tokyo", "2025-07-08 14:30");
}

#[test]
fn weekdays_are_the_last_on_which_that_time_is_past() {
    means("sat 13:12", "2025-07-05 18:12");
    means("Saturday, 1:12 pm", "2025-07-05 18:12");
    means("13:12 on sun", "2025-07-06 18:12");
    means("tue 15:27", "2025-07-08 20:27");
    means("tue 16:30", "2025-07-01 21:30");
    means("last tue 15:27", "2025-07-01 20:27");
    means("thurs 08:00", "2025-07-03 13:00");
}

#[test]
fn dates_in_many_spellings() {
    for text in [
        "2025-06-07 13:12",
        "2025/06/07 13:12",
        "2025-06-07T13:12",
        "07.06.2025 13:12",
        "7-Jun-2025 13:12",
        "June 7 13:12",
        "June 7th, 13:12",
        "7 Jun 2025 1:12pm",
        "7th of June 1:12 PM",
        "Jun. 7, 2025 at 13:12",
        "13:12 June 7 2025",
        "Sat June 7 13:12",
        "Sat, 7 Jun 2025 13:12:00",
        "June 7 @ 13:12",
        "2025-06-07 - 13:12",
        "2025-06-07 13:12 (CDT)",
    ] {
        means(text, "2025-06-07 18:12");
    }
    means("25/12/2024 00:00", "2024-12-25 06:00");
    means("12/25/2024 00:00", "2024-12-25 06:00");
    means("7/7/2025 00:00", "2025-07-07 05:00");
    means("2024-02-29 12:00", "2024-02-29 18:00");
}

#[test]
fn a_date_without_a_year_is_the_nearest() {
    let new_year = utc("2026-01-01 12:00");
    assert_eq!(
        parse("Dec 31 23:50", new_year, Tz::UTC),
        Ok(utc("2025-12-31 23:50"))
    );
    assert_eq!(
        parse("Jan 1 00:10", new_year, Tz::UTC),
        Ok(utc("2026-01-01 00:10"))
    );
    let Err(TimeRefusal::Future { at, yesterday, .. }) = said("July 9 15:27") else {
        panic!("tomorrow was taken for last year")
    };
    assert_eq!((at, yesterday), (utc("2025-07-09 20:27"), None));
}

#[test]
fn the_future_is_refused_and_yesterday_offered() {
    assert_eq!(
        said("22:10"),
        Err(TimeRefusal::Future {
            text: "22:10".into(),
            at: utc("2025-07-09 03:10"),
            yesterday: Some(utc("2025-07-08 03:10"))
        })
    );
    assert!(matches!(
        said("today 22:10"),
        Err(TimeRefusal::Future {
            yesterday: Some(_),
            ..
        })
    ));
    for text in [
        "tomorrow 9:00",
        "in 10m",
        "2025-07-08 22:10",
        "<t:1761990000:f>",
        "2026-07-08T15:27:00Z",
        "9999-12-31 23:59",
    ] {
        assert!(
            matches!(
                said(text),
                Err(TimeRefusal::Future {
                    yesterday: None,
                    ..
                })
            ),
            "{text}"
        );
    }
    // A watch two minutes fast says the present.
    means("16:02", "2025-07-08 21:00");
    assert!(matches!(said("16:03"), Err(TimeRefusal::Future { .. })));
}

#[test]
fn counted_back_from_now() {
    means("now", "2025-07-08 21:00");
    means("10m ago", "2025-07-08 20:50");
    means("1h30m ago", "2025-07-08 19:30");
    means("1h 30m ago", "2025-07-08 19:30");
    means("90 minutes ago", "2025-07-08 19:30");
    means("2 days ago", "2025-07-06 21:00");
    means("an hour ago", "2025-07-08 20:00");
    means("1 Hour and 5 minutes ago", "2025-07-08 19:55");
    for text in [
        "10m",
        "ago",
        "10 ago",
        "-10m ago",
        "10 parsecs ago",
        "99999999999999999999m ago",
        "5m 1h ago",
    ] {
        unreadable(text);
    }
}

#[test]
fn stamps() {
    let at = utc("2025-07-08 15:40");
    let seconds = at.timestamp();
    for text in [
        format!("<t:{seconds}:f>"),
        format!("<t:{seconds}>"),
        format!("<t:{seconds}:R>"),
        format!("@{seconds}"),
        format!("{seconds}"),
        format!("{seconds}000"),
    ] {
        assert_eq!(said(&text), Ok(at), "{text}");
    }
    for text in [
        "<t:>",
        "<t:1:zz>",
        "<t:99999999999999999999>",
        "<t:-5>",
        "1751990",
        "<@1751990000>",
    ] {
        unreadable(text);
    }
}

#[test]
fn slips_are_not_guessed_at() {
    for text in [
        "",
        " ",
        "24:00",
        "25:10",
        "15:60",
        "15:27:61",
        "13pm",
        "0am",
        "15:27pm",
        "3",
        "1527",
        "15.27",
        "banana",
        "CT",
        "at",
        "15:27 16:27",
        "yesterday today 15:27",
        "sat sun 15:27",
        "8.7.25 15:27",
        "25-07-08 15:27",
        "midnight",
        "last 15:27",
        "last sat 2025-07-05 13:12",
        "2025-7/8 15:27",
        "July 15:27",
        "5:3",
        ":",
        "15:",
        "::",
        "+",
        "15:27:30,5",
    ] {
        unreadable(text);
    }
    for name in ["+25:00", "+02:0", "+"] {
        let refusal = TimeRefusal::UnknownZone { name: name.into() };
        assert_eq!(said(&format!("15:27 {name}")), Err(refusal));
    }
    assert_eq!(
        said("15:27 XYZT"),
        Err(TimeRefusal::UnknownZone {
            name: "XYZT".into()
        })
    );
    assert_eq!(
        said("15:27 Europe/Atlantis"),
        Err(TimeRefusal::UnknownZone {
            name: "Europe/Atlantis".into()
        })
    );
    for text in ["yesterday", "2025-07-08", "July 8", "sat"] {
        assert_eq!(said(text), Err(TimeRefusal::NoClock { text: text.into() }));
    }
    for text in [
        "2025-02-29 15:27",
        "31 June 15:27",
        "2025-13-01 15:27",
        "31.06.2025 15:27",
        "13/13/2024 15:27",
    ] {
        assert_eq!(
            said(text),
            Err(TimeRefusal::NoSuchDay { text: text.into() })
        );
    }
    assert_eq!(
        said("7/8/2025 15:27"),
        Err(TimeRefusal::DayOrMonth {
            month_first: day(2025, 7, 8),
            day_first: day(2025, 8, 7)
        })
    );
    assert_eq!(
        said("Sat 2025-07-08 15:27"),
        Err(TimeRefusal::WrongWeekday {
            typed: Weekday::Sat,
            date: day(2025, 7, 8)
        })
    );
    assert!(matches!(
        said("1015-07-08 15:27"),
        Err(TimeRefusal::Unreadable { .. })
    ));
    assert!(matches!(
        said("2000-07-07 15:27"),
        Err(TimeRefusal::TooFarBack { .. })
    ));
    assert_eq!(
        said(&"1".repeat(101)),
        Err(TimeRefusal::TooLong {
            chars: 101,
            limit: MAX_TEXT
        })
    );
}

#[test]
fn due_days() {
    let due = |text| parse_day(text, utc("2025-07-08 21:00"), CHICAGO);
    assert_eq!(due("today"), Ok(day(2025, 7, 8)));
    assert_eq!(due("tomorrow"), Ok(day(2025, 7, 9)));
    assert_eq!(due("fri"), Ok(day(2025, 7, 11)));
    assert_eq!(due("Tuesday"), Ok(day(2025, 7, 15)));
    assert_eq!(due("in 3 days"), Ok(day(2025, 7, 11)));
    assert_eq!(due("2025-07-20"), Ok(day(2025, 7, 20)));
    assert_eq!(due("July 20"), Ok(day(2025, 7, 20)));
    assert_eq!(due("Jan 5"), Ok(day(2026, 1, 5)));
    assert_eq!(
        due("2025-07-01"),
        Err(TimeRefusal::PastDay {
            day: day(2025, 7, 1)
        })
    );
    for text in ["15:27", "tomorrow 15:27", "last fri", "soon", ""] {
        assert_eq!(
            due(text),
            Err(TimeRefusal::Unreadable { text: text.into() })
        );
    }
}

#[test]
fn shown_forms() {
    let at = utc("2025-06-07 18:12") + TimeDelta::seconds(59);
    assert_eq!(show(at, CHICAGO), "2025-06-07 13:12 CDT");
    assert_eq!(show_clock(at, CHICAGO), "13:12");
    assert_eq!(show_day(at, Tz::Asia__Tokyo), "2025-06-08");
    assert_eq!(to_minute(at), utc("2025-06-07 18:12"));
}

#[test]
fn moments_to_come() {
    // A Tuesday, 16:00 in Chicago.
    let ahead = |text| parse_ahead(text, utc("2025-07-08 21:00"), CHICAGO);
    for (text, expected) in [
        ("17:30", "2025-07-08 22:30"),
        ("15:30", "2025-07-09 20:30"),
        ("15:59", "2025-07-08 20:59"),
        ("fri 10:00", "2025-07-11 15:00"),
        ("tue 10:00", "2025-07-15 15:00"),
        ("tomorrow 9am", "2025-07-09 14:00"),
        ("in 90 minutes", "2025-07-08 22:30"),
        ("10:00 UTC", "2025-07-09 10:00"),
        ("Jan 5 12:00", "2026-01-05 18:00"),
    ] {
        assert_eq!(ahead(text), Ok(utc(expected)), "{text}");
    }
    for text in [
        "5m ago",
        "2025-07-08 15:00",
        "2025-07-01T10:00:00Z",
        "last fri 10:00",
    ] {
        let refused = TimeRefusal::Unreadable { text: text.into() };
        assert_eq!(ahead(text), Err(refused));
    }
    assert!(matches!(ahead("fri"), Err(TimeRefusal::NoClock { .. })));
}

#[test]
fn german_words_are_read_too() {
    means("gestern 22:10", "2025-07-08 03:10");
    means("heute um 15:27 Uhr", "2025-07-08 20:27");
    means("vor 10 Minuten", "2025-07-08 20:50");
    means("vor 10 min", "2025-07-08 20:50");
    means("vor einer Stunde", "2025-07-08 20:00");
    means("vor 3 Tagen 22:10", "2025-07-06 03:10");
    means("vorgestern 22:10", "2025-07-07 03:10");
    means("letzten Dienstag 15:27", "2025-07-01 20:27");
    means("Samstag 13:12", "2025-07-05 18:12");
    means("am 8. Juli um 15:27", "2025-07-08 20:27");
    means("8. Juli 2025 15:27 UTC", "2025-07-08 15:27");
    means("jetzt", "2025-07-08 21:00");
}
