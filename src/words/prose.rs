//! What people write in a section of a postmortem, made harmless without
//! taking its form: paragraphs, lists, headings and blocks of code stay, all
//! else is shown as it was typed.

use std::fmt::Write;

use super::{html as page, markdown as marks};
use crate::incident::text::reorders;

/// Writing to a `String` has no way to fail.
const INFALLIBLE: &str = "writing to a string cannot fail";

/// How deep the items of a list may stand.
const DEEPEST: usize = 3;

/// A part of a text.
enum Block<'a> {
    /// Lines that belong together.
    Paragraph(Vec<&'a str>),
    /// The items of a list.
    List(Vec<Item<'a>>),
    /// A heading; it becomes bold, because the headings are the report's own.
    Heading(&'a str),
    /// Lines between fences, as they were typed.
    Code(Vec<&'a str>),
}

struct Item<'a> {
    depth: usize,
    number: Option<&'a str>,
    text: &'a str,
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut fenced = false;
    let mut open = false;
    for line in text.lines() {
        let trimmed = line.trim();
        if trimmed.starts_with("```") {
            fenced = !fenced;
            if fenced {
                blocks.push(Block::Code(Vec::new()));
            }
            open = false;
            continue;
        }
        if fenced {
            if let Some(Block::Code(lines)) = blocks.last_mut() {
                lines.push(line);
            }
            continue;
        }
        if trimmed.is_empty() {
            open = false;
        } else if let Some(mut item) = item(line) {
            let above = match blocks.last() {
                Some(Block::List(items)) => items.last().map(|above| above.depth + 1),
                _ => None,
            };
            item.depth = item.depth.min(above.unwrap_or(0));
            match blocks.last_mut() {
                Some(Block::List(items)) => items.push(item),
                _ => blocks.push(Block::List(vec![item])),
            }
            open = false;
        } else if let Some(heading) = heading(trimmed) {
            blocks.push(Block::Heading(heading));
            open = false;
        } else {
            match blocks.last_mut() {
                Some(Block::Paragraph(lines)) if open => lines.push(trimmed),
                _ => blocks.push(Block::Paragraph(vec![trimmed])),
            }
            open = true;
        }
    }
    blocks
}

fn item(line: &str) -> Option<Item<'_>> {
    let trimmed = line.trim();
    let indent = line.len() - line.trim_start().len();
    let depth = (indent / 2).min(DEEPEST);
    let bullet = ["- ", "* ", "• "].iter();
    if let Some(text) = bullet.filter_map(|mark| trimmed.strip_prefix(mark)).next() {
        let number = None;
        return Some(Item {
            depth,
            number,
            text: text.trim(),
        });
    }
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    let text = trimmed[digits..].strip_prefix(". ")?;
    (1..4).contains(&digits).then(|| Item {
        depth,
        number: Some(&trimmed[..digits]),
        text: text.trim(),
    })
}

fn heading(trimmed: &str) -> Option<&str> {
    let text = trimmed.trim_start_matches('#');
    let marks = trimmed.len() - text.len();
    let named = (1..=6).contains(&marks) && text.starts_with(' ');
    named.then(|| text.trim()).filter(|text| !text.is_empty())
}

/// The text in a Markdown file.
#[must_use]
pub fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    for block in blocks(text) {
        if !out.is_empty() {
            out.push('\n');
        }
        match block {
            Block::Paragraph(lines) => {
                for (place, line) in lines.iter().enumerate() {
                    // Two blanks at the end keep the line break when it is rendered.
                    out.push_str(if place == 0 { "" } else { "  \n" });
                    marks::push(&mut out, line);
                }
                out.push('\n');
            }
            Block::List(items) => {
                for item in items {
                    // Four blanks a level make an item of a list in a list, whatever stands above.
                    out.push_str(&"    ".repeat(item.depth));
                    match item.number {
                        Some(number) => write!(out, "{number}. ").expect(INFALLIBLE),
                        None => out.push_str("- "),
                    }
                    marks::push(&mut out, item.text);
                    out.push('\n');
                }
            }
            Block::Heading(text) => writeln!(out, "**{}**", marks::line(text)).expect(INFALLIBLE),
            Block::Code(lines) => {
                out.push_str("````text\n");
                for line in lines {
                    push_code(&mut out, line);
                    out.push('\n');
                }
                out.push_str("````\n");
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Nothing can be escaped in a block of code, so what would end the block, run
/// or call people is parted by a character that is not seen.
fn push_code(out: &mut String, line: &str) {
    let visible = line.trim_end().chars();
    let mut before = None;
    for c in visible.filter(|c| !reorders(*c) && (!c.is_control() || *c == '\t')) {
        let runs = matches!(
            (before, c),
            (Some('{'), '{' | '%' | '#') | (Some('}' | '%' | '#'), '}')
        );
        let tag = before == Some('<')
            && (c.is_alphabetic() || matches!(c, '/' | '!' | '?' | '@' | '#' | '&'));
        let fence = before == Some('`') && c == '`';
        let means = runs || tag || fence || before == Some('@');
        if means {
            out.push('\u{200B}');
        }
        out.push(c);
        before = Some(c);
    }
}

/// The text in an HTML file.
#[must_use]
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    for block in blocks(text) {
        match block {
            Block::Paragraph(lines) => {
                out.push_str("<p>");
                for (place, line) in lines.iter().enumerate() {
                    out.push_str(if place == 0 { "" } else { "<br>" });
                    page::push_linked(&mut out, line);
                }
                out.push_str("</p>\n");
            }
            Block::List(items) => {
                out.push_str("<ul class=\"written\">\n");
                for item in items {
                    write!(out, "<li class=\"depth{}\">", item.depth).expect(INFALLIBLE);
                    if let Some(number) = item.number {
                        write!(out, "{number}. ").expect(INFALLIBLE);
                    }
                    page::push_linked(&mut out, item.text);
                    out.push_str("</li>\n");
                }
                out.push_str("</ul>\n");
            }
            Block::Heading(text) => {
                writeln!(out, "<p><b>{}</b></p>", page::text(text)).expect(INFALLIBLE);
            }
            Block::Code(lines) => {
                writeln!(out, "<pre>{}</pre>", page::text(&lines.join("\n"))).expect(INFALLIBLE);
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TYPED: &str = "The *deploy* of 812\nbroke it.\n\n# Why\n- no canary\n  - <b>none</b>\n2. then\n```\nERROR {{x}} @everyone\n```\nSee https://a.example/x_y.";

    #[test]
    fn the_form_stays_in_markdown() {
        let shown = markdown(TYPED).replace('\u{200B}', "‹zero width›");
        insta::assert_snapshot!(shown, @r#"
The \*deploy\* of 812  
broke it.

**Why**

- no canary
    - &lt;b&gt;none&lt;/b&gt;
2. then

````text
ERROR {‹zero width›{x}‹zero width›} @‹zero width›everyone
````

See https://a.example/x_y.
"#);
    }

    #[test]
    fn the_form_stays_in_html() {
        insta::assert_snapshot!(html(TYPED), @r#"
<p>The *deploy* of 812<br>broke it.</p>
<p><b>Why</b></p>
<ul class="written">
<li class="depth0">no canary</li>
<li class="depth1">&lt;b&gt;none&lt;/b&gt;</li>
<li class="depth0">2. then</li>
</ul>
<pre>ERROR {{x}} @everyone</pre>
<p>See <a rel="noopener noreferrer" href="https://a.example/x_y">https://a.example/x_y</a>.</p>
"#);
    }

    proptest! {
        #[test]
        fn nothing_typed_is_a_tag_a_mention_or_a_run_brace(
            text in "([<>@#`{}%|*_a-z !/\\[\\]()\\\\\u{202E}&;:=+.0-9~\n-]{0,40}|(@everyone|<@1>|\\{\\{|<b>|```\n|- |\n|1\\. |@here){1,6}){1,3}"
        ) {
            let safe = markdown(&text);
            for bad in ["@everyone", "@here", "{{", "{%", "}}", "\u{202E}", "<@", "<b", "<s"] {
                prop_assert!(!safe.contains(bad), "{bad} in {safe}");
            }
            let fences = safe.lines().filter(|line| line.starts_with("```"));
            prop_assert_eq!(fences.count() % 2, 0, "{}", safe);
            let page = html(&text);
            for bad in ["\u{202E}", "<@", "<s"] {
                prop_assert!(!page.contains(bad), "{bad} in {page}");
            }
            // What is bold is a heading.
            let all = blocks(&text);
            let headings = all.iter().filter(|block| matches!(block, Block::Heading(_)));
            prop_assert_eq!(page.matches("<b>").count(), headings.count(), "{}", page);
        }

        #[test]
        fn every_word_is_kept(words in prop::collection::vec("[a-z]{1,8}", 1..20), by in "[ \n]{1,3}(- |# |2\\. )?") {
            let text = words.join(&by);
            for written in [markdown(&text), html(&text)] {
                for word in &words {
                    prop_assert!(written.contains(word.as_str()), "{word} in {written}");
                }
            }
        }
    }
}
