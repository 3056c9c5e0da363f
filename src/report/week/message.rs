//! A review as one Discord message.

use super::period::days;
use super::review::{Counted, Downtime, LateNews, OpenAction, Owed, Review};
use super::spread::Spread;
use crate::incident::text::one_line;
use crate::words::count::{Noun, count};
use crate::words::language::{say, speaking, word};
use crate::words::week::{Took, and_duplicates, and_more, apart, compared, quiet};
use crate::words::{escape, name};

/// The most that fits a message, in the units Discord may count (UTF-16).
pub const MAX_MESSAGE: usize = 2_000;

/// The longest title or text in a list of the message, in characters.
const LONGEST: usize = 80;

/// The most components that the message names.
const COMPONENTS: usize = 3;

/// The review as one Discord message of at most [`MAX_MESSAGE`]: the figures
/// whole, the lists as far as there is room for whole lines, with how many more
/// there are.
#[must_use]
pub fn message(review: &Review) -> String {
    speaking(review.language, || said(review))
}

fn said(review: &Review) -> String {
    let mut message = head(review);
    let lists: [(&str, Vec<String>); 4] = [
        (
            word!("Still open", "Noch offen"),
            review.still_open.iter().map(still_open).collect(),
        ),
        (
            word!(
                "Updates later than promised",
                "Updates später als versprochen"
            ),
            review.late_news.iter().map(late).collect(),
        ),
        (
            word!("Postmortems overdue", "Überfällige Postmortems"),
            review.overdue_postmortems().map(postmortem).collect(),
        ),
        (
            word!("Action items overdue", "Überfällige Aufgaben"),
            review.overdue_actions().map(action).collect(),
        ),
    ];
    let lists: Vec<_> = lists
        .into_iter()
        .filter(|(_, lines)| !lines.is_empty())
        .collect();
    let count = lists.len();
    for (place, (title, lines)) in lists.into_iter().enumerate() {
        let room = MAX_MESSAGE.saturating_sub(units(&message)) / (count - place);
        push_list(&mut message, title, &lines, room);
    }
    message
}

fn head(review: &Review) -> String {
    let mut lines = vec![title(review)];
    if review.is_quiet() {
        lines.push(quiet(review.period.reviewed(), review.so_far));
    } else {
        lines.push(counts(review));
        let severities = review.by_severity.iter().filter(|one| one.opened > 0);
        let severities: Vec<_> = severities
            .map(|one| format!("{} {}", one.opened, one.severity))
            .collect();
        if !severities.is_empty() {
            let severities = severities.join(", ");
            lines.push(say!("Opened: {severities}", "Eröffnet: {severities}"));
        }
        lines.extend(downtime(review));
        lines.extend(review.longest.as_ref().map(|one| {
            let (which, after) = (titled(one), &one.after.text);
            say!(
                "Took longest: {which}, {after}",
                "Dauerte am längsten: {which}, {after}"
            )
        }));
        lines.extend(review.measures.iter().map(|measure| {
            format!(
                "{}: {}",
                measure.name,
                compared(told(&measure.now), told(&measure.before))
            )
        }));
    }
    let counted = (review.apart.drills, review.apart.private);
    let counted = apart(counted.0.unwrap_or(0), counted.1.unwrap_or(0));
    lines.extend(
        counted.map(|counted| say!("Counted apart: {counted}", "Getrennt gezählt: {counted}")),
    );
    if review.so_far {
        lines.push(review.period.reviewed().not_over(&review.as_of.text));
    }
    lines.join("\n")
}

/// `**Week 2026-W29** (2026-07-13 to 2026-07-19, Europe/Berlin)`.
fn title(review: &Review) -> String {
    let Review {
        name,
        first_day,
        last_day,
        zone,
        ..
    } = review;
    let days = days(first_day, last_day);
    match *name == days {
        true => format!("**{name}** ({zone})"),
        false => format!("**{name}** ({days}, {zone})"),
    }
}

fn counts(review: &Review) -> String {
    let counts = [
        (word!("opened", "eröffnet"), review.opened.len()),
        (
            word!("carried over", "übernommen"),
            review.carried_over.len(),
        ),
        (word!("resolved", "gelöst"), review.resolved.len()),
        (word!("reopened", "wieder geöffnet"), review.reopened.len()),
        (word!("cancelled", "abgebrochen"), review.cancelled.len()),
        (word!("still open", "noch offen"), review.still_open.len()),
    ];
    let twice = review.opened.iter().map(|one| one.duplicates).sum();
    let twice = and_duplicates(twice);
    let shown = counts.iter().filter(|(_, count)| *count > 0);
    let shown: Vec<_> = shown
        .map(|(what, count)| match (*what, &twice) {
            (what, Some(twice)) if what == word!("opened", "eröffnet") => {
                format!("{what} **{count}** ({twice})")
            }
            _ => format!("{what} **{count}**"),
        })
        .collect();
    if shown.is_empty() {
        return say!(
            "Nothing was opened or ended.",
            "Nichts wurde eröffnet oder beendet."
        );
    }
    shown.join(" · ")
}

