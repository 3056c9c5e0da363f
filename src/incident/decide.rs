//! The rules: what a command does to an incident, or why it cannot.

mod follow_up;
mod handover;
mod linking;
mod mending;
mod publishing;

use chrono::{DateTime, SubsecRound, Utc};

use super::command::{Command, Context, Open};
use super::component::{Component, ComponentState};
use super::entry::{Entry, Fact, REDACTED};
use super::id::Seq;
use super::outage::OutageWindow;
use super::pen::Pen;
use super::person::Person;
use super::refusal::Refusal;
use super::role::Role;
use super::state::Incident;
use super::status::Status;
use super::text::{self, MAX_TEXT_CHARS, MAX_TITLE_CHARS};
use follow_up::{add_action, assign_action, finish_action, snooze};
use mending::{correct, redact};
use publishing::publish;

/// What a command adds to the log. `incident` is `None` for one that does not
/// exist yet. The entries continue the log's numbers; none means there is
/// nothing to say. Reads no clock and touches nothing.
///
/// # Errors
/// The command breaks a rule; nothing is to be written.
pub fn decide(
    incident: Option<&Incident>,
    command: Command,
    context: &Context,
) -> Result<Vec<Entry>, Refusal> {
    let mut log = Pen::new(incident, context);
    match (incident, command) {
        (None, Command::Open(open)) => open_incident(&mut log, open)?,
        (Some(_), Command::Open(_)) => return Err(Refusal::AlreadyOpen),
        (None, _) => return Err(Refusal::NoSuchIncident),
        (Some(incident), command) => change(&mut log, incident, command)?,
    }
    log.done()
}

fn open_incident(log: &mut Pen<'_>, open: Open) -> Result<(), Refusal> {
    let declared = log.moment(open.at)?;
    let started = open.started.map(|at| log.moment(Some(at))).transpose()?;
    let opened = Fact::Opened {
        title: title(&open.title)?,
        severity: open.severity,
        summary: open
            .summary
            .as_deref()
            .map(text::body)
            .filter(|s| !s.trim().is_empty()),
        private: open.private,
        drill: open.drill,
        source: open.source,
    };
    log.write(declared, opened);
    if let Some(adopted) = open.adopted {
        let since = log.moment(Some(adopted.since))?;
        log.write(
            declared,
            Fact::PlaceOpened {
                channel: adopted.channel,
                place: adopted.place,
                since: Some(since),
            },
        );
    }
    let mut components = open.components;
    components.sort();
    components.dedup();
    for component in &components {
        let fact = Fact::ComponentChanged {
            component: component.clone(),
            from: ComponentState::Operational,
            to: ComponentState::PartialOutage,
        };
        log.write(started.unwrap_or(declared), fact);
    }
    if let Some(started) = started {
        log.write(started, Fact::OutageStarted { components });
    }
    Ok(())
}

