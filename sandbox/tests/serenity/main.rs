//! The sandbox as the real serenity client sees it.

mod bot;
mod commands;
