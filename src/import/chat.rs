//! A chat's transcript: one JSON object a line, `{"at": "2025-07-08T15:27:00Z", "author": "ana", "text": "..."}`.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::incident::text::one_line;
use crate::incident::{Severity, Source, SourceSystem};

use super::take_over::bounded;
use super::{Event, ImportError, PastIncident, Record, What};

/// Only these fields: one that is not known might say something that would be lost.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    at: DateTime<Utc>,
    author: String,
    text: String,
}

/// Reads a transcript as one incident with every line as a message. Its status stays open: a transcript does not say when it was over.
///
/// # Errors
///
/// [`ImportError`] with the number of the line; [`ImportError::Empty`] when there is none.
pub fn parse(text: &str, title: &str, severity: Severity) -> Result<Record, ImportError> {
    let text = bounded(text)?;
    let mut hash = Sha256::new();
    let mut events = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let place = format!("line {}", index + 1);
        let malformed = |reason: String| ImportError::Malformed {
            field: place.clone(),
            reason,
        };
        // serde would also take a list of the three values.
        if !line.starts_with('{') {
            return Err(malformed("is not a JSON object".to_owned()));
        }
        let said: Line =
            serde_json::from_str(line).map_err(|error| malformed(without_line(&error)))?;
        if one_line(&said.author).is_empty() {
            return Err(malformed("author is empty".to_owned()));
        }
        hash.update(line);
        hash.update("\n");
        let what = What::Message {
            author: said.author,
            text: said.text,
        };
        events.push(Event {
            place,
            at: said.at,
            what,
        });
    }
    if events.is_empty() {
        return Err(ImportError::Empty);
    }
    let id = hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let incident = PastIncident {
        source: Source {
            system: SourceSystem::Chat,
            id,
            url: None,
        },
        place: "the transcript".to_owned(),
        title: title.to_owned(),
        summary: None,
        severity,
        author: "transcript".to_owned(),
        events,
    };
    Ok(Record {
        incidents: vec![incident],
        left_out: Vec::new(),
    })
}

/// serde counts lines within the line it was given, which is always 1; its column is right.
fn without_line(error: &serde_json::Error) -> String {
    error
        .to_string()
        .replace(" at line 1 column ", " at column ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Record, ImportError> {
        parse(text, "API is down", Severity::Sev2)
    }

    const TWO: &str = r#"{"at": "2025-06-07T18:12:00Z", "author": "ana", "text": "errors"}

{"at": "2025-06-07T20:13:00+02:00", "author": "ben", "text": "rolled back\n812"}
"#;

    #[test]
    fn every_line_is_a_message() {
        let record = read(TWO).unwrap();
        let [incident] = &record.incidents[..] else {
            panic!("not one incident: {record:?}")
        };
        let said: Vec<_> = incident
            .events
            .iter()
            .map(|event| (event.place.as_str(), event.at.to_rfc3339(), &event.what))
            .collect();
        let message = |author: &str, text: &str| What::Message {
            author: author.into(),
            text: text.into(),
        };
        assert_eq!(
            said,
            [
                (
                    "line 1",
                    "2025-06-07T18:12:00+00:00".to_owned(),
                    &message("ana", "errors")
                ),
                (
                    "line 3",
                    "2025-06-07T18:13:00+00:00".to_owned(),
                    &message("ben", "rolled back\n812")
                ),
            ]
        );
    }

    #[test]
    fn the_lines_are_its_name_and_the_title_is_not() {
        let id = |text: &str, title| {
            parse(text, title, Severity::Sev1).unwrap().incidents[0]
                .source
                .id
                .clone()
        };
        assert_eq!(id(TWO, "a"), id(&TWO.replace('\n', "\r\n"), "b"));
        assert_ne!(id(TWO, "a"), id(&TWO.replace("812", "813"), "a"));
    }

    #[test]
    fn a_wrong_line_is_named() {
        let good = TWO.lines().next().unwrap();
        for (line, reason) in [
            (
                r#"{"at": "2025-06-07T18:12:00Z", "author": "ana"}"#,
                "missing field `text` at column 47",
            ),
            (
                r#"{"at": "yesterday", "author": "ana", "text": ""}"#,
                "input contains invalid characters at column 18",
            ),
            (
                r#"{"at": "2025-06-07T18:12:00Z", "author": " ", "text": ""}"#,
                "author is empty",
            ),
            (
                r#"["2025-06-07T18:12:00Z", "ana", "text"]"#,
                "is not a JSON object",
            ),
            ("ana: errors", "is not a JSON object"),
        ] {
            let refused = read(&format!("{good}\n{line}\n{good}"));
            let expected = ImportError::Malformed {
                field: "line 2".into(),
                reason: reason.into(),
            };
            assert_eq!(refused, Err(expected), "{line}");
        }
        let extra = good.replace('}', r#", "files": ["a.png"]}"#);
        let Err(ImportError::Malformed { field, reason }) = read(&extra) else {
            panic!("a field was lost")
        };
        assert_eq!(field, "line 1");
        assert!(reason.starts_with("unknown field `files`"), "{reason}");
        assert_eq!(read("\n \n"), Err(ImportError::Empty));
    }
}
