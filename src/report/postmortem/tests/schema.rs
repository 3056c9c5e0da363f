//! The JSON form of drafts and its published schema.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::weekend::weekend;
use crate::incident::GuildSettings;
use crate::incident::random_log::logs;
use crate::report::postmortem::{DraftInput, Form, draft, schema};

#[test]
fn the_published_schema_is_the_one_that_holds() {
    let published = include_str!("../../../../docs/postmortem.schema.json");
    let published: Value = serde_json::from_str(published).expect("the file is JSON");
    assert_eq!(
        published,
        schema(),
        "write it again: scribe schema postmortem > docs/postmortem.schema.json"
    );
}

#[test]
fn a_draft_with_something_missing_or_of_another_kind_does_not_fit() {
    let validator = jsonschema::validator_for(&schema()).expect("the schema is one");
    let story = weekend();
    let whole = serde_json::to_value(draft(&story.input())).expect("a draft is JSON");
    assert!(validator.is_valid(&whole));
    for field in ["outage", "timeline", "sections", "metrics", "through"] {
        let mut part = whole.clone();
        part.as_object_mut().and_then(|draft| draft.remove(field));
        assert!(!validator.is_valid(&part), "without {field}");
    }
    let mut other = whole;
    other["status"][0]["status"] = json!("asleep");
    assert!(!validator.is_valid(&other));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_draft_fits(log in logs()) {
        let validator = jsonschema::validator_for(&schema()).expect("the schema is one");
        let settings = GuildSettings::default();
        let input = DraftInput {
            incident: log.state(),
            entries: &log.entries,
            settings: &settings,
            links: &|_| None,
                form: Form::default(),
            now: log.entries.last().expect("a log has entries").recorded_at,
        };
        let draft = serde_json::to_value(draft(&input)).expect("a draft is JSON");
        let wrong: Vec<String> = validator
            .iter_errors(&draft)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        prop_assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
