//! What people promise those who wait: the next update, an end, a postmortem.
//!
//! Only what is said in plain words is read, in English: `next update in 30
//! minutes`, `ETA 15:40`, `a postmortem will follow within two days`. A time
//! belongs to the promise next to it in the same sentence. A promise whose time
//! cannot be told for certain has none; nothing is guessed.

mod when;

use std::ops::Range;
use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use regex::Regex;

use super::entry::{Entry, Fact};
use super::human_time::pattern;
use super::id::Seq;
use super::timeline::timeline;
use when::{Time, times};

/// The most bytes of a text that are read; an update of Discord has 4,000 characters at most.
const MAX_TEXT: usize = 16_000;

/// How far from its promise a time may stand, in bytes.
const REACH: usize = 90;

/// What is promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Promised {
    /// More news for those who wait.
    Update,
    /// That it is over.
    End,
    /// A report of what happened.
    Postmortem,
}

/// A promise in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// What is promised.
    pub what: Promised,
    /// The words that promise it, with the time: a range of bytes of the text.
    pub words: Range<usize>,
    /// Until when (UTC); `None` where no certain time is named.
    pub due: Option<DateTime<Utc>>,
}

/// The promises in a text that was said at a moment by people whose clocks
/// show `zone`, in the order of the text.
#[must_use]
pub fn promises(text: &str, said_at: DateTime<Utc>, zone: Tz) -> Vec<Promise> {
    let mut found = Vec::new();
    for sentence in sentences(text) {
        let said = &text[sentence.clone()];
        let triggers = triggers(said);
        if triggers.is_empty() {
            continue;
        }
        for promise in pair(triggers, &times(said, said_at, zone)) {
            let words = promise.words.start + sentence.start..promise.words.end + sentence.start;
            found.push(Promise { words, ..promise });
        }
    }
    found
}

/// How much later than promised is still in time: five minutes, or 15 percent of a longer wait.
#[must_use]
pub fn grace(promised: TimeDelta) -> TimeDelta {
    TimeDelta::minutes(5).max(promised * 15 / 100)
}

/// News that the public was promised for a time, and when it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromisedNews {
    /// The entry that promised it.
    pub entry: Seq,
    /// The words of the promise.
    pub words: String,
    /// When it was promised (UTC).
    pub said_at: DateTime<Utc>,
    /// For when (UTC).
    pub due: DateTime<Utc>,
    /// When the public next heard anything (UTC).
    pub told_at: Option<DateTime<Utc>>,
}

impl PromisedNews {
    /// How much later than promised it came, or is at `now`; `None` while it is in time.
    #[must_use]
    pub fn late(&self, now: DateTime<Utc>) -> Option<TimeDelta> {
        let came = self.told_at.unwrap_or(now);
        let late = came - self.due;
        (late > grace(self.due - self.said_at)).then_some(late)
    }
}

/// The news that status changes and updates of a log promised for a time, in
/// the order it was promised. What says that it is over promises no more news.
/// `entries` are in the order of `seq`; those of other kinds may be left out.
#[must_use]
pub fn promised_news(entries: &[Entry], zone: Tz) -> Vec<PromisedNews> {
    let mut told: Vec<(DateTime<Utc>, Seq, Option<&str>, bool)> = Vec::new();
    for line in timeline(entries) {
        let open = match &line.entry.fact {
            Fact::StatusChanged { to, .. } => to.is_open(),
            Fact::Updated { status, .. } => status.is_open(),
            _ => continue,
        };
        let text = line.text.filter(|_| line.redacted_by.is_none());
        told.push((line.at, line.entry.seq, text, open));
    }
    let mut all = Vec::new();
    for (place, (said_at, entry, text, open)) in told.iter().enumerate() {
        let Some(text) = text.filter(|_| *open) else {
            continue;
        };
        let promises = promises(text, *said_at, zone).into_iter();
        let news = promises.filter(|promise| promise.what == Promised::Update);
        let first = news
            .filter_map(|news| Some((news.due?, news.words)))
            .min_by_key(|news| news.0);
        all.extend(first.map(|(due, words)| {
            PromisedNews {
                entry: *entry,
                words: text[words].to_owned(),
                said_at: *said_at,
                due,
                told_at: told[place + 1..]
                    .iter()
                    .map(|next| next.0)
                    .find(|next| next > said_at),
            }
        }));
    }
    all
}

