//! Names of zones, and the days when clocks are changed.

use chrono_tz::{OffsetName, Tz};

use super::super::*;
use super::said::*;

#[test]
fn zones_said_with_the_time() {
    for text in [
        "15:27 CT",
        "15:27CT",
        "3:27pm ct",
        "2025-07-08 15:27 CT",
        "15:27 central",
        "3:27pm Central time",
        "15:27 CDT",
        "20:27 UTC",
        "20:27Z",
        "20:27 gmt",
        "22:27 CEST",
        "22:27 Europe/Berlin",
        "22:27 berlin",
        "22:27 +02:00",
        "22:27+0200",
        "22:27 UTC+2",
        "22:27 \u{2212}\u{202f}CEST",
        "16:27 ET",
        "16:27 America/New York",
        "CT 15:27",
        "1:27pm PT",
        "2:27pm mountain",
        "2025-07-08T20:27:00Z",
        "2025-07-08T22:27:00+02:00",
        "2025-07-08t20:27z",
        "8 Jul 2025 3:27pm CDT",
    ] {
        means(text, "2025-07-08 20:27");
    }
    means("13:27 PST8PDT", "2025-07-08 20:27");
}

#[test]
fn civil_names_follow_the_season() {
    means("2025-01-08 15:27 CT", "2025-01-08 21:27");
    means("2025-07-07 15:27 CT", "2025-07-07 20:27");
    means("2025-01-08 15:27 CST", "2025-01-08 21:27");
}

#[test]
fn a_stated_offset_against_the_season_is_asked_about() {
    let Err(TimeRefusal::ZoneMismatch {
        name,
        local,
        civil,
        literal,
    }) = said("15:27 cst")
    else {
        panic!("CST in July was taken")
    };
    assert_eq!(
        (name.as_str(), local),
        ("CST", day(2025, 7, 8).and_hms_opt(15, 27, 0).unwrap())
    );
    assert_eq!(
        (civil.to_utc(), civil.offset().abbreviation()),
        (utc("2025-07-08 20:27"), Some("CDT"))
    );
    assert_eq!(literal, utc("2025-07-08 21:27"));
    assert!(matches!(
        said("2025-01-08 15:27 CEST"),
        Err(TimeRefusal::ZoneMismatch { .. })
    ));
    assert!(matches!(
        said("2025-01-08 15:27 PDT"),
        Err(TimeRefusal::ZoneMismatch { .. })
    ));
}

#[test]
fn a_name_is_first_that_of_the_own_zone() {
    let now = utc("2025-07-08 23:00");
    let in_zone = |text, zone| parse(text, now, zone);
    // Phoenix keeps MST all year, Denver does not.
    assert_eq!(
        in_zone("15:27 MST", Tz::America__Phoenix),
        Ok(utc("2025-07-08 22:27"))
    );
    assert!(matches!(
        in_zone("15:27 MST", Tz::America__Denver),
        Err(TimeRefusal::ZoneMismatch { .. })
    ));
    assert_eq!(
        in_zone("2025-07-08 12:27 IST", Tz::Asia__Kolkata),
        Ok(utc("2025-07-08 06:57"))
    );
    assert_eq!(
        in_zone("2025-07-08 12:27 IST", Tz::Europe__Dublin),
        Ok(utc("2025-07-08 11:27"))
    );
    assert_eq!(
        in_zone("2025-07-08 12:27 CST", Tz::Asia__Taipei),
        Ok(utc("2025-07-08 04:27"))
    );
    assert!(matches!(
        in_zone("12:27 GMT", Tz::Europe__London),
        Err(TimeRefusal::ZoneMismatch { .. })
    ));
    // Elsewhere a name with several meanings is asked about, unless the first is at home on the same continent.
    assert_eq!(
        in_zone("2025-07-08 12:27 BST", BERLIN),
        Ok(utc("2025-07-08 11:27"))
    );
    assert_eq!(
        in_zone("2025-01-08 12:27 CST", Tz::America__New_York),
        Ok(utc("2025-01-08 18:27"))
    );
    assert_eq!(
        in_zone("12:27 IST", Tz::UTC),
        Err(TimeRefusal::AmbiguousZone {
            name: "IST".into(),
            meanings: vec![Tz::Asia__Kolkata, Tz::Europe__Dublin, Tz::Asia__Jerusalem],
        })
    );
    assert!(matches!(
        in_zone("12:27 CST", Tz::Asia__Singapore),
        Err(TimeRefusal::AmbiguousZone { .. })
    ));
}

