//! What only people can write, and what the log offers them for it.

use serde::Serialize;

use super::cause::Topic;
use super::record::{Record, short};
use crate::incident::{Fact, Line, Seq, Status};
use crate::report::moment::Moment;
use crate::words::section::Question;

/// The most lines that are offered for one section.
const OFFERED: usize = 6;
/// The longest of them, in characters.
const LONGEST: usize = 240;

/// A section for people to write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its heading.
    pub title: &'static str,
    /// What is asked.
    pub prompt: &'static str,
    /// What the log already says that may belong in it.
    pub offered: Vec<Offered>,
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

pub(super) fn of(record: &Record<'_>) -> Vec<Section> {
    let sections = Question::ALL.map(|question| Section {
        title: question.title(),
        prompt: question.prompt(),
        offered: match question {
            Question::Detection => offered(record, Topic::Detection),
            Question::RootCause => offered(record, Topic::Cause),
            Question::Resolution => offered(record, Topic::Repair),
            Question::WentWell | Question::WentBadly | Question::Lucky => Vec::new(),
        },
    });
    sections.into()
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
