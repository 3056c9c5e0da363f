//! `/postmortem write`: a form with the section's text in it.
//!
//! A field of a form holds 4,000 characters and a form five fields, so a long
//! text is split over several and put together again when it is sent. What is
//! longer still goes by file.

use poise::serenity_prelude as serenity;
use serenity::{
    ButtonStyle, CreateActionRow, CreateButton, CreateInputText, CreateModal, InputTextStyle,
};

use crate::discord::commands::suggest;
use crate::discord::custom_id::{Pressed, Sent};
use crate::discord::drafting;
use crate::discord::interaction::{Asked, Failure, Page};
use crate::discord::{Ctx, uploaded};
use crate::incident::access::Right;
use crate::incident::text::MAX_TEXT_CHARS;
use crate::incident::{Command, Fact, Incident, Section, Seq};
use crate::store::Target;
use crate::words;

/// The most that Discord takes in a field of a form, in UTF-16 units.
const FIELD: usize = 4_000;

/// The most fields of a form.
const FIELDS: usize = 5;

/// From how full a field on there is an empty one after it.
const NEARLY_FULL: usize = 3_000;

/// Write a section of the postmortem; the form has its text in it
#[poise::command(slash_command, guild_only)]
pub(super) async fn write(
    ctx: Ctx<'_>,
    #[description = "Which section"] section: Section,
    #[description = "All of its text as a file, for what no form can hold"] file: Option<
        serenity::Attachment,
    >,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    if let Some(file) = file {
        let asked = Asked::by_command(ctx).await?;
        let incident = asked.incident(incident.as_deref()).await?;
        // A character is four bytes at most.
        let text = uploaded::text(&file, 4 * MAX_TEXT_CHARS as u64).await?;
        let base = last_version(&incident, section);
        return keep(&asked, &incident, section, text, base).await;
    }
    let asked = Asked::by_command_with_form(ctx).await?;
    let incident = asked.incident(incident.as_deref()).await?;
    asked.allow(Right::Change, Some(&incident))?;
    open_form(&asked, &incident, section).await
}

/// Opens the form of a section, with all that stands there now.
pub(crate) async fn open_form(
    asked: &Asked<'_>,
    incident: &Incident,
    section: Section,
) -> Result<(), Failure> {
    let text = drafting::section_text(asked.scribe, incident, section, asked.now).await;
    let text = text.map_err(|error| Failure::Ours(error.context("read a section")))?;
    let fields = split(&text);
    if fields.len() > FIELDS {
        let said =
            words::postmortem::too_long_for_form(section, text.chars().count(), FIELD * FIELDS);
        let file = serenity::CreateAttachment::bytes(text, format!("{section}.md"));
        return asked
            .show(Page {
                text: said,
                files: vec![file],
                ..Page::default()
            })
            .await;
    }
    let number = incident.key.number;
    let id = Sent::Write {
        number,
        section,
        base: last_version(incident, section),
    };
    let more = fields.len() < FIELDS
        && fields
            .last()
            .is_none_or(|last| units(last.text) > NEARLY_FULL);
    let more = more.then_some(Field {
        text: "",
        glued: false,
    });
    let fields = fields.into_iter().chain(more);
    let inputs = fields.enumerate().map(|(place, field)| {
        let label = words::postmortem::form_label(place);
        let mut input = CreateInputText::new(InputTextStyle::Paragraph, label, field.name(place))
            .required(false)
            .max_length(FIELD as u16);
        if place == 0 {
            input = input.placeholder(words::section::prompt(section));
        }
        if !field.text.is_empty() {
            input = input.value(field.text);
        }
        CreateActionRow::InputText(input)
    });
    let heading = words::postmortem::form_heading(number, section);
    let form = CreateModal::new(id.to_string(), heading).components(inputs.collect());
    asked.form(form).await
}

/// The form was sent. `field` is what was typed into one of its fields.
pub(crate) async fn filled<'a>(
    asked: &Asked<'_>,
    incident: &Incident,
    section: Section,
    base: Option<Seq>,
    field: impl Fn(&str) -> Option<&'a str>,
) -> Result<(), Failure> {
    let mut text = String::new();
    for place in 0..FIELDS {
        for glued in [false, true] {
            let name = Field { text: "", glued }.name(place);
            if let Some(typed) = field(&name) {
                let gap = if text.is_empty() || glued { "" } else { "\n" };
                text.extend([gap, typed]);
            }
        }
    }
    keep(asked, incident, section, text, base).await
}

