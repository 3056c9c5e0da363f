//! Rules told as short stories: what is refused, what is taken, what it means.

use chrono::{DateTime, Datelike, TimeDelta, Utc};

use super::random_log::KEY;
use super::*;

/// An incident under test and its clock, minutes after noon.
struct Story {
    log: Vec<Entry>,
    state: Option<Incident>,
    now: i64,
}

fn noon(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_749_297_600, 0).unwrap() + TimeDelta::minutes(minutes)
}

fn person(name: &str) -> Person {
    Person {
        id: UserId(name.bytes().map(u64::from).sum()),
        name: name.to_owned(),
        bot: false,
    }
}

impl Story {
    fn open() -> Self {
        let mut story = Self {
            log: Vec::new(),
            state: None,
            now: 0,
        };
        let open = Command::Open(Open::new("API is down", Severity::Sev1));
        story.does(open).unwrap();
        story
    }

    fn does(&mut self, command: Command) -> Result<Vec<Entry>, Refusal> {
        let context = Context {
            actor: Actor::Person(person("ana")),
            now: noon(self.now),
            origin: Some(MessageRef {
                channel: ChannelId(1),
                message: MessageId(1),
            }),
        };
        let new = decide(self.state.as_ref(), command, &context)?;
        for entry in &new {
            let state = Incident::evolve(KEY, self.state.take(), entry).unwrap();
            self.state = Some(state);
        }
        self.log.extend(new.clone());
        Ok(new)
    }

    fn status(&mut self, to: Status, at: Option<i64>) -> Result<Vec<Entry>, Refusal> {
        let at = at.map(noon);
        let message = None;
        self.does(Command::SetStatus { to, message, at })
    }

    fn outage(&mut self, start: i64, end: i64) -> Result<Vec<Entry>, Refusal> {
        let components = Vec::new();
        let at = Some(noon(start));
        self.does(Command::StartOutage { components, at })?;
        let components = Vec::new();
        let at = Some(noon(end));
        self.does(Command::EndOutage { components, at })
    }

    fn state(&self) -> &Incident {
        self.state.as_ref().unwrap()
    }
}

#[test]
fn an_incident_goes_back_skips_and_comes_again() {
    use Status::*;
    let mut story = Story::open();
    for (minute, to) in [
        (1, Monitoring),
        (2, Investigating),
        (3, Resolved),
        (4, Identified),
        (5, Resolved),
        (6, Postmortem),
    ] {
        story.now = minute;
        story.status(to, None).unwrap();
    }
    assert_eq!(story.state().resolved_at(), Some(noon(5)));
    assert_eq!(
        story.status(Cancelled, None),
        Err(Refusal::NotFromHere {
            from: Postmortem,
            to: Cancelled
        })
    );
}

#[test]
fn time_does_not_run_backwards_in_a_log() {
    let mut story = Story::open();
    story.now = 300;
    story.status(Status::Identified, None).unwrap();
    story.now = 10;
    story.status(Status::Resolved, None).unwrap();
    assert_eq!(story.state().status_now(), Status::Resolved);
    let last = story.log.last().unwrap();
    assert_eq!((last.happened_at, last.recorded_at), (noon(300), noon(300)));
    story.now = 301;
    story.status(Status::Investigating, None).unwrap();
    assert_eq!(story.log.last().unwrap().recorded_at, noon(301));
}

#[test]
fn a_postmortem_needs_a_resolved_incident() {
    let mut story = Story::open();
    let refused = story.status(Status::Postmortem, None);
    let (from, to) = (Status::Investigating, Status::Postmortem);
    assert_eq!(refused, Err(Refusal::NotFromHere { from, to }));
    assert_eq!(story.log.len(), 1);
}

#[test]
fn the_same_status_with_words_is_an_update_and_without_is_refused() {
    let mut story = Story::open();
    let status = Status::Investigating;
    assert_eq!(
        story.status(status, None),
        Err(Refusal::SameStatus { status })
    );
    let message = Some("still looking".to_owned());
    let new = story
        .does(Command::SetStatus {
            to: status,
            message,
            at: None,
        })
        .unwrap();
    let message = "still looking".to_owned();
    assert_eq!(new[0].fact, Fact::Updated { status, message });
}

