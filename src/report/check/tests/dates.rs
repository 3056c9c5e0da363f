use super::*;

#[test]
fn weekdays() {
    assert_eq!(
        found("On Thursday, May 2nd, 2024 and on Friday (2024-05-03) it broke.\n"),
        []
    );
    let finding = only("On Tuesday, 2 May 2024 it broke.\n");
    assert_eq!(
        (finding.kind, finding.certainty),
        (Kind::Weekday, Certainty::Certain)
    );
    assert_eq!(finding.consistent_would_be, "Thursday, or another date");
    // The year stands elsewhere.
    let finding = only("# Outage of 2024-05-02\n\nIt broke again on Sunday, May 6th.\n");
    assert_eq!(
        (finding.kind, finding.certainty),
        (Kind::Weekday, Certainty::Likely)
    );
    // No year, no weekday.
    assert_eq!(found("It broke on Sunday, May 6th.\n"), []);
}

#[test]
fn dates_that_no_calendar_has() {
    assert_eq!(found("It broke on 2023-02-29.\n"), [(1, Kind::Date)]);
    assert_eq!(found("It broke on June 31, 2023.\n"), [(1, Kind::Date)]);
    assert_eq!(found("It broke on 2024-02-29, build 2024-99-12.\n"), []);
}

#[test]
fn one_event_of_another_day_in_a_list() {
    let text = "# 2024-05-28 Errors\n\n## Timeline\n\n### 2024-05-28 13:00\n\na\n\n### 2024-05-28 13:10\n\nb\n\n### 2024-05-11 13:20\n\nc\n\n### 2024-05-11 13:30\n\nd\n";
    let finding = only(text);
    assert_eq!(
        (finding.line, finding.kind, finding.certainty),
        (13, Kind::Date, Certainty::Certain)
    );
    assert_eq!(finding.also, [17]);
    assert_eq!(finding.consistent_would_be, "2024-05-28 13:20");
}

#[test]
fn a_window_and_its_timeline_on_two_days() {
    let text = |day: u32| {
        format!(
            "Outages\n\nOn Saturday, May 4th, 2024 the shop was down from 09:12 UTC to 10:53 UTC.\n\nOn Sunday, May 5th, it was down from 11:32 UTC to 12:05 UTC.\n\nTimeline\n\n- May 4 - 09:12 UTC - power lost\n- May 4 - 10:53 UTC - power back\n- May {day} - 11:32 UTC - power lost again\n- May {day} - 11:40 UTC - generator tried\n- May {day} - 12:05 UTC - power back\n"
        )
    };
    assert_eq!(found(&text(5)), []);
    let finding = only(&text(4));
    assert_eq!((finding.line, finding.kind), (11, Kind::Date));
    assert_eq!(finding.also, [12, 13]);
    assert_eq!(finding.consistent_would_be, "2024-05-05 11:32 UTC");
}

#[test]
fn a_field_of_another_month_or_year() {
    let text = |declared: &str, resolved: &str| {
        format!(
            "# Incident on 2024-03-12\n\n- First detected 2024-03-12 09:10\n- Incident declared {declared} 09:20\n- Repaired 2024-03-12 10:55\n- Resolved {resolved} 10:55\n- Time to repair: 1h 45m\n- Time to resolve: 1h 45m\n"
        )
    };
    assert_eq!(found(&text("2024-03-12", "2024-03-12")), []);
    assert_eq!(found(&text("2024-03-12", "2024-05-12")), [(6, Kind::Date)]);
    assert_eq!(found(&text("2023-03-12", "2024-03-12")), [(4, Kind::Date)]);
    assert_eq!(found(&text("2024-03-12", "2025-03-12")), [(6, Kind::Date)]);
}

#[test]
fn a_timeline_copied_from_another_report() {
    let text = |day: &str| {
        format!(
            "---\ntitle: Disk full\ndate: 2024-10-10\n---\n\n## Summary\n\nOn Oct 10, 2024 the disk was full.\n\n## Timeline\n\n### {day} 10:45\n\na\n\n### 12:29\n\nb\n\n### 13:27\n\nc\n"
        )
    };
    assert_eq!(found(&text("2024-10-10")), []);
    assert_eq!(found(&text("2024-10-09")), []);
    assert_eq!(found(&text("2024-05-09")), [(12, Kind::Date)]);
}

#[test]
fn a_file_and_its_title() {
    let check = |name: &str| {
        check(
            "# 2024-08-28 Memory\n\nIt was full.\n",
            Format::Text,
            Some(name),
            None,
        )
        .unwrap()
        .findings
        .len()
    };
    assert_eq!(check("2024-08-28-memory.md"), 0);
    assert_eq!(check("2024-08-29-memory.md"), 0);
    assert_eq!(check("memory.md"), 0);
    assert_eq!(check("reports/2024-10-28-memory.md"), 1);
}

#[test]
fn items_under_a_period() {
    let text = |date: &str| {
        format!(
            "# Log\n\n## Q2 2024 (April-June)\n\n- Incident on 2024-06-03\n- Incident on {date}\n\n## Q1 2024\n\n- Incident on 2024-03-01\n- Incident on 2024-01-09\n- Incident on 2024-02-10\n"
        )
    };
    assert_eq!(found(&text("2024-04-02")), []);
    assert_eq!(found(&text("2024-08-02")), [(6, Kind::Date)]);
}
