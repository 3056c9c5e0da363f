//! `scribe write`

use clap::Args;

use super::args::one_of;
use super::desk::Desk;
use super::input;
use super::outcome::Outcome;
use crate::incident::text::MAX_TEXT_CHARS;
use crate::incident::{Command, IncidentNumber, Section, Seq};
use crate::store::Target;

/// Write a section of an incident's postmortem.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    scribe write INC-42 root_cause cause.md\n  \
    echo 'The failover took 40 seconds.' | scribe write 42 went_well -\n  \
    scribe write 42 root_cause cause.md --base 57   keep what was written since entry 57 beside it\n\n\
    Paragraphs, lists, headings and blocks of code stay. Every version is kept in the log, and\n\
    the draft shows the last one.")]
pub(crate) struct Write {
    /// The incident, such as INC-42 or 42.
    incident: IncidentNumber,
    /// The section.
    #[arg(value_parser = one_of::<Section>())]
    section: Section,
    /// The file with all of its words; - reads standard input.
    file: String,
    /// The entry with the words you began from. Without it: the last there are, which yours replace.
    #[arg(long, value_name = "ENTRY")]
    base: Option<u32>,
}

impl Write {
    pub(crate) async fn run(self, desk: &Desk) -> anyhow::Result<Outcome> {
        // A character is four bytes at most; what is too long is refused with its length.
        let text = input::text(&self.file, 4 * MAX_TEXT_CHARS)?;
        let incident = desk.incident(self.incident).await?;
        let last = incident
            .words
            .get(&self.section)
            .into_iter()
            .flatten()
            .max();
        let command = Command::WriteSection {
            section: self.section,
            text,
            base: self.base.map(Seq).or(last.copied()),
        };
        let recorded = desk
            .submit(Target::Incident(self.incident), command)
            .await?;
        let beside = recorded.incident.words.get(&self.section);
        let beside = beside.map_or(0, |versions| versions.len().saturating_sub(1));
        let seq = recorded.incident.last_seq;
        let mut said = format!("recorded as entry {seq} of {}\n", self.incident);
        if beside > 0 {
            said += "somebody else wrote this section since: the draft shows both until one text replaces them\n";
        }
        Ok(Outcome::text(said))
    }
}
