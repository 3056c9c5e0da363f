//! What a refused command is answered with: what stands in the way, and what to do next.

use crate::incident::reminder::Reminder;
use crate::incident::{Component, Refusal, Status};

use super::language::say;
use super::speech::Speech;
use super::{escape, handover, link, name};

/// The sentence for a refusal. Nothing was recorded, and it says what to do.
#[must_use]
pub fn refusal(refusal: &Refusal, speech: &Speech) -> String {
    match refusal {
        Refusal::NoSuchIncident => say!(
            "There is no such incident here. `/incident list` shows those there are.",
            "Diesen Incident gibt es hier nicht. `/incident list` zeigt, welche es gibt."
        ),
        Refusal::AlreadyOpen => say!(
            "This incident is open already.",
            "Dieser Incident ist schon offen."
        ),
        Refusal::PlaceKnown => say!(
            "This incident has its channel already.",
            "Dieser Incident hat schon seinen Kanal."
        ),
        Refusal::EmptyText { option } => say!(
            "There is nothing to read in `{option}`: it is empty or has only invisible characters. Write a few words and send it again.",
            "In `{option}` ist nichts zu lesen: Es ist leer oder hat nur unsichtbare Zeichen. Schreib ein paar Worte und schick es noch einmal."
        ),
        Refusal::TitleTooLong { chars, most } => say!(
            "The title has {chars} characters, and {most} fit. Shorten it and put the rest into `summary`; nothing was opened or changed.",
            "Der Titel hat {chars} Zeichen, {most} passen. Kürze ihn und schreib den Rest in `summary`; es wurde nichts eröffnet oder geändert."
        ),
        Refusal::SectionTooLong { chars, most } => say!(
            "That section has {chars} characters, and {most} fit. Put what is long (logs, tables) behind a link; nothing was changed.",
            "Dieser Abschnitt hat {chars} Zeichen, {most} passen. Leg Langes (Logs, Tabellen) hinter einen Link; es wurde nichts geändert."
        ),
        Refusal::GrownMeanwhile { base, last } => say!(
            "The record went on from {base} to {last} while the postmortem was written from it, so nothing was published. Send the command again.",
            "Die Aufzeichnung ging von {base} bis {last} weiter, während das Postmortem daraus geschrieben wurde; darum wurde nichts veröffentlicht. Schick den Befehl noch einmal."
        ),
        Refusal::DocumentTooLong { bytes, most } => say!(
            "The postmortem has {has} MB with its full log, and {most} MB can be published. `/postmortem show` gives it to you as it is; nothing was changed.",
            "Das Postmortem hat mit seinem ganzen Log {has} MB, veröffentlicht werden können {most} MB. `/postmortem show` gibt es dir, wie es ist; es wurde nichts geändert.",
            has = bytes.div_ceil(1_000_000),
            most = most / 1_000_000
        ),
        Refusal::SameTitle => say!(
            "It has exactly this title already.",
            "Genau diesen Titel hat er schon."
        ),
        Refusal::InFuture { at, now } => say!(
            "{at} lies ahead (it is {now} now). Only what has happened can be recorded: give an earlier time, or leave `at` out for now.",
            "{at} liegt in der Zukunft (jetzt ist {now}). Nur Geschehenes wird aufgezeichnet: Nenne eine frühere Zeit, oder lass `at` weg, dann gilt jetzt.",
            at = speech.time(*at),
            now = speech.time(*now)
        ),
        Refusal::NoSuchYear { year } => say!(
            "The year {year} cannot be recorded: a year has four digits. Write the day as in `2026-07-09`, and look at the clock of the machine if you named none; nothing was changed.",
            "Das Jahr {year} lässt sich nicht aufzeichnen: Ein Jahr hat vier Ziffern. Schreib den Tag wie in `2026-07-09`, und sieh nach der Uhr des Rechners, wenn du keinen genannt hast; es wurde nichts geändert."
        ),
        Refusal::NotFromHere { from, to } => not_from_here(*from, *to),
        Refusal::SameStatus { status } => say!(
            "The status is already **{status}**. To post news without changing it, use `/incident update`, or add a `message`.",
            "Der Status ist schon **{status}**. Neues ohne Statuswechsel postest du mit `/incident update`, oder gib eine `message` mit.",
            status = name::status(*status)
        ),
        Refusal::NotToBeReopened { status, to } if to.is_open() => say!(
            "It is still open (**{status}**), so there is nothing to reopen. `/incident status` changes its status.",
            "Er ist noch offen (**{status}**), es gibt also nichts wieder zu öffnen. `/incident status` ändert den Status.",
            status = name::status(*status)
        ),
        Refusal::NotToBeReopened { to, .. } => say!(
            "**{to}** is no status of an open incident. Choose investigating, identified or monitoring.",
            "**{to}** ist kein Status eines offenen Incidents. Wähle „wird untersucht“, „Ursache bekannt“ oder „wird beobachtet“.",
            to = name::status(*to)
        ),
        Refusal::SameSeverity { severity } => say!(
            "The severity is already **{severity}**; nothing changed.",
            "Der Schweregrad ist schon **{severity}**; es hat sich nichts geändert."
        ),
        Refusal::SameComponentState { component, state } => say!(
            "{component} is already recorded as **{state}** at that time; nothing changed.",
            "{component} ist für diese Zeit schon als **{state}** aufgezeichnet; es hat sich nichts geändert.",
            component = bold(component),
            state = name::component_state(*state)
        ),
        Refusal::OutageAlreadyOpen { entry, since } => say!(
            "An outage is open already: {entry}, since {since}. End it with `/incident outage end`, or mend its start with `/incident correct entry:{number}`.",
            "Ein Ausfall ist schon offen: {entry}, seit {since}. Beende ihn mit `/incident outage end`, oder berichtige seinen Beginn mit `/incident correct entry:{number}`.",
            since = speech.time(*since),
            number = entry.0
        ),
        Refusal::NoOpenOutage => say!(
            "No outage is open. Tell when users were first affected with `/incident outage start at:`, then its end.",
            "Kein Ausfall ist offen. Sag mit `/incident outage start at:`, ab wann Nutzer betroffen waren, dann das Ende."
        ),
        Refusal::NoOpenOutageOf { components } => say!(
            "No open outage concerns {names}. Leave `components` out to end all that are open.",
            "Kein offener Ausfall betrifft {names}. Lass `components` weg, um alle offenen zu beenden.",
            names = escape::short(
                &components.iter().map(bold).collect::<Vec<_>>().join(", "),
                1_500
            )
        ),
        Refusal::EndsBeforeStart { entry, start, end } => say!(
            "That outage ({entry}) began at {start}, so it cannot end at {end}. If its start is wrong, mend it with `/incident correct entry:{number} at:`.",
            "Dieser Ausfall ({entry}) begann {start} und kann nicht {end} enden. Stimmt sein Beginn nicht, berichtige ihn mit `/incident correct entry:{number} at:`.",
            start = speech.time(*start),
            end = speech.time(*end),
            number = entry.0
        ),
        Refusal::SameHolder { role, name } => say!(
            "{name} is {role} already; nothing changed.",
            "{name} ist schon {role}; es hat sich nichts geändert.",
            name = escape::discord(name),
            role = escape::discord(name::role(role))
        ),
        Refusal::NothingToLead { status } => say!(
            "It is **{status}**, so there is nothing to lead. `/incident reopen` takes it up again.",
            "Er ist **{status}**, es gibt also nichts zu führen. `/incident reopen` nimmt ihn wieder auf.",
            status = name::status(*status)
        ),
        Refusal::BotCannotLead { name } => say!(
            "{name} is a bot and cannot lead an incident. Choose a person.",
            "{name} ist ein Bot und kann keinen Incident führen. Wähle einen Menschen.",
            name = escape::discord(name)
        ),
        Refusal::LeadsAlready => say!(
            "You lead already. Name in `to` who is to take over from you.",
            "Du führst schon. Nenne in `to`, wer von dir übernehmen soll."
        ),
        Refusal::NotTheirsToHandOver { name } => say!(
            "{name} leads, so only {name} can hand command over. Where {name} is silent, take it with `/incident handover to:` and your own name; `/incident role` changes it whoever leads.",
            "{name} führt, darum kann nur {name} das Kommando übergeben. Schweigt {name}, übernimm es mit `/incident handover to:` und deinem eigenen Namen; `/incident role` ändert es, wer auch führt.",
            name = escape::discord(name)
        ),
        Refusal::OfferedAlready { name, at } => say!(
            "{name} was asked at {at} and has not answered yet. Ask somebody else in `to`, or take it back with `/incident handover withdraw:True`.",
            "{name} wurde {at} gefragt und hat noch nicht geantwortet. Frag in `to` jemand anderen, oder zieh es mit `/incident handover withdraw:True` zurück.",
            name = escape::discord(name),
            at = speech.time(*at)
        ),
        Refusal::CommanderAtWork { name, heard, free } => say!(
            "{name} leads and was last heard at {heard}, so nobody takes over yet: from {free} on, if nothing more is heard. Until then ask {name} to hand over, or give the role with `/incident role`.",
            "{name} führt und war zuletzt {heard} zu hören, darum übernimmt noch niemand: erst ab {free}, wenn nichts mehr kommt. Bitte bis dahin {name} um die Übergabe, oder gib die Rolle mit `/incident role`.",
            name = escape::discord(name),
            heard = speech.time(*heard),
            free = speech.time(*free)
        ),
        Refusal::NotAsked { name } => say!(
            "Only {name} can answer: they were asked. If you are to lead, ask whoever leads to offer it to you.",
            "Nur {name} kann antworten und wurde gefragt. Sollst du führen, bitte, wer führt, es dir anzubieten.",
            name = escape::discord(name)
        ),
        Refusal::OfferOver { name, how } => handover::over(name, *how),
        Refusal::NothingOffered => say!(
            "Command is offered to nobody, so there is nothing to take back.",
            "Das Kommando ist niemandem angeboten, es gibt nichts zurückzuziehen."
        ),
        Refusal::NotTheirOffer { name } => say!(
            "{name} made the offer, so only they and whoever leads can take it back.",
            "{name} hat es angeboten, darum kann es nur {name} zurückziehen, oder wer führt.",
            name = escape::discord(name)
        ),
        Refusal::NoSuchAction { number, count: 0 } => say!(
            "There is no action item {number}: none was added yet. `/incident action add` adds one.",
            "Es gibt keine Aufgabe {number}: Noch wurde keine hinzugefügt. `/incident action add` fügt eine hinzu."
        ),
        Refusal::NoSuchAction { number, count } => say!(
            "There is no action item {number}; they go from 1 to {count}. `/incident action list` shows them.",
            "Es gibt keine Aufgabe {number}; sie gehen von 1 bis {count}. `/incident action list` zeigt sie."
        ),
        Refusal::ActionAlreadyDone { number } => say!(
            "Action item {number} is done already; nothing changed.",
            "Aufgabe {number} ist schon erledigt; es hat sich nichts geändert."
        ),
        Refusal::SameOwner { number, name } => say!(
            "Action item {number} is {name}'s already; nothing changed.",
            "Aufgabe {number} liegt schon bei {name}; es hat sich nichts geändert.",
            name = escape::discord(name)
        ),
        Refusal::NothingOwed { reminder } => nothing_owed(*reminder),
        Refusal::InPast { until } => say!(
            "{until} has passed already, so nothing can be put off until then.",
            "{until} ist schon vorbei, bis dahin lässt sich nichts verschieben.",
            until = speech.time(*until)
        ),
        Refusal::LinkToItself { number } => say!(
            "{number} cannot be linked to itself. Name the other incident in `to`.",
            "{number} lässt sich nicht mit sich selbst verknüpfen. Nenne in `to` den anderen Incident."
        ),
        Refusal::AlreadyLinked { number } => say!(
            "It is linked to {number} so already.",
            "So ist er schon mit {number} verknüpft."
        ),
        Refusal::LinkToPrivate { number } => say!(
            "{number} is private and this one is not, so its record must not name it. Link it from {number}: what is said there only its members see.",
            "{number} ist privat und dieser nicht, darum darf seine Aufzeichnung ihn nicht nennen. Verknüpf es von {number} aus: Was dort gesagt wird, sehen nur Beteiligte."
        ),
        Refusal::LinkInCircle { number, relation } => link::in_circle(*number, *relation),
        Refusal::DuplicateAlready { original } => say!(
            "It is a duplicate of {original} already. If that is wrong, take it back with `/incident link relation:duplicate of to:{original} remove:True`.",
            "Er ist schon ein Duplikat von {original}. Stimmt das nicht, nimm es mit `/incident link relation:duplicate of to:{original} remove:True` zurück."
        ),
        Refusal::OtherIsDuplicate { number, original } => say!(
            "{number} is itself a duplicate of {original}. Link this one to {original}.",
            "{number} ist selbst ein Duplikat von {original}. Verknüpf diesen mit {original}."
        ),
        Refusal::HasDuplicates { duplicate, number } => say!(
            "{duplicate} is a duplicate of this one, which is the original then. Make {number} a duplicate of it instead, or take the other link back first with `remove`.",
            "{duplicate} ist ein Duplikat von diesem, der damit das Original ist. Mach stattdessen {number} zum Duplikat von ihm, oder nimm erst die andere Verknüpfung mit `remove` zurück."
        ),
        Refusal::NotLinked { number, relation } => say!(
            "It is not recorded as {tied}; nothing changed.",
            "So ist es nicht aufgezeichnet ({tied}); es hat sich nichts geändert.",
            tied = link::tied(*relation, *number, false)
        ),
        Refusal::NoSuchEntry { entry, last } => say!(
            "There is no entry {entry}; the last one is {last}. `/incident timeline view:all` shows their numbers.",
            "Es gibt keinen Eintrag {entry}; der letzte ist {last}. `/incident timeline view:all` zeigt die Nummern."
        ),
        Refusal::AlreadyKey { entry } => say!(
            "{entry} is a key event already.",
            "{entry} ist schon ein Schlüsselereignis."
        ),
        Refusal::NotKey { entry } => say!(
            "{entry} is no key event, so there is nothing to take back.",
            "{entry} ist kein Schlüsselereignis, es gibt nichts zurückzunehmen."
        ),
        Refusal::NothingToCorrect => say!(
            "Say what to correct: the `text`, the time in `at`, or both.",
            "Sag, was zu berichtigen ist: der `text`, die Zeit in `at` oder beides."
        ),
        Refusal::NotCorrectable { entry, kind } => say!(
            "{entry} ({kind}) is something Scribe notes about the record itself and cannot be corrected. Add what is right with `/incident note`.",
            "{entry} ({kind}) hat Scribe über die Aufzeichnung selbst vermerkt, das lässt sich nicht berichtigen. Ergänze mit `/incident note`, was richtig ist.",
            kind = kind.replace('_', " ")
        ),
        Refusal::NoTextToCorrect { entry, kind } => say!(
            "{entry} ({kind}) has no text of its own; only its time can be corrected, with `at`.",
            "{entry} ({kind}) hat keinen eigenen Text; nur die Zeit lässt sich berichtigen, mit `at`.",
            kind = kind.replace('_', " ")
        ),
        Refusal::AlreadyRedacted { entry } => say!(
            "The text of {entry} was removed for good already.",
            "Der Text von {entry} wurde schon endgültig entfernt."
        ),
        Refusal::NoMessage => say!(
            "This belongs to no message on Discord, so it cannot be recorded as one.",
            "Das gehört zu keiner Nachricht auf Discord und lässt sich nicht als eine aufzeichnen."
        ),
    }
}

