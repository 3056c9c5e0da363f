//! Buttons, selections and forms, wherever they stand and however old they are.

use chrono::TimeDelta;
use poise::serenity_prelude as serenity;
use serenity::{
    ActionRowComponent, ComponentInteraction, ComponentInteractionDataKind, ModalInteraction,
};

use crate::incident::access::Right;
use crate::incident::{Command, Incident, Role, reminder};
use crate::store::Target;
use crate::words;

use super::commands::{self, OPEN_FORM, OpenWish};
use super::custom_id::{Choice, Pressed, Sent, Snooze};
use super::ids;
use super::interaction::{Asked, Failure, Page, Reply, soon};
use super::scribe::Scribe;

/// Answers a button or a selection. What is not ours is left alone.
pub(crate) async fn pressed(
    scribe: &Scribe,
    context: &serenity::Context,
    interaction: &ComponentInteraction,
) {
    let reply = Reply::new(
        &scribe.work,
        &context.http,
        interaction.id,
        &interaction.token,
    );
    let result = match interaction.data.custom_id.parse::<Pressed>() {
        Ok(pressed) => answer_pressed(scribe, context, interaction, pressed, &reply).await,
        Err(_) => Err(Failure::Told(words::failure::outdated_button())),
    };
    if let Err(failure) = result {
        reply
            .fail(failure, &interaction.data.custom_id, &interaction.user.name)
            .await;
    }
}

