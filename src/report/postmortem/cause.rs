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

/// What a text speaks of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Topics {
    cause: bool,
    detection: bool,
    repair: bool,
}

impl Topics {
    /// What `text` speaks of. Read once, word by word: a log has thousands of texts.
    pub(super) fn of(text: &str) -> Self {
        let mut topics = Self::default();
        let mut sentence = Self::default();
        let mut doubt = false;
        let mut before: &[u8] = b"";
        let mut word_start = None;
        let bytes = text.as_bytes();
        for at in 0..=bytes.len() {
            let end = bytes.get(at).copied().unwrap_or(b'\n');
            if end.is_ascii_alphanumeric() || end == b'\'' || !end.is_ascii() {
                word_start = word_start.or(Some(at));
                continue;
            }
            if let Some(start) = word_start.take() {
                let word = &bytes[start..at];
                let mut low = [0; LONGEST];
                if let Some(low) = low.get_mut(..word.len()) {
                    low.copy_from_slice(word);
                    low.make_ascii_lowercase();
                    sentence.cause |= is_cause(low) || is_cause_pair(before, low);
                    sentence.detection |= is_detection(low);
                    sentence.repair |= is_repair(low);
                    doubt |= is_doubt(low);
                }
                before = word;
            }
            if matches!(end, b'.' | b'!' | b'?' | b'\n' | b';' | b':') {
                let question = end == b'?';
                topics.cause |= sentence.cause && !doubt && !question;
                topics.detection |= sentence.detection && !question;
                topics.repair |= sentence.repair && !question;
                (sentence, doubt, before) = (Self::default(), false, b"");
            }
        }
        topics
    }

    /// Whether it speaks of a topic.
    pub(super) fn has(self, topic: Topic) -> bool {
        match topic {
            Topic::Cause => self.cause,
            Topic::Detection => self.detection,
            Topic::Repair => self.repair,
        }
    }
}

/// No known word is longer.
const LONGEST: usize = 16;

fn is_cause(word: &[u8]) -> bool {
    matches!(
        word,
        b"because"
            | b"cause"
            | b"caused"
            | b"causes"
            | b"culprit"
            | b"regression"
            | b"typo"
            | b"misconfigured"
            | b"misconfiguration"
            | b"exhausted"
            | b"leak"
            | b"deadlock"
            | b"overloaded"
    )
}

/// Two words that only mean a cause together; `second` is in lower case.
fn is_cause_pair(first: &[u8], second: &[u8]) -> bool {
    let firsts: &[&[u8]] = match second {
        b"to" => &[b"due", b"traced"],
        b"of" => &[b"result"],
        b"from" => &[b"resulted"],
        b"by" => &[b"introduced", b"triggered", b"broken"],
        b"in" => &[b"introduced"],
        b"out" => &[b"ran"],
        _ => return false,
    };
    firsts.iter().any(|known| known.eq_ignore_ascii_case(first))
}

fn is_detection(word: &[u8]) -> bool {
    matches!(
        word,
        b"alert"
            | b"alerts"
            | b"alerted"
            | b"alarm"
            | b"paged"
            | b"pager"
            | b"monitoring"
            | b"noticed"
            | b"detected"
            | b"reported"
            | b"reports"
            | b"complaints"
            | b"tickets"
    )
}

fn is_repair(word: &[u8]) -> bool {
    matches!(
        word,
        b"rolled"
            | b"rollback"
            | b"rolling"
            | b"revert"
            | b"reverted"
            | b"reverting"
            | b"fix"
            | b"fixed"
            | b"hotfix"
            | b"restart"
            | b"restarted"
            | b"deployed"
            | b"redeployed"
            | b"scaled"
            | b"restored"
            | b"recovered"
            | b"replaced"
            | b"failover"
            | b"disabled"
            | b"mitigated"
            | b"patched"
            | b"rebooted"
    )
}

fn is_doubt(word: &[u8]) -> bool {
    matches!(
        word,
        b"unknown"
            | b"unclear"
            | b"unsure"
            | b"investigating"
            | b"looking"
            | b"searching"
            | b"find"
            | b"finding"
            | b"what"
            | b"whether"
            | b"why"
            | b"not"
            | b"no"
            | b"don't"
            | b"dont"
            | b"doesn't"
            | b"isn't"
            | b"wasn't"
    )
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
            assert!(Topics::of(yes).has(Topic::Cause), "{yes}");
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
            assert!(!Topics::of(no).has(Topic::Cause), "{no}");
        }
    }

    #[test]
    fn repairs_and_detections_are_told_apart() {
        assert!(Topics::of("Rolled back release 812").has(Topic::Repair));
        assert!(!Topics::of("should we roll it back?").has(Topic::Repair));
        assert!(Topics::of("PagerDuty alert: checkout 5xx").has(Topic::Detection));
        assert!(!Topics::of("lunch?").has(Topic::Detection));
    }
}
