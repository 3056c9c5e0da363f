//! A table whose last row is the total of the others: `Network | 74`, `Software | 121`, `Total | 260`.

use std::sync::LazyLock;

use regex::Regex;

use super::super::document::Document;
use super::super::finding::{Certainty, Finding, Kind};
use super::super::source::{Role, regex};
use super::super::words;
use super::finding;

static TOTAL: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)^(?:grand )?(?:total|sum|altogether|overall|in all)\b[^|]{0,20}$")
});
/// Columns that nobody adds up.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)%|percent|\b(?:mean|avg|average|median|p\d\d|max|min|longest|shortest|rate|ratio|share|mt\w\w|id|no|number|year|distinct|unique)\b|#",
    )
});

pub(super) fn findings(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut rows: Vec<Vec<&str>> = Vec::new();
    let mut last = 0;
    for (index, piece) in document.pieces.iter().enumerate() {
        let text = &piece.segment.text;
        if piece.segment.role != Role::Item || !text.contains(" | ") {
            rows.clear();
            continue;
        }
        if index != last + 1 {
            rows.clear();
        }
        last = index;
        let cells: Vec<&str> = text.split('|').map(str::trim).collect();
        if TOTAL.is_match(cells[0]) {
            let wrong = wrong_column(&rows, &cells);
            if let Some((total, sum)) = wrong {
                let said = words::parts(total, sum);
                found.push(finding(
                    document,
                    index,
                    Kind::Count,
                    Certainty::Likely,
                    said,
                ));
            }
            rows.clear();
        } else {
            rows.push(cells);
        }
    }
    found
}

/// The total and the sum of the first column where they differ. Below a head, two rows or more.
fn wrong_column(rows: &[Vec<&str>], total: &[&str]) -> Option<(u64, u64)> {
    let (head, body) = rows.split_first()?;
    if body.len() < 2 {
        return None;
    }
    (1..total.len()).find_map(|column| {
        if OTHER.is_match(head.get(column)?) {
            return None;
        }
        let stated = number(total[column])?;
        let parts: Option<Vec<u64>> = body
            .iter()
            .map(|row| row.get(column).and_then(|cell| number(cell)))
            .collect();
        let sum = parts?.into_iter().sum();
        (stated != sum).then_some((stated, sum))
    })
}

fn number(cell: &str) -> Option<u64> {
    let digits = cell.replace([',', ' '], "");
    let plain = (1..=9).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| plain)
}
