//! The draft as an HTML file: whole, well formed, and nobody's script.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::html;
use super::hostile::hostile;
use super::properties::{between, written, zones};
use super::weekend::weekend;
use crate::incident::random_log::logs;
use crate::report::well_formed::{tags, text_of};

/// The attributes that Scribe writes itself; everything else came from a text.
const KNOWN: &[&str] = &[
    "xmlns",
    "width",
    "height",
    "viewBox",
    "role",
    "font-family",
    "x",
    "y",
    "d",
    "cx",
    "cy",
    "r",
    "fill",
    "stroke",
    "stroke-width",
    "font-size",
    "font-weight",
    "text-anchor",
    "class",
    "id",
    "href",
    "rel",
    "lang",
    "charset",
    "name",
    "content",
    "http-equiv",
    "scope",
    "data-label",
];

/// Fails where a page could run, load or send something, or is not well formed.
fn harmless(page: &str) -> Result<(), TestCaseError> {
    let tags = tags(page).map_err(TestCaseError::fail)?;
    for tag in &tags {
        prop_assert!(
            ![
                "script", "iframe", "img", "object", "embed", "form", "base", "link"
            ]
            .contains(&tag.name.as_str()),
            "<{}>",
            tag.name
        );
        for (name, value) in &tag.attributes {
            prop_assert!(KNOWN.contains(&name.as_str()), "{}=", name);
            if name == "href" {
                let known = ["#", "https://", "http://"];
                prop_assert!(
                    known.iter().any(|start| value.starts_with(start)),
                    "{}",
                    value
                );
            }
        }
    }
    let hidden = page.contains(['\u{202E}', '\0']);
    prop_assert!(!hidden, "a character that hides others");
    Ok(())
}

#[test]
fn nothing_typed_runs() {
    let page = hostile().page();
    harmless(&page).unwrap();
    for bad in ["<script", "<img", "<b>@everyone", "</blockquote> "] {
        assert!(!page.contains(bad), "{bad}");
    }
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

/// What the Markdown file says, the page says too: its headings, its numbers, its lines.
#[test]
fn the_page_says_what_the_markdown_says() {
    let story = weekend();
    let page = story.page();
    harmless(&page).unwrap();
    let text = text_of(&page);
    let plain = story.draft().replace("\\", "").replace("**", "");
    for heading in plain.lines().filter(|line| line.starts_with("## ")) {
        let heading = heading.trim_start_matches('#').trim();
        assert!(page.contains(&format!("<h2>{heading}</h2>")), "{heading}");
    }
    let mut seen = 0;
    for line in plain.lines().filter(|line| line.starts_with('|')) {
        for cell in line.split('|').map(str::trim) {
            let cell = cell.split('[').next().unwrap().trim();
            assert!(
                text.contains(cell) || cell.starts_with('-'),
                "{cell}\n{text}"
            );
            seen += 1;
        }
    }
    assert!(seen > 50, "{seen}");
    for said in [
        "Total downtime: 7h 14m",
        "took the second switch out, its configuration was lost because of the power cut",
        "text removed for good, #",
        "deleted on Discord at",
        "rack_12.jpg (49 kB), kept: SHA-256 9f86d081",
        "corrected by #",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    assert!(!page.contains("hunter2"));
}

#[test]
fn what_is_said_of_drills_and_private_incidents_is_on_the_page() {
    use crate::incident::{Command, Open, Severity};
    let mut story = crate::report::story::Story::new(3, chrono_tz::Tz::UTC, "2025-07-01T10:00:00Z");
    let mut open = Open::new("Exercise", Severity::Sev3);
    (open.drill, open.private) = (true, true);
    story.does("ana", Command::Open(open));
    let text = text_of(&story.page());
    assert!(text.contains("This was an exercise."), "{text}");
    assert!(
        text.contains("Give this file only to its members."),
        "{text}"
    );
    assert!(text.contains("No outage window is recorded."), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_page_is_well_formed_and_harmless(log in logs(), zone in zones()) {
        let page = written(&log, zone, html).unwrap();
        harmless(&page)?;
        let anchors: Vec<&str> = between(&page, "<li id=\"e", "\"").collect();
        let numbers: Vec<String> = log.entries.iter().map(|entry| entry.seq.0.to_string()).collect();
        prop_assert_eq!(&anchors, &numbers);
        let anchors: BTreeSet<&str> = anchors.into_iter().collect();
        for target in between(&page, "href=\"#e", "\"") {
            prop_assert!(anchors.contains(target), "#{} is cited", target);
        }
    }
}
