use proptest::prelude::*;

use crate::incident::Severity;

use super::*;

/// Two updates in one minute, newest first; the older was shown before it was written.
const PAGE: &str = r#"{
  "page": {"id": "p1", "name": "Example Cloud", "time_zone": "Etc/UTC"},
  "incidents": [
    {
      "id": "abc123", "name": "API errors", "status": "resolved", "impact": "major",
      "created_at": "2025-06-07T18:20:00.000Z", "resolved_at": "2025-06-07T18:41:00.000Z",
      "shortlink": "https://stspg.io/abc123",
      "components": [{"id": "c1", "name": "API"}, {"id": "c2", "name": "Web"}],
      "incident_updates": [
        {"id": "u3", "status": "resolved", "body": "Fixed.", "created_at": "2025-06-07T18:41:00.000Z", "display_at": "2025-06-07T18:40:00.000Z",
         "affected_components": [{"code": "c1", "name": "API", "old_status": "partial_outage", "new_status": "operational"}]},
        {"id": "u2", "status": "investigating", "body": "Still looking.", "created_at": "2025-06-07T18:20:00.000Z", "display_at": null, "affected_components": null},
        {"id": "u1", "status": "investigating", "body": "Errors.", "created_at": "2025-06-07T18:20:00.000Z", "display_at": "2025-06-07T18:12:00.000Z",
         "affected_components": [{"code": "c1", "name": "API", "old_status": "operational", "new_status": "partial_outage"}]}
      ]
    }
  ]
}"#;

#[test]
fn a_page_is_read_oldest_first_by_the_time_shown() {
    let record = parse(PAGE).unwrap();
    let [incident] = &record.incidents[..] else {
        panic!("not one incident: {record:?}")
    };
    assert_eq!(
        (incident.title.as_str(), incident.severity),
        ("API errors", Severity::Sev2)
    );
    assert_eq!(
        (incident.author.as_str(), incident.summary.as_deref()),
        ("Example Cloud", Some("Components: Web"))
    );
    assert_eq!(
        incident.source,
        Source {
            system: SourceSystem::Statuspage,
            id: "abc123".into(),
            url: Some("https://stspg.io/abc123".into())
        }
    );
    let told: Vec<_> = incident
        .events
        .iter()
        .map(|event| match &event.what {
            What::Update {
                status,
                message,
                components,
            } => (
                event.at.format("%H:%M").to_string(),
                *status,
                message.clone().unwrap_or_default(),
                components.len(),
            ),
            What::Message { .. } => panic!("a page has no messages"),
        })
        .collect();
    assert_eq!(
        told,
        [
            (
                "18:12".to_owned(),
                Status::Investigating,
                "Errors.".to_owned(),
                1
            ),
            (
                "18:20".to_owned(),
                Status::Investigating,
                "Still looking.".to_owned(),
                0
            ),
            ("18:40".to_owned(), Status::Resolved, "Fixed.".to_owned(), 1),
        ]
    );
    assert_eq!(incident.events[0].place, "incidents[0].incident_updates[2]");
}

#[test]
fn updates_of_one_moment_keep_the_order_of_the_page() {
    let same = PAGE.replace(
        "\"display_at\": \"2025-06-07T18:12:00.000Z\"",
        "\"display_at\": null",
    );
    let record = parse(&same).unwrap();
    let places: Vec<_> = record.incidents[0]
        .events
        .iter()
        .map(|event| event.place.as_str())
        .collect();
    assert_eq!(
        places,
        [
            "incidents[0].incident_updates[2]",
            "incidents[0].incident_updates[1]",
            "incidents[0].incident_updates[0]"
        ]
    );
}

#[test]
fn one_incident_and_a_plain_list_are_read_too() {
    let page: serde_json::Value = serde_json::from_str(PAGE).unwrap();
    let list = page["incidents"].to_string();
    let one =
        serde_json::json!({"page": page["page"], "incident": page["incidents"][0]}).to_string();
    let events = |text: &str| parse(text).unwrap().incidents.remove(0).events.len();
    assert_eq!(
        (
            events(&list),
            events(&one),
            events(&format!("\u{feff}{PAGE}"))
        ),
        (3, 3, 3)
    );
    assert_eq!(parse(&list).unwrap().incidents[0].author, "Statuspage");
}

