//! `scribe show`

use clap::{Args, ValueEnum};
use serde_json::json;

use super::desk::Desk;
use super::outcome::{Outcome, visible};
use crate::incident::human_time::{show, show_clock, show_day, show_duration};
use crate::incident::{Entry, Incident, IncidentNumber, Line, Seq, timeline};
use crate::report::downtime;
use crate::words::count::{Noun, count};
use crate::words::{entry, link, name};

/// Show an incident: how it stands, and its timeline.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    scribe show INC-42\n  \
    scribe show 42 --all\n  \
    scribe show 42 --format json | jq .incident.title\n\n\
    Times are in the guild's zone.")]
pub(crate) struct Show {
    /// The incident, such as INC-42 or 42.
    incident: IncidentNumber,
    /// The whole timeline, with every message, instead of the key events.
    #[arg(long)]
    all: bool,
    /// Text for people and pipes, or JSON with the whole log.
    #[arg(long, value_enum, default_value_t)]
    format: ShowFormat,
}

/// What it is shown as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ShowFormat {
    /// Lines of text.
    #[default]
    Text,
    /// `{"incident": ..., "entries": [...]}`
    Json,
}

impl Show {
    pub(crate) async fn run(self, desk: &Desk) -> anyhow::Result<Outcome> {
        let (incident, log) = desk.with_log(self.incident).await?;
        if self.format == ShowFormat::Json {
            return Ok(Outcome::json(
                &json!({ "incident": incident, "entries": log }),
            )?);
        }
        let mut text = head(&incident, desk);
        let waiting = desk.store.pending(incident.key).await?;
        if !waiting.is_empty() {
            let count = count(waiting.len(), Noun::Message);
            text.push_str(&format!("Not yet told on Discord: {count}\n"));
        }
        text.push('\n');
        text.push_str(&lines(&log, self.all, desk));
        Ok(Outcome::text(text))
    }
}

/// How it stands.
fn head(incident: &Incident, desk: &Desk) -> String {
    let zone = desk.zone();
    let mut text = format!("{}  {}\n", incident.key.number, visible(&incident.title));
    let mut put = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    let marks = [
        (incident.private, " · private"),
        (incident.drill, " · drill"),
    ];
    let marks: String = marks
        .iter()
        .filter_map(|(is, mark)| is.then_some(*mark))
        .collect();
    put(format!(
        "{} · {} since {}{marks}",
        incident.severity_now(),
        incident.status_now(),
        show(incident.status_since(), zone)
    ));
    put(format!(
        "Declared {} by {}",
        show(incident.opened_at, zone),
        visible(incident.opened_by.name())
    ));
    if let Some(summary) = &incident.summary {
        put(visible(summary));
    }
    for (component, state) in incident.affected() {
        put(format!(
            "{}: {}",
            visible(&component.0),
            name::component_state(state)
        ));
    }
    for window in incident.outages_in_order() {
        let end = window.end.map(|(end, _)| show(end, zone));
        let end = end.unwrap_or_else(|| "nobody has said when it ended".to_owned());
        put(format!("Outage: {} to {end}", show(window.start, zone)));
    }
    if let Some(down) = downtime::of(incident, desk.now) {
        let so_far = if down.so_far { " so far" } else { "" };
        let at_least = if down.at_least { "at least " } else { "" };
        let total = show_duration(down.total);
        put(format!("Downtime: {at_least}{total}{so_far}"));
    }
    for (role, person) in &incident.roles {
        put(format!(
            "{}: {}",
            visible(role.as_str()),
            visible(&person.name)
        ));
    }
    for ties in link::lines(incident) {
        put(ties);
    }
    for action in &incident.actions {
        let done = if action.done_at.is_some() { "x" } else { " " };
        put(format!(
            "[{done}] {}. {}",
            action.number,
            visible(&action.text)
        ));
    }
    for (what, why) in &incident.failed_deliveries {
        put(format!(
            "Could not {} the {}: {}",
            name::delivering(what),
            visible(what),
            visible(why)
        ));
    }
    text
}

/// The timeline, a line each, with the day where it changes.
fn lines(log: &[Entry], all: bool, desk: &Desk) -> String {
    let zone = desk.zone();
    let time = |at| show(at, zone);
    let number = |seq: Seq| seq.to_string();
    let style = entry::Style {
        escape: &visible,
        time: &time,
        entry: &number,
    };
    let mut text = String::new();
    let mut today = String::new();
    let lines = timeline(log);
    for line in lines.iter().filter(|line| all || line.is_key()) {
        let day = show_day(line.at, zone);
        if day != today {
            text.push_str(&format!("{day} ({zone})\n"));
            today = day;
        }
        text.push_str(&format!(
            "{}  {:>5}  {}: {}{}\n",
            show_clock(line.at, zone),
            line.entry.seq.to_string(),
            visible(line.entry.actor.name()),
            entry::of_line(line, style),
            marks(line)
        ));
    }
    text
}

fn marks(line: &Line<'_>) -> &'static str {
    match (line.deleted_at.is_some(), line.is_changed()) {
        (true, _) => " (deleted)",
        (false, true) => " (edited)",
        (false, false) => "",
    }
}
