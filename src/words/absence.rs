//! An absence in words: what was made up for, and what nobody can know.

use crate::incident::{ChannelId, Unread, WhyUnread};

use super::count::{Noun, count};
use super::language::{say, word};

/// What happens between two looks and leaves no trace on Discord.
#[must_use]
pub fn unknowable() -> &'static str {
    word!(
        "What was written and deleted in between, an edit before the last one, and a reaction that came and went cannot be known",
        "Was in dieser Zeit geschrieben und wieder gelöscht wurde, eine Änderung vor der letzten und eine Reaktion, die kam und ging, lassen sich nicht feststellen"
    )
}

/// How far back it was compared; `since` is a time as it is shown.
#[must_use]
pub fn compared_since(since: &str) -> String {
    say!(
        "edits, deletions and reactions to what was said before {since} were not looked for",
        "nach Änderungen, Löschungen und Reaktionen zu dem, was vor {since} gesagt wurde, wurde nicht gesucht"
    )
}

/// A channel of which not all could be read; `channel` as it is shown.
#[must_use]
pub fn unread(channel: &str, why: WhyUnread) -> String {
    let why = match why {
        WhyUnread::NoHistory => word!(
            "Scribe lacks the permission Read Message History there",
            "Scribe fehlt dort die Berechtigung Nachrichtenverlauf anzeigen"
        ),
        WhyUnread::NoAccess => word!("Scribe may not see it", "Scribe darf ihn nicht sehen"),
        WhyUnread::Deleted => word!("it was deleted", "er wurde gelöscht"),
        WhyUnread::Failing => word!(
            "Discord broke off again and again",
            "Discord brach immer wieder ab"
        ),
    };
    say!(
        "{channel} could not be read: {why}",
        "{channel} war nicht zu lesen: {why}"
    )
}

/// The most channels that are named one by one.
const NAMED: usize = 5;

/// All that could not be read, with the channels as `show` shows them.
#[must_use]
pub fn all_unread(list: &[Unread], show: impl Fn(ChannelId) -> String) -> Vec<String> {
    let mut said: Vec<String> = list
        .iter()
        .take(NAMED)
        .map(|one| unread(&show(one.channel), one.why))
        .collect();
    if let Some(more) = list.len().checked_sub(NAMED).filter(|more| *more > 0) {
        let channels = count(more, Noun::Channel);
        said.push(match more {
            1 => say!(
                "{channels} more could not be read",
                "{channels} mehr war nicht zu lesen"
            ),
            _ => say!(
                "{channels} more could not be read",
                "{channels} mehr waren nicht zu lesen"
            ),
        });
    }
    said
}

/// The channels that permissions keep Scribe from reading again, as what is in
/// the way and how to mend it.
#[must_use]
pub fn history_kept_from_us(channels: usize) -> String {
    let them = match channels {
        1 => say!("a channel or thread", "einen Kanal oder Thread"),
        many => say!("{many} channels or threads", "{many} Kanäle oder Threads"),
    };
    say!(
        "Scribe may not read {them} of this incident again; give it View Channel and Read Message History there. Without them what is said while it is away is lost. It tries again by itself",
        "Scribe darf {them} dieses Incidents nicht nachlesen; gib ihm dort Kanal anzeigen und Nachrichtenverlauf anzeigen. Sonst geht verloren, was gesagt wird, während es weg ist. Es versucht es von selbst wieder"
    )
}
