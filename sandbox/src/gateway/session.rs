//! Sessions: what each has been told, so that it can be told again.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::event::{Event, intent};

/// How many events a session keeps for a resume.
const KEPT: usize = 10_000;

/// What a socket is to do.
#[derive(Clone, Debug)]
pub(crate) enum Out {
    /// Send a frame.
    Frame(String),
    /// Send a frame when its time has come; what comes after it waits too.
    Late(Instant, String),
    /// Close with a code, or with an empty close frame.
    Close(Option<u16>),
    /// Let the TCP connection go without a word: by FIN, or by RST.
    Cut { reset: bool },
}

/// A bot's session.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) intents: u64,
    pub(crate) shard: (u64, u64),
    pub(crate) seq: u64,
    log: VecDeque<(u64, String)>,
    socket: Option<(u64, UnboundedSender<Out>)>,
    /// Frames held back so that they can go out in another order.
    held: Vec<String>,
}

/// What the gateway does wrong on purpose.
#[derive(Debug, Default)]
pub(crate) struct Mischief {
    pub(crate) swallow_acks: bool,
    pub(crate) hang_upgrade: bool,
    /// How many sockets wait in vain because of it.
    pub(crate) hung: usize,
    pub(crate) refuse_until: Option<Instant>,
    pub(crate) twice: bool,
    /// Events are held until there are so many, then go out last first.
    pub(crate) shuffle: usize,
    pub(crate) delay: Option<Duration>,
    /// Events of this name reach nobody.
    pub(crate) lost: Option<String>,
}

/// All sessions.
#[derive(Debug)]
pub(crate) struct Gateway {
    pub(crate) url: String,
    pub(crate) sessions: Vec<Session>,
    pub(crate) mischief: Mischief,
    next: u64,
}

impl Session {
    fn hears(&self, event: &Event) -> bool {
        let (id, count) = self.shard;
        let shard = event.guild.map_or(0, |guild| (guild.0 >> 22) % count);
        shard == id && (event.intent == intent::NONE || self.intents & event.intent != 0)
    }

    /// Numbers and keeps an event, and sends it if somebody listens.
    pub(crate) fn tell(&mut self, name: &str, data: &Value, mischief: &Mischief) {
        if mischief.lost.as_deref() == Some(name) {
            return;
        }
        self.seq += 1;
        let frame = json!({"op": 0, "t": name, "s": self.seq, "d": data}).to_string();
        self.log.push_back((self.seq, frame.clone()));
        if self.log.len() > KEPT {
            self.log.pop_front();
        }
        let greeting = matches!(name, "READY" | "RESUMED" | "GUILD_CREATE");
        if mischief.shuffle > 1 && !greeting {
            self.held.push(frame);
            if self.held.len() >= mischief.shuffle {
                self.release();
            }
            return;
        }
        let times = if mischief.twice && !greeting { 2 } else { 1 };
        for _ in 0..times {
            self.send(match mischief.delay {
                Some(delay) => Out::Late(Instant::now() + delay, frame.clone()),
                None => Out::Frame(frame.clone()),
            });
        }
    }

    /// Sends what is held back, the last first.
    pub(crate) fn release(&mut self) {
        for frame in std::mem::take(&mut self.held).into_iter().rev() {
            self.send(Out::Frame(frame));
        }
    }

    pub(crate) fn send(&mut self, out: Out) {
        if let Some((_, socket)) = &self.socket
            && socket.send(out).is_err()
        {
            self.socket = None;
        }
    }

    pub(crate) fn is_connected(&self) -> bool {
        self.socket.is_some()
    }
}

impl Gateway {
    pub(crate) fn new(url: String) -> Self {
        Self {
            url,
            sessions: Vec::new(),
            mischief: Mischief::default(),
            next: 0,
        }
    }

    /// A number for a socket or a session.
    pub(crate) fn next_number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// Opens a session on a socket.
    pub(crate) fn open(
        &mut self,
        intents: u64,
        shard: (u64, u64),
        socket: (u64, UnboundedSender<Out>),
    ) -> &mut Session {
        let number = self.next_number();
        self.sessions.push(Session {
            id: format!("session-{number}"),
            intents,
            shard,
            seq: 0,
            log: VecDeque::new(),
            socket: Some(socket),
            held: Vec::new(),
        });
        let last = self.sessions.len() - 1;
        &mut self.sessions[last]
    }

    /// Takes a session up again on a new socket and tells it what it has missed. False when it cannot be.
    pub(crate) fn resume(
        &mut self,
        id: &str,
        seq: u64,
        socket: (u64, UnboundedSender<Out>),
    ) -> bool {
        let Some(session) = self.sessions.iter_mut().find(|s| s.id == id) else {
            return false;
        };
        let kept_from = session.log.front().map_or(1, |(first, _)| *first);
        if seq > session.seq || seq + 1 < kept_from {
            return false;
        }
        session.send(Out::Close(Some(4000)));
        session.socket = Some(socket);
        session.held.clear();
        let missed: Vec<_> = session
            .log
            .iter()
            .filter(|(number, _)| *number > seq)
            .map(|(_, frame)| frame.clone())
            .collect();
        for frame in missed {
            session.send(Out::Frame(frame));
        }
        session.tell("RESUMED", &json!({}), &Mischief::default());
        true
    }

    /// A socket is gone; its session waits for a resume, unless the client said that it is over.
    pub(crate) fn leave(&mut self, socket: u64, over: bool) {
        if over {
            self.sessions.retain(|s| {
                s.socket
                    .as_ref()
                    .is_none_or(|(number, _)| *number != socket)
            });
            return;
        }
        for session in &mut self.sessions {
            if session
                .socket
                .as_ref()
                .is_some_and(|(number, _)| *number == socket)
            {
                session.socket = None;
            }
        }
    }

    /// Tells an event to every session that asked for its kind.
    pub(crate) fn dispatch(&mut self, event: Event) {
        let mischief = &self.mischief;
        for session in &mut self.sessions {
            if !session.hears(&event) {
                continue;
            }
            let reads = session.intents & intent::MESSAGE_CONTENT != 0;
            let data = match &event.without_content {
                Some(bare) if !reads => bare,
                _ => &event.data,
            };
            session.tell(event.name, data, mischief);
        }
    }
}
