//! A postmortem draft as typed facts, and its Markdown.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use super::gaps::{self, MissingFact};
use super::people::{self, Participants};
use super::record::{Record, without_redacted};
use super::sample::samples;
use super::sections::{self, SectionFact};
use super::summary::{self, Sentence, Summary};
use super::timeline::{self, Day};
use super::{appendix, impact};
use crate::incident::{
    ComponentState, Entry, GuildSettings, Incident, IncidentNumber, Language, MAX_DOCUMENT_BYTES,
    Section, Seq, Severity, Status,
};
use crate::report::moment::{Length, Moment, zone_note};
use crate::report::template::{fill, fill_own};
use crate::report::{ReportError, TemplateFault};
use crate::words::language::{chosen, speaking, spoken};
use crate::words::{markdown, name, template as said};

/// The template for Markdown that comes with Scribe, in the language that is spoken.
#[must_use]
pub fn markdown_template() -> String {
    chosen(include_str!("../../../templates/postmortem.md.hbs"))
}

/// All that a draft is made from.
#[derive(Clone, Copy)]
pub struct DraftInput<'a> {
    /// The state after `entries`.
    pub incident: &'a Incident,
    /// The log, in the order of its numbers.
    pub entries: &'a [Entry],
    /// The guild's choices; its zone is the draft's.
    pub settings: &'a GuildSettings,
    /// Where the message of an entry can be read.
    pub links: &'a dyn Fn(&Entry) -> Option<String>,
    /// Now (UTC): what an open incident is told up to.
    pub now: DateTime<Utc>,
    /// The form it is given.
    pub form: Form<'a>,
}

/// The form a draft is given.
#[derive(Clone, Copy, Debug, Default)]
pub struct Form<'a> {
    /// The guild's own template for Markdown; `None` is the one that comes with Scribe.
    pub markdown: Option<&'a str>,
    /// The guild's own template for HTML.
    pub html: Option<&'a str>,
    /// The version it is published as; `None` for a draft.
    pub version: Option<u32>,
}

/// A postmortem draft: the facts of a log, each with the entries it stands on.
/// Texts from people in it are as they were typed.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Draft {
    /// The language it is written in. The facts are the same in each.
    #[serde(skip)]
    pub language: Language,
    /// The incident.
    pub number: IncidentNumber,
    /// `INC-42`.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Whether it was an exercise.
    pub drill: bool,
    /// Whether only its members may know of it.
    pub private: bool,
    /// Where a record of the past was taken over from: `a Statuspage, https://...`.
    pub source: Option<String>,
    /// The version it is published as; `None` for a draft.
    pub version: Option<u32>,
    /// When the draft was made.
    pub made: Moment,
    /// The last entry it rests on.
    pub through: Seq,
    /// The zone of its times and what its clock is called.
    pub zone: String,
    /// The zone's name alone.
    pub zone_name: String,
    /// Whether UTC stands beside the times.
    pub beside_utc: bool,
    /// What happened, in a few sentences.
    pub summary: Summary,
    /// Where it stood, over time.
    pub status: Vec<StatusStep>,
    /// How bad it was thought to be, over time.
    pub severity: Vec<SeverityStep>,
    /// What was affected.
    pub components: Vec<ComponentFact>,
    /// When users were affected.
    pub outage: Outage,
    /// What the public was told.
    pub told: Option<Sentence>,
    /// How long things took.
    pub metrics: Vec<MetricFact>,
    /// The short timeline.
    pub timeline: Vec<Day>,
    /// How its lines were chosen; `None` where there was no message to choose from.
    pub chosen: Option<String>,
    /// The summary as people wrote it.
    pub summary_section: Option<SectionFact>,
    /// The impact as people wrote it.
    pub impact_section: Option<SectionFact>,
    /// How it was noticed; it stands before the timeline.
    pub detection_section: Option<SectionFact>,
    /// What else people have to write, and what the log offers them for it: it stands behind the timeline.
    pub sections: Vec<SectionFact>,
    /// What nobody knows yet; it stands with what is missing, after all else.
    pub open_questions_section: Option<SectionFact>,
    /// What is to be done.
    pub actions: Vec<Action>,
    /// Who took part.
    pub participants: Participants,
    /// What is missing.
    pub missing: Vec<MissingFact>,
}

