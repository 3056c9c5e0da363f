//! What holds for every choice.

use proptest::prelude::*;

use super::{MOST, choose, most};
use crate::incident::random_log::logs;
use crate::incident::{Fact, timeline};
use crate::report::story::Story;

fn chosen(story: &Story) -> Vec<String> {
    let lines = timeline(&story.entries);
    let choice = choose(&lines);
    let messages = choice.lines.iter().filter(|line| line.weight.is_some());
    let texts = messages.map(|line| {
        let places = std::iter::once(&line.place).chain(&line.with);
        let texts: Vec<&str> = places.map(|at| lines[*at].text.unwrap_or("")).collect();
        texts.join(" / ")
    });
    texts.collect()
}

fn story() -> Story {
    let mut story = Story::new(1, chrono_tz::Tz::UTC, "2026-05-04T10:00:00Z");
    let open = crate::incident::Open::new("Checkout fails", crate::incident::Severity::Sev2);
    story.does("ana", crate::incident::Command::Open(open));
    story
}

#[test]
fn chatter_stays_out_and_one_event_is_one_line() {
    let mut story = story();
    for (minutes, who, text) in [
        (1, "ben", "morning :wave:"),
        (1, "ben", "lol"),
        (1, "ana", "what happened?"),
        (
            1,
            "ben",
            "checkout pods are OOMKilled since the deploy at 09:40",
        ),
        (0, "ben", "all 12 of them are down"),
        (3, "ana", "thanks!"),
        (1, "ana", "rolling back release 812"),
        (4, "cho", "nice, anyone want coffee?"),
        (2, "ana", "rolled back release 812"),
        (
            30,
            "cho",
            "error rate is back to normal, checkout works again",
        ),
        (1, "ben", "🎉🎉"),
    ] {
        story.later(minutes).says(who, text);
    }
    assert_eq!(
        chosen(&story),
        [
            "checkout pods are OOMKilled since the deploy at 09:40 / all 12 of them are down",
            "rolling back release 812 / rolled back release 812",
            "error rate is back to normal, checkout works again",
        ]
    );
}

#[test]
fn what_a_note_says_is_not_said_again_and_bots_are_heard_once() {
    let mut story = story();
    story
        .later(1)
        .says("ana", "found it: the certificate of api expired");
    story
        .later(1)
        .notes("ana", "The certificate of api expired", None);
    for _ in 0..5 {
        story
            .later(2)
            .says("gatus-bot", "ALERT api: 3 of 6 probes failed");
    }
    story.later(1).says("ben", "renewed it");
    story.deletes("ben", 7);
    assert_eq!(chosen(&story), ["ALERT api: 3 of 6 probes failed"]);
}

#[test]
fn a_channel_full_of_actions_is_cut_to_the_bound() {
    let mut story = story();
    for number in 0..300 {
        let text = format!("restarting worker-{number} because node{number} failed");
        story.later(5).says("ana", &text);
    }
    assert_eq!(chosen(&story).len(), MOST);
    assert_eq!((most(-5), most(0), most(60), most(180)), (6, 6, 7, 13));
    assert_eq!((most(600), most(i64::MAX)), (24, 25));
}

proptest! {
    #[test]
    fn bounded_in_order_and_complete(log in logs()) {
        let lines = timeline(&log.entries);
        let choice = choose(&lines);
        prop_assert_eq!(&choice, &choose(&lines));
        prop_assert!(choice.chosen() <= choice.most && choice.most <= MOST);
        prop_assert!(choice.lines.windows(2).all(|pair| pair[0].place < pair[1].place));
        let places: Vec<usize> = choice.lines.iter().map(|line| line.place).collect();
        for (place, line) in lines.iter().enumerate() {
            prop_assert!(!line.is_key() || places.contains(&place), "{:?}", line);
        }
        let mut told = std::collections::BTreeSet::new();
        for line in &choice.lines {
            prop_assert!(!line.why.is_empty());
            for place in std::iter::once(&line.place).chain(&line.with) {
                prop_assert!(told.insert(*place), "{} is told twice", place);
                let message = matches!(lines[*place].entry.fact, Fact::MessagePosted(_));
                prop_assert!(message || line.weight.is_none());
            }
        }
    }
}
