//! What is told when something fails on our side or Discord's: plainly, and
//! what can be done about it.

use crate::incident::{Entry, IncidentNumber, Seq};

use super::language::say;

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
        Self::Recorded(say!("the template", "die Vorlage"))
    }

    /// The settings of the guild.
    #[must_use]
    pub fn settings() -> Self {
        Self::Recorded(say!("the settings", "die Einstellungen"))
    }
}

/// Something of ours broke, and why where that helps; more is in the log of
/// the machine. It says of the record what is known and nothing else.
#[must_use]
pub fn ours(left: &Left, reason: Option<&str>) -> String {
    let reason = reason
        .map(|reason| format!(" ({reason})"))
        .unwrap_or_default();
    let log = say!(
        "if it stays so, whoever runs Scribe finds the reason in its log",
        "bleibt es so, findet den Grund im Log, wer Scribe betreibt"
    );
    match left {
        Left::Nothing => say!(
            "Something went wrong on my side{reason}, and nothing was recorded. Please try again; {log}.",
            "Bei mir ist etwas schiefgegangen{reason}, und nichts wurde aufgezeichnet. Bitte versuch es noch einmal; {log}."
        ),
        Left::Recorded(what) => say!(
            "Recorded: {what}. After that something went wrong on my side{reason}, so you do not see the usual answer. Do not repeat it.",
            "Aufgezeichnet: {what}. Danach ist bei mir etwas schiefgegangen{reason}, darum siehst du nicht die übliche Antwort. Wiederhol es nicht."
        ),
        Left::Unknown => say!(
            "Something went wrong on my side{reason}, and I do not know whether this was recorded. Look with `/incident timeline view:all` before you repeat it; {log}.",
            "Bei mir ist etwas schiefgegangen{reason}, und ich weiß nicht, ob das aufgezeichnet wurde. Sieh mit `/incident timeline view:all` nach, bevor du es wiederholst; {log}."
        ),
    }
}

/// Scribe is about to end.
#[must_use]
pub fn stopping() -> String {
    say!(
        "Scribe is being restarted, and this was not recorded. Please try again in a moment.",
        "Scribe startet gerade neu, das wurde nicht aufgezeichnet. Bitte versuch es gleich noch einmal."
    )
}

/// The button is of a form that is no longer made.
#[must_use]
pub fn outdated_button() -> String {
    say!(
        "This button belongs to an older version of Scribe. Use the command instead: `/incident status`, `/incident update` or `/incident show`.",
        "Dieser Knopf gehört zu einer älteren Version von Scribe. Nimm stattdessen den Befehl: `/incident status`, `/incident update` oder `/incident show`."
    )
}

/// Discord's copy of the command is not ours.
#[must_use]
pub fn outdated_command() -> String {
    say!(
        "This command has changed since Discord loaded it. Reload Discord (Ctrl+R) and try again; nothing was recorded.",
        "Dieser Befehl hat sich geändert, seit Discord ihn geladen hat. Lade Discord neu (Strg+R) und versuch es noch einmal; es wurde nichts aufgezeichnet."
    )
}

/// Discord did not answer.
#[must_use]
pub fn discord_slow() -> String {
    say!(
        "Discord did not answer in time",
        "Discord hat nicht rechtzeitig geantwortet"
    )
}

/// Too much was asked of Discord.
#[must_use]
pub fn rate_limited() -> String {
    say!(
        "Discord asks to slow down",
        "Discord bittet, langsamer zu machen"
    )
}

/// The token no longer holds.
#[must_use]
pub fn unauthorized() -> String {
    say!(
        "Discord no longer accepts the bot's token",
        "Discord nimmt das Token des Bots nicht mehr an"
    )
}

/// Discord broke.
#[must_use]
pub fn discord_failed(status: u16) -> String {
    say!(
        "Discord had a failure of its own ({status})",
        "Discord hatte selbst einen Fehler ({status})"
    )
}

/// There is no way to Discord.
#[must_use]
pub fn discord_unreachable(reason: &str) -> String {
    say!(
        "Discord cannot be reached ({reason})",
        "Discord ist nicht zu erreichen ({reason})"
    )
}

/// Discord refused, by its code: <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>.
#[must_use]
pub fn discord_refused(code: isize, message: &str) -> String {
    match code {
        10_003 => channel_deleted(),
        50_001 => channel_unseen(),
        50_013 => permission_lacking(),
        _ => say!(
            "Discord refused it: {message} ({code})",
            "Discord hat es abgelehnt: {message} ({code})"
        ),
    }
}

