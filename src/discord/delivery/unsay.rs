//! What Scribe itself said with a text that was removed for good: said anew
//! without it. The card, the announcement and the topic follow by themselves.

use chrono::NaiveDate;
use poise::serenity_prelude as serenity;
use serenity::{CreateAllowedMentions, EditAttachments, EditMessage, EditThread};

use crate::discord::rest::{Rest, RestError};
use crate::discord::scribe::Scribe;
use crate::discord::{drafting, summing_up};
use crate::incident::reminder::Reminder;
use crate::incident::{
    Command, Context, Entry, Fact, GuildId, Incident, IncidentKey, MessageId, MessageRef, Place,
    REDACTED, Redaction, Refusal, Seq,
};
use crate::report::link::post_name;
use crate::report::week::{Period, Week};
use crate::store::{Request, SubmitError, Target};
use crate::words;

use super::asleep;
use super::draft;
use super::failure::{Failure, is_gone};
use super::looks_like;
use super::offer;

/// Says anew what held the texts that an entry removed.
pub(super) async fn deliver(
    scribe: &Scribe,
    http: &Rest,
    incident: &Incident,
    redaction: Seq,
) -> Result<(), Failure> {
    let store = &scribe.store;
    let Some(redaction) = store.entry(incident.key, redaction).await? else {
        return Ok(());
    };
    let Fact::Redacted {
        entries, messages, ..
    } = &redaction.fact
    else {
        return Ok(());
    };
    let posts = store.posts(incident.key).await?;
    let (mut titled, mut reviewed) = (false, false);
    for seq in entries {
        let Some(entry) = store.entry(incident.key, *seq).await? else {
            continue;
        };
        titled |= matches!(entry.fact, Fact::Opened { .. } | Fact::Renamed { .. });
        reviewed |= is_in_reviews(&entry.fact);
        if let Some(place) = posts.get(&post_name(*seq))
            && let Some(text) = words::tell(incident, &entry)
        {
            edit(http, *place, EditMessage::new().content(text)).await?;
        }
        offer::withdraw(scribe, http, incident, *seq).await?;
    }
    for action in &incident.actions {
        let quoting = super::reminder::name(&format!("{}:", Reminder::Action(action.number)));
        let standing = posts.iter().filter(|(name, _)| name.starts_with(&quoting));
        for (_, place) in standing.filter(|_| action.text == REDACTED) {
            let text = words::reminder_end::without_text(incident, action.number);
            edit(http, *place, EditMessage::new().content(text)).await?;
        }
    }
    let drafts = posts
        .iter()
        .filter(|(name, _)| drafting::is_draft_name(name));
    for (_, place) in drafts {
        let (text, files) = draft::contents(scribe, incident).await?;
        let files = files
            .into_iter()
            .fold(EditAttachments::new(), |all, file| all.add(file));
        edit(
            http,
            *place,
            EditMessage::new().content(text).attachments(files),
        )
        .await?;
    }
    if reviewed {
        let weeks = posts.iter().filter_map(|(name, place)| {
            let monday = summing_up::monday_of(name)?;
            Some((monday, *place))
        });
        for (monday, place) in weeks {
            review_anew(scribe, http, incident.key.guild, monday, place).await?;
        }
    }
    if titled {
        for (name, place) in &posts {
            if looks_like::is_offer_of(name) {
                let text = words::like::title_removed(incident.key.number);
                edit(http, *place, EditMessage::new().content(text)).await?;
            }
        }
        rename_thread(http, incident).await?;
    }
    for message in messages {
        redact_copies(scribe, incident.key, &redaction, *message).await?;
    }
    Ok(())
}

/// Whether a weekly review may quote it: titles, action items, promises to the public.
fn is_in_reviews(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Opened { .. }
            | Fact::Renamed { .. }
            | Fact::ActionAdded { .. }
            | Fact::StatusChanged { .. }
            | Fact::Updated { .. }
    )
}

/// The review of a week as the record tells it now.
async fn review_anew(
    scribe: &Scribe,
    http: &Rest,
    guild: GuildId,
    monday: NaiveDate,
    place: MessageRef,
) -> Result<(), Failure> {
    let settings = scribe.store.settings(guild).await?;
    let week = Period::from(Week::containing(monday));
    let review = summing_up::summary(scribe, guild, &settings, week, scribe.now()).await;
    let review = review.map_err(|error| Failure::Never(format!("{error:#}")))?;
    let files = review
        .files
        .into_iter()
        .fold(EditAttachments::new(), |all, file| all.add(file));
    let said = EditMessage::new().content(review.message);
    edit(http, place, said.attachments(files)).await
}

/// Changes a message of Scribe's; one that is gone holds nothing any more.
async fn edit(http: &Rest, place: MessageRef, edit: EditMessage) -> Result<(), Failure> {
    let channel = serenity::ChannelId::new(place.channel.0);
    let message = serenity::MessageId::new(place.message.0);
    let edit = edit.allowed_mentions(CreateAllowedMentions::new());
    let edited = asleep::awake(http, place.channel, || {
        let edit = edit.clone();
        Box::pin(async move {
            let edited = channel.edit_message(&**http, message, edit).await;
            edited.map(drop).map_err(RestError::from)
        })
    });
    match edited.await {
        Ok(()) => Ok(()),
        Err(error) if is_gone(&error) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// A channel's name follows the title; a thread's is its people's, but for this.
async fn rename_thread(http: &Rest, incident: &Incident) -> Result<(), Failure> {
    let Some((thread, Place::Thread)) = incident.place else {
        return Ok(());
    };
    let name = EditThread::new().name(words::card::thread_name(incident));
    let edited = asleep::awake(http, thread, || {
        let name = name.clone();
        Box::pin(async move {
            let edited = serenity::ChannelId::new(thread.0).edit_thread(&**http, name);
            edited.await.map(drop).map_err(RestError::from)
        })
    });
    match edited.await {
        Ok(()) => {}
        Err(error) if is_gone(&error) => return Ok(()),
        Err(error) => return Err(error.into()),
    }
    // The first message of a forum post has the post's id and the title in it.
    let first = MessageRef {
        channel: thread,
        message: MessageId(thread.0),
    };
    let text = words::card::first_post(incident);
    edit(http, first, EditMessage::new().content(text)).await
}

/// Removes the notes that other incidents have of a message, in the name of
/// whoever removed the message.
async fn redact_copies(
    scribe: &Scribe,
    key: IncidentKey,
    redaction: &Entry,
    message: MessageId,
) -> Result<(), Failure> {
    for (copied_to, entry) in scribe.store.notes_of(key, message).await? {
        let reason = words::reason::removed_where_it_was_written();
        let request = Request {
            guild: copied_to.guild,
            target: Target::Incident(copied_to.number),
            command: Command::Redact(Redaction::new(vec![entry], reason)),
            context: Context {
                actor: redaction.actor.clone(),
                now: scribe.now(),
                origin: None,
            },
            once: None,
            quiet: false,
        };
        match scribe.submit(request).await {
            Ok(_) | Err(SubmitError::Refused(Refusal::AlreadyRedacted { .. })) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
