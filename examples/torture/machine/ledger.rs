//! What people did and what they were told: the truth the record is held against.

use discord_sandbox::Snowflake;
use scribe::incident::{GuildId, IncidentKey};

/// A channel or thread in which people talk about an incident.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    pub(crate) channel: Snowflake,
    pub(crate) incident: IncidentKey,
}

/// A text that a message had.
#[derive(Debug)]
pub(crate) struct Version {
    pub(crate) text: String,
    /// Whether Scribe could not but see it: it listened, or the text stood there when it was back.
    pub(crate) seen: bool,
}

/// A message of somebody.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) room: Room,
    pub(crate) id: Snowflake,
    pub(crate) who: String,
    pub(crate) versions: Vec<Version>,
    pub(crate) deleted: bool,
    pub(crate) marked: bool,
}

/// A slash command of somebody.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) incident: IncidentKey,
    /// A text that only this command has in it.
    pub(crate) marker: String,
    /// Whether there was no trouble meanwhile.
    pub(crate) in_peace: bool,
    /// What was answered, or why there was no answer.
    pub(crate) answer: Result<String, String>,
}

/// The title of an incident that somebody tried to open.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) guild: GuildId,
    pub(crate) title: String,
    pub(crate) answer: Result<String, String>,
}

/// Everything.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    pub(crate) rooms: Vec<Room>,
    pub(crate) said: Vec<Said>,
    pub(crate) asked: Vec<Asked>,
    pub(crate) opened: Vec<Opened>,
}

impl Ledger {
    /// The newest messages of a room that are still there, as places in `said`, the newest first.
    pub(crate) fn newest(&self, room: Room, most: usize) -> Vec<usize> {
        let of_room = (0..self.said.len()).rev();
        of_room
            .filter(|at| self.said[*at].room.channel == room.channel && !self.said[*at].deleted)
            .take(most)
            .collect()
    }

    /// Notes that Scribe has listened or has caught up: what stands there now it must know.
    pub(crate) fn all_is_seen(&mut self) {
        for said in self.said.iter_mut().filter(|said| !said.deleted) {
            if let Some(last) = said.versions.last_mut() {
                last.seen = true;
            }
        }
    }
}
