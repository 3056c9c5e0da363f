//! What a refused command is answered with: what stands in the way, and what to do next.

use crate::incident::reminder::Reminder;
use crate::incident::{Component, Refusal, Status};

use super::speech::Speech;
use super::{escape, handover, link};

/// The sentence for a refusal. Nothing was recorded, and it says what to do.
#[must_use]
pub fn refusal(refusal: &Refusal, speech: &Speech) -> String {
    match refusal {
        Refusal::NoSuchIncident => {
            "There is no such incident here. `/incident list` shows those there are.".to_owned()
        }
        Refusal::AlreadyOpen => "This incident is open already.".to_owned(),
        Refusal::PlaceKnown => "This incident has its channel already.".to_owned(),
        Refusal::EmptyText { option } => format!(
            "There is nothing to read in `{option}`: it is empty or has only invisible characters. Write a few words and send it again."
        ),
        Refusal::TitleTooLong { chars, most } => format!(
            "The title has {chars} characters, and {most} fit. Shorten it and put the rest into `summary`; nothing was opened or changed."
        ),
        Refusal::SectionTooLong { chars, most } => format!(
            "That section has {chars} characters, and {most} fit. Put what is long (logs, tables) behind a link; nothing was changed."
        ),
        Refusal::GrownMeanwhile { base, last } => format!(
            "The record went on from {base} to {last} while the postmortem was written from it, so nothing was published. Send the command again."
        ),
        Refusal::DocumentTooLong { bytes, most } => format!(
            "The postmortem has {} MB with its full log, and {} MB can be published. `/postmortem show` gives it to you as it is; nothing was changed.",
            bytes.div_ceil(1_000_000),
            most / 1_000_000
        ),
        Refusal::SameTitle => "It has exactly this title already.".to_owned(),
        Refusal::InFuture { at, now } => format!(
            "{} lies ahead (it is {} now). Only what has happened can be recorded: give an earlier time, or leave `at` out for now.",
            speech.time(*at),
            speech.time(*now)
        ),
        Refusal::NoSuchYear { year } => format!(
            "The year {year} cannot be recorded: a year has four digits. Write the day as in `2026-07-09`, and look at the clock of the machine if you named none; nothing was changed."
        ),
        Refusal::NotFromHere { from, to } => not_from_here(*from, *to),
        Refusal::SameStatus { status } => format!(
            "The status is already **{status}**. To post news without changing it, use `/incident update`, or add a `message`."
        ),
        Refusal::NotToBeReopened { status, to } if to.is_open() => format!(
            "It is still open (**{status}**), so there is nothing to reopen. `/incident status` changes its status."
        ),
        Refusal::NotToBeReopened { to, .. } => format!(
            "**{to}** is no status of an open incident. Choose investigating, identified or monitoring."
        ),
        Refusal::SameSeverity { severity } => {
            format!("The severity is already **{severity}**; nothing changed.")
        }
        Refusal::SameComponentState { component, state } => format!(
            "{} is already recorded as **{state}** at that time; nothing changed.",
            bold(component)
        ),
        Refusal::OutageAlreadyOpen { entry, since } => format!(
            "An outage is open already: {entry}, since {}. End it with `/incident outage end`, or mend its start with `/incident correct entry:{}`.",
            speech.time(*since),
            entry.0
        ),
        Refusal::NoOpenOutage => {
            "No outage is open. Tell when users were first affected with `/incident outage start at:`, then its end.".to_owned()
        }
        Refusal::NoOpenOutageOf { components } => format!(
            "No open outage concerns {}. Leave `components` out to end all that are open.",
            escape::short(&components.iter().map(bold).collect::<Vec<_>>().join(", "), 1_500)
        ),
        Refusal::EndsBeforeStart { entry, start, end } => format!(
            "That outage ({entry}) began at {}, so it cannot end at {}. If its start is wrong, mend it with `/incident correct entry:{} at:`.",
            speech.time(*start),
            speech.time(*end),
            entry.0
        ),
        Refusal::SameHolder { role, name } => format!(
            "{} is {} already; nothing changed.",
            escape::discord(name),
            escape::discord(role.as_str())
        ),
        Refusal::NothingToLead { status } => format!(
            "It is **{status}**, so there is nothing to lead. `/incident reopen` takes it up again."
        ),
        Refusal::BotCannotLead { name } => format!(
            "{} is a bot and cannot lead an incident. Choose a person.",
            escape::discord(name)
        ),
        Refusal::LeadsAlready => {
            "You lead already. Name in `to` who is to take over from you.".to_owned()
        }
        Refusal::NotTheirsToHandOver { name } => format!(
            "{0} leads, so only {0} can hand command over. Where {0} is silent, take it with `/incident handover to:` and your own name; `/incident role` changes it whoever leads.",
            escape::discord(name)
        ),
        Refusal::OfferedAlready { name, at } => format!(
            "{} was asked at {} and has not answered yet. Ask somebody else in `to`, or take it back with `/incident handover withdraw:True`.",
            escape::discord(name),
            speech.time(*at)
        ),
        Refusal::CommanderAtWork { name, heard, free } => format!(
            "{0} leads and was last heard at {1}, so nobody takes over yet: from {2} on, if nothing more is heard. Until then ask {0} to hand over, or give the role with `/incident role`.",
            escape::discord(name),
            speech.time(*heard),
            speech.time(*free)
        ),
        Refusal::NotAsked { name } => format!(
            "Only {} can answer: they were asked. If you are to lead, ask whoever leads to offer it to you.",
            escape::discord(name)
        ),
        Refusal::OfferOver { name, how } => handover::over(name, *how),
        Refusal::NothingOffered => {
            "Command is offered to nobody, so there is nothing to take back.".to_owned()
        }
        Refusal::NotTheirOffer { name } => format!(
            "{} made the offer, so only they and whoever leads can take it back.",
            escape::discord(name)
        ),
        Refusal::NoSuchAction { number, count: 0 } => format!(
            "There is no action item {number}: none was added yet. `/incident action add` adds one."
        ),
        Refusal::NoSuchAction { number, count } => format!(
            "There is no action item {number}; they go from 1 to {count}. `/incident action list` shows them."
        ),
        Refusal::ActionAlreadyDone { number } => {
            format!("Action item {number} is done already; nothing changed.")
        }
        Refusal::SameOwner { number, name } => format!(
            "Action item {number} is {}'s already; nothing changed.",
            escape::discord(name)
        ),
        Refusal::NothingOwed { reminder } => nothing_owed(*reminder),
        Refusal::InPast { until } => format!(
            "{} has passed already, so nothing can be put off until then.",
            speech.time(*until)
        ),
        Refusal::LinkToItself { number } => {
            format!("{number} cannot be linked to itself. Name the other incident in `to`.")
        }
        Refusal::AlreadyLinked { number } => format!("It is linked to {number} so already."),
        Refusal::LinkToPrivate { number } => format!(
            "{number} is private and this one is not, so its record must not name it. Link it from {number}: what is said there only its members see."
        ),
        Refusal::LinkInCircle { number, relation } => {
            link::in_circle(*number, *relation)
        }
        Refusal::DuplicateAlready { original } => format!(
            "It is a duplicate of {original} already. If that is wrong, take it back with `/incident link relation:duplicate of to:{original} remove:True`."
        ),
        Refusal::OtherIsDuplicate { number, original } => format!(
            "{number} is itself a duplicate of {original}. Link this one to {original}."
        ),
        Refusal::HasDuplicates { duplicate, number } => format!(
            "{duplicate} is a duplicate of this one, which is the original then. Make {number} a duplicate of it instead, or take the other link back first with `remove`."
        ),
        Refusal::NotLinked { number, relation } => format!(
            "It is not recorded as {}; nothing changed.",
            link::tied(*relation, *number, false)
        ),
        Refusal::NoSuchEntry { entry, last } => format!(
            "There is no entry {entry}; the last one is {last}. `/incident timeline view:all` shows their numbers."
        ),
        Refusal::AlreadyKey { entry } => format!("{entry} is a key event already."),
        Refusal::NotKey { entry } => format!("{entry} is no key event, so there is nothing to take back."),
        Refusal::NothingToCorrect => {
            "Say what to correct: the `text`, the time in `at`, or both.".to_owned()
        }
        Refusal::NotCorrectable { entry, kind } => format!(
            "{entry} ({}) is something Scribe notes about the record itself and cannot be corrected. Add what is right with `/incident note`.",
            kind.replace('_', " ")
        ),
        Refusal::NoTextToCorrect { entry, kind } => format!(
            "{entry} ({}) has no text of its own; only its time can be corrected, with `at`.",
            kind.replace('_', " ")
        ),
        Refusal::AlreadyRedacted { entry } => {
            format!("The text of {entry} was removed for good already.")
        }
        Refusal::NoMessage => {
            "This belongs to no message on Discord, so it cannot be recorded as one.".to_owned()
        }
    }
}

