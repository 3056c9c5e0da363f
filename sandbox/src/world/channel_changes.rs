//! Creating, changing and deleting channels and their overwrites.

use serde_json::{Value, json};

use super::channel::{Channel, ChannelKind};
use super::posting::snowflake;
use super::state::World;
use crate::gateway::{Event, intent};
use crate::permission::{
    ADMINISTRATOR, MANAGE_CHANNELS, MANAGE_ROLES, MANAGE_THREADS, Overwrite, Permissions,
    VIEW_CHANNEL,
};
use crate::rest::error::ApiError;
use crate::snowflake::Snowflake;

/// Most channels of a guild, categories among them and threads not.
const PER_GUILD: usize = 500;
/// Most channels of a category.
const PER_CATEGORY: usize = 50;

impl World {
    pub(crate) fn create_channel(
        &mut self,
        actor: Snowflake,
        guild: Snowflake,
        body: &Value,
    ) -> Result<Snowflake, ApiError> {
        self.require_in_guild(actor, guild, MANAGE_CHANNELS)?;
        let kind = ChannelKind::from_number(body["type"].as_u64().unwrap_or(0))
            .filter(|kind| !kind.is_thread() && *kind != ChannelKind::Direct)
            .ok_or_else(|| {
                ApiError::form(
                    "type",
                    "BASE_TYPE_CHOICES",
                    "Value must be one of (0, 2, 4, 5, 13, 15, 16).",
                )
            })?;
        if self.channels_of(guild).len() >= PER_GUILD {
            return Err(ApiError::new(
                400,
                30013,
                "Maximum number of server channels reached (500)",
            ));
        }
        let name = given_name(kind, body["name"].as_str().unwrap_or_default())?;
        let parent = snowflake(&body["parent_id"]);
        if let Some(parent) = parent {
            self.check_category(guild, parent)?;
        }
        let overwrites = match &body["permission_overwrites"] {
            Value::Array(list) => {
                let parsed: Vec<_> = list.iter().filter_map(overwrite).collect();
                for overwrite in &parsed {
                    self.check_overwrite(actor, guild, overwrite, None)?;
                }
                parsed
            }
            _ => parent
                .and_then(|id| self.channels.get(&id))
                .map(|category| category.overwrites.clone())
                .unwrap_or_default(),
        };
        let id = self.new_id();
        let mut channel = Channel::new(id, kind, name);
        channel.guild = Some(guild);
        channel.parent = parent;
        channel.topic = body["topic"].as_str().map(str::to_owned);
        channel.nsfw = body["nsfw"].as_bool().unwrap_or(false);
        channel.slowmode = body["rate_limit_per_user"].as_u64().unwrap_or(0);
        channel.position = body["position"].as_i64().unwrap_or_else(|| {
            let siblings = self.channels_of(guild);
            siblings.iter().map(|c| c.position + 1).max().unwrap_or(0)
        });
        channel.overwrites = overwrites;
        channel.available_tags = self.with_tag_ids(&body["available_tags"]);
        self.put_channel(channel);
        self.tell_channel("CHANNEL_CREATE", id);
        Ok(id)
    }

    fn with_tag_ids(&mut self, tags: &Value) -> Vec<Value> {
        let mut tags = tags.as_array().cloned().unwrap_or_default();
        for tag in &mut tags {
            if tag["id"].is_null() {
                tag["id"] = json!(self.new_id());
            }
            for (key, default) in [
                ("moderated", json!(false)),
                ("emoji_id", Value::Null),
                ("emoji_name", Value::Null),
            ] {
                if tag.get(key).is_none() {
                    tag[key] = default;
                }
            }
        }
        tags
    }

    fn check_category(&self, guild: Snowflake, parent: Snowflake) -> Result<(), ApiError> {
        let fits = self
            .channels
            .get(&parent)
            .is_some_and(|c| c.kind == ChannelKind::Category && c.guild == Some(guild));
        if !fits {
            return Err(ApiError::form(
                "parent_id",
                "CHANNEL_PARENT_INVALID",
                "Category does not exist",
            ));
        }
        let children = self
            .channels
            .values()
            .filter(|c| c.parent == Some(parent))
            .count();
        if children >= PER_CATEGORY {
            return Err(ApiError::form(
                "parent_id",
                "CHANNEL_PARENT_MAX_CHANNELS",
                "Maximum number of channels in category reached (50)",
            ));
        }
        Ok(())
    }