async fn keep(
    asked: &Asked<'_>,
    incident: &Incident,
    section: Section,
    text: String,
    base: Option<Seq>,
) -> Result<(), Failure> {
    let store = &asked.scribe.store;
    if let (Some(base), [_]) = (base, standing(incident, section))
        && let Some(entry) = store.entry(incident.key, base).await?
        && matches!(&entry.fact, Fact::SectionWritten { text: there, .. } if there.trim() == text.trim())
    {
        let said = words::postmortem::nothing_new(section, base);
        return asked.say(said).await;
    }
    let target = Target::Incident(incident.key.number);
    let command = Command::WriteSection {
        section,
        text,
        base,
    };
    let recorded = asked.submit(target, command).await?;
    let Some(own) = recorded.entries.first().map(|entry| entry.seq) else {
        return Err(Failure::Ours(anyhow::anyhow!("a section left no entry")));
    };
    let mut others = Vec::new();
    for seq in standing(&recorded.incident, section) {
        if *seq < own {
            others.extend(store.entry(incident.key, *seq).await?);
        }
    }
    let names: Vec<_> = others.iter().map(|entry| &entry.actor).collect();
    let text = words::postmortem::written(&recorded.incident, section, own, &names);
    let together = Pressed::Write {
        number: incident.key.number,
        section,
    };
    let together = CreateButton::new(together.to_string())
        .label(words::postmortem::BUTTON_TOGETHER)
        .style(ButtonStyle::Primary);
    let rows = match others.is_empty() {
        true => Vec::new(),
        false => vec![CreateActionRow::Buttons(vec![together])],
    };
    asked
        .show(Page {
            text,
            rows,
            ..Page::default()
        })
        .await
}

/// The versions that stand in the draft.
fn standing(incident: &Incident, section: Section) -> &[Seq] {
    incident.words.get(&section).map_or(&[], Vec::as_slice)
}

fn last_version(incident: &Incident, section: Section) -> Option<Seq> {
    standing(incident, section).iter().max().copied()
}

/// A part of a text that fits a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Field<'a> {
    text: &'a str,
    /// Whether it goes on in the middle of a line.
    glued: bool,
}

impl Field<'_> {
    /// The field's name, which is all that comes back besides what was typed.
    fn name(self, place: usize) -> String {
        let glue = if self.glued { "glued" } else { "line" };
        format!("text{place}{glue}")
    }
}

/// How long Discord takes a text to be.
fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The text in parts that fit a field each, cut between lines where that can be.
fn split(text: &str) -> Vec<Field<'_>> {
    let mut fields = Vec::new();
    let (mut rest, mut glued) = (text, false);
    while units(rest) > FIELD {
        let mut length = 0;
        let fits = rest.char_indices().find(|(_, c)| {
            length += c.len_utf16();
            length > FIELD
        });
        let fits = fits.map_or(rest.len(), |(at, _)| at);
        let line = rest[..fits].rfind('\n').filter(|at| *at > 0);
        let (end, next) = line.map_or((fits, fits), |at| (at, at + 1));
        fields.push(Field {
            text: &rest[..end],
            glued,
        });
        glued = line.is_none();
        rest = &rest[next..];
    }
    if !rest.is_empty() || fields.is_empty() {
        fields.push(Field { text: rest, glued });
    }
    fields
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_split_comes_together(lines in prop::collection::vec("[a-z🔥 ]{0,30}", 1..20), times in 1usize..200) {
            let text = lines.join("\n").repeat(times);
            let fields = split(&text);
            let mut together = String::new();
            for (place, field) in fields.iter().enumerate() {
                prop_assert!(units(field.text) <= FIELD);
                if place > 0 && !field.glued {
                    together.push('\n');
                }
                together.push_str(field.text);
            }
            prop_assert_eq!(together.trim_end(), text.trim_end());
        }
    }
}
