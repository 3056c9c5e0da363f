//! A number of things against its parts: `1,200 sessions: 450 in Europe, 300 in Asia and 350 in America`.

use std::sync::LazyLock;

use regex::Regex;

use super::super::document::Document;
use super::super::finding::{Certainty, Finding, Kind};
use super::super::source::{Role, regex};
use super::super::words;
use super::finding;

const NUMBER: &str = r"\d{1,3}(?:[,. ]\d{3})+|\d+";

static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)(?:^|[\s(])({NUMBER})\s+[a-z][^.:;\d]{{0,90}}:\s*([^.;:]+)"
    ))
});
/// `Of the 4,200 deliveries, 3,100 were retried and the remaining 300 were dropped`: nothing is left out.
static REST: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)\bof (?:the |our |all )?({NUMBER})\s+[a-z][a-z -]{{2,40}},\s*(\d[^.:;]*?,? and the (?:remaining|other|last) [^.:;]+)"
    ))
});
/// `1,240 (800 on the web, 440 in the app)`
static BRACKET: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)(?:^|[\s(:])({NUMBER})(?:\s+[a-z][a-z-]*){{0,3}}\s*\((\d[^().:;]*)\)"
    ))
});
static THE_REST: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)\bthe (?:remaining|other|last) (\d)"));
static PART: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)^\s*({NUMBER})\s+(?:(?:[a-z-]+\s+){{0,2}}(?:in|from|on|at|for|by|with|of|were|was|came|went|could|couldn't|had|did|saw|lost|got|noticed|failed|received)\b|[a-z-]+$)"
    ))
});
/// Words that say the list need not be whole, or counts something else.
static OPEN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:including|such as|among|mostly|mainly|at least|more than|over|about|around|roughly|approximately|nearly|some|others?|rest|remaining|minutes?|hours?|seconds?|days?|percent)\b|%|~|≈",
    )
});

pub(super) fn findings(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        if matches!(piece.segment.role, Role::Quote | Role::Meta) {
            continue;
        }
        let text = &piece.segment.text;
        let told = WHOLE.captures(text).or_else(|| REST.captures(text));
        let Some(parts) = told.or_else(|| BRACKET.captures(text)) else {
            continue;
        };
        let (Some(total), Some(sum)) = (number(&parts[1]), sum(&parts[2])) else {
            continue;
        };
        let said = THE_REST.replace(&parts[0], "$1");
        // `2026 (3 in May, 4 in June)` is a year.
        let year = parts[1].len() == 4 && (1990..2100).contains(&total);
        if !OPEN.is_match(&said) && sum != total && !year {
            let said = words::parts(total, sum);
            found.push(finding(
                document,
                index,
                Kind::Count,
                Certainty::Likely,
                said,
            ));
        }
    }
    found
}

/// The sum of a list in which every item begins with its number; `None` for any other list.
fn sum(list: &str) -> Option<u64> {
    let list = THE_REST.replace(list, "$1").replace(" and ", ", ");
    let items: Vec<&str> = list
        .split(", ")
        .filter(|item| !item.trim().is_empty())
        .collect();
    if items.len() < 2 {
        return None;
    }
    let numbers = items.iter().map(|item| number(&PART.captures(item)?[1]));
    numbers.sum()
}

fn number(text: &str) -> Option<u64> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}
