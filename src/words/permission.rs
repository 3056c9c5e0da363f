//! The permissions Scribe needs on Discord, and what it cannot do without each.

/// One permission.
#[derive(Clone, Copy, Debug)]
pub struct Needed {
    /// Its bit, <https://discord.com/developers/docs/topics/permissions>.
    pub bit: u64,
    /// Its name in Discord's settings.
    pub name: &'static str,
    /// What happens without it.
    pub without: &'static str,
    /// Whether it is needed in the channel of announcements, and of each incident, too.
    pub in_each_channel: bool,
}

const fn needed(bit: u32, name: &'static str, without: &'static str) -> Needed {
    Needed {
        bit: 1 << bit,
        name,
        without,
        in_each_channel: false,
    }
}

const fn in_each_channel(bit: u32, name: &'static str, without: &'static str) -> Needed {
    Needed {
        in_each_channel: true,
        ..needed(bit, name, without)
    }
}

/// All that Scribe needs, and nothing beyond.
pub const NEEDED: [Needed; 12] = [
    needed(
        4,
        "Manage Channels",
        "no channel can be opened for an incident, and its name and topic stay as they are",
    ),
    in_each_channel(
        10,
        "View Channels",
        "nothing that is said there is recorded",
    ),
    in_each_channel(
        16,
        "Read Message History",
        "what is said while Scribe is away is not recorded",
    ),
    in_each_channel(11, "Send Messages", "nothing can be told there"),
    in_each_channel(
        14,
        "Embed Links",
        "the card and the announcement cannot be shown",
    ),
    in_each_channel(15, "Attach Files", "drafts and summaries cannot be posted"),
    needed(
        13,
        "Manage Messages",
        "the card cannot be pinned where Discord does not know Pin Messages yet",
    ),
    needed(51, "Pin Messages", "the card cannot be pinned"),
    needed(
        28,
        "Manage Roles",
        "nobody can be let into the channel of a private incident, and no channel can be closed when it is archived",
    ),
    needed(
        34,
        "Manage Threads",
        "a private thread is recorded only once somebody adds Scribe to it, a locked one cannot be written into, and none can be archived by it",
    ),
    needed(
        35,
        "Create Public Threads",
        "an incident cannot be a thread",
    ),
    needed(
        38,
        "Send Messages in Threads",
        "nothing can be told in an incident that is a thread or a forum post",
    ),
];
