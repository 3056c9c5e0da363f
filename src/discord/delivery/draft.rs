//! The postmortem draft, posted as a file.

use poise::serenity_prelude as serenity;
use serenity::{CreateAttachment, CreateMessage};

use crate::discord::drafting;
use crate::discord::scribe::Scribe;
use crate::incident::{Incident, Seq};
use crate::store::OutboxItem;
use crate::words;

use super::failure::Failure;
use super::post::post_once;

/// Posts the draft of the log as it is now.
pub(super) async fn deliver(
    scribe: &Scribe,
    http: &serenity::Http,
    incident: &Incident,
    through: Seq,
    item: &OutboxItem,
) -> Result<(), Failure> {
    let markdown = drafting::markdown(scribe, incident, scribe.now()).await;
    let markdown = markdown.map_err(|error| Failure::Never(format!("{error:#}")))?;
    let file = CreateAttachment::bytes(markdown, drafting::FILE_NAME);
    let message = CreateMessage::new().content(words::answer::draft_posted(incident));
    let name = drafting::draft_name(through);
    post_once(scribe, http, incident, &name, message, Some(file), item).await
}
