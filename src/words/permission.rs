//! The permissions Scribe needs on Discord, and what it cannot do without each.
//! Their names are those of Discord's clients in the language that is spoken.

use super::language::word;

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

/// The bits of what Scribe needs.
pub const BITS: [u32; 12] = [4, 10, 16, 11, 14, 15, 13, 51, 28, 34, 35, 38];

/// The name of a permission in Discord's settings, by the place of its bit;
/// nothing for those that Scribe has nothing to do with.
#[must_use]
pub fn name(bit: u32) -> &'static str {
    match bit {
        4 => word!("Manage Channels", "Kanäle verwalten"),
        5 => word!("Manage Server", "Server verwalten"),
        10 => word!("View Channels", "Kanäle anzeigen"),
        11 => word!("Send Messages", "Nachrichten senden"),
        13 => word!("Manage Messages", "Nachrichten verwalten"),
        14 => word!("Embed Links", "Links einbetten"),
        15 => word!("Attach Files", "Dateien anhängen"),
        16 => word!("Read Message History", "Nachrichtenverlauf anzeigen"),
        28 => word!("Manage Roles", "Rollen verwalten"),
        34 => word!("Manage Threads", "Threads verwalten"),
        35 => word!("Create Public Threads", "Öffentliche Threads erstellen"),
        38 => word!("Send Messages in Threads", "Nachrichten in Threads senden"),
        51 => word!("Pin Messages", "Nachrichten anpinnen"),
        _ => "",
    }
}

fn without(bit: u32) -> &'static str {
    match bit {
        4 => word!(
            "no channel can be opened for an incident, and its name and topic stay as they are",
            "für einen Incident lässt sich kein Kanal eröffnen, Name und Thema bleiben, wie sie sind"
        ),
        10 => word!(
            "nothing that is said there is recorded",
            "nichts, was dort gesagt wird, wird aufgezeichnet"
        ),
        16 => word!(
            "what is said while Scribe is away is not recorded",
            "was gesagt wird, während Scribe weg ist, wird nicht aufgezeichnet"
        ),
        11 => word!(
            "nothing can be told there",
            "dort lässt sich nichts mitteilen"
        ),
        14 => word!(
            "the card and the announcement cannot be shown",
            "Karte und Ankündigung lassen sich nicht zeigen"
        ),
        15 => word!(
            "drafts and summaries cannot be posted",
            "Entwürfe und Übersichten lassen sich nicht posten"
        ),
        13 => word!(
            "the card cannot be pinned where Discord does not know Pin Messages yet",
            "die Karte lässt sich nicht anpinnen, wo Discord das Recht dazu noch nicht einzeln kennt"
        ),
        51 => word!(
            "the card cannot be pinned",
            "die Karte lässt sich nicht anpinnen"
        ),
        28 => word!(
            "nobody can be let into the channel of a private incident, and no channel can be closed when it is archived",
            "niemand kann in den Kanal eines privaten Incidents geholt werden, und kein Kanal lässt sich beim Archivieren schließen"
        ),
        34 => word!(
            "a private thread is recorded only once somebody adds Scribe to it, a locked one cannot be written into, and none can be archived by it",
            "ein privater Thread wird erst aufgezeichnet, wenn jemand Scribe hinzufügt, in einen gesperrten lässt sich nicht schreiben, und archivieren kann es keinen"
        ),
        35 => word!(
            "an incident cannot be a thread",
            "ein Incident kann kein Thread sein"
        ),
        38 => word!(
            "nothing can be told in an incident that is a thread or a forum post",
            "in einem Incident, der ein Thread oder Forumsbeitrag ist, lässt sich nichts mitteilen"
        ),
        _ => "",
    }
}

/// All that Scribe needs, and nothing beyond.
#[must_use]
pub fn needed() -> [Needed; 12] {
    BITS.map(|bit| Needed {
        bit: 1 << bit,
        name: name(bit),
        without: without(bit),
        in_each_channel: matches!(bit, 10 | 11 | 14..=16),
    })
}