#[test]
fn a_status_told_late_does_not_undo_what_came_after_it() {
    let mut story = Story::open();
    story.now = 30;
    story.status(Status::Resolved, None).unwrap();
    story.status(Status::Identified, Some(10)).unwrap();
    assert_eq!(story.state().status_now(), Status::Resolved);
    assert_eq!(
        Metrics::of(story.state()).identify,
        Ok(TimeDelta::minutes(10))
    );
}

#[test]
fn a_status_from_before_the_declaration_holds() {
    let mut story = Story::open();
    story.now = 5;
    story.status(Status::Identified, Some(-10)).unwrap();
    assert_eq!(story.state().status_now(), Status::Identified);
    assert_eq!(story.state().opened_at, noon(0));
}

#[test]
fn nothing_happens_in_the_future() {
    let mut story = Story::open();
    let refused = story.status(Status::Identified, Some(1));
    let (at, now) = (noon(1), noon(0));
    assert_eq!(refused, Err(Refusal::InFuture { at, now }));
}

#[test]
fn several_windows_add_up_and_metrics_count_from_the_first() {
    let mut story = Story::open();
    story.now = 4000;
    story.outage(-20, 5).unwrap();
    story.outage(2000, 2065).unwrap();
    assert_eq!(story.state().downtime(noon(9000)), TimeDelta::minutes(90));
    let metrics = Metrics::of(story.state());
    assert_eq!(metrics.declare, Ok(TimeDelta::minutes(20)));
    assert_eq!(metrics.mitigate, Ok(TimeDelta::minutes(2085)));
    assert_eq!(metrics.resolve, Err(Missing::NotResolved));
}

#[test]
fn an_outage_ends_once_and_after_its_start() {
    let mut story = Story::open();
    story.now = 60;
    let refused = story.does(Command::EndOutage {
        components: vec![],
        at: None,
    });
    assert_eq!(refused, Err(Refusal::NoOpenOutage));
    let refused = story.outage(30, 20);
    let (entry, start, end) = (Seq(2), noon(30), noon(20));
    assert_eq!(refused, Err(Refusal::EndsBeforeStart { entry, start, end }));
    let again = Command::StartOutage {
        components: vec![],
        at: None,
    };
    let since = noon(30);
    assert_eq!(
        story.does(again),
        Err(Refusal::OutageAlreadyOpen { entry, since })
    );
}

#[test]
fn a_corrected_time_moves_the_window_and_a_wrong_one_is_refused() {
    let mut story = Story::open();
    story.now = 100;
    story.outage(10, 20).unwrap();
    let target = Box::new(story.log[2].clone());
    let at = Some(noon(52));
    story
        .does(Command::Correct {
            target: target.clone(),
            text: None,
            at,
        })
        .unwrap();
    assert_eq!(story.state().downtime(noon(100)), TimeDelta::minutes(42));
    let at = Some(noon(5));
    let refused = story.does(Command::Correct {
        target,
        text: None,
        at,
    });
    let (entry, start, end) = (Seq(2), noon(10), noon(5));
    assert_eq!(refused, Err(Refusal::EndsBeforeStart { entry, start, end }));
}

#[test]
fn edits_and_deletions_gather_at_their_message() {
    let mut story = Story::open();
    let message = Message {
        text: "rolled back 811".into(),
        edited_at: None,
        reply_to: None,
        attachments: vec![],
    };
    story
        .does(Command::RecordMessage {
            message,
            at: noon(1),
        })
        .unwrap();
    story
        .does(Command::RecordEdit {
            text: "rolled back 812".into(),
            at: noon(2),
        })
        .unwrap();
    story.does(Command::RecordDeletion { at: noon(3) }).unwrap();
    let lines = timeline(&story.log);
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1].text, Some("rolled back 812"));
    assert_eq!(lines[1].revisions[0].text, Some("rolled back 811"));
    assert_eq!(lines[1].deleted_at, Some(noon(3)));
}

