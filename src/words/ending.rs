//! What becomes of channels and threads of incidents that are over.

use crate::incident::GuildSettings;
use crate::incident::ending::EndPolicy;

use super::count::{Noun, count};
use super::escape;
use super::language::say;

/// What a guild has chosen.
#[must_use]
pub fn policy(settings: &GuildSettings) -> String {
    let ends = &settings.ends;
    let days = |days: u32| count(days as usize, Noun::QuietDay);
    let threads = match (ends.threads, ends.lock) {
        (None, _) => say!(
            "Threads: left to Discord, which archives them after a quiet week",
            "Threads: bleiben Discord überlassen, das sie nach einer ruhigen Woche archiviert"
        ),
        (Some(after), false) => say!(
            "Threads: archived after {after}; writing in one wakes it",
            "Threads: archiviert nach {after}; wer in einen schreibt, weckt ihn",
            after = days(after)
        ),
        (Some(after), true) => say!(
            "Threads: archived and locked after {after}",
            "Threads: archiviert und gesperrt nach {after}",
            after = days(after)
        ),
    };
    let channels = match (ends.channels, ends.category) {
        (Some(after), Some(category)) => say!(
            "Channels: moved to <#{category}> and closed after {after}; everybody who could read them still can",
            "Kanäle: nach {after} nach <#{category}> verschoben und geschlossen; wer sie lesen konnte, kann es weiter",
            after = days(after)
        ),
        (_, None) => say!(
            "Channels: left where they are; choose a `category` to move them to",
            "Kanäle: bleiben, wo sie sind; wähle eine `category`, in die sie kommen"
        ),
        (None, Some(category)) => say!(
            "Channels: left where they are (`channels:7 days` would move them to <#{category}>)",
            "Kanäle: bleiben, wo sie sind (`channels:7 days` würde sie nach <#{category}> verschieben)"
        ),
    };
    say!(
        "When an incident is over (resolved, its postmortem published, or cancelled) and nothing more is recorded in it:\n{threads}\n{channels}\n-# Nothing is deleted. Who reopens an incident has its channel or thread back as it was. A channel that was there before the incident is left alone.",
        "Wenn ein Incident vorbei ist (gelöst, sein Postmortem veröffentlicht oder abgebrochen) und nichts mehr dazukommt:\n{threads}\n{channels}\n-# Nichts wird gelöscht. Wer einen Incident wieder öffnet, hat seinen Kanal oder Thread zurück, wie er war. Ein Kanal, den es vor dem Incident gab, bleibt in Ruhe."
    )
}

/// What was typed is no number of days, or too few or too many.
#[must_use]
pub fn no_such_days(typed: &str) -> String {
    let (least, most) = EndPolicy::DAYS.into_inner();
    say!(
        "`{typed}` is no time I can wait here. Write {least} to {most} days, such as `1 day` or `2 weeks`, or `off`. Nothing was changed.",
        "`{typed}` ist keine Zeit, die ich hier warten kann. Schreib {least} bis {most} Tage, etwa `1 day` oder `2 weeks`, oder `off`. Es wurde nichts geändert.",
        typed = escape::code(&escape::short(typed, 50))
    )
}

/// Channels are to be moved, and nobody said where to.
#[must_use]
pub fn category_is_missing() -> String {
    say!(
        "Say where channels go: add `category`. Nothing was changed.",
        "Sag, wohin die Kanäle kommen: Gib `category` dazu. Es wurde nichts geändert."
    )
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
    say!(
        "Scribe may not archive it or bring it back; give its role the permissions Manage Channels, Manage Roles and Manage Threads, also in that channel and in the category of the archive. It tries again by itself",
        "Scribe darf ihn nicht archivieren oder zurückholen; gib seiner Rolle die Berechtigungen Kanäle verwalten, Rollen verwalten und Threads verwalten, auch in dem Kanal und in der Kategorie des Archivs. Es versucht es von selbst wieder"
    )
}

/// The archive is no longer there.
#[must_use]
pub fn category_gone() -> String {
    say!(
        "the category that channels are archived in was deleted; choose another with `/scribe archive`. It is tried again",
        "die Kategorie, in der Kanäle archiviert werden, wurde gelöscht; wähle mit `/scribe archive` eine andere. Es wird wieder versucht"
    )
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
