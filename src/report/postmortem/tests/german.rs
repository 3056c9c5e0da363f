//! A draft in German: the same facts in other words.

use chrono_tz::Europe;

use super::super::sample::samples;
use super::super::{DraftInput, Form, draft, html, markdown};
use crate::incident::{GuildSettings, Language};
use crate::report::picture;

/// Something of what a German sample gives.
fn of<T>(write: impl Fn(&DraftInput<'_>) -> T) -> T {
    let settings = GuildSettings {
        language: Language::German,
        zone: Europe::Berlin,
        ..GuildSettings::default()
    };
    let [full, _] = samples();
    let full = full.expect("the sample is a log that the rules allow");
    write(&DraftInput {
        incident: &full.incident,
        entries: &full.entries,
        settings: &settings,
        links: &|_| Some("https://discord.com/channels/1/2/3".to_owned()),
        now: full.now,
        form: Form::default(),
    })
}

#[test]
fn a_whole_draft_in_german() {
    insta::assert_snapshot!("german", of(markdown).unwrap());
}

#[test]
fn the_page_and_the_picture_speak_german_too() {
    let page = of(html).unwrap();
    assert!(page.contains("<html lang=\"de\">"));
    assert!(page.contains("<h2>Zusammenfassung</h2>"));
    assert!(!page.contains('«') && !page.contains("Action items"));
    let picture = of(|input| picture::incident(&draft(input), Europe::Berlin));
    assert!(picture.contains("Ausfall"), "{picture}");
}
