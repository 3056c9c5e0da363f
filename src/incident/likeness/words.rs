//! The words of a text and how much each says.

use std::collections::{BTreeMap, BTreeSet};

/// How much a word says about which incident it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// What every incident has: `down`, `slow`, `error`.
    Symptom,
    /// What many have: `api`, `database`.
    Part,
    /// What few have: `checkout`, `oauth`, `502`.
    Telling,
}

impl Kind {
    pub(super) fn weight(self) -> u32 {
        match self {
            Self::Symptom => 1,
            Self::Part => 2,
            Self::Telling => 4,
        }
    }
}

/// A word that two texts share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// As it is written, in small letters.
    pub(super) text: String,
    pub(super) kind: Kind,
}

/// The words of a text by their stems, with where each stands first.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    all: BTreeMap<String, (usize, Word)>,
}

/// More words than this are not compared.
const MOST: usize = 80;

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let low = text.to_lowercase();
        let parts = low.split(|c: char| !c.is_alphanumeric());
        let parts = parts.filter(|part| says_something(part)).take(MOST);
        let mut all = BTreeMap::new();
        for (place, part) in parts.enumerate() {
            let stem = stem(part);
            let kind = kind(part, stem);
            let word = Word {
                text: part.to_owned(),
                kind,
            };
            all.entry(stem.to_owned()).or_insert((place, word));
        }
        Self { all }
    }

    /// The words that say something, as they are written.
    pub(super) fn telling(&self) -> impl Iterator<Item = &str> {
        let words = self.all.values().map(|(_, word)| word);
        let telling = words.filter(|word| word.kind == Kind::Telling);
        telling.map(|word| word.text.as_str())
    }

    /// How much of what these words say the others say too: 0 to 1.
    pub(super) fn share_in(&self, other: &Self) -> f64 {
        let weight = |(_, word): &(usize, Word)| f64::from(word.kind.weight());
        let all: f64 = self.all.values().map(weight).sum();
        let shared = self
            .all
            .iter()
            .filter(|(stem, _)| other.all.contains_key(*stem));
        let shared: f64 = shared.map(|(_, word)| weight(word)).sum();
        if all > 0.0 { shared / all } else { 0.0 }
    }

    /// Whether a word is among them, in whatever form.
    pub(super) fn has(&self, word: &str) -> bool {
        self.all.contains_key(stem(word))
    }

    /// Whether one of these that says something is none of the others.
    pub(super) fn has_own(&self, other: &Self) -> bool {
        let mut own = self.all.iter();
        own.any(|(stem, (_, word))| word.kind == Kind::Telling && !other.all.contains_key(stem))
    }

    /// The words in both, in the order of these.
    pub(super) fn shared(&self, other: &Self) -> Vec<Word> {
        let both = self
            .all
            .iter()
            .filter(|(stem, _)| other.all.contains_key(*stem));
        let mut both: Vec<_> = both.map(|(_, word)| word.clone()).collect();
        both.sort_by_key(|(place, _)| *place);
        both.into_iter().map(|(_, word)| word).collect()
    }

    /// Whether both name a thing of one sort, and not the same: another node,
    /// another region, another environment.
    pub(super) fn contradicts(&self, other: &Self) -> bool {
        let apart = |is: fn(&str) -> bool| {
            let (own, theirs) = (self.those(is), other.those(is));
            !own.is_empty() && !theirs.is_empty() && own.is_disjoint(&theirs)
        };
        // An environment that only one names is another than what nobody has to name.
        let aside = self.those(is_aside) != other.those(is_aside);
        aside || apart(has_digit) || apart(is_region)
    }

    fn those(&self, is: fn(&str) -> bool) -> BTreeSet<&str> {
        let words = self.all.values().map(|(_, word)| word.text.as_str());
        words.filter(|word| is(word)).collect()
    }
}

fn has_digit(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
}

