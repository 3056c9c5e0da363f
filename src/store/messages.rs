//! Recorded messages and up to where the record of a channel is complete.

use chrono::{DateTime, Utc};

use crate::incident::{ChannelId, IncidentKey, MessageId, Seq};

use super::backend::on;
use super::error::StoreError;
use super::open::Store;
use super::projection::MessageRow;
use super::row::{key, seq};

/// Where a recorded message is in the logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedMessage {
    /// The incident that has it.
    pub key: IncidentKey,
    /// Its channel or thread.
    pub channel: ChannelId,
    /// Its id.
    pub message: MessageId,
    /// The entry that recorded it.
    pub seq: Seq,
    /// The entry that holds its text as it is now: `seq`, or that of its last edit.
    pub text_seq: Seq,
    /// When it was last edited (UTC), as far as recorded.
    pub edited_at: Option<DateTime<Utc>>,
    /// When it was deleted (UTC), as far as recorded.
    pub deleted_at: Option<DateTime<Utc>>,
}

/// A channel or thread that is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedChannel {
    /// The incident it belongs to.
    pub key: IncidentKey,
    /// Which.
    pub channel: ChannelId,
    /// Whether people still work on the incident.
    pub open: bool,
    /// The newest message recorded of it.
    pub newest: Option<MessageId>,
    /// Up to which message the record is known to be complete. Live messages
    /// can be newer than a gap that is not fetched yet, so this is not `newest`.
    pub complete_through: Option<MessageId>,
}

impl From<MessageRow> for RecordedMessage {
    fn from(row: MessageRow) -> Self {
        Self {
            key: key(row.guild, row.number),
            channel: ChannelId(row.channel.cast_unsigned()),
            message: MessageId(row.message.cast_unsigned()),
            seq: seq(row.seq),
            text_seq: seq(row.text_seq),
            edited_at: row.edited_at,
            deleted_at: row.deleted_at,
        }
    }
}

impl Store {
    /// Where a message is recorded; `None` where it is not.
    ///
    /// # Errors
    /// The database fails.
    pub async fn message(&self, message: MessageId) -> Result<Option<RecordedMessage>, StoreError> {
        let row: Option<MessageRow> = on!(self, |pools| {
            sqlx::query_as("SELECT * FROM messages WHERE message = $1 ORDER BY number DESC LIMIT 1")
                .bind(message.0.cast_signed())
                .fetch_optional(&pools.read)
                .await?
        });
        Ok(row.map(RecordedMessage::from))
    }

    /// The recorded messages of a channel from one id to another, both
    /// included, by id: to compare with what Discord has there.
    ///
    /// # Errors
    /// The database fails.
    pub async fn messages_between(
        &self,
        channel: ChannelId,
        first: MessageId,
        last: MessageId,
    ) -> Result<Vec<RecordedMessage>, StoreError> {
        let rows: Vec<MessageRow> = on!(self, |pools| {
            sqlx::query_as(
                "SELECT * FROM messages WHERE channel = $1 AND message BETWEEN $2 AND $3 ORDER BY message",
            )
            .bind(channel.0.cast_signed())
            .bind(first.0.cast_signed())
            .bind(last.0.cast_signed())
            .fetch_all(&pools.read)
            .await?
        });
        Ok(rows.into_iter().map(RecordedMessage::from).collect())
    }

    /// All channels and threads that are recorded, those of open incidents first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn recorded_channels(&self) -> Result<Vec<RecordedChannel>, StoreError> {
        type Row = (i64, i64, i64, bool, Option<i64>, Option<i64>);
        let rows: Vec<Row> = on!(self, |pools| {
            sqlx::query_as(
                "SELECT c.guild, c.number, c.channel, i.open,
                    (SELECT max(m.message) FROM messages AS m WHERE m.channel = c.channel), w.through
                FROM channels AS c
                JOIN incidents AS i ON i.guild = c.guild AND i.number = c.number
                LEFT JOIN watermarks AS w ON w.channel = c.channel
                ORDER BY i.open DESC, c.guild, c.number DESC, c.channel",
            )
            .fetch_all(&pools.read)
            .await?
        });
        let message = |id: i64| MessageId(id.cast_unsigned());
        let channel = |(guild, number, channel, open, newest, through): Row| RecordedChannel {
            key: key(guild, number),
            channel: ChannelId(channel.cast_unsigned()),
            open,
            newest: newest.map(message),
            complete_through: through.map(message),
        };
        Ok(rows.into_iter().map(channel).collect())
    }

    /// Notes that all messages of a channel up to this one are recorded. Never goes back.
    ///
    /// # Errors
    /// The database fails.
    pub async fn complete_through(
        &self,
        channel: ChannelId,
        through: MessageId,
    ) -> Result<(), StoreError> {
        on!(self, |pools| {
            sqlx::query(
                "INSERT INTO watermarks (channel, through) VALUES ($1, $2)
                ON CONFLICT (channel) DO UPDATE SET through = excluded.through
                WHERE excluded.through > watermarks.through",
            )
            .bind(channel.0.cast_signed())
            .bind(through.0.cast_signed())
            .execute(&pools.write)
            .await?;
        });
        Ok(())
    }
}
