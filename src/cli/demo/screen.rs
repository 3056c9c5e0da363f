//! The channels in a terminal, as their readers see them.

use std::collections::HashMap;

use anstyle::{AnsiColor, Color, Style};
use chrono::{DateTime, Utc};
use discord_sandbox::{Answer, Sandbox, SeenMessage, Snowflake};
use serde_json::Value;

use super::story;
use crate::cli::markup::{self, BOLD, DIM, Mention, RESET};
use crate::incident::human_time::show_clock;

const NAMES: [AnsiColor; 5] = [
    AnsiColor::Cyan,
    AnsiColor::Green,
    AnsiColor::Yellow,
    AnsiColor::Magenta,
    AnsiColor::Blue,
];

/// Prints what is new in the channels it watches.
pub(super) struct Screen {
    sandbox: Sandbox,
    watched: Vec<Snowflake>,
    seen: HashMap<Snowflake, HashMap<Snowflake, SeenMessage>>,
    heading: Option<Snowflake>,
}

impl Screen {
    pub(super) fn new(sandbox: Sandbox) -> Self {
        Self {
            sandbox,
            watched: Vec::new(),
            seen: HashMap::new(),
            heading: None,
        }
    }

    /// Watches one more channel.
    pub(super) fn watch(&mut self, channel: Snowflake) {
        self.watched.push(channel);
    }

    /// Shows the last message of a channel, as it is now.
    pub(super) fn glance(&mut self, channel: Snowflake) {
        if let Some(message) = self.sandbox.messages(channel).last() {
            self.said(channel, message);
        }
    }

    /// A line that belongs to no channel.
    pub(super) fn narrate(&mut self, text: &str) {
        self.heading = None;
        anstream::println!("\n{BOLD}{text}{RESET}");
    }

    /// What a member types after the slash.
    pub(super) fn typed(
        &mut self,
        channel: Snowflake,
        at: DateTime<Utc>,
        who: &str,
        command: &str,
        options: &[(&str, &str)],
    ) {
        self.head(channel);
        let options = options
            .iter()
            .map(|(name, value)| format!(" {DIM}{name}:{RESET}{value}"));
        let options: String = options.collect();
        print_line(at, who, &format!("{BOLD}/{command}{RESET}{options}"));
    }

    /// An answer that only the one who asked sees; others stand in the channel.
    pub(super) fn answered(&self, answer: &Answer) {
        if !answer.ephemeral {
            return;
        }
        let mut label = format!("{DIM}only they see:{RESET} ");
        for line in answer.content.lines() {
            let line = self.readable(line);
            anstream::println!("{:>GUTTER$}{label}{line}", "");
            label.clear();
        }
    }

    /// Somebody marked a message.
    pub(super) fn reacted(&self, who: &str) {
        anstream::println!("{:>GUTTER$}{DIM}📌 by {who}{RESET}", "");
    }

    /// Prints what was said, changed and taken back since the last time.
    pub(super) fn catch_up(&mut self) {
        for channel in self.watched.clone() {
            let now = self.sandbox.messages(channel);
            let before = self.seen.remove(&channel).unwrap_or_default();
            for message in &now {
                match before.get(&message.id) {
                    None => self.said(channel, message),
                    Some(old) if changed(old, message) => self.edited(channel, message),
                    Some(_) => {}
                }
            }
            for (id, old) in &before {
                if !now.iter().any(|message| message.id == *id) {
                    self.head(channel);
                    let text = old.content.lines().next().unwrap_or_default();
                    let text = self.readable(text);
                    anstream::println!(
                        "{:>GUTTER$}{DIM}{} deleted:{RESET} {DIM}{text}{RESET}",
                        "",
                        old.author
                    );
                }
            }
            let now = now.into_iter().map(|message| (message.id, message));
            self.seen.insert(channel, now.collect());
        }
    }

    fn said(&mut self, channel: Snowflake, message: &SeenMessage) {
        /// "Somebody pinned a message."
        const PINNED: u8 = 6;
        self.head(channel);
        if message.kind == PINNED {
            anstream::println!(
                "{:>GUTTER$}{DIM}{} pinned a message{RESET}",
                "",
                message.author
            );
            return;
        }
        let content = message.content.lines().map(|line| self.readable(line));
        let lines: Vec<String> = content.chain(self.box_of(message)).collect();
        let first = lines.first().map_or("", String::as_str);
        print_line(message.at, &message.author, first);
        for line in lines.iter().skip(1) {
            anstream::println!("{:>GUTTER$}{line}", "");
        }
        for file in &message.files {
            let size = file.bytes.len();
            anstream::println!(
                "{:>GUTTER$}📎 {BOLD}{}{RESET} {DIM}({size} bytes){RESET}",
                "",
                file.name
            );
        }
    }

