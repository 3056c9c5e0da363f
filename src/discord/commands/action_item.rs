//! The message command *Add action item* and the card's button: a form, with the
//! message's text where there is one, then the question who does it.

use poise::serenity_prelude as serenity;
use serenity::{
    CreateActionRow, CreateInputText, CreateModal, CreateSelectMenu, CreateSelectMenuKind,
    InputTextStyle,
};

use super::incident::due_on;
use crate::discord::custom_id::{Pressed, Sent};
use crate::discord::interaction::{Asked, Failure, Page, Reply, soon};
use crate::discord::{Ctx, ids};
use crate::incident::access::Right;
use crate::incident::{ChannelId, Command, Fact, IncidentNumber, MessageId, MessageRef, Person};
use crate::store::Target;
use crate::words::{self, action as labels};

/// The fields of the form.
const TEXT: &str = "text";
/// The fields of the form.
const DUE: &str = "due";
/// The fields of the form.
const INCIDENT: &str = "incident";

#[poise::command(context_menu_command = "Add action item", guild_only)]
pub(super) async fn add_action_item(
    ctx: Ctx<'_>,
    message: serenity::Message,
) -> Result<(), Failure> {
    // A form must be the first answer, so nothing that takes long comes before it.
    let reply = Reply::of_command(ctx).await;
    let place = MessageRef {
        channel: ids::channel(message.channel_id),
        message: ids::message(message.id),
    };
    let known = ctx.framework.user_data.recorded.incident_of(place.channel);
    if let Some(key) = known
        && let Some(asked) = soon(Asked::by_command_with_form(ctx)).await
    {
        asked.allow_form(Right::Change, Some(key.number)).await?;
    }
    let form = form(place, &message.content, known.is_none());
    Ok(reply.form(form).await?)
}

/// What a form carries that was opened from no message: none has that id.
const NO_MESSAGE: MessageId = MessageId(0);

/// The form in an incident's own channel, made of no message.
pub(crate) fn empty(channel: ChannelId) -> CreateModal {
    let place = MessageRef {
        channel,
        message: NO_MESSAGE,
    };
    form(place, "", false)
}

fn form(message: MessageRef, text: &str, ask_incident: bool) -> CreateModal {
    let short = InputTextStyle::Short;
    let offered = words::action::offered(text);
    let (label, hint) = labels::text_field();
    let mut what = CreateInputText::new(InputTextStyle::Paragraph, label, TEXT)
        .placeholder(hint)
        .max_length(1_000);
    if !offered.is_empty() {
        what = what.value(offered);
    }
    let (label, hint) = labels::due_field();
    let due = CreateInputText::new(short, label, DUE)
        .placeholder(hint)
        .required(false);
    let (label, hint) = labels::incident_field();
    let incident = CreateInputText::new(short, label, INCIDENT).placeholder(hint);
    let asked = ask_incident.then_some(incident);
    let inputs = [what, due].into_iter().chain(asked);
    CreateModal::new(Sent::ActionItem { message }.to_string(), labels::heading())
        .components(inputs.map(CreateActionRow::InputText).collect())
}

/// The form was sent. `field` is what was typed into one of its fields.
pub(crate) async fn filled<'a>(
    asked: &Asked<'_>,
    message: MessageRef,
    field: impl Fn(&str) -> Option<&'a str>,
) -> Result<(), Failure> {
    let incident = match asked.scribe.recorded.incident_of(message.channel) {
        Some(key) => asked.numbered(key.number).await?,
        None => asked.incident(field(INCIDENT)).await?,
    };
    let command = Command::AddAction {
        text: field(TEXT).unwrap_or_default().to_owned(),
        owner: None,
        due: due_on(asked, field(DUE))?,
    };
    let target = Target::Incident(incident.key.number);
    let made_of = (message.message != NO_MESSAGE).then_some(message);
    let recorded = asked.submit_from(target, command, made_of).await?;
    let said = words::answer::recorded(
        &recorded.incident,
        &recorded.entries,
        false,
        &asked.speech(),
    );
    let added = recorded.entries.iter().find_map(|entry| match entry.fact {
        Fact::ActionAdded { number, .. } => Some(number),
        _ => None,
    });
    let Some(action) = added else {
        return asked.say(said).await;
    };
    let number = incident.key.number;
    let kind = CreateSelectMenuKind::User {
        default_users: None,
    };
    let menu = CreateSelectMenu::new(Pressed::Assign { number, action }.to_string(), kind);
    let menu = menu.placeholder(labels::owner());
    asked
        .show(Page {
            text: words::action::whose(&said, action),
            rows: vec![CreateActionRow::SelectMenu(menu)],
            ..Page::default()
        })
        .await
}

/// Somebody was chosen to do it.
pub(crate) async fn assigned(
    asked: &Asked<'_>,
    number: IncidentNumber,
    action: u32,
    to: Person,
) -> Result<(), Failure> {
    let incident = asked.numbered(number).await?;
    let command = Command::AssignAction {
        number: action,
        to,
        due: None,
    };
    asked.record(&incident, command).await
}
