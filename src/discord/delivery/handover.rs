//! An offer of command, with the buttons that answer it while it is open.

use poise::serenity_prelude as serenity;
use serenity::{
    ButtonStyle, CreateActionRow, CreateAllowedMentions, CreateButton, CreateMessage, EditMessage,
};

use crate::discord::custom_id::Pressed;
use crate::discord::rest::Rest;
use crate::discord::scribe::Scribe;
use crate::incident::{Fact, Incident, Seq};
use crate::report::link::post_name;
use crate::store::OutboxItem;
use crate::words::{self, handover as labels};

use super::access::admit;
use super::failure::{Failure, is_gone};
use super::post::{place, post};

/// Shows the offer as it is now. It is posted as it was made, so that a second
/// try finds the first, and changed where it is over.
pub(super) async fn deliver(
    scribe: &Scribe,
    http: &Rest,
    incident: &Incident,
    offer: Seq,
    item: &OutboxItem,
) -> Result<(), Failure> {
    let store = &scribe.store;
    let Some(entry) = store.entry(incident.key, offer).await? else {
        return Ok(());
    };
    let (Fact::HandoverOffered(asked), Some(known)) = (
        &entry.fact,
        incident.handovers.iter().find(|one| one.seq == offer),
    ) else {
        return Ok(());
    };
    let name = post_name(offer);
    let posted = match store.post(incident.key, &name).await? {
        Some(posted) => posted,
        None => {
            // Who does not see the offer cannot answer it.
            admit(scribe, http, incident, &asked.to).await;
            let called = serenity::UserId::new(asked.to.id.0);
            let message = CreateMessage::new()
                .content(labels::first_offer(incident, &entry, asked))
                .allowed_mentions(CreateAllowedMentions::new().users([called]))
                .components(vec![buttons(incident, offer)]);
            let channel = place(incident)?;
            let posted = post(scribe, http, channel, message, Vec::new(), item).await?;
            store
                .remember_post(incident.key, &name, posted, scribe.now())
                .await?;
            posted
        }
    };
    if known.ended.is_none() {
        return Ok(());
    }
    let text = words::tell(incident, &entry).unwrap_or_default();
    let edit = EditMessage::new()
        .content(text)
        .allowed_mentions(CreateAllowedMentions::new())
        .components(Vec::new());
    let (channel, message) = (
        serenity::ChannelId::new(posted.channel.0),
        serenity::MessageId::new(posted.message.0),
    );
    match http.edit(channel, message, &edit).await {
        Err(error) if !is_gone(&error) => Err(error.into()),
        _ => Ok(()),
    }
}

fn buttons(incident: &Incident, offer: Seq) -> CreateActionRow {
    let button = |accept: bool, label: &str, style: ButtonStyle| {
        let number = incident.key.number;
        let pressed = Pressed::Handover {
            number,
            offer,
            accept,
        };
        CreateButton::new(pressed.to_string())
            .label(label)
            .style(style)
    };
    CreateActionRow::Buttons(vec![
        button(true, labels::button_accept(), ButtonStyle::Success),
        button(false, labels::button_decline(), ButtonStyle::Secondary),
    ])
}