fn change(log: &mut Pen<'_>, incident: &Incident, command: Command) -> Result<(), Refusal> {
    match command {
        Command::Open(_) => return Err(Refusal::AlreadyOpen),
        Command::OpenPlace { channel, place } => {
            if incident.place.is_some() {
                return Err(Refusal::PlaceKnown);
            }
            log.write_now(Fact::PlaceOpened {
                channel,
                place,
                since: None,
            });
        }
        Command::FollowThread { channel, name } => {
            if !incident.records(channel) {
                let name = text::one_line(&name);
                log.write_now(Fact::ThreadFollowed { channel, name });
            }
        }
        Command::ArchivePlace { end, locked, was } => {
            let put_away = incident.archived.as_ref().map(|archived| archived.end);
            if incident.ended_by() == Some(end) && put_away != Some(end) {
                log.write_now(Fact::PlaceArchived { end, locked, was });
            }
        }
        Command::RestorePlace => {
            if incident.archived.is_some() {
                log.write_now(Fact::PlaceRestored {});
            }
        }
        Command::SetStatus { to, message, at } => set_status(log, incident, to, message, at)?,
        Command::Reopen { to, reason } => {
            let status = incident.status_now();
            if status.is_open() || !to.is_open() {
                return Err(Refusal::NotToBeReopened { status, to });
            }
            set_status(log, incident, to, reason, None)?;
        }
        Command::Update { message, at } => {
            let at = log.moment(at)?;
            let message = required("message", &message)?;
            let status = status_at(incident, at);
            log.write(at, Fact::Updated { status, message });
        }
        Command::Note { text, at, key } => {
            let at = log.moment(at)?;
            let text = required("text", &text)?;
            log.write(at, Fact::Noted { text, key });
        }
        Command::SetSeverity { to, reason, at } => {
            let at = log.moment(at)?;
            let held = incident
                .severity
                .at(at)
                .or(incident.severity.changes().first());
            let from = held.map_or(incident.severity_now(), |change| change.value);
            if from == to {
                return Err(Refusal::SameSeverity { severity: to });
            }
            let reason = optional(reason);
            log.write(at, Fact::SeverityChanged { from, to, reason });
        }
        Command::Rename { title: new } => {
            let to = title(&new)?;
            if to == incident.title {
                return Err(Refusal::SameTitle);
            }
            log.write_now(Fact::Renamed { to });
        }
        Command::SetComponent { component, to, at } => {
            set_component(log, incident, component, to, at)?;
        }
        Command::StartOutage { components, at } => start_outage(log, incident, components, at)?,
        Command::EndOutage { components, at } => end_outage(log, incident, &components, at)?,
        Command::GiveRole { role, to } => give_role(log, incident, role, to)?,
        Command::Handover {
            to,
            note,
            takeover_after,
        } => handover::hand_over(log, incident, to, note, takeover_after)?,
        Command::AnswerHandover { offer, accept } => {
            handover::answer(log, incident, offer, accept)?;
        }
        Command::WithdrawHandover => handover::withdraw(log, incident)?,
        Command::GiveAccess { to } => handover::give_access(log, incident, to),
        Command::TakeAccess { from } => handover::take_access(log, incident, from),
        Command::AddAction { text, owner, due } => add_action(log, incident, &text, owner, due)?,
        Command::FinishAction { number } => finish_action(log, incident, number)?,
        Command::AssignAction { number, to, due } => assign_action(log, incident, number, to, due)?,
        Command::Snooze { reminder, until } => snooze(log, incident, reminder, until)?,
        Command::WriteSection {
            section,
            text,
            base,
        } => {
            // Cutting it would lose words without a word.
            let (chars, most) = (text.chars().count(), MAX_TEXT_CHARS);
            if chars > most {
                return Err(Refusal::SectionTooLong { chars, most });
            }
            let text = required("text", &text)?;
            if let Some(base) = base {
                known(incident, base)?;
            }
            // What was written meanwhile stands beside it: see `Incident::words`.
            log.write_now(Fact::SectionWritten {
                section,
                text,
                base,
            });
        }
        Command::Publish { base, documents } => publish(log, incident, base, &documents)?,
        Command::Link {
            relation,
            to,
            target,
        } => linking::link(log, incident, relation, to, &target)?,
        Command::Unlink { relation, to } => linking::unlink(log, incident, relation, to)?,
        Command::LinkBack { relation, to, tied } => {
            linking::link_back(log, incident, relation, to, tied);
        }
        Command::RecordMessage { mut message, at } => {
            message.text = text::body(&message.text);
            message.edited_at = message.edited_at.map(|at| at.trunc_subsecs(6));
            log.write(at, Fact::MessagePosted(message));
        }
        Command::RecordEdit { text, at } => {
            let origin = log.context.origin.ok_or(Refusal::NoMessage)?;
            // That it was edited may be known; what it says was removed for good.
            let text = match incident.redacted_messages.contains(&origin.message) {
                true => REDACTED.to_owned(),
                false => text::body(&text),
            };
            log.write(at, Fact::MessageEdited { text });
        }
        Command::RecordDeletion { at } => {
            log.context.origin.ok_or(Refusal::NoMessage)?;
            log.write(at, Fact::MessageDeleted {});
        }
        Command::KeepAttachment { attachment, sha256 } => {
            let message = log.context.origin.map(|origin| origin.message);
            // Fetched while its message was redacted: it is not kept.
            if !message.is_some_and(|message| incident.redacted_messages.contains(&message)) {
                log.write_now(Fact::AttachmentKept { attachment, sha256 });
            }
        }
        Command::LoseAttachment { attachment, reason } => {
            let reason = text::one_line(&reason);
            log.write_now(Fact::AttachmentLost { attachment, reason });
        }
        Command::MarkKey { entry, by_pin } => {
            known(incident, entry)?;
            if incident.key_entries.contains(&entry) {
                return Err(Refusal::AlreadyKey { entry });
            }
            log.write_now(Fact::KeyMarked { entry, by_pin });
        }
        Command::UnmarkKey { entry } => {
            known(incident, entry)?;
            if !incident.key_entries.contains(&entry) {
                return Err(Refusal::NotKey { entry });
            }
            log.write_now(Fact::KeyUnmarked { entry });
        }
        Command::Correct { target, text, at } => correct(log, incident, &target, text, at)?,
        Command::Redact(redaction) => redact(log, incident, redaction)?,
        Command::FailDelivery { what, reason } => {
            let reason = text::one_line(&reason);
            if incident.failed_deliveries.get(&what) != Some(&reason) {
                log.write_now(Fact::DeliveryFailed { what, reason });
            }
        }
        Command::RecoverDelivery { what } => {
            if incident.failed_deliveries.contains_key(&what) {
                log.write_now(Fact::DeliveryRecovered { what });
            }
        }
        Command::RecordAbsence {
            from,
            to,
            recovered,
            compared_since,
            unread,
        } => log.write_now(Fact::Absence {
            from,
            to,
            recovered,
            compared_since,
            unread,
        }),
    }
    Ok(())
}

