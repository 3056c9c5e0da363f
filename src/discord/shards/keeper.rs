//! Says in the database that this process lives, and begins and ends sessions
//! with what it learns there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::discord::error::BotError;
use crate::discord::scribe::Scribe;
use crate::store::{Beat, Member, Shard, StoreError};

use super::served::Served;
use super::session::{self, Door};

/// How soon to ask again for what is about to be free.
const SOON: Duration = Duration::from_secs(1);

/// After how long without a session another process may have better luck.
const LUCKLESS: Duration = Duration::from_secs(45);

/// For how long one that had none stands back.
const STANDS_BACK: Duration = Duration::from_secs(120);

/// How long the farewell to the database may take.
const FAREWELL: Duration = Duration::from_secs(2);

type Sessions = JoinSet<(Shard, Result<(), BotError>)>;

/// Keeps what this process serves in step with the database.
pub(crate) struct Keeper {
    scribe: Arc<Scribe>,
    door: Door,
    member: Member,
    /// How long what is ours is ours after a beat.
    hold: Duration,
    /// Whether this process looks after what is done once for all guilds.
    first: watch::Sender<bool>,
    sessions: Sessions,
    /// Since when each shard that has no session has none.
    down: BTreeMap<Shard, Instant>,
    stands_back_until: Option<Instant>,
    told: Told,
}

/// What was last said about how it stands, so that it is said once.
#[derive(Debug, Default, PartialEq, Eq)]
enum Told {
    #[default]
    Nothing,
    Serving(u32, BTreeSet<u32>),
    Waiting,
    Failing,
}

impl Keeper {
    pub(crate) fn new(
        scribe: Arc<Scribe>,
        door: Door,
        member: Member,
        hold: Duration,
        first: watch::Sender<bool>,
    ) -> Self {
        Self {
            scribe,
            door,
            member,
            hold,
            first,
            sessions: JoinSet::new(),
            down: BTreeMap::new(),
            stands_back_until: None,
            told: Told::default(),
        }
    }