#[test]
fn planned_maintenance_is_left_out_by_name() {
    for planned in [
        PAGE.replace(r#""impact": "major""#, r#""impact": "maintenance""#),
        PAGE.replace(
            r#""status": "resolved", "body""#,
            r#""status": "completed", "body""#,
        ),
        PAGE.replace(
            r#""shortlink""#,
            r#""scheduled_for": "2025-06-07T18:00:00Z", "shortlink""#,
        ),
    ] {
        let record = parse(&planned).unwrap();
        assert_eq!(
            (record.incidents.len(), record.left_out),
            (0, vec!["API errors".to_owned()])
        );
    }
    let summary = PAGE.replace(
        r#""incidents": ["#,
        r#""scheduled_maintenances": [{"name": "New disks"}], "incidents": ["#,
    );
    let record = parse(&summary).unwrap();
    assert_eq!(
        (record.incidents.len(), record.left_out),
        (1, vec!["New disks".to_owned()])
    );
}

fn refused(text: &str) -> (String, String) {
    match parse(text) {
        Err(ImportError::Malformed { field, reason }) => (field, reason),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_corrupt_is_named_with_its_place() {
    let (field, reason) = refused(&PAGE.replace(
        r#""status": "investigating", "body": "Still"#,
        r#""status": "exploded", "body": "Still"#,
    ));
    assert_eq!(field, "incidents[0].incident_updates[1].status");
    assert!(
        reason.starts_with("unknown variant `exploded`") && reason.contains(" at line 12 column "),
        "{reason}"
    );
    let (field, reason) = refused(&PAGE.replace("2025-06-07T18:12:00.000Z", "June"));
    assert_eq!(field, "incidents[0].incident_updates[2].display_at");
    assert!(reason.contains("line 13"), "{reason}");
    let (field, reason) = refused(&PAGE.replace(r#""name": "API errors", "#, ""));
    assert_eq!(field, "incidents[0]");
    assert!(reason.starts_with("missing field `name`"), "{reason}");
    let (field, reason) = refused(&PAGE.replace(r#""API errors""#, r#"" \u202e""#));
    assert_eq!(
        (field.as_str(), reason.as_str()),
        ("incidents[0].name", "is empty")
    );
    let (field, reason) = refused(&PAGE[..PAGE.len() / 2]);
    assert!(
        field.starts_with("incidents[0]") && reason.starts_with("EOF while parsing"),
        "{field}: {reason}"
    );
    assert_eq!(refused("3").0, "the whole");
    assert_eq!(refused(&format!("{PAGE}]")).0, "the whole");
    assert!(matches!(
        parse(r#"{"page": {}}"#),
        Err(ImportError::NotARecord { .. })
    ));
    assert!(matches!(
        parse(&"[".repeat(100_000)),
        Err(ImportError::Malformed { .. })
    ));
}

#[test]
fn every_truncation_is_refused() {
    let ends = PAGE
        .char_indices()
        .map(|(at, _)| at)
        .filter(|at| *at < PAGE.len() - 1);
    for end in ends {
        assert!(parse(&PAGE[..end]).is_err(), "{end}");
    }
}

#[test]
fn only_web_addresses_are_kept() {
    let record = parse(&PAGE.replace("https://stspg.io/abc123", "javascript:alert(1)")).unwrap();
    assert_eq!(record.incidents[0].source.url, None);
}

proptest! {
    #[test]
    fn no_damage_brings_the_reader_down(at in 0..PAGE.len(), with in any::<char>(), text in any::<String>()) {
        let mut damaged: Vec<char> = PAGE.chars().collect();
        damaged[at] = with;
        let damaged: String = damaged.into_iter().collect();
        for text in [damaged, text] {
            if let Ok(record) = parse(&text) {
                prop_assert!(record.incidents.len() + record.left_out.len() <= 1);
            }
        }
    }
}
