//! Lines in the incident's channel.

use poise::serenity_prelude as serenity;
use serenity::{CreateAllowedMentions, CreateMessage};

use crate::discord::rest::Rest;
use crate::discord::scribe::Scribe;
use crate::incident::{Fact, Incident, IncidentKey, IncidentNumber, Seq};
use crate::report::link::post_name;
use crate::store::OutboxItem;
use crate::words;

use super::access::admit;
use super::failure::Failure;
use super::post::post_once;

/// Tells of an entry.
pub(super) async fn deliver(
    scribe: &Scribe,
    http: &Rest,
    incident: &Incident,
    entry: Seq,
    item: &OutboxItem,
) -> Result<(), Failure> {
    let Some(entry) = scribe.store.entry(incident.key, entry).await? else {
        return Ok(());
    };
    let Some(mut text) = words::tell(incident, &entry) else {
        return Ok(());
    };
    if let Fact::Linked { to, .. } = &entry.fact {
        text += &where_it_is(scribe, incident, *to).await?;
    }
    // Whoever gets a role or an action item, and whoever had the role, is told in person;
    // nobody else is called.
    let called: Vec<serenity::UserId> = match &entry.fact {
        Fact::RoleGiven { from, to, .. } => from
            .iter()
            .chain([to])
            .map(|person| serenity::UserId::new(person.id.0))
            .collect(),
        Fact::ActionAssigned { from, to, .. }
            if from.as_ref().is_none_or(|from| from.id != to.id) =>
        {
            vec![serenity::UserId::new(to.id.0)]
        }
        Fact::HandoverEnded(end) => {
            let mut offers = incident.handovers.iter();
            let offer = offers.find(|offer| offer.seq == end.offer);
            let told = offer.and_then(|offer| offer.told_of(end.how));
            told.into_iter()
                .map(|person| serenity::UserId::new(person.id.0))
                .collect()
        }
        _ => Vec::new(),
    };
    if let Fact::RoleGiven { to, .. } = &entry.fact {
        admit(scribe, http, incident, to).await;
    }
    let message = CreateMessage::new()
        .content(text)
        .allowed_mentions(CreateAllowedMentions::new().users(called));
    post_once(
        scribe,
        http,
        incident,
        &post_name(entry.seq),
        message,
        Vec::new(),
        item,
    )
    .await
}

/// The way to another incident's channel.
async fn where_it_is(
    scribe: &Scribe,
    incident: &Incident,
    number: IncidentNumber,
) -> Result<String, Failure> {
    let guild = incident.key.guild;
    let other = IncidentKey { guild, number };
    let other = scribe.store.incident(other).await?;
    let place = other.and_then(|other| other.place);
    Ok(place.map_or_else(String::new, |(channel, _)| words::link::way(channel)))
}
