//! Command passes: offered, accepted, declined, withdrawn, taken over.

use chrono::TimeDelta;

use super::optional;
use crate::incident::entry::Fact;
use crate::incident::handover::{HandoverEnd, HandoverOffer, NotAccepted, Passing};
use crate::incident::id::{Seq, UserId};
use crate::incident::pen::Pen;
use crate::incident::people::Guest;
use crate::incident::person::{Actor, Person};
use crate::incident::refusal::Refusal;
use crate::incident::role::Role;
use crate::incident::state::Incident;

/// Offers command to somebody. To oneself it is taken: at once where nobody
/// leads, else where whoever does is silent for `takeover_after`.
pub(super) fn hand_over(
    log: &mut Pen<'_>,
    incident: &Incident,
    to: Person,
    note: Option<String>,
    takeover_after: TimeDelta,
) -> Result<(), Refusal> {
    let status = incident.status_now();
    if !status.is_open() {
        return Err(Refusal::NothingToLead { status });
    }
    if to.bot {
        return Err(Refusal::BotCannotLead { name: to.name });
    }
    let note = optional(note);
    let to_themselves = actor(log) == Some(to.id);
    let from = incident.commander().cloned();
    match from {
        Some(from) if from.id == to.id && to_themselves => Err(Refusal::LeadsAlready),
        Some(from) if from.id == to.id => Err(Refusal::SameHolder {
            role: Role::commander(),
            name: to.name,
        }),
        Some(from) if to_themselves => take_over(log, incident, from, to, note, takeover_after),
        None if to_themselves => {
            log.write_now(Fact::RoleGiven {
                role: Role::commander(),
                from: None,
                to,
                by: None,
            });
            if let Some(text) = note {
                log.write_now(Fact::Noted { text, key: false });
            }
            Ok(())
        }
        Some(from) if actor(log) != Some(from.id) => {
            Err(Refusal::NotTheirsToHandOver { name: from.name })
        }
        from => {
            if let Some(open) = incident.open_handover()
                && open.to.id == to.id
            {
                let (name, at) = (to.name, open.at);
                return Err(Refusal::OfferedAlready { name, at });
            }
            let offer = HandoverOffer { from, to, note };
            log.write_now(Fact::HandoverOffered(offer));
            Ok(())
        }
    }
}

fn take_over(
    log: &mut Pen<'_>,
    incident: &Incident,
    from: Person,
    to: Person,
    note: Option<String>,
    after: TimeDelta,
) -> Result<(), Refusal> {
    let now = log.now();
    let silent_since = incident.silent_since().unwrap_or(now);
    if now - silent_since < after {
        return Err(Refusal::CommanderAtWork {
            name: from.name,
            heard: silent_since,
            free: silent_since + after,
        });
    }
    log.write_now(Fact::RoleGiven {
        role: Role::commander(),
        from: Some(from),
        to,
        by: Some(Passing::Takeover { silent_since, note }),
    });
    Ok(())
}

/// Accepts or declines an offer, which only the one who is asked can.
pub(super) fn answer(
    log: &mut Pen<'_>,
    incident: &Incident,
    offer: Seq,
    accept: bool,
) -> Result<(), Refusal> {
    let last = incident.last_seq;
    let known = incident.handovers.iter().find(|one| one.seq == offer);
    let known = known.ok_or(Refusal::NoSuchEntry { entry: offer, last })?;
    if let Some(ended) = known.ended {
        let name = known.to.name.clone();
        let how = ended.how;
        return Err(Refusal::OfferOver { name, how });
    }
    if actor(log) != Some(known.to.id) {
        let name = known.to.name.clone();
        return Err(Refusal::NotAsked { name });
    }
    match accept {
        true => log.write_now(Fact::RoleGiven {
            role: Role::commander(),
            from: incident.commander().cloned(),
            to: known.to.clone(),
            by: Some(Passing::Handover { offer }),
        }),
        false => log.write_now(Fact::HandoverEnded(HandoverEnd {
            offer,
            how: NotAccepted::Declined,
        })),
    }
    Ok(())
}

/// Takes the open offer back, which whoever made it and whoever leads can.
pub(super) fn withdraw(log: &mut Pen<'_>, incident: &Incident) -> Result<(), Refusal> {
    let open = incident.open_handover().ok_or(Refusal::NothingOffered)?;
    let leads = incident.commander().map(|person| person.id);
    let theirs =
        open.by == log.context.actor || id(&open.by).is_some() && id(&open.by) == actor(log);
    if !theirs && (leads.is_none() || leads != actor(log)) {
        let name = open.by.name().to_owned();
        return Err(Refusal::NotTheirOffer { name });
    }
    log.write_now(Fact::HandoverEnded(HandoverEnd {
        offer: open.seq,
        how: NotAccepted::Withdrawn,
    }));
    Ok(())
}

/// Notes that somebody may see the channel of a private incident; of others
/// everybody may.
pub(super) fn give_access(log: &mut Pen<'_>, incident: &Incident, to: Guest) {
    // Whoever opened it is in from the beginning.
    let opener = id(&incident.opened_by).map(|opener| opener.0) == Some(to.id());
    if incident.private && !opener && !incident.people.is_let_in(to.id()) {
        log.write_now(Fact::AccessGiven { to });
    }
}

/// Notes that they may no longer.
pub(super) fn take_access(log: &mut Pen<'_>, incident: &Incident, from: Guest) {
    if incident.people.is_let_in(from.id()) {
        log.write_now(Fact::AccessTaken { from });
    }
}

fn actor(log: &Pen<'_>) -> Option<UserId> {
    id(&log.context.actor)
}

fn id(actor: &Actor) -> Option<UserId> {
    match actor {
        Actor::Person(person) => Some(person.id),
        Actor::Named { .. } | Actor::Scribe => None,
    }
}