/// A status and since when it held.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StatusStep {
    /// Since when.
    pub since: Moment,
    /// Which.
    pub status: Status,
    /// The entries it stands on.
    pub cites: Vec<Seq>,
}

/// A severity and since when it held.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SeverityStep {
    /// Since when.
    pub since: Moment,
    /// Which.
    pub severity: Severity,
    /// What a status page says of it.
    pub impact: String,
    /// Why.
    pub reason: Option<String>,
    /// Who said so.
    pub who: String,
    /// The entries it stands on.
    pub cites: Vec<Seq>,
}

/// How a component fared.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ComponentFact {
    /// Which.
    pub name: String,
    /// How it was at its worst.
    pub worst: ComponentState,
    /// The same in words.
    pub worst_said: String,
    /// Since when it was so.
    pub since: Moment,
    /// How it is now, in words, and since when.
    pub last_said: String,
    /// Since when.
    pub last_since: Moment,
    /// The entries it stands on.
    pub cites: Vec<Seq>,
}

/// When users were affected.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Outage {
    /// The windows in the order they happened.
    pub windows: Vec<Window>,
    /// The length of their union; `None` where there is none.
    pub total: Option<Total>,
    /// What has to be known about the total: an open window, an overlap.
    pub notes: Vec<String>,
}

/// For how long users were affected.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Total {
    /// The length that the record supports.
    pub length: Length,
    /// Whether it still grows.
    pub so_far: bool,
    /// Whether a window without a recorded end makes it longer.
    pub at_least: bool,
}

/// One outage window.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Window {
    /// Its place among them, from 1.
    pub place: usize,
    /// When it began.
    pub start: Moment,
    /// When it ended; `None` where nobody recorded that.
    pub end: Option<Moment>,
    /// How long it was.
    pub length: Option<Length>,
    /// Through which components; empty where nobody said.
    pub components: String,
    /// The entries it stands on.
    pub cites: Vec<Seq>,
}

/// One measure.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct MetricFact {
    /// Its name.
    pub name: &'static str,
    /// From what to what.
    pub meaning: &'static str,
    /// How long.
    pub length: Option<Length>,
    /// Why that is not known.
    pub missing: Option<&'static str>,
}

/// One action item.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Action {
    /// Its number.
    pub number: u32,
    /// What.
    pub text: String,
    /// By whom.
    pub owner: Option<String>,
    /// Until when: the day, in the guild's zone.
    pub due: Option<String>,
    /// Whether that is past and it is not done.
    pub overdue: bool,
    /// When it was done.
    pub done: Option<Moment>,
    /// The entries it stands on.
    pub cites: Vec<Seq>,
}

/// The facts of a log.
#[must_use]
pub fn draft(input: &DraftInput<'_>) -> Draft {
    speaking(input.settings.language, || {
        let entries = without_redacted(input.incident, input.entries);
        of(&Record::new(input, &entries))
    })
}

/// The draft as a Markdown file.
///
/// # Errors
/// [`ReportError`] is a failure of the template, which the tests exclude.
pub fn markdown(input: &DraftInput<'_>) -> Result<String, ReportError> {
    speaking(input.settings.language, || {
        let entries = without_redacted(input.incident, input.entries);
        let record = Record::new(input, &entries);
        let mut file = above_the_log(&record, input.form)?;
        // The log is written below the template, not through it: it is long and of one form.
        appendix::push(&mut file, &record);
        Ok(file)
    })
}