    /// Serves until told to stop, or until a session ends in a way that needs
    /// whoever runs Scribe. The shards stay this process's own until [`leave`](Self::leave).
    pub(crate) async fn run(&mut self, stop: &CancellationToken) -> Result<(), BotError> {
        let ending = stop.child_token();
        let mut next = Some(Instant::now());
        let outcome = loop {
            let due = async {
                match next {
                    Some(next) => tokio::time::sleep_until(next).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = stop.cancelled() => break Ok(()),
                Some(ended) = self.sessions.join_next() => match ended {
                    Ok((shard, Ok(()))) => {
                        self.ended(shard).await;
                        next = Some(Instant::now());
                    }
                    Ok((_, Err(error))) => break Err(error),
                    Err(error) => break Err(BotError::Other(error.to_string())),
                },
                () = due => tokio::select! {
                    () = stop.cancelled() => break Ok(()),
                    pause = self.beat(&ending) => next = pause.map(|pause| Instant::now() + pause),
                },
            }
        };
        // What is being said may be said to its end.
        ending.cancel();
        while self.sessions.join_next().await.is_some() {}
        outcome
    }

    /// Lets the others have what is ours. Nothing is said any more.
    pub(crate) async fn leave(self) {
        self.first.send_replace(false);
        for served in self.scribe.serving.all() {
            served.over.cancel();
        }
        let leaving = tokio::time::timeout(FAREWELL, self.scribe.store.leave(self.member));
        if !matches!(leaving.await, Ok(Ok(()))) {
            tracing::warn!("other processes learn only after a while that this one has ended");
        }
    }

    /// One beat; after how long the next, if any.
    async fn beat(&mut self, ending: &CancellationToken) -> Option<Duration> {
        let shared = self.scribe.store.is_on_a_server();
        let began = Instant::now();
        let serving = self.scribe.serving.all();
        let shards: Vec<Shard> = serving.iter().map(|served| served.shard).collect();
        let luckless = self.is_luckless(&shards, began);
        self.member.stand_back(luckless);
        let hold = TimeDelta::from_std(self.hold).unwrap_or(TimeDelta::MAX);
        let beat = self.scribe.store.beat(&mut self.member, &shards, hold);
        let beat = match tokio::time::timeout(self.hold / 3, beat).await {
            Ok(beat) => beat,
            Err(_) => Err(StoreError::Overdue),
        };
        let beat = match beat {
            Ok(beat) => beat,
            Err(error) => {
                self.without(&error);
                return Some(self.hold / 5);
            }
        };
        // Less than what the database says by what clocks may differ in their pace.
        let until = shared.then(|| began + self.hold * 9 / 10);
        for served in serving {
            match beat.held.contains(&served.shard) {
                true => served.prolong(until),
                false => served.over.cancel(),
            }
            if beat.give.contains(&served.shard) {
                tokio::spawn(async move { served.close().await });
            }
        }
        for shard in &beat.held {
            if self.scribe.serving.get(*shard).is_none() {
                self.take(*shard, until, ending).await;
            }
        }
        self.settle(&beat);
        match (shared, beat.more) {
            (_, true) => Some(SOON),
            (true, false) => Some(self.hold / 5),
            (false, false) => None,
        }
    }

    /// Whether Discord could not be reached from here for so long that others,
    /// if there are any, should try.
    fn is_luckless(&mut self, shards: &[Shard], now: Instant) -> bool {
        let vitals = &self.scribe.vitals;
        self.down
            .retain(|shard, _| shards.contains(shard) && !vitals.is_up(*shard));
        for shard in shards {
            if !vitals.is_up(*shard) {
                self.down.entry(*shard).or_insert(now);
            }
        }
        if self.down.values().any(|since| now - *since >= LUCKLESS) {
            self.stands_back_until = Some(now + STANDS_BACK);
        }
        self.stands_back_until.is_some_and(|until| now < until)
    }

    /// Begins to serve a shard.
    async fn take(&mut self, shard: Shard, until: Option<Instant>, ending: &CancellationToken) {
        let scribe = &self.scribe;
        let heard = async {
            scribe.recorded.load(&scribe.store).await?;
            scribe.store.last_heard(shard).await
        };
        let heard = match heard.await {
            Ok(heard) => heard,
            // The next beat does without it, and takes it again.
            Err(error) => {
                tracing::error!(shard = shard.id, "a shard cannot be served yet: {error}");
                return;
            }
        };
        let served = Arc::new(Served::new(shard, until, heard));
        scribe.serving.insert(Arc::clone(&served));
        scribe.vitals.serves(shard);
        let expiring = Arc::clone(&served);
        tokio::spawn(async move { expiring.expire().await });
        let session = session::run(
            Arc::clone(scribe),
            self.door.clone(),
            served,
            ending.clone(),
        );
        self.sessions.spawn(async move { (shard, session.await) });
    }

    /// A session ended because the shard is not ours any more, or is to be
    /// another's.
    async fn ended(&self, shard: Shard) {
        self.scribe.vitals.serves_no_more(shard);
        let Some(served) = self.scribe.serving.remove(shard) else {
            return;
        };
        served.over.cancel();
        self.look_after_what_is_first();
        if served.is_closing()
            && let Err(error) = self.scribe.store.give_back(&self.member, shard).await
        {
            tracing::warn!(shard = shard.id, "a shard is given back later: {error}");
        }
    }

    fn settle(&mut self, beat: &Beat) {
        self.scribe.vitals.settle(!beat.more, beat.total);
        self.scribe.check_ready();
        self.look_after_what_is_first();
        let ids: BTreeSet<u32> = beat.held.iter().map(|shard| shard.id).collect();
        let told = Told::Serving(beat.total, ids);
        if self.told == told {
            return;
        }
        if let Told::Serving(total, ids) = &told {
            match ids.len() {
                0 => tracing::info!(
                    total,
                    "this process has no shard and stands by: others serve them all, or may"
                ),
                _ => tracing::info!(total, shards = ?ids, "this process serves its shards"),
            }
        }
        self.told = told;
    }

    /// What is done once for all guilds is done by whoever serves the first shard.
    fn look_after_what_is_first(&self) {
        let all = self.scribe.serving.all();
        let first = all
            .iter()
            .any(|served| served.shard.id == 0 && served.is_ours());
        self.first
            .send_if_modified(|is| std::mem::replace(is, first) != first);
    }

    /// There was no beat.
    fn without(&mut self, error: &StoreError) {
        let told = match error {
            StoreError::AlreadyRunning { .. } => Told::Waiting,
            _ => Told::Failing,
        };
        // Whoever waits is well; whoever cannot ask is not.
        self.scribe.vitals.settle(told == Told::Waiting, 0);
        self.look_after_what_is_first();
        if self.told == told {
            return;
        }
        match told {
            Told::Waiting => tracing::info!(
                "a Scribe that shares nothing works on the database (an older version, or `scribe restore`); this one waits"
            ),
            _ => tracing::error!("cannot ask the database which shards are ours: {error}"),
        }
        self.told = told;
    }
}
