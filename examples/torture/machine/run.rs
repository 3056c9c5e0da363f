//! One seed from its beginning to its end.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context as _;

use super::bot::Bot;
use super::check;
use super::fault::Fault;
use super::ledger::Room;
use super::people::People;
use super::plan::{Step, Stretch, plan};
use super::scene::{self, Cast, Scene};
use super::wire::Wire;

/// In how many channels people talk from the start.
const INCIDENTS: usize = 8;

/// How long after the last trouble everything must be as it has to be. Retries
/// of what Discord refused several times are some ten seconds apart.
const CALM: Duration = Duration::from_secs(75);

/// How long a process may take to notice that it was parted from its database or
/// stood still, and to draw its conclusions.
const NOTICED: Duration = Duration::from_secs(10);

/// How long serenity takes to notice that heartbeats were not acknowledged, and
/// to begin a session anew.
const ZOMBIE: Duration = Duration::from_secs(9);

/// How long processes take to share the shards anew when another has joined. No
/// command is heard while a shard goes from one to the other, about a second.
const SHARED: Duration = Duration::from_secs(10);

/// What came of a seed.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) seed: u64,
    pub(crate) took: Duration,
    pub(crate) messages: usize,
    pub(crate) commands: usize,
    pub(crate) acknowledged: usize,
    pub(crate) lives: usize,
    /// The longest time from the end of the troubles until all was as it has to be.
    pub(crate) settled_in: Duration,
    /// What is not as it has to be.
    pub(crate) findings: Vec<String>,
    /// Where the record and the bot's log are kept when there are findings.
    pub(crate) folder: Option<String>,
}

/// Plays a seed.
pub(crate) async fn seed(binary: &Path, seed: u64, cast: Cast) -> anyhow::Result<Outcome> {
    let began = Instant::now();
    let mut scene = scene::start(binary, &cast).await?;
    let mut rooms: Vec<Room> = Vec::new();
    for n in 0..INCIDENTS {
        let guild = scene.guilds[n % scene.guilds.len()];
        rooms.push(scene.open(guild, &format!("incident {n}")).await?);
    }
    let people = People::new(scene.discord.clone(), scene.guilds.clone(), rooms);
    let mut play = Play {
        people,
        lives: cast.processes(),
        troubled: false,
        joined: false,
        hangs: false,
        swallowed: false,
        settled_in: Duration::ZERO,
    };
    let mut findings = Vec::new();
    for stretch in plan(seed, cast.processes()) {
        findings = play.stretch(&mut scene, &stretch).await?;
        if !findings.is_empty() {
            break;
        }
    }
    if findings.is_empty() {
        // Whoever reads it all again must not say or record anything again.
        scene.kill()?;
        play.start(&mut scene).await?;
        findings = play.settle(&mut scene).await?;
        findings.extend(check::verified(&scene).await?);
    }
    let ledger = &play.people.ledger;
    let acknowledged = ledger
        .asked
        .iter()
        .filter(|asked| asked.acknowledged().is_some());
    Ok(Outcome {
        seed,
        took: began.elapsed(),
        messages: ledger.said.len(),
        commands: ledger.asked.len(),
        acknowledged: acknowledged.count(),
        lives: play.lives,
        settled_in: play.settled_in,
        folder: if findings.is_empty() {
            None
        } else {
            Some(scene.keep()?)
        },
        findings,
    })
}

struct Play {
    people: People,
    lives: usize,
    /// Whether something was done to a process for a time.
    troubled: bool,
    /// Whether a process began since the shards were shared last.
    joined: bool,
    hangs: bool,
    swallowed: bool,
    settled_in: Duration,
}

