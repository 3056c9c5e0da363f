//! A fresh database, a writer on it, and short words for what tests do.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use scribe::incident::{
    Actor, Attachment, AttachmentId, ChannelId, Command, Context, Document, DocumentFormat,
    GuildId, Incident, IncidentKey, IncidentNumber, Message, MessageId, MessageRef, Open, Person,
    Place, Seq, Severity, Status, UserId,
};
use scribe::store::{Recorded, Request, Store, SubmitError, Target, Writer};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};
use tempfile::TempDir;

pub(crate) const GUILD: GuildId = GuildId(700);

/// A database that is gone after the test.
pub(crate) struct Desk {
    pub(crate) url: String,
    pub(crate) store: Store,
    pub(crate) writer: Writer,
    folder: TempDir,
}

/// One test per database for each promise.
macro_rules! every_database {
    ($($promise:ident)*) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $promise() {
                super::$promise(crate::desk::Desk::on_sqlite().await).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $promise() {
                super::$promise(crate::desk::Desk::on_postgres().await).await;
            })*
        }
    };
}

pub(crate) use every_database;

/// The minute after noon of one day, so that tests can tell times apart.
pub(crate) fn minute(minute: i64) -> DateTime<Utc> {
    let noon = DateTime::from_timestamp(1_752_580_800, 0).expect("a day of July 2025");
    noon + TimeDelta::minutes(minute)
}

pub(crate) fn person(id: u64) -> Actor {
    Actor::Person(Person {
        id: UserId(id),
        name: format!("person {id}"),
        bot: false,
    })
}

pub(crate) fn key(number: u32) -> IncidentKey {
    IncidentKey {
        guild: GUILD,
        number: IncidentNumber(number),
    }
}

/// A command of somebody at minute 0 that repeats nothing.
pub(crate) fn request(target: Target, command: Command) -> Request {
    Request {
        guild: GUILD,
        target,
        command,
        context: Context {
            actor: person(1),
            now: minute(0),
            origin: None,
        },
        once: None,
        quiet: false,
    }
}

/// The wish to publish a document written from the log up to an entry.
pub(crate) fn publish(base: u32, text: &str) -> Command {
    let sha256 = scribe::store::document_hash(text);
    let text = text.to_owned();
    let document = Document { text, sha256 };
    Command::Publish {
        base: Seq(base),
        documents: [(DocumentFormat::Md, document)].into(),
    }
}

pub(crate) fn status(to: Status) -> Command {
    let (message, at) = (None, None);
    Command::SetStatus { to, message, at }
}

pub(crate) fn note(text: &str) -> Command {
    Command::Note {
        text: text.to_owned(),
        at: None,
        key: false,
    }
}

/// The request by which a message of a channel is recorded.
pub(crate) fn message(number: u32, channel: u64, id: u64, text: &str) -> Request {
    let command = Command::RecordMessage {
        message: Message {
            text: text.to_owned(),
            edited_at: None,
            reply_to: None,
            attachments: Vec::new(),
        },
        at: minute(0),
    };
    let mut request = request(Target::Incident(IncidentNumber(number)), command);
    request.context.origin = Some(MessageRef {
        channel: ChannelId(channel),
        message: MessageId(id),
    });
    request.once = Some(format!("message:{id}"));
    request
}

pub(crate) fn file(id: u64) -> Attachment {
    Attachment {
        id: AttachmentId(id),
        name: format!("{id}.png"),
        size: 3,
        url: format!("https://cdn.invalid/{id}.png"),
        media_type: None,
    }
}

impl Desk {
    pub(crate) async fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let url = format!("sqlite://{}", folder.path().join("scribe.db").display());
        Self::at(url, folder).await
    }

    pub(crate) async fn on_postgres() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        Self::at(crate::postgres::fresh().await, folder).await
    }

    /// Another one, fresh, on the same kind of database.
    pub(crate) async fn another(&self) -> Self {
        match self.url.starts_with("sqlite:") {
            true => Self::on_sqlite().await,
            false => Self::on_postgres().await,
        }
    }

    async fn at(url: String, folder: TempDir) -> Self {
        let store = Store::open(&url).await.expect("a fresh database opens");
        Self {
            url,
            writer: Writer::start(store.clone()),
            store,
            folder,
        }
    }

    /// SQL as somebody with a shell could type it.
    pub(crate) async fn sql(&self, sql: &str) -> Result<(), String> {
        let sql = AssertSqlSafe(sql.to_owned());
        let done = match self.url.starts_with("sqlite:") {
            true => {
                let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
                let done = connection.execute(sqlx::raw_sql(sql)).await.map(drop);
                connection.close().await.unwrap();
                done
            }
            false => {
                let mut connection = PgConnection::connect(&self.url).await.unwrap();
                let done = connection.execute(sqlx::raw_sql(sql)).await.map(drop);
                connection.close().await.unwrap();
                done
            }
        };
        done.map_err(|error| error.to_string())
    }

    /// The same with what protects the log switched off.
    pub(crate) async fn tamper(&self, sql: &str) {
        let unprotect = match self.url.starts_with("sqlite:") {
            true => {
                "PRAGMA foreign_keys = OFF; DROP TRIGGER entries_keep; DROP TRIGGER entries_stay;
                DROP TRIGGER redactions_have_cause; DROP TRIGGER redactions_stay;"
            }
            false => "SET session_replication_role = replica;",
        };
        self.sql(&format!("{unprotect} {sql}")).await.unwrap();
    }

    /// The file of the database; only where it is one.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("scribe.db")
    }

    pub(crate) async fn submit(&self, request: Request) -> Result<Recorded, SubmitError> {
        self.writer.submit(request).await
    }

    /// Opens an incident with a channel of its own, `1000 + number`.
    pub(crate) async fn open(&self, title: &str) -> Arc<Incident> {
        let open = Command::Open(Open::new(title, Severity::Sev2));
        let opened = self.submit(request(Target::New, open)).await.unwrap();
        let number = opened.incident.key.number;
        let place = Command::OpenPlace {
            channel: ChannelId(1000 + u64::from(number.0)),
            place: Place::Channel,
        };
        self.to(number.0, place).await.incident
    }

    /// A command that must succeed.
    pub(crate) async fn to(&self, number: u32, command: Command) -> Recorded {
        let target = Target::Incident(IncidentNumber(number));
        self.submit(request(target, command)).await.unwrap()
    }

    /// Stops and starts on the same database.
    pub(crate) async fn reopen(&mut self) {
        self.writer.close().await;
        self.store.close().await;
        self.store = Store::open(&self.url).await.expect("it opens again");
        self.writer = Writer::start(self.store.clone());
    }

    /// No difference anywhere.
    pub(crate) async fn is_sound(&self) {
        let verification = self.store.verify().await.unwrap();
        assert_eq!(verification.differences, []);
        assert!(verification.entries > 0, "an empty check shows nothing");
    }
}
