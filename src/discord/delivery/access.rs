//! Who may see the channel of a private incident.

use poise::serenity_prelude as serenity;
use serenity::Permissions;

use crate::discord::rest::Rest;
use crate::discord::scribe::Scribe;
use crate::incident::{Command, Guest, Incident, Person, Place};

use super::place::note;

/// What members of a private incident may do in its channel.
pub(super) const SEEN: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::READ_MESSAGE_HISTORY);

/// Lets somebody into the channel of a private incident, and notes that in its
/// log. Without the permission to do so they are still told, and somebody else
/// can let them in.
pub(super) async fn admit(scribe: &Scribe, http: &Rest, incident: &Incident, person: &Person) {
    if !incident.private {
        return;
    }
    let Some((channel, Place::Channel)) = incident.place else {
        return;
    };
    let (channel, target) = (
        serenity::ChannelId::new(channel.0),
        serenity::TargetId::new(person.id.0),
    );
    let overwrite = serde_json::json!({"type": 1, "allow": SEEN.bits().to_string(), "deny": "0"});
    if let Err(error) = http
        .create_permission(channel, target, &overwrite, None)
        .await
    {
        tracing::warn!(
            channel = channel.get(),
            "somebody cannot be let into the channel of a private incident: {error}"
        );
        return;
    }
    let to = Guest::Person(person.clone());
    if let Err(error) = note(scribe, incident, Command::GiveAccess { to }, None).await {
        tracing::error!("who was let into a private channel is not in the log: {error}");
    }
}
