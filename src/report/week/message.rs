//! The weekly summary as a file, Markdown or HTML, and as one Discord message.

use serde::Serialize;

use super::summary::{Counted, OpenAction, Times, WeekSummary};
use crate::report::ReportError;
use crate::report::template::fill;
use crate::report::{page, picture};
use crate::words::week::{Resolving, and_more, quiet, resolving};
use crate::words::{escape, name};

/// The template that comes with Scribe.
const TEMPLATE: &str = include_str!("../../../templates/week.md.hbs");

/// The same as a page.
const HTML: &str = include_str!("../../../templates/week.html.hbs");

/// The most that fits a message, in the units Discord may count (UTF-16).
pub const MAX_MESSAGE: usize = 2_000;

/// The longest title or text in a list of the message, in characters.
const LONGEST: usize = 80;

/// What the template sees: the figures and the sentences made of them.
#[derive(Serialize)]
struct Page<'a> {
    #[serde(flatten)]
    summary: &'a WeekSummary,
    quiet: Option<&'static str>,
    resolving: String,
}

/// The same with the picture of the week.
#[derive(Serialize)]
struct WithChart<'a> {
    #[serde(flatten)]
    page: Page<'a>,
    /// As SVG.
    chart: String,
}

/// The summary as a Markdown file.
///
/// # Errors
/// [`ReportError`] is a failure of the template, which the tests exclude.
pub fn markdown(summary: &WeekSummary) -> Result<String, ReportError> {
    fill("week.md.hbs", TEMPLATE, &Page::of(summary))
}

/// The summary as one HTML file that needs nothing from elsewhere.
///
/// # Errors
/// [`ReportError`] is a failure of the template, which the tests exclude.
pub fn html(summary: &WeekSummary) -> Result<String, ReportError> {
    let page = WithChart {
        page: Page::of(summary),
        chart: picture::week(summary),
    };
    page::fill("week.html.hbs", HTML, &page)
}

impl<'a> Page<'a> {
    fn of(summary: &'a WeekSummary) -> Self {
        Self {
            summary,
            quiet: summary.is_quiet().then(|| quiet(summary.so_far)),
            resolving: times(summary),
        }
    }
}

/// The summary as one Discord message of at most [`MAX_MESSAGE`]: the figures
/// whole, the lists as far as there is room, with how many more there are.
#[must_use]
pub fn message(summary: &WeekSummary) -> String {
    let mut message = head(summary);
    let lists = [
        (
            "Still open",
            summary.still_open.iter().map(still_open).collect(),
        ),
        ("Postmortem missing", postmortems(summary)),
        ("Action items", summary.actions.iter().map(action).collect()),
    ];
    let lists: Vec<(&str, Vec<String>)> = lists
        .into_iter()
        .filter(|(_, lines): &(_, Vec<_>)| !lines.is_empty())
        .collect();
    let count = lists.len();
    for (place, (title, lines)) in lists.into_iter().enumerate() {
        let room = MAX_MESSAGE.saturating_sub(units(&message)) / (count - place);
        push_list(&mut message, title, &lines, room);
    }
    message
}

fn head(summary: &WeekSummary) -> String {
    let WeekSummary {
        week,
        monday,
        sunday,
        zone,
        ..
    } = summary;
    let mut head = format!("**Week {week}** ({monday} to {sunday}, {zone})\n");
    if summary.is_quiet() {
        head += quiet(summary.so_far);
    } else {
        let counts = [
            ("opened", summary.opened.len()),
            ("resolved", summary.resolved.len()),
            ("reopened", summary.reopened.len()),
            ("cancelled", summary.cancelled.len()),
            ("still open", summary.still_open.len()),
        ];
        let shown = counts.iter().filter(|(_, count)| *count > 0);
        let shown: Vec<String> = shown
            .map(|(what, count)| format!("{what} **{count}**"))
            .collect();
        head += &shown.join(" · ");
        let severities = summary.by_severity.iter().filter(|one| one.opened > 0);
        let severities: Vec<String> = severities
            .map(|one| format!("{} {}", one.opened, one.severity))
            .collect();
        if !severities.is_empty() {
            head += &format!("\nOpened: {}", severities.join(", "));
        }
        if !summary.affected.is_empty() {
            let affected = name::count(summary.affected.len(), "incident");
            head += &format!("\nDowntime: **{}**, in {affected}", summary.downtime.text);
        }
        head += &format!("\nTime to resolve: {}", times(summary));
    }
    if summary.drills > 0 {
        head += &format!("\nNot counted: {}", name::count(summary.drills, "drill"));
    }
    if summary.so_far {
        head += &format!("\nThe week is not over; told up to {}.", summary.as_of.text);
    }
    head
}

fn times(summary: &WeekSummary) -> String {
    resolving(told(&summary.times), told(&summary.times_before))
}

fn told(times: &Times) -> Option<Resolving<'_>> {
    Some(Resolving {
        incidents: times.count,
        median: &times.median.as_ref()?.text,
        longest: &times.longest.as_ref()?.text,
        longest_of: times.longest_name.as_deref()?,
    })
}

fn titled(one: &Counted) -> String {
    let title = escape::discord(&escape::short(&one.title, LONGEST));
    format!("{} {} {title}", one.name, one.severity)
}

fn still_open(one: &Counted) -> String {
    format!("{}, {} since {}", titled(one), one.status, one.at.day)
}

fn postmortems(summary: &WeekSummary) -> Vec<String> {
    let mut lines: Vec<String> = summary
        .without_postmortem
        .iter()
        .map(|one| format!("{}, resolved {}", titled(one), one.at.day))
        .collect();
    if summary.without_postmortem_older > 0 {
        lines.push(format!("{} older", summary.without_postmortem_older));
    }
    lines
}

fn action(one: &OpenAction) -> String {
    let text = escape::discord(&escape::short(
        &crate::incident::text::one_line(&one.text),
        LONGEST,
    ));
    let owner = one
        .owner
        .as_deref()
        .map(|owner| escape::discord(&escape::short(owner, 40)));
    let owner = owner.unwrap_or_else(|| "no owner".to_owned());
    let due = match (&one.due, one.overdue) {
        (Some(due), true) => format!("**overdue since {due}**"),
        (Some(due), false) => format!("due {due}"),
        (None, _) => "no date".to_owned(),
    };
    format!("{}/{} {text}: {owner}, {due}", one.name, one.number)
}

/// As many of the lines as fit in `room`, and how many more there are.
fn push_list(message: &mut String, title: &str, lines: &[String], room: usize) {
    let heading = format!("\n**{title}**");
    let mut used = units(&heading);
    let mut shown = 0;
    for (place, line) in lines.iter().enumerate() {
        let more = lines.len() - place - 1;
        let rest = if more == 0 {
            0
        } else {
            units(&and_more(more)) + 3
        };
        let needed = units(line) + 3;
        if used + needed + rest > room {
            break;
        }
        used += needed;
        shown += 1;
    }
    let more = lines.len() - shown;
    let cut = if more > 0 { Some(and_more(more)) } else { None };
    let whole = used + cut.as_ref().map_or(0, |cut| units(cut) + 3);
    if whole > room {
        return;
    }
    message.push_str(&heading);
    for line in lines[..shown].iter().chain(&cut) {
        message.push_str("\n- ");
        message.push_str(line);
    }
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}