#[test]
fn an_edit_told_late_stands_before_the_text_that_was_recorded_first() {
    let mut story = Story::open();
    let message = Message {
        text: "rolled back 813".into(),
        edited_at: Some(noon(3)),
        reply_to: None,
        attachments: vec![],
    };
    let posted = Command::RecordMessage {
        message,
        at: noon(1),
    };
    story.does(posted).unwrap();
    for (text, minute) in [("rolled back 814", 4), ("rolled back 812", 2)] {
        let (text, at) = (text.into(), noon(minute));
        story.does(Command::RecordEdit { text, at }).unwrap();
    }
    let lines = timeline(&story.log);
    assert_eq!(lines[1].text, Some("rolled back 814"));
    let before: Vec<_> = lines[1]
        .revisions
        .iter()
        .map(|revision| (revision.text, revision.by, revision.changed_at))
        .collect();
    let told_late = (Some("rolled back 812"), lines[1].entry.seq, noon(3));
    let recorded_first = (Some("rolled back 813"), Seq(3), noon(4));
    assert_eq!(before, [told_late, recorded_first]);
}

#[test]
fn a_redacted_text_is_gone_from_state_and_timeline() {
    let mut story = Story::open();
    let reason = "token".to_owned();
    let entries = vec![Seq(1)];
    story
        .does(Command::Redact(Redaction::new(
            entries.clone(),
            reason.clone(),
        )))
        .unwrap();
    assert_eq!(story.state().title, REDACTED);
    assert_eq!(timeline(&story.log)[0].text, Some(REDACTED));
    let entry = Seq(1);
    assert_eq!(
        story.does(Command::Redact(Redaction::new(entries, reason))),
        Err(Refusal::AlreadyRedacted { entry })
    );
}

#[test]
fn titles_are_cleaned_and_bounded() {
    let mut story = Story::open();
    let mut rename = |title: &str| {
        story.does(Command::Rename {
            title: title.to_owned(),
        })
    };
    assert_eq!(
        rename(" \u{202E}\0 "),
        Err(Refusal::EmptyText { option: "title" })
    );
    let (chars, most) = (201, 200);
    assert_eq!(
        rename(&"é".repeat(201)),
        Err(Refusal::TitleTooLong { chars, most })
    );
    rename(&"🔥".repeat(200)).unwrap();
    assert_eq!(story.state().title.chars().count(), 200);
}

#[test]
fn a_second_click_says_that_it_is_so_already() {
    let mut story = Story::open();
    let to = person("ben");
    let role = Role::commander();
    let give = Command::GiveRole {
        role: role.clone(),
        to,
    };
    story.does(give.clone()).unwrap();
    let name = "ben".to_owned();
    assert_eq!(story.does(give), Err(Refusal::SameHolder { role, name }));
    story
        .does(Command::MarkKey {
            entry: Seq(1),
            by_pin: false,
        })
        .unwrap();
    let refused = story.does(Command::MarkKey {
        entry: Seq(1),
        by_pin: false,
    });
    assert_eq!(refused, Err(Refusal::AlreadyKey { entry: Seq(1) }));
}

#[test]
fn a_record_of_the_past_is_taken_over_in_silence() {
    let told = |source: Option<Source>| {
        let context = Context {
            actor: Actor::Scribe,
            now: noon(60),
            origin: None,
        };
        let open = Open {
            source,
            at: Some(noon(0)),
            ..Open::new("API is down", Severity::Sev1)
        };
        let resolve = Command::SetStatus {
            to: Status::Resolved,
            message: None,
            at: Some(noon(30)),
        };
        let mut state = None;
        let mut told = Vec::new();
        for command in [Command::Open(open), resolve] {
            let entries = decide(state.as_ref(), command, &context).unwrap();
            for entry in &entries {
                state = Some(Incident::evolve(KEY, state.take(), entry).unwrap());
            }
            told.extend(outgoing(state.as_ref().unwrap(), &entries));
        }
        told
    };
    let source = Source {
        system: SourceSystem::Statuspage,
        id: "w554d74dv18j".to_owned(),
        url: None,
    };
    assert_eq!(told(Some(source)), []);
    assert!(told(None).contains(&Outgoing::OpenPlace));
}

