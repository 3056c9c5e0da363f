use super::*;

fn page(middle: &str, resolved: &str, postmortem: &str) -> String {
    format!(
        "Mail is down\n\n{postmortem}Resolved\n\nThis is over. A postmortem will follow.\nPosted May 02, 2024 - {resolved} UTC\n\nMonitoring\n\nA fix is in.\nPosted May 02, 2024 - 11:00 UTC\n\nInvestigating\n\n{middle}\nPosted May 02, 2024 - 10:10 UTC\n"
    )
}

const POSTMORTEM: &str = "Postmortem\n\nOn Thursday, May 2nd, mail was down from 10:02 UTC to 10:58 UTC.\nPosted May 06, 2024 - 16:00 UTC\n\n";

#[test]
fn promised_postmortems() {
    assert_eq!(found(&page("We look.", "11:30", POSTMORTEM)), []);
    assert_eq!(found(&page("We look.", "11:30", "")), [(5, Kind::Promise)]);
}

#[test]
fn promised_updates() {
    assert_eq!(
        found(&page("Next update in 60 minutes.", "11:30", POSTMORTEM)),
        []
    );
    let text = page(
        "We will provide an update within 20 minutes.",
        "11:30",
        POSTMORTEM,
    );
    assert_eq!(found(&text), [(20, Kind::Promise)]);
    assert_eq!(
        found(&page("ETA to resolution is one hour.", "11:30", POSTMORTEM)),
        []
    );
    assert_eq!(
        found(&page(
            "ETA to resolution is less than 30 minutes.",
            "11:30",
            POSTMORTEM
        )),
        [(20, Kind::Promise)]
    );
}

#[test]
fn windows_and_updates() {
    let second = "Postmortem\n\nOn Thursday, May 2nd, mail was down from 10:02 UTC to 10:58 UTC.\n\nOn Friday, May 3rd, it was down from 09:30 UTC to 10:05 UTC.\nPosted May 06, 2024 - 16:00 UTC\n\n";
    assert_eq!(
        found(&page("We look.", "11:30", second)),
        [(7, Kind::Uncovered)]
    );
    // Resolved while users were still affected.
    let late = POSTMORTEM.replace("10:58", "12:30");
    assert_eq!(
        found(&page("We look.", "11:30", &late)),
        [(5, Kind::DeclaredAfterResolved)]
    );
}

#[test]
fn an_outage_of_another_day_than_its_updates() {
    let other = POSTMORTEM.replace("Thursday, May 2nd", "April 29th");
    assert_eq!(found(&page("We look.", "11:30", &other)), [(5, Kind::Date)]);
}

#[test]
fn an_update_that_would_tell_the_future() {
    let text = |half: &str| {
        format!(
            "- resolved May 02, 2024, 03:22 PM UTC\nMail was down from approx 3:17 CDT to 4:51 CDT.\n- postmortem May 06, 2024, 03:04 PM UTC\n## Timeline\n* 3:17{half} CT - power lost\n* 4:51{half} CT - power back\n"
        )
    };
    assert_eq!(found(&text("am")), []);
    assert_eq!(found(&text("pm")), [(2, Kind::HalfDay)]);
}

#[test]
fn a_list_of_incidents() {
    let text = "Description: Mail works again. A postmortem will follow.\nStatus: Resolved\nImpact: Minor | Started At: May 2, 2024, 3:09 a.m.\nDescription: All good.\nStatus: Resolved\nImpact: Minor | Started At: April 2, 2024, 5:05 p.m.\n";
    assert_eq!(found(text), [(1, Kind::Promise)]);
}
