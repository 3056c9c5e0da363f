//! The bot as a process that can be killed.

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use anyhow::Context as _;
use discord_sandbox::Sandbox;

/// `scribe run` in a folder of its own, and what it takes to start it again.
pub(crate) struct Bot {
    binary: PathBuf,
    folder: PathBuf,
    token: String,
    url: String,
    child: Option<Child>,
}

impl Bot {
    /// A bot that is not running yet.
    pub(crate) fn new(binary: &Path, folder: &Path, discord: &Sandbox) -> Self {
        Self {
            binary: binary.to_owned(),
            folder: folder.to_owned(),
            token: discord.token(),
            url: discord.url(),
            child: None,
        }
    }

    /// Where its record is.
    pub(crate) fn database(&self) -> String {
        format!("sqlite://{}", self.folder.join("scribe.db").display())
    }

    fn command(&self, what: &str) -> Command {
        let mut command = Command::new(&self.binary);
        command
            .arg(what)
            .current_dir(&self.folder)
            .env_clear()
            .env("USER", "torture")
            .env("DISCORD_TOKEN", &self.token)
            .env("DISCORD_API_URL", &self.url)
            .env("DATABASE_URL", self.database())
            .env("SCRIBE_HTTP_ADDR", "off")
            .env("SCRIBE_DATA_DIR", self.folder.join("files"))
            .env("RUST_LOG", "warn,serenity=error,scribe=info")
            .stdin(Stdio::null());
        command
    }

    /// Starts it, unless it runs.
    pub(crate) fn start(&mut self) -> anyhow::Result<()> {
        if self.is_running()? {
            return Ok(());
        }
        let log = OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.log())
            .context("open the bot's log")?;
        let child = self
            .command("run")
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .with_context(|| format!("start {}", self.binary.display()))?;
        self.child = Some(child);
        Ok(())
    }

    /// Whether it runs; some faults are fatal to it, and its supervisor has to start it again.
    pub(crate) fn is_running(&mut self) -> anyhow::Result<bool> {
        Ok(match &mut self.child {
            Some(child) => child.try_wait()?.is_none(),
            None => false,
        })
    }

    /// `kill -9`.
    pub(crate) fn kill(&mut self) -> anyhow::Result<()> {
        if let Some(mut child) = self.child.take() {
            child.kill()?;
            child.wait()?;
        }
        Ok(())
    }

    /// Runs another command of the program on the same record.
    pub(crate) fn run(&self, what: &str) -> anyhow::Result<Output> {
        Ok(self.command(what).output()?)
    }

    /// What it logged, over all its lives.
    pub(crate) fn log(&self) -> PathBuf {
        self.folder.join("scribe.log")
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        // Nothing can be done where it cannot be killed.
        let _ = self.kill();
    }
}
