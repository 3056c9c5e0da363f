//! An SVG as it is written.

use std::fmt::Write;

use crate::incident::text::one_line;
use crate::words::html;

/// Writing to a `String` has no way to fail.
const INFALLIBLE: &str = "writing to a string cannot fail";

/// The width of every picture.
pub(super) const WIDTH: f64 = 1100.0;

/// Where a text begins, ends or has its middle.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text looks. The class lets a page choose other colours in the dark.
#[derive(Clone, Copy)]
pub(super) struct Ink {
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) class: &'static str,
    pub(super) fill: &'static str,
}

impl Ink {
    pub(super) const fn plain(size: f64) -> Self {
        Self {
            size,
            bold: false,
            class: "ink",
            fill: "#1d2129",
        }
    }

    pub(super) const fn quiet(size: f64) -> Self {
        Self {
            size,
            bold: false,
            class: "faint",
            fill: "#5d6675",
        }
    }

    /// On a coloured ground, which is the same in the dark.
    pub(super) const fn on(size: f64, fill: &'static str) -> Self {
        Self {
            size,
            bold: false,
            class: "on",
            fill,
        }
    }

    pub(super) const fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    /// About how wide a text is, rather more than less.
    pub(super) fn width(self, text: &str) -> f64 {
        let ems: f64 = text.chars().map(em).sum();
        ems * self.size * if self.bold { 1.1 } else { 1.0 }
    }

    /// The text in one line, cut with a visible mark to what fits.
    pub(super) fn cut(self, text: &str, room: f64) -> String {
        let line = one_line(text);
        if self.width(&line) <= room {
            return line;
        }
        let mut kept = String::new();
        for c in line.chars() {
            kept.push(c);
            if self.width(&kept) + self.size > room {
                kept.pop();
                break;
            }
        }
        format!("{}…", kept.trim_end())
    }
}

/// The width of a character of DejaVu Sans, in ems.
fn em(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' | '|' => 0.28,
        ' ' | '.' | ',' | ':' | ';' | '!' | 'f' | 't' | 'I' | '(' | ')' | '[' | ']' | '/' => 0.4,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '…' => 1.0,
        'A'..='Z' => 0.74,
        c if c.is_ascii() => 0.635,
        '\u{2E80}'.. => 1.05,
        _ => 0.75,
    }
}

/// A picture in the making.
pub(super) struct Paint {
    out: String,
}

impl Paint {
    pub(super) fn new(height: f64, title: &str) -> Self {
        let mut out = String::with_capacity(8_000);
        let title = html::text(&one_line(title));
        write!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
             viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" font-family=\"DejaVu Sans, sans-serif\">\
             <title>{title}</title>\
             <rect class=\"paper\" width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"></rect>"
        )
        .expect(INFALLIBLE);
        Self { out }
    }

    pub(super) fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, fill: &str) {
        write!(
            self.out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{fill}\"></rect>"
        )
        .expect(INFALLIBLE);
    }

    /// A ground that a page colours by its class, with round corners.
    pub(super) fn panel(&mut self, x: f64, y: f64, width: f64, height: f64) {
        write!(
            self.out,
            "<rect class=\"soft\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"10\" fill=\"#f4f6f9\"></rect>"
        )
        .expect(INFALLIBLE);
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64)) {
        write!(
            self.out,
            "<path class=\"rule\" d=\"M{:.1} {:.1}L{:.1} {:.1}\" stroke=\"#b6bdc9\" stroke-width=\"1\"></path>",
            from.0, from.1, to.0, to.1
        )
        .expect(INFALLIBLE);
    }

    pub(super) fn dot(&mut self, x: f64, y: f64, number: usize) {
        write!(
            self.out,
            "<circle class=\"dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"13\" fill=\"#33415c\"></circle>"
        )
        .expect(INFALLIBLE);
        let ink = Ink::on(15.0, "#ffffff").bold();
        self.text(x, y + 5.0, &number.to_string(), ink, Anchor::Middle);
    }

    pub(super) fn text(&mut self, x: f64, y: f64, text: &str, ink: Ink, anchor: Anchor) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let weight = if ink.bold { "bold" } else { "normal" };
        write!(
            self.out,
            "<text class=\"{}\" x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{}\" font-weight=\"{weight}\" \
             text-anchor=\"{anchor}\" fill=\"{}\">",
            ink.class, ink.size, ink.fill
        )
        .expect(INFALLIBLE);
        html::push(&mut self.out, text);
        self.out.push_str("</text>");
    }

    pub(super) fn done(mut self) -> String {
        self.out.push_str("</svg>");
        self.out
    }
}
