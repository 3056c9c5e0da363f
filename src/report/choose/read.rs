//! What a text says, sentence by sentence. What a question asks or a sentence
//! only imagines does not count; links, times and measures count anywhere.

use super::reasons::Reasons;
use super::vocabulary::{self, LONGEST, Word};
use crate::words::reason::Reason;

/// What a text says.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said {
    /// What speaks for it.
    pub(super) reasons: Reasons,
    /// How many words its statements have; questions are not counted.
    pub(super) words: usize,
}

/// Reads a text once.
pub(super) fn read(text: &str) -> Said {
    let mut said = Said::default();
    let mut sentence = Sentence::default();
    for line in text.lines() {
        // What was quoted is told where it was first written.
        if line.starts_with('>') {
            continue;
        }
        if !goes_on(line) {
            std::mem::take(&mut sentence).end(&mut said);
        }
        let mut number_before = false;
        for chunk in line.split_whitespace() {
            if let Some(at) = chunk.find("http://").or_else(|| chunk.find("https://")) {
                said.reasons.add(vocabulary::address(&chunk[at..]));
                continue;
            }
            if is_emoji(chunk) {
                continue;
            }
            number_before = marks(chunk, number_before, &mut said.reasons);
            if chunk.starts_with('(') {
                std::mem::take(&mut sentence).end(&mut said);
            }
            sentence.take(chunk);
            if chunk.ends_with(['?', '.', '!', ';', ':']) || chunk.ends_with("?)") {
                sentence.asks |= chunk.contains('?');
                std::mem::take(&mut sentence).end(&mut said);
            }
        }
    }
    sentence.end(&mut said);
    said
}

/// Whether a text links to a change: a pull request, a commit, an issue.
#[must_use]
pub fn links_to_change(text: &str) -> bool {
    let start = |chunk: &str| chunk.find("http://").or_else(|| chunk.find("https://"));
    text.split_whitespace()
        .filter_map(|chunk| chunk.get(start(chunk)?..))
        .any(|address| vocabulary::address(address) == Reason::Change)
}

/// Whether a line goes on with the sentence of the line before, as people
/// write who press Enter between two halves.
fn goes_on(line: &str) -> bool {
    let first = line.split_whitespace().next();
    first.is_some_and(|first| matches!(first, "and" | "or"))
}

/// `:shipit:` and signs without a letter or a digit.
fn is_emoji(chunk: &str) -> bool {
    let named = chunk.len() > 2 && chunk.starts_with(':') && chunk.ends_with(':');
    named || chunk.starts_with("<:") || !chunk.contains(|c: char| c.is_alphanumeric() || c == '%')
}

