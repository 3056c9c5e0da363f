//! The rules, one kind of contradiction each.

mod claims;
mod count;
mod counted;
mod coverage;
mod dates;
mod field_order;
mod half_day;
mod headed;
mod header_date;
mod impact_end;
mod later;
mod list_order;
mod log;
mod offset;
mod one_sentence;
mod one_window;
mod phrase;
mod promise;
mod slips;
mod stated_length;
mod sum;
mod table_total;
mod then;
mod title_day;
mod told_first;
mod took;
mod twice;
mod undone;
mod weekday;
mod whole_outage;
mod zones;

use super::document::Document;
use super::finding::{Certainty, Finding, Kind};
use super::words::Said;

pub(super) use log::against_log;

/// What contradicts itself in the text. `name` is its file's.
pub(super) fn inside(document: &Document, name: Option<&str>) -> Vec<Finding> {
    let mut findings = dates::findings(document, name);
    findings.extend(slips::findings(document));
    if findings.is_empty() {
        findings.extend(header_date::findings(document));
    }
    let mut fields = field_order::findings(document);
    fields.retain(|field| field.kind == Kind::Date || !explained(field, &findings));
    findings.extend(fields);
    let mut lists = list_order::findings(document);
    // A wrong date explains why its list goes back.
    lists.retain(|list| !explained(list, &findings));
    findings.extend(lists);
    findings.extend(stated_length::findings(document, &findings));
    findings.extend(claims::findings(document, &findings));
    findings.extend(whole_outage::findings(document, &findings));
    if findings.iter().all(|known| known.kind != Kind::Date) {
        findings.extend(title_day::findings(document));
    }
    findings.extend(told_first::findings(document, &findings));
    findings.extend(one_window::findings(document, &findings));
    findings.extend(took::findings(document, &findings));
    findings.extend(headed::findings(document));
    findings.extend(later::findings(document));
    findings.extend(then::findings(document));
    findings.extend(offset::findings(document));
    findings.extend(one_sentence::findings(document));
    findings.extend(twice::findings(document));
    findings.extend(undone::findings(document));
    findings.extend(phrase::findings(document));
    findings.extend(impact_end::findings(document));
    findings.extend(half_day::findings(document));
    findings.extend(weekday::findings(document));
    findings.extend(zones::findings(document));
    findings.extend(count::findings(document));
    findings.extend(counted::findings(document, &findings));
    findings.extend(sum::findings(document));
    findings.extend(table_total::findings(document));
    findings.extend(coverage::findings(document));
    findings.extend(promise::findings(document));
    findings
}

/// Whether a wrong date is behind it.
fn explained(list: &Finding, findings: &[Finding]) -> bool {
    findings.iter().any(|finding| {
        finding.kind == Kind::Date
            && (finding.line == list.line
                || finding.also.contains(&list.line)
                || list.also.contains(&finding.line))
    })
}

/// Whether a line has a finding of that kind already.
fn told_in(findings: &[Finding], kind: Kind, line: u32) -> bool {
    findings
        .iter()
        .any(|known| known.kind == kind && known.line == line)
}

/// A finding on a piece.
fn finding(
    document: &Document,
    piece: usize,
    kind: Kind,
    certainty: Certainty,
    said: Said,
) -> Finding {
    Finding {
        line: document.line(piece),
        also: Vec::new(),
        quote: document.quote(piece),
        kind,
        certainty,
        why: said.why,
        consistent_would_be: said.consistent,
    }
}

/// The same on one time of a piece.
fn finding_at(
    document: &Document,
    piece: usize,
    stamp: usize,
    kind: Kind,
    certainty: Certainty,
    said: Said,
) -> Finding {
    let mut finding = finding(document, piece, kind, certainty, said);
    if let Some(stamp) = document.pieces[piece].stamps.get(stamp) {
        finding.quote = document.quote_at(piece, stamp.start, stamp.end);
        finding.line = document.pieces[piece].segment.line_at(stamp.start);
    }
    finding
}
