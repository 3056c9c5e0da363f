//! The sandbox as the real serenity client sees it.

mod bot;
mod channels;
mod commands;
mod gateway;
mod history;
mod messages;
mod threads;
mod trouble;
