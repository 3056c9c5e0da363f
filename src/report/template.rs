//! Fills a Markdown template.
//!
//! Strict: a name that the data has not is an error, never a hole. Each `{{value}}`
//! is escaped for one line of Markdown; only `{{{value}}}` is put in as it is.

use std::fmt::Write;

use handlebars::{
    Context, Handlebars, Helper, HelperResult, Output, RenderContext, RenderError,
    RenderErrorReason,
};
use serde::Serialize;
use serde_json::Value;

use super::error::ReportError;
use super::own_template::{self, TemplateFault};
use crate::incident::{Role, Status};
use crate::words::{log as said, markdown, name, prose};

/// The template `text`, called `name`, filled with `data`.
pub(super) fn fill(
    name: &'static str,
    text: &str,
    data: &impl Serialize,
) -> Result<String, ReportError> {
    render(helpers(), name, text, data)
}

/// The escaping of Markdown, and the helpers of its templates.
pub(super) fn helpers() -> Handlebars<'static> {
    let mut templates = Handlebars::new();
    templates.register_escape_fn(markdown::line);
    templates.register_helper("cite", Box::new(cite));
    templates.register_helper("lines", Box::new(lines));
    templates.register_helper("message", Box::new(message));
    templates.register_helper("prose", Box::new(prose));
    templates.register_helper("named", Box::new(named));
    templates.register_helper("called", Box::new(called));
    templates
}

/// The same for a guild's own template, which may give `most` bytes.
pub(super) fn fill_own(
    source: &str,
    data: &impl Serialize,
    most: usize,
) -> Result<String, TemplateFault> {
    own_template::fill(helpers(), source, &[], data, most)
}

/// Renders one template, strictly, with whatever escaping `templates` has.
pub(super) fn render(
    mut templates: Handlebars<'_>,
    name: &'static str,
    text: &str,
    data: &impl Serialize,
) -> Result<String, ReportError> {
    templates.set_strict_mode(true);
    templates
        .register_template_string(name, text)
        .map_err(|source| ReportError::Template {
            name,
            source: Box::new(source),
        })?;
    templates
        .render(name, data)
        .map_err(|source| ReportError::Render {
            name,
            source: Box::new(source),
        })
}

/// `{{cite seqs}}`: links to entries of the appendix, `[#3](#e3), [#9](#e9)`.
fn cite(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let mut cites = String::new();
    push_cites(&mut cites, cited(helper)?);
    out.write(&cites)?;
    Ok(())
}

/// The entries that a helper is to cite: several, or one.
pub(super) fn cited<'a>(helper: &'a Helper<'_>) -> Result<&'a [Value], RenderError> {
    match helper.param(0).map(|param| param.value()) {
        Some(Value::Array(seqs)) => Ok(seqs.as_slice()),
        Some(seq @ Value::Number(_)) => Ok(std::slice::from_ref(seq)),
        _ => Err(mismatch("cite", "entries")),
    }
}

/// `{{lines day.lines}}`: a day's lines of the timeline as a list. The same
/// could be written with the fields of each line; a long timeline is several
/// times faster this way.
fn lines(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let lines = helper.param(0).and_then(|param| param.value().as_array());
    let Some(lines) = lines else {
        return Err(mismatch("lines", "a day's lines"));
    };
    let mut list = String::with_capacity(lines.len() * 160);
    for line in lines {
        push_line(&mut list, line);
    }
    out.write(list.trim_end())?;
    Ok(())
}

/// `{{message link}}`: a link to a message on Discord; nothing where there is none.
fn message(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let address = helper.param(0).and_then(|param| param.value().as_str());
    if let Some(address) = address.filter(|address| markdown::is_address(address)) {
        out.write(&format!(" · [{}]({address})", said::message()))?;
    }
    Ok(())
}

/// `{{named status}}`: a status as it is called in the language of the text.
pub(super) fn named(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let text = helper.param(0).and_then(|param| param.value().as_str());
    let status: Option<Status> = text.and_then(|text| text.parse().ok());
    let status = status.ok_or_else(|| mismatch("named", "a status"))?;
    out.write(name::status(status))?;
    Ok(())
}