fn set_status(
    log: &mut Pen<'_>,
    incident: &Incident,
    to: Status,
    message: Option<String>,
    at: Option<DateTime<Utc>>,
) -> Result<(), Refusal> {
    let at = log.moment(at)?;
    let message = optional(message);
    let from = status_at(incident, at);
    if from == to {
        let message = message.ok_or(Refusal::SameStatus { status: to })?;
        let status = to;
        log.write(at, Fact::Updated { status, message });
        return Ok(());
    }
    if !from.may_become(to) {
        return Err(Refusal::NotFromHere { from, to });
    }
    log.write(at, Fact::StatusChanged { from, to, message });
    Ok(())
}

/// The status at a moment; before the declaration, the first there was.
fn status_at(incident: &Incident, at: DateTime<Utc>) -> Status {
    let held = incident.status.at(at).or(incident.status.changes().first());
    held.map_or(Status::Investigating, |change| change.value)
}

fn set_component(
    log: &mut Pen<'_>,
    incident: &Incident,
    component: Component,
    to: ComponentState,
    at: Option<DateTime<Utc>>,
) -> Result<(), Refusal> {
    let at = log.moment(at)?;
    let component = Component(required("name", &text::one_line(&component.0))?);
    let held = incident
        .components
        .get(&component)
        .and_then(|track| track.at(at));
    let from = held.map_or(ComponentState::Operational, |change| change.value);
    if from == to {
        let state = to;
        return Err(Refusal::SameComponentState { component, state });
    }
    log.write(
        at,
        Fact::ComponentChanged {
            component,
            from,
            to,
        },
    );
    Ok(())
}

fn start_outage(
    log: &mut Pen<'_>,
    incident: &Incident,
    mut components: Vec<Component>,
    at: Option<DateTime<Utc>>,
) -> Result<(), Refusal> {
    let at = log.moment(at)?;
    components.sort();
    components.dedup();
    let open = incident
        .open_outages()
        .find(|window| window.components == components);
    if let Some(window) = open {
        let (entry, since) = (window.seq, window.start);
        return Err(Refusal::OutageAlreadyOpen { entry, since });
    }
    log.write(at, Fact::OutageStarted { components });
    Ok(())
}

fn end_outage(
    log: &mut Pen<'_>,
    incident: &Incident,
    components: &[Component],
    at: Option<DateTime<Utc>>,
) -> Result<(), Refusal> {
    let at = log.moment(at)?;
    let mut open = incident.open_outages().peekable();
    if open.peek().is_none() {
        return Err(Refusal::NoOpenOutage);
    }
    let ending: Vec<&OutageWindow> = open.filter(|window| window.concerns(components)).collect();
    if ending.is_empty() {
        let components = components.to_vec();
        return Err(Refusal::NoOpenOutageOf { components });
    }
    if let Some(window) = ending.iter().find(|window| at < window.start) {
        return Err(ends_before_start(window, window.start, at));
    }
    let windows = ending.iter().map(|window| window.seq).collect();
    log.write(at, Fact::OutageEnded { windows });
    Ok(())
}

fn ends_before_start(window: &OutageWindow, start: DateTime<Utc>, end: DateTime<Utc>) -> Refusal {
    let entry = window.seq;
    Refusal::EndsBeforeStart { entry, start, end }
}

fn give_role(
    log: &mut Pen<'_>,
    incident: &Incident,
    role: Role,
    to: Person,
) -> Result<(), Refusal> {
    let from = incident.roles.get(&role).cloned();
    if from.as_ref().is_some_and(|from| from.id == to.id) {
        let name = to.name;
        return Err(Refusal::SameHolder { role, name });
    }
    log.write_now(Fact::RoleGiven {
        role,
        from,
        to,
        by: None,
    });
    Ok(())
}

fn known(incident: &Incident, entry: Seq) -> Result<(), Refusal> {
    let last = incident.last_seq;
    if entry == Seq(0) || entry > last {
        return Err(Refusal::NoSuchEntry { entry, last });
    }
    Ok(())
}

fn title(text: &str) -> Result<String, Refusal> {
    let title = required("title", &text::one_line(text))?;
    let chars = title.chars().count();
    if chars > MAX_TITLE_CHARS {
        let most = MAX_TITLE_CHARS;
        return Err(Refusal::TitleTooLong { chars, most });
    }
    Ok(title)
}

fn required(option: &'static str, text: &str) -> Result<String, Refusal> {
    let clean = text::body(text);
    if text::one_line(&clean).is_empty() {
        return Err(Refusal::EmptyText { option });
    }
    Ok(clean)
}

fn optional(text: Option<String>) -> Option<String> {
    text.and_then(|text| required("", &text).ok())
}
