//! Files of recorded messages that are not on disk yet.

use chrono::{DateTime, Utc};

use crate::incident::{Attachment, AttachmentId, IncidentKey, MessageRef};

use super::backend::on;
use super::error::StoreError;
use super::open::Store;
use super::row::{from_json, key, message_ref, saturated};

/// A file to fetch. It is no longer wanted once its incident's log says that
/// it is kept or lost, or its message is redacted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedAttachment {
    /// The incident whose record it belongs to.
    pub key: IncidentKey,
    /// The message it hangs on.
    pub origin: MessageRef,
    /// The file.
    pub attachment: Attachment,
    /// How often it was tried before.
    pub attempts: u32,
}

impl Store {
    /// Files to fetch now, those that wait longest first.
    ///
    /// # Errors
    /// The database fails or holds nonsense.
    pub async fn attachments_wanted(
        &self,
        most: u32,
        now: DateTime<Utc>,
    ) -> Result<Vec<WantedAttachment>, StoreError> {
        type Row = (i64, i64, i64, i64, String, i64);
        let rows: Vec<Row> = on!(self, |pools| {
            sqlx::query_as(
                "SELECT guild, number, channel, message, file, attempts FROM attachments
                WHERE due_at <= $1 ORDER BY due_at, message, attachment LIMIT $2",
            )
            .bind(now)
            .bind(i64::from(most))
            .fetch_all(&pools.read)
            .await?
        });
        let wanted = |(guild, number, channel, message, file, attempts): Row| {
            let key = key(guild, number);
            Ok(WantedAttachment {
                key,
                origin: message_ref(channel, message),
                attachment: from_json(&file, || format!("a file of {}", key.number))?,
                attempts: saturated(attempts),
            })
        };
        rows.into_iter().map(wanted).collect()
    }

    /// Puts a file off after a failed try.
    ///
    /// # Errors
    /// The database fails.
    pub async fn attachment_later(
        &self,
        key: IncidentKey,
        attachment: AttachmentId,
        due: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        on!(self, |pools| {
            sqlx::query(
                "UPDATE attachments SET due_at = $4, attempts = attempts + 1
                WHERE guild = $1 AND number = $2 AND attachment = $3",
            )
            .bind(key.guild.0.cast_signed())
            .bind(i64::from(key.number.0))
            .bind(attachment.0.cast_signed())
            .bind(due)
            .execute(&pools.write)
            .await?;
        });
        Ok(())
    }
}
