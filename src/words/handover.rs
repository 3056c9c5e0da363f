//! How command passes from one to another, and who is let into a channel.

use chrono::{DateTime, Utc};

use crate::incident::{
    Ended, Entry, Fact, Guest, Handover, HandoverEnd, HandoverOffer, Incident, NotAccepted,
    Outcome, Passing, Person,
};

use super::entry::Style;
use super::escape;
use super::speech::{Speech, discord_time};

/// The longest note in a message, in characters with its escapes.
const QUOTED: usize = 1_500;

/// On the button that takes command.
pub const BUTTON_ACCEPT: &str = "Accept";
/// On the button that does not.
pub const BUTTON_DECLINE: &str = "Decline";

// In a timeline, after a name.

/// Command passed: `commander is ben, handed over by ana (offered with #12)`.
pub(super) fn passed(from: Option<&Person>, to: &Person, by: &Passing, style: Style<'_>) -> String {
    let to = (style.escape)(&to.name);
    let from = from.map(|from| (style.escape)(&from.name));
    match (by, from) {
        (Passing::Handover { offer }, Some(from)) => {
            let offer = (style.entry)(*offer);
            format!("commander is {to}, handed over by {from} (offered with {offer})")
        }
        (Passing::Handover { offer }, None) => {
            let offer = (style.entry)(*offer);
            format!("commander is {to}, who accepted (asked with {offer})")
        }
        (Passing::Takeover { silent_since, .. }, from) => {
            let from = from.map_or_else(String::new, |from| format!(" from {from}"));
            let since = (style.time)(*silent_since);
            format!("commander is {to}, taken over{from} after no word since {since}")
        }
    }
}

/// Command was offered: `offered command to ben`.
pub(super) fn offered(offer: &HandoverOffer, style: Style<'_>) -> String {
    let to = (style.escape)(&offer.to.name);
    match offer.from {
        Some(_) => format!("offered command to {to}"),
        None => format!("asked {to} to lead, as nobody did"),
    }
}

/// An offer was not accepted: `declined command (offered with #12)`.
pub(super) fn not_accepted(end: &HandoverEnd, style: Style<'_>) -> String {
    let offer = (style.entry)(end.offer);
    match end.how {
        NotAccepted::Declined => format!("declined command (offered with {offer})"),
        NotAccepted::Withdrawn => format!("withdrew the offer of command ({offer})"),
    }
}

/// What stands after an offer that was settled: `, who declined`.
pub(super) fn settled(by: Option<&Entry>) -> &'static str {
    match by.map(|by| &by.fact) {
        Some(Fact::HandoverEnded(end)) => match end.how {
            NotAccepted::Declined => ", who declined",
            NotAccepted::Withdrawn => ", and withdrew it",
        },
        Some(_) => ", who accepted",
        None => "",
    }
}

/// Somebody may see a private channel: `let ben into the channel`.
pub(super) fn access_given(to: &Guest, style: Style<'_>) -> String {
    format!("access to the private channel for {}", guest(to, style))
}

/// Somebody may no longer.
pub(super) fn access_taken(from: &Guest, style: Style<'_>) -> String {
    format!(
        "no more access to the private channel for {}",
        guest(from, style)
    )
}

fn guest(guest: &Guest, style: Style<'_>) -> String {
    match guest {
        Guest::Person(person) => (style.escape)(&person.name),
        Guest::GuildRole { name, .. } => {
            format!("everybody with the role {}", (style.escape)(name))
        }
    }
}

// In the incident's channel.

/// An offer, as it stands.
pub(super) fn tell_offer(incident: &Incident, entry: &Entry, offer: &HandoverOffer) -> String {
    let known = incident.handovers.iter().find(|one| one.seq == entry.seq);
    let ended = known.and_then(|one| one.ended);
    offer_text(incident, entry, offer, ended)
}

/// An offer as it is posted first, whatever became of it meanwhile.
#[must_use]
pub fn first_offer(incident: &Incident, entry: &Entry, offer: &HandoverOffer) -> String {
    let who = escape::discord(&escape::short(entry.actor.name(), 80));
    let said = offer_text(incident, entry, offer, None);
    format!("{said}\n-# {} · {who}", entry.seq)
}

fn offer_text(
    incident: &Incident,
    entry: &Entry,
    offer: &HandoverOffer,
    ended: Option<Ended>,
) -> String {
    let number = incident.key.number;
    let to = format!("<@{}>", offer.to.id);
    let who = escape::discord(&escape::short(entry.actor.name(), 80));
    let said = match (ended, &offer.from) {
        (None, Some(_)) => format!(
            "{to} {who} hands command of {number} over to you. It is yours once you accept."
        ),
        (None, None) => format!(
            "{to} nobody leads {number}, and {who} asks you to. Command is yours once you accept."
        ),
        (Some(ended), _) => {
            format!(
                "Command of {number} was offered to {to}: {}",
                outcome(ended)
            )
        }
    };
    match &offer.note {
        Some(note) => format!("{said}\n{}", escape::short(&escape::quote(note), QUOTED)),
        None => said,
    }
}

