//! How command passes from one to another, and who is let into a channel.

use chrono::{DateTime, Utc};

use crate::incident::{
    Ended, Entry, Fact, Guest, Handover, HandoverEnd, HandoverOffer, Incident, NotAccepted,
    Outcome, Passing, Person,
};

use super::entry::Style;
use super::escape;
use super::language::{say, word};
use super::speech::{Speech, discord_time};

/// The longest note in a message, in characters with its escapes.
const QUOTED: usize = 1_500;

/// On the button that takes command.
#[must_use]
pub fn button_accept() -> &'static str {
    word!("Accept", "Annehmen")
}

/// On the button that does not.
#[must_use]
pub fn button_decline() -> &'static str {
    word!("Decline", "Ablehnen")
}

// In a timeline, after a name.

/// Command passed: `commander is ben, handed over by ana (offered with #12)`.
pub(super) fn passed(from: Option<&Person>, to: &Person, by: &Passing, style: Style<'_>) -> String {
    let to = (style.escape)(&to.name);
    let from = from.map(|from| (style.escape)(&from.name));
    match (by, from) {
        (Passing::Handover { offer }, Some(from)) => {
            let offer = (style.entry)(*offer);
            say!(
                "commander is {to}, handed over by {from} (offered with {offer})",
                "Commander ist {to}, übergeben von {from} (angeboten mit {offer})"
            )
        }
        (Passing::Handover { offer }, None) => {
            let offer = (style.entry)(*offer);
            say!(
                "commander is {to}, who accepted (asked with {offer})",
                "Commander ist {to}, angenommen (gefragt mit {offer})"
            )
        }
        (Passing::Takeover { silent_since, .. }, from) => {
            let from = from.map_or_else(String::new, |from| say!(" from {from}", " von {from}"));
            let since = (style.time)(*silent_since);
            say!(
                "commander is {to}, taken over{from} after no word since {since}",
                "Commander ist {to}, übernommen{from} ohne ein Wort seit {since}"
            )
        }
    }
}

/// Command was offered: `offered command to ben`.
pub(super) fn offered(offer: &HandoverOffer, style: Style<'_>) -> String {
    let to = (style.escape)(&offer.to.name);
    match offer.from {
        Some(_) => say!("offered command to {to}", "hat {to} das Kommando angeboten"),
        None => say!(
            "asked {to} to lead, as nobody did",
            "hat {to} gebeten zu führen, weil niemand führte"
        ),
    }
}

/// An offer was not accepted: `declined command (offered with #12)`.
pub(super) fn not_accepted(end: &HandoverEnd, style: Style<'_>) -> String {
    let offer = (style.entry)(end.offer);
    match end.how {
        NotAccepted::Declined => say!(
            "declined command (offered with {offer})",
            "hat das Kommando abgelehnt (angeboten mit {offer})"
        ),
        NotAccepted::Withdrawn => say!(
            "withdrew the offer of command ({offer})",
            "hat das Angebot des Kommandos zurückgezogen ({offer})"
        ),
    }
}

/// What stands after an offer that was settled: `, who declined`.
pub(super) fn settled(by: Option<&Entry>) -> &'static str {
    match by.map(|by| &by.fact) {
        Some(Fact::HandoverEnded(end)) => match end.how {
            NotAccepted::Declined => word!(", who declined", ", abgelehnt"),
            NotAccepted::Withdrawn => word!(", and withdrew it", ", zurückgezogen"),
        },
        Some(_) => word!(", who accepted", ", angenommen"),
        None => "",
    }
}

/// Somebody may see a private channel: `let ben into the channel`.
pub(super) fn access_given(to: &Guest, style: Style<'_>) -> String {
    say!(
        "access to the private channel for {who}",
        "Zugang zum privaten Kanal für {who}",
        who = guest(to, style)
    )
}

/// Somebody may no longer.
pub(super) fn access_taken(from: &Guest, style: Style<'_>) -> String {
    say!(
        "no more access to the private channel for {who}",
        "kein Zugang mehr zum privaten Kanal für {who}",
        who = guest(from, style)
    )
}

