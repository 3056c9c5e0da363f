//! 📌 marks a key event; taking it off takes it back.

use poise::serenity_prelude as serenity;

use crate::discord::commands::{Mark, mark};
use crate::discord::ids;
use crate::discord::reading::RawMessage;
use crate::discord::recording::{self, Wanted};
use crate::discord::scribe::Scribe;
use crate::incident::{Actor, Context, Incident, IncidentKey, MessageRef, Person};

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
        scribe.missed(place.channel);
    }
}

async fn follow(
    scribe: &Scribe,
    context: &serenity::Context,
    reaction: &serenity::Reaction,
    key: IncidentKey,
    place: MessageRef,
) -> anyhow::Result<()> {
    let message = recording::fetch(scribe, &context.http, place).await?;
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
    let pin = if on { Mark::Pinned } else { Mark::Off };
    mark(scribe, &incident, entry, pin, command_context).await?;
    Ok(())
}

/// All reactions of a message were taken off, or all of one emoji. Who did it Discord does not say.
pub(super) async fn cleared(scribe: &Scribe, context: &serenity::Context, place: MessageRef) {
    let Some(key) = scribe.recorded.incident_of(place.channel) else {
        return;
    };
    let compare = async {
        let message = recording::fetch(scribe, &context.http, place).await?;
        let incident = scribe.store.incident(key).await?;
        if let (Some(message), Some(incident)) = (message, incident) {
            found(scribe, &context.http, &incident, &message).await?;
        }
        anyhow::Ok(())
    };
    if let Err(error) = compare.await {
        let (channel, message) = (place.channel.0, place.message.0);
        tracing::error!(
            channel,
            message,
            "a key event may be marked still: {error:#}"
        );
        scribe.missed(place.channel);
    }
}

/// A message was found with the reactions it has: whoever pinned it while
/// nobody listened has marked a key event, and where the 📌 that marked one is
/// gone, so is the mark. One that was chosen from the menu stays.
///
/// # Errors
/// Discord or the store fails.
pub(crate) async fn found(
    scribe: &Scribe,
    http: &serenity::Http,
    incident: &Incident,
    message: &RawMessage,
) -> anyhow::Result<()> {
    let on = message.has_reaction(PIN);
    if !on && incident.pinned_entries.is_empty() {
        return Ok(());
    }
    let place = message.place();
    let _one_at_a_time = scribe.pins.lock().await;
    let known = scribe.store.message(place.message).await?;
    let known = known.filter(|known| known.key == incident.key);
    // It may have changed while we waited.
    let (Some(known), Some(incident)) = (known, scribe.store.incident(incident.key).await?) else {
        return Ok(());
    };
    let marked = incident.key_entries.contains(&known.seq);
    let pinned = incident.pinned_entries.contains(&known.seq);
    let differs = |on: bool| if on { !marked } else { pinned };
    if !differs(on) {
        return Ok(());
    }
    // A page is as old as its request, and a 📌 may have come or gone by an event since.
    let now = recording::fetch(scribe, http, place).await?;
    let Some(on) = now.map(|now| now.has_reaction(PIN)) else {
        return Ok(());
    };
    let (mark_as, actor) = match on {
        _ if !differs(on) => return Ok(()),
        true => (Mark::Pinned, who_pinned(http, place).await?),
        false => (Mark::Off, Actor::Scribe),
    };
    let context = Context {
        actor,
        now: scribe.now(),
        origin: Some(place),
    };
    mark(scribe, &incident, known.seq, mark_as, context).await?;
    Ok(())
}

async fn who_pinned(http: &serenity::Http, place: MessageRef) -> anyhow::Result<Actor> {
    let who = http
        .get_reaction_users(
            serenity::ChannelId::new(place.channel.0),
            serenity::MessageId::new(place.message.0),
            &serenity::ReactionType::Unicode(PIN.to_owned()),
            1,
            None,
        )
        .await?;
    Ok(who
        .first()
        .map_or(Actor::Scribe, |user| Actor::Person(ids::person(user, None))))
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
