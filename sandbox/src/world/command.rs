//! Commands that the application has registered.

use serde_json::{Value, json};

use super::state::World;
use crate::rest::error::ApiError;
use crate::snowflake::Snowflake;

/// A registered command: what was sent, plus what Discord adds.
#[derive(Clone, Debug)]
pub(crate) struct Command {
    pub(crate) id: Snowflake,
    pub(crate) version: Snowflake,
    /// The only guild it works in.
    pub(crate) guild: Option<Snowflake>,
    pub(crate) body: Value,
}

impl Command {
    pub(crate) fn name(&self) -> &str {
        self.body["name"].as_str().unwrap_or_default()
    }

    /// 1: typed after a slash, 2: on a user, 3: on a message.
    pub(crate) fn kind(&self) -> u64 {
        self.body["type"].as_u64().unwrap_or(1)
    }

    /// The command object as REST gives it.
    pub(crate) fn json(&self, application: Snowflake) -> Value {
        let mut out = json!({
            "id": self.id,
            "application_id": application,
            "version": self.version,
            "type": self.kind(),
            "name": self.name(),
            "description": self.body["description"].as_str().unwrap_or_default(),
            "default_member_permissions": self.body["default_member_permissions"],
            "nsfw": self.body["nsfw"].as_bool().unwrap_or(false),
            "integration_types": [0],
        });
        for key in [
            "options",
            "name_localizations",
            "description_localizations",
            "contexts",
        ] {
            if let Some(value) = self.body.get(key).filter(|v| !v.is_null()) {
                out[key] = without_nulls(value);
            }
        }
        match self.guild {
            Some(guild) => out["guild_id"] = json!(guild),
            None => {
                out["dm_permission"] = json!(self.body["dm_permission"].as_bool().unwrap_or(true))
            }
        }
        out
    }
}

impl World {
    /// Commands of one guild, or the global ones.
    pub(crate) fn commands_in(&self, guild: Option<Snowflake>) -> Vec<&Command> {
        self.commands
            .values()
            .filter(|command| command.guild == guild)
            .collect()
    }

    /// Replaces all commands of a place; one that keeps its name and type keeps its id.
    pub(crate) fn replace_commands(
        &mut self,
        guild: Option<Snowflake>,
        bodies: &[Value],
    ) -> Vec<Snowflake> {
        let old: Vec<_> = self.commands_in(guild).into_iter().cloned().collect();
        self.commands.retain(|_, command| command.guild != guild);
        bodies
            .iter()
            .map(|body| {
                let same = old.iter().find(|c| is_same(c, body));
                self.keep_command(same, guild, body.clone())
            })
            .collect()
    }

    /// Adds a command, or replaces the one of the same name and type; tells whether it is new.
    pub(crate) fn upsert_command(
        &mut self,
        guild: Option<Snowflake>,
        body: Value,
    ) -> (Snowflake, bool) {
        let old = self
            .commands_in(guild)
            .into_iter()
            .find(|c| is_same(c, &body))
            .cloned();
        let id = self.keep_command(old.as_ref(), guild, body);
        (id, old.is_none())
    }

    pub(crate) fn patch_command(
        &mut self,
        guild: Option<Snowflake>,
        id: Snowflake,
        change: &Value,
    ) -> Result<(), ApiError> {
        let version = self.new_id();
        let command = self
            .commands
            .get_mut(&id)
            .filter(|command| command.guild == guild)
            .ok_or_else(ApiError::unknown_command)?;
        for (key, value) in change.as_object().into_iter().flatten() {
            command.body[key] = value.clone();
        }
        command.version = version;
        Ok(())
    }

    fn keep_command(
        &mut self,
        old: Option<&Command>,
        guild: Option<Snowflake>,
        body: Value,
    ) -> Snowflake {
        let version = self.new_id();
        let id = old.map_or(version, |old| old.id);
        let command = Command {
            id,
            version,
            guild,
            body,
        };
        self.commands.insert(id, command);
        id
    }
}

fn is_same(command: &Command, body: &Value) -> bool {
    command.name() == body["name"].as_str().unwrap_or_default()
        && command.kind() == body["type"].as_u64().unwrap_or(1)
}

/// Discord leaves out what clients send as null.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Array(list) => list.iter().map(without_nulls).collect(),
        Value::Object(map) => map
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (key.clone(), without_nulls(value)))
            .collect(),
        other => other.clone(),
    }
}