/// The same without the log below it.
///
/// # Errors
/// As above.
pub fn without_log(input: &DraftInput<'_>) -> Result<String, ReportError> {
    speaking(input.settings.language, || {
        let entries = without_redacted(input.incident, input.entries);
        above_the_log(&Record::new(input, &entries), input.form)
    })
}

fn above_the_log(record: &Record<'_>, form: Form<'_>) -> Result<String, ReportError> {
    let draft = of(record);
    let fault = match form.markdown {
        None => None,
        Some(own) => match fill_own(own, &draft, MAX_DOCUMENT_BYTES) {
            Ok(file) => return Ok(file.trim_end().to_owned() + "\n\n"),
            Err(fault) => Some(fault),
        },
    };
    // It fitted the sample and does not fit this log: a draft there is all the same.
    let note = fault.map(|fault| {
        format!(
            "> {}\n\n",
            markdown::line(&said::not_used(&fault.to_string()))
        )
    });
    let file = fill("postmortem.md.hbs", &markdown_template(), &draft)?;
    Ok(note.unwrap_or_default() + &file)
}

/// Tries a guild's template for Markdown on sample incidents; gives what it
/// makes of the one with something of everything.
///
/// # Errors
/// What is wrong with it, and where.
pub fn try_markdown(own: &str) -> Result<String, TemplateFault> {
    try_own(|input| {
        let entries = without_redacted(input.incident, input.entries);
        let draft = of(&Record::new(input, &entries));
        fill_own(own, &draft, MAX_DOCUMENT_BYTES)
    })
}

/// Does something with the sample incidents; gives what came of the first.
pub(super) fn try_own(
    fill: impl Fn(&DraftInput<'_>) -> Result<String, TemplateFault>,
) -> Result<String, TemplateFault> {
    let settings = GuildSettings {
        language: spoken(),
        zone: chrono_tz::Europe::Berlin,
        ..GuildSettings::default()
    };
    let mut first = None;
    for sample in samples().into_iter().flatten() {
        let filled = fill(&DraftInput {
            incident: &sample.incident,
            entries: &sample.entries,
            settings: &settings,
            links: &|_| Some("https://discord.com/channels/1/2/3".to_owned()),
            now: sample.now,
            form: Form::default(),
        })?;
        first.get_or_insert(filled);
    }
    Ok(first.unwrap_or_default())
}

pub(super) fn of(record: &Record<'_>) -> Draft {
    let incident = record.incident;
    let moments = record.lines.iter().map(|line| line.at);
    let first = moments.clone().min().unwrap_or(incident.opened_at);
    let last = moments.max().unwrap_or(incident.opened_at);
    let (timeline, chosen) = timeline::of(record);
    let mut sections = sections::of(record);
    let mut take = |section| {
        let place = sections.iter().position(|one| one.section == section);
        place.map(|place| sections.remove(place))
    };
    let summary_section = take(Section::Summary);
    let impact_section = take(Section::Impact);
    let detection_section = take(Section::Detection);
    let open_questions_section = take(Section::OpenQuestions);
    Draft {
        language: spoken(),
        number: incident.key.number,
        name: incident.key.number.to_string(),
        title: incident.title.clone(),
        drill: incident.drill,
        private: incident.private,
        source: incident.source.as_ref().map(name::source),
        version: record.version,
        made: record.moment(record.now),
        through: incident.last_seq,
        zone: zone_note(record.zone, first, last),
        zone_name: record.zone.to_string(),
        beside_utc: [first, last]
            .iter()
            .any(|at| record.moment(*at).utc.is_some()),
        summary: summary::of(record),
        status: impact::status(record),
        severity: impact::severity(record),
        components: impact::components(record),
        outage: impact::outage(record),
        told: summary::told(record),
        metrics: impact::metrics(record),
        timeline,
        chosen,
        summary_section,
        impact_section,
        detection_section,
        sections,
        open_questions_section,
        actions: impact::actions(record),
        participants: people::of(record),
        missing: gaps::of(record),
    }
}
