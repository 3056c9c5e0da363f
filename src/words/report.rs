//! What is said beside drafts, exports and reviews that somebody asked for.

use crate::incident::Incident;

use super::escape;
use super::language::{say, word};

/// A draft is on the way.
#[must_use]
pub fn drafting(incident: &Incident) -> String {
    let number = incident.key.number;
    match incident.place {
        Some((channel, _)) => say!(
            "The draft of {number} follows in <#{channel}>.",
            "Der Entwurf zu {number} folgt in <#{channel}>."
        ),
        None => say!(
            "{number} has no channel yet, so the draft waits for it. `/postmortem show` shows it to you now.",
            "{number} hat noch keinen Kanal, darauf wartet der Entwurf. `/postmortem show` zeigt ihn dir jetzt."
        ),
    }
}

/// The draft is there, and the record has not grown since.
#[must_use]
pub fn drafted(incident: &Incident, link: &str) -> String {
    say!(
        "Nothing was recorded in {number} since its last draft: {link}",
        "Seit dem letzten Entwurf kam in {number} nichts dazu: {link}",
        number = incident.key.number
    )
}

/// A record of the past has no channel to post a draft in.
#[must_use]
pub fn no_channel_for_draft(incident: &Incident) -> String {
    say!(
        "{number} was taken over from another record and has no channel to post a draft in. `/postmortem show` shows it to you.",
        "{number} wurde aus einer anderen Aufzeichnung übernommen und hat keinen Kanal für einen Entwurf. `/postmortem show` zeigt ihn dir.",
        number = incident.key.number
    )
}

/// Beside a draft shown to one.
#[must_use]
pub fn draft_shown(incident: &Incident) -> String {
    say!(
        "{number} as the record has it now, up to {last}.",
        "{number}, wie es jetzt aufgezeichnet ist, bis {last}.",
        number = incident.key.number,
        last = incident.last_seq
    )
}

/// Beside the whole record as a file.
#[must_use]
pub fn exported(incident: &Incident) -> String {
    say!(
        "All of {number} as it is recorded, up to {last}. The files that people attached are not in it; the log names each by its SHA-256.",
        "Alles zu {number}, wie es aufgezeichnet ist, bis {last}. Angehängte Dateien sind nicht dabei; das Log nennt jede mit ihrem SHA-256.",
        number = incident.key.number,
        last = incident.last_seq
    )
}

/// The record is larger than Discord takes, both in bytes; `json` is whether it
/// was to be JSON, which is the largest form.
#[must_use]
pub fn export_too_large(incident: &Incident, size: usize, most: usize, json: bool) -> String {
    let keeper = if json {
        word!(
            "`format:md` is shorter, and whoever",
            "`format:md` ist kürzer, und wer"
        )
    } else {
        word!("Whoever", "Wer")
    };
    let kib = |bytes: usize| bytes.div_ceil(1024);
    say!(
        "The record of {number} has {size} KiB in this form, and Discord takes files of up to {most} KiB here. {keeper} runs Scribe gets all of it with `scribe export {number}`.",
        "Die Aufzeichnung von {number} hat in dieser Form {size} KiB, und Discord nimmt hier Dateien bis {most} KiB. {keeper} Scribe betreibt, bekommt alles mit `scribe export {number}`.",
        number = incident.key.number,
        size = kib(size),
        most = kib(most)
    )
}

/// Beside a draft posted in the channel.
#[must_use]
pub fn draft_posted(incident: &Incident) -> String {
    say!(
        "The first draft of the postmortem of {number}, from the record up to {last}. `/postmortem draft` writes it again after corrections.",
        "Der erste Entwurf des Postmortems zu {number}, aus der Aufzeichnung bis {last}. `/postmortem draft` schreibt ihn nach Korrekturen neu.",
        number = incident.key.number,
        last = incident.last_seq
    )
}

/// What was typed is no week.
#[must_use]
pub fn no_such_week(why: &str) -> String {
    let why = escape::discord(&escape::short(why, 200));
    say!(
        "{why}. Write `last`, `this` or a week such as `2026-W29`.",
        "{why}. Schreib `last`, `this` oder eine Woche wie `2026-W29`."
    )
}

/// The days of a review that somebody typed are none.
#[must_use]
pub fn no_such_days(why: &str) -> String {
    let why = escape::discord(&escape::short(why, 200));
    say!(
        "{why}. Nothing was counted.",
        "{why}. Es wurde nichts gezählt."
    )
}
