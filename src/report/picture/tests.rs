//! Pictures: nothing overlaps, nothing typed is markup, and pixels come of all.

use chrono_tz::{America, Tz};
use proptest::prelude::*;

use super::incident::apart;
use super::*;
use crate::incident::random_log::logs;
use crate::incident::*;
use crate::report::postmortem::{DraftInput, Form, draft};
use crate::report::story::{Story, link};
use crate::report::well_formed;

/// Two weeks with a note every hour of the first days, long words and an outage a day.
fn long() -> Story {
    let mut story = Story::new(42, America::Chicago, "2025-06-01T18:00:00Z");
    let title = "Everything that could fail failed, and then again ".repeat(3);
    story.does("ana", Command::Open(Open::new(&title, Severity::Sev2)));
    for hour in 0..60 {
        let text = format!("step {hour}: {}", "looked at one more part ".repeat(4));
        story.later(60).notes("benedikta", &text, None);
    }
    for day in 5..14 {
        story.now(&format!("2025-06-{day:02}T23:00:00Z"));
        let start = format!("2025-06-{day:02}T20:00:00Z");
        let end = format!("2025-06-{day:02}T22:{:02}:00Z", day + 10);
        story.outage("ana", &start, Some(&end));
    }
    story.status("ana", Status::Identified, "found");
    story.later(3000).status("ana", Status::Resolved, "over");
    story
}

/// The texts of a picture: where each begins, its line, and how wide it may be.
fn texts(svg: &str) -> Vec<(f64, f64, f64, String)> {
    let mut found = Vec::new();
    for part in svg.split("<text ").skip(1) {
        let (head, rest) = part.split_once('>').unwrap();
        let value = |name: &str| {
            let start = head.split_once(&format!(" {name}=\"")).unwrap().1;
            start.split('"').next().unwrap().to_owned()
        };
        let number = |name: &str| value(name).parse::<f64>().unwrap();
        let text = well_formed::text_of(&rest[..rest.find('<').unwrap()]);
        let mut ink = paint::Ink::plain(number("font-size"));
        ink.bold = value("font-weight") == "bold";
        let width = ink.width(&text);
        let x = match value("text-anchor").as_str() {
            "start" => number("x"),
            "middle" => number("x") - width / 2.0,
            _ => number("x") - width,
        };
        found.push((x, number("y"), width, text));
    }
    found
}

fn nothing_overlaps(svg: &str) -> Result<(), TestCaseError> {
    let texts = texts(svg);
    for (place, one) in texts.iter().enumerate() {
        prop_assert!(one.0 >= 0.0 && one.0 + one.2 <= paint::WIDTH, "{:?}", one);
        for other in &texts[place + 1..] {
            let line = (one.1 - other.1).abs() < 9.0;
            let beside = one.0 + one.2 <= other.0 || other.0 + other.2 <= one.0;
            prop_assert!(!line || beside, "{:?} and {:?}", one, other);
        }
    }
    Ok(())
}

#[test]
fn a_long_incident_has_room_for_its_words() {
    let story = long();
    let svg = incident(&draft(&story.input()), America::Chicago);
    nothing_overlaps(&svg).unwrap();
    assert!(svg.contains("more in the timeline"), "{svg}");
    assert!(svg.contains(">Jun 7<"), "{svg}");
    let file = png(&svg).unwrap();
    assert_eq!(&file[..8], b"\x89PNG\r\n\x1a\n");
    let width = u32::from_be_bytes([file[16], file[17], file[18], file[19]]);
    assert_eq!(width, 2200);
    assert!(file.len() < 1_000_000, "{}", file.len());
    // The words are in the pixels: without a font the file would be much smaller.
    let mut parts = svg.split("<text ");
    let mut mute = parts.next().unwrap().to_owned();
    mute.extend(parts.map(|part| part.split_once("</text>").unwrap().1));
    assert!(file.len() > 2 * png(&mute).unwrap().len());
}

#[test]
fn a_week_has_a_bar_for_each_day() {
    use crate::report::week::{Week, summary};
    let mut states = Vec::new();
    for number in 1..30 {
        let day = 13 + number % 3;
        let mut story = Story::new(number, Tz::UTC, &format!("2026-07-{day}T10:00:00Z"));
        story.does("ana", Command::Open(Open::new("x", Severity::Sev1)));
        states.push(story.state().clone());
    }
    let now = crate::report::story::at("2026-07-20T07:00:00Z");
    let svg = week(&summary(
        Week::numbered(2026, 29).unwrap(),
        Tz::UTC,
        &states,
        now,
    ));
    nothing_overlaps(&svg).unwrap();
    assert_eq!(svg.matches("height=\"20.5\"").count(), 29, "{svg}");
    assert_eq!(svg.matches(">10</text>").count(), 2, "{svg}");
    assert!(svg.contains(">Sun Jul 19<"), "{svg}");
    assert!(png(&svg).is_ok());
}

#[test]
fn numbers_stand_apart_and_in_order() {
    let placed = apart(vec![96.0, 96.0, 97.0, 1076.0, 1076.0]);
    let wide = |pair: &[f64]| pair[1] - pair[0] >= 25.9;
    assert!(placed.windows(2).all(wide), "{placed:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn every_incident_has_a_picture(log in logs(), zone in prop::sample::select(vec![Tz::UTC, America::Sao_Paulo, Tz::Asia__Kolkata])) {
        let settings = GuildSettings { zone, ..GuildSettings::default() };
        let input = DraftInput {
            incident: log.state(),
            entries: &log.entries,
            settings: &settings,
            links: &link,
            now: log.entries.last().unwrap().recorded_at, form: Form::default(),
};
        let svg = incident(&draft(&input), zone);
        well_formed::tags(&format!("<!doctype html>{svg}")).map_err(TestCaseError::fail)?;
        nothing_overlaps(&svg)?;
        prop_assert!(resvg::usvg::Tree::from_str(&svg, &resvg::usvg::Options::default()).is_ok());
    }
}
