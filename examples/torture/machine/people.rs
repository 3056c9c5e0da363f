//! What people do, and the ledger of it.

use std::sync::{Arc, Mutex, PoisonError};

use discord_sandbox::{ActError, Sandbox, Snowflake};
use scribe::incident::GuildId;
use tokio::task::JoinSet;

use super::ledger::{Asked, Ledger, Opened, Room, Said, Version};
use super::plan::Act;
use super::scene::{Guild, person};

/// How far back people change what was said: within the neighbourhood that
/// Scribe looks over when it is back.
const NEAR: usize = 40;

/// The crowd at work.
pub(crate) struct People {
    discord: Sandbox,
    guilds: Vec<Guild>,
    pub(crate) ledger: Ledger,
    in_peace: bool,
    count: usize,
    waiting: JoinSet<()>,
    answers: Arc<Mutex<(Vec<Asked>, Vec<Opened>)>>,
}

impl People {
    pub(crate) fn new(discord: Sandbox, guilds: Vec<Guild>, rooms: Vec<Room>) -> Self {
        let ledger = Ledger {
            rooms,
            ..Ledger::default()
        };
        Self {
            discord,
            guilds,
            ledger,
            in_peace: true,
            count: 0,
            waiting: JoinSet::new(),
            answers: Arc::default(),
        }
    }

    /// From now on there is no trouble, or there is.
    pub(crate) fn peace(&mut self, peace: bool) {
        self.in_peace = peace;
    }

    /// Somebody does something.
    pub(crate) async fn act(&mut self, act: &Act) -> Result<(), ActError> {
        self.count += 1;
        let n = self.count;
        match act {
            Act::Say { who, room } => {
                let (room, who) = (self.room(*room), person(*who));
                let text = format!("line {n}");
                let id = self.discord.say(&who, room.channel, &text).await?;
                let version = self.version(text);
                self.ledger.said.push(Said {
                    room,
                    id,
                    who,
                    versions: vec![version],
                    deleted: false,
                    marked: false,
                });
            }
            Act::Edit { room, back } => {
                if let Some(at) = self.message(*room, *back) {
                    let text = format!("edited {n}");
                    let said = &self.ledger.said[at];
                    self.discord
                        .edit(&said.who, said.room.channel, said.id, &text)
                        .await?;
                    let version = self.version(text);
                    self.ledger.said[at].versions.push(version);
                }
            }
            Act::Delete { room, back } => {
                if let Some(at) = self.message(*room, *back) {
                    let said = &mut self.ledger.said[at];
                    self.discord
                        .delete(&said.who, said.room.channel, said.id)
                        .await?;
                    said.deleted = true;
                }
            }
            Act::React {
                who,
                room,
                back,
                pin,
            } => {
                if let Some(at) = self.message(*room, *back) {
                    let said = &mut self.ledger.said[at];
                    let emoji = if *pin { "📌" } else { "👀" };
                    self.discord
                        .react(&person(*who), said.room.channel, said.id, emoji)
                        .await?;
                    said.marked |= *pin;
                }
            }
            Act::Thread { who, room, on } => self.thread(*who, *room, *on, n).await?,
            Act::Ask { who, room, what } => self.ask(*who, *room, *what, n),
            Act::Open { who } => self.open(*who, n),
        }
        Ok(())
    }

    async fn thread(
        &mut self,
        who: usize,
        room: usize,
        on: Option<usize>,
        n: usize,
    ) -> Result<(), ActError> {
        let message = on.and_then(|back| self.message(room, back));
        let room = self.room(room);
        // A thread has no threads.
        let parent = self.discord.channel(room.channel)?;
        if parent.kind != discord_sandbox::ChannelKind::Text {
            return Ok(());
        }
        let on: Option<Snowflake> = message.map(|at| self.ledger.said[at].id);
        let seen = on.and_then(|id| self.discord.message(room.channel, id));
        if seen.is_some_and(|message| message.thread.is_some()) {
            return Ok(());
        }
        let name = format!("thread {n}");
        let channel = self
            .discord
            .thread(&person(who), room.channel, on, &name)
            .await?;
        self.ledger.rooms.push(Room { channel, ..room });
        Ok(())
    }

    fn ask(&mut self, who: usize, room: usize, what: usize, n: usize) {
        let room = self.room(room);
        let marker = format!("asked {n}.");
        let (command, values): (_, Vec<(&str, String)>) = match what {
            0..=9 => ("incident note", vec![("text", marker.clone())]),
            10..=12 => ("incident update", vec![("message", marker.clone())]),
            13 | 14 => ("incident action add", vec![("text", marker.clone())]),
            15 => (
                "incident role",
                vec![("name", format!("role {marker}")), ("user", person(who))],
            ),
            16 => ("incident rename", vec![("title", marker.clone())]),
            _ => {
                let state = ["identified", "monitoring", "resolved"][what % 3];
                let values = [("state", state.to_owned()), ("message", marker.clone())];
                ("incident status", values.to_vec())
            }
        };
        let (discord, answers, in_peace) = (
            self.discord.clone(),
            Arc::clone(&self.answers),
            self.in_peace,
        );
        self.waiting.spawn(async move {
            let values: Vec<(&str, &str)> = values
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            let answer = discord
                .slash(&person(who), room.channel, command, &values)
                .await;
            let asked = Asked {
                incident: room.incident,
                marker,
                in_peace,
                answer: answer
                    .map(|answer| answer.text())
                    .map_err(|error| error.to_string()),
            };
            lock(&answers).0.push(asked);
        });
    }

    fn open(&mut self, who: usize, n: usize) {
        // A word of its own each, so that none looks like another and is offered as the same.
        let title = format!("opened{n}.");
        let guild = self.guilds[n % self.guilds.len()];
        let (discord, answers) = (self.discord.clone(), Arc::clone(&self.answers));
        self.waiting.spawn(async move {
            let values = [("title", title.as_str()), ("severity", "SEV2")];
            let answer = discord
                .slash(&person(who), guild.general, "incident open", &values)
                .await;
            let opened = Opened {
                guild: GuildId(guild.id.0),
                title,
                answer: answer
                    .map(|answer| answer.text())
                    .map_err(|error| error.to_string()),
            };
            lock(&answers).1.push(opened);
        });
    }

    /// Waits until everybody has an answer or has given up.
    pub(crate) async fn answered(&mut self) {
        while self.waiting.join_next().await.is_some() {}
        let mut answers = lock(&self.answers);
        self.ledger.asked.append(&mut answers.0);
        self.ledger.opened.append(&mut answers.1);
    }

    fn version(&self, text: String) -> Version {
        Version {
            text,
            seen: self.in_peace,
        }
    }

    fn room(&self, n: usize) -> Room {
        self.ledger.rooms[n % self.ledger.rooms.len()]
    }

    fn message(&self, room: usize, back: usize) -> Option<usize> {
        let near = self.ledger.newest(self.room(room), NEAR);
        (!near.is_empty()).then(|| near[back % near.len()])
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
