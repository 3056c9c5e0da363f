//! What people type for a time.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use scribe::incident::human_time::{
    parse, parse_day, parse_duration, parse_zone, show, zones_like,
};

use crate::odd::{changed, changes};
use crate::{cases, corpus};

fn nows() -> impl Strategy<Value = DateTime<Utc>> {
    let usual = 1_700_000_000i64..1_900_000_000;
    // Both ends of what a clock may say, and the night before a summer time.
    let odd = prop::sample::select(vec![-62_135_596_800, 253_402_300_799, 0, 1_774_742_400]);
    prop_oneof![4 => usual, 1 => odd]
        .prop_map(|at| DateTime::from_timestamp(at, 0).expect("a time that chrono has"))
}

fn zones() -> impl Strategy<Value = Tz> {
    prop::sample::select(vec![
        Tz::UTC,
        Tz::Europe__Berlin,
        Tz::America__Chicago,
        Tz::Australia__Lord_Howe,
        Tz::Pacific__Apia,
        Tz::Asia__Kathmandu,
    ])
}

fn read(text: &str, now: DateTime<Utc>, zone: Tz) {
    if let Ok(at) = parse(text, now, zone) {
        let _ = show(at, zone);
    }
    let _ = parse_day(text, now, zone);
    let _ = parse_duration(text);
    let _ = parse_zone(text);
}

proptest! {
    #![proptest_config(cases(500))]
    #[test]
    fn any_text_is_a_time_or_refused(
        of in 0..corpus("times.txt").lines().count(), changes in changes(), now in nows(), zone in zones(),
    ) {
        thread_local! { static TIMES: Vec<String> = corpus("times.txt").lines().map(str::to_owned).collect(); }
        let text = TIMES.with(|times| changed(&times[of], &changes));
        read(&text, now, zone);
    }
}

proptest! {
    #![proptest_config(cases(10))]
    #[test]
    fn any_text_finds_zones_or_none(text in ".{0,30}", now in nows(), zone in zones()) {
        read(&text, now, zone);
        let _ = zones_like(&text);
    }
}
