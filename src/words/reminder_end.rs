//! What stands in place of a reminder whose reason is gone.

use chrono::{DateTime, Utc};

use crate::incident::Incident;
use crate::incident::reminder::{Ended, Reminder};

use super::escape;
use super::speech::discord_day_and_time;

/// The reminder, struck through, and what became of it. It says the same at each try.
#[must_use]
pub fn ended(incident: &Incident, reminder: Reminder, ended: &Ended) -> String {
    let number = incident.key.number;
    let reminded = match reminder {
        Reminder::Update => format!("An update of {number} was due."),
        Reminder::Commander => format!("Nobody led {number}."),
        Reminder::Silent => format!("Whoever led {number} was silent."),
        Reminder::OpenLong => format!("{number} was open for long."),
        Reminder::Postmortem => format!("The postmortem of {number} was due."),
        Reminder::Action(action) => format!("Action item {action} of {number} was due."),
    };
    let at = |at: DateTime<Utc>| discord_day_and_time(at);
    let became = match ended {
        Ended::Told { at: told } => format!("Done: an update was posted {}.", at(*told)),
        Ended::Led { by } => format!("Done: {} leads.", escape::discord(&by.name)),
        Ended::Over { status, at: since } => {
            format!("It is **{status}** since {}.", at(*since))
        }
        Ended::Published { at: published } => format!("Done: published {}.", at(*published)),
        Ended::Done { at: done } => format!("Done {}.", at(*done)),
        Ended::PutOff { until } => format!("Put off until {}.", at(*until)),
        Ended::NoLonger => "No longer needed.".to_owned(),
        Ended::GivenUp => "The weekly summary goes on to name it.".to_owned(),
    };
    format!("⏰ ~~{reminded}~~ {became}")
}

/// A reminder of an action item whose text was removed for good.
#[must_use]
pub fn without_text(incident: &Incident, action: u32) -> String {
    format!(
        "⏰ Action item {action} of {} is due. Its text was removed for good.",
        incident.key.number
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::random_log::KEY;
    use crate::incident::{
        Actor, Command, Context, Open, Person, Severity, Status, UserId, decide,
    };

    #[test]
    fn each_end_is_told() {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let context = Context {
            actor: Actor::Scribe,
            now,
            origin: None,
        };
        let open = Command::Open(Open::new("API is down", Severity::Sev1));
        let log = decide(None, open, &context).unwrap();
        let incident = Incident::fold(KEY, &log).unwrap();
        let by = Person {
            id: UserId(1),
            name: "a*na".to_owned(),
            bot: false,
        };
        let said = [
            (Reminder::Update, Ended::Told { at: now }),
            (Reminder::Commander, Ended::Led { by }),
            (
                Reminder::OpenLong,
                Ended::Over {
                    status: Status::Cancelled,
                    at: now,
                },
            ),
            (Reminder::Postmortem, Ended::Published { at: now }),
            (Reminder::Action(3), Ended::Done { at: now }),
            (Reminder::Action(3), Ended::PutOff { until: now }),
            (Reminder::Postmortem, Ended::NoLonger),
            (Reminder::Action(3), Ended::GivenUp),
        ]
        .map(|(reminder, end)| ended(&incident, reminder, &end));
        insta::assert_snapshot!(said.join("\n"), @r"
        ⏰ ~~An update of INC-42 was due.~~ Done: an update was posted <t:0:f>.
        ⏰ ~~Nobody led INC-42.~~ Done: a\*na leads.
        ⏰ ~~INC-42 was open for long.~~ It is **cancelled** since <t:0:f>.
        ⏰ ~~The postmortem of INC-42 was due.~~ Done: published <t:0:f>.
        ⏰ ~~Action item 3 of INC-42 was due.~~ Done <t:0:f>.
        ⏰ ~~Action item 3 of INC-42 was due.~~ Put off until <t:0:f>.
        ⏰ ~~The postmortem of INC-42 was due.~~ No longer needed.
        ⏰ ~~Action item 3 of INC-42 was due.~~ The weekly summary goes on to name it.
        ");
    }
}