fn nothing_owed(reminder: Reminder) -> String {
    let why = match reminder {
        Reminder::Update | Reminder::OpenLong => "The incident is over".to_owned(),
        Reminder::Commander => "Somebody leads by now, or the incident is over".to_owned(),
        Reminder::Silent => "Nobody leads, or the incident is over".to_owned(),
        Reminder::Postmortem => "No postmortem is owed any more".to_owned(),
        Reminder::Action(number) => format!("Action item {number} is done"),
    };
    format!("{why}: nobody is reminded of it any more, and nothing has to be put off.")
}

fn not_from_here(from: Status, to: Status) -> String {
    match (from, to) {
        (from, Status::Postmortem) if from.is_open() => format!(
            "The incident is still **{from}**. Resolve it first with `/incident status state:resolved`; the postmortem comes after."
        ),
        (Status::Postmortem, Status::Resolved) => {
            "Its postmortem is published, which says that it is resolved. `/incident reopen` takes it up again.".to_owned()
        }
        (from, Status::Cancelled) => format!(
            "It is **{from}**, so it was no false alarm at the time. If it was one after all, `/incident reopen` it first, then cancel."
        ),
        (from, to) => format!(
            "From **{from}** it cannot become **{to}**. `/incident reopen` takes it up again; from there it can."
        ),
    }
}

fn bold(component: &Component) -> String {
    format!("**{}**", escape::discord(&escape::short(&component.0, 100)))
}
