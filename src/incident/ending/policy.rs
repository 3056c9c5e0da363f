//! What a guild chooses about the places of incidents that are over.

use serde::{Deserialize, Serialize};

use crate::incident::entry::Place;
use crate::incident::id::ChannelId;

/// What becomes of channels and threads. The default closes threads after a
/// day, as Discord would after a week, and leaves channels where they are,
/// because where to is a guild's to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EndPolicy {
    /// After how many quiet days a thread is archived; `None` leaves it to Discord.
    pub threads: Option<u32>,
    /// Whether it is locked, too.
    pub lock: bool,
    /// After how many quiet days a channel is moved and closed; `None` is never.
    pub channels: Option<u32>,
    /// The category that channels are moved to. Where it is full the next of
    /// its name is used: *Archive 2*.
    pub category: Option<ChannelId>,
}

impl Default for EndPolicy {
    fn default() -> Self {
        Self {
            threads: Some(1),
            lock: false,
            channels: None,
            category: None,
        }
    }
}

impl EndPolicy {
    /// The fewest and the most days that may be chosen.
    pub const DAYS: std::ops::RangeInclusive<u32> = 1..=365;

    /// After how many quiet days a place is put away, if it is.
    #[must_use]
    pub fn after(&self, place: Place) -> Option<u32> {
        match place {
            Place::Thread => self.threads,
            Place::Channel => self.channels.filter(|_| self.category.is_some()),
        }
    }
}
