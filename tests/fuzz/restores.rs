//! Files that somebody wants restored: changed at random, and changed by
//! somebody who knows how to make the hashes fit again.

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use scribe::store::check_export;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::odd::{changed, changes, swapped, swaps};
use crate::{cases, corpus};

thread_local! {
    static LINES: Vec<Value> =
        corpus("restore.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    static TEXT: String = corpus("restore.jsonl");
}

fn sha(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn micros(at: &Value) -> Option<i64> {
    let at: DateTime<Utc> = at.as_str()?.parse().ok()?;
    Some(at.timestamp_micros())
}

/// The hash of an entry, as `src/store/chain.rs` describes it.
fn sign(entry: &mut Value, previous: &str) -> Option<String> {
    let fact = entry["fact"].to_string();
    if let Some(salt) = entry["salt"].as_str() {
        entry["body_digest"] = sha(format!("{salt}{fact}").as_bytes()).into();
    }
    let id = |id: &Value| id.as_str().and_then(|id| id.parse::<i64>().ok());
    let origin = entry.get("origin");
    let covered = json!([
        previous,
        id(&entry["guild"]),
        entry["number"],
        entry["seq"],
        micros(&entry["happened_at"])?,
        micros(&entry["recorded_at"])?,
        entry["actor"].to_string(),
        entry["fact"]["kind"],
        origin.map(|origin| id(&origin["channel"])),
        origin.map(|origin| id(&origin["message"])),
        entry["body_digest"],
    ]);
    let hash = sha(covered.to_string().as_bytes());
    entry["hash"] = hash.clone().into();
    Some(hash)
}

/// The file with hashes that fit what stands in it now.
fn signed(mut lines: Vec<Value>) -> String {
    lines.pop();
    let mut previous = (Value::Null, String::new());
    let mut text = String::new();
    for mut line in lines.iter().cloned() {
        if line.get("entry").is_some_and(Value::is_object) {
            let entry = &mut line["entry"];
            if entry["number"] != previous.0 {
                previous = (entry["number"].clone(), String::new());
            }
            if let Some(hash) = sign(entry, &previous.1) {
                previous.1 = hash;
            }
        }
        text.push_str(&line.to_string());
        text.push('\n');
    }
    let end = json!({"end": {"lines": lines.len(), "sha256": sha(text.as_bytes())}});
    format!("{text}{end}\n")
}

#[test]
fn the_file_of_the_corpus_is_whole_and_so_it_is_signed_anew() {
    let whole = check_export(&mut TEXT.with(String::clone).as_bytes()).unwrap();
    assert!(whole.incidents == 2 && whole.entries > 8, "{whole:?}");
    let signed = signed(LINES.with(Vec::clone));
    assert_eq!(check_export(&mut signed.as_bytes()).unwrap(), whole);
}

proptest! {
    #![proptest_config(cases(20))]
    #[test]
    fn any_bytes_are_a_file_or_refused(changes in changes(), junk in prop::collection::vec(any::<u8>(), 0..60)) {
        let text = TEXT.with(|text| changed(text, &changes));
        let _ = check_export(&mut text.as_bytes());
        let _ = check_export(&mut junk.as_slice());
    }
}

proptest! {
    #![proptest_config(cases(30))]
    #[test]
    fn any_file_whose_hashes_fit_is_taken_or_refused(
        line in 0usize..60, other in 0usize..60, swaps in swaps(), swap_lines in any::<bool>(),
    ) {
        let mut lines = LINES.with(Vec::clone);
        let (line, other) = (line % lines.len(), other % lines.len());
        lines[line] = swapped(lines[line].clone(), &swaps);
        if swap_lines {
            lines.swap(line, other);
        }
        let _ = check_export(&mut signed(lines).as_bytes());
    }
}
