//! What a text speaks of: a cause, a detection, an effect on users, a repair, what helped, what hindered, luck, or what nobody knows.
//!
//! The rule can be told in a sentence: a text counts when one of its sentences
//! has one of the words below and is no question; for a cause it also has none of the words of
//! doubt, and what nobody knows is asked. It only ever offers a text to people; it decides nothing.

/// What a text may speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Topic {
    /// Why it happened.
    Cause,
    /// How it was noticed.
    Detection,
    /// What was done about it.
    Repair,
    /// What helped.
    Help,
    /// What cost time.
    Hindrance,
    /// What could have been worse.
    Luck,
    /// What nobody knows yet.
    Unknown,
    /// What users felt.
    Effect,
}

/// What a text speaks of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Topics(u8);

/// What one sentence has.
#[derive(Default)]
struct Sentence {
    topics: Topics,
    words: usize,
    doubt: bool,
    /// It names users, or what they do.
    users: bool,
    /// It says that something fails.
    fails: bool,
    /// It begins like a question that nobody in the channel may be able to answer.
    wonders: bool,
}

impl Topics {
    /// What `text` speaks of. Read once, word by word: a log has thousands of texts.
    pub(super) fn of(text: &str) -> Self {
        let mut topics = Self::default();
        let mut sentence = Sentence::default();
        let mut before = [0; LONGEST];
        let mut before_length = 0;
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
                let length = word.len().min(LONGEST);
                low[..length].copy_from_slice(&word[..length]);
                low.make_ascii_lowercase();
                if word.len() <= LONGEST {
                    sentence.word(&before[..before_length], &low[..length]);
                }
                sentence.words += 1;
                (before, before_length) = (low, length);
            }
            if matches!(end, b'.' | b'!' | b'?' | b'\n' | b';' | b':') {
                topics.add_all(std::mem::take(&mut sentence).ends(end == b'?'));
                before_length = 0;
            }
        }
        topics
    }

    /// Whether it speaks of a topic.
    pub(super) fn has(self, topic: Topic) -> bool {
        self.0 & (1 << topic as u8) != 0
    }

    fn add(&mut self, topic: Topic, says: bool) {
        self.0 |= u8::from(says) << topic as u8;
    }

    fn add_all(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl Sentence {
    fn word(&mut self, before: &[u8], word: &[u8]) {
        self.topics
            .add(Topic::Cause, is_cause(word) || is_cause_pair(before, word));
        self.topics.add(Topic::Detection, is_detection(word));
        self.topics
            .add(Topic::Repair, is_repair(word) && !negates(before));
        self.users |= is_user(word);
        self.fails |= is_failure(word);
        self.topics.add(Topic::Help, is_help(before, word));
        self.topics
            .add(Topic::Hindrance, is_hindrance(before, word));
        self.topics.add(Topic::Luck, is_luck(before, word));
        self.doubt |= is_doubt(word);
        self.wonders |= match self.words {
            0 => word == b"why",
            1 => wonders(before, word),
            _ => false,
        };
    }

    fn ends(self, question: bool) -> Topics {
        let mut topics = Topics::default();
        if question {
            topics.add(Topic::Unknown, self.wonders && self.words >= TELLS);
            return topics;
        }
        topics = self.topics;
        topics.add(Topic::Effect, self.users && self.fails);
        if self.doubt {
            topics.0 &= !(1 << Topic::Cause as u8);
        }
        if self.words < TELLS {
            // `great catch` praises nothing that can be found again.
            topics.0 &= !((1 << Topic::Help as u8) | (1 << Topic::Hindrance as u8));
        }
        topics
    }
}

/// How many words a sentence has at least that tells what helped, hindered or is not known.
const TELLS: usize = 4;

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

/// Two words that only mean a cause together.
fn is_cause_pair(first: &[u8], second: &[u8]) -> bool {
    let firsts: &[&[u8]] = match second {
        b"to" => &[b"due", b"traced"],
        b"of" => &[b"result"],
        b"from" => &[b"resulted"],
        b"by" => &[b"introduced", b"triggered", b"broken"],
        b"in" => &[b"introduced"],
        b"out" => &[b"ran"],
        b"merged" | b"deployed" | b"applied" | b"renewed" | b"tested" => &[b"never"],
        // `config management runs on the hour, that resets it`
        b"reset" | b"resets" | b"broke" | b"breaks" | b"overwrote" | b"overwrites" => {
            &[b"that", b"which", b"something"]
        }
        _ => return false,
    };
    firsts.contains(&first)
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
            | b"noticed"
            | b"detected"
            | b"reported"
            | b"reports"
            | b"complaints"
            | b"ticket"
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
            | b"merged"
            | b"raised"
            | b"raising"
            | b"increased"
            | b"removed"
            | b"switched"
            | b"restarting"
    )
}

/// `never merged` repairs nothing.
fn negates(word: &[u8]) -> bool {
    matches!(
        word,
        b"never"
            | b"not"
            | b"no"
            | b"nobody"
            | b"cannot"
            | b"can't"
            | b"didn't"
            | b"wasn't"
            | b"isn't"
            | b"hasn't"
            | b"haven't"
    )
}

