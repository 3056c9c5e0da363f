use super::*;

fn fields(repair: &str, resolve: &str) -> String {
    format!(
        "# Incident on 2024-03-12 - Gateway errors\n\n- **Key events**\n  - First detected 2024-03-12 09:10\n  - Incident declared 2024-03-12 09:20\n  - Repaired 2024-03-12 10:55\n  - Resolved 2024-03-12 11:40\n\n- **Time to repair**: {repair}\n\n- **Time to resolve**: {resolve}\n"
    )
}

#[test]
fn fields_that_fit() {
    // Counted from the detection or from the declaration: both are in use.
    for (repair, resolve) in [
        ("1h 45m", "2h 30m"),
        ("1h 35m", "2h 20m"),
        ("105 minutes", "2h30m"),
    ] {
        assert_eq!(found(&fields(repair, resolve)), [], "{repair} {resolve}");
    }
}

#[test]
fn a_field_that_does_not_fit() {
    let finding = only(&fields("0h 45m", "2h 30m"));
    assert_eq!((finding.line, finding.kind), (9, Kind::Duration));
    assert_eq!(finding.certainty, Certainty::Likely);
    assert!(finding.why.contains("does not match the elapsed time"));
    assert!(finding.consistent_would_be.contains("1h 45m"));
}

#[test]
fn nothing_takes_longer_than_it_lasts() {
    let finding = only(&fields("1h 45m", "12h 30m"));
    assert_eq!((finding.line, finding.certainty), (11, Certainty::Certain));
}

#[test]
fn support_hours_are_a_convention() {
    let text = |resolve: &str| {
        format!(
            "# Incident on 2024-03-12\n\n- First detected 2024-03-12 15:00\n- Repaired 2024-03-13 11:00\n- Resolved 2024-03-13 12:30\n- Time to repair: 20h\n- Time to resolve: {resolve}\n"
        )
    };
    assert_eq!(found(&text("4h 30m (in support hours 10:00-17:00)")), []);
    // Without a word on it, it is only worth a look.
    let finding = only(&text("4h 30m"));
    assert_eq!(finding.certainty, Certainty::Look);
    assert!(finding.why.contains("support hours"));
}

#[test]
fn beside_a_window() {
    let text = |length: &str| format!("Outage\n\n3 Mar, 2024 08:14 UTC - 08:51 UTC ({length})\n");
    assert_eq!(found(&text("37 minutes")), []);
    assert_eq!(found(&text("about 40 minutes")), []);
    let finding = only(&text("47 minutes"));
    assert_eq!(
        (finding.kind, finding.certainty),
        (Kind::Duration, Certainty::Certain)
    );
    assert_eq!(finding.consistent_would_be, "37m");
}

#[test]
fn in_front_of_a_window_and_over_midnight() {
    let text = |length: &str| {
        format!("We were down for {length}, from 23:40 UTC to 01:10 UTC, on 3 March 2024.\n")
    };
    assert_eq!(found(&text("90 minutes")), []);
    assert_eq!(found(&text("1 hour 30 minutes")), []);
    assert_eq!(found(&text("30 minutes")), [(1, Kind::Duration)]);
}

fn told(summary: &str) -> String {
    format!(
        "# 2024-05-02 Queue stuck\n\n## Summary\n\n{summary}\n\n## Timeline\n\nAll times in UTC\n\n- 10:02 consumer dies\n- 10:31 alert\n- 10:40 consumer restarted\n- 11:26 backlog gone\n"
    )
}

#[test]
fn prose_against_the_timeline() {
    for right in [
        "Orders were unavailable for 84 minutes.",
        "Orders were unavailable for about an hour and the mail for about 85 minutes.",
        "The outage lasted 1h 24m.",
        "It took us 55 minutes to resolve it.",
        // Not said of this outage.
        "It usually is unavailable for 2 hours.",
        "It was unavailable for 3 hours before anybody noticed.",
        "Each restart makes orders unavailable for 7 minutes.",
        "It was down for 45 to 90 minutes.",
    ] {
        assert_eq!(found(&told(right)), [], "{right}");
    }
    for wrong in [
        "Orders were unavailable for 2 hours 24 minutes.",
        "The outage lasted 1h 4m.",
        "Everything was fixed in about 20 minutes.",
        "This resulted in a 65 minute period during which no order went through.",
    ] {
        assert_eq!(found(&told(wrong)), [(5, Kind::Duration)], "{wrong}");
    }
}

#[test]
fn a_status_page_and_its_timeline() {
    let text = |length: &str| {
        format!(
            "Mail service incident on May 2, 2024, lasting {length}.\n\nStarted\nMay 02, 2024, 10:05 AM UTC\nResolved\nMay 02, 2024, 11:20 AM UTC\nDuration\n{length}\n\n## Timeline\n\n- 10:01 UTC - A deploy, immediately causing an outage.\n- 10:20 UTC - Rolled back.\n- 10:42 UTC - All services were restored.\n"
        )
    };
    let findings = all(&text("1h 15m"));
    assert_eq!(findings.len(), 1, "{findings:#?}");
    assert_eq!(
        (findings[0].line, findings[0].certainty),
        (1, Certainty::Look)
    );
    assert_eq!(findings[0].also, [8]);
    assert!(findings[0].why.contains("41m"));
    assert!(found(&text("2h 15m")).contains(&(8, Kind::Duration)));
}

#[test]
fn totals_and_counts() {
    assert_eq!(
        found("There were two outages of 25 minutes and 65 minutes, a total of 80 minutes.\n"),
        [(1, Kind::Count)]
    );
    assert_eq!(
        found("There were two outages of 25 minutes and 65 minutes, a total of 90 minutes.\n"),
        []
    );
    let more = |n: u32| {
        format!(
            "An incident affecting Search and Mail and {n} more components.\n\nAffected components\n\nSearchMailLogin PagePayments\n"
        )
    };
    assert_eq!(found(&more(2)), []);
    assert_eq!(found(&more(1)), [(1, Kind::Count)]);
    let list = |n: &str| {
        format!(
            "# Why\n\nIt was caused by {n} factors:\n\n1. a full disk\n   on the primary\n2. a missing alert\n"
        )
    };
    assert_eq!(found(&list("two")), []);
    assert_eq!(found(&list("three")), [(3, Kind::Count)]);
}

#[test]
fn since_and_for() {
    let text = |since: &str| {
        format!(
            "# 2024-05-02 Proxy\n\n### 16:40\n\nIt had been up for 20m by now (since ~{since}).\n\n### 16:50\n\nDone.\n"
        )
    };
    assert_eq!(found(&text("16:20")), []);
    assert_eq!(found(&text("14:20")), [(5, Kind::Duration)]);
}
