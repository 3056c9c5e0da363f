//! A number before any noun and the names of what it counts: `three mirrors (Oslo, Lyon, Porto, Graz)`, `four tenants: A, B and C`.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::super::document::Document;
use super::super::finding::{Certainty, Finding, Kind};
use super::super::source::{Role, regex};
use super::super::words;
use super::count::number;
use super::finding;

static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    const NUMBER: &str = r"two|three|four|five|six|seven|eight|nine|ten|\d{1,2}";
    regex(&format!(
        r"(?i)(?:^|[\s(])(?:({NUMBER})\s+(?:out\s+)?of\s+(?:the\s+|our\s+|all\s+|its\s+)?)?({NUMBER})\s+(?:[a-z][a-z-]*\s+){{0,2}}?([a-z][a-z-]*s)((?:\s+(?:was|were|are|had|have|lost|saw|failed|went|could|did|affected|involved|impacted|down|unavailable|not|been|be|also)\b)*)\s*(?:\(([^():;]{{3,200}})\)|:\s+([^():;]{{3,200}}?)(?:\.\s|\.$|$))"
    ))
});
/// Numbers that are not exact, or count something larger than the list.
static LOOSE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:about|around|over|under|than|least|most|up to|nearly|almost|roughly|some|none|any|each|half|both|many|several|few|one|part|rest|majority|all but|next|another|other|further|first|last|every)(?:\s+of)?(?:\s+(?:the|our|these|those|its))*\s*$",
    )
});
/// Lengths of time, shares and what is told in figures.
const NOT_THINGS: [&str; 18] = [
    "minutes", "hours", "days", "weeks", "months", "years", "seconds", "times", "points", "mins",
    "hrs", "secs", "percents", "is", "was", "has", "as", "ms",
];
static OPEN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:including|such as|e\.?g|among|mostly|mainly|others?|more|rest|etc|or|both|each|all|from|to|in|of)\b|…|\.\.\.|\d,\d{3}|/|=|%",
    )
});
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?:the )?(?:[\p{Lu}\p{N}][\p{L}\p{N}_.'’#-]*(?: [\p{Lu}\p{N}][\p{L}\p{N}_.'’#-]*){0,2}|[\p{L}\p{N}_.'’#-]+)$",
    )
});

static MORE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^[^.;:]{0,60}\b(?:more|(?:and|two|three|four|the|some|\d+) others?|later|further|another|rest)\b",
    )
});

pub(super) fn findings(document: &Document, known: &[Finding]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        let line = document.line(index);
        let told = known
            .iter()
            .any(|known| known.kind == Kind::Count && known.line == line);
        if told || matches!(piece.segment.role, Role::Quote | Role::Meta) {
            continue;
        }
        let text = &piece.segment.text;
        let wrong = COUNTED
            .captures_iter(text)
            .find_map(|parts| Some((contradicted(text, &parts)?, parts.get_match().start())));
        if let Some(((stated, listed), start)) = wrong {
            let said = words::list_count(stated, listed);
            let mut one = finding(document, index, Kind::Count, Certainty::Likely, said);
            one.line = piece.segment.line_at(start);
            found.push(one);
        }
    }
    found
}

/// The number that is stated and that of the names, where no reading of the list makes them one.
fn contradicted(text: &str, parts: &Captures<'_>) -> Option<(usize, usize)> {
    const FAR: usize = 2;
    let counted = parts.get(1).or(parts.get(2))?;
    let stated = number(counted.as_str()).or_else(|| counted.as_str().parse().ok())?;
    let noun = parts[3].to_lowercase();
    let list = parts.get(5).or(parts.get(6))?.as_str();
    let loose = LOOSE.is_match(&text[..counted.start()]);
    if stated < 2 || loose || NOT_THINGS.contains(&noun.as_str()) || OPEN.is_match(list) {
        return None;
    }
    let names: Vec<&str> = list.split(',').map(str::trim).collect();
    // `A, B and C`: the last two are parted by a word; `Search and Billing` may be one name.
    let (last, first) = names.split_last()?;
    // `A, B and C` has three names; without a comma, or with one before `and`, the last may be one name of two words.
    let whole = last.starts_with("and ") || first.is_empty();
    let last = last.strip_prefix("and ").unwrap_or(last);
    let ends: Vec<&str> = last
        .split(" and ")
        .flat_map(|end| end.split(" & "))
        .collect();
    let all: Vec<&str> = first.iter().copied().chain(ends.iter().copied()).collect();
    let plain = all.iter().all(|name| NAME.is_match(name));
    let listed = all.len();
    let least = if whole { names.len() } else { listed };
    let fits = (least..=listed).contains(&stated);
    // Each town with its country, each team with its lead.
    let pairs = listed == 2 * stated || least == 2 * stated;
    // `three services (auth, billing) and later two more`: fewer names in brackets may be examples, unless `and` closes their list.
    let closed = parts.get(5).is_none()
        || (ends.len() > 1 && !MORE.is_match(&text[parts.get_match().end()..]));
    let near = listed > stated || (closed && stated - listed <= FAR);
    (plain && listed >= 2 && !fits && !pairs && near).then_some((stated, listed))
}
