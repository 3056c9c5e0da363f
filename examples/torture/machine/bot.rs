//! A bot as a process that can be killed, stopped and cut off from its database.

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use discord_sandbox::Sandbox;

use super::wire::Wire;

/// `scribe run`, and what it takes to start it again.
pub(crate) struct Bot {
    binary: PathBuf,
    folder: PathBuf,
    name: String,
    token: String,
    url: String,
    database: String,
    /// Where the record is on a server.
    wire: Option<Wire>,
    child: Option<Child>,
    frozen_until: Option<Instant>,
    apart_until: Option<Instant>,
}

impl Bot {
    /// A bot that is not running yet, with its record in a file of that folder
    /// or at the other end of a wire.
    pub(crate) fn new(
        binary: &Path,
        folder: &Path,
        name: String,
        discord: &Sandbox,
        wire: Option<Wire>,
    ) -> Self {
        let file = || format!("sqlite://{}", folder.join("scribe.db").display());
        Self {
            binary: binary.to_owned(),
            folder: folder.to_owned(),
            name,
            token: discord.token(),
            url: discord.url(),
            database: wire
                .as_ref()
                .map_or_else(file, |wire| wire.url().to_owned()),
            wire,
            child: None,
            frozen_until: None,
            apart_until: None,
        }
    }

    /// Where its record is, as it sees it.
    pub(crate) fn database(&self) -> &str {
        &self.database
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
            .env("DATABASE_URL", &self.database)
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
            .open(self.folder.join(format!("{}.log", self.name)))
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
        self.frozen_until = None;
        if let Some(mut child) = self.child.take() {
            child.kill()?;
            child.wait()?;
        }
        Ok(())
    }

    /// `kill -STOP` for so long: it stands still, and its connections stay.
    pub(crate) fn freeze(&mut self, time: Duration) -> anyhow::Result<()> {
        if self.is_running()? {
            self.signal("-STOP")?;
            self.frozen_until = Some(Instant::now() + time);
        }
        Ok(())
    }

    /// Parts it from the database for so long, by what is done to the wire.
    pub(crate) fn part(&mut self, time: Duration, done: impl FnOnce(&Wire)) {
        if let Some(wire) = &self.wire {
            done(wire);
            self.apart_until = Some(Instant::now() + time);
        }
    }

    /// When all that was done to it for a time is over.
    pub(crate) fn troubled_until(&self) -> Option<Instant> {
        self.frozen_until.max(self.apart_until)
    }

    /// Ends what was done to it for a time that is over.
    pub(crate) fn recover(&mut self, now: Instant) -> anyhow::Result<()> {
        if self.frozen_until.take_if(|until| *until <= now).is_some() {
            // It goes on, and knows of nothing.
            self.signal("-CONT")?;
        }
        if let Some(wire) = &self.wire
            && self.apart_until.take_if(|until| *until <= now).is_some()
        {
            wire.mend();
        }
        Ok(())
    }

    fn signal(&self, signal: &str) -> anyhow::Result<()> {
        if let Some(child) = &self.child {
            let pid = child.id().to_string();
            let sent = Command::new("kill").args([signal, &pid]).status()?;
            ensure!(sent.success(), "kill {signal} {pid}: {sent}");
        }
        Ok(())
    }

    /// Runs another command of the program on the same record.
    pub(crate) async fn run(&self, what: &str) -> anyhow::Result<Output> {
        // It may need the wire, which nobody may keep from working.
        let command = tokio::process::Command::from(self.command(what)).output();
        Ok(command.await?)
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        // Nothing can be done where it cannot be killed.
        let _ = self.kill();
    }
}