/// What can be seen of a chunk without understanding it. Says whether it is a number.
fn marks(chunk: &str, number_before: bool, reasons: &mut Reasons) -> bool {
    let bytes = chunk.as_bytes();
    if bytes.contains(&b'`') {
        reasons.add(Reason::Thing);
    }
    if number_before && chunk.starts_with(['%', '‰']) {
        reasons.add(Reason::Measured);
    }
    if !bytes.iter().any(u8::is_ascii_digit) {
        return false;
    }
    let bare = chunk.trim_matches(|c: char| !c.is_alphanumeric() && c != '%' && c != '#');
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &bare[digits..];
    if let Some(number) = bare.strip_prefix('#')
        && number.len() > 1
        && number.bytes().all(|b| b.is_ascii_digit())
    {
        reasons.add(Reason::Change);
    }
    if digits > 0 {
        let clock = rest.strip_prefix(':').is_some_and(|rest| {
            rest.len() >= 2 && rest.as_bytes()[..2].iter().all(u8::is_ascii_digit)
        });
        let hour = digits <= 2 && matches!(rest, "am" | "pm" | "AM" | "PM" | "h" | "Z");
        if digits <= 2 && (clock || hour) {
            reasons.add(Reason::Time);
        }
        let unit = rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
        if matches!(
            unit,
            "%" | "ms" | "s" | "x" | "k" | "MB" | "GB" | "TB" | "rps" | "qps"
        ) {
            reasons.add(Reason::Measured);
        }
    }
    digits > 0 && rest.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// A sentence that is being read.
#[derive(Default)]
struct Sentence {
    reasons: Reasons,
    words: usize,
    before: Low,
    asks: bool,
    imagined: bool,
    attempt: bool,
    not: bool,
}

impl Sentence {
    fn take(&mut self, chunk: &str) {
        let bare = chunk.trim_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty() {
            return;
        }
        self.words += 1;
        let low = Low::of(bare);
        // "re-updated" says what "updated" says.
        let whole = vocabulary::word(low.text());
        let told = match (whole, low.text().strip_prefix("re-")) {
            (Word::Nothing, Some(last)) => vocabulary::word(last),
            _ => whole,
        };
        let previous = self.before;
        let before = previous.text();
        if self.words == 2 {
            self.asks |= vocabulary::asks(before, low.text());
        }
        let none = before == "no" && told == Word::For(Reason::Symptom);
        match told {
            // "no errors" is good news.
            Word::For(_) if none => {
                self.reasons.add(Reason::Recovery);
                self.not = false;
            }
            told => self.hear(told),
        }
        let together = vocabulary::pair(before, low.text());
        if together != Word::Nothing {
            // "failed over" failed nothing.
            if matches!(together, Word::Both(..)) {
                self.reasons.remove(Reason::Symptom);
            }
            self.hear(together);
        }
        if is_verbed(low.text()) {
            self.reasons.add(Reason::Done);
        }
        if is_fault(bare) {
            self.reasons.add(Reason::Fault);
        }
        self.before = low;
    }

    fn hear(&mut self, word: Word) {
        match word {
            Word::For(reason) => self.reasons.add(reason),
            Word::Both(one, other) => {
                self.reasons.add(one);
                self.reasons.add(other);
            }
            Word::Imagined => self.imagined = true,
            Word::Attempt => {
                self.reasons.add(Reason::Looking);
                self.attempt = true;
            }
            Word::Not => self.not = true,
            Word::Nothing => {}
        }
    }

    fn end(mut self, said: &mut Said) {
        if self.words == 1 {
            self.asks |= matches!(self.before.text(), "what" | "why" | "how" | "who");
        }
        if self.asks {
            return;
        }
        said.words += self.words;
        if self.imagined {
            for only_said in [
                Reason::Announced,
                Reason::Done,
                Reason::Recovery,
                Reason::Symptom,
            ] {
                self.reasons.remove(only_said);
            }
        }
        if self.attempt {
            self.reasons.remove(Reason::Done);
            self.reasons.remove(Reason::Recovery);
        }
        if self.not && self.reasons.has(Reason::Recovery) {
            self.reasons.remove(Reason::Recovery);
            self.reasons.add(Reason::Symptom);
        }
        said.reasons.add_all(self.reasons);
    }
}

/// `sysctl'd`, `rm'd`: a program made a verb, but not `I'd`.
fn is_verbed(word: &str) -> bool {
    let others = [
        "i", "we", "you", "he", "she", "it", "they", "that", "there", "who", "what",
    ];
    let program = word.strip_suffix("'d");
    program.is_some_and(|program| program.len() > 1 && !others.contains(&program))
}

/// `ConnectionError`, `IOException`, `ECONNREFUSED`: written as programs name them.
fn is_fault(word: &str) -> bool {
    let camel = word.ends_with("Error") || word.ends_with("Exception");
    let code =
        word.len() > 5 && word.starts_with('E') && word.bytes().all(|b| b.is_ascii_uppercase());
    (camel && word.len() > 9) || (code && !matches!(word, "EVERYONE" | "EXACTLY"))
}

/// A word in lower case, kept where it needs no allocation; empty if it is
/// longer than any known one. Typographic apostrophes become plain ones.
#[derive(Clone, Copy, Default)]
struct Low {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Low {
    fn of(word: &str) -> Self {
        let mut low = Self::default();
        for c in word.chars() {
            let c = if c == '’' { '\'' } else { c };
            if !c.is_ascii() || low.len == LONGEST {
                return Self::default();
            }
            low.bytes[low.len] = (c as u8).to_ascii_lowercase();
            low.len += 1;
        }
        low
    }

    fn text(&self) -> &str {
        str::from_utf8(&self.bytes[..self.len]).expect("only ASCII is kept")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<Reason> {
        read(text).reasons.iter().collect()
    }

    #[test]
    fn statements_say_something() {
        use Reason::*;
        assert_eq!(said("rolling back"), [Announced, Deploy]);
        assert_eq!(said("failed over to db-2"), [Done, Deploy]);
        assert_eq!(said("it’s down because of a typo"), [Finding, Symptom]);
        assert_eq!(said("sysctl'd 12 on gw-1"), [Done]);
        assert_eq!(said("I'd say so"), []);
        assert_eq!(said("no more tickets, no errors"), [Symptom, Recovery]);
        assert_eq!(said("the pods are not healthy"), [Symptom]);
        assert_eq!(
            said("ECONNREFUSED since 03:40, 12 % of all"),
            [Fault, Time, Measured]
        );
        assert_eq!(said("https://github.com/a/b/pull/3"), [Change]);
        assert_eq!(said("see https://grafana.example/d/3"), [Dashboard]);
    }

    #[test]
    fn questions_wishes_and_signs_do_not() {
        for nothing in [
            "should we restart it?",
            "did you deploy anything",
            "what is broken",
            "lol",
            ":shipit: 🎉🎉 ¯\\_(ツ)_/¯",
            "thanks!",
            "maybe we should have restarted it",
            "> rolling back",
            "good morning (did you deploy?)",
            "pods created in the cluster\nand killed?",
            "",
        ] {
            assert_eq!(said(nothing), [], "{nothing}");
        }
        assert_eq!(read("ok? :+1:").words, 0);
    }
}