/// The channel is no longer there.
#[must_use]
pub fn channel_deleted() -> String {
    say!("the channel was deleted", "der Kanal wurde gelöscht")
}

/// The channel is hidden from Scribe.
#[must_use]
pub fn channel_unseen() -> String {
    say!(
        "Scribe cannot see the channel; give it the permission View Channel there",
        "Scribe kann den Kanal nicht sehen; gib ihm dort die Berechtigung Kanal anzeigen"
    )
}

/// Scribe may not do there what it has to.
#[must_use]
pub fn permission_lacking() -> String {
    say!(
        "Scribe lacks a permission there; it needs View Channel, Send Messages, Embed Links, Attach Files and Read Message History",
        "Scribe fehlt dort eine Berechtigung; es braucht Kanal anzeigen, Nachrichten senden, Links einbetten, Dateien anhängen und Nachrichtenverlauf anzeigen"
    )
}

/// Scribe may not make channels.
#[must_use]
pub fn may_not_open_channels() -> String {
    say!(
        "Scribe may not open a channel; give its role the permission Manage Channels, also in the category of incidents. It tries again by itself",
        "Scribe darf keinen Kanal eröffnen; gib seiner Rolle die Berechtigung Kanäle verwalten, auch in der Kategorie der Incidents. Es versucht es von selbst wieder"
    )
}

/// Scribe may not open threads.
#[must_use]
pub fn may_not_open_threads() -> String {
    say!(
        "Scribe may not open a thread there; give its role the permissions Create Public Threads and Send Messages in Threads in that channel, in a forum also Send Messages. It tries again by itself",
        "Scribe darf dort keinen Thread eröffnen; gib seiner Rolle in dem Kanal die Berechtigungen Öffentliche Threads erstellen und Nachrichten in Threads senden, in einem Forum auch Nachrichten senden. Es versucht es von selbst wieder"
    )
}

/// The channel or forum that incidents are opened in was deleted.
#[must_use]
pub fn home_gone() -> String {
    say!(
        "the channel or forum that incidents are opened in was deleted, so this one has a channel of its own; choose another with /scribe setup",
        "der Kanal oder das Forum, in dem Incidents eröffnet werden, wurde gelöscht, darum hat dieser einen eigenen Kanal; wähle mit /scribe setup einen anderen Ort"
    )
}

/// The guild has 500 channels.
#[must_use]
pub fn guild_full() -> String {
    say!(
        "the server has 500 channels, Discord's most; delete or archive some. It tries again by itself",
        "der Server hat 500 Kanäle, mehr lässt Discord nicht zu; lösch oder archiviere welche. Scribe versucht es von selbst wieder"
    )
}

/// A file is larger than what is kept, both in bytes.
#[must_use]
pub fn file_too_large(size: u64, most: u64) -> String {
    const MIB: u64 = 1024 * 1024;
    say!(
        "it has {has} MiB, and files up to {most} MiB are kept",
        "sie hat {has} MiB, aufbewahrt werden Dateien bis {most} MiB",
        has = size.div_ceil(MIB),
        most = most / MIB
    )
}

/// A file is no longer where Discord had it.
#[must_use]
pub fn file_gone(status: u16) -> String {
    say!(
        "Discord no longer has it ({status})",
        "Discord hat sie nicht mehr ({status})"
    )
}

/// The disk failed.
#[must_use]
pub fn disk(reason: &str) -> String {
    say!(
        "it could not be written to disk: {reason}",
        "sie ließ sich nicht auf die Platte schreiben: {reason}"
    )
}

/// No further channel fits into the category of incident channels.
#[must_use]
pub fn category_full(most: usize) -> String {
    say!(
        "the category of incident channels is full ({most} channels), so this channel stands outside of it; move old ones away or choose another with /scribe setup",
        "die Kategorie der Incident-Kanäle ist voll ({most} Kanäle), darum steht dieser Kanal außerhalb; räum alte weg oder wähle mit /scribe setup eine andere"
    )
}

/// The category of incident channels was deleted.
#[must_use]
pub fn category_gone() -> String {
    say!(
        "the category of incident channels was deleted, so this channel stands outside of any; choose another with /scribe setup",
        "die Kategorie der Incident-Kanäle wurde gelöscht, darum steht dieser Kanal in keiner; wähle mit /scribe setup eine andere"
    )
}

/// Where published postmortems go is no longer there.
#[must_use]
pub fn postmortem_channel_gone() -> String {
    say!(
        "the channel for published postmortems is gone; choose another with `/scribe postmortems`",
        "den Kanal für veröffentlichte Postmortems gibt es nicht mehr; wähle mit `/scribe postmortems` einen anderen"
    )
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