impl Play {
    async fn stretch(
        &mut self,
        scene: &mut Scene,
        stretch: &Stretch,
    ) -> anyhow::Result<Vec<String>> {
        self.people.peace(stretch.peaceful);
        for step in &stretch.steps {
            match step {
                Step::Act(act) => self
                    .people
                    .act(act)
                    .await
                    .with_context(|| format!("{act:?}"))?,
                Step::Pause(time) => tokio::time::sleep(*time).await,
                Step::Fault(fault) => self.fault(scene, fault).await?,
            }
            let now = Instant::now();
            scene.bots.iter_mut().try_for_each(|bot| bot.recover(now))?;
        }
        self.people.answered().await;
        self.recovered(scene).await?;
        if !stretch.peaceful {
            self.fault(scene, &Fault::Clear).await?;
        }
        let findings = self.settle(scene).await?;
        if std::mem::take(&mut self.joined) {
            tokio::time::sleep(SHARED).await;
        }
        self.people.ledger.all_is_seen();
        Ok(findings)
    }

    async fn fault(&mut self, scene: &mut Scene, fault: &Fault) -> anyhow::Result<()> {
        fault.strike(&scene.discord);
        match fault {
            Fault::Kill(which) => scene.bots[*which].kill()?,
            Fault::Freeze(which, time) => {
                self.troubled = true;
                scene.bots[*which].freeze(*time)?;
            }
            Fault::Cut(which, time) => {
                self.troubled = true;
                scene.bots[*which].part(*time, Wire::cut);
            }
            Fault::Silence(which, time) => {
                self.troubled = true;
                scene.bots[*which].part(*time, Wire::fall_silent);
            }
            Fault::Hang => self.hangs = true,
            Fault::Swallow => self.swallowed = true,
            Fault::Start => self.start(scene).await?,
            // A connection that hung stays so until the watchdog's minutes are over.
            Fault::Clear if self.hangs => {
                self.hangs = false;
                scene.kill()?;
            }
            _ => {}
        }
        Ok(())
    }

    /// The supervisor: starts the processes that do not run.
    async fn start(&mut self, scene: &mut Scene) -> anyhow::Result<()> {
        let started = scene.start()?;
        self.lives += started;
        self.joined |= started > 0 && scene.bots.len() > 1;
        Ok(())
    }

    /// Waits until what was done to processes for a time is over and they know it.
    async fn recovered(&mut self, scene: &mut Scene) -> anyhow::Result<()> {
        if !std::mem::take(&mut self.troubled) {
            return Ok(());
        }
        while let Some(until) = scene.bots.iter().filter_map(Bot::troubled_until).max() {
            tokio::time::sleep_until(until.into()).await;
            let now = Instant::now();
            scene.bots.iter_mut().try_for_each(|bot| bot.recover(now))?;
        }
        tokio::time::sleep(NOTICED).await;
        Ok(())
    }

    /// Waits until the bot listens, and will go on to.
    async fn listens(&mut self, scene: &mut Scene) -> anyhow::Result<()> {
        if std::mem::take(&mut self.swallowed) {
            tokio::time::sleep(ZOMBIE).await;
        }
        let began = Instant::now();
        for guild in scene.guilds.clone() {
            loop {
                self.start(scene).await?;
                let heard = scene
                    .discord
                    .slash("ana", guild.general, "incident list", &[])
                    .await;
                match heard {
                    Ok(_) => break,
                    Err(error) if began.elapsed() > CALM => return Err(error.into()),
                    Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
                }
            }
        }
        Ok(())
    }

    /// Waits until everything is as it has to be; what is not in the end.
    async fn settle(&mut self, scene: &mut Scene) -> anyhow::Result<Vec<String>> {
        self.listens(scene).await?;
        let began = Instant::now();
        loop {
            self.start(scene).await?;
            check::find_rooms(scene, &mut self.people.ledger).await?;
            let findings = check::findings(scene, &self.people.ledger).await?;
            let took = began.elapsed();
            if findings.is_empty() {
                self.settled_in = self.settled_in.max(took);
                return Ok(findings);
            }
            if took > CALM {
                return Ok(findings);
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
}
