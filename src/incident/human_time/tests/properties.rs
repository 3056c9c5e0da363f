//! What holds of any text, zone and moment.

use chrono::{DateTime, TimeDelta};
use chrono_tz::{OffsetName, TZ_VARIANTS, Tz};
use proptest::prelude::*;

use super::super::*;

fn any_zone() -> impl Strategy<Value = Tz> {
    (0..TZ_VARIANTS.len()).prop_map(|index| TZ_VARIANTS[index])
}

/// Words that the grammar knows, so that random texts get past its first step.
fn near_times() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("15:27".to_owned()),
        Just("3".to_owned()),
        Just("pm".to_owned()),
        Just("yesterday".to_owned()),
        Just("sat".to_owned()),
        Just("last".to_owned()),
        Just("July".to_owned()),
        Just("29".to_owned()),
        Just("feb".to_owned()),
        Just("2024".to_owned()),
        Just("CST".to_owned()),
        Just("Europe/Berlin".to_owned()),
        Just("+02:00".to_owned()),
        Just("days".to_owned()),
        Just("ago".to_owned()),
        Just("01:30".to_owned()),
        Just("2025-11-02".to_owned()),
        "[0-9:./-]{1,12}",
        "\\PC{0,3}",
    ];
    proptest::collection::vec(word, 0..6).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn anything_is_read_or_refused_and_never_future(
        text in prop_oneof![any::<String>(), near_times(), "[0-9tTzZ:+.,/ <>@-]{0,30}"],
        zone in any_zone(),
        seconds in 0_i64..7_258_118_400,
    ) {
        let now = DateTime::from_timestamp(seconds, 0).unwrap();
        if let Ok(at) = parse(&text, now, zone) {
            prop_assert!(at <= now && at >= now - OLDEST);
        }
        let _ = (parse_day(&text, now, zone), parse_duration(&text), parse_zone(&text), zones_like(&text));
    }

    #[test]
    fn what_is_shown_reads_back(zone in any_zone(), minutes in 24_000_000_i64..29_000_000) {
        let at = DateTime::from_timestamp(minutes * 60, 0).unwrap();
        let now = DateTime::from_timestamp(29_000_000 * 60, 0).unwrap();
        let text = show(at, zone);
        match parse(&text, now, zone) {
            // Zones that changed their offset and kept its name, as Moscow did in 2014, have two such times.
            Err(TimeRefusal::Ambiguous { first, second, .. }) => {
                prop_assert_eq!(first.offset().abbreviation(), second.offset().abbreviation());
                prop_assert!([first.to_utc(), second.to_utc()].contains(&at));
            }
            read => prop_assert_eq!(read, Ok(at), "{} in {}", text, zone),
        }
    }

    #[test]
    fn shown_durations_read_back(minutes in 0_i64..5_000_000) {
        let length = TimeDelta::minutes(minutes);
        prop_assert_eq!(parse_duration(&show_duration(length)), Ok(length));
        prop_assert_eq!(parse_duration(&spell_duration(length)), Ok(length));
    }
}
