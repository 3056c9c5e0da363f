use super::*;

#[test]
fn fields_in_the_wrong_order() {
    let text = |repaired: &str, resolved: &str, declared: &str| {
        format!(
            "# Incident on 2024-03-12\n\n- First detected 2024-03-12 09:10\n- Incident declared 2024-03-12 {declared}\n- Repaired 2024-03-12 {repaired}\n- Resolved 2024-03-12 {resolved}\n"
        )
    };
    assert_eq!(found(&text("10:00", "10:00", "09:15")), []);
    // Declared when it was repaired already, but not when it was over.
    assert_eq!(found(&text("10:00", "10:30", "10:10")), []);
    assert_eq!(
        found(&text("10:00", "10:30", "10:40")),
        [(4, Kind::DeclaredAfterResolved)]
    );
    let finding = only(&text("10:40", "10:30", "09:15"));
    assert_eq!(
        (finding.line, finding.kind, finding.certainty),
        (6, Kind::EndBeforeStart, Certainty::Certain)
    );
    assert_eq!(
        found(&text("08:40", "10:30", "09:15")),
        [(5, Kind::EndBeforeStart)]
    );
}

#[test]
fn a_window_that_ends_before_it_starts() {
    assert_eq!(
        found("Logins failed from 14:20 UTC to 13:50 UTC on 2 May 2024.\n"),
        [(1, Kind::EndBeforeStart)]
    );
    for right in [
        "Logins failed from 22:20 UTC to 00:50 UTC on 2 May 2024.\n",
        "Logins failed from 11:20 to 1:50 on 2 May 2024.\n",
        "Logins failed between 20:36 UTC and 3 May 00:06 UTC 2024.\n",
        "Logins failed from 2:10 to 3:30 PM on 2 May 2024.\n",
    ] {
        assert_eq!(found(right), [], "{right}");
    }
}

fn list(times: [&str; 5]) -> String {
    let items: Vec<String> = times
        .iter()
        .map(|time| format!("- {time} something happens\n"))
        .collect();
    format!(
        "# 2024-05-02 Login down\n\n## Timeline\n\n{}",
        items.concat()
    )
}

#[test]
fn lists_in_order() {
    for times in [
        ["10:02", "10:02", "10:10", "11:00", "14:30"],
        // Over midnight.
        ["22:10", "23:50", "00:20", "01:15", "09:00"],
        // Newest first.
        ["14:30", "11:00", "10:10", "10:02", "09:55"],
        // Past noon without am or pm.
        ["10:20", "11:40", "12:15", "1:05", "2:30"],
        ["9:20am", "11:40am", "12:15pm", "1:05pm", "2:30pm"],
        // Seconds beside minutes.
        ["10:02", "10:02:40", "10:02", "10:05", "10:06"],
        ["10:02", "~10:10", "10:08", "10:15", "10:20"],
        [
            "2024-05-02 10:02",
            "2024-05-02 10:10",
            "2024-05-03 09:00",
            "09:30",
            "2024-05-04 08:00",
        ],
    ] {
        assert_eq!(found(&list(times)), [], "{times:?}");
    }
}

#[test]
fn lists_that_go_back() {
    let text = list(["10:02", "10:10", "10:31", "08:35", "08:50"]);
    let finding = only(&text);
    assert_eq!((finding.line, finding.kind), (8, Kind::BackInTime));
    assert_eq!(finding.also, [9]);
    assert_eq!(finding.certainty, Certainty::Likely);
    assert_eq!(finding.consistent_would_be, "2024-05-02 10:35");
    // One event that is out of place, too early or too late.
    assert_eq!(
        found(&list(["10:02", "10:10", "09:12", "10:15", "10:20"])),
        [(7, Kind::BackInTime)]
    );
    assert_eq!(
        found(&list(["10:02", "10:10", "11:55", "10:15", "10:20"])),
        [(7, Kind::BackInTime)]
    );
}

#[test]
fn am_for_pm_in_a_list() {
    let finding = only(&list([
        "11:02 am", "11:40 am", "12:10 pm", "1:15 am", "1:40 pm",
    ]));
    assert_eq!((finding.line, finding.kind), (8, Kind::HalfDay));
    assert_eq!(finding.consistent_would_be, "2024-05-02 13:15");
}

#[test]
fn two_sections_are_two_lists() {
    let text = "# 2024-05-02 Login down\n\n## Timeline\n\n- 10:02 a\n- 10:10 b\n- 10:31 c\n\n## Chat\n\n- 09:50 x\n- 10:05 y\n- 10:07 z\n";
    assert_eq!(found(text), []);
}

#[test]
fn what_is_no_list_in_time_is_left_alone() {
    let text = "# 2024-05-02\n\n- 10:02 a\n- 09:10 b\n- 11:31 c\n- 08:10 d\n- 12:00 e\n- 07:00 f\n";
    assert_eq!(found(text), []);
}

#[test]
fn lines_of_an_export() {
    let text = |second: &str| {
        format!(
            "Hub unreachable, Nov 14, 2022\n\nTIMELINE\nTIME (UTC) EVENT\n6:48 PM Triggered through the API.\n{second} Acknowledged by ana.\n7:25 PM Note added.\n8:25 PM Resolved by ana.\n"
        )
    };
    assert_eq!(found(&text("7:02 PM")), []);
    assert_eq!(found(&text("5:02 PM")), [(6, Kind::BackInTime)]);
}

#[test]
fn a_colon_behind_the_clock() {
    let text = |third: &str| {
        format!(
            "# Feb 3rd 2019 outage\n\n## Timeline\n\nAll times PST\n\n2019-02-03\n\n- 8:59 AM: merged\n- 9:12 AM: down\n- {third}: found\n- 11:02 AM: up\n"
        )
    };
    assert_eq!(found(&text("10:15 AM")), []);
    assert_eq!(found(&text("10:15 PM")), [(11, Kind::HalfDay)]);
}