    fn edited(&mut self, channel: Snowflake, message: &SeenMessage) {
        let own = message.embeds.is_empty();
        self.head(channel);
        if own {
            let text = message.content.lines().map(|line| self.readable(line));
            let text = text.collect::<Vec<_>>().join(" ");
            anstream::println!(
                "{:>GUTTER$}{DIM}{} edited:{RESET} {text}",
                "",
                message.author
            );
        } else {
            let title = message
                .embeds
                .first()
                .and_then(|embed| embed["title"].as_str());
            let state = state_of(&message.embeds).unwrap_or_default();
            let state = self.readable(&state);
            anstream::println!(
                "{:>GUTTER$}{DIM}card: {} · {state}{RESET}",
                "",
                title.unwrap_or_default()
            );
        }
    }

    /// The embeds of a message, framed, and its buttons.
    fn box_of(&self, message: &SeenMessage) -> Vec<String> {
        let mut rows: Vec<String> = Vec::new();
        for embed in &message.embeds {
            rows.push(format!(
                "{BOLD}{}{RESET}",
                self.readable(text(&embed["title"]))
            ));
            let description = text(&embed["description"]).lines();
            rows.extend(description.map(|line| self.readable(line)));
            for field in embed["fields"].as_array().into_iter().flatten() {
                let (name, value) = (text(&field["name"]), text(&field["value"]));
                let value = self.readable(&value.replace('\n', ", "));
                rows.push(format!("{DIM}{name}:{RESET} {value}"));
            }
        }
        let buttons = message.buttons();
        if !buttons.is_empty() {
            rows.push(format!("[{}]", buttons.join("] [")));
        }
        let framed = rows.iter().map(|row| format!("{DIM}│{RESET} {row}"));
        framed.collect()
    }

    fn head(&mut self, channel: Snowflake) {
        if self.heading != Some(channel) {
            let name = self.sandbox.channel(channel).map(|channel| channel.name);
            let name = name.unwrap_or_default();
            anstream::println!(
                "\n{DIM}──{RESET} {BOLD}#{name}{RESET} {DIM}{:─<50}{RESET}",
                ""
            );
            self.heading = Some(channel);
        }
    }

    fn readable(&self, text: &str) -> String {
        markup::line(text, story::ZONE, |mention| match mention {
            Mention::Channel(id) => {
                let channel = self.sandbox.channel(id);
                channel.map_or_else(|_| id.to_string(), |channel| channel.name)
            }
            Mention::User(id) => self.user(id),
        })
    }

    fn user(&self, id: u64) -> String {
        let people = story::PEOPLE.iter();
        let known = people.copied().find(|name| {
            let user = self.sandbox.user(name);
            user.is_ok_and(|user| user.get() == id)
        });
        known.map_or_else(|| id.to_string(), str::to_owned)
    }
}

/// The width of the time and the name before a line.
const GUTTER: usize = 15;

fn print_line(at: DateTime<Utc>, who: &str, text: &str) {
    let clock = show_clock(at, story::ZONE);
    let place = story::PEOPLE.iter().position(|name| *name == who);
    let colour = place
        .and_then(|place| NAMES.get(place + 1))
        .unwrap_or(&NAMES[0]);
    let style = Style::new().fg_color(Some(Color::Ansi(*colour))).bold();
    anstream::println!("{DIM}{clock}{RESET}  {style}{who:<7}{RESET} {text}");
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Whether a reader sees a difference.
fn changed(old: &SeenMessage, new: &SeenMessage) -> bool {
    (&old.content, &old.embeds) != (&new.content, &new.embeds)
}

/// What a card says of the status.
fn state_of(embeds: &[Value]) -> Option<String> {
    let fields = embeds.first()?["fields"].as_array()?;
    let status = fields
        .iter()
        .find(|field| text(&field["name"]) == "Status")?;
    Some(text(&status["value"]).lines().next()?.to_owned())
}
