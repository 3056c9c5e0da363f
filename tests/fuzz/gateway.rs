//! What Discord sends: messages as raw JSON.

use proptest::prelude::*;
use scribe::discord::RawMessage;
use serde_json::Value;

use crate::odd::{changed, changes, swapped, swaps};
use crate::{cases, corpus};

thread_local! {
    static MESSAGES: Vec<Value> =
        corpus("gateway.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
}

fn read(json: Value) {
    let Ok(message) = RawMessage::read(json) else {
        return;
    };
    let _ = (message.author(), message.message(), message.place());
    let _ = (
        message.is_written(),
        message.looks_empty(),
        message.has_reaction("📌"),
    );
}

proptest! {
    #![proptest_config(cases(150))]
    #[test]
    fn any_payload_is_read_or_refused(of in 0usize..4, swaps in swaps(), changes in changes()) {
        let payload = MESSAGES.with(|all| swapped(all[of].clone(), &swaps));
        if let Ok(json) = serde_json::from_str(&changed(&payload.to_string(), &changes)) {
            read(json);
        }
        read(payload);
    }
}
