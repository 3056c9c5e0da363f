//! Fills an HTML template.
//!
//! Strict, as Markdown's are. Each `{{value}}` is escaped for HTML; `{{{value}}}`
//! is for what Scribe wrote as HTML itself, and for nothing that people typed.

use handlebars::{
    Context, Handlebars, Helper, HelperResult, Output, RenderContext, RenderErrorReason,
};
use serde::Serialize;
use serde_json::Value;

use super::error::ReportError;
use super::own_template::{self, TemplateFault};
use super::template::{cited, render};
use crate::incident::Seq;
use crate::words::{html, log, prose, template as said};

/// How every page looks: light and dark, on paper and on a phone.
const STYLE: &str = include_str!("../../templates/page.css");

/// What every page needs besides its own.
#[derive(Serialize)]
struct Page<'a, T> {
    #[serde(flatten)]
    data: &'a T,
    style: &'static str,
}

/// The template `text`, called `name`, filled with `data`.
pub(super) fn fill(
    name: &'static str,
    text: &str,
    data: &impl Serialize,
) -> Result<String, ReportError> {
    render(helpers(), name, text, &Page { data, style: STYLE })
}

/// The same for a guild's own template, which may give `most` bytes. The page
/// gets the protection that Scribe's own have, before anything in its head.
pub(super) fn fill_own(
    source: &str,
    data: &impl Serialize,
    most: usize,
) -> Result<String, TemplateFault> {
    let page = Page { data, style: STYLE };
    // An attribute's name has no other spelling.
    let lower = source.to_ascii_lowercase();
    let named = lower.lines().position(|line| line.contains("http-equiv"));
    if let Some(line) = named.filter(|_| {
        lower
            .replace(&PROTECTION.to_ascii_lowercase(), "")
            .contains("http-equiv")
    }) {
        return Err(TemplateFault::new(line + 1, said::http_equiv()));
    }
    let filled = own_template::fill(helpers(), source, &RAW, &page, most)?;
    let head = filled
        .find("<head>")
        .ok_or_else(|| TemplateFault::new(None, said::no_head()))?;
    if !begins_a_page(&filled[..head]) {
        return Err(TemplateFault::new(None, said::no_head()));
    }
    let (before, after) = filled.split_at(head + "<head>".len());
    Ok(format!("{before}\n{PROTECTION}{after}"))
}

/// What a browser is told of every page: nothing is run, nothing is fetched.
const PROTECTION: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">";

/// What Scribe wrote as HTML itself.
const RAW: [&str; 3] = ["appendix", "picture", "style"];

/// Whether nothing stands there but what begins a page, so that nothing is run
/// before the page is protected.
fn begins_a_page(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    let Some(tag) = text.strip_prefix("<!doctype html>") else {
        return false;
    };
    let tag = tag.trim();
    let inside = tag
        .strip_prefix("<html")
        .and_then(|tag| tag.strip_suffix('>'));
    inside.is_some_and(|inside| {
        let mut words = inside.split(|c: char| !c.is_ascii_alphanumeric());
        let bare = !inside.contains(['<', '>']);
        bare && words.all(|word| !word.starts_with("on"))
    })
}

/// The escaping of HTML, and the helpers of its templates.
fn helpers() -> Handlebars<'static> {
    let mut templates = Handlebars::new();
    templates.register_escape_fn(html::text);
    templates.register_helper("cite", Box::new(cite));
    templates.register_helper("message", Box::new(message));
    templates.register_helper("prose", Box::new(prose));
    templates.register_helper("named", Box::new(super::template::named));
    templates.register_helper("called", Box::new(super::template::called));
    templates
}

/// `{{cite seqs}}`: links to entries of the appendix.
fn cite(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let seqs = cited(helper)?.iter().filter_map(Value::as_u64);
    let cites: Vec<String> = seqs
        .filter_map(|seq| u32::try_from(seq).ok())
        .map(|seq| html::cite(Seq(seq)))
        .collect();
    out.write(&cites.join(" "))?;
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
    if let Some(address) = address {
        let mut link = String::from(" · ");
        html::link(&mut link, address, log::message());
        out.write(&link)?;
    }
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
    let text = text.ok_or(RenderErrorReason::ParamNotFoundForIndex("prose", 0))?;
    out.write(&prose::html(text))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_escaped_and_a_missing_one_is_an_error() {
        let data = json!({ "text": "{{style}} <script>\"'&", "seqs": [3, 9] });
        let filled = fill("test", "<p title=\"{{text}}\">{{cite seqs}}</p>", &data).unwrap();
        assert_eq!(
            filled,
            "<p title=\"{{style}} &lt;script&gt;&quot;&#39;&amp;\">\
             <a class=\"cite\" href=\"#e3\">#3</a> <a class=\"cite\" href=\"#e9\">#9</a></p>"
        );
        let error = fill("test", "{{nothing}}", &data).unwrap_err();
        assert!(matches!(error, ReportError::Render { name: "test", .. }));
    }

    #[test]
    fn only_web_addresses_are_linked() {
        let filled = fill(
            "test",
            "{{message a}}{{message b}}{{message c}}",
            &json!({ "a": "https://discord.com/x", "b": null, "c": "javascript:x" }),
        );
        assert_eq!(
            filled.unwrap(),
            " · <a rel=\"noopener noreferrer\" href=\"https://discord.com/x\">message</a> · message"
        );
    }
}
