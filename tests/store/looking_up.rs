use chrono::TimeDelta;
use scribe::incident::{
    AttachmentId, ChannelId, Command, Fact, IncidentNumber, Message, MessageId, MessageRef, Open,
    Seq, Severity, Status,
};
use scribe::store::{IncidentFilter, Request, Target};

use crate::desk::{Desk, GUILD, every_database, file, key, message, minute, note, request};

every_database! {
    incidents_are_found_by_what_a_filter_says
    a_message_is_found_where_it_stands_now
    an_edit_told_late_does_not_win
    an_edit_from_before_it_was_recorded_does_not_win
    channels_know_how_far_they_are_complete
    files_are_wanted_until_kept_or_lost
    posts_are_remembered
    every_fact_comes_back_as_it_was
}

fn edit(number: u32, id: u64, text: &str, at: i64) -> Request {
    let text = text.to_owned();
    let at = minute(at);
    let mut request = message(number, 1001, id, "");
    request.command = Command::RecordEdit { text, at };
    request.once = Some(format!("edit:{id}:{}", at.timestamp_millis()));
    request
}

fn deletion(number: u32, id: u64, at: i64) -> Request {
    let mut request = message(number, 1001, id, "");
    request.command = Command::RecordDeletion { at: minute(at) };
    request.once = Some(format!("deletion:{id}"));
    request
}

async fn incidents_are_found_by_what_a_filter_says(desk: Desk) {
    let declare = async |title: &str, severity, at, private| {
        let mut open = Open::new(title, severity);
        (open.at, open.private) = (Some(minute(at)), private);
        let opened = desk.submit(request(Target::New, Command::Open(open))).await;
        opened.unwrap().incident.key.number.0
    };
    let month = -30 * 24 * 60;
    declare("ÄRGER 100% of API_x", Severity::Sev1, month, false).await;
    declare("database slow", Severity::Sev2, -60, false).await;
    declare("leak", Severity::Sev1, -30, true).await;
    declare("still here", Severity::Sev4, month, false).await;
    for (number, at) in [(1, month + 60), (2, -10)] {
        let (to, message) = (Status::Resolved, None);
        let at = Some(minute(at));
        desk.to(number, Command::SetStatus { to, message, at })
            .await;
    }
    let found = async |filter: IncidentFilter| -> Vec<u32> {
        let incidents = desk.store.incidents(GUILD, &filter).await.unwrap();
        incidents
            .iter()
            .map(|incident| incident.key.number.0)
            .collect()
    };
    let all = IncidentFilter::default;
    let text = |text: &str| IncidentFilter {
        text: Some(text.to_owned()),
        ..all()
    };
    assert_eq!(found(all()).await, [4, 2, 1]);
    assert_eq!(
        found(IncidentFilter {
            include_private: true,
            ..all()
        })
        .await,
        [4, 3, 2, 1]
    );
    assert_eq!(
        found(IncidentFilter {
            open: Some(true),
            ..all()
        })
        .await,
        [4]
    );
    assert_eq!(
        found(IncidentFilter {
            open: Some(false),
            ..all()
        })
        .await,
        [2, 1]
    );
    assert_eq!(
        found(IncidentFilter {
            status: Some(Status::Resolved),
            ..all()
        })
        .await,
        [2, 1]
    );
    assert_eq!(
        found(IncidentFilter {
            severity: Some(Severity::Sev1),
            ..all()
        })
        .await,
        [1]
    );
    assert_eq!(
        found(IncidentFilter {
            limit: Some(2),
            ..all()
        })
        .await,
        [4, 2]
    );
    let before = Some(IncidentNumber(2));
    assert_eq!(found(IncidentFilter { before, ..all() }).await, [1]);
    let day = minute(-1440)..minute(0);
    assert_eq!(
        found(IncidentFilter {
            opened: Some(day.clone()),
            ..all()
        })
        .await,
        [2]
    );
    assert_eq!(
        found(IncidentFilter {
            active: Some(day),
            ..all()
        })
        .await,
        [4, 2]
    );
    // The end of a span is not part of it; half a second before is.
    let until = minute(month)..minute(-60);
    assert_eq!(
        found(IncidentFilter {
            opened: Some(until),
            ..all()
        })
        .await,
        [4, 1]
    );
    let just = minute(-60) - TimeDelta::microseconds(1)..minute(0);
    assert_eq!(
        found(IncidentFilter {
            opened: Some(just),
            ..all()
        })
        .await,
        [2]
    );
    for (typed, numbers) in [
        ("ärger", vec![1]),
        ("100% of", vec![1]),
        ("%", vec![1]),
        ("_x", vec![1]),
        ("A_I", vec![]),
        ("SLOW", vec![2]),
    ] {
        assert_eq!(found(text(typed)).await, numbers, "{typed:?}");
    }
}