#[test]
fn only_what_is_over_is_taken_up_again() {
    let mut story = Story::open();
    let reopen = |to| Command::Reopen {
        to,
        reason: Some("it came back".to_owned()),
    };
    let (status, to) = (Status::Investigating, Status::Monitoring);
    let refused = story.does(reopen(to));
    assert_eq!(refused, Err(Refusal::NotToBeReopened { status, to }));
    story
        .does(Command::SetStatus {
            to: Status::Resolved,
            message: None,
            at: None,
        })
        .unwrap();
    let (status, to) = (Status::Resolved, Status::Postmortem);
    let refused = story.does(reopen(to));
    assert_eq!(refused, Err(Refusal::NotToBeReopened { status, to }));
    story.now += 1;
    story.does(reopen(Status::Monitoring)).unwrap();
    // The second of two who do it at once writes nothing.
    let (status, to) = (Status::Monitoring, Status::Monitoring);
    let refused = story.does(reopen(to));
    assert_eq!(refused, Err(Refusal::NotToBeReopened { status, to }));
}

#[test]
fn a_year_that_nothing_can_keep_is_refused() {
    let mut story = Story::open();
    let far = |year: i32| noon(0).with_year(year).unwrap();
    for year in [-1, 10_000, 200_000] {
        let at = far(year);
        let message = Message {
            text: "said".to_owned(),
            edited_at: None,
            reply_to: None,
            attachments: Vec::new(),
        };
        let text = "do it".to_owned();
        let (owner, due) = (None, Some(at));
        let refused = Err(Refusal::NoSuchYear { year });
        assert_eq!(story.does(Command::RecordMessage { message, at }), refused);
        assert_eq!(story.does(Command::AddAction { text, owner, due }), refused);
        let (from, to, recovered) = (at, noon(0), 1);
        let absence = Command::RecordAbsence {
            from,
            to,
            recovered,
            compared_since: None,
            unread: Vec::new(),
        };
        assert_eq!(story.does(absence), refused);
    }
    let note = |at| Command::Note {
        text: "long ago".to_owned(),
        at: Some(at),
        key: false,
    };
    let year = -1;
    assert_eq!(
        story.does(note(far(year))),
        Err(Refusal::NoSuchYear { year })
    );
    story.does(note(far(1))).unwrap();
}

#[test]
fn who_writes_a_section_at_the_same_time_loses_nothing() {
    let mut story = Story::open();
    let mut write = |text: &str, base: Option<u32>| {
        story.does(Command::WriteSection {
            section: Section::RootCause,
            text: text.to_owned(),
            base: base.map(Seq),
        })?;
        Ok::<_, Refusal>(story.state().words[&Section::RootCause].clone())
    };
    assert_eq!(write("a deploy", None), Ok(vec![Seq(2)]));
    // Two have the first version before them; the second to send adds to the other's.
    assert_eq!(write("the deploy of 812", Some(2)), Ok(vec![Seq(3)]));
    assert_eq!(write("no canary", Some(2)), Ok(vec![Seq(3), Seq(4)]));
    // Whoever has both before them brings them together.
    assert_eq!(write("812, without a canary", Some(4)), Ok(vec![Seq(5)]));
    let option = "text";
    assert_eq!(write(" \n", Some(5)), Err(Refusal::EmptyText { option }));
    let (entry, last) = (Seq(9), Seq(5));
    assert_eq!(
        write("x", Some(9)),
        Err(Refusal::NoSuchEntry { entry, last })
    );
}
