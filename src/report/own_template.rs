//! A guild's own template. Whoever may change a guild's settings may write one,
//! so it is taken for hostile: it can be long, deep, loop over lists in lists,
//! and put in what people typed without escaping it.
//!
//! What it may not do is refused before it is filled: partials (they can call
//! themselves), decorators, block parameters and unescaped values but the few
//! that Scribe wrote itself. Depths are looked at before the text is parsed,
//! because the parser is recursive. While it is filled its steps are counted
//! and its length is measured.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use handlebars::template::{HelperTemplate, Parameter, TemplateElement};
use handlebars::{
    Context, Handlebars, Helper, HelperResult, Output, Path, RenderContext, RenderErrorReason,
    Template,
};
use serde::Serialize;

use crate::words::template as said;

/// The longest template, in bytes.
pub const MAX_TEMPLATE_BYTES: usize = 64 * 1024;

/// How deep blocks and brackets may stand in each other.
const DEEPEST: usize = 24;

/// How often blocks may be gone through. The templates that come with Scribe
/// take some ten for each line of a timeline.
const STEPS: u32 = 200_000;

/// The name of the helper that counts.
const STEP: &str = "count_step";

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", said::fault(*line, reason))]
pub struct TemplateFault {
    /// The line, from 1, where one is to blame.
    pub line: Option<usize>,
    /// What is wrong.
    pub reason: String,
}

impl TemplateFault {
    pub(super) fn new(line: impl Into<Option<usize>>, reason: impl Into<String>) -> Self {
        Self {
            line: line.into(),
            reason: reason.into(),
        }
    }
}

/// Fills a guild's template. `templates` has the escaping and the helpers;
/// `raw` are the values that may be put in unescaped; `most` bytes may come of it.
pub(super) fn fill(
    mut templates: Handlebars<'_>,
    source: &str,
    raw: &[&str],
    data: &impl Serialize,
    most: usize,
) -> Result<String, TemplateFault> {
    let mut template = read(source)?;
    allow(&mut template, raw)?;
    let steps = Arc::new(AtomicU32::new(0));
    let taken = Arc::clone(&steps);
    let count = move |_: &Helper<'_>,
                      _: &Handlebars<'_>,
                      _: &Context,
                      _: &mut RenderContext<'_, '_>,
                      _: &mut dyn Output|
          -> HelperResult {
        if taken.fetch_add(1, Ordering::Relaxed) >= STEPS {
            return Err(RenderErrorReason::Other(said::too_many_steps(STEPS)).into());
        }
        Ok(())
    };
    templates.set_strict_mode(true);
    templates.unregister_helper("log");
    templates.register_helper(STEP, Box::new(count));
    templates.register_template("template", template);
    let mut out = Bounded {
        bytes: Vec::new(),
        most,
        full: false,
    };
    let filled = templates.render_to_write("template", data, &mut out);
    if out.full {
        return Err(TemplateFault::new(None, said::too_much_comes_of_it(most)));
    }
    filled.map_err(|error| TemplateFault::new(error.line_no, error.reason().to_string()))?;
    String::from_utf8(out.bytes).map_err(|error| TemplateFault::new(None, error.to_string()))
}

/// What a template writes, as far as it may.
struct Bounded {
    bytes: Vec<u8>,
    most: usize,
    full: bool,
}

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.most {
            self.full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Parses it, if that is safe.
fn read(source: &str) -> Result<Template, TemplateFault> {
    if source.len() > MAX_TEMPLATE_BYTES {
        let reason = said::too_long(source.len(), MAX_TEMPLATE_BYTES);
        return Err(TemplateFault::new(None, reason));
    }
    depths(source)?;
    Template::compile(source).map_err(|error| {
        let line = error.pos().map(|(line, _)| line);
        TemplateFault::new(line, error.reason().to_string())
    })
}

/// Refuses what stands too deep in itself. It need not be exact: what it takes
/// for deep is deep.
fn depths(source: &str) -> Result<(), TemplateFault> {
    let (mut blocks, mut brackets, mut inside) = (0usize, 0usize, false);
    for (number, line) in source.lines().enumerate() {
        let bytes = line.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            let next = |ahead: usize| bytes.get(at + ahead).copied();
            match byte {
                b'{' if next(1) == Some(b'{') => {
                    inside = true;
                    let mut mark = at + 2;
                    while matches!(bytes.get(mark), Some(b'{' | b'~' | b' ')) {
                        mark += 1;
                    }
                    match bytes.get(mark) {
                        Some(b'#' | b'^') => blocks += 1,
                        Some(b'/') => blocks = blocks.saturating_sub(1),
                        _ => {}
                    }
                }
                b'}' if next(1) == Some(b'}') => (inside, brackets) = (false, 0),
                b'(' | b'[' | b'{' if inside => brackets += 1,
                b')' | b']' | b'}' if inside => brackets = brackets.saturating_sub(1),
                _ => {}
            }
            if blocks > DEEPEST || brackets > DEEPEST {
                return Err(TemplateFault::new(number + 1, said::too_deep(DEEPEST)));
            }
        }
    }
    Ok(())
}

/// Refuses what no guild's template may do, and has each pass of a block counted.
fn allow(template: &mut Template, raw: &[&str]) -> Result<(), TemplateFault> {
    let lines: Vec<usize> = template.mapping.iter().map(|place| place.0).collect();
    for (at, element) in template.elements.iter_mut().enumerate() {
        let line = lines.get(at).copied();
        let refused = |reason: String| Err(TemplateFault::new(line, reason));
        match element {
            TemplateElement::RawString(_) | TemplateElement::Comment(_) => {}
            TemplateElement::Expression(_) => {}
            TemplateElement::HtmlExpression(value) => {
                let named = |name: &&&str| is_value(value, name);
                if raw.iter().find(named).is_none() {
                    return refused(said::unescaped(raw));
                }
            }
            TemplateElement::HelperBlock(block) => {
                if block.block_param.is_some() {
                    return refused(said::block_parameters());
                }
                for inner in [&mut block.template, &mut block.inverse]
                    .into_iter()
                    .flatten()
                {
                    allow(inner, raw)?;
                    counted(inner, line.unwrap_or(1))?;
                }
            }
            // Partials, decorators, and what a later version of the library may add.
            _ => return refused(said::partials()),
        }
    }
    Ok(())
}

/// Whether it is that value alone: `{{{style}}}`, no helper and nothing beside it.
fn is_value(value: &HelperTemplate, name: &str) -> bool {
    let plain = value.params.is_empty() && value.hash.is_empty();
    let named = match &value.name {
        Parameter::Name(own) => own == name,
        Parameter::Path(Path::Relative((_, own))) => own == name,
        _ => false,
    };
    plain && named
}

/// Puts the helper that counts before what stands in a block.
fn counted(block: &mut Template, line: usize) -> Result<(), TemplateFault> {
    let mut count = Template::compile(&format!("{{{{{STEP}}}}}"))
        .map_err(|error| TemplateFault::new(line, error.reason().to_string()))?;
    if let (Some(element), Some(place)) = (count.elements.pop(), count.mapping.pop()) {
        block.elements.insert(0, element);
        block.mapping.insert(0, place);
    }
    Ok(())
}
