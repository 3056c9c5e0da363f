//! What becomes of channels and threads of incidents that are over.

use crate::incident::GuildSettings;
use crate::incident::ending::EndPolicy;

use super::{escape, name};

/// What a guild has chosen.
#[must_use]
pub fn policy(settings: &GuildSettings) -> String {
    let ends = &settings.ends;
    let days = |days: u32| name::count(days as usize, "quiet day");
    let threads = match (ends.threads, ends.lock) {
        (None, _) => "Threads: left to Discord, which archives them after a quiet week".to_owned(),
        (Some(after), false) => format!(
            "Threads: archived after {}; writing in one wakes it",
            days(after)
        ),
        (Some(after), true) => format!("Threads: archived and locked after {}", days(after)),
    };
    let channels = match (ends.channels, ends.category) {
        (Some(after), Some(category)) => format!(
            "Channels: moved to <#{category}> and closed after {}; everybody who could read them still can",
            days(after)
        ),
        (_, None) => {
            "Channels: left where they are; choose a `category` to move them to".to_owned()
        }
        (None, Some(category)) => {
            format!(
                "Channels: left where they are (`channels:7 days` would move them to <#{category}>)"
            )
        }
    };
    format!(
        "When an incident is over (resolved, its postmortem published, or cancelled) and nothing more is recorded in it:\n{threads}\n{channels}\n-# Nothing is deleted. Who reopens an incident has its channel or thread back as it was. A channel that was there before the incident is left alone."
    )
}

/// What was typed is no number of days, or too few or too many.
#[must_use]
pub fn no_such_days(typed: &str) -> String {
    let (least, most) = EndPolicy::DAYS.into_inner();
    format!(
        "`{}` is no time I can wait here. Write {least} to {most} days, such as `1 day` or `2 weeks`, or `off`. Nothing was changed.",
        escape::code(&escape::short(typed, 50))
    )
}

/// Channels are to be moved, and nobody said where to.
#[must_use]
pub fn category_is_missing() -> String {
    "Say where channels go: add `category`. Nothing was changed.".to_owned()
}

/// The name of the next category where one is full.
#[must_use]
pub fn next_category(name: &str, number: usize) -> String {
    let name: String = name.chars().take(90).collect();
    format!("{} {number}", name.trim())
}

/// Scribe may not put it away or bring it back.
#[must_use]
pub fn may_not() -> String {
    "Scribe may not archive it or bring it back; give its role the permissions Manage Channels, Manage Roles and Manage Threads, also in that channel and in the category of the archive. It tries again by itself".to_owned()
}

/// The archive is no longer there.
#[must_use]
pub fn category_gone() -> String {
    "the category that channels are archived in was deleted; choose another with `/scribe archive`. It is tried again".to_owned()
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::incident::ChannelId;

    #[test]
    fn what_is_chosen_reads_well() {
        let mut settings = GuildSettings::default();
        assert_snapshot!(policy(&settings), @r"
        When an incident is over (resolved, its postmortem published, or cancelled) and nothing more is recorded in it:
        Threads: archived after 1 quiet day; writing in one wakes it
        Channels: left where they are; choose a `category` to move them to
        -# Nothing is deleted. Who reopens an incident has its channel or thread back as it was. A channel that was there before the incident is left alone.
        ");
        settings.ends = EndPolicy {
            threads: Some(14),
            lock: true,
            channels: Some(7),
            category: Some(ChannelId(9)),
        };
        assert_snapshot!(policy(&settings), @r"
        When an incident is over (resolved, its postmortem published, or cancelled) and nothing more is recorded in it:
        Threads: archived and locked after 14 quiet days
        Channels: moved to <#9> and closed after 7 quiet days; everybody who could read them still can
        -# Nothing is deleted. Who reopens an incident has its channel or thread back as it was. A channel that was there before the incident is left alone.
        ");
        assert_eq!(next_category("Archive", 2), "Archive 2");
    }
}