fn downtime(review: &Review) -> Vec<String> {
    let Downtime {
        total,
        at_least,
        incidents,
        components,
    } = &review.downtime;
    if incidents.is_empty() {
        return Vec::new();
    }
    let least = if *at_least {
        word!("at least ", "mindestens ")
    } else {
        ""
    };
    let affected = count(incidents.len(), Noun::Incident);
    let total = &total.text;
    let mut lines = vec![say!(
        "Downtime: {least}**{total}**, in {affected}",
        "Ausfallzeit: {least}**{total}**, in {affected}"
    )];
    let severities = review.by_severity.iter();
    let severities: Vec<String> = severities
        .filter_map(|one| Some(format!("{} {}", one.severity, one.downtime.as_ref()?.text)))
        .collect();
    let mut named: Vec<String> = components
        .iter()
        .filter_map(|one| {
            let name = escape::discord(&escape::short(&one.component.as_ref()?.0, 40));
            Some(format!("{name} {}", one.length.text))
        })
        .collect();
    let more = named.len().saturating_sub(COMPONENTS);
    named.truncate(COMPONENTS);
    if more > 0 {
        named.push(and_more(more));
    }
    let parts = [severities.join(", "), named.join(", ")];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    lines[0] += &format!(" ({})", parts.join("; "));
    lines
}

/// As the sentences about it take it.
pub(super) fn told(spread: &Spread) -> Took<'_> {
    Took {
        incidents: spread.count,
        median: spread.median.as_ref().map_or("", |length| &length.text),
        p90: spread.p90.as_ref().map(|length| length.text.as_str()),
        shortest: spread.shortest.as_ref().map_or("", |length| &length.text),
        longest: spread.longest.as_ref().map_or("", |length| &length.text),
    }
}

fn short(text: &str, most: usize) -> String {
    escape::discord(&escape::short(&one_line(text), most))
}

fn titled(one: &Counted) -> String {
    let also = one.also.as_ref();
    let also = also.map_or_else(String::new, |also| format!(" ({also})"));
    format!(
        "{} {} {}{also}",
        one.name,
        one.severity,
        short(&one.title, LONGEST)
    )
}

fn still_open(one: &Counted) -> String {
    let (which, status, since) = (titled(one), name::status(one.status), &one.at.day);
    say!(
        "{which}, {status} since {since}",
        "{which}, {status} seit {since}"
    )
}

fn late(one: &LateNews) -> String {
    let (name, due) = (&one.name, &one.due.text);
    let words = short(&one.words, LONGEST);
    match one.told {
        Some(_) => say!(
            "{name} “{words}”: due {due}, came {late} late",
            "{name} „{words}“: fällig {due}, kam {late} zu spät",
            late = &one.late.text
        ),
        None => say!(
            "{name} “{words}”: due {due}, has not come",
            "{name} „{words}“: fällig {due}, kam noch nicht"
        ),
    }
}

fn postmortem(owed: &Owed) -> String {
    let due = owed.due.as_deref().unwrap_or_default();
    let (which, owner) = (titled(&owed.incident), owner(owed.owner.as_deref()));
    say!(
        "{which}: {owner}, **due {due}**",
        "{which}: {owner}, **fällig {due}**"
    )
}

fn action(one: &OpenAction) -> String {
    let due = one.due.as_deref().unwrap_or_default();
    let (text, owner) = (short(&one.text, LONGEST), owner(one.owner.as_deref()));
    let which = format!("{}/{}", one.name, one.number);
    say!(
        "{which} {text}: {owner}, **due {due}**",
        "{which} {text}: {owner}, **fällig {due}**"
    )
}

fn owner(name: Option<&str>) -> String {
    name.map_or_else(
        || word!("no owner", "niemand zuständig").to_owned(),
        |name| short(name, 40),
    )
}

/// As many of the lines as fit in `room`, and how many more there are.
fn push_list(message: &mut String, title: &str, lines: &[String], room: usize) {
    let heading = format!("\n**{title}**");
    let mut used = units(&heading);
    let mut shown = 0;
    for (place, line) in lines.iter().enumerate() {
        let more = lines.len() - place - 1;
        let rest = match more {
            0 => 0,
            more => units(&and_more(more)) + 3,
        };
        let needed = units(line) + 3;
        if used + needed + rest > room {
            break;
        }
        used += needed;
        shown += 1;
    }
    let more = lines.len() - shown;
    let cut = (more > 0).then(|| and_more(more));
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
