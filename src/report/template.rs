//! Fills a Markdown template.
//!
//! Strict: a name that the data has not is an error, never a hole. Each `{{value}}`
//! is escaped for one line of Markdown; only `{{{value}}}` is put in as it is.

use handlebars::{
    Context, Handlebars, Helper, HelperResult, Output, RenderContext, RenderErrorReason,
};
use serde::Serialize;

use super::error::ReportError;
use crate::words::markdown;

/// The template `text`, called `name`, filled with `data`.
pub(super) fn fill(
    name: &'static str,
    text: &str,
    data: &impl Serialize,
) -> Result<String, ReportError> {
    let mut templates = Handlebars::new();
    templates.set_strict_mode(true);
    templates.register_escape_fn(markdown::line);
    templates.register_helper("cite", Box::new(cite));
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
    let given = helper.param(0).map(|param| param.value());
    let seqs = match given {
        Some(serde_json::Value::Array(seqs)) => seqs.as_slice(),
        Some(seq @ serde_json::Value::Number(_)) => std::slice::from_ref(seq),
        _ => {
            return Err(RenderErrorReason::ParamTypeMismatchForName(
                "cite",
                "0".to_owned(),
                "entries".to_owned(),
            )
            .into());
        }
    };
    for (place, seq) in seqs.iter().enumerate() {
        let comma = if place == 0 { "" } else { ", " };
        out.write(&format!("{comma}[#{seq}](#e{seq})"))?;
    }
    Ok(())
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
