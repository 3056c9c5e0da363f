//! 📌 marks a key event; taking it off takes it back.

use poise::serenity_prelude as serenity;

use crate::discord::catch_up::Cause;
use crate::discord::commands::mark;
use crate::discord::ids;
use crate::discord::reading::RawMessage;
use crate::discord::recording::{self, Wanted};
use crate::discord::scribe::Scribe;
use crate::incident::{Actor, Context, IncidentKey, MessageRef, Person};

const PIN: &str = "📌";

/// A reaction came or went. Both come in any order, so what counts is what is
/// on the message now, looked at by one at a time.
pub(super) async fn changed(
    scribe: &Scribe,
    context: &serenity::Context,
    reaction: &serenity::Reaction,
) {
    let Some((key, place)) = concerns(scribe, reaction) else {
        return;
    };
    let _one_at_a_time = scribe.pins.lock().await;
    if let Err(error) = follow(scribe, context, reaction, key, place).await {
        let (channel, message) = (place.channel.0, place.message.0);
        tracing::error!(channel, message, "a key event was not marked: {error:#}");
        scribe.wanted.want(Cause::Resumed);
    }
}

async fn follow(
    scribe: &Scribe,
    context: &serenity::Context,
    reaction: &serenity::Reaction,
    key: IncidentKey,
    place: MessageRef,
) -> anyhow::Result<()> {
    let message = recording::fetch(&context.http, place).await?;
    let on = message.is_some_and(|message| message.has_reaction(PIN));
    let entry = if on {
        recording::record_wanted(scribe, &context.http, Wanted { key, place }).await?
    } else {
        let known = scribe.store.message(place.message).await?;
        known
            .filter(|known| known.key == key)
            .map(|known| known.seq)
    };
    let (Some(entry), Some(incident)) = (entry, scribe.store.incident(key).await?) else {
        return Ok(());
    };
    let command_context = Context {
        actor: who(context, reaction)
            .await
            .map_or(Actor::Scribe, Actor::Person),
        now: scribe.now(),
        origin: Some(place),
    };
    mark(scribe, &incident, entry, on, command_context).await?;
    Ok(())
}

/// A message was found with the reactions it has: whoever pinned it while
/// nobody listened has marked a key event.
///
/// # Errors
/// Discord or the store fails.
pub(crate) async fn found(
    scribe: &Scribe,
    http: &serenity::Http,
    key: IncidentKey,
    message: &RawMessage,
) -> anyhow::Result<()> {
    if !message.has_reaction(PIN) {
        return Ok(());
    }
    let place = message.place();
    let _one_at_a_time = scribe.pins.lock().await;
    let known = scribe.store.message(place.message).await?;
    let known = known.filter(|known| known.key == key);
    let (Some(known), Some(incident)) = (known, scribe.store.incident(key).await?) else {
        return Ok(());
    };
    if incident.key_entries.contains(&known.seq) {
        return Ok(());
    }
    let who = http
        .get_reaction_users(
            serenity::ChannelId::new(place.channel.0),
            serenity::MessageId::new(place.message.0),
            &serenity::ReactionType::Unicode(PIN.to_owned()),
            1,
            None,
        )
        .await?;
    let context = Context {
        actor: who
            .first()
            .map_or(Actor::Scribe, |user| Actor::Person(ids::person(user, None))),
        now: scribe.now(),
        origin: Some(place),
    };
    mark(scribe, &incident, known.seq, true, context).await?;
    Ok(())
}

fn concerns(scribe: &Scribe, reaction: &serenity::Reaction) -> Option<(IncidentKey, MessageRef)> {
    let key = scribe
        .recorded
        .incident_of(ids::channel(reaction.channel_id))?;
    let mine = reaction
        .user_id
        .is_some_and(|user| scribe.is_me(ids::user(user)));
    if mine || !reaction.emoji.unicode_eq(PIN) {
        return None;
    }
    let place = MessageRef {
        channel: ids::channel(reaction.channel_id),
        message: ids::message(reaction.message_id),
    };
    Some((key, place))
}

/// Who reacted. Adding tells the member, removing only the id.
async fn who(context: &serenity::Context, reaction: &serenity::Reaction) -> Option<Person> {
    if let Some(member) = &reaction.member {
        return Some(ids::person(&member.user, member.nick.as_deref()));
    }
    let (guild, user) = (reaction.guild_id?, reaction.user_id?);
    let member = guild.member(context, user).await.ok()?;
    Some(ids::person(&member.user, member.nick.as_deref()))
}
