use super::*;

#[test]
fn fields_and_the_same_in_the_timeline() {
    let text = |declared: &str| {
        format!(
            "# Incident on 2024-03-12\n\n- **Key events**\n  - First detected 2024-03-12 09:10\n  - Incident declared 2024-03-12 09:23\n  - Resolved 2024-03-12 10:55\n\n- **Context**:\n  - 2024-03-12 09:10 - users report errors\n  - 2024-03-12 {declared} - Incident declared\n  - 2024-03-12 10:55 - Incident resolved\n"
        )
    };
    assert_eq!(found(&text("09:23")), []);
    assert_eq!(found(&text("09:32")), [(5, Kind::TwoTimes)]);
}

#[test]
fn the_all_clear_of_summary_and_timeline() {
    let text = |at: &str| {
        format!(
            "# 2024-05-02 Disk\n\n## Summary\n\nThe all-clear was given {at}.\n\n## Timeline\n\n### 10:02\n\nfull\n\n### 10:41\n\nAll clear given.\n\n### 10:50\n\nWritten up.\n"
        )
    };
    for right in ["at 10:41", "at about 10:45", "around 11am"] {
        assert_eq!(found(&text(right)), [], "{right}");
    }
    assert_eq!(found(&text("at 10:14")), [(5, Kind::TwoTimes)]);
}

#[test]
fn one_moment_by_two_clocks() {
    let text = |utc: &str| {
        format!(
            "# 2024-07-11 Health check\n\n## Timeline (times in BST)\n\n### July 11, 2024, 12:42 PM\nDeclared\n> Violation started: July 11, 2024 at {utc} UTC\n\n### 12:49 PM\nReverted\n"
        )
    };
    assert_eq!(found(&text("11:42 AM")), []);
    assert_eq!(found(&text("11:17 AM")), []);
    assert_eq!(found(&text("4:42PM")), [(7, Kind::TwoTimes)]);
}

#[test]
fn a_zone_converted_wrongly_in_the_summary() {
    let text = |cet: &str| {
        format!(
            "# 2024-11-30 Proxy\n\n## Summary\n\nWe noticed at {cet} CET that launches failed.\n\n## Timeline\n\n### 2024-11-30 16:22 PST\n\nNo memory.\n\n### 16:58 PST\n\nNoticed.\n\n### 17:21 PST\n\nBack.\n"
        )
    };
    assert_eq!(found(&text("1:58")), []);
    assert_eq!(found(&text("0:58")), [(5, Kind::TwoTimes)]);
}

#[test]
fn am_for_pm_in_prose() {
    let text = |at: &str| {
        format!(
            "# 2024-05-02 Hubs\n\n## Summary\n\nThe hub was not available till {at}.\n\n## Timeline\n\n### 08:45\n\na\n\n### 12:17\n\nb\n\n### 12:40\n\nc\n"
        )
    };
    assert_eq!(found(&text("12:17 PM")), []);
    assert_eq!(found(&text("12.17 AM")), [(5, Kind::HalfDay)]);
}

#[test]
fn a_linked_message_of_another_hour() {
    // 1714645231 is 2024-05-02 10:20:31 UTC.
    let text = |at: &str| {
        format!(
            "# 2024-05-02 Hubs\n\n## Timeline (UTC)\n\nAll times in UTC\n\n### 09:00\n\na\n\n### {at}\n\n[Told](https://x.slack.com/archives/C01/p1714645231000100) in chat.\n"
        )
    };
    assert_eq!(found(&text("10:20")), []);
    assert_eq!(found(&text("09:20")), [(13, Kind::TwoTimes)]);
}

#[test]
fn a_time_without_zone_among_several() {
    let text = |zone: &str| {
        format!(
            "# 2024-05-02 Mail\n\nMail was down from 10:02 CDT. The vendor saw it at 15:07 UTC.\n\nIt came back at 11:13{zone}.\n"
        )
    };
    assert_eq!(found(&text(" CDT")), []);
    assert_eq!(found(&text("")), [(5, Kind::Zone)]);
    assert_eq!(
        found("# 2024-05-02\n\nMail was down from 10:02 CDT.\n\nIt came back at 11:13.\n"),
        []
    );
}

#[test]
fn one_moment_by_two_clocks_in_brackets() {
    let text = |utc: &str| {
        format!(
            "# 2024-05-02 Mail\n\nMail was down from 10:02 CDT ({utc} UTC) to 11:13 CDT (16:13 UTC), for 71 minutes.\n"
        )
    };
    assert_eq!(found(&text("15:02")), []);
    assert_eq!(found(&text("16:02")), [(3, Kind::TwoTimes)]);
    assert_eq!(found(&text("2024-05-02 15:02")), []);
}
