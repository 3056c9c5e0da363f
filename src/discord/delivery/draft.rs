//! The postmortem draft, posted as a file with a picture beside it.

use poise::serenity_prelude as serenity;
use serenity::{CreateAttachment, CreateMessage};

use crate::discord::drafting;
use crate::discord::rest::Rest;
use crate::discord::scribe::Scribe;
use crate::incident::{Incident, Seq};
use crate::store::OutboxItem;
use crate::words;

use super::failure::Failure;
use super::post::post_once;

/// Posts the draft of the log as it is now.
pub(super) async fn deliver(
    scribe: &Scribe,
    http: &Rest,
    incident: &Incident,
    through: Seq,
    item: &OutboxItem,
) -> Result<(), Failure> {
    let (text, files) = contents(scribe, incident).await?;
    let message = CreateMessage::new().content(text);
    let name = drafting::draft_name(through);
    post_once(scribe, http, incident, &name, message, files, item).await
}

/// What is posted: the text, and the draft of the log as it is now with its picture.
pub(super) async fn contents(
    scribe: &Scribe,
    incident: &Incident,
) -> Result<(String, Vec<CreateAttachment>), Failure> {
    let written = drafting::written(scribe, incident, scribe.now()).await;
    let written = written.map_err(|error| Failure::Never(format!("{error:#}")))?;
    let file = CreateAttachment::bytes(written.markdown, drafting::FILE_NAME);
    let picture = drafting::picture(written.picture).await;
    let picture = picture.map(|png| CreateAttachment::bytes(png, drafting::PICTURE_NAME));
    let files = std::iter::once(file).chain(picture).collect();
    Ok((words::report::draft_posted(incident), files))
}
