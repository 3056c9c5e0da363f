//! Guilds with their roles and members.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::clock::stamp;
use crate::permission::{ADMINISTRATOR, ALL, Permissions};
use crate::snowflake::Snowflake;

/// A role of a guild. The role that everyone has is called by the guild's id.
#[derive(Clone, Debug)]
pub(crate) struct Role {
    pub(crate) id: Snowflake,
    pub(crate) name: String,
    pub(crate) permissions: Permissions,
    pub(crate) position: u64,
    pub(crate) mentionable: bool,
    /// The bot whose own role this is.
    pub(crate) of_bot: Option<Snowflake>,
}

impl Role {
    pub(crate) fn json(&self) -> Value {
        let mut role = json!({
            "id": self.id,
            "name": self.name,
            "description": null,
            "permissions": self.permissions.to_string(),
            "position": self.position,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
            "hoist": false,
            "managed": self.of_bot.is_some(),
            "mentionable": self.mentionable,
            "icon": null,
            "unicode_emoji": null,
            "flags": 0,
        });
        if let Some(bot) = self.of_bot {
            role["tags"] = json!({"bot_id": bot});
        }
        role
    }
}

/// A user's membership of a guild.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) user: Snowflake,
    pub(crate) nick: Option<String>,
    pub(crate) roles: Vec<Snowflake>,
    pub(crate) joined_at: DateTime<Utc>,
}

impl Member {
    /// The member object without its user, as messages carry it.
    pub(crate) fn bare_json(&self) -> Value {
        json!({
            "nick": self.nick,
            "avatar": null,
            "banner": null,
            "avatar_decoration_data": null,
            "collectibles": null,
            "roles": self.roles,
            "joined_at": stamp(self.joined_at),
            "premium_since": null,
            "communication_disabled_until": null,
            "deaf": false,
            "mute": false,
            "pending": false,
            "flags": 0,
        })
    }
}

/// A guild ("server").
#[derive(Clone, Debug)]
pub(crate) struct Guild {
    pub(crate) id: Snowflake,
    pub(crate) name: String,
    pub(crate) owner: Snowflake,
    pub(crate) roles: BTreeMap<Snowflake, Role>,
    pub(crate) members: BTreeMap<Snowflake, Member>,
    /// The language its owner chose for it.
    pub(crate) locale: String,
}

impl Guild {
    /// What a member may do guild-wide, before any channel's overwrites. The owner may do everything.
    pub(crate) fn base_permissions(&self, user: Snowflake) -> Permissions {
        if user == self.owner {
            return ALL;
        }
        let Some(member) = self.members.get(&user) else {
            return 0;
        };
        let of = |role: &Snowflake| self.roles.get(role).map_or(0, |r| r.permissions);
        let sum = member.roles.iter().fold(of(&self.id), |sum, r| sum | of(r));
        if sum & ADMINISTRATOR != 0 { ALL } else { sum }
    }

    /// The position of a member's highest role; the owner stands above all.
    pub(crate) fn rank(&self, user: Snowflake) -> u64 {
        if user == self.owner {
            return u64::MAX;
        }
        self.members
            .get(&user)
            .into_iter()
            .flat_map(|member| &member.roles)
            .filter_map(|role| self.roles.get(role).map(|r| r.position))
            .max()
            .unwrap_or(0)
    }

    pub(crate) fn roles_json(&self) -> Vec<Value> {
        self.roles.values().map(Role::json).collect()
    }

    /// The guild object of REST. GUILD_CREATE adds members, channels and threads to it.
    pub(crate) fn json(&self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "icon": null,
            "description": null,
            "home_header": null,
            "splash": null,
            "discovery_splash": null,
            "features": [],
            "banner": null,
            "owner_id": self.owner,
            "application_id": null,
            "region": "deprecated",
            "afk_channel_id": null,
            "afk_timeout": 300,
            "system_channel_id": null,
            "system_channel_flags": 0,
            "widget_enabled": false,
            "widget_channel_id": null,
            "verification_level": 0,
            "roles": self.roles_json(),
            "default_message_notifications": 1,
            "mfa_level": 0,
            "explicit_content_filter": 0,
            "max_presences": null,
            "max_members": 500_000,
            "max_stage_video_channel_users": 50,
            "max_video_channel_users": 25,
            "vanity_url_code": null,
            "premium_tier": 0,
            "premium_subscription_count": 0,
            "preferred_locale": self.locale,
            "rules_channel_id": null,
            "safety_alerts_channel_id": null,
            "public_updates_channel_id": null,
            "premium_progress_bar_enabled": false,
            "nsfw": false,
            "nsfw_level": 0,
            "emojis": [],
            "stickers": [],
            "incidents_data": null,
        })
    }
}
