//! READY and GUILD_CREATE: what a new session is told first.

use serde_json::{Value, json};

use super::event::intent;
use super::session::{Mischief, Out};
use crate::clock::stamp;
use crate::permission::VIEW_CHANNEL;
use crate::snowflake::Snowflake;
use crate::world::World;

impl World {
    /// Checks an IDENTIFY and opens the session, or gives the close code that refuses it.
    pub(crate) fn identify(
        &mut self,
        data: &Value,
        socket: u64,
        out: tokio::sync::mpsc::UnboundedSender<Out>,
    ) -> Result<(), u16> {
        if data["token"].as_str().map(|t| t.trim_start_matches("Bot ")) != Some(&self.options.token)
        {
            return Err(4004);
        }
        let Some(intents) = data["intents"].as_u64().filter(|i| i & !intent::KNOWN == 0) else {
            return Err(4013);
        };
        let withheld = [
            (intent::MESSAGE_CONTENT, self.options.message_content),
            (intent::GUILD_MEMBERS, self.options.members),
            (intent::PRESENCES, false),
        ];
        if withheld
            .iter()
            .any(|(bit, given)| intents & bit != 0 && !given)
        {
            return Err(4014);
        }
        let shard = match &data["shard"] {
            Value::Array(pair) => (
                pair.first().and_then(Value::as_u64).ok_or(4010u16)?,
                pair.get(1).and_then(Value::as_u64).ok_or(4010u16)?,
            ),
            _ => (0, 1),
        };
        if shard.0 >= shard.1 {
            return Err(4010);
        }
        let guilds: Vec<_> = self
            .guilds
            .values()
            .filter(|g| g.members.contains_key(&self.bot) && (g.id.0 >> 22) % shard.1 == shard.0)
            .map(|g| g.id)
            .collect();
        let user = self.users.get(&self.bot).map(|bot| bot.own_json());
        let application = json!({"id": self.application, "flags": self.application_flags()});
        let greetings: Vec<_> = guilds
            .iter()
            .filter_map(|id| self.guild_create(*id))
            .collect();
        let url = self.gateway.url.clone();
        let session = self.gateway.open(intents, shard, (socket, out));
        let ready = json!({
            "v": 10,
            "user": user,
            "guilds": guilds.iter().map(|id| json!({"id": id, "unavailable": true})).collect::<Vec<_>>(),
            "session_id": session.id,
            "resume_gateway_url": url,
            "shard": [shard.0, shard.1],
            "application": application,
            "private_channels": [],
            "relationships": [],
            "presences": [],
            "user_settings": {},
            "_trace": ["[\"sandbox\",{\"micros\":0.0}]"],
        });
        let calm = Mischief::default();
        session.tell("READY", &ready, &calm);
        if intents & intent::GUILDS != 0 {
            for guild in greetings {
                session.tell("GUILD_CREATE", &guild, &calm);
            }
        }
        Ok(())
    }

    /// The guild with all that a bot is told of it.
    pub(crate) fn guild_create(&self, id: Snowflake) -> Option<Value> {
        let guild = self.guilds.get(&id)?;
        let mut out = guild.json();
        let members: Vec<_> = guild
            .members
            .keys()
            .filter_map(|user| self.member_json(id, *user))
            .collect();
        let channels: Vec<_> = self
            .channels_of(id)
            .into_iter()
            .map(|channel| {
                let mut json = self.channel_json(channel);
                if let Some(map) = json.as_object_mut() {
                    map.remove("guild_id");
                }
                json
            })
            .collect();
        let threads: Vec<_> = self
            .threads_of(id)
            .filter(|c| c.thread.as_ref().is_some_and(|t| !t.archived))
            .filter(|c| self.may(self.bot, c.id, VIEW_CHANNEL))
            .map(|c| self.channel_json(c))
            .collect();
        out["joined_at"] = json!(guild.members.get(&self.bot).map(|m| stamp(m.joined_at)));
        out["large"] = json!(false);
        out["unavailable"] = json!(false);
        out["member_count"] = json!(members.len());
        out["members"] = json!(members);
        out["channels"] = json!(channels);
        out["threads"] = json!(threads);
        for key in [
            "presences",
            "voice_states",
            "stage_instances",
            "guild_scheduled_events",
            "soundboard_sounds",
        ] {
            out[key] = json!([]);
        }
        Some(out)
    }
}