/// Where words promise something.
struct Trigger {
    what: Promised,
    at: Range<usize>,
}

const AN_UPDATE: &str = r"(?:status |progress )?updates?";
const PUBLISHES: &str =
    r"(?:publish|post|provide|share|release|write|prepare|produce|have|send|follow up with|issue)";
const REPORT: &str = r"(?:post-?\s?mortem|root[- ]cause analysis|RCA|incident report|full report|post-incident (?:review|report)|retrospective|write-?up)";

static NEWS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        format!(r"(?i)\bnext (?:scheduled |planned )?{AN_UPDATE}\b"),
        format!(r"(?i)\b(?:another|(?:a |any )?further|more|additional|regular|hourly|daily) {AN_UPDATE}\b"),
        format!(r"(?i)\b{AN_UPDATE} (?:every|in|by|at|within|hourly|to follow|will follow|(?:will|to) be (?:provided|posted|given|shared|sent|published|made|issued))\b"),
        r"(?i)(?:\b(?:will|shall|going to|aim to|plan to|expect to|intend to)|[’']ll|^\W*(?:to|will)) (?:(?:also|then|next|keep|continue to|try to|be|again|soon) ){0,3}(?:updat(?:e|ing) (?:(?:you|everyone|folks|all|this|again|here|(?:the|this|our) (?:page|thread|channel|ticket|status page))\b|(?:in|by|at|within|every|when|once|as)\b)|(?:post(?:ing)?|provid(?:e|ing)|giv(?:e|ing)|shar(?:e|ing)|send(?:ing)?|issu(?:e|ing)|publish(?:ing)?|have) [^.]{0,40}?\b(?:updates?|news|more|information)\b|(?:report|get|be|check|come|circle) back\b|check in\b)".to_owned(),
        r"(?i)\b(?:check|look) back (?:here )?(?:in|at|by|after|within)\b".to_owned(),
        r"(?i)\bmore (?:info|information|details|news) (?:in|by|at|within|to follow)\b".to_owned(),
    ]
    .iter()
    .map(|text| pattern(text))
    .collect()
});

static END: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"\b(?:ETA|ETR)\b",
        r"(?i)\bestimated time (?:of|to|for) (?:full )?(?:resolution|recovery|restoration|repair|fix|completion)\b",
        r"(?i)\b(?:expect(?:ed|ing)?|anticipat(?:e[ds]?|ing)|estimat(?:e[ds]?|ing)|should|hop(?:e|ing)|(?:will|to|[’']ll) be)\b[^.]{0,60}?\b(?:resol(?:ved?|ution)|fix(?:ed)?|restor(?:ed?|ation)|recover(?:y|ed)?|mitigated|back(?: up| online| to normal)?)\b",
        r"(?i)\b(?:resolution|fix|recovery|restoration|service) (?:is |are )?(?:expected|anticipated|estimated)\b",
    ]
    .iter()
    .map(|text| pattern(text))
    .collect()
});

static POSTMORTEM: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        format!(r"(?i)\b(?:{REPORT}|review)\b[^.]{{0,40}}?\b(?:will|to|shall) (?:follow\b|be (?:posted|provided|published|shared|made available|released|available|written|done))"),
        format!(r"(?i)(?:\bwill|\bshall|[’']ll|\bgoing to) (?:also |then )?{PUBLISHES} (?:you (?:with )?)?(?:an?|the|our|a full|a detailed)? ?(?:[\w-]+ ){{0,2}}?{REPORT}\b"),
        format!(r"(?i)\b{REPORT} (?:by|within|due|coming|due by)\b"),
    ]
    .iter()
    .map(|text| pattern(text))
    .collect()
});

/// Words before a promise that take it back: `no ETA`, `we posted another update`.
static NOT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(?:no|not|never|without|(?:do|does|did|have|has|will|can|could)(?:n[’']t| not)|cannot|lack|once we have|until|when|as soon as|promised|said)\b[^,;:]{0,25}|\b(?:posted|gave|sent|shared|provided|published|made|deployed|installed|applied|released|was|had|got) (?:an?|the|our)? ?)$",
    )
});

