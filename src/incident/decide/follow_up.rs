//! What is to be done later: action items, and being reminded.

use chrono::{DateTime, Utc};

use super::required;
use crate::incident::entry::Fact;
use crate::incident::pen::Pen;
use crate::incident::person::Person;
use crate::incident::refusal::Refusal;
use crate::incident::reminder::{self, Reminder};
use crate::incident::state::{ActionItem, Incident};

pub(super) fn add_action(
    log: &mut Pen<'_>,
    incident: &Incident,
    text: &str,
    owner: Option<Person>,
    due: Option<DateTime<Utc>>,
) -> Result<(), Refusal> {
    let text = required("text", text)?;
    let number = u32::try_from(incident.actions.len()).unwrap_or(u32::MAX - 1) + 1;
    log.write_now(Fact::ActionAdded {
        number,
        text,
        owner,
        due,
    });
    Ok(())
}

pub(super) fn finish_action(
    log: &mut Pen<'_>,
    incident: &Incident,
    number: u32,
) -> Result<(), Refusal> {
    to_be_done(incident, number)?;
    log.write_now(Fact::ActionDone { number });
    Ok(())
}

pub(super) fn assign_action(
    log: &mut Pen<'_>,
    incident: &Incident,
    number: u32,
    to: Person,
    due: Option<DateTime<Utc>>,
) -> Result<(), Refusal> {
    let action = to_be_done(incident, number)?;
    let from = action.owner.clone();
    let due = due.filter(|due| action.due != Some(*due));
    let same = from.as_ref().is_some_and(|from| from.id == to.id);
    if same && due.is_none() {
        let name = to.name;
        return Err(Refusal::SameOwner { number, name });
    }
    log.write_now(Fact::ActionAssigned {
        number,
        from,
        to,
        due,
    });
    Ok(())
}

fn to_be_done(incident: &Incident, number: u32) -> Result<&ActionItem, Refusal> {
    let action = incident.actions.iter().find(|a| a.number == number);
    let count = incident.actions.len();
    match action.ok_or(Refusal::NoSuchAction { number, count })? {
        action if action.done_at.is_some() => Err(Refusal::ActionAlreadyDone { number }),
        action => Ok(action),
    }
}

pub(super) fn snooze(
    log: &mut Pen<'_>,
    incident: &Incident,
    reminder: Reminder,
    until: DateTime<Utc>,
) -> Result<(), Refusal> {
    if !reminder::is_owed(incident, reminder) {
        return Err(Refusal::NothingOwed { reminder });
    }
    if until <= log.context.now {
        return Err(Refusal::InPast { until });
    }
    log.write_now(Fact::ReminderSnoozed { reminder, until });
    Ok(())
}
