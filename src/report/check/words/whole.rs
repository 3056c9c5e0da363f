//! A finding and a report as text.

use super::super::finding::{Certainty, Finding, Kind, Report};
use crate::words::language::{say, word};

pub(in super::super) fn nothing_found() -> String {
    say!(
        "Nothing in it contradicts itself.\n",
        "Nichts darin widerspricht sich.\n"
    )
}

pub(in super::super) fn block(finding: &Finding) -> String {
    let also = if finding.also.is_empty() {
        String::new()
    } else {
        let lines: Vec<_> = finding.also.iter().map(ToString::to_string).collect();
        say!(" (also line {})", " (auch Zeile {})"; lines.join(", "))
    };
    say!(
        "line {}{also}: {} ({})\n  > {}\n  {}\n  consistent would be: {}\n", "Zeile {}{also}: {} ({})\n  > {}\n  {}\n  stimmig wäre: {}\n";
        finding.line,
        kind(finding.kind),
        certainty(finding.certainty),
        finding.quote,
        finding.why,
        finding.consistent_would_be
    )
}

fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Certain => word!("certain", "sicher"),
        Certainty::Look => word!("look", "ansehen"),
        Certainty::Likely => word!("likely", "wahrscheinlich"),
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Duration => word!(
            "a duration that its times contradict",
            "eine Dauer, der ihre Zeiten widersprechen"
        ),
        Kind::EndBeforeStart => word!("an end before its start", "ein Ende vor seinem Anfang"),
        Kind::DeclaredAfterResolved => word!("declared after resolved", "ausgerufen nach gelöst"),
        Kind::BackInTime => word!(
            "a list that goes back in time",
            "eine Liste, die in der Zeit zurückgeht"
        ),
        Kind::Date => word!(
            "a date that the rest contradicts",
            "ein Datum, dem der Rest widerspricht"
        ),
        Kind::Weekday => word!(
            "a weekday that is not that date's",
            "ein Wochentag, der nicht zum Datum gehört"
        ),
        Kind::TwoTimes => word!("one event with two times", "ein Ereignis mit zwei Zeiten"),
        Kind::HalfDay => word!("am and pm", "am und pm"),
        Kind::Zone => word!("a time without a zone", "eine Zeit ohne Zone"),
        Kind::Count => word!(
            "a number that its list contradicts",
            "eine Zahl, der ihre Liste widerspricht"
        ),
        Kind::Uncovered => word!("a window without an update", "ein Ausfall ohne Update"),
        Kind::Promise => word!(
            "a promise not kept",
            "ein Versprechen, das nicht gehalten wurde"
        ),
        Kind::Log => word!("the log says otherwise", "das Log sagt anderes"),
    }
}

pub(in super::super) fn total_line(count: usize, certain: usize) -> String {
    match count {
        1 => say!(
            "1 finding, {certain} certain.\n",
            "1 Befund, {certain} sicher.\n"
        ),
        _ => say!(
            "{count} findings, {certain} certain.\n",
            "{count} Befunde, {certain} sicher.\n"
        ),
    }
}

pub(in super::super) fn summary(report: &Report) -> String {
    let certain = report
        .findings
        .iter()
        .filter(|finding| finding.certainty == Certainty::Certain)
        .count();
    total_line(report.findings.len(), certain)
}
