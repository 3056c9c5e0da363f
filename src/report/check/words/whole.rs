//! A finding and a report as text.

use super::super::finding::{Certainty, Finding, Kind, Report};

pub(in super::super) fn nothing_found() -> String {
    "Nothing in it contradicts itself.\n".to_owned()
}

pub(in super::super) fn block(finding: &Finding) -> String {
    let also = if finding.also.is_empty() {
        String::new()
    } else {
        let lines: Vec<_> = finding.also.iter().map(ToString::to_string).collect();
        format!(" (also line {})", lines.join(", "))
    };
    format!(
        "line {}{also}: {} ({})\n  > {}\n  {}\n  consistent would be: {}\n",
        finding.line,
        kind(finding.kind),
        finding.certainty,
        finding.quote,
        finding.why,
        finding.consistent_would_be
    )
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Duration => "a duration that its times contradict",
        Kind::EndBeforeStart => "an end before its start",
        Kind::DeclaredAfterResolved => "declared after resolved",
        Kind::BackInTime => "a list that goes back in time",
        Kind::Date => "a date that the rest contradicts",
        Kind::Weekday => "a weekday that is not that date's",
        Kind::TwoTimes => "one event with two times",
        Kind::HalfDay => "am and pm",
        Kind::Zone => "a time without a zone",
        Kind::Count => "a number that its list contradicts",
        Kind::Uncovered => "a window without an update",
        Kind::Promise => "a promise not kept",
        Kind::Log => "the log says otherwise",
    }
}

pub(in super::super) fn total_line(count: usize, certain: usize) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} finding{plural}, {certain} certain.\n")
}

pub(in super::super) fn summary(report: &Report) -> String {
    let certain = report
        .findings
        .iter()
        .filter(|finding| finding.certainty == Certainty::Certain)
        .count();
    total_line(report.findings.len(), certain)
}
