//! The message commands *Add to timeline* and *Mark as key event*.

use poise::serenity_prelude as serenity;

use crate::discord::custom_id::Pressed;
use crate::discord::interaction::{Asked, Failure, Page};
use crate::discord::recording::{self, Wanted};
use crate::discord::{Ctx, ids};
use crate::incident::access::Right;
use crate::incident::{Command, Incident, MessageRef, Refusal, Seq};
use crate::store::{IncidentFilter, Request, SubmitError, Target};
use crate::words;
use crate::words::failure::Left;

/// The most incidents that a selection offers.
const MOST: u32 = 25;

#[poise::command(context_menu_command = "Add to timeline", guild_only)]
pub(super) async fn add_to_timeline(
    ctx: Ctx<'_>,
    message: serenity::Message,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let message = place_of(&message);
    if let Some(incident) = its_incident(&asked, message).await? {
        return add(&asked, &incident, message).await;
    }
    let filter = IncidentFilter {
        open: Some(true),
        limit: Some(MOST),
        ..IncidentFilter::default()
    };
    let mut open = asked.visible(&filter).await?;
    match open.len() {
        0 => Err(Failure::Told(words::answer::no_open_incident())),
        1 => add(&asked, &open.remove(0), message).await,
        _ => ask_which(&asked, &open, message).await,
    }
}

#[poise::command(context_menu_command = "Mark as key event", guild_only)]
pub(super) async fn mark_as_key_event(
    ctx: Ctx<'_>,
    message: serenity::Message,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let message = place_of(&message);
    match its_incident(&asked, message).await? {
        Some(incident) => add(&asked, &incident, message).await,
        None => Err(Failure::Told(words::answer::message_of_no_incident())),
    }
}

/// Adds a message to the incident that was chosen for it.
pub(crate) async fn add_to_timeline_of(
    asked: &Asked<'_>,
    chosen: &str,
    message: MessageRef,
) -> Result<(), Failure> {
    let incident = asked.incident(Some(chosen)).await?;
    add(asked, &incident, message).await
}

/// What makes the entry of a message a key event, or no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Somebody chose it from the menu.
    Chosen,
    /// 📌 is on the message.
    Pinned,
    /// The mark is taken off.
    Off,
}

/// Marks the entry of a message as a key event, or takes the mark off again,
/// in somebody's name; `None` where it was so already.
pub(crate) async fn mark(
    scribe: &crate::discord::scribe::Scribe,
    incident: &Incident,
    entry: Seq,
    mark: Mark,
    context: crate::incident::Context,
) -> Result<Option<()>, SubmitError> {
    let command = match mark {
        Mark::Chosen | Mark::Pinned => Command::MarkKey {
            entry,
            by_pin: mark == Mark::Pinned,
        },
        Mark::Off => Command::UnmarkKey { entry },
    };
    let request = Request {
        guild: incident.key.guild,
        target: Target::Incident(incident.key.number),
        command,
        context,
        once: None,
        quiet: false,
    };
    match scribe.submit(request).await {
        Ok(_) => Ok(Some(())),
        Err(SubmitError::Refused(Refusal::AlreadyKey { .. } | Refusal::NotKey { .. })) => Ok(None),
        Err(error) => Err(error),
    }
}

fn place_of(message: &serenity::Message) -> MessageRef {
    MessageRef {
        channel: ids::channel(message.channel_id),
        message: ids::message(message.id),
    }
}

/// The incident in whose channel the message stands.
async fn its_incident(asked: &Asked<'_>, message: MessageRef) -> Result<Option<Incident>, Failure> {
    match asked.scribe.recorded.incident_of(message.channel) {
        Some(key) => Ok(asked.scribe.store.incident(key).await?),
        None => Ok(None),
    }
}

/// Records the message where it is not yet, and marks it as a key event.
async fn add(asked: &Asked<'_>, incident: &Incident, message: MessageRef) -> Result<(), Failure> {
    // Whoever reads the incident's channel may mark what is said there; to bring
    // in what was said elsewhere is to change its record.
    if !incident.records(message.channel) {
        asked.allow(Right::Change, Some(incident))?;
    }
    let wanted = Wanted {
        key: incident.key,
        place: message,
    };
    let entry = recording::record_wanted(asked.scribe, &asked.context.http, wanted).await;
    let entry = entry.map_err(|error| Failure::Ours(error.context("record a message")))?;
    let entry = entry.ok_or_else(|| Failure::Told(words::answer::nothing_to_record()))?;
    asked.leaves(Left::entry(incident.key.number, entry));
    let context = asked.command_context(Some(message));
    match mark(asked.scribe, incident, entry, Mark::Chosen, context).await {
        Ok(Some(())) => asked.say(words::answer::marked(incident, entry)).await,
        Ok(None) => {
            asked
                .say(words::refusal(
                    &Refusal::AlreadyKey { entry },
                    &asked.speech(),
                ))
                .await
        }
        Err(error) => Err(asked.not_recorded(error)),
    }
}

async fn ask_which(
    asked: &Asked<'_>,
    open: &[Incident],
    message: MessageRef,
) -> Result<(), Failure> {
    let options = open.iter().map(|incident| {
        let label = words::escape::short(&words::answer::incident_offer(incident), 100);
        serenity::CreateSelectMenuOption::new(label, incident.key.number.to_string())
    });
    let kind = serenity::CreateSelectMenuKind::String {
        options: options.collect(),
    };
    let menu = serenity::CreateSelectMenu::new(Pressed::AddMessage { message }.to_string(), kind);
    let rows = vec![serenity::CreateActionRow::SelectMenu(menu)];
    asked
        .show(Page {
            text: words::answer::which_of_the_open(),
            rows,
            ..Page::default()
        })
        .await
}
