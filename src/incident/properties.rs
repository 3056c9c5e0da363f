//! What holds for every incident, whatever people do.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::random_log::{KEY, logs, start};
use super::*;

/// The log as the store keeps it once texts were removed for good.
fn stored(entries: &[Entry]) -> Vec<Entry> {
    let mut stored = entries.to_vec();
    for entry in entries {
        if let Fact::Redacted { entries, .. } = &entry.fact {
            for target in stored.iter_mut().filter(|e| entries.contains(&e.seq)) {
                target.fact = target.fact.redacted();
            }
        }
    }
    stored
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn the_fold_of_the_log_is_the_state(log in logs()) {
        prop_assert_eq!(&Incident::fold(KEY, &log.entries).unwrap(), log.state());
    }

    #[test]
    fn the_fold_of_a_prefix_is_a_former_state(log in logs(), cut in 1usize..60) {
        let cut = cut.min(log.entries.len());
        let state = Incident::fold(KEY, &log.entries[..cut]).unwrap();
        prop_assert_eq!(&state, &log.states[cut - 1]);
    }

    #[test]
    fn a_redacted_log_folds_to_the_same_state(log in logs()) {
        prop_assert_eq!(&Incident::fold(KEY, &stored(&log.entries)).unwrap(), log.state());
    }

    #[test]
    fn a_log_survives_its_stored_form(log in logs()) {
        for entry in &log.entries {
            let json = serde_json::to_string(entry).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Entry>(&json).unwrap(), entry);
        }
        let json = serde_json::to_string(log.state()).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Incident>(&json).unwrap(), log.state());
    }

    #[test]
    fn entries_are_numbered_without_gaps_and_never_ahead_of_their_recording(log in logs()) {
        for (place, entry) in log.entries.iter().enumerate() {
            prop_assert_eq!(entry.seq.0 as usize, place + 1);
            let of_scribe = !matches!(
                entry.fact,
                Fact::MessagePosted(_) | Fact::MessageEdited { .. } | Fact::MessageDeleted {}
            );
            prop_assert!(!of_scribe || entry.happened_at <= entry.recorded_at);
        }
    }

    #[test]
    fn a_gap_is_no_log(log in logs(), missing in 0usize..40) {
        let mut entries = log.entries.clone();
        entries.remove(missing.min(entries.len() - 1));
        let broken = Incident::fold(KEY, &entries);
        prop_assert!(broken.is_err() || entries.len() == missing.min(log.entries.len() - 1));
    }

    /// Downtime counted the slow way, minute by minute.
    #[test]
    fn windows_never_count_a_minute_twice(log in logs()) {
        let state = log.state();
        let now = start() + TimeDelta::minutes(8000);
        let minutes = (-4000i64..8000).filter(|minute| {
            let at = start() + TimeDelta::minutes(*minute);
            state.outages.iter().any(|w| {
                w.start <= at && w.end.map_or(now, |(end, _)| end) > at
            })
        }).count();
        prop_assert_eq!(state.downtime(now), TimeDelta::minutes(minutes as i64));
        for window in &state.outages {
            prop_assert!(window.length().is_none_or(|length| length >= TimeDelta::zero()));
        }
    }

    #[test]
    fn the_order_of_a_timeline_is_stable(log in logs()) {
        let entries = stored(&log.entries);
        let lines = timeline(&entries);
        let keys: Vec<_> = lines.iter().map(|l| (l.at, l.entry.order().1, l.entry.seq)).collect();
        let mut sorted = keys.clone();
        sorted.sort();
        sorted.dedup();
        prop_assert_eq!(&keys, &sorted);
        prop_assert_eq!(timeline(&entries), lines);
    }

    #[test]
    fn every_line_of_the_record_is_in_the_timeline_once(log in logs()) {
        let lines = timeline(&log.entries);
        let told = |entry: &&Entry| matches!(
            entry.fact,
            Fact::MessagePosted(_) | Fact::Noted { .. } | Fact::StatusChanged { .. }
                | Fact::Updated { .. } | Fact::OutageStarted { .. } | Fact::OutageEnded { .. }
        );
        for entry in log.entries.iter().filter(told) {
            let found = lines.iter().filter(|line| line.entry.seq == entry.seq).count();
            prop_assert_eq!(found, 1, "{:?}", entry);
        }
    }

    #[test]
    fn metrics_are_never_negative(log in logs()) {
        let Metrics { declare, identify, mitigate, resolve, publish } = Metrics::of(log.state());
        for span in [declare, identify, mitigate, resolve, publish].into_iter().flatten() {
            prop_assert!(span >= TimeDelta::zero());
        }
    }

    /// What `decide` lets in, whatever the writer notes of others.
    #[test]
    fn an_incident_is_a_duplicate_of_one_at_most_and_tied_to_each_once(log in logs()) {
        for (entry, state) in log.entries.iter().zip(&log.states) {
            let duplicate = |tie: &&(Relation, IncidentNumber)| tie.0 == Relation::DuplicateOf;
            prop_assert!(state.links.iter().filter(duplicate).count() <= 1);
            for ties in [&state.links, &state.linked_from] {
                let mut once = ties.clone();
                once.sort_by_key(|tie| format!("{tie:?}"));
                once.dedup();
                prop_assert_eq!(once.len(), ties.len());
                prop_assert!(!ties.iter().any(|(_, other)| *other == state.key.number));
            }
            if let Fact::Linked { relation: Relation::DuplicateOf, to, back: false } = &entry.fact {
                prop_assert_eq!(state.duplicate_of(), Some(*to));
                prop_assert_eq!(state.duplicates().count(), 0);
            }
        }
    }

    #[test]
    fn one_offer_of_command_is_open_at_most_and_none_after_the_end(log in logs()) {
        for state in &log.states {
            let open = state.handovers.iter().filter(|offer| offer.ended.is_none());
            let open: Vec<_> = open.collect();
            prop_assert!(open.len() <= 1);
            prop_assert_eq!(open.first().copied(), state.open_handover());
            if let Some(offer) = state.open_handover() {
                prop_assert!(state.status_now().is_open());
                prop_assert!(state.commander().is_none_or(|leads| leads.id != offer.to.id));
                prop_assert_eq!(state.commander().map(|leads| leads.id), offer.from.as_ref().map(|from| from.id));
            }
        }
    }

    /// Whoever the log says accepted, asked for it themselves.
    #[test]
    fn command_passes_to_nobody_who_did_not_take_it(log in logs()) {
        for (entry, state) in log.entries.iter().zip(&log.states) {
            if let Fact::RoleGiven { to, from, by: Some(by), .. } = &entry.fact {
                prop_assert_eq!(&entry.actor, &Actor::Person(to.clone()));
                prop_assert_eq!(state.commander().map(|leads| leads.id), Some(to.id));
                prop_assert!(from.as_ref().is_none_or(|from| from.id != to.id));
                if let Passing::Takeover { silent_since, .. } = by {
                    prop_assert!(entry.recorded_at - *silent_since >= TAKEOVER_AFTER);
                }
            }
        }
    }

    #[test]
    fn what_is_queued_after_an_entry_never_announces_a_private_incident(log in logs()) {
        for (entry, state) in log.entries.iter().zip(&log.states) {
            let mut private = state.clone();
            private.private = true;
            prop_assert!(!outgoing(&private, std::slice::from_ref(entry)).contains(&Outgoing::Announcement));
        }
    }
}

#[test]
fn random_logs_reach_the_rules() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let (mut entries, mut refused) = (0, 0);
    let mut kinds = std::collections::BTreeSet::new();
    for _ in 0..600 {
        let log = logs().new_tree(&mut runner).unwrap().current();
        entries += log.entries.len();
        refused += log.refused;
        kinds.extend(log.entries.iter().map(|e| e.fact.kind()));
    }
    assert!(entries > 1000 && refused > 200, "{entries} {refused}");
    for kind in [
        "outage_ended",
        "corrected",
        "redacted",
        "key_unmarked",
        "action_done",
        "handover_offered",
        "linked",
        "unlinked",
        "handover_ended",
        "access_taken",
        "place_archived",
    ] {
        assert!(kinds.contains(kind), "{kind} never happened: {kinds:?}");
    }
}
