use scribe::incident::{
    Command, IncidentNumber, Message, MessageId, REDACTED, Redaction, Refusal, Seq,
};
use scribe::store::{ExportScope, SubmitError, Target};

use crate::backup::exported;
use crate::desk::{Desk, every_database, file, key, message, minute, note, request};

every_database! {
    a_redacted_text_is_gone_and_the_log_stays_checkable
    what_is_written_and_redacted_together_is_gone_too
    a_redacted_file_is_not_fetched
}

fn redact(entries: &[u32]) -> Command {
    let entries = entries.iter().copied().map(Seq).collect();
    Command::Redact(Redaction::new(entries, "a password"))
}

async fn a_redacted_text_is_gone_and_the_log_stays_checkable(mut desk: Desk) {
    desk.open("hunter2 is down").await;
    desk.submit(message(1, 1001, 5, "it is hunter2"))
        .await
        .unwrap();
    let text = "ask for hunter2".to_owned();
    let (owner, due) = (None, None);
    desk.to(1, Command::AddAction { text, owner, due }).await;
    let redacted = desk.to(1, redact(&[1, 3, 4])).await;
    assert_eq!(redacted.incident.title, REDACTED);

    let log = desk.store.log(key(1)).await.unwrap();
    assert!(!format!("{log:?}").contains("hunter2"));
    assert_eq!(log[2].fact.text(), Some(REDACTED));
    let incident = desk.store.incident(key(1)).await.unwrap().unwrap();
    assert_eq!(incident, *redacted.incident);
    assert!(!format!("{incident:?}").contains("hunter2"));
    let exported = exported(&desk.store, ExportScope::Everything).await;
    assert!(!exported.contains("hunter2"));
    let found = desk.store.message(MessageId(5)).await.unwrap().unwrap();
    assert_eq!(found.seq, Seq(3));
    desk.is_sound().await;

    let again = desk
        .submit(message(1, 1001, 5, "it is hunter2"))
        .await
        .unwrap();
    assert!(again.repeated, "redelivered, it does not come back");
    assert_eq!(again.entries[0].fact.text(), Some(REDACTED));
    let target = Target::Incident(IncidentNumber(1));
    let twice = desk.submit(request(target, redact(&[3]))).await;
    assert!(matches!(
        twice,
        Err(SubmitError::Refused(Refusal::AlreadyRedacted {
            entry: Seq(3)
        }))
    ));
    desk.reopen().await;
    desk.is_sound().await;
}

async fn what_is_written_and_redacted_together_is_gone_too(desk: Desk) {
    desk.open("API is down").await;
    let target = Target::Incident(IncidentNumber(1));
    let (posted, redacted, noted) = tokio::join!(
        desk.submit(message(1, 1001, 5, "hunter2")),
        desk.submit(request(target, redact(&[3]))),
        desk.submit(request(target, note("after"))),
    );
    for answer in [posted, redacted, noted] {
        answer.unwrap();
    }
    let log = desk.store.log(key(1)).await.unwrap();
    assert_eq!(log.len(), 5);
    assert!(!format!("{log:?}").contains("hunter2"));
    desk.is_sound().await;
}

async fn a_redacted_file_is_not_fetched(desk: Desk) {
    desk.open("API is down").await;
    let mut with_file = message(1, 1001, 5, "");
    with_file.command = Command::RecordMessage {
        message: Message {
            text: String::new(),
            edited_at: None,
            reply_to: None,
            attachments: vec![file(1)],
        },
        at: minute(0),
    };
    desk.submit(with_file).await.unwrap();
    assert_eq!(
        desk.store
            .attachments_wanted(9, minute(0))
            .await
            .unwrap()
            .len(),
        1
    );
    desk.to(1, redact(&[3])).await;
    assert_eq!(
        desk.store.attachments_wanted(9, minute(0)).await.unwrap(),
        []
    );
    desk.is_sound().await;
}
