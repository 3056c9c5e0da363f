//! The folder of kept files: `attachments/ab/abcd...`, each named by the SHA-256
//! of what is in it, so that one that was changed shows.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tokio::fs;
use tokio::io::AsyncReadExt as _;

/// What files are called while they are being written.
const PART: &str = ".part-";

/// The files of recorded messages on disk.
#[derive(Clone, Debug)]
pub struct KeptFiles {
    folder: PathBuf,
}

/// What is wrong with a kept file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFault {
    /// It is not there.
    Missing,
    /// What is in it is not what was kept.
    Changed,
    /// What the entry says is no SHA-256.
    NoName,
}

impl KeptFiles {
    /// The files below `SCRIBE_DATA_DIR`.
    #[must_use]
    pub fn new(data_dir: &Path) -> Self {
        Self {
            folder: data_dir.join("attachments"),
        }
    }

    /// Where a file is; `None` for what is no SHA-256 in hex. A log may come from
    /// elsewhere, so what it says is not taken for a path.
    #[must_use]
    pub fn path(&self, sha256: &str) -> Option<PathBuf> {
        let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let named = sha256.len() == 64 && sha256.bytes().all(hex);
        named.then(|| self.folder.join(&sha256[..2]).join(sha256))
    }

    /// Whether a file is there and is what was kept; `None` where all is well.
    ///
    /// # Errors
    /// It is there and cannot be read.
    pub async fn fault(&self, sha256: &str) -> io::Result<Option<FileFault>> {
        let Some(path) = self.path(sha256) else {
            return Ok(Some(FileFault::NoName));
        };
        let mut file = match fs::File::open(path).await {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Ok(Some(FileFault::Missing));
            }
            Err(error) => return Err(error),
        };
        let mut hash = Sha256::new();
        let mut buffer = vec![0; 64 * 1024];
        loop {
            match file.read(&mut buffer).await? {
                0 => break,
                length => hash.update(&buffer[..length]),
            }
        }
        let found: String = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
        Ok((found != sha256).then_some(FileFault::Changed))
    }

    /// A name for a file that is being written.
    pub(super) async fn part(&self) -> io::Result<PathBuf> {
        fs::create_dir_all(&self.folder).await?;
        let name = format!("{PART}{:016x}", rand::random::<u64>());
        Ok(self.folder.join(name))
    }

    /// Gives a written file the name of what is in it: a name that is there
    /// holds the whole file.
    pub(super) async fn name(&self, part: &Path, sha256: &str) -> io::Result<()> {
        let path = self.path(sha256).ok_or(ErrorKind::InvalidInput)?;
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder).await?;
        fs::rename(part, &path).await?;
        // The name itself must survive a power cut before the log says it is there.
        fs::File::open(folder).await?.sync_all().await
    }

    /// Removes a file, durably. One that is not there is gone already.
    pub(super) async fn remove(&self, sha256: &str) -> io::Result<()> {
        let Some(path) = self.path(sha256) else {
            return Ok(());
        };
        match fs::remove_file(&path).await {
            Ok(()) => {
                let folder = path.parent().unwrap_or(&self.folder);
                fs::File::open(folder).await?.sync_all().await
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Removes what was being written when the last run stopped.
    pub(super) async fn remove_parts(&self) -> io::Result<()> {
        let mut files = match fs::read_dir(&self.folder).await {
            Ok(files) => files,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        while let Some(file) = files.next_entry().await? {
            if file.file_name().to_string_lossy().starts_with(PART) {
                fs::remove_file(file.path()).await?;
            }
        }
        Ok(())
    }
}
