//! Which texts speak of a cause, of a detection or of a repair.
//!
//! The rule can be told in a sentence: a text counts when one of its sentences
//! has one of the words below and none of the words of doubt, and is no
//! question. It only ever offers a text to people; it decides nothing.

/// What a text may speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    /// Why it happened.
    Cause,
    /// How it was noticed.
    Detection,
    /// What was done about it.
    Repair,
}

const CAUSE: &[&str] = &[
    "because",
    "cause",
    "caused",
    "causes",
    "culprit",
    "regression",
    "typo",
    "misconfigured",
    "misconfiguration",
    "exhausted",
    "leak",
    "deadlock",
    "overloaded",
];
/// Two words that only mean a cause together.
const CAUSE_PAIRS: &[(&str, &str)] = &[
    ("due", "to"),
    ("traced", "to"),
    ("result", "of"),
    ("resulted", "from"),
    ("introduced", "by"),
    ("introduced", "in"),
    ("triggered", "by"),
    ("broken", "by"),
    ("ran", "out"),
];
const DETECTION: &[&str] = &[
    "alert",
    "alerts",
    "alerted",
    "alarm",
    "paged",
    "pager",
    "monitoring",
    "noticed",
    "detected",
    "reported",
    "reports",
    "complaints",
    "tickets",
];
const REPAIR: &[&str] = &[
    "rolled",
    "rollback",
    "rolling",
    "revert",
    "reverted",
    "reverting",
    "fix",
    "fixed",
    "hotfix",
    "restart",
    "restarted",
    "deployed",
    "redeployed",
    "scaled",
    "restored",
    "recovered",
    "replaced",
    "failover",
    "disabled",
    "mitigated",
    "patched",
    "rebooted",
];
const DOUBT: &[&str] = &[
    "unknown",
    "unclear",
    "unsure",
    "investigating",
    "looking",
    "searching",
    "find",
    "finding",
    "what",
    "whether",
    "why",
    "not",
    "no",
    "don't",
    "dont",
    "doesn't",
    "isn't",
    "wasn't",
];

/// Whether a text speaks of a topic.
pub(super) fn speaks_of(text: &str, topic: Topic) -> bool {
    sentences(text).any(|sentence| {
        let question = sentence.trim_end().ends_with('?');
        let doubtful = topic == Topic::Cause && (question || has(sentence, DOUBT));
        match topic {
            Topic::Cause => (has(sentence, CAUSE) || has_pair(sentence, CAUSE_PAIRS)) && !doubtful,
            Topic::Detection => has(sentence, DETECTION) && !question,
            Topic::Repair => has(sentence, REPAIR) && !question,
        }
    })
}

/// The sentences of a text, each with the mark at its end.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['.', '!', '?', '\n', ';', ':'])
}

fn words(sentence: &str) -> impl Iterator<Item = &str> {
    let inside = |c: char| c.is_alphanumeric() || c == '\'';
    sentence
        .split(move |c| !inside(c))
        .filter(|word| !word.is_empty())
}

fn has(sentence: &str, known: &[&str]) -> bool {
    words(sentence).any(|word| known.iter().any(|known| known.eq_ignore_ascii_case(word)))
}

fn has_pair(sentence: &str, pairs: &[(&str, &str)]) -> bool {
    let following = words(sentence).skip(1);
    words(sentence).zip(following).any(|(first, second)| {
        let same = |pair: &(&str, &str)| {
            pair.0.eq_ignore_ascii_case(first) && pair.1.eq_ignore_ascii_case(second)
        };
        pairs.iter().any(same)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_named_or_it_is_not() {
        for yes in [
            "Pods land in the wrong namespace because of a typo",
            "Root cause: the certificate expired",
            "We looked. It was caused by release 812.",
            "Down due to a power failure",
            "the disk ran out of space",
        ] {
            assert!(speaks_of(yes, Topic::Cause), "{yes}");
        }
        for no in [
            "We are still looking for the cause",
            "The cause is unknown",
            "what caused you to panic?",
            "Is it because of the deploy?",
            "No root cause yet",
            "Payments were due yesterday",
            "rolled back release 812",
        ] {
            assert!(!speaks_of(no, Topic::Cause), "{no}");
        }
    }

    #[test]
    fn repairs_and_detections_are_told_apart() {
        assert!(speaks_of("Rolled back release 812", Topic::Repair));
        assert!(!speaks_of("should we roll it back?", Topic::Repair));
        assert!(speaks_of("PagerDuty alert: checkout 5xx", Topic::Detection));
        assert!(!speaks_of("lunch?", Topic::Detection));
    }
}
