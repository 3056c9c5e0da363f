//! Messages of members, their edits, deletions and reactions.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::error::ActError;
use super::names::ChannelRef;
use super::say::Say;
use crate::checks;
use crate::sandbox::Sandbox;
use crate::snowflake::Snowflake;

impl Sandbox {
    /// Says something.
    pub async fn say(
        &self,
        member: &str,
        channel: impl Into<ChannelRef>,
        text: &str,
    ) -> Result<Snowflake, ActError> {
        self.say_with(member, channel, Say::text(text)).await
    }

    /// Said something, at a moment of the past (UTC): history that was there before.
    pub async fn say_at(
        &self,
        member: &str,
        channel: impl Into<ChannelRef>,
        text: &str,
        at: DateTime<Utc>,
    ) -> Result<Snowflake, ActError> {
        self.say_with(member, channel, Say::text(text).at(at)).await
    }

    /// Posts a message with whatever hangs on it.
    pub async fn say_with(
        &self,
        member: &str,
        channel: impl Into<ChannelRef>,
        say: Say,
    ) -> Result<Snowflake, ActError> {
        let channel = channel.into();
        self.shared.change(|world| {
            let (user, channel) = world.member_in(member, &channel)?;
            checks::message(&json!({"content": say.draft.content, "embeds": say.draft.embeds}))?;
            let mut draft = say.draft;
            match say.webhook {
                Some(name) => {
                    draft.webhook = Some((world.new_id(), name));
                    Ok(world.put(user, channel, draft)?)
                }
                None => Ok(world.post(user, channel, draft)?),
            }
        })
    }

    /// Changes the text of one's own message.
    pub async fn edit(
        &self,
        member: &str,
        channel: impl Into<ChannelRef>,
        message: Snowflake,
        text: &str,
    ) -> Result<(), ActError> {
        let channel = channel.into();
        self.shared.change(|world| {
            let (user, channel) = world.member_in(member, &channel)?;
            let body = json!({"content": text});
            checks::message(&body)?;
            Ok(world.edit(user, channel, message, &body, Vec::new())?)
        })
    }

    /// Deletes a message, one's own or with the right to manage messages.
    pub async fn delete(
        &self,
        member: &str,
        channel: impl Into<ChannelRef>,
        message: Snowflake,
    ) -> Result<(), ActError> {
        let channel = channel.into();
        self.shared.change(|world| {
            let (user, channel) = world.member_in(member, &channel)?;
            Ok(world.delete(user, channel, message)?)
        })
    }

    /// Deletes 2 to 100 messages at once, as moderation bots do.
    pub async fn bulk_delete(
        &self,
        member: &str,
        channel: impl Into<ChannelRef>,
        messages: &[Snowflake],
    ) -> Result<(), ActError> {
        let channel = channel.into();
        self.shared.change(|world| {
            let (user, channel) = world.member_in(member, &channel)?;
            Ok(world.bulk_delete(user, channel, messages)?)
        })
    }

    /// Adds a reaction: the emoji itself, or `name:id` for a guild's own.
    pub async fn react(
        &self,
        member: &str,
        channel: impl Into<ChannelRef>,
        message: Snowflake,
        emoji: &str,
    ) -> Result<(), ActError> {
        let channel = channel.into();
        self.shared.change(|world| {
            let (user, channel) = world.member_in(member, &channel)?;
            Ok(world.react(user, channel, message, emoji)?)
        })
    }

    /// Takes one's own reaction back.
    pub async fn unreact(
        &self,
        member: &str,
        channel: impl Into<ChannelRef>,
        message: Snowflake,
        emoji: &str,
    ) -> Result<(), ActError> {
        let channel = channel.into();
        self.shared.change(|world| {
            let (user, channel) = world.member_in(member, &channel)?;
            Ok(world.unreact(user, channel, message, emoji, user)?)
        })
    }

    /// Takes all reactions off a message, or all of one emoji; needs the right to manage messages.
    pub async fn clear_reactions(
        &self,
        member: &str,
        channel: impl Into<ChannelRef>,
        message: Snowflake,
        emoji: Option<&str>,
    ) -> Result<(), ActError> {
        let channel = channel.into();
        self.shared.change(|world| {
            let (user, channel) = world.member_in(member, &channel)?;
            Ok(world.clear_reactions(user, channel, message, emoji)?)
        })
    }

    /// Pins a message.
    pub async fn pin(
        &self,
        member: &str,
        channel: impl Into<ChannelRef>,
        message: Snowflake,
    ) -> Result<(), ActError> {
        let channel = channel.into();
        self.shared.change(|world| {
            let (user, channel) = world.member_in(member, &channel)?;
            Ok(world.pin(user, channel, message)?)
        })
    }

    /// Unpins a message.
    pub async fn unpin(
        &self,
        member: &str,
        channel: impl Into<ChannelRef>,
        message: Snowflake,
    ) -> Result<(), ActError> {
        let channel = channel.into();
        self.shared.change(|world| {
            let (user, channel) = world.member_in(member, &channel)?;
            Ok(world.unpin(user, channel, message)?)
        })
    }
}
