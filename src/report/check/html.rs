//! HTML as lines of Markdown-like text that keep their numbers.
//!
//! A page is only read, never shown, so tags are dropped rather than parsed: blocks become lines, headings and list items get the
//! marks that the line reader knows, what is inside `script` and `style` is not text.

/// The text of a page: the line each piece starts on, and the piece.
pub(super) fn lines(html: &str) -> Vec<(u32, String)> {
    let mut out = Lines {
        done: Vec::new(),
        current: String::new(),
        at: 1,
        lists: 0,
    };
    let mut line = 1;
    let mut rest = html;
    while let Some(first) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("<!--") {
            let end = after.find("-->").map_or(after.len(), |end| end + 3);
            line += newlines(&after[..end]);
            rest = &after[end..];
        } else if first == '<' && starts_tag(&rest[1..]) {
            // A tag that nobody closed takes the rest.
            let end = rest.find('>').map_or(rest.len(), |end| end + 1);
            let tag = rest[1..end].trim_end_matches(['>', '/']).trim();
            let name: String = tag
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '/')
                .collect::<String>()
                .to_ascii_lowercase();
            line += newlines(&rest[..end]);
            rest = &rest[end..];
            if name == "script" || name == "style" {
                let closing = format!("</{name}");
                let end = find_ignoring_case(rest, &closing).unwrap_or(rest.len());
                line += newlines(&rest[..end]);
                rest = &rest[end..];
            } else {
                out.tag(&name, line);
            }
        } else if first == '&' {
            let (text, length) = entity(rest);
            out.push(text, line);
            rest = &rest[length..];
        } else if first == '\n' {
            line += 1;
            out.push(' ', line);
            rest = &rest[1..];
        } else {
            out.push(first, line);
            rest = &rest[first.len_utf8()..];
        }
    }
    out.end();
    out.done
}

struct Lines {
    done: Vec<(u32, String)>,
    current: String,
    at: u32,
    /// How many lists are open.
    lists: usize,
}

impl Lines {
    fn push(&mut self, c: char, line: u32) {
        let gap = self.current.is_empty() || self.current.ends_with(' ');
        if c.is_whitespace() && gap {
            return;
        }
        if self.current.is_empty() {
            self.at = line;
        }
        self.current.push(if c.is_whitespace() { ' ' } else { c });
    }

    fn end(&mut self) {
        if !self.current.trim().is_empty() {
            let text = std::mem::take(&mut self.current);
            self.done.push((self.at, text));
        }
        self.current.clear();
    }

    fn tag(&mut self, name: &str, line: u32) {
        let mark = |out: &mut Self, mark: &str| {
            out.end();
            out.at = line;
            out.current.push_str(mark);
        };
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = usize::from(name.as_bytes()[1] - b'0');
                mark(self, &format!("{} ", "#".repeat(level)));
            }
            "li" => mark(self, "- "),
            "blockquote" => mark(self, "> "),
            "td" | "th" => {
                if !self.current.trim().is_empty() {
                    self.current.push_str(" | ");
                }
            }
            "a" | "/a" | "b" | "/b" | "strong" | "/strong" | "em" | "/em" | "i" | "/i" | "span"
            | "/span" | "code" | "/code" | "var" | "/var" | "small" | "/small" | "time"
            | "/time" | "sup" | "/sup" | "abbr" | "/abbr" | "u" | "/u" | "mark" | "/mark"
            | "/td" | "/th" => {}
            "ul" | "ol" => {
                self.end();
                self.lists += 1;
            }
            // What comes behind a list is no part of its last item.
            "/ul" | "/ol" => {
                self.end();
                self.lists = self.lists.saturating_sub(1);
                if self.lists == 0 {
                    self.done.push((line, String::new()));
                }
            }
            _ => self.end(),
        }
    }
}

fn starts_tag(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!' || c == '?')
}

fn newlines(text: &str) -> u32 {
    u32::try_from(text.bytes().filter(|byte| *byte == b'\n').count()).unwrap_or(u32::MAX)
}

fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    text.as_bytes()
        .windows(wanted.len())
        .position(|window| window.eq_ignore_ascii_case(wanted.as_bytes()))
}

/// The character an entity stands for and how long it is written; an unknown one stays as it is.
fn entity(text: &str) -> (char, usize) {
    let Some(end) = text
        .bytes()
        .take(10)
        .position(|byte| byte == b';')
        .filter(|end| *end > 1)
    else {
        return ('&', 1);
    };
    let name = &text[1..end];
    let found = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "rsquo" | "lsquo" => Some('’'),
        "bull" => Some('•'),
        _ => name.strip_prefix('#').and_then(|number| {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }),
    };
    found.map_or(('&', 1), |c| (c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_lines_with_their_numbers() {
        let html = "<html><head><style>p { a: 10:00 }</style></head>\n<h2>What &amp; when</h2>\n<ul><li>10:00 <b>down</b></li>\n<li>10:05 up</li></ul>";
        assert_eq!(
            lines(html),
            [
                (2, "## What & when".to_owned()),
                (3, "- 10:00 down".to_owned()),
                (4, "- 10:05 up".to_owned()),
                (4, String::new()),
            ]
        );
    }

    #[test]
    fn broken_pages_end() {
        for html in [
            "<",
            "<a",
            "<script>",
            "&",
            "&#xFFFFFFFF;",
            "<!--",
            "a < b",
            "<é",
            "&é;;",
        ] {
            let _ = lines(html);
        }
        assert_eq!(
            lines("a < b &copy; &#8211;"),
            [(1, "a < b &copy; –".to_owned())]
        );
    }
}
