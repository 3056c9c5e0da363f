//! What was said in a channel in a span of time, as one incident of the past.

use chrono::{DateTime, Utc};

use super::unnumbered::UNNUMBERED;
use crate::incident::{
    Actor, BrokenLog, Command, Context, Entry, Incident, Message, MessageRef, Open, Person,
    Refusal, Status, decide,
};

/// What was said, and the incident it is to become.
#[derive(Clone, Debug)]
pub struct Conversation {
    /// The incident; its `at` is when the span begins.
    pub open: Open,
    /// When it was over (UTC).
    pub until: DateTime<Utc>,
    /// Who takes it over.
    pub by: Person,
    /// What was said, in any order.
    pub said: Vec<Said>,
}

/// One message.
#[derive(Clone, Debug)]
pub struct Said {
    /// Who wrote it.
    pub author: Person,
    /// Where it stands.
    pub place: MessageRef,
    /// When it was written (UTC).
    pub at: DateTime<Utc>,
    /// What it says.
    pub message: Message,
}

/// Why there is no log of it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NoLog {
    /// The rules do not take it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// What they made of it is no log: a fault of Scribe.
    #[error(transparent)]
    Broken(#[from] BrokenLog),
}

/// The finished log: declared where the span begins, each message once, oldest
/// first, resolved where it ends.
///
/// # Errors
/// The rules refuse the title or a time.
pub fn log(conversation: Conversation, now: DateTime<Utc>) -> Result<Vec<Entry>, NoLog> {
    let Conversation {
        open,
        until,
        by,
        mut said,
    } = conversation;
    said.sort_by_key(|said| said.place.message);
    said.dedup_by_key(|said| said.place.message);
    let context = |person: &Person, origin| Context {
        actor: Actor::Person(person.clone()),
        now,
        origin,
    };
    let mut log = decide(None, Command::Open(open), &context(&by, None))?;
    let mut state = Incident::fold(UNNUMBERED, &log)?;
    let messages = said.into_iter().map(|said| {
        let command = Command::RecordMessage {
            message: said.message,
            at: said.at,
        };
        (command, context(&said.author, Some(said.place)))
    });
    let over = Command::SetStatus {
        to: Status::Resolved,
        message: None,
        at: Some(until),
    };
    for (command, context) in messages.chain([(over, context(&by, None))]) {
        for entry in decide(Some(&state), command, &context)? {
            state = Incident::evolve(UNNUMBERED, Some(state), &entry)?;
            log.push(entry);
        }
    }
    Ok(log)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::{ChannelId, Fact, MessageId, Severity, UserId};

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_750_000_000 + 60 * minute, 0).unwrap()
    }

    fn said(id: u64, text: &str) -> Said {
        Said {
            author: person(2, "ben"),
            place: MessageRef {
                channel: ChannelId(9),
                message: MessageId(id),
            },
            at: at(id.try_into().unwrap()),
            message: Message {
                text: text.to_owned(),
                edited_at: None,
                reply_to: None,
                attachments: Vec::new(),
            },
        }
    }

    fn person(id: u64, name: &str) -> Person {
        Person {
            id: UserId(id),
            name: name.to_owned(),
            bot: false,
        }
    }

    fn conversation(title: &str) -> Conversation {
        Conversation {
            open: Open {
                at: Some(at(0)),
                ..Open::new(title, Severity::Sev2)
            },
            until: at(30),
            by: person(1, "ana"),
            said: vec![said(7, "fixed"), said(3, "it is slow"), said(7, "fixed")],
        }
    }

    #[test]
    fn it_is_told_once_oldest_first_and_is_over() {
        let log = log(conversation("Slow"), at(60)).unwrap();
        let texts: Vec<_> = log.iter().map(|entry| entry.fact.text()).collect();
        assert_eq!(
            texts,
            [Some("Slow"), Some("it is slow"), Some("fixed"), None]
        );
        assert_eq!(log[1].actor.name(), "ben");
        assert_eq!(log[1].origin.unwrap().message, MessageId(3));
        assert!(matches!(
            log[3].fact,
            Fact::StatusChanged {
                to: Status::Resolved,
                ..
            }
        ));
        let state = Incident::fold(UNNUMBERED, &log).unwrap();
        assert_eq!(
            (state.opened_at, state.resolved_at()),
            (at(0), Some(at(30)))
        );
    }

    #[test]
    fn what_the_rules_refuse_is_no_log() {
        let refused = log(conversation(" "), at(60)).unwrap_err();
        assert!(matches!(refused, NoLog::Refused(Refusal::EmptyText { .. })));
        let refused = log(conversation("Slow"), at(20)).unwrap_err();
        assert!(matches!(refused, NoLog::Refused(Refusal::InFuture { .. })));
    }
}