async fn a_message_is_found_where_it_stands_now(desk: Desk) {
    desk.open("API is down").await;
    desk.submit(message(1, 1001, 5, "first")).await.unwrap();
    let found = async || desk.store.message(MessageId(5)).await.unwrap().unwrap();
    let posted = found().await;
    assert_eq!((posted.key, posted.channel), (key(1), ChannelId(1001)));
    assert_eq!((posted.seq, posted.text_seq), (Seq(3), Seq(3)));
    assert_eq!((posted.edited_at, posted.deleted_at), (None, None));
    desk.submit(edit(1, 5, "second", 3)).await.unwrap();
    desk.submit(deletion(1, 5, 4)).await.unwrap();
    let now = found().await;
    assert_eq!((now.seq, now.text_seq), (Seq(3), Seq(4)));
    assert_eq!(
        (now.edited_at, now.deleted_at),
        (Some(minute(3)), Some(minute(4)))
    );
    let text = desk
        .store
        .entry(now.key, now.text_seq)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(text.fact.text(), Some("second"));
    assert_eq!(desk.store.message(MessageId(6)).await.unwrap(), None);
    desk.is_sound().await;
}

async fn an_edit_from_before_it_was_recorded_does_not_win(desk: Desk) {
    desk.open("API is down").await;
    let mut seen = message(1, 1001, 5, "as seen first");
    if let Command::RecordMessage { message, .. } = &mut seen.command {
        message.edited_at = Some(minute(4));
    }
    let seen = desk.submit(seen).await.unwrap().entries[0].seq;
    desk.submit(edit(1, 5, "from before", 2)).await.unwrap();
    let now = desk.store.message(MessageId(5)).await.unwrap().unwrap();
    assert_eq!((now.text_seq, now.edited_at), (seen, Some(minute(4))));
    desk.is_sound().await;
}

async fn an_edit_told_late_does_not_win(desk: Desk) {
    desk.open("API is down").await;
    // All in one batch or in several, in an order that Discord may choose.
    let (early, post, last, middle, gone, again) = tokio::join!(
        desk.submit(edit(1, 5, "before it was told", 1)),
        desk.submit(message(1, 1001, 5, "first")),
        desk.submit(edit(1, 5, "last", 9)),
        desk.submit(edit(1, 5, "middle", 4)),
        desk.submit(deletion(1, 5, 10)),
        desk.submit(message(1, 1001, 6, "another")),
    );
    for answer in [early, post, middle, gone, again] {
        answer.unwrap();
    }
    let last = last.unwrap().entries[0].seq;
    let now = desk.store.message(MessageId(5)).await.unwrap().unwrap();
    assert_eq!((now.text_seq, now.edited_at), (last, Some(minute(9))));
    let between = desk
        .store
        .messages_between(ChannelId(1001), MessageId(1), MessageId(9));
    let ids: Vec<_> = between.await.unwrap().iter().map(|m| m.message.0).collect();
    assert_eq!(ids, [5, 6]);
    desk.is_sound().await;
}

