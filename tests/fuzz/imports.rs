//! Records of the past: what is read is run through the rules too.

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use scribe::import::{ImportError, Record, chat, statuspage, take_over};
use scribe::incident::{GuildId, Incident, IncidentKey, IncidentNumber, Severity};
use serde_json::Value;

use crate::odd::{changed, changes, swapped, swaps};
use crate::{cases, corpus};

fn taken(record: Result<Record, ImportError>) {
    let now: DateTime<Utc> = "2026-07-09T12:00:00Z".parse().unwrap();
    let Ok(taken) = record.and_then(|record| take_over(&record, |_| false, now)) else {
        return;
    };
    for one in taken.new {
        let key = IncidentKey {
            guild: GuildId(0),
            number: IncidentNumber(1),
        };
        let incident = Incident::fold(key, &one.log).expect("what is taken over is a log");
        let _ = incident.downtime(now);
    }
}

thread_local! {
    static PAGES: Vec<Value> =
        corpus("statuspage.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    static CHATS: Vec<String> = corpus("chat.txt").split("----\n").map(str::to_owned).collect();
}

proptest! {
    #![proptest_config(cases(140))]
    #[test]
    fn any_statuspage_is_taken_or_refused(of in 0usize..5, swaps in swaps(), changes in changes()) {
        let page = PAGES.with(|pages| swapped(pages[of].clone(), &swaps));
        taken(statuspage::parse(&page.to_string()));
        taken(statuspage::parse(&changed(&page.to_string(), &changes)));
    }
}

proptest! {
    #![proptest_config(cases(140))]
    #[test]
    fn any_transcript_is_taken_or_refused(of in 0usize..4, changes in changes(), title in ".{0,12}") {
        let text = CHATS.with(|chats| changed(&chats[of], &changes));
        taken(chat::parse(&text, &title, Severity::Sev2));
    }
}
