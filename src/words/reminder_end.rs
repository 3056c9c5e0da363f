//! What stands in place of a reminder whose reason is gone.

use chrono::{DateTime, Utc};

use crate::incident::Incident;
use crate::incident::reminder::{Ended, Reminder};

use super::escape;
use super::language::say;
use super::speech::discord_day_and_time;

/// The reminder, struck through, and what became of it. It says the same at each try.
#[must_use]
pub fn ended(incident: &Incident, reminder: Reminder, ended: &Ended) -> String {
    let number = incident.key.number;
    let reminded = match reminder {
        Reminder::Update => say!(
            "An update of {number} was due.",
            "Ein Update zu {number} war fällig."
        ),
        Reminder::Commander => say!("Nobody led {number}.", "Niemand führte {number}."),
        Reminder::Silent => say!(
            "Whoever led {number} was silent.",
            "Wer {number} führte, schwieg."
        ),
        Reminder::OpenLong => say!("{number} was open for long.", "{number} war lange offen."),
        Reminder::Postmortem => say!(
            "The postmortem of {number} was due.",
            "Das Postmortem zu {number} war fällig."
        ),
        Reminder::Action(action) => say!(
            "Action item {action} of {number} was due.",
            "Aufgabe {action} aus {number} war fällig."
        ),
    };
    let at = |at: DateTime<Utc>| discord_day_and_time(at);
    let became = match ended {
        Ended::Told { at: told } => {
            say!("Done: an update was posted {}.", "Erledigt: Ein Update kam {}."; at(*told))
        }
        Ended::Led { by } => {
            say!("Done: {} leads.", "Erledigt: {} führt."; escape::discord(&by.name))
        }
        Ended::Over { status, at: since } => {
            let status = super::name::status(*status);
            say!("It is **{status}** since {}.", "Er ist **{status}** seit {}."; at(*since))
        }
        Ended::Published { at: published } => {
            say!("Done: published {}.", "Erledigt: veröffentlicht {}."; at(*published))
        }
        Ended::Done { at: done } => say!("Done {}.", "Erledigt {}."; at(*done)),
        Ended::PutOff { until } => say!("Put off until {}.", "Verschoben auf {}."; at(*until)),
        Ended::NoLonger => say!("No longer needed.", "Nicht mehr nötig."),
        Ended::GivenUp => say!(
            "The weekly summary goes on to name it.",
            "Die Wochenübersicht nennt es weiter."
        ),
    };
    format!("⏰ ~~{reminded}~~ {became}")
}

/// A reminder of an action item whose text was removed for good.
#[must_use]
pub fn without_text(incident: &Incident, action: u32) -> String {
    say!(
        "⏰ Action item {action} of {number} is due. Its text was removed for good.",
        "⏰ Aufgabe {action} aus {number} ist fällig. Ihr Text wurde endgültig entfernt.",
        number = incident.key.number
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
