//! The checker over invented reports in many styles, each judged: the planted ones hold one contradiction each, the clean ones hold
//! what only looks like one.
//!
//! The reports are in `tests/reports/`. `cargo test --test check_reports -- --nocapture` prints each miss, each false alarm, and
//! precision and recall.

#![expect(
    clippy::unwrap_used,
    reason = "all of this file is a test, its helpers too"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use scribe::report::check::{Finding, Format, Kind, check};

#[path = "check_reports/against_log.rs"]
mod against_log;
#[path = "check_reports/judged.rs"]
mod judged;
#[path = "check_reports/judged_unseen.rs"]
mod judged_unseen;
use judged::PLANTED;
use judged_unseen::UNSEEN;

/// What was planted where.
fn planted()
-> impl Iterator<Item = &'static (&'static str, &'static [Kind], &'static [&'static str])> {
    PLANTED.iter().chain(UNSEEN)
}

fn folder(name: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/reports")
        .join(name);
    let mut files: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|file| {
            let file = file.unwrap();
            let body = fs::read_to_string(file.path()).unwrap();
            (file.file_name().into_string().unwrap(), body)
        })
        .collect();
    files.sort();
    files
}

fn findings(name: &str, body: &str) -> Vec<Finding> {
    check(body, Format::of_name(name), Some(name), None)
        .unwrap()
        .findings
}

/// Whether a finding is the one that was planted: its kind fits and a line it names holds one of the words.
fn is_planted(finding: &Finding, body: &str, kinds: &[Kind], at: &[&str]) -> bool {
    let lines: Vec<&str> = body.lines().collect();
    let mut named = std::iter::once(&finding.line).chain(&finding.also);
    kinds.contains(&finding.kind)
        && named.any(|line| {
            let line = lines.get(*line as usize - 1).copied().unwrap_or("");
            at.iter().any(|part| line.contains(part))
        })
}

#[test]
fn planted_contradictions_are_found_and_clean_reports_are_left_alone() {
    let (mut found, mut missed, mut false_alarms) = (0, Vec::new(), Vec::new());
    let mut alarm = |name: &str, finding: &Finding| {
        false_alarms.push(format!(
            "{name}:{} {} ({}): {} / {}",
            finding.line, finding.kind, finding.certainty, finding.quote, finding.why
        ));
    };
    for (name, body) in folder("planted") {
        let (_, kinds, at) = planted().find(|(file, ..)| *file == name).unwrap();
        assert!(
            at.iter().all(|part| body.contains(part)),
            "{name} holds no {at:?}"
        );
        let (right, wrong): (Vec<Finding>, Vec<Finding>) = findings(&name, &body)
            .into_iter()
            .partition(|finding| is_planted(finding, &body, kinds, at));
        if right.is_empty() {
            missed.push(name.clone());
        }
        found += usize::from(!right.is_empty());
        wrong.iter().for_each(|finding| alarm(&name, finding));
    }
    for (name, body) in folder("clean") {
        findings(&name, &body)
            .iter()
            .for_each(|finding| alarm(&name, finding));
    }
    for name in &missed {
        println!("missed: {name}");
    }
    for alarm in &false_alarms {
        println!("false alarm: {alarm}");
    }
    let percent = |part: usize, whole: usize| part * 100 / whole;
    let precision = percent(found, found + false_alarms.len());
    let recall = percent(found, planted().count());
    println!(
        "{found} of {} contradictions found, {} false alarms: precision {precision} %, recall {recall} %",
        planted().count(),
        false_alarms.len()
    );
    assert!(recall >= 96, "recall {recall} %");
    assert!(precision >= 96, "precision {precision} %");
}

#[test]
fn every_planted_report_is_judged() {
    let files: BTreeSet<String> = folder("planted")
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let judged: BTreeSet<String> = planted().map(|(name, ..)| (*name).to_owned()).collect();
    assert_eq!(files, judged);
    assert!(
        folder("clean").len() * 4 >= files.len() * 3,
        "too few clean reports"
    );
}
