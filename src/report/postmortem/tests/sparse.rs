//! A draft of a log that says little, across the change to winter time: what
//! is not known is said, and lengths are real ones.

use chrono_tz::Europe;

use crate::incident::*;
use crate::report::story::{Story, at};

#[test]
fn a_night_with_one_hour_twice() {
    let mut story = Story::new(7, Europe::Berlin, "2025-10-26T00:30:00Z");
    let open = Open::new("Login is slow", Severity::Sev3);
    story.does("ana", Command::Open(open));
    story.later(5).says(
        "ben",
        "probably caused by the new index?\nno: the disk of db-2 is full because of old logs",
    );
    story.later(65).status("ana", Status::Resolved, "");
    insta::assert_snapshot!(story.draft(), @r#"
# INC-7: Login is slow

> **Draft**, made by Scribe from the log of INC-7 through [#3](#e3) at 2025-10-26 02:40 CET (01:40 UTC).
> Times are in Europe/Berlin (CEST, UTC+02:00, then CET, UTC+01:00), with UTC in brackets. Each `#` number leads to its entry in the [full log](#log).
> Before you publish it, see [what is missing](#missing).

## Summary

INC-7 was a SEV3 incident (minor impact), declared by ana at 2025-10-26 02:30 CEST (00:30 UTC) and resolved at 2025-10-26 02:40 CET (01:40 UTC), 1h 10m later. [#1](#e1), [#3](#e3)

## Impact

- **SEV3** (minor impact) since 2025-10-26 02:30 CEST (00:30 UTC), by ana [#1](#e1)

### Components

No component was named.

### Outage windows

No outage window is recorded.

## Detection

*How did you notice, and could you have noticed earlier?*

## Timeline

*All status changes, key events, notes, updates, roles, severities and outages, and 1 event (at most 6) from 1 message, chosen by fixed rules: actions, findings, deploys, errors, recoveries, links, alerts, replies, first words after silence.*

### Sunday, 2025-10-26

- **02:30 CEST** (00:30 UTC) **ana**: declared SEV3: Login is slow [#1](#e1)
- **02:35 CEST** (00:35 UTC) **ben**: probably caused by the new index? no: the disk of db-2 is full because of old logs [#2](#e2) · [message](https://discord.com/channels/1/9/1)
- **02:40 CET** (01:40 UTC) **ana**: status investigating → resolved [#3](#e3)

## Root cause

*What made this possible, and what set it off?*

From the log, for whoever writes this:

- 2025-10-26 02:35 CEST (00:35 UTC) **ben**: probably caused by the new index? no: the disk of db-2 is full because of old logs [#2](#e2) · [message](https://discord.com/channels/1/9/1) *(names a cause)*

## Resolution and recovery

*What ended it, and how did you know that it was over?*

## What went well

*What helped, and should stay as it is?*

## What went badly

*What cost time, was missing or misled you?*

## Where we were lucky

*What could have made it worse, and only by chance did not?*

## Action items

None are recorded.

## Participants

| Who | Roles | Messages | Other entries |
|---|---|---|---|
| ana |  | 0 | 2 |
| ben |  | 1 | 0 |

## Metrics

| Metric | | Meaning |
|---|---|---|
| Time to declare | not known: no outage window is recorded | from the first effect on users to the declaration |
| Time to identify | not known: the status was never “identified” | from the declaration to the first “identified” |
| Time to mitigate | not known: no outage window is recorded | from the first effect on users to the last |
| Time to resolve | 1h 10m | from the declaration to the last “resolved” |
| Time to publish | not known: no postmortem is published | from the last “resolved” to the published postmortem |

## Open questions

*What does nobody know yet, and who finds out?*

<a id="missing"></a>

### What is missing

- [ ] No summary was given when the incident was opened.
- [ ] No outage window: nobody recorded when users were affected. Add it with /incident outage start and end; it may lie before the declaration.
- [ ] The status was never “identified”, so the log does not say when the cause was known.
- [ ] No cause is noted: no note, update, status message or key event names one. These messages may; mark the right message as a key event, or add a note. [#2](#e2)
- [ ] Nobody had the role commander.
- [ ] No update for the public is recorded.
- [ ] No action items. Add them with /incident action add.

<a id="log"></a>

## Appendix: the full log

3 entries, in the order they were recorded. An edited or corrected text stands below what it said before.

<a id="e1"></a>**#1** · 2025-10-26 02:30 CEST (00:30 UTC) · **ana** · declared SEV3
> Login is slow

<a id="e2"></a>**#2** · 2025-10-26 02:35 CEST (00:35 UTC) · **ben** · wrote · [message](https://discord.com/channels/1/9/1)
> probably caused by the new index?  
> no: the disk of db-2 is full because of old logs

<a id="e3"></a>**#3** · 2025-10-26 02:40 CET (01:40 UTC) · **ana** · status investigating → resolved
"#);
}

#[test]
fn an_outage_that_is_not_over_is_counted_until_now() {
    let mut story = Story::new(8, Europe::Berlin, "2025-07-01T10:00:00Z");
    story.does(
        "ana",
        Command::Open(Open::new("Login is slow", Severity::Sev3)),
    );
    story.outage("ana", "2025-07-01T09:50:00Z", None);
    story.later(20);
    let draft = story.draft();
    let so_far = "Users have been affected for 30m so far, since 2025-07-01 11:50 CEST (09:50 UTC). [#2](#e2)";
    assert!(draft.contains(so_far), "{draft}");
    assert!(draft.contains(
        "it is not over, its status is investigating since 2025-07-01 12:00 CEST (10:00 UTC)."
    ));
    assert!(draft.contains("| end not recorded | not known |"));
}

#[test]
fn an_end_that_nobody_recorded_is_not_guessed() {
    let mut story = Story::new(9, Europe::Berlin, "2025-07-01T10:00:00Z");
    story.does(
        "ana",
        Command::Open(Open::new("Login is slow", Severity::Sev3)),
    );
    story.outage("ana", "2025-07-01T09:00:00Z", Some("2025-07-01T09:25:00Z"));
    story.outage("ana", "2025-07-01T09:50:00Z", None);
    story.later(20).status("ana", Status::Resolved, "");
    story.later(60 * 24 * 30);
    let draft = story.draft();
    assert!(
        draft.contains("Users were affected for at least 25m in 2 outage windows"),
        "{draft}"
    );
    assert!(
        draft.contains("**Total downtime: at least 25m**"),
        "{draft}"
    );
    let missing = "- [ ] The end of the outage that began at 2025-07-01 11:50 CEST (09:50 UTC) is not recorded. Add it with /incident outage end. [#4](#e4)";
    assert!(draft.contains(missing), "{draft}");
}

#[test]
fn a_record_of_the_past_is_said_to_be_one() {
    let mut story = Story::new(10, chrono_tz::Tz::UTC, "2025-07-01T10:00:00Z");
    let mut open = Open::new("Pages did not load", Severity::Sev2);
    open.at = Some(at("2023-07-12T15:00:00Z"));
    open.source = Some(Source {
        system: SourceSystem::Statuspage,
        id: "abc".to_owned(),
        url: Some("https://status.example/incidents/a_b?x=[1]".to_owned()),
    });
    story.act(
        Actor::Named {
            name: "status page".to_owned(),
        },
        Command::Open(open),
        None,
    );
    let to = Status::Resolved;
    let when = Some(at("2023-07-12T15:42:00Z"));
    story.does(
        "ana",
        Command::SetStatus {
            to,
            message: None,
            at: when,
        },
    );
    let draft = story.draft();
    assert!(
        draft.contains("The record was taken over afterwards, at 2025-07-01 10:00 UTC."),
        "{draft}"
    );
    assert!(!draft.contains("· recorded at"), "{draft}");
    let source = "> The record was taken over from a Statuspage, https://status.example/incidents/a_b?x=%5B1%5D\n";
    assert!(draft.contains(source), "{draft}");
    assert!(draft.contains("declared by status page at 2023-07-12 15:00 UTC and resolved at 2023-07-12 15:42 UTC, 42m later."), "{draft}");
}

#[test]
fn a_long_talk_without_a_key_event_is_noticed() {
    let mut story = Story::new(11, Europe::Berlin, "2025-07-01T10:00:00Z");
    story.does(
        "ana",
        Command::Open(Open::new("Login is slow", Severity::Sev3)),
    );
    for _ in 0..12 {
        story.later(1).says("ben", "still slow here");
    }
    let missing = "Nobody marked any of the 12 messages or wrote a note";
    assert!(story.draft().contains(missing), "{}", story.draft());
    let entry = Seq(3);
    story.does(
        "ana",
        Command::MarkKey {
            entry,
            by_pin: false,
        },
    );
    let draft = story.draft();
    assert!(!draft.contains("Nobody marked any"), "{draft}");
    assert!(
        draft.contains("- **12:02** (10:02 UTC) 📌 **ben**: still slow here [#3](#e3)"),
        "{draft}"
    );
}

#[test]
fn what_was_promised_and_when_components_were_out_is_told_where_it_is_missing() {
    let mut story = Story::new(12, chrono_tz::Tz::UTC, "2025-07-01T10:00:00Z");
    let mut open = Open::new("Mail is late", Severity::Sev2);
    open.components = vec![Component("Mail".to_owned())];
    story.does("ana", Command::Open(open));
    let well = Command::SetComponent {
        component: Component("Mail".to_owned()),
        to: ComponentState::Operational,
        at: None,
    };
    story.later(40).does("ana", well);
    let update = Command::Update {
        message: "Mail goes out.".to_owned(),
        at: None,
    };
    story.does("ana", update);
    let promise = "Over. A postmortem will follow within 3 days.";
    story.later(5).status("ana", Status::Resolved, promise);
    let draft = story.draft();
    let missing =
        "Components were out from 2025-07-01 10:00 UTC to 2025-07-01 10:40 UTC. Add it with";
    assert!(draft.contains(missing), "{draft}");
    let missing =
        "The public was promised a postmortem, by 2025-07-04. None is published yet. [#5](#e5)";
    assert!(draft.contains(missing), "{draft}");
    // The component and the update of the same minute are one line.
    let line = "- **10:40** **ana**: Mail partial outage → operational · update (investigating): Mail goes out. [#3](#e3), [#4](#e4)";
    assert!(draft.contains(line), "{draft}");
    story.status("ana", Status::Postmortem, "");
    assert!(!story.draft().contains("was promised a postmortem"));
}

#[test]
fn what_users_felt_is_offered_for_the_impact_and_what_the_public_was_told_for_the_summary() {
    let mut story = Story::new(13, chrono_tz::Tz::UTC, "2025-07-01T10:00:00Z");
    story.does(
        "ana",
        Command::Open(Open::new("Mail is late", Severity::Sev2)),
    );
    story
        .later(5)
        .says("ben", "about 40 customers cannot log in");
    story.later(5).says("ben", "the disk is full");
    let told = "Logins work again.";
    story.later(5).status("ana", Status::Resolved, told);
    let draft = story.draft();
    let impact = draft.split("## Detection").next().unwrap();
    assert!(impact.contains("*(tells what users felt)*"), "{draft}");
    assert!(!impact.contains("disk is full"), "{draft}");
    let form = |section| super::super::to_start_with(&story.input(), section);
    assert!(form(Section::Impact).contains("about 40 customers"));
    assert!(form(Section::Summary).contains(told));
    assert!(!form(Section::Summary).contains("40 customers"));
}

/// What was written down once it was over is declared and resolved in one go: that took no time worth a length.
#[test]
fn what_is_told_afterwards_in_one_go_has_no_length() {
    let told = |known: bool| {
        let mut story = Story::new(7, chrono_tz::Tz::UTC, "2025-07-08T15:22:00Z");
        let open = Open::new("Not reachable", Severity::Sev1);
        story.does("ana", Command::Open(open));
        if known {
            let (components, start) = (Vec::new(), Some(at("2025-07-08T08:27:00Z")));
            story.does(
                "ana",
                Command::StartOutage {
                    components,
                    at: start,
                },
            );
            let (components, end) = (Vec::new(), Some(at("2025-07-08T09:57:00Z")));
            story.does(
                "ana",
                Command::EndOutage {
                    components,
                    at: end,
                },
            );
        }
        story.status("ana", Status::Resolved, "It is over.");
        let draft = story.draft();
        let told =
            "One update was written for the public, at 2025-07-08 15:22 UTC, as it was declared";
        assert!(draft.contains(told), "{draft}");
        let summary = draft.lines().find(|line| line.starts_with("INC-7 was"));
        summary.unwrap_or_default().to_owned()
    };
    insta::assert_snapshot!(told(false), @"INC-7 was a SEV1 incident (critical impact), declared by ana at 2025-07-08 15:22 UTC and resolved in the same minute. [#1](#e1), [#2](#e2)");
    insta::assert_snapshot!(told(true), @"INC-7 was a SEV1 incident (critical impact), declared by ana at 2025-07-08 15:22 UTC and resolved in the same minute, when users were no longer affected. [#1](#e1), [#4](#e4)");
}