fn nothing_owed(reminder: Reminder) -> String {
    let why = match reminder {
        Reminder::Update | Reminder::OpenLong => {
            say!("The incident is over", "Der Incident ist vorbei")
        }
        Reminder::Commander => say!(
            "Somebody leads by now, or the incident is over",
            "Inzwischen führt jemand, oder der Incident ist vorbei"
        ),
        Reminder::Silent => say!(
            "Nobody leads, or the incident is over",
            "Niemand führt, oder der Incident ist vorbei"
        ),
        Reminder::Postmortem => say!(
            "No postmortem is owed any more",
            "Ein Postmortem steht nicht mehr aus"
        ),
        Reminder::Action(number) => say!(
            "Action item {number} is done",
            "Aufgabe {number} ist erledigt"
        ),
    };
    say!(
        "{why}: nobody is reminded of it any more, and nothing has to be put off.",
        "{why}: Daran wird niemand mehr erinnert, es ist nichts zu verschieben."
    )
}

fn not_from_here(from: Status, to: Status) -> String {
    match (from, to) {
        (from, Status::Postmortem) if from.is_open() => say!(
            "The incident is still **{from}**. Resolve it first with `/incident status state:resolved`; the postmortem comes after.",
            "Der Status ist noch **{from}**. Schließ den Incident zuerst mit `/incident status state:resolved` ab; danach kommt das Postmortem.",
            from = name::status(from)
        ),
        (Status::Postmortem, Status::Resolved) => say!(
            "Its postmortem is published, which says that it is resolved. `/incident reopen` takes it up again.",
            "Sein Postmortem ist veröffentlicht, damit gilt er als gelöst. `/incident reopen` nimmt ihn wieder auf."
        ),
        (from, Status::Cancelled) => say!(
            "It is **{from}**, so it was no false alarm at the time. If it was one after all, `/incident reopen` it first, then cancel.",
            "Er ist **{from}**, damals war es also kein Fehlalarm. War es doch einer, öffne ihn erst mit `/incident reopen` wieder und brich ihn dann ab.",
            from = name::status(from)
        ),
        (from, to) => say!(
            "From **{from}** it cannot become **{to}**. `/incident reopen` takes it up again; from there it can.",
            "Von **{from}** geht es nicht zu **{to}**. `/incident reopen` nimmt ihn wieder auf; von dort geht es.",
            from = name::status(from),
            to = name::status(to)
        ),
    }
}

fn bold(component: &Component) -> String {
    format!("**{}**", escape::discord(&escape::short(&component.0, 100)))
}
