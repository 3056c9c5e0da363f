//! The sandbox as the real serenity client sees it.
#![expect(
    clippy::unwrap_used,
    reason = "a test ends where something is not as it should be"
)]

mod bot;
mod channels;
mod commands;
mod description;
mod gateway;
mod history;
mod messages;
mod poise_bot;
mod real_limiter;
mod threads;
mod trouble;
