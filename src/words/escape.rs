//! Texts from outside, made harmless where they are shown on Discord.

/// The text with Discord's markup and mentions shown as typed. Mentions are
/// switched off in each request as well; this keeps them from looking like some.
#[must_use]
pub fn discord(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    let mut line_start = true;
    for c in text.chars() {
        match c {
            '\\' | '*' | '_' | '~' | '`' | '|' | '[' | ']' | '<' | '>' => {
                safe.push('\\');
                safe.push(c);
            }
            '#' | '-' if line_start => {
                safe.push('\\');
                safe.push(c);
            }
            '@' => safe.push_str("@\u{200B}"),
            c => safe.push(c),
        }
        line_start = c == '\n' || (line_start && c == ' ');
    }
    safe
}

/// The text for between two backticks: without backticks and line breaks.
#[must_use]
pub fn code(text: &str) -> String {
    let plain = |c: char| match c {
        '`' => '\'',
        c if c.is_control() => ' ',
        c => c,
    };
    text.chars().map(plain).collect()
}

/// The text as a quotation, each line marked.
#[must_use]
pub fn quote(text: &str) -> String {
    let lines: Vec<_> = text
        .lines()
        .map(|line| format!("> {}", discord(line)))
        .collect();
    lines.join("\n")
}

/// At most `most` characters, with a visible mark where it was cut.
#[must_use]
pub fn short(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => {
            let kept: String = text.chars().take(most.saturating_sub(1)).collect();
            format!("{kept}…")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_is_markup_or_a_mention() {
        assert_eq!(
            discord("**a** `b` <@1> ||c||"),
            "\\*\\*a\\*\\* \\`b\\` \\<@\u{200B}1\\> \\|\\|c\\|\\|"
        );
        assert_eq!(discord("# big\n- item"), "\\# big\n\\- item");
        assert!(!discord("@everyone").contains("@everyone"));
        assert_eq!(code("a`b\nc"), "a'b c");
    }

    #[test]
    fn cutting_shows() {
        assert_eq!(short("abc", 3), "abc");
        assert_eq!(short("abcd", 3), "ab…");
        assert_eq!(short("🔥🔥🔥🔥", 2), "🔥…");
    }
}
