//! Texts from outside, made harmless in a Markdown file (CommonMark and
//! GitHub's tables, strikethrough and bare links).
//!
//! What is shown is what was typed; what is escaped is only what would mean
//! something, so that the file also reads well unrendered. Besides Markdown
//! and HTML it takes the sense out of Discord's mentions, for whoever pastes a
//! part of it, and of the braces that site generators run.

use crate::incident::text::reorders;

/// What keeps a mention from being one without being seen.
const ZERO_WIDTH: char = '\u{200B}';

/// The text in one line: for a heading, a table's cell, a list's item.
#[must_use]
pub fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    if text.contains(char::is_whitespace) {
        let words: Vec<&str> = text.split_whitespace().collect();
        push(&mut out, &words.join(" "));
    } else {
        push(&mut out, text);
    }
    out
}

/// Appends the text as a quotation, each of its lines a line; `mark` is put
/// around each, such as `~~`.
pub fn push_quote(out: &mut String, text: &str, mark: &str) {
    let mut lines = text.trim().lines().peekable();
    while let Some(line) = lines.next() {
        let line = line.trim();
        out.push('>');
        if !line.is_empty() {
            out.push(' ');
            out.push_str(mark);
            push(out, line);
            out.push_str(mark);
            // Two blanks at the end keep the line break when it is rendered.
            if lines.peek().is_some_and(|next| !next.trim().is_empty()) {
                out.push_str("  ");
            }
        }
        out.push('\n');
    }
}

/// Appends one trimmed line that may stand at the start of a block. Tabs and
/// other controls in it are left out.
pub fn push(out: &mut String, line: &str) {
    let invisible = |c: char| reorders(c) || c.is_control();
    // The first bytes of all that is invisible, so that most lines need no closer look.
    let maybe = |b: u8| b < 0x20 || matches!(b, 0x7F | 0xC2 | 0xD8 | 0xE2);
    if line.bytes().any(maybe) && line.contains(invisible) {
        let visible: String = line.chars().filter(|c| !invisible(*c)).collect();
        return push_visible(out, &visible);
    }
    push_visible(out, line);
}

fn push_visible(out: &mut String, line: &str) {
    let mut done = 0;
    while let Some((start, end)) = next_url(line, done) {
        push_text(out, line, done, start);
        push_url(out, &line[start..end]);
        done = end;
    }
    push_text(out, line, done, line.len());
}

/// The next bare link at or after `from`, and where it ends.
fn next_url(line: &str, from: usize) -> Option<(usize, usize)> {
    for (colon, _) in line[from..].match_indices("://") {
        let before = &line[from..from + colon];
        let scheme = ["https", "http"].into_iter().find(|scheme| {
            let start = before.len().checked_sub(scheme.len());
            let start = start.and_then(|start| before.get(start..));
            start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        });
        let Some(scheme) = scheme else { continue };
        let start = from + colon - scheme.len();
        let free = !line[..start].ends_with(char::is_alphanumeric);
        if free {
            let outside = |c: char| c.is_whitespace() || matches!(c, '<' | '>');
            let end = line[start..]
                .find(outside)
                .map_or(line.len(), |end| start + end);
            return Some((start, end));
        }
    }
    None
}

/// Appends `line[from..to]`, which holds no link.
fn push_text(out: &mut String, line: &str, from: usize, to: usize) {
    let mut at = from;
    if from == 0 {
        let digits = line.bytes().take(10).take_while(u8::is_ascii_digit).count();
        let mark = line[digits..].chars().next();
        let ends = matches!(line.as_bytes().get(digits + 1), None | Some(b' '));
        // `2. ` and `2) ` would begin a list at 2.
        if (1..10).contains(&digits) && matches!(mark, Some('.' | ')')) && ends {
            out.push_str(&line[..digits]);
            out.push('\\');
            at = digits;
        }
    }
    while at < to {
        let plain = line.as_bytes()[at..to]
            .iter()
            .take_while(|b| !may_mean(**b))
            .count();
        out.push_str(&line[at..at + plain]);
        at += plain;
        let Some(c) = line[at..to].chars().next() else {
            break;
        };
        let before = line[..at].chars().next_back();
        let after = at + c.len_utf8();
        push_char(out, c, before, &line[after..], at == 0);
        at = after;
    }
}

/// Whether a byte may be the whole of a character that means something.
fn may_mean(b: u8) -> bool {
    matches!(
        b,
        b'\\'
            | b'`'
            | b'*'
            | b'['
            | b']'
            | b'|'
            | b'~'
            | b'_'
            | b'<'
            | b'>'
            | b'&'
            | b'{'
            | b'}'
            | b'%'
            | b'@'
            | b'#'
            | b'-'
            | b'+'
            | b'='
            | b':'
    )
}

