//! What is said while a channel becomes an incident's, or what was said in it
//! becomes one of the past.

use chrono::{DateTime, Utc};

use crate::incident::{Incident, IncidentNumber};

use super::count::{Noun, count};
use super::language::say;
use super::speech::Speech;

/// The channel is an incident's already.
#[must_use]
pub fn already(incident: &Incident) -> String {
    let number = incident.key.number;
    let way_out = if incident.status_now().is_open() {
        say!(
            "Its commands work right here.",
            "Seine Befehle gehen gleich hier."
        )
    } else {
        say!(
            "`/incident reopen` takes it up again; for another incident open a thread here and adopt that, or use `/incident open`.",
            "`/incident reopen` nimmt ihn wieder auf; für einen anderen Incident öffne hier einen Thread und übernimm den, oder nimm `/incident open`."
        )
    };
    say!(
        "This channel is {number}'s already, and what is said here is in its record. {way_out}",
        "Dieser Kanal gehört schon zu {number}, und was hier gesagt wird, steht in seiner Aufzeichnung. {way_out}"
    )
}

/// The channel is that of an incident they may not know of.
#[must_use]
pub fn taken() -> String {
    say!(
        "This channel is already an incident's. Open a thread here and adopt that, or use `/incident open`.",
        "Dieser Kanal gehört schon zu einem Incident. Öffne hier einen Thread und übernimm den, oder nimm `/incident open`."
    )
}

/// Scribe may not do there what it has to.
#[must_use]
pub fn scribe_may_not(missing: &[&str]) -> String {
    say!(
        "I cannot keep the record of this channel: here I lack {missing}. Give my role these permissions in this channel and send the command again; nothing was opened.",
        "Ich kann diesen Kanal nicht aufzeichnen: Hier fehlt mir {missing}. Gib meiner Rolle diese Berechtigungen in diesem Kanal und schick den Befehl noch einmal; es wurde nichts eröffnet.",
        missing = super::name::list(missing)
    )
}

/// The end lies before the beginning.
#[must_use]
pub fn ends_before_it_begins(
    since: DateTime<Utc>,
    until: DateTime<Utc>,
    speech: &Speech,
) -> String {
    say!(
        "`until` ({until}) lies before `since` ({since}). Swap them, or write the day too; nothing was opened.",
        "`until` ({until}) liegt vor `since` ({since}). Tausch die beiden, oder schreib den Tag dazu; es wurde nichts eröffnet.",
        until = speech.time(until),
        since = speech.time(since)
    )
}

/// An incident of the past needs to know when it began.
#[must_use]
pub fn until_without_since() -> String {
    say!(
        "`until` takes over an incident that is over, which needs `since` too: when it began. Leave `until` out while people still work on it.",
        "`until` übernimmt einen Incident, der vorbei ist, und braucht auch `since`: wann er begann. Lass `until` weg, solange noch daran gearbeitet wird."
    )
}

/// More was said than is taken over at once.
#[must_use]
pub fn too_many(most: usize, since: DateTime<Utc>, speech: &Speech) -> String {
    say!(
        "More than {most} messages were written here since {since}. Name a later `since`, or an `until`; nothing was opened.",
        "Seit {since} wurden hier mehr als {most} Nachrichten geschrieben. Nenne ein späteres `since` oder ein `until`; es wurde nichts eröffnet.",
        since = speech.time(since)
    )
}

/// How far it is.
#[must_use]
pub fn progress(number: IncidentNumber, done: u32, of: usize) -> String {
    say!(
        "{number} is this channel's. Its history is being recorded: {done} of about {of} messages …",
        "{number} hat diesen Kanal. Der Verlauf wird aufgezeichnet: {done} von etwa {of} Nachrichten …"
    )
}

