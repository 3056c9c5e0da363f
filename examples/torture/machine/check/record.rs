//! Everything that was said is in the log, once, in order, as far as it could be seen.

use std::collections::HashMap;

use scribe::incident::{Actor, Fact, GuildId, Line, MessageId, timeline};

use super::{Kept, says};
use crate::machine::ledger::{Ledger, Said};

/// What the logs lack or have too much of.
pub(super) fn findings(ledger: &Ledger, kept: &[Kept]) -> Vec<String> {
    let mut findings = Vec::new();
    for one in kept {
        messages(ledger, one, &mut findings);
    }
    commands(ledger, kept, &mut findings);
    opened(ledger, kept, &mut findings);
    findings
}

fn messages(ledger: &Ledger, kept: &Kept, findings: &mut Vec<String>) {
    let name = kept.name();
    let lines = timeline(&kept.log);
    let mut recorded: HashMap<MessageId, Vec<&Line<'_>>> = HashMap::new();
    let mut order = HashMap::new();
    for line in &lines {
        let (Fact::MessagePosted(_), Some(origin)) = (&line.entry.fact, line.entry.origin) else {
            continue;
        };
        recorded.entry(origin.message).or_default().push(line);
        let before = order.insert(origin.channel, origin.message);
        if before.is_some_and(|before| before > origin.message) {
            findings.push(format!("{name}: {} is out of order", origin.message));
        }
    }
    for said in ledger
        .said
        .iter()
        .filter(|said| said.room.incident == kept.key())
    {
        let lines = recorded.remove(&MessageId(said.id.0)).unwrap_or_default();
        if let Some(wrong) = wrong(said, &lines) {
            findings.push(format!(
                "{name}: message {} in {} by {} ({}{:?}): {wrong}",
                said.id,
                said.room.channel,
                said.who,
                if said.deleted { "deleted, " } else { "" },
                said.versions,
            ));
        }
    }
    for message in recorded.keys() {
        findings.push(format!("{name}: nobody wrote {message}"));
    }
}

fn wrong(said: &Said, lines: &[&Line<'_>]) -> Option<String> {
    let must = !said.deleted || said.versions.iter().any(|version| version.seen);
    let line = match lines {
        [] if must => return Some("it is not in the log".to_owned()),
        [] => return None,
        [line] => line,
        lines => return Some(format!("it is in the log {} times", lines.len())),
    };
    match &line.entry.actor {
        Actor::Person(person) if person.name.eq_ignore_ascii_case(&said.who) => {}
        actor => return Some(format!("it is by {actor:?}")),
    }
    let texts: Vec<&str> = line
        .revisions
        .iter()
        .map(|revision| revision.text)
        .chain([line.text])
        .flatten()
        .collect();
    let mut left = texts.iter().copied();
    let mut next = left.next();
    for version in &said.versions {
        if next == Some(version.text.as_str()) {
            next = left.next();
        } else if version.seen {
            return Some(format!("{:?} is not in {texts:?}", version.text));
        }
    }
    if let Some(next) = next {
        return Some(format!("{next:?} is too much in {texts:?}"));
    }
    let last = said.versions.last().map(|version| version.text.as_str());
    if !said.deleted && last != line.text {
        return Some(format!("the log ends with {:?}", line.text));
    }
    if said.deleted != line.deleted_at.is_some() {
        return Some(format!("deleted at {:?} by the log", line.deleted_at));
    }
    (said.marked && !said.deleted && !line.key)
        .then(|| "it is not marked as a key event".to_owned())
}

fn commands(ledger: &Ledger, kept: &[Kept], findings: &mut Vec<String>) {
    for asked in &ledger.asked {
        let Some(one) = kept.iter().find(|one| one.key() == asked.incident) else {
            continue;
        };
        let entries: Vec<u32> = one
            .log
            .iter()
            .filter(|entry| says(entry, &asked.marker))
            .map(|entry| entry.seq.0)
            .collect();
        let told = asked.acknowledged();
        if asked.in_peace && asked.answer.is_err() {
            findings.push(format!("{asked:?}: no answer in peace"));
        }
        let right = match told {
            Some(told) => entries == [told],
            None => entries.len() <= 1,
        };
        if !right {
            findings.push(format!("{asked:?}: the log has it as {entries:?}"));
        }
    }
}

fn opened(ledger: &Ledger, kept: &[Kept], findings: &mut Vec<String>) {
    for opened in &ledger.opened {
        let with_title = |one: &&Kept| matches!(&one.log[0].fact, Fact::Opened { title, .. } if *title == opened.title);
        let found: Vec<(GuildId, u32)> = kept
            .iter()
            .filter(with_title)
            .map(|one| (one.key().guild, one.key().number.0))
            .collect();
        let told = opened.answer.as_ref().ok();
        let told: Option<u32> =
            told.and_then(|answer| answer.strip_prefix("INC-")?.split(' ').next()?.parse().ok());
        let right = match told {
            Some(told) => found == [(opened.guild, told)],
            None => found.len() <= 1,
        };
        if !right {
            findings.push(format!("{opened:?}: the store has {found:?}"));
        }
    }
}
