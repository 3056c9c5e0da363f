//! What is derived from a log for lists, search and lookups: the rows, and the
//! steps that write them. Pure; the same code serves the writer, which adds to
//! projections, and the check, which makes them anew.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::FromRow;

use crate::incident::ending::Idle;
use crate::incident::{AttachmentId, Entry, Fact, Incident, IncidentKey, Message, Seq};

use super::backend::Sql;
use super::error::StoreError;
use super::owed::{owed_at, postmortem_asked, to_do};
use super::reviewed::LONG;
use super::row::{as_column, as_column_or_null, to_json};
use super::rows::{insert, rows};
use super::step::Step;

/// A row of `incidents`.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize)]
pub(super) struct IncidentRow {
    pub(super) guild: i64,
    pub(super) number: i64,
    pub(super) title: String,
    pub(super) status: String,
    pub(super) severity: String,
    pub(super) open: bool,
    pub(super) private: bool,
    #[serde(serialize_with = "as_column")]
    pub(super) opened_at: DateTime<Utc>,
    #[serde(serialize_with = "as_column")]
    pub(super) active_from: DateTime<Utc>,
    #[serde(serialize_with = "as_column_or_null")]
    pub(super) active_until: Option<DateTime<Utc>>,
    pub(super) open_actions: i64,
    #[serde(serialize_with = "as_column_or_null")]
    pub(super) owed_at: Option<DateTime<Utc>>,
    pub(super) lasting: bool,
    pub(super) postmortem_asked: Option<String>,
    pub(super) idle_place: Option<String>,
    #[serde(serialize_with = "as_column_or_null")]
    pub(super) idle_since: Option<DateTime<Utc>>,
    pub(super) last_seq: i64,
    pub(super) last_hash: String,
    pub(super) state: String,
}

impl IncidentRow {
    pub(super) fn new(incident: &Incident, last_hash: &str) -> Result<Self, StoreError> {
        let status = incident.status_now();
        let starts = incident.outages.iter().map(|window| window.start);
        let changes = incident.status.changes().iter().map(|change| change.at);
        let first = starts.chain(changes).min();
        let lasts = status.is_open() || incident.open_outages().next().is_some();
        let ends = incident.outages.iter().filter_map(|window| window.end);
        let last = ends.map(|(end, _)| end).max();
        let active_from = first.map_or(incident.opened_at, |first| first.min(incident.opened_at));
        let active_until = (!lasts)
            .then(|| last.max(Some(incident.status_since())))
            .flatten();
        let idle = Idle::of(incident);
        let long = active_until.is_none_or(|until| until - active_from > LONG);
        Ok(Self {
            guild: incident.key.guild.0.cast_signed(),
            number: incident.key.number.0.into(),
            title: incident.title.to_lowercase(),
            status: status.to_string(),
            severity: incident.severity_now().to_string(),
            open: status.is_open(),
            private: incident.private,
            opened_at: incident.opened_at,
            active_from,
            active_until,
            open_actions: i64::try_from(to_do(incident).count()).unwrap_or(i64::MAX),
            owed_at: owed_at(incident),
            lasting: to_do(incident).next().is_some() || long,
            postmortem_asked: postmortem_asked(incident),
            idle_place: idle.map(|idle| idle.place.to_string()),
            idle_since: idle.map(|idle| idle.since),
            last_seq: incident.last_seq.0.into(),
            last_hash: last_hash.to_owned(),
            state: to_json(incident)?,
        })
    }
}

impl IncidentRow {
    /// Whether lists and searches show it as they show `other`: all but how far
    /// its log is, and the state, is the same.
    pub(super) fn is_listed_as(&self, other: &Self) -> bool {
        let Self {
            last_seq,
            last_hash,
            state,
            ..
        } = self;
        let other = Self {
            last_seq: *last_seq,
            last_hash: last_hash.clone(),
            state: state.clone(),
            ..other.clone()
        };
        *self == other
    }
}

/// A row of `channels`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, FromRow, Serialize)]
pub(super) struct ChannelRow {
    pub(super) channel: i64,
    pub(super) guild: i64,
    pub(super) number: i64,
}

/// A row of `messages`.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize)]
pub(super) struct MessageRow {
    pub(super) guild: i64,
    pub(super) number: i64,
    pub(super) message: i64,
    pub(super) channel: i64,
    pub(super) seq: i64,
    pub(super) text_seq: i64,
    #[serde(serialize_with = "as_column_or_null")]
    pub(super) edited_at: Option<DateTime<Utc>>,
    #[serde(serialize_with = "as_column_or_null")]
    pub(super) deleted_at: Option<DateTime<Utc>>,
}

