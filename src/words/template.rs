//! What is said about a guild's own templates.

use super::language::{say, word};
use super::speech::discord_day_and_time;
use super::{escape, name};
use crate::incident::{Actor, DocumentFormat};

/// What is wrong with a template, and where.
#[must_use]
pub fn fault(line: Option<usize>, reason: &str) -> String {
    match line {
        Some(line) => say!("line {line}: {reason}", "Zeile {line}: {reason}"),
        None => reason.to_owned(),
    }
}

/// It is too long.
#[must_use]
pub fn too_long(bytes: usize, most: usize) -> String {
    say!(
        "the template has {has} kB, and {most} kB are read",
        "die Vorlage hat {has} kB, gelesen werden {most} kB",
        has = bytes.div_ceil(1_000),
        most = most / 1_000
    )
}

/// Something stands too deep in itself.
#[must_use]
pub fn too_deep(most: usize) -> String {
    say!(
        "blocks or brackets stand in each other deeper than {most}",
        "Blöcke oder Klammern stehen tiefer als {most} ineinander"
    )
}

/// It goes through too much.
#[must_use]
pub fn too_many_steps(most: u32) -> String {
    say!(
        "its loops take more than {most} steps; lists in lists multiply",
        "ihre Schleifen brauchen mehr als {most} Schritte; Listen in Listen vervielfachen sich"
    )
}

/// Too much comes of it.
#[must_use]
pub fn too_much_comes_of_it(most: usize) -> String {
    say!(
        "more than {most} MB come of it",
        "es kommen mehr als {most} MB heraus",
        most = most / 1_000_000
    )
}

/// An unescaped value.
#[must_use]
pub fn unescaped(allowed: &[&str]) -> String {
    let said = say!(
        "three braces or & put in what people typed as it is; write two",
        "drei Klammern oder & setzen ein, was Leute getippt haben, wie es ist; schreib zwei"
    );
    let allowed: Vec<String> = allowed
        .iter()
        .map(|name| format!("{{{{{{{name}}}}}}}"))
        .collect();
    let names = name::list(&allowed);
    match allowed.len() {
        0 => said,
        1 => say!(
            "{said}. Only {names} may stand so",
            "{said}. Nur {names} darf so stehen"
        ),
        _ => say!(
            "{said}. Only {names} may stand so",
            "{said}. Nur {names} dürfen so stehen"
        ),
    }
}

/// Block parameters.
#[must_use]
pub fn block_parameters() -> String {
    say!(
        "names for the parts of a loop (`as |name|`) are not allowed; write `this` or the field itself",
        "Namen für die Teile einer Schleife (`as |name|`) sind nicht erlaubt; schreib `this` oder das Feld selbst"
    )
}

/// Partials and decorators.
#[must_use]
pub fn partials() -> String {
    say!(
        "other templates (`{{{{> name}}}}`, `{{{{#*inline}}}}`) are not allowed",
        "andere Vorlagen (`{{{{> name}}}}`, `{{{{#*inline}}}}`) sind nicht erlaubt"
    )
}

/// The page has no head at its beginning.
#[must_use]
pub fn no_head() -> String {
    say!(
        "a page begins with `<!doctype html>`, `<html>` and `<head>`, and nothing else stands before `<head>`",
        "eine Seite beginnt mit `<!doctype html>`, `<html>` und `<head>`, und vor `<head>` steht nichts anderes"
    )
}

/// The page says itself how a browser takes it.
#[must_use]
pub fn http_equiv() -> String {
    say!(
        "`http-equiv` is not allowed; Scribe puts the page's own protection there",
        "`http-equiv` ist nicht erlaubt; Scribe setzt dort den Schutz der Seite ein"
    )
}

/// Above a draft for which the guild's template could not be used.
#[must_use]
pub fn not_used(fault: &str) -> String {
    say!(
        "The server's own template could not be filled, so this is Scribe's ({fault}).",
        "Die eigene Vorlage des Servers ließ sich nicht füllen, das hier ist die von Scribe ({fault})."
    )
}

/// The template was refused.
#[must_use]
pub fn refused(format: DocumentFormat, fault: &str) -> String {
    say!(
        "This {format} template is not taken, and nothing was changed: {fault}. Mend that line and send it again.",
        "Diese Vorlage für {format} wird nicht angenommen, es wurde nichts geändert: {fault}. Berichtige die Stelle und schick sie noch einmal.",
        format = title(format),
        fault = escape::discord(&escape::short(fault, 1_200))
    )
}

/// The template is in force.
#[must_use]
pub fn saved(format: DocumentFormat) -> String {
    say!(
        "The {format} of postmortems is written with your template from now on. Beside this is what it makes of a sample incident. `/scribe template reset` goes back to Scribe's.",
        "Das {format} von Postmortems wird ab jetzt mit deiner Vorlage geschrieben. Daneben liegt, was sie aus einem Beispiel macht. `/scribe template reset` kehrt zu der von Scribe zurück.",
        format = title(format)
    )
}

/// Scribe's template is in force again.
#[must_use]
pub fn reset(format: DocumentFormat) -> String {
    say!(
        "The {format} of postmortems is written with Scribe's template again.",
        "Das {format} von Postmortems wird wieder mit der Vorlage von Scribe geschrieben.",
        format = title(format)
    )
}

/// Scribe's template is in force already.
#[must_use]
pub fn never_set(format: DocumentFormat) -> String {
    say!(
        "The {format} of postmortems is written with Scribe's template already.",
        "Das {format} von Postmortems wird schon mit der Vorlage von Scribe geschrieben.",
        format = title(format)
    )
}

/// Which template is in force, with who chose which when; the file is beside it.
#[must_use]
pub fn shown(format: DocumentFormat, own: bool, lines: &[String]) -> String {
    let whose = if own {
        word!("your own template", "eurer eigenen Vorlage")
    } else {
        word!("Scribe's template", "der Vorlage von Scribe")
    };
    let lines = match lines {
        [] => String::new(),
        lines => format!("\n{}", lines.join("\n")),
    };
    say!(
        "The {format} of postmortems is written with {whose}. To change it, edit this file and send it with `/scribe template set`.{lines}",
        "Das {format} von Postmortems wird mit {whose} geschrieben. Zum Ändern bearbeite diese Datei und schick sie mit `/scribe template set`.{lines}",
        format = title(format)
    )
}

/// One change of the template.
#[must_use]
pub fn change(at: chrono::DateTime<chrono::Utc>, by: &Actor, bytes: Option<usize>) -> String {
    let who = escape::discord(&escape::short(by.name(), 80));
    let what = match bytes {
        Some(bytes) => say!(
            "an own one ({size} kB)",
            "eine eigene ({size} kB)",
            size = bytes.div_ceil(1_000)
        ),
        None => say!("Scribe's", "die von Scribe"),
    };
    format!("- {} {who}: {what}", discord_day_and_time(at))
}

/// Only Markdown and HTML are written with a template.
#[must_use]
pub fn no_json() -> String {
    say!(
        "JSON is written without a template. Choose `md` or `html`.",
        "JSON wird ohne Vorlage geschrieben. Wähle `md` oder `html`."
    )
}

fn title(format: DocumentFormat) -> &'static str {
    match format {
        DocumentFormat::Md => word!("Markdown", "Markdown"),
        DocumentFormat::Html => word!("HTML", "HTML"),
        DocumentFormat::Json => word!("JSON", "JSON"),
    }
}
