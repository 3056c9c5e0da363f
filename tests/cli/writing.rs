//! Writing the sections of a postmortem from a shell.

use crate::Shell;

#[test]
fn a_section_is_written_kept_and_brought_together() {
    let shell = Shell::with_record();
    shell.write(
        "cause.md",
        "A lock per join.\n\n- since release 812\n- <b>nobody</b> saw it\n",
    );
    let said = shell.well(&["write", "INC-1", "root_cause", "cause.md"]);
    assert!(said.starts_with("recorded as entry "), "{said}");
    let draft = shell.well(&["draft", "INC-1"]);
    assert!(
        draft.contains("## Root cause\n\nA lock per join.\n\n- since release 812\n- &lt;b&gt;nobody&lt;/b&gt; saw it\n\n*ines, "),
        "{draft}"
    );
    assert!(!draft.contains("What made this possible"), "{draft}");
    let page = shell.well(&["draft", "INC-1", "--format", "html"]);
    assert!(
        page.contains("<li class=\"depth0\">since release 812</li>"),
        "{page}"
    );
    let facts = shell.json(&["draft", "INC-1", "--format", "json"]);
    let cause = |facts: &serde_json::Value| {
        let sections = facts["sections"].as_array().unwrap();
        let cause = sections.iter().find(|one| one["section"] == "root_cause");
        cause.unwrap()["words"].as_array().unwrap().clone()
    };
    let first = cause(&facts)[0]["cite"].as_u64().unwrap().to_string();

    // The second of two who began with the same words adds to the other's.
    shell.write("ana.md", "A lock per join, and no alert on it.\n");
    shell.write("ben.md", "The pool was too small.\n");
    shell.well(&["write", "1", "root_cause", "ana.md", "--base", &first]);
    let said = shell.well(&["write", "1", "root_cause", "ben.md", "--base", &first]);
    assert!(said.contains("somebody else wrote this section"), "{said}");
    let draft = shell.well(&["draft", "INC-1"]);
    let (ana, ben) = (
        draft.find("no alert on it"),
        draft.find("pool was too small"),
    );
    assert!(ana.is_some() && ana < ben, "{draft}");
    assert!(
        draft.contains("was written by several people at the same time"),
        "{draft}"
    );

    shell.write(
        "both.md",
        "A lock per join, no alert on it, and a small pool.\n",
    );
    shell.well(&["write", "1", "root_cause", "both.md"]);
    let words = cause(&shell.json(&["draft", "INC-1", "--format", "json"]));
    assert_eq!(words.len(), 1);
    let draft = shell.well(&["draft", "INC-1"]);
    let (above, log) = draft.split_once("## Appendix").unwrap();
    assert!(
        above.contains("and a small pool") && !above.contains("pool was too small"),
        "{draft}"
    );
    assert!(
        log.contains("pool was too small"),
        "every version stays in the log:\n{draft}"
    );
    shell.well(&["verify"]);
}

#[test]
fn what_is_no_section_or_too_long_is_refused() {
    let shell = Shell::with_record();
    shell.write("long.md", &"x".repeat(32_001));
    let said = shell.fails(1, &["write", "1", "lucky", "long.md"]);
    assert!(said.contains("32001 characters, and 32000 fit"), "{said}");
    shell.fails(2, &["write", "1", "blame", "long.md"]);
    let said = shell.fails(1, &["write", "1", "lucky", "missing.md"]);
    assert!(said.contains("missing.md cannot be read"), "{said}");
}
