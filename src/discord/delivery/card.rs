//! The pinned card.

use poise::serenity_prelude as serenity;
use serenity::{
    ButtonStyle, CreateActionRow, CreateButton, CreateEmbed, CreateEmbedFooter, CreateMessage,
    EditMessage, LightMethod, Request, Route,
};

use crate::discord::commands::View;
use crate::discord::custom_id::Pressed;
use crate::discord::rest::Rest;
use crate::discord::scribe::Scribe;
use crate::incident::{Incident, MessageRef, Status};
use crate::store::OutboxItem;
use crate::words::{self, Card};

use super::asleep;
use super::failure::{Failure, answer, is_gone};
use super::post::{place, post};

/// The name its message is remembered under.
const NAME: &str = "card";

/// The name under which it is remembered which card was pinned: people may unpin it.
const PINNED: &str = "pinned card";

/// The name of one that was replaced and is still there.
const FORMER: &str = "former card";

/// Discord's code for a message older than an hour that was edited too often.
const OLD_EDITED_TOO_OFTEN: isize = 30_046;

/// Shows the card as it is now: edited in place, or posted and pinned anew
/// where it was deleted or is too old to be edited so often.
pub(super) async fn deliver(
    scribe: &Scribe,
    http: &Rest,
    incident: &Incident,
    item: &OutboxItem,
) -> Result<(), Failure> {
    let channel = place(incident)?;
    let shown = embed(&words::card(incident));
    let old = scribe.store.post(incident.key, NAME).await?;
    if let Some(old) = old {
        let edit = EditMessage::new()
            .embed(shown.clone())
            .components(buttons(incident));
        match asleep::edit(http, old, &edit).await {
            Ok(()) => return settle(scribe, http, incident, old).await,
            Err(error)
                if is_gone(&error) && answer(&error).is_some_and(|(_, code, _)| code != 10_003) => {
            }
            Err(error)
                if answer(&error).is_some_and(|(_, code, _)| code == OLD_EDITED_TOO_OFTEN) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let message = CreateMessage::new()
        .embed(shown)
        .components(buttons(incident));
    let posted = post(scribe, http, channel, message, Vec::new(), item).await?;
    let store = &scribe.store;
    if let Some(old) = old.filter(|old| *old != posted) {
        store
            .remember_post(incident.key, FORMER, old, scribe.now())
            .await?;
    }
    store
        .remember_post(incident.key, NAME, posted, scribe.now())
        .await?;
    settle(scribe, http, incident, posted).await
}

/// Pins the card, once, and takes its forerunner away. What of it was done is
/// remembered, so that a crash in between leaves no card unpinned and none too much.
async fn settle(
    scribe: &Scribe,
    http: &Rest,
    incident: &Incident,
    card: MessageRef,
) -> Result<(), Failure> {
    let (store, key) = (&scribe.store, incident.key);
    if store.post(key, PINNED).await? != Some(card) {
        pin(http, card).await?;
        store.remember_post(key, PINNED, card, scribe.now()).await?;
    }
    if let Some(former) = store.post(key, FORMER).await? {
        remove(http, former).await?;
        store.forget_post(key, FORMER).await?;
    }
    Ok(())
}

/// The card as Discord shows it.
pub(crate) fn embed(card: &Card) -> CreateEmbed {
    let mut embed = CreateEmbed::new()
        .title(&card.title)
        .colour(card.colour)
        .footer(CreateEmbedFooter::new(&card.footer));
    if let Some(description) = &card.description {
        embed = embed.description(description);
    }
    let fields = card
        .fields
        .iter()
        .map(|(name, value)| (*name, value.as_str(), value.chars().count() < 40));
    embed.fields(fields)
}

/// What can be done from the card.
fn buttons(incident: &Incident) -> Vec<CreateActionRow> {
    let number = incident.key.number;
    let status = incident.status_now();
    let mut buttons = vec![status_button(number, status.usual_next(), status)];
    if status.is_open() && status.usual_next() != Status::Resolved {
        buttons.push(status_button(number, Status::Resolved, status));
    }
    let plain = |pressed: Pressed, label: &str| {
        CreateButton::new(pressed.to_string())
            .label(label)
            .style(ButtonStyle::Secondary)
    };
    buttons.push(plain(
        Pressed::Update { number },
        words::form::button_update(),
    ));
    buttons.push(plain(
        Pressed::Roles { number },
        words::form::button_roles(),
    ));
    buttons.push(plain(
        Pressed::Timeline {
            number,
            view: View::Key,
            page: None,
        },
        words::form::button_timeline(),
    ));
    let mut more = Vec::new();
    if status.is_open() && incident.commander().is_none() {
        let label = words::reminder::button_command();
        more.push(plain(Pressed::TakeCommand { number }, label));
    }
    let label = words::action::heading();
    more.push(plain(Pressed::AddAction { number }, label));
    vec![
        CreateActionRow::Buttons(buttons),
        CreateActionRow::Buttons(more),
    ]
}

fn status_button(
    number: crate::incident::IncidentNumber,
    to: Status,
    from: Status,
) -> CreateButton {
    let style = if to == Status::Resolved {
        ButtonStyle::Success
    } else {
        ButtonStyle::Primary
    };
    CreateButton::new(Pressed::Status { number, to }.to_string())
        .label(words::form::status_button(from, to))
        .style(style)
}

/// A card that cannot be pinned is still a card: pins have their own limit and permission.
async fn pin(http: &Rest, card: MessageRef) -> Result<(), Failure> {
    let (channel, message) = (
        serenity::ChannelId::new(card.channel.0),
        serenity::MessageId::new(card.message.0),
    );
    let route = Route::ChannelPin {
        channel_id: channel,
        message_id: message,
    };
    match http.wind(Request::new(route, LightMethod::Put)).await {
        Ok(()) => Ok(()),
        Err(error) => match error.into() {
            Failure::Never(reason) => {
                tracing::warn!(channel = card.channel.0, "the card is not pinned: {reason}");
                Ok(())
            }
            later => Err(later),
        },
    }
}

/// The former card would show a state that no longer holds.
async fn remove(http: &Rest, card: MessageRef) -> Result<(), Failure> {
    let (channel, message) = (
        serenity::ChannelId::new(card.channel.0),
        serenity::MessageId::new(card.message.0),
    );
    let route = Route::ChannelMessage {
        channel_id: channel,
        message_id: message,
    };
    match http.wind(Request::new(route, LightMethod::Delete)).await {
        Ok(()) => Ok(()),
        Err(error) if is_gone(&error) => Ok(()),
        Err(error) => match error.into() {
            Failure::Never(reason) => {
                tracing::warn!("a former card is still there: {reason}");
                Ok(())
            }
            later => Err(later),
        },
    }
}
