//! What a section is offered, and what is not.

use chrono_tz::Tz;

use crate::incident::{Command, Open, Severity, Status};
use crate::report::postmortem::draft;
use crate::report::story::Story;

fn story() -> Story {
    let mut story = Story::new(7, Tz::UTC, "2026-05-04T10:00:00Z");
    story.does(
        "ana",
        Command::Open(Open::new("Checkout fails", Severity::Sev2)),
    );
    story
}

/// What stands in the section, and why.
fn offered(story: &Story, title: &str) -> Vec<(String, &'static str)> {
    let draft = draft(&story.input());
    let all = draft.detection_section.iter().chain(&draft.sections);
    let section = all
        .into_iter()
        .find(|section| section.title == title)
        .expect("every section is in the draft");
    let lines = section.offered.iter();
    lines.map(|line| (line.text.clone(), line.why)).collect()
}

#[test]
fn the_detection_is_offered_what_was_known_by_then_and_what_was_missing() {
    let mut story = story();
    story.notes("bo", "first ticket", Some("2026-05-04T09:52:00Z"));
    story
        .later(1)
        .says("watch-bot", "ALERT checkout: 31 % errors");
    story.later(1).says("bo", "I was paged too");
    story
        .later(9)
        .says("watch-bot", "ALERT checkout: 40 % errors");
    story.later(1).says("bo", "40 more tickets in the queue");
    story
        .later(9)
        .says("ana", "there is no alert for the pool itself");
    assert_eq!(
        offered(&story, "Detection"),
        [
            ("first ticket".to_owned(), "tells how it was noticed"),
            ("ALERT checkout: 31 % errors".to_owned(), "the first alert"),
            ("I was paged too".to_owned(), "tells how it was noticed"),
            (
                "there is no alert for the pool itself".to_owned(),
                "tells how it was noticed"
            ),
        ]
    );
}

#[test]
fn the_cause_is_offered_what_was_told_and_linked_when_it_was_identified() {
    let mut story = story();
    story
        .later(4)
        .says("bo", "see https://git.example/shop/pull/12");
    story.status(
        "ana",
        Status::Identified,
        "The pool is too small since noon.",
    );
    assert_eq!(
        offered(&story, "Root cause"),
        [
            (
                "see https://git.example/shop/pull/12".to_owned(),
                "links to a change"
            ),
            (
                "The pool is too small since noon.".to_owned(),
                "told when it was identified"
            ),
        ]
    );
}

/// Whether the draft says that the public heard nothing for long.
fn tells_of_silence(story: &Story) -> bool {
    let draft = draft(&story.input());
    let facts = draft.sections.iter().flat_map(|section| &section.facts);
    facts
        .into_iter()
        .any(|fact| fact.text.contains("Between two updates"))
}

#[test]
fn a_silence_while_nobody_was_affected_any_more_is_not_held_against_anybody() {
    let told = |outage: bool| {
        let mut story = story();
        story
            .later(5)
            .status("ana", Status::Monitoring, "The fix is in.");
        if outage {
            let end = Some("2026-05-04T10:04:00Z");
            story.outage("ana", "2026-05-04T09:50:00Z", end);
        }
        story.later(180).status("ana", Status::Resolved, "Over.");
        tells_of_silence(&story)
    };
    assert!(!told(true));
    assert!(told(false), "nobody said that it was over before");
}
