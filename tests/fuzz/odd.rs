//! What is done to an input to make it odd.

use proptest::prelude::*;
use serde_json::{Value, json};

/// Bits that readers stumble over.
const BITS: &[&str] = &[
    "",
    " ",
    "\n",
    "\t",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\u{200b}",
    "é",
    "İ",
    "ß",
    "𝟙",
    "٣",
    "９",
    "👩‍👩‍👧",
    "-",
    "+",
    ".",
    ",",
    ":",
    "/",
    "0",
    "1",
    "9",
    "60",
    "24",
    "99",
    "-1",
    "1e400",
    "99999999999999999999",
    "18446744073709551615",
    "9223372036854775807",
    "T",
    "Z",
    "am",
    "pm",
    "ago",
    "now",
    "yesterday",
    "last ",
    "friday",
    "feb ",
    "UTC",
    "EST",
    "+14:00",
    "-25:00",
    "Europe/London",
    "h",
    "min",
    "d",
    "w",
    "<t:",
    ":R>",
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    "{",
    "}",
    "[",
    "]",
    "[[[[[[[[[[[[[[[[",
    "null",
    "true",
    "{}",
    "@everyone",
    "<@1>",
    "```",
    "{{",
    "}}",
    "{{#each x}}",
    "<script>",
    "](javascript:",
    "|",
    "#",
    "~~",
    "&amp;",
    "&#0;",
];

/// One change of a text.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    Insert(usize, usize),
    Remove(usize, usize),
    Repeat(usize, usize),
    Replace(usize, char),
    Cut(usize),
}

pub(crate) fn changes() -> impl Strategy<Value = Vec<Change>> {
    let at = any::<usize>;
    let change = prop_oneof![
        4 => (at(), 0..BITS.len()).prop_map(|(at, bit)| Change::Insert(at, bit)),
        2 => (at(), 1usize..12).prop_map(|(at, length)| Change::Remove(at, length)),
        1 => (at(), 1usize..40).prop_map(|(at, length)| Change::Repeat(at, length)),
        2 => (at(), any::<char>()).prop_map(|(at, char)| Change::Replace(at, char)),
        1 => at().prop_map(Change::Cut),
    ];
    prop::collection::vec(change, 0..6)
}

/// A text after some changes, each at a place that is reckoned round its end.
pub(crate) fn changed(text: &str, changes: &[Change]) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for change in changes {
        let length = chars.len();
        let place = |at: usize| at % (length + 1);
        match *change {
            Change::Insert(at, bit) => {
                let at = place(at);
                chars.splice(at..at, BITS[bit].chars());
            }
            Change::Remove(at, many) => {
                let at = place(at);
                chars.drain(at..(at + many).min(length));
            }
            Change::Repeat(at, many) => {
                let at = place(at);
                let part = chars[at..(at + many).min(length)].to_vec();
                chars.splice(at..at, part);
            }
            Change::Replace(at, with) => {
                let at = place(at);
                if let Some(char) = chars.get_mut(at) {
                    *char = with;
                }
            }
            Change::Cut(at) => chars.truncate(place(at)),
        }
    }
    chars.into_iter().collect()
}

/// Values put in the place of others: which place, which value.
pub(crate) fn swaps() -> impl Strategy<Value = Vec<(usize, Value)>> {
    let bit = prop::sample::select(BITS).prop_map(|bit| json!(bit));
    let time = prop::sample::select(vec![
        json!("2026-05-05T18:10:00Z"),
        json!("0000-01-01T00:00:00Z"),
        json!("9999-12-31T23:59:59.999999999Z"),
        json!("-262143-01-01T00:00:00Z"),
        json!("+262142-12-31T23:59:59Z"),
        json!("2016-12-31T23:59:60Z"),
    ]);
    let plain = prop::sample::select(vec![
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(2),
        json!(-1),
        json!(1.5),
        json!(1e300),
        json!(u64::MAX),
        json!(u32::MAX),
        json!(i64::MIN),
        json!([]),
        json!({}),
        json!([[]]),
        json!([1, 2, 3]),
        json!("0"),
        json!("1"),
        json!("18446744073709551615"),
        json!("resolved"),
        json!("postmortem"),
        json!("SEV1"),
        json!("[redacted]"),
    ]);
    let long = (1usize..5000).prop_map(|length| json!("x".repeat(length)));
    let value = prop_oneof![3 => bit, 2 => time, 6 => plain, 1 => any::<String>().prop_map(Value::from), 1 => long];
    prop::collection::vec((any::<usize>(), value), 0..4)
}

/// A value with some of its parts replaced.
pub(crate) fn swapped(mut value: Value, swaps: &[(usize, Value)]) -> Value {
    for (at, with) in swaps {
        let parts = count(&value);
        put(&mut value, &mut (at % parts), with);
    }
    value
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(all) => all.iter().map(count).sum(),
        Value::Object(all) => all.values().map(count).sum(),
        _ => 0,
    }
}

/// Replaces the part that is `left` parts further on.
fn put(value: &mut Value, left: &mut usize, with: &Value) -> bool {
    if *left == 0 {
        *value = with.clone();
        return true;
    }
    *left -= 1;
    match value {
        Value::Array(all) => all.iter_mut().any(|one| put(one, left, with)),
        Value::Object(all) => all.values_mut().any(|one| put(one, left, with)),
        _ => false,
    }
}
