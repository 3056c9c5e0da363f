//! The checker over every report of the shared data, each finding judged by hand after reading the report.
//!
//! The data is not part of the project: `cargo test --features shared-data --test shared_check`. The folder is `SCRIBE_SHARED`, else
//! `../shared`; a missing one is a failure. The test fails on any finding that is new or gone.

#![expect(
    clippy::unwrap_used,
    reason = "all of this file is a test, its helpers too"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use scribe::report::check::{Format, check, text};

#[path = "shared_check/judged.rs"]
mod judged;
use judged::{JUDGED, MISSED, Verdict};

/// The folder. Whoever builds this target wants the data tried, so that it is missing is a failure.
fn shared() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("SCRIBE_SHARED").map_or_else(beside, PathBuf::from);
    assert!(
        folder.join("data/postmortems").is_dir(),
        "the shared data is not at {}; set SCRIBE_SHARED to its folder",
        folder.display()
    );
    folder
}

/// Every report: its source, its name, its path.
fn reports(shared: &Path) -> Vec<(String, String, PathBuf)> {
    let mut found = Vec::new();
    let mut folders = vec![("seeds".to_owned(), shared.join("seeds"))];
    for source in fs::read_dir(shared.join("data/postmortems")).unwrap() {
        let source = source.unwrap();
        folders.push((source.file_name().into_string().unwrap(), source.path()));
    }
    for (source, folder) in folders {
        for file in fs::read_dir(folder).unwrap() {
            let file = file.unwrap();
            let name = file.file_name().into_string().unwrap();
            found.push((source.clone(), name, file.path()));
        }
    }
    found.sort();
    found
}

type Key = (String, u32, String);

#[test]
fn every_finding_is_judged() {
    let shared = shared();
    let mut found: BTreeSet<Key> = BTreeSet::new();
    let mut shown = String::new();
    let reports = reports(&shared);
    assert!(reports.len() > 50, "only {} reports", reports.len());
    for (source, name, path) in &reports {
        let body = fs::read_to_string(path).unwrap();
        let report = check(&body, Format::of_name(name), Some(name), None).unwrap();
        for finding in &report.findings {
            found.insert((
                format!("{source}/{name}"),
                finding.line,
                finding.kind.to_string(),
            ));
        }
        if !report.findings.is_empty() {
            writeln!(shown, "== {source}/{name}\n{}", text(&report)).unwrap();
        }
    }
    println!("{shown}");
    let judged: BTreeMap<Key, Verdict> = JUDGED
        .iter()
        .map(|(file, line, kind, verdict)| {
            (((*file).to_owned(), *line, (*kind).to_owned()), *verdict)
        })
        .collect();
    let new: Vec<_> = found
        .iter()
        .filter(|key| !judged.contains_key(key))
        .collect();
    let gone: Vec<_> = judged.keys().filter(|key| !found.contains(key)).collect();
    let caught_now: Vec<_> = MISSED
        .iter()
        .filter(|(file, line, _)| {
            let at = |(other, at, _): &Key| other == file && at == line;
            found.iter().filter(|key| at(key)).count() > judged.keys().filter(|key| at(key)).count()
        })
        .collect();
    print_figures(&judged);
    assert!(
        new.is_empty() && gone.is_empty() && caught_now.is_empty(),
        "new, to be judged: {new:#?}\ngone: {gone:#?}\nno longer missed: {caught_now:#?}"
    );
}

/// Precision and recall for each source and over all.
fn print_figures(judged: &BTreeMap<Key, Verdict>) {
    let source = |file: &str| file.split('/').next().unwrap().to_owned();
    let mut figures: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    for ((file, ..), verdict) in judged {
        let place = match verdict {
            Verdict::Right => 0,
            Verdict::Wrong => 1,
        };
        for row in [source(file), "~ all".to_owned()] {
            figures.entry(row).or_default()[place] += 1;
        }
    }
    for (file, ..) in MISSED {
        for row in [source(file), "~ all".to_owned()] {
            figures.entry(row).or_default()[2] += 1;
        }
    }
    for (row, [right, wrong, missed]) in figures {
        let share = |part: usize, whole: usize| {
            if whole == 0 {
                "-".to_owned()
            } else {
                format!("{:.2}", part as f64 / whole as f64)
            }
        };
        println!(
            "{row:10} right {right:2} wrong {wrong:2} missed {missed:2}  precision {}  recall {}",
            share(right, right + wrong),
            share(right, right + missed)
        );
    }
}