fn outcome(ended: Ended) -> String {
    let how = match ended.how {
        Outcome::Accepted => "accepted",
        Outcome::Declined => "declined",
        Outcome::Withdrawn => "taken back",
        Outcome::Replaced => "somebody else was asked instead,",
        Outcome::Superseded => "command passed by another way",
        Outcome::Closed => "not answered before the incident ended",
    };
    format!("**{how}** {}", discord_time(ended.at, ended.at))
}

/// Command passed.
pub(super) fn tell_passed(
    from: Option<&Person>,
    to: &Person,
    by: &Passing,
    said: DateTime<Utc>,
) -> String {
    let now = format!("<@{}> is now **commander**", to.id);
    match (by, from) {
        (Passing::Handover { .. }, Some(from)) => {
            format!("{now}, handed over by <@{}>", from.id)
        }
        (Passing::Handover { .. }, None) => format!("{now}: they accepted"),
        (Passing::Takeover { silent_since, note }, from) => {
            let from = from.map_or_else(String::new, |from| format!(" from <@{}>", from.id));
            let since = discord_time(*silent_since, said);
            let told = format!("{now}, taken over{from} after no word since {since}");
            match note {
                Some(note) => {
                    format!("{told}\n{}", escape::short(&escape::quote(note), QUOTED))
                }
                None => told,
            }
        }
    }
}

/// An offer was not accepted: told to the other side.
pub(super) fn tell_not_accepted(incident: &Incident, end: &HandoverEnd) -> Option<String> {
    let mut offers = incident.handovers.iter();
    let offer = offers.find(|one| one.seq == end.offer)?;
    let leads = match &offer.from {
        Some(from) => format!("<@{}> still leads", from.id),
        None => "Nobody leads yet".to_owned(),
    };
    let told = match offer.told_of(end.how) {
        Some(who) => format!("<@{}> ", who.id),
        None => String::new(),
    };
    let to = escape::discord(&escape::short(&offer.to.name, 80));
    Some(match end.how {
        NotAccepted::Declined => format!("{told}{to} declines command. {leads}"),
        NotAccepted::Withdrawn => format!("{told}the offer of command is taken back. {leads}"),
    })
}

/// What stands beside the roles while somebody is asked to take command.
pub(super) fn waiting(incident: &Incident) -> Option<String> {
    let offer = incident.open_handover()?;
    Some(format!("command is offered to <@{}>", offer.to.id))
}

// To whoever asked.

/// The offer is made.
#[must_use]
pub fn asked(incident: &Incident, offer: &HandoverOffer) -> String {
    let to = escape::discord(&offer.to.name);
    let place = match incident.place {
        Some((channel, _)) => format!("is asked in <#{channel}>"),
        None => "is asked as soon as its channel is there".to_owned(),
    };
    let until = match offer.from {
        Some(_) => "You lead until they accept.",
        None => "Nobody leads until they accept.",
    };
    format!("{to} {place}. {until} `/incident handover withdraw:True` takes it back.")
}

/// Command is theirs.
#[must_use]
pub fn yours(incident: &Incident, from: Option<&Person>) -> String {
    let number = incident.key.number;
    match from {
        Some(from) => format!(
            "You lead {number} now. {} is told.",
            escape::discord(&from.name)
        ),
        None => format!("You lead {number} now. Nobody did before."),
    }
}

/// They declined.
#[must_use]
pub fn declined(incident: &Incident) -> String {
    match incident.commander() {
        Some(leads) => format!(
            "You declined. {} still leads and is told.",
            escape::discord(&leads.name)
        ),
        None => "You declined. Whoever asked is told; nobody leads yet.".to_owned(),
    }
}

/// The offer is taken back.
#[must_use]
pub fn withdrawn(offer: Option<&Handover>) -> String {
    let to = offer.map_or("They", |offer| offer.to.name.as_str());
    format!("{} can accept no more and is told.", escape::discord(to))
}

/// Neither a person nor a withdrawal was named: how it stands, and what can be done.
#[must_use]
pub fn whom(incident: &Incident, speech: &Speech) -> String {
    let leads = match incident.commander() {
        Some(leads) => format!("{} leads", escape::discord(&leads.name)),
        None => "Nobody leads".to_owned(),
    };
    let open = match incident.open_handover() {
        Some(offer) => format!(
            "; {} was asked at {} and has not answered",
            escape::discord(&offer.to.name),
            speech.time(offer.at)
        ),
        None => String::new(),
    };
    format!(
        "{leads}{open}. Name in `to` who is to lead: yourself to take over from somebody who is silent."
    )
}

/// An offer is not open any more.
pub(super) fn over(name: &str, how: Outcome) -> String {
    let name = escape::discord(name);
    let why = match how {
        Outcome::Accepted => format!("{name} accepted it"),
        Outcome::Declined => format!("{name} declined it"),
        Outcome::Withdrawn => "it was taken back".to_owned(),
        Outcome::Replaced => "somebody else was asked instead".to_owned(),
        Outcome::Superseded => "command passed by another way".to_owned(),
        Outcome::Closed => "the incident ended".to_owned(),
    };
    format!("This offer is not open any more: {why}.")
}