    /// One may give and take only what one has; the right to manage roles inside a channel is for administrators.
    fn check_overwrite(
        &self,
        actor: Snowflake,
        guild: Snowflake,
        overwrite: &Overwrite,
        before: Option<Overwrite>,
    ) -> Result<(), ApiError> {
        let has = self.guild(guild)?.base_permissions(actor);
        if has & ADMINISTRATOR != 0 {
            return Ok(());
        }
        let (allow, deny) = before.map_or((0, 0), |b| (b.allow, b.deny));
        let changed = (overwrite.allow ^ allow) | (overwrite.deny ^ deny);
        if changed & !has != 0 || changed & MANAGE_ROLES != 0 {
            return Err(ApiError::missing_permissions());
        }
        Ok(())
    }

    pub(crate) fn edit_channel(
        &mut self,
        actor: Snowflake,
        id: Snowflake,
        body: &Value,
    ) -> Result<(), ApiError> {
        let channel = self.channel(id)?;
        let kind = channel.kind;
        if kind.is_thread() {
            return self.edit_thread(actor, id, body);
        }
        let Some(guild) = channel.guild else {
            return Err(ApiError::wrong_channel_type());
        };
        self.require(actor, id, MANAGE_CHANNELS)?;
        if let Some(parent) = snowflake(&body["parent_id"])
            && channel.parent != Some(parent)
        {
            self.check_category(guild, parent)?;
        }
        let overwrites = match &body["permission_overwrites"] {
            Value::Array(list) => {
                self.require(actor, id, MANAGE_ROLES)?;
                let parsed: Vec<_> = list.iter().filter_map(overwrite).collect();
                for overwrite in &parsed {
                    let before = channel.overwrites.iter().find(|o| o.id == overwrite.id);
                    self.check_overwrite(actor, guild, overwrite, before.copied())?;
                }
                Some(parsed)
            }
            _ => None,
        };
        let name = match body["name"].as_str() {
            Some(name) => Some(given_name(kind, name)?),
            None => None,
        };
        let tags = body
            .get("available_tags")
            .map(|tags| self.with_tag_ids(tags));
        let channel = self.channel_mut(id)?;
        if let Some(name) = name {
            channel.name = name;
        }
        if let Some(topic) = body.get("topic") {
            channel.topic = topic.as_str().filter(|t| !t.is_empty()).map(str::to_owned);
        }
        if let Some(parent) = body.get("parent_id") {
            channel.parent = snowflake(parent);
        }
        if let Some(position) = body["position"].as_i64() {
            channel.position = position;
        }
        if let Some(nsfw) = body["nsfw"].as_bool() {
            channel.nsfw = nsfw;
        }
        if let Some(slowmode) = body["rate_limit_per_user"].as_u64() {
            channel.slowmode = slowmode;
        }
        if let Some(overwrites) = overwrites {
            channel.overwrites = overwrites;
        }
        if let Some(tags) = tags {
            channel.available_tags = tags;
        }
        self.tell_channel("CHANNEL_UPDATE", id);
        Ok(())
    }

    pub(crate) fn delete_channel(
        &mut self,
        actor: Snowflake,
        id: Snowflake,
    ) -> Result<Value, ApiError> {
        let channel = self.channel(id)?;
        if channel.kind != ChannelKind::Direct {
            let bits = if channel.kind.is_thread() {
                MANAGE_THREADS
            } else {
                MANAGE_CHANNELS
            };
            self.require(actor, id, bits)?;
        }
        let gone = self.channel_json(channel);
        self.remove_channel(id);
        Ok(gone)
    }

    /// Deletes a channel with its threads and messages; a category lets go of its channels.
    pub(crate) fn remove_channel(&mut self, id: Snowflake) {
        let children: Vec<_> = self
            .channels
            .values()
            .filter(|c| c.parent == Some(id))
            .map(|c| (c.id, c.kind.is_thread()))
            .collect();
        for (child, is_thread) in children {
            if is_thread {
                self.remove_channel(child);
            } else if let Some(channel) = self.channels.get_mut(&child) {
                channel.parent = None;
                self.tell_channel("CHANNEL_UPDATE", child);
            }
        }
        let name = match self.channels.get(&id) {
            Some(channel) if channel.kind.is_thread() => "THREAD_DELETE",
            _ => "CHANNEL_DELETE",
        };
        self.tell_channel(name, id);
        self.take_channel(id);
        self.messages.remove(&id);
    }

