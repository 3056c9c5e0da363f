//! Reports without a mistake: every habit in them is somebody's, and none may be called wrong.

use super::*;

#[test]
fn headings_with_times() {
    let text = "# 2024-02-10, Hub down\n\n## Summary\n\nAfter a deploy most users saw errors for about 1h50m.\n\n## Timeline\n\nAll times in PST\n\n### Feb 10 2024 13:06\n\nA deploy. Testing failed once in 10s.\n\n### 13:35\n\nDone. See https://example.org/2023-01-01/12:00 and 10.1.2.3:8080.\n\n### 13:44 - 13:52\n\nErrors, since about 13:30. More reports come in by 13:57.\n\n### 15:25\n\nThe fix is out, 42m (x3 over 42m).\n\n### Feb 11 2024 00:10\n\nA retrospective is planned for 3pm.\n\n## What went wrong\n\n- It could have been fixed in 20 minutes.\n- Tests ran for 9 hours on 2021-01-01.\n";
    assert_eq!(found(text), []);
}

#[test]
fn a_table_in_html() {
    let text = "<html><body><h1>Outage of 2 May 2024</h1><p>Search was down for 38 minutes.</p><h2>Timeline (UTC)</h2><table><tr><td>10:02</td><td>index lost</td></tr>\n<tr><td>10:40</td><td>index rebuilt</td></tr>\n<tr><td>11:00</td><td>closed</td></tr></table></body></html>";
    assert_eq!(found(text), []);
    assert_eq!(
        found(
            &text
                .replace("38 minutes", "58 minutes")
                .replace("11:00", "12:31")
        ),
        [(1, Kind::Duration)]
    );
}

#[test]
fn a_status_page() {
    let text = "Shop is down\n\nPostmortem\n\nOn Saturday, May 4th, the shop was inaccessible from approximately 3:27pm CT to 4:57pm CT, for approximately 90 minutes.\nPosted May 09, 2024 - 09:00 CDT\n\nResolved\n\nThis incident has been resolved.\nPosted May 04, 2024 - 17:21 CDT\n\nInvestigating\n\nWe are looking into this.\nPosted May 04, 2024 - 15:40 CDT\nThis incident affected: Shop and Mail.\n";
    assert_eq!(found(text), []);
}

#[test]
fn a_chat_below_its_report() {
    let text = "# May 2nd, 2024 Outage\n\nIt lasted 47 minutes.\n\n## Timeline\n\nAll times in PST, on May 2nd 2024\n\n* [08:47] Deploy. **Outage begins.**\n* [08:57] noticed\n* [09:34] Rolled back. **Outage ends.**\n* [14:31] cause found\n\n## Appendix\n\n>ana [8:27 AM]  \nbump time, back at 3pm\n>\n>ben [8:57 AM]  \nhm\n>\n>ana [9:05 AM]  \nrolling back, 20 minutes\n";
    assert_eq!(found(text), []);
}

#[test]
fn twelve_hour_clocks_and_days_as_headings() {
    let text = "# Incident report July 11 2024 - pods dying\n\n## Timeline\n\n_All times in EDT_\n\n## July 12\n1:03\nFirst alert\n\n5:10 AM\nTeam looks\n\n11:24 AM\nFound\n\n12:10 PM\nFixed\n\n2:15\nTold\n\nJuly 13 4:10 AM\nClosed\n\n## July 14\n\n### 11:20 AM\n\nWritten\n";
    assert_eq!(found(text), []);
}

#[test]
fn days_told_in_words_and_lists_that_are_no_timelines() {
    let text = "# 2024-05-02 Login down\n\n## Timeline\n\n- 10:02 down\n- 11:10 found\n- 17:30 still down\n\n**Friday**\n\n- 09:05 fixed\n- 09:40 closed\n\n## Action items\n\n- 2024-06-01 - new disks\n- 2024-05-20 - an alert\n- 2024-07-01 - a drill\n\nThe deploy took 25 minutes.\n";
    assert_eq!(found(text), []);
}

#[test]
fn an_export_with_impact_time_and_duration() {
    let text = |length: &str| {
        format!(
            "Hub down\n\nIMPACT TIME\nFeb 9 at 12:53 to Feb 9 at 14:15 2024\nDURATION\n{length}\n"
        )
    };
    assert_eq!(found(&text("1h 22m")), []);
    assert_eq!(found(&text("2h 22m")), [(6, Kind::Duration)]);
}
