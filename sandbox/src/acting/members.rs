//! Coming and going.

use super::error::ActError;
use crate::permission::KICK_MEMBERS;
use crate::sandbox::Sandbox;
use crate::snowflake::Snowflake;

impl Sandbox {
    /// Somebody joins a guild; a name that is new makes a new account.
    pub async fn join(&self, name: &str, guild: Snowflake) -> Snowflake {
        self.add_member(guild, name)
    }

    /// A member leaves a guild.
    pub async fn leave(&self, member: &str, guild: Snowflake) -> Result<(), ActError> {
        self.shared.change(|world| {
            let user = world.find_user(member)?;
            Ok(world.remove_member(guild, user)?)
        })
    }

    /// A member throws another out; `"Scribe"` is the bot.
    pub async fn kick(&self, member: &str, target: &str, guild: Snowflake) -> Result<(), ActError> {
        self.shared.change(|world| {
            let user = world.find_user(member)?;
            let target = world.find_user(target)?;
            world.require_in_guild(user, guild, KICK_MEMBERS)?;
            Ok(world.remove_member(guild, target)?)
        })
    }
}
