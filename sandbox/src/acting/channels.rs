//! What members do with channels and threads.

use serde_json::{Value, json};

use super::error::ActError;
use super::names::ChannelRef;
use crate::sandbox::Sandbox;
use crate::snowflake::Snowflake;

impl Sandbox {
    /// Starts a thread: on a message, or without one as a public thread of the channel.
    pub async fn thread(
        &self,
        member: &str,
        channel: impl Into<ChannelRef>,
        message: Option<Snowflake>,
        name: &str,
    ) -> Result<Snowflake, ActError> {
        let channel = channel.into();
        self.shared.change(|world| {
            let (user, channel) = world.member_in(member, &channel)?;
            Ok(match message {
                Some(message) => world.thread_on(user, channel, message, &json!({"name": name}))?,
                None => world.free_thread(user, channel, &json!({"name": name, "type": 11}))?,
            })
        })
    }

    /// Starts a private thread.
    pub async fn private_thread(
        &self,
        member: &str,
        channel: impl Into<ChannelRef>,
        name: &str,
    ) -> Result<Snowflake, ActError> {
        let channel = channel.into();
        self.shared.change(|world| {
            let (user, channel) = world.member_in(member, &channel)?;
            Ok(world.free_thread(user, channel, &json!({"name": name, "type": 12}))?)
        })
    }

    /// Archives a thread, or wakes it.
    pub async fn archive(
        &self,
        member: &str,
        thread: impl Into<ChannelRef>,
        archived: bool,
    ) -> Result<(), ActError> {
        self.change_channel(member, &thread.into(), &json!({"archived": archived}))
    }

    /// Locks a thread, or unlocks it.
    pub async fn lock(
        &self,
        member: &str,
        thread: impl Into<ChannelRef>,
        locked: bool,
    ) -> Result<(), ActError> {
        self.change_channel(member, &thread.into(), &json!({"locked": locked}))
    }

    /// Gives a channel or thread another name.
    pub async fn rename_channel(
        &self,
        member: &str,
        channel: impl Into<ChannelRef>,
        name: &str,
    ) -> Result<(), ActError> {
        self.change_channel(member, &channel.into(), &json!({"name": name}))
    }

    /// Gives a channel another topic.
    pub fn set_topic(
        &self,
        member: &str,
        channel: impl Into<ChannelRef>,
        topic: &str,
    ) -> Result<(), ActError> {
        self.change_channel(member, &channel.into(), &json!({"topic": topic}))
    }

    /// Deletes a channel or thread.
    pub async fn delete_channel(
        &self,
        member: &str,
        channel: impl Into<ChannelRef>,
    ) -> Result<(), ActError> {
        let channel = channel.into();
        self.shared.change(|world| {
            let (user, channel) = world.member_in(member, &channel)?;
            world.delete_channel(user, channel)?;
            Ok(())
        })
    }

    /// Creates a text channel.
    pub async fn create_channel(
        &self,
        member: &str,
        guild: Snowflake,
        name: &str,
    ) -> Result<Snowflake, ActError> {
        self.shared.change(|world| {
            let user = world.find_user(member)?;
            Ok(world.create_channel(user, guild, &json!({"name": name}))?)
        })
    }

    /// Opens the conversation of a member with the bot, where commands can be typed and things said.
    pub async fn direct_message(&self, member: &str) -> Result<Snowflake, ActError> {
        self.shared.change(|world| {
            let user = world.find_user(member)?;
            Ok(world.direct_channel(world.bot, user))
        })
    }

    fn change_channel(
        &self,
        member: &str,
        channel: &ChannelRef,
        change: &Value,
    ) -> Result<(), ActError> {
        self.shared.change(|world| {
            let (user, channel) = world.member_in(member, channel)?;
            Ok(world.edit_channel(user, channel, change)?)
        })
    }
}
