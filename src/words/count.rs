//! Numbers of things: `no messages`, `1 message`, `12 messages`.

use super::language::say;

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
    macro_rules! of {
        ($one:literal, $many:literal, $none_de:literal, $one_de:literal, $many_de:literal) => {
            match number {
                0 => say!("no {many}", "{none}", many = $many, none = $none_de),
                1 => say!("1 {one}", "1 {one_de}", one = $one, one_de = $one_de),
                _ => say!(
                    "{number} {many}",
                    "{number} {many_de}",
                    many = $many,
                    many_de = $many_de
                ),
            }
        };
    }
    match noun {
        Noun::Byte => of!("byte", "bytes", "keine Bytes", "Byte", "Bytes"),
        Noun::Channel => of!("channel", "channels", "keine Kanäle", "Kanal", "Kanäle"),
        Noun::Character => of!(
            "character",
            "characters",
            "keine Zeichen",
            "Zeichen",
            "Zeichen"
        ),
        Noun::Day => of!("day", "days", "keine Tage", "Tag", "Tage"),
        Noun::Drill => of!("drill", "drills", "keine Übungen", "Übung", "Übungen"),
        Noun::Entry => of!("entry", "entries", "keine Einträge", "Eintrag", "Einträge"),
        Noun::Event => of!(
            "event",
            "events",
            "keine Ereignisse",
            "Ereignis",
            "Ereignisse"
        ),
        Noun::File => of!("file", "files", "keine Dateien", "Datei", "Dateien"),
        Noun::Finding => of!("finding", "findings", "keine Befunde", "Befund", "Befunde"),
        Noun::Incident => of!(
            "incident",
            "incidents",
            "keine Incidents",
            "Incident",
            "Incidents"
        ),
        Noun::KeptFile => of!(
            "kept file",
            "kept files",
            "keine aufbewahrten Dateien",
            "aufbewahrte Datei",
            "aufbewahrte Dateien"
        ),
        Noun::Line => of!("line", "lines", "keine Zeilen", "Zeile", "Zeilen"),
        Noun::Message => of!(
            "message",
            "messages",
            "keine Nachrichten",
            "Nachricht",
            "Nachrichten"
        ),
        Noun::OutageWindow => of!(
            "outage window",
            "outage windows",
            "keine Ausfälle",
            "Ausfall",
            "Ausfälle"
        ),
        Noun::PrivateIncident => of!(
            "private incident",
            "private incidents",
            "keine privaten Incidents",
            "privater Incident",
            "private Incidents"
        ),
        Noun::Thing => of!("thing", "things", "nichts", "Punkt", "Punkte"),
        Noun::Update => of!("update", "updates", "keine Updates", "Update", "Updates"),
        Noun::Version => of!(
            "version",
            "versions",
            "keine Versionen",
            "Version",
            "Versionen"
        ),
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