/// `text` is skipped in `zone`; `before` and `after` are the last minute and the first moment around it, as UTC.
fn skipped(zone: Tz, text: &str, before: &str, after: &str) {
    let Err(TimeRefusal::Nonexistent {
        before: is_before,
        after: is_after,
        ..
    }) = parse(text, utc("2025-12-01 00:00"), zone)
    else {
        panic!("{text} is not in {zone}'s gap")
    };
    assert_eq!(
        (is_before.to_utc(), is_after.to_utc()),
        (utc(before), utc(after))
    );
}

#[test]
fn skipped_hours_are_refused() {
    skipped(
        CHICAGO,
        "2025-03-09 02:30",
        "2025-03-09 07:59",
        "2025-03-09 08:00",
    );
    skipped(
        CHICAGO,
        "2025-03-09 02:00 CT",
        "2025-03-09 07:59",
        "2025-03-09 08:00",
    );
    skipped(
        Tz::UTC,
        "2025-03-30 02:30 Europe/Berlin",
        "2025-03-30 00:59",
        "2025-03-30 01:00",
    );
    // Lord Howe moves by half an hour.
    skipped(
        Tz::Australia__Lord_Howe,
        "2025-10-05 02:15",
        "2025-10-04 15:29",
        "2025-10-04 15:30",
    );
    let fine = |text| parse(text, utc("2025-12-01 00:00"), CHICAGO);
    assert_eq!(fine("2025-03-09 01:59"), Ok(utc("2025-03-09 07:59")));
    assert_eq!(fine("2025-03-09 03:00"), Ok(utc("2025-03-09 08:00")));
}

#[test]
fn doubled_hours_are_asked_about_and_a_name_decides() {
    let now = utc("2025-12-01 00:00");
    let doubled = |zone, text, one: &str, two: &str| {
        let Err(TimeRefusal::Ambiguous { first, second, .. }) = parse(text, now, zone) else {
            panic!("{text} is once in {zone}")
        };
        assert_eq!((first.to_utc(), second.to_utc()), (utc(one), utc(two)));
        // What the question shows is also the answer.
        for at in [first, second] {
            assert_eq!(parse(&show(at.to_utc(), zone), now, zone), Ok(at.to_utc()));
        }
    };
    doubled(
        CHICAGO,
        "2025-11-02 01:30",
        "2025-11-02 06:30",
        "2025-11-02 07:30",
    );
    doubled(
        BERLIN,
        "2025-10-26 02:30",
        "2025-10-26 00:30",
        "2025-10-26 01:30",
    );
    doubled(
        Tz::Australia__Lord_Howe,
        "2025-04-06 01:45",
        "2025-04-05 14:45",
        "2025-04-05 15:15",
    );
    assert_eq!(
        parse("2025-11-02 01:30 CDT", now, BERLIN),
        Ok(utc("2025-11-02 06:30"))
    );
    assert_eq!(
        parse("2025-11-02 02:00", now, CHICAGO),
        Ok(utc("2025-11-02 08:00"))
    );
    // Between the two, only the first has been.
    assert_eq!(
        parse("01:30", utc("2025-11-02 06:45"), CHICAGO),
        Ok(utc("2025-11-02 06:30"))
    );
}

#[test]
fn odd_offsets() {
    let now = utc("2025-07-08 21:00");
    assert_eq!(
        parse("2025-07-08 15:27", now, Tz::Asia__Kathmandu),
        Ok(utc("2025-07-08 09:42"))
    );
    assert_eq!(
        show(utc("2025-07-08 09:42"), Tz::Asia__Kathmandu),
        "2025-07-08 15:27 +0545"
    );
    assert_eq!(
        parse("2025-07-08 15:27 +0545", now, Tz::UTC),
        Ok(utc("2025-07-08 09:42"))
    );
}