    pub(crate) fn set_overwrite(
        &mut self,
        actor: Snowflake,
        id: Snowflake,
        new: Overwrite,
    ) -> Result<(), ApiError> {
        let guild = self.overwritable(actor, id)?;
        let before = self.channel(id)?.overwrites.iter().find(|o| o.id == new.id);
        self.check_overwrite(actor, guild, &new, before.copied())?;
        self.put_overwrite(id, new)
    }

    pub(crate) fn put_overwrite(&mut self, id: Snowflake, new: Overwrite) -> Result<(), ApiError> {
        let overwrites = &mut self.channel_mut(id)?.overwrites;
        overwrites.retain(|o| o.id != new.id);
        overwrites.push(new);
        self.tell_channel("CHANNEL_UPDATE", id);
        Ok(())
    }

    pub(crate) fn drop_overwrite(
        &mut self,
        actor: Snowflake,
        id: Snowflake,
        target: Snowflake,
    ) -> Result<(), ApiError> {
        self.overwritable(actor, id)?;
        let overwrites = &mut self.channel_mut(id)?.overwrites;
        let before = overwrites.len();
        overwrites.retain(|o| o.id != target);
        if overwrites.len() == before {
            return Err(ApiError::unknown_overwrite());
        }
        self.tell_channel("CHANNEL_UPDATE", id);
        Ok(())
    }

    fn overwritable(&self, actor: Snowflake, id: Snowflake) -> Result<Snowflake, ApiError> {
        let channel = self.channel(id)?;
        let guild = channel.guild.filter(|_| !channel.kind.is_thread());
        let guild = guild.ok_or_else(ApiError::wrong_channel_type)?;
        self.require(actor, id, MANAGE_ROLES)?;
        Ok(guild)
    }

    /// Tells the gateway about a channel or thread as it is now.
    pub(crate) fn tell_channel(&mut self, name: &'static str, id: Snowflake) {
        let Some(channel) = self.channels.get(&id) else {
            return;
        };
        let is_thread = channel.kind.is_thread();
        if is_thread && !self.may(self.bot, id, VIEW_CHANNEL) {
            return;
        }
        let guild = channel.guild;
        let mut data = self.channel_json(channel);
        match name {
            "THREAD_DELETE" => {
                data = json!({
                    "id": id, "guild_id": guild, "parent_id": channel.parent, "type": channel.kind.number(),
                });
            }
            "THREAD_CREATE" => data["newly_created"] = json!(true),
            _ => {}
        }
        let direct = channel.kind == ChannelKind::Direct;
        self.gateway.dispatch(Event {
            name,
            guild,
            intent: if direct {
                intent::DIRECT_MESSAGES
            } else {
                intent::GUILDS
            },
            data,
            without_content: None,
        });
    }
}

/// An overwrite as a body holds it; bits come as text or number.
pub(crate) fn overwrite(value: &Value) -> Option<Overwrite> {
    let bits = |key: &str| -> Permissions { snowflake(&value[key]).map_or(0, |bits| bits.0) };
    let member = match &value["type"] {
        Value::String(text) => text == "1" || text == "member",
        other => other.as_u64() == Some(1),
    };
    Some(Overwrite {
        id: snowflake(&value["id"])?,
        member,
        allow: bits("allow"),
        deny: bits("deny"),
    })
}

/// The name as Discord keeps it, or its refusal.
pub(crate) fn given_name(kind: ChannelKind, name: &str) -> Result<String, ApiError> {
    let kept = if kind.has_plain_name() {
        plain_name(name)
    } else {
        name.trim().to_owned()
    };
    if !(1..=100).contains(&kept.chars().count()) || name.chars().count() > 100 {
        return Err(ApiError::form(
            "name",
            "BASE_TYPE_BAD_LENGTH",
            "Must be between 1 and 100 in length.",
        ));
    }
    Ok(kept)
}

/// Text channels: lower case, dashes for spaces, no ASCII punctuation but dash and underscore; other scripts stay.
fn plain_name(name: &str) -> String {
    let mut out = String::new();
    for c in name.trim().chars().flat_map(char::to_lowercase) {
        match c {
            c if c.is_whitespace() || c == '-' => {
                if !out.ends_with('-') {
                    out.push('-');
                }
            }
            c if c.is_ascii_punctuation() && c != '_' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn names_of_text_channels_are_plain() {
        assert_eq!(plain_name("API is Down!"), "api-is-down");
        assert_eq!(plain_name("INC-42  Ça  brûle"), "inc-42-ça-brûle");
        assert_eq!(plain_name("障害 東京"), "障害-東京");
    }
}