fn guest(guest: &Guest, style: Style<'_>) -> String {
    match guest {
        Guest::Person(person) => (style.escape)(&person.name),
        Guest::GuildRole { name, .. } => {
            let role = (style.escape)(name);
            say!(
                "everybody with the role {role}",
                "alle mit der Rolle {role}"
            )
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
        (None, Some(_)) => say!(
            "{to} {who} hands command of {number} over to you. It is yours once you accept.",
            "{to} {who} übergibt dir das Kommando von {number}. Es ist deins, sobald du annimmst."
        ),
        (None, None) => say!(
            "{to} nobody leads {number}, and {who} asks you to. Command is yours once you accept.",
            "{to} niemand führt {number}, und {who} bittet dich darum. Das Kommando ist deins, sobald du annimmst."
        ),
        (Some(ended), _) => {
            let outcome = outcome(ended);
            say!(
                "Command of {number} was offered to {to}: {outcome}",
                "Das Kommando von {number} wurde {to} angeboten: {outcome}"
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
        Outcome::Accepted => word!("accepted", "angenommen"),
        Outcome::Declined => word!("declined", "abgelehnt"),
        Outcome::Withdrawn => word!("taken back", "zurückgezogen"),
        Outcome::Replaced => word!(
            "somebody else was asked instead,",
            "stattdessen wurde jemand anderes gefragt,"
        ),
        Outcome::Superseded => word!(
            "command passed by another way",
            "das Kommando ging anders über"
        ),
        Outcome::Closed => word!(
            "not answered before the incident ended",
            "nicht beantwortet, bevor der Incident endete"
        ),
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
    let now = say!(
        "<@{who}> is now **commander**",
        "<@{who}> ist jetzt **Commander**",
        who = to.id
    );
    match (by, from) {
        (Passing::Handover { .. }, Some(from)) => {
            let from = from.id;
            say!(
                "{now}, handed over by <@{from}>",
                "{now}, übergeben von <@{from}>"
            )
        }
        (Passing::Handover { .. }, None) => say!("{now}: they accepted", "{now}: angenommen"),
        (Passing::Takeover { silent_since, note }, from) => {
            let from = from.map_or_else(String::new, |from| {
                let from = from.id;
                say!(" from <@{from}>", " von <@{from}>")
            });
            let since = discord_time(*silent_since, said);
            let told = say!(
                "{now}, taken over{from} after no word since {since}",
                "{now}, übernommen{from} ohne ein Wort seit {since}"
            );
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
        Some(from) => say!(
            "<@{who}> still leads",
            "<@{who}> führt weiter",
            who = from.id
        ),
        None => say!("Nobody leads yet", "Noch führt niemand"),
    };
    let told = match offer.told_of(end.how) {
        Some(who) => format!("<@{}> ", who.id),
        None => String::new(),
    };
    let to = escape::discord(&escape::short(&offer.to.name, 80));
    Some(match end.how {
        NotAccepted::Declined => say!(
            "{told}{to} declines command. {leads}",
            "{told}{to} lehnt das Kommando ab. {leads}"
        ),
        NotAccepted::Withdrawn => say!(
            "{told}the offer of command is taken back. {leads}",
            "{told}das Angebot des Kommandos ist zurückgezogen. {leads}"
        ),
    })
}

/// What stands beside the roles while somebody is asked to take command.
pub(super) fn waiting(incident: &Incident) -> Option<String> {
    let offer = incident.open_handover()?;
    let to = offer.to.id;
    Some(say!(
        "command is offered to <@{to}>",
        "das Kommando ist <@{to}> angeboten"
    ))
}

// To whoever asked.

/// The offer is made.
#[must_use]
pub fn asked(incident: &Incident, offer: &HandoverOffer) -> String {
    let to = escape::discord(&offer.to.name);
    let place = match incident.place {
        Some((channel, _)) => say!("is asked in <#{channel}>", "wird in <#{channel}> gefragt"),
        None => say!(
            "is asked as soon as its channel is there",
            "wird gefragt, sobald der Kanal da ist"
        ),
    };
    let until = match offer.from {
        Some(_) => word!("You lead until they accept.", "Du führst bis zur Annahme."),
        None => word!(
            "Nobody leads until they accept.",
            "Bis zur Annahme führt niemand."
        ),
    };
    say!(
        "{to} {place}. {until} `/incident handover withdraw:True` takes it back.",
        "{to} {place}. {until} `/incident handover withdraw:True` zieht es zurück."
    )
}

/// Command is theirs.
#[must_use]
pub fn yours(incident: &Incident, from: Option<&Person>) -> String {
    let number = incident.key.number;
    match from {
        Some(from) => say!(
            "You lead {number} now. {who} is told.",
            "Du führst jetzt {number}. {who} erfährt davon.",
            who = escape::discord(&from.name)
        ),
        None => say!(
            "You lead {number} now. Nobody did before.",
            "Du führst jetzt {number}. Vorher führte niemand."
        ),
    }
}

/// They declined.
#[must_use]
pub fn declined(incident: &Incident) -> String {
    match incident.commander() {
        Some(leads) => say!(
            "You declined. {who} still leads and is told.",
            "Du hast abgelehnt. {who} führt weiter und erfährt davon.",
            who = escape::discord(&leads.name)
        ),
        None => say!(
            "You declined. Whoever asked is told; nobody leads yet.",
            "Du hast abgelehnt. Wer gefragt hat, erfährt davon; noch führt niemand."
        ),
    }
}

/// The offer is taken back.
#[must_use]
pub fn withdrawn(offer: Option<&Handover>) -> String {
    match offer {
        Some(offer) => say!(
            "{to} can accept no more and is told.",
            "{to} kann nicht mehr annehmen und erfährt davon.",
            to = escape::discord(&offer.to.name)
        ),
        None => say!(
            "They can accept no more and are told.",
            "Das Angebot gilt nicht mehr."
        ),
    }
}

/// Neither a person nor a withdrawal was named: how it stands, and what can be done.
#[must_use]
pub fn whom(incident: &Incident, speech: &Speech) -> String {
    let leads = match incident.commander() {
        Some(leads) => say!(
            "{who} leads",
            "{who} führt",
            who = escape::discord(&leads.name)
        ),
        None => say!("Nobody leads", "Niemand führt"),
    };
    let open = match incident.open_handover() {
        Some(offer) => say!(
            "; {who} was asked at {at} and has not answered",
            "; {who} wurde {at} gefragt und hat nicht geantwortet",
            who = escape::discord(&offer.to.name),
            at = speech.time(offer.at)
        ),
        None => String::new(),
    };
    say!(
        "{leads}{open}. Name in `to` who is to lead: yourself to take over from somebody who is silent.",
        "{leads}{open}. Nenne in `to`, wer führen soll: dich selbst, um von jemandem zu übernehmen, der schweigt."
    )
}

/// An offer is not open any more.
pub(super) fn over(name: &str, how: Outcome) -> String {
    let name = escape::discord(name);
    let why = match how {
        Outcome::Accepted => say!("{name} accepted it", "{name} hat es angenommen"),
        Outcome::Declined => say!("{name} declined it", "{name} hat es abgelehnt"),
        Outcome::Withdrawn => say!("it was taken back", "es wurde zurückgezogen"),
        Outcome::Replaced => say!(
            "somebody else was asked instead",
            "stattdessen wurde jemand anderes gefragt"
        ),
        Outcome::Superseded => say!(
            "command passed by another way",
            "das Kommando ging anders über"
        ),
        Outcome::Closed => say!("the incident ended", "der Incident endete"),
    };
    say!(
        "This offer is not open any more: {why}.",
        "Dieses Angebot gilt nicht mehr: {why}."
    )
}