fn push_char(out: &mut String, c: char, before: Option<char>, after: &str, first: bool) {
    let next = after.chars().next();
    match c {
        '\\' | '`' | '*' | '[' | ']' | '|' | '~' => escaped(out, c),
        '_' => {
            let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let inside = word(before) && word(next);
            if inside { out.push(c) } else { escaped(out, c) }
        }
        '<' => match next {
            Some(' ' | '=' | '-' | '0'..='9') | None => out.push(c),
            Some(_) => out.push_str("&lt;"),
        },
        '>' => match before {
            Some(' ' | '=' | '-') => out.push(c),
            _ => out.push_str("&gt;"),
        },
        '&' if is_entity(after) => out.push_str("&amp;"),
        '{' | '%' | '#' if before == Some('{') => escaped(out, c),
        '}' if matches!(before, Some('}' | '%' | '#')) => escaped(out, c),
        '@' if mentions_all(after) => {
            out.push(c);
            out.push(ZERO_WIDTH);
        }
        '#' if first || after.trim_start_matches('#').is_empty() => escaped(out, c),
        '-' | '+' if first && matches!(next, None | Some(' ' | '-')) => escaped(out, c),
        '=' if first && matches!(next, None | Some('=')) => escaped(out, c),
        ':' if first && next == Some('-') => escaped(out, c),
        c => out.push(c),
    }
}

fn escaped(out: &mut String, c: char) {
    out.push('\\');
    out.push(c);
}

fn is_entity(after: &str) -> bool {
    let name = after
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || *b == b'#');
    let length = name.count();
    (1..=32).contains(&length) && after[length..].starts_with(';')
}

fn mentions_all(after: &str) -> bool {
    ["everyone", "here"].iter().any(|name| {
        let start = after.get(..name.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(name))
    })
}

/// A bare link stays one: what has a meaning in Markdown is written in percent,
/// which means the same to a browser.
fn push_url(out: &mut String, url: &str) {
    for c in url.chars() {
        match c {
            '\\' | '`' | '*' | '[' | ']' | '|' | '{' | '}' | '"' | '~' | '@' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
}

/// Whether a link of Scribe's own may stand between the brackets of Markdown:
/// a web address without a character that would end it.
#[must_use]
pub fn is_address(url: &str) -> bool {
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '(' | ')' | '<' | '>' | '\\' | '|');
    let web = url.starts_with("https://") || url.starts_with("http://");
    web && url.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn markup_shows_as_typed() {
        for (typed, safe) in [
            (
                "plain words, 5 < 7 and a -> b",
                "plain words, 5 < 7 and a -> b",
            ),
            ("# big", "\\# big"),
            ("title #", "title \\#"),
            ("see #12 now", "see #12 now"),
            ("- item", "\\- item"),
            ("-5 degrees", "-5 degrees"),
            ("12. list", "12\\. list"),
            ("12.5 seconds", "12.5 seconds"),
            (
                "**b** _i_ snake_case ~~s~~",
                "\\*\\*b\\*\\* \\_i\\_ snake_case \\~\\~s\\~\\~",
            ),
            ("`code` | cell", "\\`code\\` \\| cell"),
            (
                "[text](https://a.example/b_c)",
                "\\[text\\](https://a.example/b_c)",
            ),
            ("![x](y)", "!\\[x\\](y)"),
            ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
            ("<!-- hidden", "&lt;!-- hidden"),
            ("> quote", "&gt; quote"),
            ("&lt; &amp A&B", "&amp;lt; &amp A&B"),
            ("{{title}} {% raw %}", "{\\{title}\\} {\\% raw %\\}"),
            (
                "@everyone @Here @ana",
                "@\u{200B}everyone @\u{200B}Here @ana",
            ),
            ("<@123> <@&5> <#9>", "&lt;@123&gt; &lt;@&5&gt; &lt;#9&gt;"),
            ("\u{202E}evil\u{200F}\ntwo\tlines", "evil two lines"),
            ("===", "\\==="),
            ("<https://a.example/x|y>", "&lt;https://a.example/x%7Cy&gt;"),
        ] {
            assert_eq!(line(typed), safe, "{typed:?}");
        }
    }

    #[test]
    fn a_quotation_keeps_its_lines() {
        let mut out = String::new();
        push_quote(&mut out, "one\n  # two\n\nthree\n", "");
        assert_eq!(out, "> one  \n> \\# two\n>\n> three\n");
        out.clear();
        push_quote(&mut out, "gone\naway", "~~");
        assert_eq!(out, "> ~~gone~~  \n> ~~away~~\n");
    }

    #[test]
    fn only_web_addresses_are_linked() {
        assert!(is_address("https://discord.com/channels/1/2/3"));
        for bad in [
            "javascript:alert(1)",
            "https://a.example/)x",
            "https://a b",
            "http://a/<",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn nothing_typed_is_a_tag_a_mention_or_a_run_brace(
            text in "[<>@#`{}%|*_a-z !/\\[\\]()\\\\\u{202E}&;:=+.0-9~-]{0,40}|(@everyone|<@1>|\\{\\{|<b>|@here){1,4}"
        ) {
            let safe = line(&text);
            let tag = |w: &[u8]| w[0] == b'<' && !matches!(w[1], b' ' | b'=' | b'-' | b'0'..=b'9');
            prop_assert!(!safe.as_bytes().windows(2).any(tag), "{safe}");
            for bad in ["@everyone", "@here", "{{", "{%", "}}", "\u{202E}", "\n", "<@"] {
                prop_assert!(!safe.contains(bad), "{bad} in {safe}");
            }
            prop_assert!(!safe.starts_with(['#', '>', '`', '|']), "{safe}");
        }
    }
}
