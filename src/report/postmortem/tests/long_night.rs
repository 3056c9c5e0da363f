//! A long night in a noisy channel: two outages across the change to summer time, a wrong turn, chatter, questions, luck.

use chrono_tz::Europe;

use crate::incident::*;
use crate::report::story::{Story, at, person};

/// Minutes after the last, who, what.
type Said = (i64, &'static str, &'static str);

const FIRST: &[Said] = &[
    (
        1,
        "watch-bot",
        "ALERT lobby: join success 41 % (threshold 95 %)",
    ),
    (
        1,
        "ines",
        "paged. lobby is up, worlds are up, but nobody gets in",
    ),
    (0, "ines", "https://grafana.example/d/lobby?from=now-1h"),
    (1, "tomek", "omw"),
    (1, "tomek", ":eyes:"),
    (
        2,
        "priya",
        "first tickets, all of them players in Poland and Germany",
    ),
    (1, "ines", "is it the deploy of this afternoon?"),
    (2, "tomek", "don't think so, that was only the shop"),
    (
        1,
        "watch-bot",
        "ALERT lobby: join success 37 % (threshold 95 %)",
    ),
    (
        3,
        "tomek",
        "conntrack table on edge-eu-2 is full, 65536 of 65536",
    ),
    (
        1,
        "ines",
        "why did nobody get an alert for that before players noticed?",
    ),
    (1, "tomek", "there is no alert for conntrack at all"),
    (2, "tomek", "raising the limit to 262144 on edge-eu-2"),
    (1, "tomek", "done, join success climbs"),
    (0, "priya", "🎉"),
    (4, "ines", "97 %, looks good again"),
];

const SECOND: &[Said] = &[
    (
        2,
        "watch-bot",
        "ALERT lobby: join success 22 % (threshold 95 %)",
    ),
    (1, "ines", "it's back, and worse"),
    (2, "tomek", "the limit is 65536 again?! something reset it"),
    (
        3,
        "lea",
        "hi, just woke up. config management runs on the hour, that resets sysctl",
    ),
    (
        1,
        "tomek",
        "then it was the run at 1 that reverted my change",
    ),
    (
        2,
        "lea",
        "yes: https://git.example/infra/pull/812 pinned the old value last spring",
    ),
    (
        1,
        "tomek",
        "I have no access to the config repo, locked out since the move",
    ),
    (
        3,
        "lea",
        "opened https://git.example/infra/pull/977 to raise it everywhere",
    ),
    (2, "ines", "reviewed and merged"),
    (1, "lea", "rolling out to all edges now"),
    (
        4,
        "priya",
        "players ask whether their items are safe, can I say yes?",
    ),
    (1, "lea", "yes, worlds were never touched"),
    (5, "lea", "rolled out on all 9 edges"),
    (1, "watch-bot", "RESOLVED lobby: join success 99 %"),
    (
        3,
        "tomek",
        "good thing the us edges have the bigger tables already, else this had been worse",
    ),
    (
        1,
        "priya",
        "thanks to the new macro I could answer 140 tickets in ten minutes",
    ),
    (2, "ines", "lol it is already light outside"),
    (
        1,
        "tomek",
        "do we know how full the tables on the login edges are?",
    ),
];

fn talk(story: &mut Story, said: &[Said]) {
    for (minutes, who, text) in said {
        story.later(*minutes).says(who, text);
    }
}

fn components(names: &[&str]) -> Vec<Component> {
    names
        .iter()
        .map(|name| Component((*name).to_owned()))
        .collect()
}