/// The channel is the incident's now.
#[must_use]
pub fn adopted(
    incident: &Incident,
    messages: u32,
    since: DateTime<Utc>,
    all: bool,
    speech: &Speech,
) -> String {
    let (number, since) = (incident.key.number, speech.time(since));
    let recorded = match messages {
        0 => say!(
            "No earlier message had to be recorded, since {since}, and so is all that is said here from now on.",
            "Seit {since} gab es nichts nachzutragen; aufgezeichnet wird alles, was hier ab jetzt gesagt wird."
        ),
        1 => say!(
            "The one message is recorded, since {since}, and so is all that is said here from now on.",
            "Die eine Nachricht seit {since} ist aufgezeichnet, ebenso alles, was hier ab jetzt gesagt wird."
        ),
        many => say!(
            "The {many} messages are recorded, since {since}, and so is all that is said here from now on.",
            "Die {many} Nachrichten seit {since} sind aufgezeichnet, ebenso alles, was hier ab jetzt gesagt wird."
        ),
    };
    let mut said = say!(
        "This is {number} now. {recorded} The pinned card has the next steps.",
        "Das ist jetzt {number}. {recorded} Auf der angepinnten Karte stehen die nächsten Schritte."
    );
    if incident.private {
        said += &say!(
            " It is private, as this channel is: nobody else is told of it.",
            " Er ist privat wie dieser Kanal: Sonst erfährt niemand davon."
        );
    }
    if !all {
        said += &say!(
            " Discord did not give all of the history yet; the rest is recorded as soon as it does.",
            " Discord hat noch nicht den ganzen Verlauf hergegeben; der Rest wird aufgezeichnet, sobald es das tut."
        );
    }
    said
}

/// What was said in a span is an incident of the past.
#[must_use]
pub fn imported(
    number: IncidentNumber,
    taken: usize,
    left: usize,
    span: (DateTime<Utc>, DateTime<Utc>),
    speech: &Speech,
) -> String {
    let mut said = say!(
        "{number} is in the record: {messages} from {from} to {to}, resolved at its end. `/postmortem show incident:{number}` shows its draft, `/incident outage start` and `end` tell when users were affected.",
        "{number} ist aufgezeichnet: {messages} von {from} bis {to}, am Ende gelöst. `/postmortem show incident:{number}` zeigt den Entwurf, `/incident outage start` und `end` sagen, wann Nutzer betroffen waren.",
        messages = count(taken, Noun::Message),
        from = speech.time(span.0),
        to = speech.time(span.1)
    );
    let messages = count(left, Noun::Message);
    match left {
        0 => {}
        1 => {
            said += &say!(
                " {messages} of that time stood in another incident's record already and stayed there.",
                " {messages} dieser Zeit stand schon in der Aufzeichnung eines anderen Incidents und blieb dort."
            );
        }
        _ => {
            said += &say!(
                " {messages} of that time stood in another incident's record already and stayed there.",
                " {messages} dieser Zeit standen schon in der Aufzeichnung eines anderen Incidents und blieben dort."
            );
        }
    }
    said
}

/// Exactly this was taken over before.
#[must_use]
pub fn imported_before() -> String {
    say!(
        "Exactly this span of this channel was taken over before; `/incident list past:True` shows it. Nothing was recorded twice.",
        "Genau diese Spanne dieses Kanals wurde schon übernommen; `/incident list past:True` zeigt sie. Nichts wurde doppelt aufgezeichnet."
    )
}

/// Nothing was said in the span.
#[must_use]
pub fn nothing_said(span: (DateTime<Utc>, DateTime<Utc>), speech: &Speech) -> String {
    say!(
        "Nobody wrote anything here from {from} to {to} that is not in a record already. Nothing was opened: look at the times, or use the channel where it was written.",
        "Von {from} bis {to} hat hier niemand etwas geschrieben, das nicht schon aufgezeichnet ist. Es wurde nichts eröffnet: Sieh nach den Zeiten, oder nimm den Kanal, in dem es geschrieben wurde.",
        from = speech.time(span.0),
        to = speech.time(span.1)
    )
}
