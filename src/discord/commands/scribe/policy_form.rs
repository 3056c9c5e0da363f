//! The form of `/scribe policy`: a line of times for each severity, and one for all.

use std::hash::{DefaultHasher, Hash, Hasher};

use poise::serenity_prelude as serenity;
use serenity::{
    ButtonStyle, CreateActionRow, CreateButton, CreateInputText, CreateModal, InputTextStyle,
};

use crate::discord::custom_id::{Pressed, Sent};
use crate::discord::interaction::{Asked, Failure, Page};
use crate::incident::Severity;
use crate::incident::reminder::ReminderPolicy;
use crate::words::policy_form as labels;

use super::policy::shown;
use super::setup::{change, needs_set_up};

const SEVERITIES: [Severity; 4] = [
    Severity::Sev1,
    Severity::Sev2,
    Severity::Sev3,
    Severity::Sev4,
];

/// The field about all severities.
const REST: &str = "all";

/// The most characters of a field: five have to fit into the answer that keeps them.
const MOST: u16 = 200;

/// Opens the form with what holds, or with what was typed before.
pub(crate) async fn open(asked: &Asked<'_>, typed: &[(String, String)]) -> Result<(), Failure> {
    needs_set_up(asked)?;
    let policy = &asked.settings.reminders;
    let input = |name: &str, label: String, hint: &str, holds: String| {
        let typed = typed.iter().find(|(field, _)| field == name);
        let value = typed.map_or(holds, |(_, typed)| typed.clone());
        let mut input = CreateInputText::new(InputTextStyle::Short, label, name)
            .placeholder(hint)
            .required(false)
            .max_length(MOST);
        if !value.is_empty() {
            input = input.value(value);
        }
        CreateActionRow::InputText(input)
    };
    let of = |severity: Severity| {
        let (label, holds) = (labels::label(severity), policy.written_of(severity));
        input(&severity.to_string(), label, labels::times_hint(), holds)
    };
    let rest = (labels::rest_label().to_owned(), policy.rest_written());
    let rest = input(REST, rest.0, labels::rest_hint(), rest.1);
    let id = Sent::Policy {
        base: mark(policy)?,
    };
    let inputs = SEVERITIES.into_iter().map(of).chain([rest]);
    let form = CreateModal::new(id.to_string(), labels::heading());
    asked.form(form.components(inputs.collect())).await
}

/// Opens it again with what was typed, which stands in the answer that refused it.
pub(crate) async fn again(asked: &Asked<'_>, answer: &str) -> Result<(), Failure> {
    open(asked, &labels::typed(answer)).await
}

/// The form was sent: all of it holds, or nothing. `base` marks what it was
/// opened with; `field` is what was typed into one of its fields.
pub(crate) async fn filled<'a>(
    asked: &Asked<'_>,
    base: u64,
    field: impl Fn(&str) -> Option<&'a str>,
) -> Result<(), Failure> {
    needs_set_up(asked)?;
    let typed = |name: &str| field(name).unwrap_or_default().to_owned();
    let fields: Vec<(String, String)> = SEVERITIES
        .iter()
        .map(Severity::to_string)
        .chain([REST.to_owned()])
        .map(|name| (name.clone(), typed(&name)))
        .collect();
    let policy = match read(asked.settings.reminders, &fields) {
        Ok(policy) => policy,
        Err(said) => return asked.show(offered_again(&said, &fields)).await,
    };
    if mark(&asked.settings.reminders)? != base && policy != asked.settings.reminders {
        let said = labels::changed_meanwhile(&asked.settings);
        return asked.show(offered_again(&said, &fields)).await;
    }
    let settings = change(asked, |settings| {
        settings.reminders = policy;
        Ok(())
    });
    asked.say(shown(asked, &settings.await?)).await
}

/// The policy that was typed, or what of it cannot be taken.
fn read(mut policy: ReminderPolicy, fields: &[(String, String)]) -> Result<ReminderPolicy, String> {
    for (name, typed) in fields {
        let not_taken = |not| labels::not_taken(name, &not);
        match SEVERITIES.iter().find(|one| one.to_string() == *name) {
            Some(severity) => policy.read_of(*severity, typed).map_err(not_taken)?,
            None => policy.read_rest(typed).map_err(not_taken)?,
        }
    }
    Ok(policy)
}

fn offered_again(said: &str, fields: &[(String, String)]) -> Page {
    let button = CreateButton::new(Pressed::Policy.to_string())
        .label(labels::button())
        .style(ButtonStyle::Primary);
    Page {
        text: labels::keeping(said, fields),
        rows: vec![CreateActionRow::Buttons(vec![button])],
        ..Page::default()
    }
}

/// What tells one policy from another, for a form to carry. A process of
/// another version may count otherwise; then the form is offered again.
fn mark(policy: &ReminderPolicy) -> Result<u64, Failure> {
    let json = serde_json::to_string(policy);
    let json = json.map_err(|error| Failure::ours(error, "write down a policy"))?;
    let mut hasher = DefaultHasher::new();
    json.hash(&mut hasher);
    Ok(hasher.finish())
}