async fn answer_pressed<'a>(
    scribe: &'a Scribe,
    context: &'a serenity::Context,
    interaction: &'a ComponentInteraction,
    pressed: Pressed,
    reply: &Reply,
) -> Result<(), Failure> {
    // Forms are a first answer, so nothing that takes long comes before them.
    match &pressed {
        Pressed::Update { number } => {
            let asked = Asked::by_button_with_form(scribe, context, interaction, reply.clone());
            if let Some(asked) = soon(asked).await {
                asked.allow_form(Right::Change, Some(*number)).await?;
            }
            return Ok(reply.form(update_form(*number)).await?);
        }
        Pressed::AddAction { number } => {
            let asked = Asked::by_button_with_form(scribe, context, interaction, reply.clone());
            if let Some(asked) = soon(asked).await {
                asked.allow_form(Right::Change, Some(*number)).await?;
            }
            let channel = ids::channel(interaction.channel_id);
            return Ok(reply.form(commands::action_item::empty(channel)).await?);
        }
        Pressed::Setup(Choice::Rest) => return Ok(reply.form(commands::setup::form()).await?),
        Pressed::Policy => {
            let asked =
                Asked::by_button_with_form(scribe, context, interaction, reply.clone()).await?;
            return commands::policy_form::again(&asked, &interaction.message.content).await;
        }
        // What stands in this form is read first, and no answer is promised meanwhile.
        Pressed::Write { number, section } => {
            let asked =
                Asked::by_button_with_form(scribe, context, interaction, reply.clone()).await?;
            let incident = asked.numbered(*number).await?;
            asked.allow(Right::Change, Some(&incident))?;
            return commands::section::open_form(&asked, &incident, *section).await;
        }
        _ => {}
    }
    let own_page = matches!(
        pressed,
        Pressed::Setup(_)
            | Pressed::AddMessage { .. }
            | Pressed::Role { .. }
            | Pressed::Assign { .. }
            | Pressed::Timeline { page: Some(_), .. }
            | Pressed::Audit { .. }
            | Pressed::Search { .. }
            | Pressed::List { .. }
    );
    let asked = if own_page {
        Asked::by_page(scribe, context, interaction, reply.clone()).await?
    } else {
        Asked::by_button(scribe, context, interaction, reply.clone()).await?
    };
    match pressed {
        Pressed::Status { number, to } => {
            let incident = asked.numbered(number).await?;
            let command = Command::SetStatus {
                to,
                message: None,
                at: None,
            };
            asked.record(&incident, command).await
        }
        Pressed::Roles { number } => {
            let incident = asked.numbered(number).await?;
            asked.show(roles_page(&incident)).await
        }
        Pressed::Role { number, role } => {
            let incident = asked.numbered(number).await?;
            let to = chosen_person(interaction)
                .ok_or_else(|| Failure::Told(words::failure::outdated_button()))?;
            let target = Target::Incident(incident.key.number);
            let recorded = asked.submit(target, Command::GiveRole { role, to }).await?;
            asked.show(roles_page(&recorded.incident)).await
        }
        Pressed::Timeline { number, view, page } => {
            let incident = asked.numbered(number).await?;
            let page = commands::timeline_page(&asked, &incident, view, page).await?;
            asked.show(page).await
        }
        Pressed::Redact { number, entry } => commands::redact_offered(&asked, number, entry).await,
        Pressed::Audit { number, page } => {
            let incident = asked.numbered(number).await?;
            let page = commands::audit_page(&asked, &incident, Some(page)).await?;
            asked.show(page).await
        }
        Pressed::Search { turn } => {
            commands::search::turned(&asked, &interaction.message.content, turn).await
        }
        Pressed::List { turn } => {
            commands::list::turned(&asked, &interaction.message.content, turn).await
        }
        Pressed::AddMessage { message } => match &interaction.data.kind {
            ComponentInteractionDataKind::StringSelect { values } if !values.is_empty() => {
                commands::add_to_timeline_of(&asked, &values[0], message).await
            }
            _ => Err(Failure::Told(words::failure::outdated_button())),
        },
        Pressed::Setup(choice) => commands::setup::chosen(&asked, choice, &interaction.data).await,
        Pressed::TakeCommand { number } => {
            let incident = asked.numbered(number).await?;
            commands::handover::taken(&asked, &incident).await
        }
        Pressed::Like {
            number,
            relation,
            other,
        } => commands::link::chosen(&asked, number, relation, other).await,
        Pressed::Handover {
            number,
            offer,
            accept,
        } => {
            let incident = asked.numbered(number).await?;
            commands::handover::answered(&asked, &incident, offer, accept).await
        }
        Pressed::ActionDone { number, action } => {
            let incident = asked.numbered(number).await?;
            let command = Command::FinishAction { number: action };
            asked.record(&incident, command).await
        }
        Pressed::Assign { number, action } => {
            let to = chosen_person(interaction)
                .ok_or_else(|| Failure::Told(words::failure::outdated_button()))?;
            commands::action_item::assigned(&asked, number, action, to).await
        }
        Pressed::Snooze {
            number,
            reminder,
            by,
        } => {
            let incident = asked.numbered(number).await?;
            let until = match by {
                Snooze::HalfAnHour => asked.now + TimeDelta::minutes(30),
                Snooze::TwoHours => asked.now + TimeDelta::hours(2),
                Snooze::Tomorrow => reminder::tomorrow(asked.now, asked.settings.zone),
            };
            let command = Command::Snooze { reminder, until };
            asked.record(&incident, command).await
        }
        Pressed::Update { .. }
        | Pressed::AddAction { .. }
        | Pressed::Write { .. }
        | Pressed::Policy => Err(Failure::Told(words::failure::outdated_button())),
    }
}

/// Answers a form.
pub(crate) async fn sent(
    scribe: &Scribe,
    context: &serenity::Context,
    interaction: &ModalInteraction,
) {
    let reply = Reply::new(
        &scribe.work,
        &context.http,
        interaction.id,
        &interaction.token,
    );
    let result = match interaction.data.custom_id.parse::<Sent>() {
        Ok(sent) => answer_sent(scribe, context, interaction, sent, &reply).await,
        Err(_) => Err(Failure::Told(words::failure::outdated_button())),
    };
    if let Err(failure) = result {
        reply
            .fail(failure, &interaction.data.custom_id, &interaction.user.name)
            .await;
    }
}

