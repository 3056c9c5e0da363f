//! What the public was told: promises that the log shows unkept, how many updates there were, how severe it is said to have been.

use std::sync::LazyLock;

use regex::Regex;

use super::super::super::document::Document;
use super::super::super::finding::{Certainty, Finding, Kind};
use super::super::super::run::Against;
use super::super::super::source::{Role, regex};
use super::super::super::words;
use super::finding;
use crate::incident::promise::{PromisedNews, promised_news};
use crate::incident::{Fact, Severity};

pub(super) fn findings(document: &Document, against: Against<'_>) -> Vec<Finding> {
    let mut found = promises(against);
    found.extend(updates(document, against));
    found.extend(severities(document, against));
    found
}

/// News that the public was promised in the log's updates and did not get in time. They are of no line of the text, so the first.
fn promises(against: Against<'_>) -> Vec<Finding> {
    let late = |news: &PromisedNews| {
        // Nothing after it: the log may end before the promise is due.
        let told = news.told_at?;
        news.late(told)?;
        let said = words::late_update(news.due - news.said_at, Some(told - news.said_at));
        Some(Finding {
            line: 1,
            also: Vec::new(),
            quote: news.words.chars().take(160).collect(),
            kind: Kind::Promise,
            certainty: Certainty::Look,
            why: said.why,
            consistent_would_be: said.consistent,
        })
    };
    let news = promised_news(against.entries, against.zone);
    news.iter().filter_map(late).collect()
}

static UPDATES: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\s+(?:(?:status|public|customer|status page)\s+)?updates\b",
    )
});
static SENT: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)\b(?:posted|published|sent|made|wrote|issued|gave)\b"));

/// `Eight status updates were posted`, of which the log has six.
fn updates(document: &Document, against: Against<'_>) -> Vec<Finding> {
    const WORDS: [&str; 11] = [
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ];
    let told = against.entries.iter().filter(|entry| match &entry.fact {
        Fact::StatusChanged { message, .. } => message.is_some(),
        Fact::Updated { .. } => true,
        _ => false,
    });
    let told = told.count();
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        let text = &piece.segment.text;
        let Some(parts) = UPDATES.captures(text) else {
            continue;
        };
        let word = parts[1].to_lowercase();
        let place = WORDS.iter().position(|known| *known == word);
        let Some(stated) = place.map(|at| at + 2).or_else(|| word.parse().ok()) else {
            continue;
        };
        let at = parts.get_match();
        let sentence = &text[piece.sentence(at.start(), at.end())];
        // Whether the declaration counts as one, or the last word, is a matter of taste.
        let near = stated.abs_diff(told) <= 1;
        if piece.segment.role != Role::Quote && SENT.is_match(sentence) && !near {
            let said = words::log_updates(stated, told);
            found.push(finding(document, index, Kind::Log, Certainty::Likely, said));
        }
    }
    found
}

static SEVERITY: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:the\s+)?(?:incident\s+)?severity(?:\s+level)?\s*(?::|\||-|–|=|\bwas\b|\bis\b)\s*sev(?:erity)?[\s-]?([1-4])\b",
    )
});

/// `Severity: SEV4`, which it never had.
fn severities(document: &Document, against: Against<'_>) -> Vec<Finding> {
    let had: Vec<Severity> = against
        .incident
        .severity
        .changes()
        .iter()
        .map(|change| change.value)
        .collect();
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        let Some(parts) = SEVERITY.captures(&piece.segment.text) else {
            continue;
        };
        let stated = format!("sev{}", &parts[1]).parse::<Severity>();
        let Ok(stated) = stated else { continue };
        if !had.contains(&stated) {
            let said = words::log_severity(stated, &had);
            found.push(finding(document, index, Kind::Log, Certainty::Likely, said));
        }
    }
    found
}
