//! An absence in words: what was made up for, and what nobody can know.

use crate::incident::{ChannelId, Unread, WhyUnread};

use super::name;

/// What happens between two looks and leaves no trace on Discord.
#[must_use]
pub fn unknowable() -> &'static str {
    "What was written and deleted in between, an edit before the last one, and a reaction that came and went cannot be known"
}

/// How far back it was compared; `since` is a time as it is shown.
#[must_use]
pub fn compared_since(since: &str) -> String {
    format!("edits, deletions and reactions to what was said before {since} were not looked for")
}

/// A channel of which not all could be read; `channel` as it is shown.
#[must_use]
pub fn unread(channel: &str, why: WhyUnread) -> String {
    let why = match why {
        WhyUnread::NoHistory => "Scribe lacks the permission Read Message History there",
        WhyUnread::NoAccess => "Scribe may not see it",
        WhyUnread::Deleted => "it was deleted",
        WhyUnread::Failing => "Discord broke off again and again",
    };
    format!("{channel} could not be read: {why}")
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
        said.push(format!(
            "{} more could not be read",
            name::count(more, "channel")
        ));
    }
    said
}

/// The channels that permissions keep Scribe from reading again, as what is in
/// the way and how to mend it.
#[must_use]
pub fn history_kept_from_us(channels: usize) -> String {
    let them = match channels {
        1 => "a channel or thread".to_owned(),
        many => format!("{many} channels or threads"),
    };
    format!(
        "Scribe may not read {them} of this incident again; give it View Channel and Read Message History there. Without them what is said while it is away is lost. It tries again by itself"
    )
}