fn is_user(word: &[u8]) -> bool {
    matches!(
        word,
        b"user"
            | b"users"
            | b"customer"
            | b"customers"
            | b"client"
            | b"clients"
            | b"player"
            | b"players"
            | b"visitors"
            | b"people"
            | b"everyone"
            | b"everybody"
            | b"nobody"
            | b"tickets"
            | b"orders"
            | b"payments"
            | b"checkouts"
            | b"logins"
            | b"signups"
            | b"requests"
            | b"uploads"
            | b"traffic"
    )
}

fn is_failure(word: &[u8]) -> bool {
    matches!(
        word,
        b"fail"
            | b"fails"
            | b"failed"
            | b"failing"
            | b"cannot"
            | b"can't"
            | b"cant"
            | b"couldn't"
            | b"unable"
            | b"affected"
            | b"impacted"
            | b"lost"
            | b"losing"
            | b"timeout"
            | b"timeouts"
            | b"error"
            | b"errors"
            | b"500"
            | b"500s"
            | b"502"
            | b"502s"
            | b"503"
            | b"503s"
            | b"504s"
            | b"5xx"
            | b"down"
            | b"stuck"
            | b"slow"
            | b"dropped"
            | b"declined"
            | b"refused"
            | b"delayed"
            | b"duplicated"
            | b"kicked"
            | b"timed"
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

/// `second` is in lower case, and so is `first`.
fn is_help(first: &[u8], second: &[u8]) -> bool {
    match second {
        b"helped" | b"helps" | b"smoothly" | b"quickly" | b"instantly" | b"immediately" => true,
        b"catch" | b"call" => matches!(first, b"good" | b"great" | b"nice"),
        b"worked" => !matches!(first, b"not" | b"never" | b"hardly"),
        b"expected" | b"planned" | b"practised" => first == b"as",
        b"to" => first == b"thanks",
        _ => false,
    }
}

fn is_hindrance(first: &[u8], second: &[u8]) -> bool {
    match second {
        b"misleading" | b"misled" | b"confusing" | b"outdated" | b"undocumented"
        | b"unfortunately" => true,
        b"alert" | b"alarm" if first == b"no" => true,
        b"help" | b"work" | b"fire" | b"alert" | b"page" => {
            matches!(first, b"didn't" | b"didnt" | b"not" | b"never" | b"doesn't")
        }
        b"runbook" | b"runbooks" | b"docs" | b"documentation" | b"access" | b"backup"
        | b"backups" | b"monitoring" | b"alerts" | b"permission" | b"permissions" => {
            matches!(first, b"no" | b"without" | b"missing" | b"wrong")
        }
        b"noticed" | b"knew" | b"knows" => matches!(first, b"nobody" | b"noone" | b"one"),
        b"out" => first == b"locked",
        b"late" | b"long" => first == b"too",
        b"for" => first == b"waited",
        b"ages" | b"forever" => first == b"took",
        _ => false,
    }
}

fn is_luck(first: &[u8], second: &[u8]) -> bool {
    match second {
        b"lucky" | b"luckily" | b"luck" | b"fortunately" | b"thankfully" => true,
        b"thing" => first == b"good",
        b"chance" => first == b"by",
        b"worse" => matches!(first, b"been" | b"much"),
        _ => false,
    }
}

/// How a question begins that a postmortem should answer.
fn wonders(first: &[u8], second: &[u8]) -> bool {
    matches!(
        (first, second),
        (b"how", b"come" | b"did" | b"could" | b"was")
            | (b"what", b"if" | b"caused" | b"changed" | b"triggered")
            | (b"do" | b"does", b"we" | b"anyone" | b"anybody")
            | (b"should" | b"shouldn't", b"we")
            | (b"who", b"knows" | b"owns")
            | (b"is" | b"was", b"there" | b"that" | b"this")
            | (b"any", b"idea")
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
            "config management runs on the hour, that resets the limit",
            "65536 again?! something reset it",
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
            "I reset it",
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
        assert!(!Topics::of("the override was never merged").has(Topic::Repair));
        assert!(!Topics::of("the alert is not fixed").has(Topic::Repair));
    }

    #[test]
    fn what_helped_what_hindered_and_luck_are_told_apart() {
        let says = |text: &str, topic| Topics::of(text).has(topic);
        assert!(says("the runbook helped a lot here", Topic::Help));
        assert!(says("good catch on the second node", Topic::Help));
        assert!(!says("good catch", Topic::Help));
        assert!(says(
            "the alert did not fire because it was muted",
            Topic::Hindrance
        ));
        assert!(says("there is no runbook for the fence", Topic::Hindrance));
        assert!(says(
            "there is no alert for conntrack at all",
            Topic::Hindrance
        ));
        assert!(!says("not the page I meant", Topic::Hindrance));
        assert!(says("good thing the replica was awake", Topic::Luck));
        assert!(says("that could have been worse", Topic::Luck));
    }

    #[test]
    fn what_users_felt_is_told_of_users() {
        let felt = |text: &str| Topics::of(text).has(Topic::Effect);
        assert!(felt("14 tickets so far, all timed out"));
        assert!(felt("about 4 % of payments failed"));
        assert!(!felt("the node is down"));
        assert!(!felt("are users affected?"));
        assert!(!felt("thanks to all users"));
    }

    #[test]
    fn what_nobody_knows_is_asked() {
        let asks = |text: &str| Topics::of(text).has(Topic::Unknown);
        assert!(asks("why did the canary not catch this?"));
        assert!(asks("do we know who owns that job?"));
        assert!(!asks("why?"));
        assert!(!asks("can you restart it please?"));
        assert!(!asks("why it failed is known."));
    }
}
