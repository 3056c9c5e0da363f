//! A copy of the database file itself, while it is in use.

use std::fs::{self, File};
use std::path::Path;

use crate::store::backend::Backend;
use crate::store::{Store, StoreError};

impl Store {
    /// Copies the database as one moment saw it into a new file, which is there
    /// whole or not at all. A bot may go on writing meanwhile.
    ///
    /// # Errors
    /// Something is at that place already, it cannot be written, the record is on
    /// a server, or the database fails.
    pub async fn copy_to(&self, place: &Path) -> Result<(), StoreError> {
        let failed = |reason: String| StoreError::Open {
            place: place.display().to_string(),
            reason,
        };
        if place.exists() {
            return Err(failed("there is a file already".to_owned()));
        }
        let mut part = place.as_os_str().to_owned();
        part.push(".part");
        let part = Path::new(&part);
        let copied = self.vacuum_into(part).await.and_then(|()| {
            let copy = File::open(part).and_then(|file| file.sync_all());
            // A link is refused where somebody else has made the file meanwhile.
            let named = copy.and_then(|()| fs::hard_link(part, place));
            named.map_err(|error| failed(error.to_string()))
        });
        // SQLite takes the name before it copies: what it leaves is no copy.
        let _ = fs::remove_file(part);
        copied
    }

    async fn vacuum_into(&self, place: &Path) -> Result<(), StoreError> {
        let Backend::Sqlite(pools) = self.backend() else {
            return Err(StoreError::NoFile);
        };
        sqlx::query("VACUUM INTO $1")
            .bind(place.to_string_lossy().into_owned())
            .execute(&pools.write)
            .await?;
        Ok(())
    }
}
