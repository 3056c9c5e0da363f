//! Templates of guilds: what is taken, what is refused, and what no template can do.

use super::super::{
    Form, html, html_template, markdown, markdown_template, try_html, try_markdown,
};
use super::hostile::hostile;

fn refused(template: &str) -> String {
    try_markdown(template).unwrap_err().to_string()
}

fn page(body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><title>x</title></head><body>{body}</body></html>"
    )
}

#[test]
fn scribes_own_templates_are_taken_as_a_start() {
    let sample = try_markdown(&markdown_template()).unwrap();
    assert!(sample.contains("# INC-42: Payments fail"), "{sample}");
    let sample = try_html(&html_template()).unwrap();
    assert!(sample.contains("<h1>Payments fail</h1>"), "{sample}");
    assert!(!sample.contains("<script"));
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let story = "one\ntwo {{nothing}}\n";
    assert_eq!(
        refused(story),
        "line 2: Failed to access variable in strict mode Some(\"nothing\")"
    );
    let open = refused("a\nb\n{{#if title}}\nc\n");
    assert!(open.starts_with("line "), "{open}");
    let other = refused("{{#if title}}\n{{/each}}\n");
    assert!(
        other.contains("\"if\" was opened, but \"each\" is closing"),
        "{other}"
    );
    // What only the record with nothing in it has not.
    let gone = refused("# {{name}}\n{{outage.total.length.text}}\n");
    assert!(gone.starts_with("line 2: "), "{gone}");
}

#[test]
fn a_template_cannot_call_itself_go_on_for_ever_or_fill_the_memory() {
    let itself = "{{#*inline \"a\"}}{{> a}}{{/inline}}{{> a}}";
    assert!(refused(itself).contains("not allowed"));
    assert!(refused("x\n{{> template}}").starts_with("line 2: other templates"));
    let loops = "{{#each timeline}}{{#each lines}}".repeat(3) + &"{{/each}}{{/each}}".repeat(3);
    assert!(try_markdown(&loops).is_err());
    let mut nested = "{{@root.title}}".to_owned();
    for _ in 0..12 {
        nested = format!("{{{{#each @root.metrics}}}}{nested}{{{{/each}}}}");
    }
    assert!(refused(&nested).contains("more than 200000 steps"));
    let silent = nested.replace("{{@root.title}}", "");
    assert!(refused(&silent).contains("more than 200000 steps"));
    let long = "x".repeat(60_000);
    let much = format!(
        "{{{{#each @root.metrics}}}}{{{{#each @root.metrics}}}}{{{{#each @root.metrics}}}}{{{{#each @root.metrics}}}}{long}{{{{/each}}}}{{{{/each}}}}{{{{/each}}}}{{{{/each}}}}"
    );
    assert!(
        refused(&much).contains("more than 8 MB"),
        "{}",
        refused(&much)
    );
    assert!(refused(&"x".repeat(70_000)).contains("kB are read"));
    let deep = "{{#if title}}".repeat(5_000);
    assert!(refused(&deep).contains("deeper than"));
    let deep = format!(
        "{{{{len {}title{}}}}}",
        "(len ".repeat(9_000),
        ")".repeat(9_000)
    );
    assert!(refused(&deep).contains("deeper than"));
}

#[test]
fn what_people_typed_cannot_be_put_in_unescaped() {
    for raw in [
        "{{{title}}}",
        "{{&title}}",
        "{{{summary.opening.text}}}",
        "{{~{title}~}}",
    ] {
        assert!(
            refused(raw).contains("three braces or &"),
            "{raw}: {}",
            refused(raw)
        );
        assert!(try_html(&page(raw)).is_err(), "{raw}");
    }
    let renamed = page("{{#with title as |style|}}{{{style}}}{{/with}}");
    assert!(
        try_html(&renamed)
            .unwrap_err()
            .to_string()
            .contains("as |name|")
    );
    let helped = page("{{{lookup this \"title\"}}}");
    assert!(try_html(&helped).is_err());
    assert!(
        try_html(&page(
            "{{{picture}}}{{{appendix}}}<style>{{{style}}}</style>"
        ))
        .is_ok()
    );
}

#[test]
fn every_page_is_protected_before_anything_runs() {
    let protection =
        "<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'";
    let taken = try_html(&page("<script>alert(1)</script>{{title}}")).unwrap();
    assert!(taken.contains(protection), "{taken}");
    for refused in [
        "<script>alert(1)</script><!doctype html><html><head></head></html>".to_owned(),
        "<!doctype html><html onload=\"x\"><head></head></html>".to_owned(),
        "<!doctype html><html><!-- <head> --><script>x</script></html>".to_owned(),
        "<p>{{title}}</p>".to_owned(),
        page("<META HTTP-EQUIV='refresh' content='0;url=https://evil.example'>"),
    ] {
        assert!(try_html(&refused).is_err(), "{refused}");
    }
}

#[test]
fn a_hostile_incident_does_not_break_out_of_a_guilds_template() {
    let story = hostile();
    let mut input = story.input();
    let own = "# {{title}}\n{{#each sections}}\n{{#each words}}{{prose text}}{{/each}}\n{{/each}}";
    input.form = Form {
        markdown: Some(own),
        ..Form::default()
    };
    let file = markdown(&input).unwrap();
    assert!(file.starts_with("# {\\{title}\\}"), "{file}");
    assert!(
        file.contains("## Appendix: the full log"),
        "the log stays below"
    );
    for bad in ["@everyone", "{{", "<script"] {
        assert!(!file.contains(bad), "{bad} in {file}");
    }
    let own =
        page("<h1>{{title}}</h1>{{#each sections}}{{#each words}}{{prose text}}{{/each}}{{/each}}");
    input.form = Form {
        html: Some(&own),
        ..Form::default()
    };
    let file = html(&input).unwrap();
    assert!(file.contains("<h1>{{title}} | `rm` &lt;b&gt;"), "{file}");
    assert!(
        !file.contains("<script") && !file.contains("<b>@"),
        "{file}"
    );
}

#[test]
fn a_template_that_does_not_fit_a_log_leaves_a_draft_all_the_same() {
    let story = hostile();
    let mut input = story.input();
    // Nobody ended an outage in it, so there is no total.
    input.form = Form {
        markdown: Some("# Mine\n{{outage.total.length.text}}"),
        html: Some("# Mine"),
        ..Form::default()
    };
    let file = markdown(&input).unwrap();
    assert!(
        file.starts_with("> The server's own template could not be filled"),
        "{file}"
    );
    assert!(file.contains("## Summary"), "{file}");
    let file = html(&input).unwrap();
    assert!(file.contains("own template could not be filled"), "{file}");
}
