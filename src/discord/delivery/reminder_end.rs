//! A reminder whose reason is gone: struck through, and without its buttons.

use poise::serenity_prelude as serenity;
use serenity::{CreateAllowedMentions, EditMessage};

use crate::discord::rest::Rest;
use crate::discord::scribe::Scribe;
use crate::incident::Incident;
use crate::incident::reminder::{self, SaidReminder};
use crate::words;

use super::asleep;
use super::failure::{Failure, is_gone};

/// The name under which a reminder is remembered that was struck through.
fn struck(said: &SaidReminder) -> String {
    format!("reminded:{}", said.key())
}

/// Strikes the reminder through, if its reason is still gone.
pub(super) async fn deliver(
    scribe: &Scribe,
    http: &Rest,
    incident: &Incident,
    said: SaidReminder,
) -> Result<(), Failure> {
    let store = &scribe.store;
    let name = super::reminder::name(&said.key());
    let Some(post) = store.post(incident.key, &name).await? else {
        return Ok(());
    };
    let settings = store.settings(incident.key.guild).await?;
    let now = scribe.now();
    let Some(ended) = reminder::ended(incident, &settings, &said, now) else {
        return Ok(());
    };
    let edit = EditMessage::new()
        .content(words::reminder_end::ended(incident, said.reminder, &ended))
        .allowed_mentions(CreateAllowedMentions::new())
        .components(Vec::new());
    match asleep::edit(http, post, &edit).await {
        Err(error) if is_gone(&error) => {}
        result => result?,
    }
    store
        .remember_post(incident.key, &struck(&said), post, now)
        .await?;
    Ok(store.forget_post(incident.key, &name).await?)
}