async fn answer_sent<'a>(
    scribe: &'a Scribe,
    context: &'a serenity::Context,
    interaction: &'a ModalInteraction,
    sent: Sent,
    reply: &Reply,
) -> Result<(), Failure> {
    let asked = Asked::by_form(scribe, context, interaction, reply.clone()).await?;
    let field = |name: &str| field(interaction, name).filter(|text| !text.trim().is_empty());
    match sent {
        Sent::Open { private, drill } => {
            let severity = field(OPEN_FORM.severity).map(|text| {
                text.trim()
                    .parse()
                    .map_err(|_| Failure::Told(words::answer::no_such_severity(text)))
            });
            let wish = OpenWish {
                title: field(OPEN_FORM.title).unwrap_or_default().to_owned(),
                severity: severity.transpose()?,
                components: field(OPEN_FORM.components).map(str::to_owned),
                summary: field(OPEN_FORM.summary).map(str::to_owned),
                started: field(OPEN_FORM.started).map(str::to_owned),
                private,
                drill,
            };
            commands::open_incident(&asked, wish).await
        }
        Sent::Update { number } => {
            let incident = asked.numbered(number).await?;
            let message = field(UPDATE_FIELD).unwrap_or_default().to_owned();
            asked
                .record(&incident, Command::Update { message, at: None })
                .await
        }
        Sent::Write {
            number,
            section,
            base,
        } => {
            let incident = asked.numbered(number).await?;
            commands::section::filled(&asked, &incident, section, base, field).await
        }
        Sent::Setup => commands::setup::filled(&asked, field).await,
        Sent::Policy { base } => commands::policy_form::filled(&asked, base, field).await,
        Sent::ActionItem { message } => commands::action_item::filled(&asked, message, field).await,
    }
}

const UPDATE_FIELD: &str = "message";

fn update_form(number: crate::incident::IncidentNumber) -> serenity::CreateModal {
    let labels = words::form::update();
    let input =
        serenity::CreateInputText::new(serenity::InputTextStyle::Paragraph, labels.0, UPDATE_FIELD)
            .placeholder(labels.1)
            .required(true);
    serenity::CreateModal::new(
        Sent::Update { number }.to_string(),
        words::form::update_heading(number),
    )
    .components(vec![serenity::CreateActionRow::InputText(input)])
}

fn roles_page(incident: &Incident) -> Page {
    let rows = Role::USUAL.iter().filter_map(|name| {
        let role = Role::named(name)?;
        let shown = words::name::role(&role).to_owned();
        let number = incident.key.number;
        let id = Pressed::Role { number, role };
        let kind = serenity::CreateSelectMenuKind::User {
            default_users: None,
        };
        let menu = serenity::CreateSelectMenu::new(id.to_string(), kind).placeholder(shown);
        Some(serenity::CreateActionRow::SelectMenu(menu))
    });
    Page {
        text: words::answer::roles(incident),
        rows: rows.collect(),
        ..Page::default()
    }
}

fn chosen_person(interaction: &ComponentInteraction) -> Option<crate::incident::Person> {
    let ComponentInteractionDataKind::UserSelect { values } = &interaction.data.kind else {
        return None;
    };
    let id = values.first()?;
    let resolved = interaction.data.resolved.users.get(id)?;
    let nick = interaction
        .data
        .resolved
        .members
        .get(id)
        .and_then(|member| member.nick.as_deref());
    Some(ids::person(resolved, nick))
}

fn field<'a>(interaction: &'a ModalInteraction, name: &str) -> Option<&'a str> {
    let inputs = interaction
        .data
        .components
        .iter()
        .flat_map(|row| &row.components);
    inputs
        .filter_map(|component| match component {
            ActionRowComponent::InputText(input) if input.custom_id == name => {
                input.value.as_deref()
            }
            _ => None,
        })
        .next()
}
