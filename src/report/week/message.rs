//! A review as one Discord message.

use super::review::{Counted, Downtime, LateNews, OpenAction, Owed, Review};
use super::spread::Spread;
use crate::incident::text::one_line;
use crate::words::count::{Noun, count};
use crate::words::language::speaking;
use crate::words::period::days;
use crate::words::review::{self as words, Did, Heading};
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
    let lists: [(Heading, Vec<String>); 4] = [
        (
            Heading::StillOpen,
            review.still_open.iter().map(still_open).collect(),
        ),
        (
            Heading::LateUpdates,
            review.late_news.iter().map(late).collect(),
        ),
        (
            Heading::Postmortems,
            review.overdue_postmortems().map(postmortem).collect(),
        ),
        (
            Heading::Actions,
            review.overdue_actions().map(action).collect(),
        ),
    ];
    let lists: Vec<_> = lists
        .into_iter()
        .filter(|(_, lines)| !lines.is_empty())
        .collect();
    let count = lists.len();
    for (place, (heading, lines)) in lists.into_iter().enumerate() {
        let room = MAX_MESSAGE.saturating_sub(units(&message)) / (count - place);
        push_list(&mut message, heading.name(), &lines, room);
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
            lines.push(words::opened(&severities.join(", ")));
        }
        lines.extend(downtime(review));
        let longest = review.longest.as_ref();
        lines.extend(longest.map(|one| words::took_longest(&titled(one), &one.after.text)));
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
    lines.extend(counted.map(|counted| words::counted_apart(&counted)));
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
        (Did::Opened, review.opened.len()),
        (Did::CarriedOver, review.carried_over.len()),
        (Did::Resolved, review.resolved.len()),
        (Did::Reopened, review.reopened.len()),
        (Did::Cancelled, review.cancelled.len()),
        (Did::StillOpen, review.still_open.len()),
    ];
    let twice = review.opened.iter().map(|one| one.duplicates).sum();
    let twice = and_duplicates(twice);
    let shown = counts.into_iter().filter(|(_, count)| *count > 0);
    let shown: Vec<_> = shown
        .map(|(did, count)| match (did, &twice) {
            (Did::Opened, Some(twice)) => format!("{} **{count}** ({twice})", did.name()),
            _ => format!("{} **{count}**", did.name()),
        })
        .collect();
    if shown.is_empty() {
        return words::nothing_began_or_ended();
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
    let affected = count(incidents.len(), Noun::Incident);
    let mut lines = vec![words::downtime(&total.text, *at_least, &affected)];
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
    words::open_since(&titled(one), name::status(one.status), &one.at.day)
}

fn late(one: &LateNews) -> String {
    let late = one.told.as_ref().map(|_| one.late.text.as_str());
    let said = short(&one.words, LONGEST);
    words::late_update(&one.name, &said, &one.due.text, late)
}

fn postmortem(owed: &Owed) -> String {
    let owner = owner(owed.owner.as_deref());
    let due = owed.due.as_deref().unwrap_or_default();
    words::overdue(&titled(&owed.incident), owner.as_deref(), due)
}

fn action(one: &OpenAction) -> String {
    let text = short(&one.text, LONGEST);
    let which = format!("{}/{} {text}", one.name, one.number);
    let owner = owner(one.owner.as_deref());
    words::overdue(
        &which,
        owner.as_deref(),
        one.due.as_deref().unwrap_or_default(),
    )
}

fn owner(name: Option<&str>) -> Option<String> {
    name.map(|name| short(name, 40))
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
