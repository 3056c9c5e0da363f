//! 📌 marks a key event; taking it off takes it back.

use poise::serenity_prelude as serenity;

use crate::discord::commands::mark;
use crate::discord::ids;
use crate::discord::recording::{self, Wanted};
use crate::discord::scribe::Scribe;
use crate::incident::{Actor, Context, IncidentKey, MessageRef, Person};

const PIN: &str = "📌";

/// Somebody put a reaction on a message.
pub(super) async fn added(
    scribe: &Scribe,
    context: &serenity::Context,
    reaction: &serenity::Reaction,
) {
    let Some((key, place)) = concerns(scribe, reaction) else {
        return;
    };
    let wanted = Wanted { key, place };
    let entry = recording::record_wanted(scribe, &context.http, wanted).await;
    match entry {
        Ok(Some(entry)) => set(scribe, context, reaction, key, entry, true).await,
        Ok(None) => {}
        Err(error) => log(place, &error),
    }
}

/// Somebody took one off. While another's is left, the mark stays.
pub(super) async fn removed(
    scribe: &Scribe,
    context: &serenity::Context,
    reaction: &serenity::Reaction,
) {
    let Some((key, place)) = concerns(scribe, reaction) else {
        return;
    };
    let left = match recording::fetch(&context.http, place).await {
        Ok(message) => message.is_some_and(|message| message.has_reaction(PIN)),
        Err(error) => return log(place, &error),
    };
    if left {
        return;
    }
    match scribe.store.message(place.message).await {
        Ok(Some(message)) if message.key == key => {
            set(scribe, context, reaction, key, message.seq, false).await;
        }
        Ok(_) => {}
        Err(error) => log(place, &error.into()),
    }
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

async fn set(
    scribe: &Scribe,
    context: &serenity::Context,
    reaction: &serenity::Reaction,
    key: IncidentKey,
    entry: crate::incident::Seq,
    on: bool,
) {
    let place = MessageRef {
        channel: ids::channel(reaction.channel_id),
        message: ids::message(reaction.message_id),
    };
    let actor = match who(context, reaction).await {
        Some(person) => Actor::Person(person),
        None => Actor::Scribe,
    };
    let command_context = Context {
        actor,
        now: scribe.now(),
        origin: Some(place),
    };
    let result = async {
        if let Some(incident) = scribe.store.incident(key).await? {
            mark(scribe, &incident, entry, on, command_context).await?;
        }
        anyhow::Ok(())
    };
    if let Err(error) = result.await {
        log(place, &error);
    }
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

fn log(place: MessageRef, error: &anyhow::Error) {
    tracing::error!(
        channel = place.channel.0,
        message = place.message.0,
        "a key event was not marked: {error:#}"
    );
}
