//! Numbers of things against the list of them.

use std::sync::LazyLock;

use regex::Regex;

use super::super::document::Document;
use super::super::finding::{Certainty, Finding, Kind};
use super::super::source::{Role, regex};
use super::super::words;
use super::finding;

pub(super) fn findings(document: &Document) -> Vec<Finding> {
    let mut found = Vec::from_iter(more(document));
    if found.is_empty() {
        found.extend(more_before_all(document));
    }
    found.extend(announced(document));
    found.extend(named_in_line(document));
    found
}

static IN_LINE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)(?:^|[.;]\s+)(?:the\s+)?(two|three|four|five|six|seven|eight|nine|ten)\s+(?:\w+\s+){0,2}(?:components|services|regions|clusters|databases|hosts|servers|nodes|sites|countries|zones|systems|products|providers|teams|customers|kinds|hubs)\b[^.;:(]{0,60}:\s*([^.;:()]{3,200})(?:\.|$)",
    )
});

/// `Three regions were affected: A, B, C and D.` Names of a few words each; whatever else stands between commas is no list.
fn named_in_line(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        if piece.segment.role == Role::Quote {
            continue;
        }
        let Some(parts) = IN_LINE.captures(&piece.segment.text) else {
            continue;
        };
        let all = parts[2].replace(" and ", ",").replace(" & ", ",");
        let named: Vec<&str> = all
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .collect();
        let plain = named.iter().all(|name| name.split(' ').count() <= 3);
        let listed = named.len();
        if let Some(stated) =
            number(&parts[1]).filter(|stated| plain && listed >= 2 && *stated != listed)
        {
            found.push(finding(
                document,
                index,
                Kind::Count,
                Certainty::Likely,
                words::list_count(stated, listed),
            ));
        }
    }
    found
}

/// `three`
pub(super) fn number(word: &str) -> Option<usize> {
    const WORDS: [&str; 9] = [
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    let word = word.to_lowercase();
    WORDS
        .iter()
        .position(|known| *known == word)
        .map(|at| at + 2)
}

static MORE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:affect(?:ing|ed|s)|impact(?:ing|ed|s)|components?:?)\s+([^.;:]{2,200}?)\s*(?:,|and|&|\+)\s*(\d{1,3}) (?:more|others?)\b",
    )
});
static AFFECTED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:affected (?:components?|services?)|components? affected|this incident affect(?:ed|s))\s*:?\s*(.*)$",
    )
});

/// `affecting A and B and 1 more component`, and the list of the affected.
fn more(document: &Document) -> Option<Finding> {
    let listed = listed(document)?;
    document
        .pieces
        .iter()
        .enumerate()
        .find_map(|(index, piece)| {
            let parts = MORE.captures(&piece.segment.text)?;
            let more: usize = parts[2].parse().ok()?;
            let named = names(&parts[1]);
            let stated = named + more;
            (stated != listed).then(|| {
                finding(
                    document,
                    index,
                    Kind::Count,
                    Certainty::Likely,
                    words::more(stated, listed),
                )
            })
        })
}

static ALL: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)(?:^|:|\b(?:affected|affecting|impacted|impacting)\b)\s*([^.;:()]{2,160}?)\s*(?:,|and|&|\+)+\s*(\d{1,3}) (?:more|others?)(?: \w+)?\s*(?::|\()\s*([^.;:()]{2,200})\)?\.?$",
    )
});

/// `A, B and 1 more: A, B, C, D`; or only the rest, `A, B and 2 more (C, D)`.
fn more_before_all(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        let Some(parts) = ALL.captures(&piece.segment.text) else {
            continue;
        };
        let Ok(more) = parts[2].parse::<usize>() else {
            continue;
        };
        let first = parts[1].split([',', '&']).next().unwrap_or("").trim();
        let (named, listed) = (names(&parts[1]), names(&parts[3]));
        let repeated = !first.is_empty() && parts[3].contains(first);
        let stated = if repeated { named + more } else { more };
        if stated != listed {
            let said = words::more(stated, listed);
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

/// How many names stand in `A, B and C`.
fn names(text: &str) -> usize {
    text.replace(" and ", ",")
        .replace(" & ", ",")
        .split(',')
        .filter(|name| !name.trim().is_empty())
        .count()
}

/// How many components the text lists.
fn listed(document: &Document) -> Option<usize> {
    let (index, rest) = document
        .pieces
        .iter()
        .enumerate()
        .find_map(|(index, piece)| {
            let parts = AFFECTED.captures(&piece.segment.text)?;
            Some((index, parts[1].trim().to_owned()))
        })?;
    if !rest.is_empty() {
        return Some(names(&rest));
    }
    let next = document.pieces.get(index + 1)?;
    if next.segment.role == Role::Item {
        return Some(
            document.pieces[index + 1..]
                .iter()
                .take_while(|piece| piece.segment.role == Role::Item)
                .count(),
        );
    }
    let text = &next.segment.text;
    if text.contains(',') {
        return Some(names(text));
    }
    // Names that lost what stood between them: `Main ApplicationSearchEmail Sending`.
    let chars: Vec<char> = text.chars().collect();
    let seams = chars
        .windows(2)
        .filter(|pair| pair[0].is_lowercase() && pair[1].is_uppercase())
        .count();
    (seams > 0).then_some(seams + 1)
}

static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:(two|three|four|five|six|seven|eight|nine|ten)|(\d{1,2}))\s+(?:\w+\s+){0,2}(?:things|factors|reasons|causes|issues|problems|components|services|regions|outages|incidents|bugs|steps|ways|mistakes|customers|hubs|clusters|actions|action items|measures|improvements|changes|findings|lessons|recommendations|follow-?ups|tasks|teams|products|databases|hosts|servers|nodes|sites|countries|zones|systems|providers)\b[^.;:]{0,80}:$",
    )
});

/// The list is of some of them.
static SOME: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:of which|among|important|main|mainly|most|some|first|including|such as|e\.g|highlights?|notabl[ey]|worst|largest|biggest)\b",
    )
});

/// `caused by three bugs:` above a list of two.
fn announced(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        if piece.segment.role != Role::Text {
            continue;
        }
        let Some(parts) = ANNOUNCED.captures(piece.segment.text.trim()) else {
            continue;
        };
        if SOME.is_match(&parts[0]) {
            continue;
        }
        let stated = match (parts.get(1), parts.get(2)) {
            (Some(word), _) => number(word.as_str()),
            (_, Some(number)) => number.as_str().parse().ok(),
            _ => None,
        };
        let Some(first) = document
            .pieces
            .get(index + 1)
            .filter(|next| next.segment.role == Role::Item)
        else {
            continue;
        };
        let listed = document.pieces[index + 1..]
            .iter()
            .take_while(|piece| {
                piece.segment.role == Role::Item
                    || (piece.segment.role == Role::Text
                        && piece.segment.indent > first.segment.indent)
            })
            .filter(|piece| {
                piece.segment.role == Role::Item && piece.segment.indent <= first.segment.indent
            })
            .count();
        if let Some(stated) = stated.filter(|stated| *stated != listed) {
            found.push(finding(
                document,
                index,
                Kind::Count,
                Certainty::Look,
                words::list_count(stated, listed),
            ));
        }
    }
    found
}
