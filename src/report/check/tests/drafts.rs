//! What Scribe writes itself passes: the draft of every log, checked alone and against that log.

use chrono_tz::{America, Asia, Tz};
use proptest::prelude::*;

use super::super::{Against, text};
use super::*;
use crate::incident::random_log::logs;
use crate::incident::{GuildSettings, Language};
use crate::report::postmortem::{DraftInput, Form, markdown};

fn zones() -> impl Strategy<Value = Tz> {
    prop::sample::select(vec![Tz::UTC, America::New_York, Asia::Kolkata])
}

fn languages() -> impl Strategy<Value = Language> {
    prop::sample::select(vec![Language::English, Language::German])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_draft_does_not_contradict_itself(log in logs(), zone in zones(), language in languages()) {
        let settings = GuildSettings { zone, language, ..GuildSettings::default() };
        let now = log.entries.last().unwrap().recorded_at;
        let draft = markdown(&DraftInput {
            incident: log.state(),
            entries: &log.entries,
            settings: &settings,
            links: &|_| None,
            now, form: Form::default(),
})
        .unwrap();
        let against = Against { incident: log.state(), entries: &log.entries, zone };
        for against in [None, Some(against)] {
            let report = check(&draft, Format::Text, None, against).unwrap();
            prop_assert!(report.findings.is_empty(), "{}\n{draft}", text(&report));
        }
    }
}