/// The night from 28 to 29 March 2026 in Berlin, whose clocks go from 2 to 3.
pub(super) fn long_night() -> Story {
    let mut story = Story::new(58, Europe::Berlin, "2026-03-28T22:52:00Z");
    let mut open = Open::new("Players time out joining EU worlds", Severity::Sev2);
    open.summary = Some("Join success fell to 41 % in Europe.".to_owned());
    open.components = components(&["EU lobby"]);
    story.does("ines", Command::Open(open));
    let give = |role: Role, to: &str| Command::GiveRole {
        role,
        to: person(to),
    };
    story.does("ines", give(Role::commander(), "ines"));
    talk(&mut story, FIRST);
    story.does(
        "ines",
        Command::MarkKey {
            entry: Seq(13),
            by_pin: false,
        },
    );
    story.notes(
        "priya",
        "First ticket, a player in Gdańsk",
        Some("2026-03-28T22:43:00Z"),
    );
    let window = |names: &[&str], when: &str| (components(names), Some(at(when)));
    let (named, from) = window(&["EU lobby"], "2026-03-28T22:41:00Z");
    story.later(1).does(
        "ines",
        Command::StartOutage {
            components: named,
            at: from,
        },
    );
    let (named, until) = window(&["EU lobby"], "2026-03-28T23:12:00Z");
    story.does(
        "ines",
        Command::EndOutage {
            components: named,
            at: until,
        },
    );
    story.later(1).status(
        "ines",
        Status::Monitoring,
        "Players in Europe can join again. We watch it.",
    );
    story.now("2026-03-29T00:06:00Z");
    talk(&mut story, &SECOND[..2]);
    let reason = Some("it came back, nobody in Europe gets in".to_owned());
    story.does(
        "ines",
        Command::SetSeverity {
            to: Severity::Sev1,
            reason,
            at: None,
        },
    );
    story.status(
        "ines",
        Status::Investigating,
        "Players in Europe cannot join again, we are on it.",
    );
    let (named, from) = window(&["EU lobby"], "2026-03-29T00:02:00Z");
    story.does(
        "ines",
        Command::StartOutage {
            components: named,
            at: from,
        },
    );
    talk(&mut story, &SECOND[2..6]);
    story.status(
        "ines",
        Status::Identified,
        "An old setting comes back every hour. We change it for good.",
    );
    story.does("ines", give(Role::commander(), "lea"));
    talk(&mut story, &SECOND[6..13]);
    story.says("lea", "edge password is correct-horse");
    let secret = Seq(u32::try_from(story.entries.len()).unwrap_or(0));
    let redaction = Redaction::new(vec![secret], "a password".to_owned());
    story.later(1).does("lea", Command::Redact(redaction));
    talk(&mut story, &SECOND[13..]);
    let (named, until) = window(&["EU lobby"], "2026-03-29T00:38:00Z");
    story.does(
        "lea",
        Command::EndOutage {
            components: named,
            at: until,
        },
    );
    story.status(
        "lea",
        Status::Monitoring,
        "The setting is changed everywhere.",
    );
    let due = Some(at("2026-04-10T22:00:00Z"));
    for (text, owner, due) in [
        (
            "Alert when a conntrack table is four fifths full",
            Some("tomek"),
            due,
        ),
        ("Give the night shift access to the config repo", None, None),
    ] {
        let (text, owner) = (text.to_owned(), owner.map(person));
        story.does("lea", Command::AddAction { text, owner, due });
    }
    let (component, to) = (
        Component("EU lobby".to_owned()),
        ComponentState::Operational,
    );
    let at = None;
    story.does("lea", Command::SetComponent { component, to, at });
    story.now("2026-03-29T03:30:00Z");
    story.status(
        "lea",
        Status::Resolved,
        "Stable for two and a half hours. A postmortem will follow.",
    );
    story
}

#[test]
fn the_draft_of_a_long_night() {
    let draft = long_night().draft();
    let (facts, log) = draft
        .split_once("<a id=\"log\"></a>")
        .expect("the log is the appendix");
    assert!(facts.contains("## What went badly"));
    insta::assert_snapshot!("long_night", draft);
    assert!(log.contains("lol it is already light outside") && !log.contains("correct-horse"));
}

#[test]
fn the_chatter_stays_out_and_what_was_done_is_in() {
    let draft = long_night().draft();
    let timeline = draft.split("## Timeline").nth(1).expect("there is one");
    let timeline = timeline.split("\n## ").next().expect("it ends");
    for told in [
        "conntrack table on edge-eu-2 is full",
        "reviewed and merged",
        "rolled out on all 9 edges",
    ] {
        assert!(timeline.contains(told), "{told} is missing");
    }
    for chatter in ["omw", "eyes", "🎉", "lol"] {
        assert!(!timeline.contains(chatter), "{chatter} is chatter");
    }
}
