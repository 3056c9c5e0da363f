//! What a text from outside must look like before it enters the log.
//!
//! The record keeps what people wrote, so cleaning is the least that storage
//! and reading need: no NUL (PostgreSQL refuses it), no invisible characters
//! that reorder a line, no endless lengths. Escaping happens where a text goes.

/// The longest title, in characters. Discord shows 256 in an embed's title,
/// and the number stands before it.
pub const MAX_TITLE_CHARS: usize = 200;

/// The longest text of a note, update or message, in characters. Discord lets
/// nobody write more than 6,000 at once (a command's option); published
/// postmortems that are imported from status pages are longer.
pub const MAX_TEXT_CHARS: usize = 32_000;

/// Whether it is one of Unicode's controls of writing direction: they can make
/// a line read as something else than what is stored (CVE-2021-42574).
#[must_use]
pub fn reorders(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// One line without controls, invisible direction marks or doubled blanks.
/// For titles, names and reasons.
#[must_use]
pub fn one_line(text: &str) -> String {
    let visible: String = text
        .chars()
        .filter(|c| !reorders(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text as written, less NUL and the other controls that are neither line
/// break nor tab, cut at [`MAX_TEXT_CHARS`] with a visible mark.
#[must_use]
pub fn body(text: &str) -> String {
    let kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let mut clean: String = text.chars().filter(kept).take(MAX_TEXT_CHARS + 1).collect();
    if clean.chars().count() > MAX_TEXT_CHARS {
        clean.truncate(
            clean
                .char_indices()
                .nth(MAX_TEXT_CHARS - 1)
                .map_or(0, |(at, _)| at),
        );
        clean.push('…');
    }
    clean
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_title_is_one_visible_line() {
        assert_eq!(one_line("  API\n is\u{202E} down\0 "), "API is down");
        assert_eq!(one_line("🔥🔥"), "🔥🔥");
        assert_eq!(one_line("\u{200F}\0\n"), "");
    }

    proptest! {
        #[test]
        fn a_body_is_bounded_and_has_no_nul(text in any::<String>(), times in 1usize..2000) {
            let clean = body(&text.repeat(times.min(200)));
            prop_assert!(!clean.contains('\0'));
            prop_assert!(clean.chars().count() <= MAX_TEXT_CHARS);
            prop_assert_eq!(body(&clean), clean.clone());
        }
    }
}