/// A row of `attachments`, less what only fetching it knows.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize)]
pub(super) struct AttachmentRow {
    pub(super) guild: i64,
    pub(super) number: i64,
    pub(super) attachment: i64,
    pub(super) seq: i64,
    pub(super) channel: i64,
    pub(super) message: i64,
    pub(super) file: String,
    #[serde(serialize_with = "as_column")]
    pub(super) due_at: DateTime<Utc>,
}

/// A message that was edited or deleted.
#[derive(Serialize)]
struct MessageChange {
    guild: i64,
    number: i64,
    message: i64,
    seq: i64,
    #[serde(serialize_with = "as_column_or_null")]
    edited_at: Option<DateTime<Utc>>,
    #[serde(serialize_with = "as_column_or_null")]
    deleted_at: Option<DateTime<Utc>>,
}

/// A file that need not be fetched any more: by its id, or all of an entry.
#[derive(Serialize)]
struct AttachmentGone {
    guild: i64,
    number: i64,
    attachment: Option<i64>,
    seq: Option<i64>,
}

/// An incident, for statements about all that is stored of it.
#[derive(Serialize)]
pub(super) struct Key {
    guild: i64,
    number: i64,
}

impl From<IncidentKey> for Key {
    fn from(key: IncidentKey) -> Self {
        Self {
            guild: key.guild.0.cast_signed(),
            number: key.number.0.into(),
        }
    }
}

/// What a migration leaves of a state that it cannot bring up to date: it is
/// made from the log when it is next read.
pub(super) const STATE_TO_MAKE: &str = r#"{"make":"anew"}"#;

const PUT_INCIDENTS: Sql = insert!(
    "incidents",
    (guild bigint, number bigint, title text, status text, severity text, open boolean, private boolean,
        opened_at timestamptz, active_from timestamptz, active_until timestamptz,
        open_actions bigint, owed_at timestamptz, lasting boolean, postmortem_asked text,
        idle_place text, idle_since timestamptz, last_seq bigint, last_hash text, state text),
    "ON CONFLICT (guild, number) DO UPDATE SET title = excluded.title, status = excluded.status, severity = excluded.severity,
        open = excluded.open, private = excluded.private, opened_at = excluded.opened_at, active_from = excluded.active_from,
        active_until = excluded.active_until,
        open_actions = excluded.open_actions, owed_at = excluded.owed_at, lasting = excluded.lasting,
        postmortem_asked = excluded.postmortem_asked, idle_place = excluded.idle_place, idle_since = excluded.idle_since, last_seq = excluded.last_seq, last_hash = excluded.last_hash, state = excluded.state"
);

/// The same where nothing changes that lists show, as with most entries:
/// SQLite writes each index anew whose columns a statement names.
const MOVE_INCIDENTS: Sql = rows!(
    "UPDATE incidents SET last_seq = r.last_seq, last_hash = r.last_hash, state = r.state FROM ",
    (guild bigint, number bigint, last_seq bigint, last_hash text, state text),
    "WHERE incidents.guild = r.guild AND incidents.number = r.number"
);

const ADD_CHANNELS: Sql = insert!(
    "channels",
    (channel bigint, guild bigint, number bigint),
    "ON CONFLICT DO NOTHING"
);

const ADD_MESSAGES: Sql = insert!(
    "messages",
    (guild bigint, number bigint, message bigint, channel bigint, seq bigint, text_seq bigint,
        edited_at timestamptz, deleted_at timestamptz),
    "ON CONFLICT DO NOTHING"
);

/// An edit told late does not override one that was made later.
const CHANGE_MESSAGES: Sql = rows!(
    "UPDATE messages SET
        text_seq = CASE WHEN r.edited_at IS NULL OR r.edited_at < messages.edited_at THEN messages.text_seq ELSE r.seq END,
        edited_at = CASE WHEN r.edited_at IS NULL OR r.edited_at < messages.edited_at THEN messages.edited_at ELSE r.edited_at END,
        deleted_at = coalesce(messages.deleted_at, r.deleted_at)
    FROM ",
    (guild bigint, number bigint, message bigint, seq bigint, edited_at timestamptz, deleted_at timestamptz),
    "WHERE messages.guild = r.guild AND messages.number = r.number AND messages.message = r.message"
);

