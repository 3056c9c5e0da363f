//! The world itself: what exists, and the ways to look it up.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::channel::{Channel, ChannelKind};
use super::command::Command;
use super::guild::Guild;
use super::interaction::Interaction;
use super::message::{Attachment, Message};
use super::user::User;
use crate::faults::FaultBook;
use crate::gateway::Gateway;
use crate::options::Options;
use crate::records::Records;
use crate::rest::error::ApiError;
use crate::rest::rate::Buckets;
use crate::snowflake::{Mint, Snowflake};

/// How long a link to an attachment works.
const LINK_LIFE_HOURS: i64 = 24;
/// How long a nonce is remembered.
const NONCE_LIFE_SECONDS: u64 = 300;

/// A webhook of a channel.
#[derive(Clone, Debug)]
pub(crate) struct Webhook {
    pub(crate) id: Snowflake,
    pub(crate) token: String,
    pub(crate) channel: Snowflake,
    pub(crate) name: String,
}

/// Everything there is.
pub(crate) struct World {
    pub(crate) options: Options,
    /// `http://127.0.0.1:PORT`.
    pub(crate) url: String,
    pub(crate) application: Snowflake,
    pub(crate) bot: Snowflake,
    pub(crate) users: BTreeMap<Snowflake, User>,
    pub(crate) guilds: BTreeMap<Snowflake, Guild>,
    pub(crate) channels: BTreeMap<Snowflake, Channel>,
    /// The channels and threads of each guild, so that a world of thousands is told of as fast as it can be sent.
    places: BTreeMap<Snowflake, BTreeSet<Snowflake>>,
    pub(crate) messages: BTreeMap<Snowflake, BTreeMap<Snowflake, Message>>,
    pub(crate) files: HashMap<Snowflake, Arc<[u8]>>,
    /// Files given for options of commands, by id.
    pub(crate) uploads: HashMap<Snowflake, Attachment>,
    /// The place that links to such files name.
    pub(crate) uploads_channel: Snowflake,
    pub(crate) webhooks: BTreeMap<Snowflake, Webhook>,
    pub(crate) commands: BTreeMap<Snowflake, Command>,
    /// The roles that a guild shows a command to, whatever the bot asks for: its integration's settings.
    pub(crate) shown_to: BTreeSet<(String, Snowflake)>,
    pub(crate) interactions: BTreeMap<Snowflake, Interaction>,
    pub(crate) gateway: Gateway,
    pub(crate) records: Records,
    pub(crate) faults: FaultBook,
    pub(crate) buckets: Buckets,
    nonces: HashMap<(Snowflake, Snowflake, String), (Snowflake, Instant)>,
    mint: Mint,
}

impl World {
    pub(crate) fn empty(options: Options, url: String) -> Self {
        let mut mint = Mint::default();
        let now = options.clock.now();
        let application = mint.next(now);
        let bot = User {
            id: application,
            name: "Scribe".into(),
            bot: true,
        };
        Self {
            gateway: Gateway::new(url.replacen("http", "ws", 1)),
            buckets: Buckets::new(options.rate_limits),
            options,
            url,
            application,
            bot: bot.id,
            users: BTreeMap::from([(bot.id, bot)]),
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            places: BTreeMap::new(),
            messages: BTreeMap::new(),
            files: HashMap::new(),
            uploads: HashMap::new(),
            uploads_channel: mint.next(now),
            webhooks: BTreeMap::new(),
            commands: BTreeMap::new(),
            shown_to: BTreeSet::new(),
            interactions: BTreeMap::new(),
            records: Records::default(),
            faults: FaultBook::default(),
            nonces: HashMap::new(),
            mint,
        }
    }

