//! What only people can write, and what the log offers them for it.

use serde::Serialize;

use strum::IntoEnumIterator;

use super::cause::Topic;
use super::draft::DraftInput;
use super::record::{Record, short, without_redacted};
use crate::incident::{Fact, Line, Section, Seq, Status};
use crate::report::moment::Moment;
use crate::words::{postmortem, section};

/// The most lines that are offered for one section.
const OFFERED: usize = 6;
/// The longest of them, in characters.
const LONGEST: usize = 240;

/// A section for people to write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SectionFact {
    /// Which.
    pub section: Section,
    /// Its heading.
    pub title: &'static str,
    /// What is asked.
    pub prompt: &'static str,
    /// What people wrote: the last version, and beside it those that were
    /// written at the same time. Empty while nobody has.
    pub words: Vec<Words>,
    /// What the log already says that may belong in it.
    pub offered: Vec<Offered>,
}

/// What somebody wrote in a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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

/// A line of the log that may belong in a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Offered {
    /// When.
    pub at: Moment,
    /// Who.
    pub who: String,
    /// What they wrote.
    pub text: String,
    /// The entry it stands on.
    pub cite: Seq,
    /// Where its message can be read.
    pub link: Option<String>,
}

/// All of them, in the order of a postmortem.
pub(super) fn of(record: &Record<'_>) -> Vec<SectionFact> {
    Section::iter()
        .map(|section| SectionFact {
            section,
            title: section::title(section),
            prompt: section::prompt(section),
            words: words(record, section),
            offered: offers(record, section),
        })
        .collect()
}

fn offers(record: &Record<'_>, section: Section) -> Vec<Offered> {
    match section {
        Section::Detection => offered(record, Topic::Detection),
        Section::RootCause => offered(record, Topic::Cause),
        Section::Resolution => offered(record, Topic::Repair),
        _ => Vec::new(),
    }
}

/// What whoever writes a section finds in its form: what people wrote, with a
/// mark between texts that were written at the same time; else the lines of the
/// log that may belong in it; else nothing.
#[must_use]
pub fn to_start_with(input: &DraftInput<'_>, section: Section) -> String {
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
    for one in offers(&record, section) {
        if text.is_empty() {
            text.push_str(postmortem::OFFERED_IN_FORM);
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
        beside: (place > 0).then_some(section::AT_ONCE),
    });
    words.collect()
}

/// Lines that speak of a topic: what people told or marked comes before what
/// they only said, and each in the order it happened.
pub(super) fn speaking<'r, 'a>(
    record: &'r Record<'a>,
    topic: Topic,
    told: bool,
) -> impl Iterator<Item = &'r Line<'a>> {
    let lines = record.spoken_of().filter(move |(line, topics)| {
        let spoken = matches!(line.entry.fact, Fact::MessagePosted(_)) && !line.key;
        let fits = match &line.entry.fact {
            Fact::MessagePosted(_) | Fact::Noted { .. } | Fact::SeverityChanged { .. } => true,
            Fact::Updated { .. } => topic != Topic::Detection,
            Fact::StatusChanged { to, .. } => match topic {
                Topic::Cause => true,
                Topic::Detection => false,
                Topic::Repair => matches!(to, Status::Monitoring | Status::Resolved),
            },
            _ => false,
        };
        told != spoken && fits && topics.has(topic)
    });
    lines.map(|(line, _)| line)
}

fn offered(record: &Record<'_>, topic: Topic) -> Vec<Offered> {
    let told = speaking(record, topic, true);
    let spoken = speaking(record, topic, false);
    let mut lines: Vec<&Line<'_>> = told.chain(spoken).take(OFFERED).collect();
    lines.sort_by_key(|line| (line.at, line.entry.seq));
    let offered = lines.into_iter().map(|line| Offered {
        at: record.moment(line.at),
        who: line.entry.actor.name().to_owned(),
        text: short(&record.spoken(line.text.unwrap_or("")), LONGEST),
        cite: line.entry.seq,
        link: record.link(line.entry),
    });
    offered.collect()
}
