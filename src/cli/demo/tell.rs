//! Telling the story from start to end.

use std::collections::HashMap;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use discord_sandbox::{Answer, Snowflake};

use super::check::check;
use super::screen::Screen;
use super::stage::{Stage, moment};
use super::story::{self, Act, Moment};
use crate::cli::outcome::Outcome;
use crate::clock;

/// See one incident told live on this machine: no token, no Discord, under a minute.
#[derive(Debug, Args)]
#[command(
    after_help = "Starts a local Discord and the bot in one process and plays a night at a small game host through the real\n\
    client: commands, chat, an edit, a deletion, a backdated line, two outages. Leaves postmortem.md, summary.html and the\n\
    record demo.db in the folder, in place of those of the last time.\n\n\
    Afterwards, look around:\n  \
    scribe show INC-1 --database sqlite://demo/demo.db"
)]
pub(crate) struct Demo {
    /// Where the draft, the summary and the record go.
    #[arg(long, default_value = "demo", value_name = "DIR")]
    out: PathBuf,
    /// Keep it running at the end, until Ctrl-C.
    #[arg(long)]
    keep: bool,
}

/// How long a reader at a terminal gets for a line.
const PACE: Duration = Duration::from_millis(350);

impl Demo {
    pub(crate) async fn run(self) -> anyhow::Result<Outcome> {
        let database = fresh(&self.out)?;
        let night = moment(story::NIGHT, story::ALARM.at)?;
        let stage = Stage::set(&database, night).await?;
        let mut telling = Telling::new(stage);
        let told = telling.tell(&self.out).await;
        if told.is_ok() && self.keep {
            telling.keep(&database).await?;
        }
        let ended = telling.stage.strike().await;
        told?;
        ended?;
        Ok(Outcome::default())
    }
}

/// The folder without what the last demo left in it; gives the database's path.
fn fresh(out: &Path) -> anyhow::Result<PathBuf> {
    std::fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    let database = out.join("demo.db");
    let beside = ["demo.db", "demo.db-wal", "demo.db-shm"].map(|name| out.join(name));
    for file in beside.into_iter().filter(|file| file.exists()) {
        std::fs::remove_file(&file)
            .with_context(|| format!("cannot replace {}", file.display()))?;
    }
    Ok(database)
}

struct Telling {
    stage: Stage,
    screen: Screen,
    /// The last message of each.
    last_said: HashMap<&'static str, Snowflake>,
    /// The last message of all.
    last: Option<Snowflake>,
    pace: Option<Duration>,
}

impl Telling {
    fn new(stage: Stage) -> Self {
        let mut screen = Screen::new(stage.sandbox.clone());
        screen.watch(stage.lounge);
        Self {
            stage,
            screen,
            last_said: HashMap::new(),
            last: None,
            pace: io::stdout().is_terminal().then_some(PACE),
        }
    }

    async fn tell(&mut self, out: &Path) -> anyhow::Result<()> {
        let url = self.stage.sandbox.url();
        self.screen.narrate(&format!(
            "A Discord at {url} and the bot, both in this process.\n\
             Mossgate rents worlds of a survival game. It is Saturday, {} in Amsterdam.",
            story::ALARM.at
        ));
        let lounge = self.stage.lounge;
        self.play(story::NIGHT, story::ALARM, lounge).await?;
        let (channel, _) = self
            .stage
            .incident()
            .await?
            .place
            .context("the incident has no channel")?;
        let channel = Snowflake(channel.0);
        self.stage.look_at_the_calendar().await?;
        self.screen.glance(self.stage.news);
        self.screen.watch(channel);
        self.screen.catch_up();
        for moment in story::NIGHT_SHIFT {
            self.play(story::NIGHT, *moment, channel).await?;
        }
        self.screen.glance(self.stage.news);
        let messages = self.stage.sandbox.messages(channel);
        let draft = messages
            .iter()
            .rev()
            .find_map(|message| message.file("postmortem.md"));
        let draft = draft.context("no draft was posted")?.text();

        let hour = story::REVIEW;
        let narration = format!("Monday, {hour}. Nobody has to ask for the week's summary.");
        self.screen.narrate(&narration);
        self.stage.clock.forward(moment(story::MONDAY, hour)?);
        self.stage.look_at_the_calendar().await?;
        self.screen.glance(self.stage.news);
        let messages = self.stage.sandbox.messages(self.stage.news);
        let summary = messages
            .last()
            .and_then(|message| message.file("summary.html"));
        let summary = summary.context("no summary was posted")?.text();

        check(&self.stage, &draft, &summary).await?;
        let (draft_file, summary_file) = (out.join("postmortem.md"), out.join("summary.html"));
        write(&draft_file, &draft)?;
        write(&summary_file, &summary)?;
        self.screen.narrate("What is left of the night:");
        anstream::println!("  the draft    {}", draft_file.display());
        anstream::println!("  the summary  {}", summary_file.display());
        let database = out.join("demo.db");
        anstream::println!(
            "  the record   scribe show INC-1 --all --database sqlite://{}",
            database.display()
        );
        Ok(())
    }

