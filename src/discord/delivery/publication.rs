//! A published postmortem, posted where the guild wants it, and what becomes of
//! that post when a text it rests on is removed for good.

use poise::serenity_prelude as serenity;
use serenity::{
    ChannelType, CreateAttachment, CreateForumPost, CreateMessage, EditAttachments, EditMessage,
};

use crate::discord::rest::{Rest, RestError};
use crate::discord::scribe::Scribe;
use crate::discord::{drafting, ids, publishing};
use crate::incident::{ChannelId, DocumentFormat, Incident, MessageRef, Publication};
use crate::report::picture;
use crate::store::OutboxItem;
use crate::words;

use super::asleep;
use super::failure::{Failure, is_gone};
use super::post::{place, post};

/// Posts a version, or empties the post of one that is no longer there.
pub(super) async fn deliver(
    scribe: &Scribe,
    http: &Rest,
    incident: &Incident,
    version: u32,
    item: &OutboxItem,
) -> Result<(), Failure> {
    let told = incident
        .publications
        .iter()
        .find(|one| one.version == version);
    let Some(told) = told else {
        return Err(Failure::Never(format!("there is no version {version}")));
    };
    let name = format!("postmortem:{version}");
    let posted = scribe.store.post(incident.key, &name).await?;
    match (posted, told.redacted_by) {
        (Some(posted), Some(by)) => {
            let edit = EditMessage::new()
                .content(words::postmortem::post_redacted(incident, version, by))
                .attachments(EditAttachments::new());
            match asleep::edit(http, posted, &edit).await {
                Err(error) if !is_gone(&error) => Err(error.into()),
                _ => Ok(()),
            }
        }
        (Some(_), None) | (None, Some(_)) => Ok(()),
        (None, None) => {
            let posted = publish(scribe, http, incident, told, item).await?;
            let now = scribe.now();
            let remembered = scribe.store.remember_post(incident.key, &name, posted, now);
            Ok(remembered.await?)
        }
    }
}

async fn publish(
    scribe: &Scribe,
    http: &Rest,
    incident: &Incident,
    told: &Publication,
    item: &OutboxItem,
) -> Result<MessageRef, Failure> {
    let mut files = Vec::new();
    for format in [DocumentFormat::Md, DocumentFormat::Html] {
        let document = scribe
            .store
            .published(incident.key, told.version, format)
            .await?;
        let name = publishing::file_name(incident, told.version, format);
        files.extend(document.map(|text| CreateAttachment::bytes(text, name)));
    }
    let svg = drafting::on_the_log(scribe, incident, scribe.now(), |input| {
        let draft = crate::report::postmortem::draft(input);
        Ok(picture::incident(&draft, input.settings.zone))
    });
    let svg = svg
        .await
        .map_err(|error| Failure::later(format!("{error:#}")))?;
    let png = drafting::picture(svg).await;
    files.extend(png.map(|png| CreateAttachment::bytes(png, drafting::PICTURE_NAME)));
    let content = words::postmortem::post(incident, told);
    let message = CreateMessage::new().content(content);
    let settings = scribe.store.settings(incident.key.guild).await?;
    // What is private stays where its members are, wherever the others go.
    let chosen = settings.postmortem_channel.filter(|_| !incident.private);
    let Some(channel) = chosen else {
        let own = place(incident)?;
        return post(scribe, http, own, message, files, item).await;
    };
    if is_forum(http, channel).await? {
        return post_in_forum(
            scribe,
            http,
            channel,
            incident,
            told,
            message.add_files(files),
            item,
        )
        .await;
    }
    post(scribe, http, channel, message, files, item).await
}

async fn is_forum(http: &Rest, channel: ChannelId) -> Result<bool, Failure> {
    let channel_id = serenity::ChannelId::new(channel.0);
    let channel = http.get::<serenity::Channel>(serenity::Route::Channel { channel_id });
    let channel = channel.await.map_err(|error| match is_gone(&error) {
        true => Failure::Never(words::failure::postmortem_channel_gone()).mendable(),
        false => error.into(),
    })?;
    let channel = channel.guild();
    Ok(channel.is_some_and(|channel| channel.kind == ChannelType::Forum))
}

/// A post of a forum takes no nonce, so that of an earlier try is looked for by its name.
async fn post_in_forum(
    scribe: &Scribe,
    http: &Rest,
    forum: ChannelId,
    incident: &Incident,
    told: &Publication,
    message: CreateMessage,
    item: &OutboxItem,
) -> Result<MessageRef, Failure> {
    let name = words::postmortem::forum_title(incident, told);
    let forum = serenity::ChannelId::new(forum.0);
    if item.attempts > 1 {
        let guild = serenity::GuildId::new(incident.key.guild.0);
        let threads = http.get_guild_active_threads(guild).await;
        let threads = threads.map_err(RestError::from)?.threads;
        let ours = threads.iter().find(|thread| {
            let owner = thread
                .owner_id
                .is_some_and(|owner| scribe.is_me(ids::user(owner)));
            thread.parent_id == Some(forum) && thread.name == name && owner
        });
        if let Some(thread) = ours {
            return Ok(first_message(thread.id));
        }
    }
    let thread = forum.create_forum_post(&**http, CreateForumPost::new(name, message));
    let thread = thread.await.map_err(RestError::from)?;
    Ok(first_message(thread.id))
}

/// The first message of a forum's post has the post's id.
fn first_message(thread: serenity::ChannelId) -> MessageRef {
    MessageRef {
        channel: ids::channel(thread),
        message: ids::message(serenity::MessageId::new(thread.get())),
    }
}
