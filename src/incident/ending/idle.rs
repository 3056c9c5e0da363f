//! Since when a place can be put away.

use chrono::{DateTime, TimeDelta, Utc};

use super::policy::EndPolicy;
use crate::incident::entry::Place;
use crate::incident::id::{ChannelId, Seq};
use crate::incident::state::Incident;

/// The place of an incident that is over, and was not put away since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Idle {
    /// Which.
    pub channel: ChannelId,
    /// What kind.
    pub place: Place,
    /// Since when nothing more was recorded (UTC).
    pub since: DateTime<Utc>,
    /// The entry that ended the incident.
    pub end: Seq,
}

impl Idle {
    /// The place that can be put away once it was quiet for long enough. One that
    /// people had before the incident is theirs to put away.
    #[must_use]
    pub fn of(incident: &Incident) -> Option<Self> {
        let (channel, place) = incident.place?;
        let end = incident.ended_by()?;
        let put_away = incident.archived.as_ref().map(|archived| archived.end);
        if incident.adopted_since.is_some() || put_away == Some(end) {
            return None;
        }
        let since = incident.status_since();
        Some(Self {
            channel,
            place,
            since: incident
                .last_recorded_at
                .map_or(since, |last| last.max(since)),
            end,
        })
    }

    /// Whether it is to be put away by now.
    #[must_use]
    pub fn is_due(&self, policy: &EndPolicy, now: DateTime<Utc>) -> bool {
        let days = policy.after(self.place);
        days.is_some_and(|days| now - self.since >= TimeDelta::days(days.into()))
    }
}

impl Incident {
    /// The entry that ended it, or said more of its end; `None` while it is open.
    #[must_use]
    pub fn ended_by(&self) -> Option<Seq> {
        let current = self.status.current()?;
        (!current.value.is_open()).then_some(current.seq)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::incident::random_log::logs;
    use crate::incident::{Actor, Open, Severity, Status};
    use crate::incident::{Adopted, Command, Context, decide};

    proptest! {
        #[test]
        fn only_what_is_over_and_quiet_is_put_away(log in logs(), thread: bool, days in 1u32..20, minutes in 0i64..40_000) {
            let mut incident = log.state().clone();
            let place = if thread { Place::Thread } else { Place::Channel };
            incident.place = Some((ChannelId(900), place));
            incident.archived = None;
            let idle = Idle::of(&incident);
            prop_assert_eq!(idle.is_none(), incident.status_now().is_open());
            let Some(idle) = idle else { return Ok(()) };
            let last = log.entries.iter().map(|entry| entry.recorded_at).max().unwrap();
            let now = last + TimeDelta::minutes(minutes);
            let policy = EndPolicy {
                threads: Some(days),
                channels: Some(days),
                category: Some(ChannelId(1)),
                lock: false,
            };
            let due = idle.is_due(&policy, now);
            prop_assert!(!due || minutes >= i64::from(days) * 24 * 60);
            let never = EndPolicy { threads: None, channels: None, ..policy };
            prop_assert!(!idle.is_due(&never, now));
            let nowhere = EndPolicy { category: None, ..policy };
            prop_assert!(thread || !idle.is_due(&nowhere, now));
        }
    }

    #[test]
    fn what_people_had_before_is_theirs() {
        let now = crate::incident::random_log::start();
        let context = Context {
            actor: Actor::Scribe,
            now,
            origin: None,
        };
        let mut open = Open::new("API is down", Severity::Sev1);
        open.adopted = Some(Adopted {
            channel: ChannelId(5),
            place: Place::Channel,
            since: now,
        });
        let mut log = decide(None, Command::Open(open), &context).unwrap();
        let key = crate::incident::random_log::KEY;
        let over = Command::SetStatus {
            to: Status::Cancelled,
            message: None,
            at: None,
        };
        let state = Incident::fold(key, &log).unwrap();
        log.extend(decide(Some(&state), over, &context).unwrap());
        let state = Incident::fold(key, &log).unwrap();
        assert!(state.ended_by().is_some());
        assert_eq!(Idle::of(&state), None);
    }
}
