//! What only people can write, and what the log offers them for it.

use schemars::JsonSchema;
use serde::Serialize;
use strum::IntoEnumIterator;

use super::course;
use super::draft::DraftInput;
use super::offers::{self, Offered};
use super::record::{Record, without_redacted};
use super::summary::Sentence;
use crate::incident::{Section, Seq};
use crate::report::moment::Moment;
use crate::words::language::speaking;
use crate::words::{postmortem, section};

/// A section for people to write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SectionFact {
    /// Which.
    pub section: Section,
    /// Its heading.
    pub title: &'static str,
    /// What is asked.
    pub prompt: &'static str,
    /// What the log says of it for certain; it stays beside what people write.
    pub facts: Vec<Sentence>,
    /// What people wrote: the last version, and beside it those that were
    /// written at the same time. Empty while nobody has.
    pub words: Vec<Words>,
    /// What the log already says that may belong in it.
    pub offered: Vec<Offered>,
}

/// What somebody wrote in a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Words {
    /// All of it, as it was typed.
    pub text: String,
    /// Who.
    pub who: String,
    /// When.
    pub at: Moment,
    /// The entry that holds it.
    pub cite: Seq,
    /// What has to be known of it where others wrote at the same time.
    pub beside: Option<&'static str>,
}

/// All of them, in the order of a postmortem.
pub(super) fn of(record: &Record<'_>) -> Vec<SectionFact> {
    Section::iter()
        .map(|section| SectionFact {
            section,
            title: section::title(section),
            prompt: section::prompt(section),
            facts: course::of(record, section),
            words: words(record, section),
            offered: offers::of(record, section),
        })
        .collect()
}

/// What whoever writes a section finds in its form: what people wrote, with a
/// mark between texts that were written at the same time; else the lines of the
/// log that may belong in it; else nothing.
#[must_use]
pub fn to_start_with(input: &DraftInput<'_>, section: Section) -> String {
    speaking(input.settings.language, || started(input, section))
}

fn started(input: &DraftInput<'_>, section: Section) -> String {
    let entries = without_redacted(input.incident, input.entries);
    let record = Record::new(input, &entries);
    let written = input.incident.words.get(&section).into_iter().flatten();
    let lines = written.filter_map(|seq| record.line(*seq));
    let mut text = String::new();
    // As it was typed: what Discord's clients wrote for a mention stays one.
    for line in lines.filter(|line| line.redacted_by.is_none()) {
        if !text.is_empty() {
            let mark = postmortem::beside_in_form(line.entry.actor.name(), line.entry.seq);
            text.extend(["\n\n", &mark, "\n\n"]);
        }
        text.push_str(line.text.unwrap_or("").trim_end());
    }
    if !text.is_empty() {
        return text;
    }
    for one in offers::of(&record, section) {
        if text.is_empty() {
            text.push_str(postmortem::offered_in_form());
        }
        let (at, link) = (one.at.text, one.link.as_deref());
        let line = postmortem::offered_line(&at, &one.who, &one.text, one.cite, link);
        text.extend(["\n", &line]);
    }
    text
}

fn words(record: &Record<'_>, section: Section) -> Vec<Words> {
    let written = record.incident.words.get(&section).into_iter().flatten();
    let lines = written.filter_map(|seq| record.line(*seq));
    let readable = lines.filter(|line| line.redacted_by.is_none());
    let words = readable.enumerate().map(|(place, line)| Words {
        text: record.spoken(line.text.unwrap_or("")).into_owned(),
        who: line.entry.actor.name().to_owned(),
        at: record.moment(line.at),
        cite: line.entry.seq,
        beside: (place > 0).then_some(section::at_once()),
    });
    words.collect()
}