fn is_region(word: &str) -> bool {
    matches!(
        word,
        "eu" | "europe"
            | "emea"
            | "na"
            | "usa"
            | "america"
            | "americas"
            | "ap"
            | "apac"
            | "asia"
            | "africa"
            | "australia"
            | "india"
            | "japan"
            | "tokyo"
            | "frankfurt"
            | "london"
            | "ireland"
            | "virginia"
            | "oregon"
            | "ohio"
            | "singapore"
            | "sydney"
            | "east"
            | "west"
            | "north"
            | "south"
            | "central"
    )
}

fn is_aside(word: &str) -> bool {
    matches!(
        word,
        "staging"
            | "stage"
            | "dev"
            | "development"
            | "test"
            | "testing"
            | "sandbox"
            | "beta"
            | "qa"
    )
}

/// Words that stand in any sentence, and single letters and digits.
fn says_something(word: &str) -> bool {
    const FILLERS: &[&str] = &[
        "the", "and", "that", "this", "with", "for", "are", "was", "were", "have", "has", "had",
        "but", "you", "all", "can", "they", "our", "its", "from", "been", "will", "now", "is",
        "in", "of", "on", "to", "at", "by", "be", "it", "an", "or", "as", "we", "no", "not", "do",
        "does", "don", "due", "via", "after", "since", "when", "while", "again", "into", "out",
        "off", "up", "us", "der", "die", "das", "und", "ist", "sind", "nicht", "ein", "eine",
        "mit", "bei", "von", "im", "auf", "für", "seit", "wieder", "kein", "keine", "den", "dem",
        "zu",
    ];
    let long = word.chars().nth(1).is_some();
    let number = word.bytes().all(|byte| byte.is_ascii_digit());
    long && !(number && word.len() < 3) && !FILLERS.contains(&word)
}

/// `fails`, `failing`, `failed` and `fail` are one word.
fn stem(word: &str) -> &str {
    if has_digit(word) {
        return word;
    }
    let endings = ["ures", "ing", "ure", "ed", "es", "s"];
    let cut = endings.iter().find_map(|ending| word.strip_suffix(ending));
    let cut = cut.filter(|cut| cut.chars().count() >= 4 && !word.ends_with("ss"));
    let cut = cut.unwrap_or(word);
    cut.strip_suffix('e')
        .filter(|cut| cut.len() >= 4)
        .unwrap_or(cut)
}

fn kind(word: &str, stem: &str) -> Kind {
    const SYMPTOMS: &[&str] = &[
        "down",
        "slow",
        "error",
        "fail",
        "failur",
        "broken",
        "break",
        "outag",
        "issu",
        "problem",
        "timeout",
        "unavailabl",
        "degrad",
        "high",
        "elevat",
        "increas",
        "spik",
        "unreachabl",
        "user",
        "customer",
        "some",
        "many",
        "most",
        "cannot",
        "production",
        "prod",
        "alert",
        "incident",
        "respond",
        "respons",
        "work",
        "reach",
        "load",
        "return",
        "unabl",
        "intermittent",
        "intermittently",
        "partial",
        "major",
        "minor",
        "rate",
        "rates",
        "not",
        "bad",
        "huge",
        "very",
        "all",
        "every",
        "multipl",
        "several",
        "possibl",
        "report",
        "see",
        "get",
        "getting",
        "gone",
        "stopp",
        "stop",
        "hang",
        "stuck",
        "latency",
        "slowly",
        "performanc",
        "kaputt",
        "langsam",
        "fehler",
        "störung",
        "ausfall",
        "geht",
        "problem",
        "nutzer",
        "kunden",
        "defekt",
    ];
    const PARTS: &[&str] = &[
        "api",
        "web",
        "websit",
        "site",
        "app",
        "server",
        "servic",
        "database",
        "databas",
        "db",
        "page",
        "pag",
        "request",
        "system",
        "backend",
        "frontend",
        "cluster",
        "node",
        "host",
        "network",
        "connection",
        "instanc",
        "region",
        "data",
        "datenbank",
        "seite",
    ];
    let is_of = |words: &[&str]| words.contains(&stem) || words.contains(&word);
    if is_of(SYMPTOMS) {
        Kind::Symptom
    } else if is_of(PARTS) {
        Kind::Part
    } else {
        Kind::Telling
    }
}
