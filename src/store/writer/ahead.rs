//! Deciding a batch without asking the database first: while people work on an
//! incident its state is known.
//!
//! Another process may have written since, or the same may have come before.
//! Then the database refuses what was planned, because an entry must take the
//! next number of its log and a key comes once, and the batch is decided anew on
//! what is there. So all of a plan must be held against the database: one that
//! leaves a request without an entry of its own is none.

use crate::incident::{Command, IncidentKey};
use crate::store::error::StoreError;

use super::cache::Cache;
use super::handle::Answer;
use super::plan::{Known, Plan, plan};
use super::request::{Request, Target};

/// What comes of a batch by what is known, where all of it is for known
/// incidents and every request adds to their logs.
pub(super) fn plan_ahead(cache: &Cache, requests: &[Request]) -> Result<Option<Plan>, StoreError> {
    let mut known = Known::default();
    for request in requests {
        let (Target::Incident(number), guild) = (request.target, request.guild) else {
            return Ok(None);
        };
        let key = IncidentKey { guild, number };
        let loaded = match (cache.get(key), &request.command) {
            // What a redaction takes with it can stand anywhere in the log; a tie
            // goes into the log of another incident.
            (_, Command::Redact(_) | Command::Link { .. } | Command::Unlink { .. }) | (None, _) => {
                return Ok(None);
            }
            (Some(loaded), _) => loaded,
        };
        known.incidents.insert(key, loaded.clone());
    }
    let plan = plan(requests, known)?;
    let adds = |answer: &Answer| matches!(answer, Ok(recorded) if !recorded.entries.is_empty());
    Ok(plan.answers.iter().all(adds).then_some(plan))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::incident::{
        Actor, Context, GuildId, IncidentNumber, LinkTarget, Open, Redaction, Relation, Seq,
        Severity,
    };

    fn request(target: Target, command: Command) -> Request {
        Request {
            guild: GuildId(7),
            target,
            command,
            context: Context {
                actor: Actor::Scribe,
                now: DateTime::UNIX_EPOCH,
                origin: None,
            },
            once: None,
            quiet: false,
        }
    }

    fn known(command: Command) -> Request {
        request(Target::Incident(IncidentNumber(1)), command)
    }

    fn open() -> Request {
        let open = Command::Open(Open::new("API is down", Severity::Sev1));
        request(Target::New, open)
    }

    fn note(text: &str) -> Request {
        let (text, at, key) = (text.to_owned(), None, false);
        known(Command::Note { text, at, key })
    }

    fn cache() -> Cache {
        let opened = plan(&[open()], Known::default()).unwrap();
        let mut cache = Cache::default();
        for (key, loaded) in opened.touched {
            cache.keep(key, loaded);
        }
        cache
    }

    fn answers(cache: &Cache, requests: &[Request]) -> Option<usize> {
        let plan = plan_ahead(cache, requests).unwrap();
        plan.map(|plan| plan.answers.len())
    }

    #[test]
    fn what_adds_to_known_incidents_is_planned_ahead() {
        assert_eq!(answers(&cache(), &[note("one"), note("two")]), Some(2));
    }

    #[test]
    fn what_the_database_must_decide_is_not() {
        let to = Severity::Sev1;
        let (reason, at) = (None, None);
        let refused = known(Command::SetSeverity { to, reason, at });
        let redaction = Redaction::new(vec![Seq(1)], "a secret");
        let redacted = known(Command::Redact(redaction));
        let tied = known(Command::Link {
            relation: Relation::Related,
            to: IncidentNumber(2),
            target: LinkTarget::default(),
        });
        for odd in [open(), refused, redacted, tied] {
            assert_eq!(answers(&cache(), &[note("one"), odd.clone()]), None);
            assert_eq!(answers(&cache(), &[odd]), None);
        }
        assert_eq!(answers(&Cache::default(), &[note("one")]), None);
    }
}
