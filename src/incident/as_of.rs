//! An incident as it was at a moment.

use chrono::{DateTime, Utc};

use super::state::Incident;

impl Incident {
    /// The incident as it was at a moment, with all that is known of that time
    /// now: what was told late or corrected counts where it happened. `None`
    /// before it was declared. Texts, roles and what is secret are those of today.
    #[must_use]
    pub fn as_of(&self, moment: DateTime<Utc>) -> Option<Self> {
        if self.opened_at > moment {
            return None;
        }
        let mut past = self.clone();
        past.status = self.status.until(moment);
        past.severity = self.severity.until(moment);
        for track in past.components.values_mut() {
            *track = track.until(moment);
        }
        past.components.retain(|_, track| track.current().is_some());
        past.outages.retain(|window| window.start <= moment);
        for window in &mut past.outages {
            window.end = window.end.filter(|(end, _)| *end <= moment);
        }
        for action in &mut past.actions {
            action.done_at = action.done_at.filter(|done| *done <= moment);
        }
        Some(past)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::random_log::{logs, start};
    use chrono::TimeDelta;

    proptest! {
        /// What an incident was at a moment does not depend on what came after,
        /// where everything is told as it happens.
        #[test]
        fn the_past_does_not_change(log in logs(), minutes in -3000i64..9000) {
            let moment = start() + TimeDelta::minutes(minutes);
            let now = log.state();
            if let Some(past) = now.as_of(moment) {
                prop_assert_eq!(past.status.current(), now.status.at(moment));
                prop_assert_eq!(past.severity.current(), now.severity.at(moment));
                prop_assert!(past.outages.iter().all(|window| window.start <= moment));
                prop_assert_eq!(past.as_of(moment), Some(past.clone()));
                let later = now.as_of(moment + TimeDelta::hours(5));
                prop_assert_eq!(later.and_then(|later| later.as_of(moment)), Some(past));
            } else {
                prop_assert!(now.opened_at > moment);
            }
            let end = now.as_of(chrono::DateTime::<chrono::Utc>::MAX_UTC);
            prop_assert_eq!(end.as_ref(), Some(now));
        }
    }
}
