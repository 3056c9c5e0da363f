//! What is said of a published postmortem, and why one is not published.

use super::count::{Noun, count};
use super::language::say;
use super::speech::discord_day_and_time;
use super::{escape, permission};
use crate::incident::{ChannelId, DocumentFormat, Incident, Publication, Seq};

/// Who may publish.
#[must_use]
pub fn who_may_publish(incident: &Incident) -> String {
    say!(
        "The postmortem of {number} is published by its commander (`/incident role`) or by somebody with the permission **{permission}**.",
        "Das Postmortem zu {number} veröffentlicht sein Commander (`/incident role`) oder jemand mit der Berechtigung **{permission}**.",
        number = incident.key.number,
        permission = permission::name(5)
    )
}

/// It was not published because something in it is certainly wrong; what that is stands below.
#[must_use]
pub fn not_published_so() -> String {
    say!(
        "Nothing was published: something in it is certainly wrong. Mend it with `/postmortem write` or `/incident correct`, or publish it as it is with `anyway:True`.",
        "Es wurde nichts veröffentlicht: Etwas darin ist sicher falsch. Berichtige es mit `/postmortem write` oder `/incident correct`, oder veröffentliche es mit `anyway:True`, wie es ist."
    )
}

/// People talked faster than it could be written.
#[must_use]
pub fn too_busy_to_publish() -> String {
    say!(
        "The record went on while the postmortem was written from it, several times. Nothing was published; send the command again in a quieter moment.",
        "Die Aufzeichnung ging mehrmals weiter, während das Postmortem daraus geschrieben wurde. Es wurde nichts veröffentlicht; schick den Befehl in einem ruhigeren Moment noch einmal."
    )
}

/// It is published; `place` is where it is posted.
#[must_use]
pub fn published(incident: &Incident, place: Option<ChannelId>, missing: usize) -> String {
    let Some(last) = incident.publications.last() else {
        return String::new();
    };
    let place = match place {
        Some(place) => say!("It follows in <#{place}>.", "Es folgt in <#{place}>."),
        None => say!(
            "It is posted as soon as the incident has its channel.",
            "Es wird gepostet, sobald der Incident seinen Kanal hat."
        ),
    };
    let missing = match missing {
        0 => String::new(),
        missing => say!(
            " It says itself what is still missing ({things}); publish again when that is there.",
            " Was noch fehlt, steht darin ({things}); veröffentliche es noch einmal, wenn das da ist.",
            things = count(missing, Noun::Thing)
        ),
    };
    say!(
        "Version {version} of the postmortem of {number} is published, from the record through {through}. {place} `/postmortem show version:{version}` shows it as it is now for ever.{missing}\n-# SHA-256 {hash}",
        "Version {version} des Postmortems zu {number} ist veröffentlicht, aus der Aufzeichnung bis {through}. {place} `/postmortem show version:{version}` zeigt sie für immer so, wie sie jetzt ist.{missing}\n-# SHA-256 {hash}",
        version = last.version,
        number = incident.key.number,
        through = last.through,
        hash = hash(last)
    )
}

fn hash(publication: &Publication) -> &str {
    let hash = publication.sha256.get(&DocumentFormat::Md);
    hash.map_or("", String::as_str)
}

/// Beside the published files.
#[must_use]
pub fn post(incident: &Incident, told: &Publication) -> String {
    let mut said = say!(
        "**Postmortem of {number}: {title}**\n{severity}",
        "**Postmortem zu {number}: {title}**\n{severity}",
        number = incident.key.number,
        title = escape::discord(&escape::short(&incident.title, 200)),
        severity = incident.severity_now()
    );
    if let Some(resolved) = incident.resolved_at() {
        let at = discord_day_and_time(resolved);
        said += &say!(" · resolved {at}", " · gelöst {at}");
    }
    if told.version > 1 {
        let version = told.version;
        said += &say!(" · version {version}", " · Version {version}");
    }
    if let Some((channel, _)) = incident.place {
        said += &format!(" · <#{channel}>");
    }
    said + &format!("\n-# SHA-256 {}", hash(told))
}

/// The title of the post in a forum. Discord takes 100 characters.
#[must_use]
pub fn forum_title(incident: &Incident, told: &Publication) -> String {
    let version = match told.version {
        1 => String::new(),
        version => say!(" (version {version})", " (Version {version})"),
    };
    let title = crate::incident::text::one_line(&incident.title);
    let title = escape::short(&title, 70);
    format!("{}{version}: {title}", incident.key.number)
}

/// What stands in the place of a version that was removed.
#[must_use]
pub fn post_redacted(incident: &Incident, version: u32, by: Seq) -> String {
    say!(
        "Version {version} of the postmortem of {number} is no longer here: a text in it was removed for good ({by}). `/postmortem publish` publishes it again without that text.",
        "Version {version} des Postmortems zu {number} ist nicht mehr hier: Ein Text darin wurde endgültig entfernt ({by}). `/postmortem publish` veröffentlicht es ohne diesen Text neu.",
        number = incident.key.number
    )
}

/// The incident has no such version.
#[must_use]
pub fn no_such_version(incident: &Incident, version: u32) -> String {
    let number = incident.key.number;
    match incident.publications.len() {
        0 => say!(
            "The postmortem of {number} is not published yet, so it has no version {version}. `/postmortem show` without `version:` shows the draft.",
            "Das Postmortem zu {number} ist noch nicht veröffentlicht und hat keine Version {version}. `/postmortem show` ohne `version:` zeigt den Entwurf."
        ),
        last => say!(
            "The postmortem of {number} has the versions 1 to {last}, no {version}.",
            "Das Postmortem zu {number} hat die Versionen 1 bis {last}, keine {version}."
        ),
    }
}

/// Beside a version shown to one.
#[must_use]
pub fn version_shown(incident: &Incident, told: &Publication, sha256: &str) -> String {
    say!(
        "Version {version} of the postmortem of {number}, published {at} from the record through {through}.\n-# SHA-256 {sha256}",
        "Version {version} des Postmortems zu {number}, veröffentlicht {at} aus der Aufzeichnung bis {through}.\n-# SHA-256 {sha256}",
        version = told.version,
        number = incident.key.number,
        at = discord_day_and_time(told.at),
        through = told.through
    )
}

/// Over what was found in the draft.
#[must_use]
pub fn checked_draft(incident: &Incident) -> String {
    say!(
        "The postmortem of {number} as it would be written now, checked against itself and the record:",
        "Das Postmortem zu {number}, wie es jetzt geschrieben würde, gegen sich selbst und die Aufzeichnung geprüft:",
        number = incident.key.number
    )
}

/// Over what was found in a file.
#[must_use]
pub fn checked_file(file: &str, incident: Option<&Incident>) -> String {
    let file = escape::code(&escape::short(file, 100));
    match incident {
        Some(incident) => say!(
            "`{file}`, checked against itself and the record of {number}:",
            "`{file}`, gegen sich selbst und die Aufzeichnung von {number} geprüft:",
            number = incident.key.number
        ),
        None => say!(
            "`{file}`, checked against itself; name its incident with `incident:` to check it against the record too:",
            "`{file}`, gegen sich selbst geprüft; nenne mit `incident:` den Incident, um auch gegen die Aufzeichnung zu prüfen:"
        ),
    }
}