/// `{{called role}}`: a role as it is called in the language of the text; a
/// guild's own as it was named, escaped like any value.
pub(super) fn called(
    helper: &Helper<'_>,
    templates: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let text = helper.param(0).and_then(|param| param.value().as_str());
    let text = text.ok_or_else(|| mismatch("called", "a role"))?;
    let role = Role::named(text);
    let called = role.as_ref().map_or(text, name::role);
    out.write(&templates.get_escape_fn()(called))?;
    Ok(())
}

/// `{{prose text}}`: what people wrote in a section, with its paragraphs and lists.
fn prose(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let text = helper.param(0).and_then(|param| param.value().as_str());
    let text = text.ok_or_else(|| mismatch("prose", "a text"))?;
    out.write(&prose::markdown(text))?;
    Ok(())
}

fn push_line(list: &mut String, line: &Value) {
    let text = |name: &str| line.get(name).and_then(Value::as_str);
    let is = |name: &str| line.get(name).and_then(Value::as_bool) == Some(true);
    list.push_str("- **");
    list.push_str(text("clock").unwrap_or_default());
    list.push_str("** ");
    if let Some(utc) = text("utc") {
        list.extend(["(", utc, ") "]);
    }
    if is("key") {
        list.push_str("📌 ");
    }
    if let Some(who) = text("who") {
        list.extend(["**", &markdown::line(who), "**: "]);
    }
    list.push_str(&markdown::line(text("text").unwrap_or_default()));
    if is("edited") {
        list.extend([" *(", said::mark_edited(), ")*"]);
    }
    if is("deleted") {
        list.extend([" *(", said::mark_deleted(), ")*"]);
    }
    list.push(' ');
    push_cites(list, line.get("cite").map_or(&[], std::slice::from_ref));
    let also = line.get("also").and_then(Value::as_array);
    if let Some(also) = also.filter(|also| !also.is_empty()) {
        list.push_str(", ");
        push_cites(list, also);
    }
    if let Some(link) = text("link").filter(|link| markdown::is_address(link)) {
        list.extend([" · [", said::message(), "](", link, ")"]);
    }
    list.push('\n');
    let corrected = line
        .get("corrected")
        .filter(|corrected| corrected.is_object());
    if let Some(corrected) = corrected {
        let text = |name: &str| corrected.get(name).and_then(Value::as_str);
        list.extend(["  - ", said::corrected_by(), " "]);
        let by = corrected.get("by").and_then(Value::as_array);
        push_cites(list, by.map_or(&[], Vec::as_slice));
        list.push_str(said::before());
        for before in [text("time"), text("text")].into_iter().flatten() {
            list.extend([" ~~", &markdown::line(before), "~~"]);
        }
        list.push('\n');
    }
}

/// `[#3](#e3), [#9](#e9)`.
fn push_cites(out: &mut String, seqs: &[Value]) {
    for (place, seq) in seqs.iter().enumerate() {
        let comma = if place == 0 { "" } else { ", " };
        write!(out, "{comma}[#{seq}](#e{seq})").expect("writing to a string cannot fail");
    }
}

fn mismatch(helper: &'static str, wanted: &str) -> RenderError {
    let place = "0".to_owned();
    RenderErrorReason::ParamTypeMismatchForName(helper, place, wanted.to_owned()).into()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_escaped_and_never_run() {
        let data = json!({ "text": "{{secret}} <b> # x\n# y", "secret": "s" });
        let filled = fill("test", "{{text}}", &data).unwrap();
        assert_eq!(filled, "{\\{secret}\\} &lt;b&gt; # x # y");
    }

    #[test]
    fn a_missing_value_is_an_error() {
        let error = fill("test", "{{nothing}}", &json!({})).unwrap_err();
        assert!(matches!(error, ReportError::Render { name: "test", .. }));
        let error = fill("test", "{{#if}", &json!({})).unwrap_err();
        assert!(matches!(error, ReportError::Template { name: "test", .. }));
    }

    #[test]
    fn entries_are_cited_with_links() {
        let filled = fill(
            "test",
            "{{cite a}} {{cite b}}",
            &json!({ "a": [3, 9], "b": 4 }),
        );
        assert_eq!(filled.unwrap(), "[#3](#e3), [#9](#e9) [#4](#e4)");
    }
}
