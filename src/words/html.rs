//! Texts from outside, made harmless in an HTML file.
//!
//! What is shown is what was typed. Nothing of it is a tag, an attribute or a
//! character that reorders what stands beside it; the only links made of it
//! are web addresses.

use std::fmt::Write;

use super::markdown::is_address;
use crate::incident::Seq;
use crate::incident::text::reorders;

/// Writing to a `String` has no way to fail.
const INFALLIBLE: &str = "writing to a string cannot fail";

/// The text for an element's content or between the quotes of an attribute.
#[must_use]
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    push(&mut out, text);
    out
}

/// Appends the same.
pub fn push(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            // Neither is a character that HTML or XML may hold.
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if reorders(c) || c.is_control() => {}
            c => out.push(c),
        }
    }
}

/// Appends the text with its web addresses as links.
pub fn push_linked(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some((start, end)) = next_address(rest) {
        push(out, &rest[..start]);
        link(out, &rest[start..end], &rest[start..end]);
        rest = &rest[end..];
    }
    push(out, rest);
}

/// Appends a link to a web address, and the words alone where it is none.
pub fn link(out: &mut String, address: &str, words: &str) {
    let leads = is_address(address);
    if leads {
        out.push_str("<a rel=\"noopener noreferrer\" href=\"");
        push(out, address);
        out.push_str("\">");
    }
    push(out, words);
    if leads {
        out.push_str("</a>");
    }
}

/// A link to an entry of the appendix.
#[must_use]
pub fn cite(seq: Seq) -> String {
    let mut out = String::with_capacity(48);
    push_cite(&mut out, seq);
    out
}

/// Appends the same.
pub fn push_cite(out: &mut String, seq: Seq) {
    let number = seq.0;
    write!(out, "<a class=\"cite\" href=\"#e{number}\">#{number}</a>").expect(INFALLIBLE);
}

/// The first web address, from where to where; what ends a sentence is not of it.
fn next_address(text: &str) -> Option<(usize, usize)> {
    let plain = |c: char| c.is_ascii_graphic() && !"()<>\\|\"'`".contains(c);
    let mut starts: Vec<usize> = ["https://", "http://"]
        .iter()
        .flat_map(|scheme| text.match_indices(scheme).map(|(start, _)| start))
        .collect();
    starts.sort_unstable();
    starts.into_iter().find_map(|start| {
        let free = !text[..start].ends_with(char::is_alphanumeric);
        let length = text[start..].find(|c| !plain(c));
        let address = &text[start..length.map_or(text.len(), |length| start + length)];
        let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
        let host = address.split_once("://").map_or("", |(_, host)| host);
        (free && !host.is_empty()).then(|| (start, start + address.len()))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn markup_shows_as_typed() {
        assert_eq!(
            text("<b onclick='x'>\"&amp;\"</b>\u{202E}\0"),
            "&lt;b onclick=&#39;x&#39;&gt;&quot;&amp;amp;&quot;&lt;/b&gt;"
        );
    }

    #[test]
    fn only_web_addresses_become_links() {
        let linked = |text: &str| {
            let mut out = String::new();
            push_linked(&mut out, text);
            out
        };
        assert_eq!(
            linked("see https://a.example/x?a=1&b=2, or http://b.example."),
            "see <a rel=\"noopener noreferrer\" href=\"https://a.example/x?a=1&amp;b=2\">https://a.example/x?a=1&amp;b=2</a>, \
             or <a rel=\"noopener noreferrer\" href=\"http://b.example\">http://b.example</a>."
        );
        for bad in [
            "javascript:alert(1)",
            "xhttps://a",
            "https://",
            "data:text/html,x",
        ] {
            assert_eq!(linked(bad), text(bad));
        }
        assert_eq!(
            linked("https://a.example/\"onload=\"x"),
            "<a rel=\"noopener noreferrer\" href=\"https://a.example/\">https://a.example/</a>&quot;onload=&quot;x"
        );
    }

    proptest! {
        #[test]
        fn nothing_typed_leaves_its_place(typed in "[<>\"'&a-z/:.\\u{202E} ]{0,20}|(https?://[a-z\"<>'&)(]{0,8} ?){0,4}") {
            let safe = text(&typed);
            prop_assert!(!safe.contains(['<', '>', '"', '\'', '\u{202E}']), "{safe}");
            let mut out = String::new();
            push_linked(&mut out, &typed);
            let opened = out.matches("<a rel=\"noopener noreferrer\" href=\"http").count();
            prop_assert_eq!(out.matches('<').count(), 2 * opened);
            prop_assert_eq!(out.matches("</a>").count(), opened);
            prop_assert_eq!(out.matches('"').count(), 4 * opened);
        }
    }
}
