//! What people are reminded of, and who.

use chrono::{DateTime, Utc};

use crate::incident::reminder::{Due, Why};
use crate::incident::{ActionItem, Incident};

use super::escape;
use super::speech::{discord_day_and_time, discord_time};

/// The longest text of an action item in a reminder, in characters.
const QUOTED: usize = 1_000;

/// A reminder, one message. It says the same at each try.
#[must_use]
pub fn reminder(incident: &Incident, due: &Due) -> String {
    let number = incident.key.number;
    let asked = due.asks.as_ref();
    let call = asked.map_or(String::new(), |who| format!("<@{}> ", who.id));
    let said = match due.why {
        Why::NoUpdate { since } => format!(
            "no update of {number} since {}. Even “still looking” helps those who wait.",
            ago(since)
        ),
        Why::NoCommander { since } => {
            format!(
                "nobody leads {number}, open since {}. Who takes command?",
                ago(since)
            )
        }
        Why::OpenLong { since } => format!(
            "{number} is open since {} ({}). If it is over, resolve it with `/incident status`; if it lasts, `/incident severity` says how bad it still is.",
            discord_day_and_time(since),
            relative(since)
        ),
        Why::PostmortemDue { due: day } => {
            format!("the postmortem of {number} {}.", on_its_day(day, due.at))
        }
        Why::ActionDue { due: day } => action(incident, due, day),
    };
    let said = match asked {
        Some(_) => said,
        None => capital(&said),
    };
    format!("⏰ {call}{said}")
}

fn action(incident: &Incident, due: &Due, day: DateTime<Utc>) -> String {
    let number = incident.key.number;
    let wanted = |action: &&ActionItem| {
        crate::incident::reminder::Reminder::Action(action.number) == due.reminder
    };
    let Some(action) = incident.actions.iter().find(wanted) else {
        return format!("an action item of {number} {}.", on_its_day(day, due.at));
    };
    let text = escape::short(&escape::quote(&action.text), QUOTED);
    let when = on_its_day(day, due.at);
    format!("action item {} of {number} {when}:\n{text}", action.number)
}

/// `is due today` until its day is over, then since when it is due.
fn on_its_day(day: DateTime<Utc>, said: DateTime<Utc>) -> String {
    match said <= day {
        true => "is due today".to_owned(),
        false => format!("was due <t:{}:D> ({})", day.timestamp(), relative(day)),
    }
}

fn ago(since: DateTime<Utc>) -> String {
    format!("{} ({})", discord_time(since), relative(since))
}

/// A moment that Discord counts from the present: `32 minutes ago`.
fn relative(at: DateTime<Utc>) -> String {
    format!("<t:{}:R>", at.timestamp())
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

/// On the button that opens the form of an update.
pub const BUTTON_UPDATE: &str = "Post update";
/// On the button that makes whoever presses it the commander.
pub const BUTTON_COMMAND: &str = "Take command";
/// On the button that says that an action item is done.
pub const BUTTON_DONE: &str = "Done";
/// On the buttons that put a reminder off.
pub const BUTTON_HALF_AN_HOUR: &str = "Snooze 30 min";
/// On the buttons that put a reminder off.
pub const BUTTON_TWO_HOURS: &str = "Snooze 2 h";
/// On the buttons that put a reminder off.
pub const BUTTON_TOMORROW: &str = "Tomorrow";
