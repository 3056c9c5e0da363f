//! What a redaction takes with it, seen on the disk: nowhere in the database,
//! its log and its journal does the text remain.

use scribe::incident::{
    AttachmentId, Command, Fact, IncidentNumber, Message, MessageId, REDACTED, Redaction, Seq,
};
use scribe::store::{Request, Target};
use sqlx::{Connection, PgConnection};

use crate::desk::{Desk, every_database, file, key, message, minute, note, request};

every_database! {
    a_message_goes_with_its_edits_corrections_and_files
    a_title_goes_though_the_incident_was_renamed
    a_note_and_an_action_go_with_their_corrections
    an_edit_can_go_alone
    what_comes_later_stays_out_too
    a_file_stays_while_another_entry_names_it
}

const SECRET: &str = "hunter2xyz";
/// The name of the file that was redacted: SHA-256 of what was in it.
const FILE: &str = "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8";

fn about(id: u64, command: Command, once: &str) -> Request {
    let mut request = message(1, 1001, id, "");
    request.command = command;
    request.once = Some(once.to_owned());
    request
}

fn edit(id: u64, text: &str, at: i64) -> Request {
    let (text, at) = (text.to_owned(), minute(at));
    let once = format!("edit:{id}:{at}");
    about(id, Command::RecordEdit { text, at }, &once)
}

fn keep(id: u64, attachment: u64, sha256: &str) -> Request {
    let command = Command::KeepAttachment {
        attachment: AttachmentId(attachment),
        sha256: sha256.to_owned(),
    };
    about(id, command, &format!("attachment:{attachment}"))
}

fn redact(entries: &[u32]) -> Command {
    let entries = entries.iter().copied().map(Seq).collect();
    Command::Redact(Redaction::new(entries, "a password"))
}

async fn correct(desk: &Desk, seq: u32, text: &str) {
    let target = desk.store.entry(key(1), Seq(seq)).await.unwrap().unwrap();
    let command = Command::Correct {
        target: Box::new(target),
        text: Some(text.to_owned()),
        at: None,
    };
    desk.to(1, command).await;
}

/// Whether a text is anywhere in the files of the database; on a server, whose
/// files are not ours to read, in any row of any table.
async fn is_kept(desk: &Desk, needle: &str) -> bool {
    if !desk.url.starts_with("sqlite:") {
        let mut connection = PgConnection::connect(&desk.url).await.unwrap();
        let kept = sqlx::query_scalar(
            "SELECT query_to_xml('SELECT * FROM ' || tablename, true, true, '')::text LIKE '%' || $1 || '%'
            FROM pg_tables WHERE schemaname = current_schema()",
        );
        let kept: Vec<bool> = kept.bind(needle).fetch_all(&mut connection).await.unwrap();
        assert!(kept.len() > 12, "there are tables");
        return kept.contains(&true);
    }
    let folder = desk.path().parent().unwrap().to_owned();
    let files = std::fs::read_dir(folder).unwrap();
    files.map(|file| file.unwrap().path()).any(|path| {
        let bytes = std::fs::read(path).unwrap();
        bytes
            .windows(needle.len())
            .any(|part| part == needle.as_bytes())
    })
}

/// The write-ahead log is emptied after the answer: closing waits for it.
async fn gone(mut desk: Desk, needles: &[&str]) {
    desk.writer.close().await;
    for needle in needles {
        assert!(
            !is_kept(&desk, needle).await,
            "{needle} is still on the disk"
        );
    }
    desk.reopen().await;
    desk.is_sound().await;
}

async fn a_message_goes_with_its_edits_corrections_and_files(desk: Desk) {
    desk.open("API is down").await;
    let mut posted = message(1, 1001, 5, "");
    posted.command = Command::RecordMessage {
        message: Message {
            text: format!("it is {SECRET}"),
            edited_at: None,
            reply_to: None,
            attachments: vec![file(1)],
        },
        at: minute(0),
    };
    desk.submit(posted).await.unwrap();
    desk.submit(message(1, 1001, 6, "of somebody else"))
        .await
        .unwrap();
    for (at, text) in [(2, "oh no, it was "), (1, "I meant ")] {
        let text = format!("{text}{SECRET}");
        desk.submit(edit(5, &text, at)).await.unwrap();
    }
    desk.submit(edit(6, "of somebody else, mended", 1))
        .await
        .unwrap();
    desk.submit(keep(5, 1, FILE)).await.unwrap();
    correct(&desk, 3, &format!("the password {SECRET}")).await;
    assert!(is_kept(&desk, SECRET).await && is_kept(&desk, FILE).await);

    let redacted = desk.to(1, redact(&[3])).await;
    let Fact::Redacted { entries, .. } = &redacted.entries[0].fact else {
        panic!("{redacted:?}");
    };
    assert_eq!(*entries, [3, 5, 6, 8, 9].map(Seq), "these and no others");
    let doubted = desk.store.files_in_doubt(9).await.unwrap();
    assert_eq!(doubted, [(FILE.to_owned(), false)]);
    desk.store.file_settled(FILE, false).await.unwrap();
    let log = desk.store.log(key(1)).await.unwrap();
    assert_eq!(log[3].fact.text(), Some("of somebody else"));
    assert_eq!(log[6].fact.text(), Some("of somebody else, mended"));
    gone(desk, &[SECRET, FILE, "1.png"]).await;
}

