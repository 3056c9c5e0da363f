//! What Discord tells us, into the record. Messages of other channels are told
//! apart by one look into memory.

mod access;
mod messages;
pub(crate) mod reactions;
pub(crate) mod threads;
mod unknown;

pub(crate) use unknown::Unknown;

use poise::serenity_prelude as serenity;
use serenity::FullEvent;

use super::scribe::Scribe;
use super::{bot, buttons, catch_up, shards};

/// Handles one event. Events come from tasks of their own, so in any order.
pub(crate) async fn handle(scribe: &Scribe, context: &serenity::Context, event: &FullEvent) {
    let Some(served) = shards::of(context).await else {
        return;
    };
    match event {
        FullEvent::Ready { data_about_bot } => {
            bot::session_began(scribe, &served, context, &data_about_bot.user.name).await;
        }
        FullEvent::Message { new_message } => messages::posted(scribe, context, new_message).await,
        FullEvent::MessageUpdate { event, .. } => messages::updated(scribe, context, event).await,
        FullEvent::MessageDelete {
            channel_id,
            deleted_message_id,
            guild_id,
        } => {
            let place = (*guild_id, *channel_id);
            messages::deleted(scribe, context, place, &[*deleted_message_id]).await;
        }
        FullEvent::MessageDeleteBulk {
            channel_id,
            multiple_deleted_messages_ids,
            guild_id,
        } => {
            let place = (*guild_id, *channel_id);
            messages::deleted(scribe, context, place, multiple_deleted_messages_ids).await;
        }
        FullEvent::ReactionAdd {
            add_reaction: reaction,
        }
        | FullEvent::ReactionRemove {
            removed_reaction: reaction,
        } => {
            reactions::changed(scribe, context, reaction).await;
        }
        FullEvent::ReactionRemoveAll {
            channel_id,
            removed_from_message_id,
        } => {
            let place = messages::place(*channel_id, *removed_from_message_id);
            reactions::cleared(scribe, context, place).await;
        }
        FullEvent::ReactionRemoveEmoji { removed_reactions } => {
            let (channel, message) = (removed_reactions.channel_id, removed_reactions.message_id);
            reactions::cleared(scribe, context, messages::place(channel, message)).await;
        }
        FullEvent::GuildCreate { guild, .. } => access::of_guild(scribe, context, guild.id).await,
        FullEvent::ChannelUpdate { new, .. } => {
            access::changed(scribe, context, new.guild_id, new.id).await;
        }
        FullEvent::ThreadCreate { thread } => threads::created(scribe, thread).await,
        FullEvent::InteractionCreate { interaction } => match interaction {
            serenity::Interaction::Component(pressed) => {
                buttons::pressed(scribe, context, pressed).await;
            }
            serenity::Interaction::Modal(sent) => buttons::sent(scribe, context, sent).await,
            _ => {}
        },
        // serenity waits by itself where it minds the limits, and says so.
        FullEvent::Ratelimit { data } => scribe.work.limits.took(data.timeout),
        FullEvent::Resume { .. } => {
            scribe.vitals.session_is_up(served.shard);
            served.wanted.want(catch_up::Cause::Resumed);
        }
        _ => {}
    }
}