    /// One moment: the clock, the deed, and what the channels show of it. Gives
    /// the answer to a command.
    async fn play(
        &mut self,
        day: &str,
        told: Moment,
        channel: Snowflake,
    ) -> anyhow::Result<Option<Answer>> {
        let Moment { at, who, act } = told;
        let failed = || format!("{at} {who}: {act:?}");
        self.stage.clock.forward(moment(day, at)?);
        let answer = self.act(who, act, channel).await.with_context(failed)?;
        self.stage.quiet().await.with_context(failed)?;
        if let Some(answer) = &answer {
            self.screen.answered(&self.stage.sandbox.refresh(answer));
        }
        self.screen.catch_up();
        if let Some(pace) = self.pace {
            tokio::time::sleep(pace).await;
        }
        Ok(answer)
    }

    async fn act(
        &mut self,
        who: &'static str,
        act: Act,
        channel: Snowflake,
    ) -> anyhow::Result<Option<Answer>> {
        let sandbox = &self.stage.sandbox;
        let own = self.last_said.get(who).copied();
        match act {
            Act::Slash(command, options) => {
                let now = self.stage.clock.now();
                self.screen.typed(channel, now, who, command, options);
                let answer = sandbox.slash(who, channel, command, options).await?;
                return Ok(Some(answer));
            }
            Act::Say(text) => {
                let message = sandbox.say(who, channel, text).await?;
                self.last_said.insert(who, message);
                self.last = Some(message);
                self.stage.recorded(message, |_| true).await?;
            }
            Act::Edit(text) => {
                let message = own.context("there is nothing to edit")?;
                sandbox.edit(who, channel, message, text).await?;
                let edited = |found: &crate::store::RecordedMessage| found.edited_at.is_some();
                self.stage.recorded(message, edited).await?;
            }
            Act::Delete => {
                let message = own.context("there is nothing to delete")?;
                sandbox.delete(who, channel, message).await?;
                self.stage
                    .recorded(message, |found| found.deleted_at.is_some())
                    .await?;
            }
            Act::Pin => {
                let message = self.last.context("there is nothing to mark")?;
                let marked = self.stage.incident().await?.key_entries.len();
                sandbox.react(who, channel, message, "📌").await?;
                let stage = &self.stage;
                let more = async || {
                    let incident = stage.incident().await?;
                    Ok((incident.key_entries.len() > marked).then_some(()))
                };
                stage.until("the mark of a key event", more).await?;
                self.screen.reacted(who);
            }
        }
        Ok(None)
    }

    /// Goes on showing the channels until Ctrl-C.
    async fn keep(&mut self, database: &Path) -> anyhow::Result<()> {
        // Other shells live in the present, and what they queue is due then.
        self.stage.clock.forward(clock::now());
        self.screen.narrate(&format!(
            "Still running, until Ctrl-C. From another shell:\n  \
             scribe note INC-1 \"looks good from here\" --database sqlite://{}",
            database.display()
        ));
        let mut ending = std::pin::pin!(tokio::signal::ctrl_c());
        loop {
            tokio::select! {
                ended = &mut ending => return Ok(ended?),
                () = tokio::time::sleep(Duration::from_millis(200)) => self.screen.catch_up(),
            }
        }
    }
}

fn write(file: &Path, text: &str) -> anyhow::Result<()> {
    std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}