const ADD_ATTACHMENTS: Sql = insert!(
    "attachments",
    (guild bigint, number bigint, attachment bigint, seq bigint, channel bigint, message bigint, file text, due_at timestamptz),
    "ON CONFLICT DO NOTHING"
);

const DROP_ATTACHMENTS: Sql = rows!(
    "DELETE FROM attachments WHERE EXISTS (SELECT 1 FROM ",
    (guild bigint, number bigint, attachment bigint, seq bigint),
    "WHERE r.guild = attachments.guild AND r.number = attachments.number
        AND (r.attachment = attachments.attachment OR r.seq = attachments.seq))"
);

const FORGET_INCIDENTS: Sql = rows!(
    "DELETE FROM incidents WHERE (guild, number) IN (SELECT r.guild, r.number FROM ",
    (guild bigint, number bigint),
    ")"
);
const FORGET_CHANNELS: Sql = rows!(
    "DELETE FROM channels WHERE (guild, number) IN (SELECT r.guild, r.number FROM ",
    (guild bigint, number bigint),
    ")"
);
const FORGET_MESSAGES: Sql = rows!(
    "DELETE FROM messages WHERE (guild, number) IN (SELECT r.guild, r.number FROM ",
    (guild bigint, number bigint),
    ")"
);
const FORGET_ATTACHMENTS: Sql = rows!(
    "DELETE FROM attachments WHERE (guild, number) IN (SELECT r.guild, r.number FROM ",
    (guild bigint, number bigint),
    ")"
);

/// The step that brings the rows of incidents up to date.
pub(super) fn put_incidents(rows: &[IncidentRow]) -> Result<Option<Step>, StoreError> {
    Step::of(PUT_INCIDENTS, rows)
}

/// The same for rows that are there and [listed as](IncidentRow::is_listed_as) before.
pub(super) fn move_incidents(rows: &[IncidentRow]) -> Result<Option<Step>, StoreError> {
    Step::of(MOVE_INCIDENTS, rows)
}

/// The steps that remove every projection of an incident.
pub(super) fn forget(key: IncidentKey) -> Result<Vec<Step>, StoreError> {
    let row = Key::from(key);
    [
        FORGET_INCIDENTS,
        FORGET_CHANNELS,
        FORGET_MESSAGES,
        FORGET_ATTACHMENTS,
    ]
    .into_iter()
    .map(|sql| Step::new(sql, std::slice::from_ref(&row)))
    .collect()
}

/// The steps that add new entries to the projections of their incidents, in
/// the order of the entries.
pub(super) fn follow<'a>(
    entries: impl IntoIterator<Item = (IncidentKey, &'a Entry)>,
) -> Result<Vec<Step>, StoreError> {
    let mut pending = Pending::default();
    for (key, entry) in entries {
        pending.add(key, entry)?;
    }
    pending.flush()?;
    Ok(pending.steps)
}

/// Rows that go into one statement together. What changes a row waits until
/// the row is in, and no row is changed twice by one statement.
#[derive(Default)]
struct Pending {
    channels: Vec<ChannelRow>,
    messages: Vec<MessageRow>,
    attachments: Vec<AttachmentRow>,
    gone: Vec<AttachmentGone>,
    changes: Vec<MessageChange>,
    changed: BTreeSet<(IncidentKey, i64)>,
    steps: Vec<Step>,
}