async fn a_title_goes_though_the_incident_was_renamed(desk: Desk) {
    desk.open(&format!("{SECRET} is down")).await;
    let title = "API is down".to_owned();
    desk.to(1, Command::Rename { title }).await;
    let redacted = desk.to(1, redact(&[1])).await;
    assert_eq!(redacted.incident.title, "API is down");
    gone(desk, &[SECRET]).await;
}

async fn a_note_and_an_action_go_with_their_corrections(desk: Desk) {
    desk.open("API is down").await;
    desk.to(1, note(SECRET)).await;
    let text = format!("change {SECRET}");
    let (owner, due) = (None, None);
    desk.to(1, Command::AddAction { text, owner, due }).await;
    correct(&desk, 3, &format!("not {SECRET}")).await;
    correct(&desk, 4, &format!("do change {SECRET}")).await;
    correct(&desk, 3, &format!("{SECRET} indeed")).await;
    let redacted = desk.to(1, redact(&[3, 4])).await;
    assert_eq!(redacted.incident.actions[0].text, REDACTED);
    gone(desk, &[SECRET]).await;
}

/// An edit can be all that has to go: somebody pastes a password and takes it out again.
async fn an_edit_can_go_alone(desk: Desk) {
    desk.open("API is down").await;
    desk.submit(message(1, 1001, 5, "look at this"))
        .await
        .unwrap();
    desk.submit(edit(5, SECRET, 1)).await.unwrap();
    desk.to(1, redact(&[4])).await;
    let log = desk.store.log(key(1)).await.unwrap();
    assert_eq!(log[2].fact.text(), Some("look at this"));
    gone(desk, &[SECRET]).await;
}

/// What Discord tells of the message afterwards does not bring it back.
async fn what_comes_later_stays_out_too(desk: Desk) {
    desk.open("API is down").await;
    desk.submit(message(1, 1001, 5, SECRET)).await.unwrap();
    let target = Target::Incident(IncidentNumber(1));
    // All in one batch: the message is redacted while its edit waits.
    let (redacted, edited, kept) = tokio::join!(
        desk.submit(request(target, redact(&[3]))),
        desk.submit(edit(5, &format!("{SECRET}!"), 2)),
        desk.submit(keep(5, 1, FILE)),
    );
    redacted.unwrap();
    assert_eq!(edited.unwrap().entries[0].fact.text(), Some(REDACTED));
    assert_eq!(kept.unwrap().entries, [], "a file that is not kept");
    let again = desk
        .submit(edit(5, &format!("{SECRET}?"), 3))
        .await
        .unwrap();
    assert_eq!(again.entries[0].fact.text(), Some(REDACTED));
    let once = desk.submit(message(1, 1001, 5, SECRET)).await.unwrap();
    assert!(once.repeated);
    gone(desk, &[SECRET, FILE]).await;
}

/// A file that another message has too stays, and a redaction takes what an
/// earlier one left.
async fn a_file_stays_while_another_entry_names_it(desk: Desk) {
    desk.open("API is down").await;
    for (id, text) in [(5, "first"), (6, "second")] {
        desk.submit(message(1, 1001, id, text)).await.unwrap();
        desk.submit(keep(id, id, FILE)).await.unwrap();
    }
    desk.to(1, redact(&[3])).await;
    let doubted = desk.store.files_in_doubt(9).await.unwrap();
    assert_eq!(doubted, [(FILE.to_owned(), true)]);
    // It was named when somebody looked; it is not any more.
    desk.to(1, redact(&[5])).await;
    desk.store.file_settled(FILE, true).await.unwrap();
    let doubted = desk.store.files_in_doubt(9).await.unwrap();
    assert_eq!(doubted, [(FILE.to_owned(), false)]);
    assert_eq!(desk.store.kept_files().await.unwrap(), []);
    assert!(desk.store.message(MessageId(6)).await.unwrap().is_some());
    desk.is_sound().await;
}