async fn channels_know_how_far_they_are_complete(desk: Desk) {
    desk.open("API is down").await;
    let (channel, name) = (ChannelId(2001), "thread".to_owned());
    desk.to(1, Command::FollowThread { channel, name }).await;
    desk.submit(message(1, 1001, 8, "new")).await.unwrap();
    desk.submit(message(1, 1001, 7, "late")).await.unwrap();
    for through in [5, 3] {
        let complete = desk
            .store
            .complete_through(ChannelId(1001), MessageId(through));
        complete.await.unwrap();
    }
    let channels = desk.store.recorded_channels().await.unwrap();
    assert_eq!(channels.len(), 2);
    assert_eq!(channels[0].newest, Some(MessageId(8)));
    assert_eq!(
        channels[0].complete_through,
        Some(MessageId(5)),
        "it never goes back"
    );
    assert_eq!(
        (channels[1].newest, channels[1].complete_through),
        (None, None)
    );
    for channel in [1001, 2001] {
        let found = desk.store.incident_in(ChannelId(channel)).await.unwrap();
        assert_eq!(found, Some(key(1)));
    }
    assert_eq!(desk.store.incident_in(ChannelId(1)).await.unwrap(), None);
}

async fn files_are_wanted_until_kept_or_lost(desk: Desk) {
    desk.open("API is down").await;
    let mut with_files = message(1, 1001, 5, "see");
    with_files.command = Command::RecordMessage {
        message: Message {
            text: "see".to_owned(),
            edited_at: None,
            reply_to: None,
            attachments: vec![file(1), file(2), file(3)],
        },
        at: minute(0),
    };
    desk.submit(with_files).await.unwrap();
    let wanted = async |at| -> Vec<u64> {
        let wanted = desk.store.attachments_wanted(10, minute(at)).await.unwrap();
        wanted.iter().map(|one| one.attachment.id.0).collect()
    };
    assert_eq!(wanted(0).await, [1, 2, 3]);
    desk.store
        .attachment_later(key(1), AttachmentId(3), minute(5))
        .await
        .unwrap();
    let (attachment, sha256) = (AttachmentId(1), "00".repeat(32));
    desk.to(1, Command::KeepAttachment { attachment, sha256 })
        .await;
    assert_eq!(wanted(0).await, [2]);
    let (attachment, reason) = (AttachmentId(2), "404".to_owned());
    desk.to(1, Command::LoseAttachment { attachment, reason })
        .await;
    let late = desk.store.attachments_wanted(10, minute(5)).await.unwrap();
    assert_eq!(late.len(), 1);
    assert_eq!((&late[0].attachment, late[0].attempts), (&file(3), 1));
    let origin = MessageRef {
        channel: ChannelId(1001),
        message: MessageId(5),
    };
    assert_eq!((late[0].key, late[0].origin), (key(1), origin));
    desk.is_sound().await;
}

async fn posts_are_remembered(desk: Desk) {
    let at = |id| MessageRef {
        channel: ChannelId(1),
        message: MessageId(id),
    };
    for id in [u64::MAX, 7] {
        desk.store
            .remember_post(key(1), "card", at(id), minute(0))
            .await
            .unwrap();
        let post = desk.store.post(key(1), "card").await.unwrap();
        assert_eq!(post, Some(at(id)));
    }
    desk.store
        .remember_post(key(1), "topic", at(1), minute(0))
        .await
        .unwrap();
    assert_eq!(desk.store.posts(key(1)).await.unwrap().len(), 2);
    assert_eq!(desk.store.post(key(2), "card").await.unwrap(), None);
    desk.store.forget_post(key(1), "card").await.unwrap();
    assert_eq!(desk.store.post(key(1), "card").await.unwrap(), None);
}

async fn every_fact_comes_back_as_it_was(desk: Desk) {
    let odd = "quotes \" ' ; -- \\ \u{1F525} \u{202E}x {{y}} \n\t %_! \\u0000 tail";
    desk.open(odd).await;
    let recorded = desk.to(1, note(odd)).await;
    let log = desk.store.log(key(1)).await.unwrap();
    assert_eq!(log.last(), recorded.entries.last());
    let mut named = message(1, u64::MAX, u64::MAX, odd);
    named.context.actor = scribe::incident::Actor::Named {
        name: "nul \0 and \u{7f}".to_owned(),
    };
    named.context.now = minute(0) + TimeDelta::microseconds(1);
    let recorded = desk.submit(named).await.unwrap();
    let entry = desk
        .store
        .entry(key(1), Seq(4))
        .await
        .unwrap()
        .expect("it is there");
    assert_eq!(entry, recorded.entries[0]);
    assert!(matches!(entry.fact, Fact::MessagePosted(_)));
    desk.is_sound().await;
}