impl Pending {
    fn add(&mut self, key: IncidentKey, entry: &Entry) -> Result<(), StoreError> {
        let (guild, number) = (key.guild.0.cast_signed(), i64::from(key.number.0));
        let seq = i64::from(entry.seq.0);
        match &entry.fact {
            Fact::PlaceOpened { channel, .. } | Fact::ThreadFollowed { channel, .. } => {
                let channel = channel.0.cast_signed();
                self.channels.push(ChannelRow {
                    channel,
                    guild,
                    number,
                });
            }
            Fact::MessagePosted(message) => {
                if !self.changes.is_empty() || !self.gone.is_empty() {
                    self.flush()?;
                }
                self.messages.extend(posted(key, entry, message));
                self.attachments.extend(files(key, entry)?);
            }
            Fact::MessageEdited { .. } | Fact::MessageDeleted {} => {
                let Some(origin) = entry.origin else {
                    return Ok(());
                };
                let message = origin.message.0.cast_signed();
                if !self.changed.insert((key, message)) {
                    self.flush()?;
                    self.changed.insert((key, message));
                }
                let edited = matches!(entry.fact, Fact::MessageEdited { .. });
                self.changes.push(MessageChange {
                    guild,
                    number,
                    message,
                    seq,
                    edited_at: edited.then_some(entry.happened_at),
                    deleted_at: (!edited).then_some(entry.happened_at),
                });
            }
            Fact::AttachmentKept { attachment, .. } | Fact::AttachmentLost { attachment, .. } => {
                self.gone.push(AttachmentGone {
                    guild,
                    number,
                    attachment: Some(attachment.0.cast_signed()),
                    seq: None,
                });
            }
            Fact::Redacted { entries, .. } => {
                self.gone.extend(entries.iter().map(|entry| AttachmentGone {
                    guild,
                    number,
                    attachment: None,
                    seq: Some(entry.0.into()),
                }));
            }
            _ => {}
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), StoreError> {
        self.changed.clear();
        let steps = [
            Step::of(ADD_CHANNELS, &std::mem::take(&mut self.channels))?,
            Step::of(ADD_MESSAGES, &std::mem::take(&mut self.messages))?,
            Step::of(CHANGE_MESSAGES, &std::mem::take(&mut self.changes))?,
            Step::of(ADD_ATTACHMENTS, &std::mem::take(&mut self.attachments))?,
            Step::of(DROP_ATTACHMENTS, &std::mem::take(&mut self.gone))?,
        ];
        self.steps.extend(steps.into_iter().flatten());
        Ok(())
    }
}

fn posted(key: IncidentKey, entry: &Entry, message: &Message) -> Option<MessageRow> {
    let origin = entry.origin?;
    Some(MessageRow {
        guild: key.guild.0.cast_signed(),
        number: key.number.0.into(),
        message: origin.message.0.cast_signed(),
        channel: origin.channel.0.cast_signed(),
        seq: entry.seq.0.into(),
        text_seq: entry.seq.0.into(),
        edited_at: message.edited_at,
        deleted_at: None,
    })
}

fn files(key: IncidentKey, entry: &Entry) -> Result<Vec<AttachmentRow>, StoreError> {
    let (Fact::MessagePosted(message), Some(origin)) = (&entry.fact, entry.origin) else {
        return Ok(Vec::new());
    };
    let row = |attachment: &crate::incident::Attachment| {
        Ok(AttachmentRow {
            guild: key.guild.0.cast_signed(),
            number: key.number.0.into(),
            attachment: attachment.id.0.cast_signed(),
            seq: entry.seq.0.into(),
            channel: origin.channel.0.cast_signed(),
            message: origin.message.0.cast_signed(),
            file: to_json(attachment)?,
            due_at: entry.recorded_at,
        })
    };
    message.attachments.iter().map(row).collect()
}

/// The projections of a whole log besides its row in `incidents`: what the
/// tables must hold.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Expected {
    pub(super) channels: BTreeSet<i64>,
    pub(super) messages: BTreeMap<i64, MessageRow>,
    pub(super) attachments: BTreeSet<i64>,
}

/// Derives the projections from a log.
pub(super) fn expected(key: IncidentKey, log: &[Entry]) -> Expected {
    let mut all = Expected::default();
    let mut files: BTreeMap<AttachmentId, Seq> = BTreeMap::new();
    for entry in log {
        let message = entry.origin.map(|origin| origin.message.0.cast_signed());
        let known = message.and_then(|message| all.messages.get_mut(&message));
        match (&entry.fact, known) {
            (Fact::PlaceOpened { channel, .. } | Fact::ThreadFollowed { channel, .. }, _) => {
                all.channels.insert(channel.0.cast_signed());
            }
            (Fact::MessagePosted(message), known) => {
                if let (None, Some(row)) = (known, posted(key, entry, message)) {
                    all.messages.insert(row.message, row);
                }
                if entry.origin.is_some() {
                    for file in &message.attachments {
                        files.entry(file.id).or_insert(entry.seq);
                    }
                }
            }
            (Fact::MessageEdited { .. }, Some(row)) if Some(entry.happened_at) >= row.edited_at => {
                row.edited_at = Some(entry.happened_at);
                row.text_seq = entry.seq.0.into();
            }
            (Fact::MessageDeleted {}, Some(row)) => {
                row.deleted_at = row.deleted_at.or(Some(entry.happened_at));
            }
            (Fact::AttachmentKept { attachment, .. }, _)
            | (Fact::AttachmentLost { attachment, .. }, _) => {
                files.remove(attachment);
            }
            (Fact::Redacted { entries, .. }, _) => {
                files.retain(|_, seq| !entries.contains(seq));
            }
            _ => {}
        }
    }
    all.attachments = files.keys().map(|id| id.0.cast_signed()).collect();
    all
}
