//! Scribe on Discord. It only translates: events into commands to the writer,
//! what came of them into answers. It holds no rule about incidents.
//!
//! # Layout
//! - `bot`, `client`, `error`: starting, stopping, and why it could not.
//! - `alike`: what an incident looks like, of what somebody may see.
//! - `application`: what Discord says of the application behind the token.
//! - `rest`: requests that can wait, with Discord's limits.
//! - `shards`: which of the gateway's shards this process serves, and their sessions.
//! - `scribe`: the store, the writer and what is kept in memory beside them.
//! - `commands`: slash and message commands, one file each.
//! - `interaction`: what commands, buttons and forms have in common.
//! - `buttons`, `custom_id`: buttons, selections and forms, after any restart.
//! - `events`, `reading`, `recording`, `gone`, `catch_up`: what people say, into the record.
//! - `delivery`: what Scribe has to say, from the outbox.
//! - `history`: what was said in a channel before it was an incident's.
//! - `drafting`, `publishing`, `summing_up`: reports from the store.
//! - `speaking`: in whose language something is answered.
//! - `uploaded`: files that people give with a command.
//! - `invitation`: what Scribe has to be allowed.
//! - `vitals`: how the connection fares.
//! - `work`: how the work goes.
//! - `watchdog`: a connection that hangs without saying so.

mod alike;
mod application;
mod bot;
mod budget;
mod buttons;
mod catch_up;
mod client;
mod commands;
mod custom_id;
mod delivery;
mod drafting;
mod error;
mod events;
mod gone;
mod hearing;
mod history;
mod ids;
mod interaction;
mod invitation;
mod publishing;
mod reading;
mod recording;
mod rest;
mod scribe;
mod shards;
mod speaking;
mod summing_up;
mod uploaded;
mod vitals;
mod watchdog;
mod work;

pub use application::Application;
pub use bot::{Bot, BotOptions, Ready};
pub use client::Sharding;
pub use error::BotError;
pub use invitation::{PERMISSIONS, invitation};
pub use reading::RawMessage;
pub use vitals::Vitals;
pub use work::Work;

use interaction::Failure;

/// What poise hands to every command.
type Data = std::sync::Arc<scribe::Scribe>;

/// A slash or message command being carried out.
type Ctx<'a> = poise::ApplicationContext<'a, Data, Failure>;
