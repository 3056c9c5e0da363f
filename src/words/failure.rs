//! What is told when something fails on our side or Discord's: plainly, and
//! what can be done about it.

use crate::incident::{Entry, IncidentNumber, Seq};

/// What is known of what a command left behind when something broke in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    /// Nothing.
    Nothing,
    /// This was recorded before it broke: `INC-42 #15`, `the settings`.
    Recorded(String),
    /// It may have been recorded, or not.
    Unknown,
}

impl Left {
    /// The entries of an incident.
    #[must_use]
    pub fn entries(incident: IncidentNumber, entries: &[Entry]) -> Self {
        let numbers = entries.iter().map(|entry| entry.seq.to_string());
        match numbers.collect::<Vec<_>>().as_slice() {
            [] => Self::Nothing,
            numbers => Self::Recorded(format!("{incident} {}", numbers.join(", "))),
        }
    }

    /// One entry of an incident.
    #[must_use]
    pub fn entry(incident: IncidentNumber, entry: Seq) -> Self {
        Self::Recorded(format!("{incident} {entry}"))
    }

    /// The template of the guild.
    #[must_use]
    pub fn template() -> Self {
        Self::Recorded("the template".to_owned())
    }

    /// The settings of the guild.
    #[must_use]
    pub fn settings() -> Self {
        Self::Recorded("the settings".to_owned())
    }
}

/// Something of ours broke, and why where that helps; more is in the log of
/// the machine. It says of the record what is known and nothing else.
#[must_use]
pub fn ours(left: &Left, reason: Option<&str>) -> String {
    let reason = reason
        .map(|reason| format!(" ({reason})"))
        .unwrap_or_default();
    let log = "if it stays so, whoever runs Scribe finds the reason in its log";
    match left {
        Left::Nothing => format!(
            "Something went wrong on my side{reason}, and nothing was recorded. Please try again; {log}."
        ),
        Left::Recorded(what) => format!(
            "Recorded: {what}. After that something went wrong on my side{reason}, so you do not see the usual answer. Do not repeat it."
        ),
        Left::Unknown => format!(
            "Something went wrong on my side{reason}, and I do not know whether this was recorded. Look with `/incident timeline view:all` before you repeat it; {log}."
        ),
    }
}

/// Scribe is about to end.
#[must_use]
pub fn stopping() -> String {
    "Scribe is being restarted, and this was not recorded. Please try again in a moment.".to_owned()
}

/// The button is of a form that is no longer made.
#[must_use]
pub fn outdated_button() -> String {
    "This button belongs to an older version of Scribe. Use the command instead: `/incident status`, `/incident update` or `/incident show`.".to_owned()
}

/// Discord's copy of the command is not ours.
#[must_use]
pub fn outdated_command() -> String {
    "This command has changed since Discord loaded it. Reload Discord (Ctrl+R) and try again; nothing was recorded.".to_owned()
}

/// Discord did not answer.
#[must_use]
pub fn discord_slow() -> String {
    "Discord did not answer in time".to_owned()
}

/// Too much was asked of Discord.
#[must_use]
pub fn rate_limited() -> String {
    "Discord asks to slow down".to_owned()
}

/// The token no longer holds.
#[must_use]
pub fn unauthorized() -> String {
    "Discord no longer accepts the bot's token".to_owned()
}

/// Discord broke.
#[must_use]
pub fn discord_failed(status: u16) -> String {
    format!("Discord had a failure of its own ({status})")
}

/// There is no way to Discord.
#[must_use]
pub fn discord_unreachable(reason: &str) -> String {
    format!("Discord cannot be reached ({reason})")
}

/// Discord refused, by its code: <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>.
#[must_use]
pub fn discord_refused(code: isize, message: &str) -> String {
    match code {
        10_003 => "the channel was deleted".to_owned(),
        50_001 => "Scribe cannot see the channel; give it the permission View Channel there".to_owned(),
        50_013 => "Scribe lacks a permission there; it needs View Channel, Send Messages, Embed Links, Attach Files and Read Message History".to_owned(),
        _ => format!("Discord refused it: {message} ({code})"),
    }
}

/// Scribe may not make channels.
#[must_use]
pub fn may_not_open_channels() -> String {
    "Scribe may not open a channel; give its role the permission Manage Channels, also in the category of incidents. It tries again by itself".to_owned()
}

/// The guild has 500 channels.
#[must_use]
pub fn guild_full() -> String {
    "the server has 500 channels, Discord's most; delete or archive some. It tries again by itself"
        .to_owned()
}

/// A file is larger than what is kept, both in bytes.
#[must_use]
pub fn file_too_large(size: u64, most: u64) -> String {
    const MIB: u64 = 1024 * 1024;
    format!(
        "it has {} MiB, and files up to {} MiB are kept",
        size.div_ceil(MIB),
        most / MIB
    )
}

/// A file is no longer where Discord had it.
#[must_use]
pub fn file_gone(status: u16) -> String {
    format!("Discord no longer has it ({status})")
}

/// The disk failed.
#[must_use]
pub fn disk(reason: &str) -> String {
    format!("it could not be written to disk: {reason}")
}

/// No further channel fits into the category of incident channels.
#[must_use]
pub fn category_full(most: usize) -> String {
    format!(
        "the category of incident channels is full ({most} channels), so this channel stands outside of it; move old ones away or choose another with /scribe setup"
    )
}

/// The category of incident channels was deleted.
#[must_use]
pub fn category_gone() -> String {
    "the category of incident channels was deleted, so this channel stands outside of any; choose another with /scribe setup".to_owned()
}

/// Where published postmortems go is no longer there.
#[must_use]
pub fn postmortem_channel_gone() -> String {
    "the channel for published postmortems is gone; choose another with `/scribe postmortems`"
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_the_record_it_says_what_is_known_and_nothing_else() {
        let recorded = Left::Recorded("INC-42 #15".to_owned());
        let said = [Left::Nothing, recorded, Left::Unknown].map(|left| ours(&left, Some("why")));
        assert_eq!(
            said,
            [
                "Something went wrong on my side (why), and nothing was recorded. Please try again; if it stays so, whoever runs Scribe finds the reason in its log.",
                "Recorded: INC-42 #15. After that something went wrong on my side (why), so you do not see the usual answer. Do not repeat it.",
                "Something went wrong on my side (why), and I do not know whether this was recorded. Look with `/incident timeline view:all` before you repeat it; if it stays so, whoever runs Scribe finds the reason in its log.",
            ]
        );
    }
}
