//! A reminder, with what can be done about it.

use chrono::{DateTime, Utc};
use poise::serenity_prelude as serenity;
use serenity::{ButtonStyle, CreateActionRow, CreateAllowedMentions, CreateButton, CreateMessage};

use crate::discord::custom_id::{Pressed, Snooze};
use crate::discord::rest::Rest;
use crate::discord::scribe::Scribe;
use crate::incident::reminder::{self, Reminder};
use crate::incident::{Incident, Section};
use crate::store::{OutboxItem, STANDING_REMINDER};
use crate::words::{self, reminder as labels};

use super::failure::Failure;
use super::post::post_once;

/// Reminds, if this is still the last round of a reason that still holds; else
/// there is nothing to say.
pub(super) async fn deliver(
    scribe: &Scribe,
    http: &Rest,
    incident: &Incident,
    (which, ground, round): (Reminder, DateTime<Utc>, u32),
    item: &OutboxItem,
) -> Result<(), Failure> {
    let settings = scribe.store.settings(incident.key.guild).await?;
    let due = reminder::due(incident, &settings, scribe.now());
    let same =
        |due: &&reminder::Due| (due.reminder, due.ground, due.round) == (which, ground, round);
    let Some(due) = due.iter().find(same) else {
        return Ok(());
    };
    // Whoever is asked is called, nobody else.
    let called = due.asks.iter().map(|who| serenity::UserId::new(who.id.0));
    let message = CreateMessage::new()
        .content(words::reminder::reminder(incident, due))
        .allowed_mentions(CreateAllowedMentions::new().users(called))
        .components(vec![buttons(incident, which)]);
    let name = name(&due.key());
    post_once(scribe, http, incident, &name, message, Vec::new(), item).await
}

/// The name under which a reminder is remembered while it stands.
pub(super) fn name(key: &str) -> String {
    format!("{STANDING_REMINDER}{key}")
}

fn buttons(incident: &Incident, reminder: Reminder) -> CreateActionRow {
    let number = incident.key.number;
    let button = |pressed: Pressed, label: &str, style: ButtonStyle| {
        let id = pressed.to_string();
        CreateButton::new(id).label(label).style(style)
    };
    let deed = match reminder {
        Reminder::Update | Reminder::OpenLong => {
            (Pressed::Update { number }, labels::button_update())
        }
        Reminder::Commander => (Pressed::TakeCommand { number }, labels::button_command()),
        Reminder::Silent => (Pressed::TakeCommand { number }, labels::button_take_over()),
        Reminder::Postmortem => {
            let section = Section::Summary;
            (Pressed::Write { number, section }, labels::button_write())
        }
        Reminder::Action(action) => (
            Pressed::ActionDone { number, action },
            labels::button_done(),
        ),
    };
    let deed = button(deed.0, deed.1, ButtonStyle::Primary);
    let snoozes = [
        (Snooze::HalfAnHour, labels::button_half_an_hour()),
        (Snooze::TwoHours, labels::button_two_hours()),
        (Snooze::Tomorrow, labels::button_tomorrow()),
    ];
    let snoozes = snoozes.map(|(by, label)| {
        let pressed = Pressed::Snooze {
            number,
            reminder,
            by,
        };
        button(pressed, label, ButtonStyle::Secondary)
    });
    CreateActionRow::Buttons(std::iter::once(deed).chain(snoozes).collect())
}