fn triggers(said: &str) -> Vec<Trigger> {
    if said.trim_end().ends_with('?') || said.trim_start().starts_with('>') {
        return Vec::new();
    }
    let kinds = [
        (Promised::Postmortem, &*POSTMORTEM),
        (Promised::Update, &*NEWS),
        (Promised::End, &*END),
    ];
    let mut all: Vec<Trigger> = Vec::new();
    for (what, patterns) in kinds {
        for found in patterns.iter().flat_map(|pattern| pattern.find_iter(said)) {
            let at = found.range();
            let overlaps =
                |other: &&mut Trigger| other.at.start < at.end && at.start < other.at.end;
            match all.iter_mut().find(overlaps) {
                // `we will post the next update`: one promise, said by both.
                Some(same) if same.what == what => {
                    same.at = same.at.start.min(at.start)..same.at.end.max(at.end);
                }
                Some(_) => {}
                None if NOT.is_match(&said[..at.start]) => {}
                None => all.push(Trigger { what, at }),
            }
        }
    }
    all.sort_by_key(|trigger| trigger.at.start);
    all
}

/// Gives each promise the time next to it: the first one behind it, or, where
/// none is, the last one before it (`in 30 minutes we will post an update`).
fn pair(triggers: Vec<Trigger>, times: &[Time]) -> Vec<Promise> {
    let mut taken = vec![false; times.len()];
    let mut all = Vec::new();
    for (place, trigger) in triggers.iter().enumerate() {
        let next = triggers
            .get(place + 1)
            .map_or(usize::MAX, |next| next.at.start);
        let limit = next.min(trigger.at.end.saturating_add(REACH));
        let behind = times.iter().position(|time| {
            // `every 30 minutes` may be part of the words that promise.
            time.at.end > trigger.at.end.min(time.at.start + 1)
                && time.at.start >= trigger.at.start
                && time.at.start < limit
        });
        let behind = behind.filter(|index| !taken[*index]);
        if let Some(index) = behind {
            taken[index] = true;
        }
        all.push((trigger, behind));
    }
    for (trigger, time) in &mut all {
        if time.is_none() {
            let near = |time: &Time| {
                time.at.end <= trigger.at.start && trigger.at.start - time.at.end <= REACH / 2
            };
            let before = (0..times.len())
                .rev()
                .find(|index| !taken[*index] && near(&times[*index]));
            if let Some(index) = before {
                taken[index] = true;
            }
            *time = before;
        }
    }
    let promise = |(trigger, time): (&Trigger, Option<usize>)| {
        let time = time.map(|index| &times[index]);
        // An end without a time is a hope.
        if trigger.what == Promised::End && time.is_none_or(|time| time.due.is_none()) {
            return None;
        }
        let (start, end) = time.map_or((trigger.at.start, trigger.at.end), |time| {
            (
                time.at.start.min(trigger.at.start),
                time.at.end.max(trigger.at.end),
            )
        });
        let (what, due) = (trigger.what, time.and_then(|time| time.due));
        Some(Promise {
            what,
            words: start..end,
            due,
        })
    };
    all.into_iter().filter_map(promise).collect()
}

static BREAK: LazyLock<Regex> = LazyLock::new(|| pattern(r"[.!?]+[)*_]*(?:\s+|$)|\n+|;\s"));
/// A dot that ends no sentence: `approx. 30 minutes`, `3 p.m. CT`.
static SHORT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(?:approx|approximately|est|min|mins|hrs?|no|e\.g|i\.e|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)|\b[ap]\.?m)\.\s*$",
    )
});

/// The sentences of a text, each with the mark that ends it.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let text = &text[..text.floor_char_boundary(MAX_TEXT)];
    let (mut all, mut start) = (Vec::new(), 0);
    for end in BREAK.find_iter(text) {
        let goes_on = text[end.end()..]
            .starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || c == '(');
        let short = SHORT.is_match(&text[start..end.end()]) && !end.as_str().contains('\n');
        let half_day = text[start..end.end()].trim_end().ends_with("m.")
            && text[end.end()..].starts_with(|c: char| c.is_ascii_uppercase());
        if short && (goes_on || half_day) {
            continue;
        }
        all.push(start..end.end());
        start = end.end();
    }
    all.push(start..text.len());
    all
}

#[cfg(test)]
mod tests;
