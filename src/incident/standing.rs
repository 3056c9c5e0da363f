//! How an incident stands: what is read off its state.

use chrono::{DateTime, Utc};

use super::component::{Component, ComponentState};
use super::id::{ChannelId, Seq};
use super::outage::{OutageWindow, union_length};
use super::severity::Severity;
use super::state::Incident;
use super::status::Status;

impl Incident {
    /// The status that holds.
    #[must_use]
    pub fn status_now(&self) -> Status {
        let current = self.status.current();
        current.map_or(Status::Investigating, |change| change.value)
    }

    /// Since when it holds (UTC).
    #[must_use]
    pub fn status_since(&self) -> DateTime<Utc> {
        let current = self.status.current();
        current.map_or(self.opened_at, |change| change.at)
    }

    /// Since when it is open (UTC): its declaration, or when it was taken up again.
    #[must_use]
    pub fn open_since(&self) -> DateTime<Utc> {
        let changes = self.status.changes().iter().rev();
        let open = changes.take_while(|change| change.value.is_open()).last();
        match open {
            Some(first) if first.seq != Seq(1) => first.at,
            _ => self.opened_at,
        }
    }

    /// The severity that holds.
    #[must_use]
    pub fn severity_now(&self) -> Severity {
        let current = self.severity.current();
        current.map_or(Severity::Sev3, |change| change.value)
    }

    /// When it was resolved for good (UTC); `None` while it is open or cancelled.
    #[must_use]
    pub fn resolved_at(&self) -> Option<DateTime<Utc>> {
        if !matches!(self.status_now(), Status::Resolved | Status::Postmortem) {
            return None;
        }
        let changes = self.status.changes().iter();
        let resolved = changes.rev().find(|c| c.value == Status::Resolved);
        resolved.map(|change| change.at)
    }

    /// The components that are not well, and how they are.
    pub fn affected(&self) -> impl Iterator<Item = (&Component, ComponentState)> {
        self.components.iter().filter_map(|(component, track)| {
            let state = track.current()?.value;
            (state != ComponentState::Operational).then_some((component, state))
        })
    }

    /// The outage windows in the order they happened.
    #[must_use]
    pub fn outages_in_order(&self) -> Vec<&OutageWindow> {
        let mut windows: Vec<_> = self.outages.iter().collect();
        windows.sort_by_key(|window| (window.start, window.seq));
        windows
    }

    /// The windows whose end nobody has told yet.
    pub fn open_outages(&self) -> impl Iterator<Item = &OutageWindow> {
        self.outages.iter().filter(|window| window.end.is_none())
    }

    /// For how long users were affected: the length of the union of the
    /// windows, open ones until `now`.
    #[must_use]
    pub fn downtime(&self, now: DateTime<Utc>) -> chrono::TimeDelta {
        let spans = self
            .outages
            .iter()
            .map(|w| (w.start, w.end.map(|(end, _)| end)));
        union_length(spans, now)
    }

    /// Whether Scribe records what is said in that channel as part of this incident.
    #[must_use]
    pub fn records(&self, channel: ChannelId) -> bool {
        self.place.is_some_and(|(place, _)| place == channel) || self.threads.contains(&channel)
    }
}
