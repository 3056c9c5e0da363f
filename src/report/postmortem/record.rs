//! The log as the parts of a draft read it.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::cause::Topics;
use super::draft::DraftInput;
use crate::incident::{Actor, Entry, Fact, Incident, Line, Seq, UserId, timeline};
use crate::report::moment::{self, Moment};
use crate::words::entry::Style;
use crate::words::{discord_marks, html, markdown};

/// The entries of an incident, less the texts that were removed for good. The
/// store removes them itself; a log that comes from elsewhere may still have them.
pub(super) fn without_redacted<'a>(incident: &Incident, entries: &'a [Entry]) -> Cow<'a, [Entry]> {
    if incident.redacted.is_empty() {
        return Cow::Borrowed(entries);
    }
    let clean = entries.iter().map(|entry| {
        let mut entry = entry.clone();
        if incident.redacted.contains(&entry.seq) {
            entry.fact = entry.fact.redacted();
        }
        entry
    });
    Cow::Owned(clean.collect())
}

/// An incident, its log and how to show it.
pub(super) struct Record<'a> {
    pub(super) incident: &'a Incident,
    pub(super) entries: &'a [Entry],
    pub(super) lines: Vec<Line<'a>>,
    pub(super) zone: Tz,
    pub(super) now: DateTime<Utc>,
    pub(super) version: Option<u32>,
    links: &'a dyn Fn(&Entry) -> Option<String>,
    /// For each entry, the place of its line.
    places: Vec<Option<usize>>,
    topics: Vec<Topics>,
    names: HashMap<UserId, &'a str>,
}

/// A link to an entry of the appendix.
pub(super) fn cite(seq: Seq) -> String {
    format!("[{seq}](#e{})", seq.0)
}

impl<'a> Record<'a> {
    pub(super) fn new(input: &DraftInput<'a>, entries: &'a [Entry]) -> Self {
        let lines = timeline(entries);
        let mut places = vec![None; entries.len() + 1];
        for (at, line) in lines.iter().enumerate() {
            if let Some(place) = places.get_mut(line.entry.seq.0 as usize) {
                *place = Some(at);
            }
        }
        let topics = lines.iter().map(|line| Topics::of(line.text.unwrap_or("")));
        Self {
            incident: input.incident,
            entries,
            topics: topics.collect(),
            places,
            lines,
            zone: input.settings.zone,
            now: input.now,
            version: input.form.version,
            links: input.links,
            names: names(entries),
        }
    }

    pub(super) fn moment(&self, at: DateTime<Utc>) -> Moment {
        Moment::new(at, self.zone)
    }

    /// The line an entry is told in; `None` for entries that only tell of others.
    pub(super) fn line(&self, seq: Seq) -> Option<&Line<'a>> {
        let place = self.places.get(seq.0 as usize)?;
        place.map(|at| &self.lines[at])
    }

    /// The lines with what their texts speak of.
    pub(super) fn spoken_of(&self) -> impl Iterator<Item = (&Line<'a>, Topics)> {
        self.lines.iter().zip(self.topics.iter().copied())
    }

    /// Where the entry's message can be read on Discord.
    pub(super) fn link(&self, entry: &Entry) -> Option<String> {
        (self.links)(entry).filter(|link| markdown::is_address(link))
    }

    /// A text with the marks that Discord's clients write as people read them
    /// there: `<@77>` as `@ana`, `<:shipit:1>` as `:shipit:`, `<t:0:f>` as a time.
    pub(super) fn spoken<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let name = |user| self.names.get(&user).map(|name| (*name).to_owned());
        let time = |at| moment::text(at, self.zone);
        discord_marks::read(text, name, time)
    }

    /// Lets `write` use sentences as they are typed: the template escapes them.
    pub(super) fn plainly<T>(&self, write: impl FnOnce(Style<'_>) -> T) -> T {
        let time = |at| moment::text(at, self.zone);
        write(Style {
            escape: &|text| self.spoken(text).into_owned(),
            time: &time,
            entry: &|seq| seq.to_string(),
        })
    }

    /// Lets `write` use sentences that are safe in Markdown already.
    pub(super) fn escaped<T>(&self, write: impl FnOnce(Style<'_>) -> T) -> T {
        let time = |at| moment::text(at, self.zone);
        write(Style {
            escape: &|text| markdown::line(&self.spoken(text)),
            time: &time,
            entry: &cite,
        })
    }

    /// Lets `write` use sentences that are safe in HTML already.
    pub(super) fn in_html<T>(&self, write: impl FnOnce(Style<'_>) -> T) -> T {
        let time = |at| moment::text(at, self.zone);
        write(Style {
            escape: &|text| html::text(&self.spoken(text)),
            time: &time,
            entry: &html::cite,
        })
    }
}

/// The names of those who are in the log, as they were last.
fn names(entries: &[Entry]) -> HashMap<UserId, &str> {
    let mut names = HashMap::new();
    for entry in entries {
        if let Fact::RoleGiven { to, .. } = &entry.fact {
            names.insert(to.id, to.name.as_str());
        }
        if let Actor::Person(person) = &entry.actor {
            names.insert(person.id, person.name.as_str());
        }
    }
    names
}

/// At most `most` characters in one line, cut between words with a visible mark.
pub(super) fn short(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((cut, _)) = line.char_indices().nth(most) else {
        return line;
    };
    let kept = &line[..cut];
    let kept = kept
        .rfind(' ')
        .filter(|at| *at > cut / 2)
        .map_or(kept, |at| &kept[..at]);
    format!("{kept} …")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_words() {
        assert_eq!(short("one  two\nthree", 40), "one two three");
        assert_eq!(short("one two three", 9), "one two …");
        assert_eq!(short("ééééééééé", 4), "éééé …");
    }
}
