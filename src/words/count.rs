//! Numbers of things: `no messages`, `1 message`, `12 messages`.

use super::language::word;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumIter)]
pub enum Noun {
    /// Bytes.
    Byte,
    /// Channels.
    Channel,
    /// Characters.
    Character,
    /// Days.
    Day,
    /// Drills.
    Drill,
    /// Incidents that were declared twice.
    Duplicate,
    /// Entries of a log.
    Entry,
    /// Events of a timeline.
    Event,
    /// Files.
    File,
    /// What a look into the record or a check found.
    Finding,
    /// Incidents.
    Incident,
    /// Files that are kept.
    KeptFile,
    /// Lines of a file.
    Line,
    /// Messages.
    Message,
    /// Outage windows.
    OutageWindow,
    /// Private incidents.
    PrivateIncident,
    /// Days without anything new.
    QuietDay,
    /// Things that have no other name.
    Thing,
    /// Updates.
    Update,
    /// Versions.
    Version,
}

/// `1 message`, `2 messages`, `no messages`. In German not for the dative, whose
/// plurals end in n: where a sentence asks for it, it has its own words.
#[must_use]
pub fn count(number: usize, noun: Noun) -> String {
    let (none, one, many) = match noun {
        Noun::Byte => (
            word!("no bytes", "keine Bytes"),
            word!("byte", "Byte"),
            word!("bytes", "Bytes"),
        ),
        Noun::Channel => (
            word!("no channels", "keine Kanäle"),
            word!("channel", "Kanal"),
            word!("channels", "Kanäle"),
        ),
        Noun::Character => (
            word!("no characters", "keine Zeichen"),
            word!("character", "Zeichen"),
            word!("characters", "Zeichen"),
        ),
        Noun::Day => (
            word!("no days", "keine Tage"),
            word!("day", "Tag"),
            word!("days", "Tage"),
        ),
        Noun::Drill => (
            word!("no drills", "keine Übungen"),
            word!("drill", "Übung"),
            word!("drills", "Übungen"),
        ),
        Noun::Duplicate => (
            word!("no duplicates", "keine Duplikate"),
            word!("duplicate", "Duplikat"),
            word!("duplicates", "Duplikate"),
        ),
        Noun::Entry => (
            word!("no entries", "keine Einträge"),
            word!("entry", "Eintrag"),
            word!("entries", "Einträge"),
        ),
        Noun::Event => (
            word!("no events", "keine Ereignisse"),
            word!("event", "Ereignis"),
            word!("events", "Ereignisse"),
        ),
        Noun::File => (
            word!("no files", "keine Dateien"),
            word!("file", "Datei"),
            word!("files", "Dateien"),
        ),
        Noun::Finding => (
            word!("no findings", "keine Befunde"),
            word!("finding", "Befund"),
            word!("findings", "Befunde"),
        ),
        Noun::Incident => (
            word!("no incidents", "keine Incidents"),
            word!("incident", "Incident"),
            word!("incidents", "Incidents"),
        ),
        Noun::KeptFile => (
            word!("no kept files", "keine aufbewahrten Dateien"),
            word!("kept file", "aufbewahrte Datei"),
            word!("kept files", "aufbewahrte Dateien"),
        ),
        Noun::Line => (
            word!("no lines", "keine Zeilen"),
            word!("line", "Zeile"),
            word!("lines", "Zeilen"),
        ),
        Noun::Message => (
            word!("no messages", "keine Nachrichten"),
            word!("message", "Nachricht"),
            word!("messages", "Nachrichten"),
        ),
        Noun::OutageWindow => (
            word!("no outage windows", "keine Ausfälle"),
            word!("outage window", "Ausfall"),
            word!("outage windows", "Ausfälle"),
        ),
        Noun::PrivateIncident => (
            word!("no private incidents", "keine privaten Incidents"),
            word!("private incident", "privater Incident"),
            word!("private incidents", "private Incidents"),
        ),
        Noun::QuietDay => (
            word!("no quiet days", "keinem ruhigen Tag"),
            word!("quiet day", "ruhigen Tag"),
            word!("quiet days", "ruhigen Tagen"),
        ),
        Noun::Thing => (
            word!("no things", "nichts"),
            word!("thing", "Punkt"),
            word!("things", "Punkte"),
        ),
        Noun::Update => (
            word!("no updates", "keine Updates"),
            word!("update", "Update"),
            word!("updates", "Updates"),
        ),
        Noun::Version => (
            word!("no versions", "keine Versionen"),
            word!("version", "Version"),
            word!("versions", "Versionen"),
        ),
    };
    match number {
        0 => none.to_owned(),
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;
    use crate::incident::Language;
    use crate::words::language::speaking;

    #[test]
    fn numbers_read_as_spoken() {
        let said = || [0, 1, 12].map(|number| count(number, Noun::Message));
        assert_eq!(said(), ["no messages", "1 message", "12 messages"]);
        let german = speaking(Language::German, said);
        assert_eq!(
            german,
            ["keine Nachrichten", "1 Nachricht", "12 Nachrichten"]
        );
    }

    #[test]
    fn one_is_no_plural() {
        for noun in Noun::iter() {
            for language in [Language::English, Language::German] {
                let said = speaking(language, || count(1, noun));
                assert!(said.starts_with("1 ") && !said.contains('{'), "{said}");
            }
        }
    }
}
