//! What somebody types, as the words that databases are asked for.

/// The most words of a search that count.
const WORDS: usize = 16;

/// What has to stand in a text: words, each list of them next to each other.
/// Only letters and digits are left, so nothing in it means anything to a database.
pub(super) fn words(text: &str) -> Vec<Vec<String>> {
    // Accents that are characters of their own are no ends of words; both indexes leave accents out.
    let accent = |c: &char| ('\u{300}'..='\u{36f}').contains(c);
    let text: String = text.chars().filter(|c| !accent(c)).collect();
    let mut all = Vec::new();
    for (n, part) in text.split('"').enumerate() {
        let found = part
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| word.chars().take(64).collect::<String>());
        if n % 2 == 1 {
            all.extend(Some(found.collect::<Vec<_>>()).filter(|phrase| !phrase.is_empty()));
        } else {
            all.extend(found.map(|word| vec![word]));
        }
    }
    all.truncate(WORDS);
    all
}

/// The words as SQLite's FTS5 takes them: <https://sqlite.org/fts5.html#full_text_query_syntax>.
pub(super) fn fts5(words: &[Vec<String>], any: bool) -> String {
    let last = words.len().saturating_sub(1);
    let terms = words.iter().enumerate().map(|(n, phrase)| {
        let unfinished = if n == last && !any { "*" } else { "" };
        format!("\"{}\"{unfinished}", phrase.join(" "))
    });
    let terms: Vec<String> = terms.collect();
    terms.join(if any { " OR " } else { " AND " })
}

/// The words as PostgreSQL's `to_tsquery` takes them:
/// <https://www.postgresql.org/docs/current/textsearch-controls.html>.
pub(super) fn tsquery(words: &[Vec<String>], any: bool) -> String {
    let last = words.len().saturating_sub(1);
    let terms = words.iter().enumerate().map(|(n, phrase)| {
        let unfinished = if n == last && !any { ":*" } else { "" };
        let words: Vec<String> = phrase.iter().map(|word| format!("'{word}'")).collect();
        format!("({}{unfinished})", words.join(" <-> "))
    });
    let terms: Vec<String> = terms.collect();
    terms.join(if any { " | " } else { " & " })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_typed_becomes_words() {
        let asked = |text: &str| fts5(&words(text), false);
        assert_eq!(asked("pool exhausted"), r#""pool" AND "exhausted"*"#);
        assert_eq!(
            asked(r#""connection pool" x"#),
            r#""connection pool" AND "x"*"#
        );
        assert_eq!(
            asked("a:b OR c* NEAR(d)"),
            r#""a" AND "b" AND "OR" AND "c" AND "NEAR" AND "d"*"#
        );
        assert_eq!(asked(r#"un"closed"#), r#""un" AND "closed"*"#);
        assert_eq!(fts5(&words("a b"), true), r#""a" OR "b""#);
        let postgres = tsquery(&words(r#""connection pool" x"#), false);
        assert_eq!(postgres, "('connection' <-> 'pool') & ('x':*)");
        assert!(words("\"\" ... ''").is_empty());
        assert_eq!(words(&"x ".repeat(100)).len(), WORDS);
    }
}
