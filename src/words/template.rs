//! What is said about a guild's own templates.

use super::speech::discord_day_and_time;
use super::{escape, name};
use crate::incident::{Actor, DocumentFormat};

/// What is wrong with a template, and where.
#[must_use]
pub fn fault(line: Option<usize>, reason: &str) -> String {
    match line {
        Some(line) => format!("line {line}: {reason}"),
        None => reason.to_owned(),
    }
}

/// It is too long.
#[must_use]
pub fn too_long(bytes: usize, most: usize) -> String {
    format!(
        "the template has {} kB, and {} kB are read",
        bytes.div_ceil(1_000),
        most / 1_000
    )
}

/// Something stands too deep in itself.
#[must_use]
pub fn too_deep(most: usize) -> String {
    format!("blocks or brackets stand in each other deeper than {most}")
}

/// It goes through too much.
#[must_use]
pub fn too_many_steps(most: u32) -> String {
    format!("its loops take more than {most} steps; lists in lists multiply")
}

/// Too much comes of it.
#[must_use]
pub fn too_much_comes_of_it(most: usize) -> String {
    format!("more than {} MB come of it", most / 1_000_000)
}

/// An unescaped value.
#[must_use]
pub fn unescaped(allowed: &[&str]) -> String {
    let allowed: Vec<String> = allowed
        .iter()
        .map(|name| format!("{{{{{{{name}}}}}}}"))
        .collect();
    match allowed.len() {
        0 => "three braces or & put in what people typed as it is; write two".to_owned(),
        _ => format!(
            "three braces or & put in what people typed as it is; write two. Only {} may stand so",
            name::list(&allowed)
        ),
    }
}

/// Block parameters.
#[must_use]
pub fn block_parameters() -> String {
    "names for the parts of a loop (`as |name|`) are not allowed; write `this` or the field itself"
        .to_owned()
}

/// Partials and decorators.
#[must_use]
pub fn partials() -> String {
    "other templates (`{{> name}}`, `{{#*inline}}`) are not allowed".to_owned()
}

/// The page has no head at its beginning.
#[must_use]
pub fn no_head() -> String {
    "a page begins with `<!doctype html>`, `<html>` and `<head>`, and nothing else stands before `<head>`".to_owned()
}

/// The page says itself how a browser takes it.
#[must_use]
pub fn http_equiv() -> String {
    "`http-equiv` is not allowed; Scribe puts the page's own protection there".to_owned()
}

/// Above a draft for which the guild's template could not be used.
#[must_use]
pub fn not_used(fault: &str) -> String {
    format!("The server's own template could not be filled, so this is Scribe's ({fault}).")
}

/// The template was refused.
#[must_use]
pub fn refused(format: DocumentFormat, fault: &str) -> String {
    let fault = escape::discord(&escape::short(fault, 1_200));
    format!(
        "This {} template is not taken, and nothing was changed: {fault}. Mend that line and send it again.",
        title(format)
    )
}

/// The template is in force.
#[must_use]
pub fn saved(format: DocumentFormat) -> String {
    format!(
        "The {} of postmortems is written with your template from now on. Beside this is what it makes of a sample incident. `/scribe template reset` goes back to Scribe's.",
        title(format)
    )
}

/// Scribe's template is in force again.
#[must_use]
pub fn reset(format: DocumentFormat) -> String {
    format!(
        "The {} of postmortems is written with Scribe's template again.",
        title(format)
    )
}

/// Scribe's template is in force already.
#[must_use]
pub fn never_set(format: DocumentFormat) -> String {
    format!(
        "The {} of postmortems is written with Scribe's template already.",
        title(format)
    )
}

/// Which template is in force, with who chose which when; the file is beside it.
#[must_use]
pub fn shown(format: DocumentFormat, own: bool, lines: &[String]) -> String {
    let whose = if own { "your own" } else { "Scribe's" };
    let lines = match lines {
        [] => String::new(),
        lines => format!("\n{}", lines.join("\n")),
    };
    format!(
        "The {} of postmortems is written with {whose} template. To change it, edit this file and send it with `/scribe template set`.{lines}",
        title(format)
    )
}

/// One change of the template.
#[must_use]
pub fn change(at: chrono::DateTime<chrono::Utc>, by: &Actor, bytes: Option<usize>) -> String {
    let who = escape::discord(&escape::short(by.name(), 80));
    let what = match bytes {
        Some(bytes) => format!("an own one ({} kB)", bytes.div_ceil(1_000)),
        None => "Scribe's".to_owned(),
    };
    format!("- {} {who}: {what}", discord_day_and_time(at))
}

/// Only Markdown and HTML are written with a template.
#[must_use]
pub fn no_json() -> String {
    "JSON is written without a template. Choose `md` or `html`.".to_owned()
}

fn title(format: DocumentFormat) -> &'static str {
    match format {
        DocumentFormat::Md => "Markdown",
        DocumentFormat::Html => "HTML",
        DocumentFormat::Json => "JSON",
    }
}