    /// What time it is here.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.options.clock.now()
    }

    pub(crate) fn new_id(&mut self) -> Snowflake {
        let now = self.now();
        self.mint.next(now)
    }

    pub(crate) fn new_id_at(&mut self, at: DateTime<Utc>) -> Snowflake {
        self.mint.at(at)
    }

    /// A word nobody can guess from the outside and that is never given twice.
    pub(crate) fn new_token(&mut self, purpose: &str) -> String {
        format!("{purpose}-{}", self.new_id())
    }

    pub(crate) fn user_json(&self, user: Snowflake) -> Value {
        match self.users.get(&user) {
            Some(user) => user.json(),
            None => User {
                id: user,
                name: "deleted_user".into(),
                bot: false,
            }
            .json(),
        }
    }

    /// The member object with its user.
    pub(crate) fn member_json(&self, guild: Snowflake, user: Snowflake) -> Option<Value> {
        let member = self.guilds.get(&guild)?.members.get(&user)?;
        let mut out = member.bare_json();
        out["user"] = self.user_json(user);
        Some(out)
    }

    pub(crate) fn channel(&self, id: Snowflake) -> Result<&Channel, ApiError> {
        self.channels.get(&id).ok_or_else(ApiError::unknown_channel)
    }

    pub(crate) fn channel_mut(&mut self, id: Snowflake) -> Result<&mut Channel, ApiError> {
        self.channels
            .get_mut(&id)
            .ok_or_else(ApiError::unknown_channel)
    }

    pub(crate) fn guild(&self, id: Snowflake) -> Result<&Guild, ApiError> {
        self.guilds.get(&id).ok_or_else(ApiError::unknown_guild)
    }

    pub(crate) fn guild_mut(&mut self, id: Snowflake) -> Result<&mut Guild, ApiError> {
        self.guilds.get_mut(&id).ok_or_else(ApiError::unknown_guild)
    }

    pub(crate) fn message(
        &self,
        channel: Snowflake,
        message: Snowflake,
    ) -> Result<&Message, ApiError> {
        self.messages
            .get(&channel)
            .and_then(|of| of.get(&message))
            .ok_or_else(ApiError::unknown_message)
    }

    pub(crate) fn message_mut(
        &mut self,
        channel: Snowflake,
        message: Snowflake,
    ) -> Result<&mut Message, ApiError> {
        self.messages
            .get_mut(&channel)
            .and_then(|of| of.get_mut(&message))
            .ok_or_else(ApiError::unknown_message)
    }

    /// The channel object as the bot gets it.
    pub(crate) fn channel_json(&self, channel: &Channel) -> Value {
        let mut out = channel.json(self.bot);
        if channel.kind == ChannelKind::Direct {
            out["recipients"] = channel
                .recipients
                .iter()
                .filter(|user| **user != self.bot)
                .map(|user| self.user_json(*user))
                .collect();
        }
        out
    }

    /// Puts a channel or thread into the world.
    pub(crate) fn put_channel(&mut self, channel: Channel) {
        if let Some(guild) = channel.guild {
            self.places.entry(guild).or_default().insert(channel.id);
        }
        self.channels.insert(channel.id, channel);
    }

    /// Takes it out again.
    pub(crate) fn take_channel(&mut self, id: Snowflake) {
        let guild = self.channels.remove(&id).and_then(|gone| gone.guild);
        if let Some(places) = guild.and_then(|guild| self.places.get_mut(&guild)) {
            places.remove(&id);
        }
    }

    fn places_of(&self, guild: Snowflake) -> impl Iterator<Item = &Channel> {
        let places = self.places.get(&guild).into_iter().flatten();
        places.filter_map(|id| self.channels.get(id))
    }

    /// Channels of a guild, threads left out, in the order of the sidebar.
    pub(crate) fn channels_of(&self, guild: Snowflake) -> Vec<&Channel> {
        let channels = self.places_of(guild).filter(|c| !c.kind.is_thread());
        let mut list: Vec<_> = channels.collect();
        list.sort_by_key(|c| (c.position, c.id));
        list
    }

    pub(crate) fn threads_of(&self, guild: Snowflake) -> impl Iterator<Item = &Channel> {
        self.places_of(guild).filter(|c| c.kind.is_thread())
    }

    /// A signed link to a file, as Discord's CDN gives it: it stops working at `ex` (seconds of the Unix era, in hex).
    pub(crate) fn attachment_url(&self, channel: Snowflake, file: &Attachment) -> String {
        let now = self.now();
        let until = now + chrono::Duration::hours(LINK_LIFE_HOURS);
        format!(
            "{}/attachments/{channel}/{}/{}?ex={:x}&is={:x}&hm=sandbox",
            self.url,
            file.id,
            percent_encoded(&file.name),
            until.timestamp(),
            now.timestamp()
        )
    }

    pub(crate) fn remember_nonce(
        &mut self,
        channel: Snowflake,
        author: Snowflake,
        nonce: String,
        message: Snowflake,
    ) {
        self.nonces
            .insert((channel, author, nonce), (message, Instant::now()));
    }

    pub(crate) fn forget_nonces(&mut self) {
        self.nonces.clear();
    }

    /// The message that was posted with the same nonce a short while ago.
    pub(crate) fn by_nonce(
        &self,
        channel: Snowflake,
        author: Snowflake,
        nonce: &str,
    ) -> Option<Snowflake> {
        let (message, at) = self.nonces.get(&(channel, author, nonce.to_owned()))?;
        (at.elapsed().as_secs() < NONCE_LIFE_SECONDS).then_some(*message)
    }

    /// The application object that `applications/@me` shows.
    pub(crate) fn application_json(&self) -> Value {
        let owner = self
            .users
            .values()
            .find(|user| !user.bot)
            .map_or(Value::Null, User::json);
        json!({
            "id": self.application,
            "name": "Scribe",
            "icon": null,
            "description": "",
            "type": null,
            "verify_key": "0".repeat(64),
            "flags": self.application_flags(),
            "flags_new": self.application_flags().to_string(),
            "redirect_uris": [],
            "interactions_endpoint_url": null,
            "role_connections_verification_url": null,
            "owner": owner,
            "approximate_guild_count": self.guilds.len(),
            "approximate_user_install_count": 0,
            "approximate_user_authorization_count": 0,
            "explicit_content_filter": 0,
            "team": null,
            "eligible_oauth2_scopes": ["bot", "applications.commands"],
            "bot": self.user_json(self.bot),
            "bot_public": true,
            "bot_require_code_grant": false,
            "hook": true,
            "rpc_origins": [],
        })
    }

    /// The flags that say which privileged intents are switched on (limited form).
    pub(crate) fn application_flags(&self) -> u64 {
        let members = if self.options.members { 1 << 15 } else { 0 };
        let content = if self.options.message_content {
            1 << 19
        } else {
            0
        };
        members | content
    }
}

fn percent_encoded(name: &str) -> String {
    name.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                char::from(b).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}
