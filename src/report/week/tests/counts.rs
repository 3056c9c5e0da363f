//! What counts, where it counts, and what does not.

use proptest::prelude::*;

use super::*;
use crate::incident::random_log::logs;

#[test]
fn a_window_that_has_no_end_reaches_into_this_week_only_as_far_as_now() {
    // From Sunday 21:00 to Monday 00:00 in Berlin, beside 07:50 to 09:00 on Tuesday.
    let downtime = week().downtime;
    assert_eq!(downtime.total.minutes, 180 + 70);
    let each: Vec<_> = downtime
        .incidents
        .iter()
        .map(|one| (one.name.as_str(), one.length.minutes))
        .collect();
    assert_eq!(each, [("INC-5", 210), ("INC-4", 50)]);
}

#[test]
fn downtime_is_told_by_component_and_severity_and_shared_minutes_count_once() {
    let mut one = Open::new("API is down", Severity::Sev1);
    one.components = vec![Component("API".to_owned())];
    let mut first = Story::new(1, ZONE, "2026-07-14T10:00:00Z");
    first.does("ana", Command::Open(one));
    first.outage("ana", "2026-07-14T08:00:00Z", Some("2026-07-14T09:00:00Z"));
    let mut second = incident(2, "Web too", Severity::Sev2, "2026-07-14T10:00:00Z");
    let components = ["API", "Web"]
        .map(|name| Component(name.to_owned()))
        .to_vec();
    // Over the edge of the week: Sunday 23:30 to Monday 00:30 in Berlin counts half.
    for (start, end) in [
        ("2026-07-14T08:30:00Z", "2026-07-14T09:30:00Z"),
        ("2026-07-12T21:30:00Z", "2026-07-12T22:30:00Z"),
    ] {
        let at_start = Some(at(start));
        second.does(
            "ana",
            Command::StartOutage {
                components: components.clone(),
                at: at_start,
            },
        );
        second.does(
            "ana",
            Command::EndOutage {
                components: components.clone(),
                at: Some(at(end)),
            },
        );
    }
    let mut third = incident(3, "Nobody knows", Severity::Sev2, "2026-07-15T10:00:00Z");
    third.outage("ana", "2026-07-15T08:00:00Z", Some("2026-07-15T08:10:00Z"));
    let states = [first, second, third].map(|story| story.state().clone());
    let review = of(number(), &states, "2026-07-20T07:00:00Z");
    assert_eq!(review.downtime.total.minutes, 30 + 90 + 10);
    let parts = review.downtime.components.iter();
    let parts: Vec<_> = parts
        .map(|one| {
            let name = one.component.as_ref().map(|component| component.0.as_str());
            (name, one.length.minutes, one.incidents)
        })
        .collect();
    assert_eq!(
        parts,
        [(Some("API"), 120, 2), (Some("Web"), 90, 1), (None, 10, 1)]
    );
    let severities = review.by_severity.iter();
    let severities: Vec<_> = severities
        .map(|one| (one.severity, one.downtime.as_ref().unwrap().minutes))
        .collect();
    assert_eq!(severities, [(Severity::Sev1, 60), (Severity::Sev2, 100)]);
}

/// Years end within weeks, and clocks change within them: every moment belongs
/// to one week and one month.
#[test]
fn a_year_s_end_and_a_change_of_the_clock_lose_nothing() {
    let resolved_at = |opened: &str| resolved(incident(1, "x", Severity::Sev3, opened), 1);
    let in_week = |year, number, opened: &str| {
        let week = Week::numbered(year, number).unwrap();
        of(week, &[resolved_at(opened)], "2027-06-01T00:00:00Z")
            .opened
            .len()
    };
    // Monday 2026-12-28 00:00 to Monday 2027-01-04 00:00 in Berlin.
    assert_eq!(in_week(2026, 53, "2026-12-27T23:00:00Z"), 1);
    assert_eq!(in_week(2026, 53, "2027-01-03T22:59:59Z"), 1);
    assert_eq!(in_week(2027, 1, "2027-01-03T23:00:00Z"), 1);
    // On Sunday 2026-10-25 the day has 25 hours in Berlin, on 2026-03-29 it has 23.
    assert_eq!(in_week(2026, 43, "2026-10-25T22:59:59Z"), 1);
    assert_eq!(in_week(2026, 44, "2026-10-25T23:00:00Z"), 1);
    assert_eq!(in_week(2026, 13, "2026-03-29T21:59:59Z"), 1);
    assert_eq!(in_week(2026, 14, "2026-03-29T22:00:00Z"), 1);
    // A window over the whole autumn week has 7 * 24 + 1 hours.
    let mut long = incident(2, "long", Severity::Sev3, "2026-10-01T08:00:00Z");
    long.later(90_000);
    long.outage("ana", "2026-10-01T08:00:00Z", Some("2026-11-20T08:00:00Z"));
    let week = Week::numbered(2026, 43).unwrap();
    let review = of(week, &[long.state().clone()], "2027-06-01T00:00:00Z");
    assert_eq!(review.downtime.total.minutes, 169 * 60);
    assert_eq!(
        (
            review.opened.len(),
            review.carried_over.len(),
            review.still_open.len()
        ),
        (0, 1, 1)
    );
}

#[test]
fn what_does_not_count_is_a_number_or_nothing() {
    let all = incidents();
    let at_end = at("2026-07-20T07:00:00Z");
    let mut settings = settings();
    for (drills, private, expected) in [
        (
            Besides::Apart,
            Besides::LeftOut,
            Some("Counted apart: 1 drill"),
        ),
        (
            Besides::Apart,
            Besides::Apart,
            Some("Counted apart: 1 drill, 1 private incident"),
        ),
        (
            Besides::LeftOut,
            Besides::Apart,
            Some("Counted apart: 1 private incident"),
        ),
        (Besides::LeftOut, Besides::LeftOut, None),
    ] {
        settings.review = ReviewPolicy { drills, private };
        let review = told(number(), &settings, &all, &BTreeMap::new(), at_end);
        let texts = [
            message(&review),
            markdown(&review).unwrap(),
            html(&review).unwrap(),
        ];
        for text in &texts {
            assert!(
                !text.contains("Secret") && !text.contains("INC-9"),
                "{text}"
            );
            assert!(!text.contains("Exercise"), "{text}");
        }
        let line = texts[0].lines().find(|line| line.starts_with("Counted"));
        assert_eq!(line, expected);
        assert_eq!(review.opened.len(), 3);
    }
}

#[test]
fn what_is_owed_has_an_owner_and_a_day() {
    let review = week();
    let owed = review.without_postmortem.iter();
    let owed: Vec<_> = owed
        .map(|one| {
            (
                one.incident.name.as_str(),
                one.owner.as_deref(),
                one.due.as_deref(),
                one.overdue,
            )
        })
        .collect();
    assert_eq!(owed[0], ("INC-4", None, Some("2026-07-19"), true));
    assert!(
        owed[1..].iter().all(|one| one.2.is_none() && !one.3),
        "{owed:?}"
    );
    let overdue: Vec<_> = review.overdue_actions().collect();
    assert_eq!(overdue.len(), 1);
    assert_eq!(overdue[0].owner.as_deref(), Some("ben"));
}

/// A review of a week long past is what it was then, but for what is still owed.
#[test]
fn a_past_week_stays_as_it_was() {
    let mut all = incidents();
    let before = message(&of(number(), &all, "2026-07-20T07:00:00Z"));
    let mut again = incident(20, "Another", Severity::Sev3, "2026-07-14T09:00:00Z");
    again.later(30).status("ana", Status::Resolved, "");
    all.push(again.state().clone());
    let first = of(number(), &all, "2026-07-20T07:00:00Z");
    again
        .now("2026-07-27T08:00:00Z")
        .status("ana", Status::Investigating, "");
    let last = all.len() - 1;
    all[last] = resolved(again, 600);
    let later = of(number(), &all, "2026-08-20T07:00:00Z");
    assert_eq!(first.measures, later.measures);
    assert_eq!(first.resolved, later.resolved);
    assert_ne!(before, message(&first));
}

proptest! {
    #[test]
    fn every_week_fits_a_message(logs in prop::collection::vec(logs(), 0..8), week in 8u32..14) {
        let mut incidents = Vec::new();
        let mut news = BTreeMap::new();
        for (place, log) in logs.iter().enumerate() {
            let mut incident = log.state().clone();
            incident.key.number = IncidentNumber(place as u32 + 1);
            let promised = crate::incident::promise::promised_news(&log.entries, ZONE);
            news.insert(incident.key.number, promised);
            incidents.push(incident);
        }
        let settings = GuildSettings {
            zone: Tz::America__New_York,
            review: ReviewPolicy { drills: Besides::Apart, private: Besides::Apart },
            ..GuildSettings::default()
        };
        let week = Week::numbered(2025, week).unwrap();
        let now = at("2025-03-20T00:00:00Z");
        let review = told(week, &settings, &incidents, &news, now);
        let message = message(&review);
        prop_assert!(message.encode_utf16().count() <= MAX_MESSAGE);
        prop_assert!(!message.contains("@everyone"));
        prop_assert!(!markdown(&review).unwrap().contains("@everyone"));
        let page = html(&review).unwrap();
        let tags = well_formed::tags(&page).map_err(TestCaseError::fail)?;
        prop_assert!(tags.iter().all(|tag| tag.name != "script"));
        // Lines are whole: each is one of a text with room for all of them.
        let counted: usize = review.by_severity.iter().map(|one| one.opened).sum();
        prop_assert_eq!(counted, review.opened.len());
        let downtime = &review.downtime;
        let longest = downtime.incidents.first().map_or(0, |one| one.length.minutes);
        let sum: i64 = downtime.incidents.iter().map(|one| one.length.minutes).sum();
        prop_assert!(longest <= downtime.total.minutes && downtime.total.minutes <= sum);
        for part in &downtime.components {
            prop_assert!(part.length.minutes <= downtime.total.minutes);
        }
        for private in incidents.iter().filter(|one| one.private) {
            let (name, listed) = (format!("{} ", private.key.number), format!(">{}<", private.key.number));
            prop_assert!(!message.contains(&name) && !page.contains(&listed), "{name}");
        }
        let open_before = review.carried_over.len() + review.opened.len() + review.reopened.len();
        prop_assert!(review.still_open.len() <= open_before);
    }

    /// A month is its days: what is opened in it is what is opened on each.
    #[test]
    fn days_add_up_to_their_month(logs in prop::collection::vec(logs(), 0..8)) {
        let mut incidents = Vec::new();
        for (place, log) in logs.iter().enumerate() {
            let mut incident = log.state().clone();
            incident.key.number = IncidentNumber(place as u32 + 1);
            incidents.push(incident);
        }
        let now = at("2025-05-01T00:00:00Z");
        let month = Period::parse_month("2025-03", now, ZONE).unwrap();
        let whole = told(month, &settings(), &incidents, &BTreeMap::new(), now);
        let days = month.days().map(|day| {
            let day = day.to_string();
            let day = Period::parse_days(&day, &day, now, ZONE).unwrap();
            let review = told(day, &settings(), &incidents, &BTreeMap::new(), now);
            (review.opened.len(), review.downtime.total.minutes)
        });
        let (opened, minutes) = days.fold((0, 0), |sum, day| (sum.0 + day.0, sum.1 + day.1));
        prop_assert_eq!(opened, whole.opened.len());
        prop_assert_eq!(minutes, whole.downtime.total.minutes);
    }
}

#[test]
fn a_postmortem_is_overdue_when_the_guilds_policy_says_so() {
    let opened = incident(1, "Slow API", Severity::Sev3, "2026-07-13T08:00:00Z");
    let incidents = [resolved(opened, 30)];
    let mut settings = settings();
    let overdue = |settings: &GuildSettings| {
        let now = at("2026-07-20T07:00:00Z");
        let review = told(number(), settings, &incidents, &BTreeMap::new(), now);
        review.without_postmortem[0].overdue
    };
    assert!(!overdue(&settings), "nobody asks for one of a SEV3");
    settings.reminders.sev3.postmortem = Some(2);
    assert!(overdue(&settings));
}

fn duplicate_of(mut story: Story, original: u32) -> Story {
    let command = Command::Link {
        relation: Relation::DuplicateOf,
        to: IncidentNumber(original),
        target: LinkTarget::default(),
    };
    story.does("ana", command);
    story
}

#[test]
fn a_duplicate_counts_as_one_with_its_original_and_its_downtime_once() {
    let mut first = incident(
        1,
        "Checkout is down",
        Severity::Sev1,
        "2026-07-14T08:00:00Z",
    );
    first.outage("ana", "2026-07-14T07:00:00Z", Some("2026-07-14T08:00:00Z"));
    let mut second = incident(2, "Cannot pay", Severity::Sev2, "2026-07-14T08:10:00Z");
    // It saw the last half hour of the same outage, and twenty minutes that nobody else did.
    second.later(15);
    second.outage("ben", "2026-07-14T07:30:00Z", Some("2026-07-14T08:20:00Z"));
    second.does(
        "ben",
        Command::AddAction {
            text: "Look at the pool".to_owned(),
            owner: None,
            due: None,
        },
    );
    let second = duplicate_of(second, 1);
    let third = incident(3, "Mails are late", Severity::Sev3, "2026-07-15T08:00:00Z");
    let states = [
        resolved(first, 30),
        resolved(second, 30),
        resolved(third, 30),
    ];
    let review = of(number(), &states, "2026-07-20T07:00:00Z");
    let numbers = |list: &[Counted]| list.iter().map(|one| one.number.0).collect::<Vec<_>>();
    assert_eq!(numbers(&review.opened), [1, 3]);
    assert_eq!(numbers(&review.resolved), [1, 3]);
    assert_eq!(review.opened[0].also.as_deref(), Some("and 1 duplicate"));
    assert_eq!(review.downtime.total.minutes, 80);
    let each = review.downtime.incidents.iter();
    let each: Vec<_> = each
        .map(|one| (one.name.as_str(), one.length.minutes))
        .collect();
    assert_eq!(each, [("INC-1", 80)]);
    let severities = review.by_severity.iter();
    let severities: Vec<_> = severities.map(|one| (one.severity, one.opened)).collect();
    assert_eq!(severities, [(Severity::Sev1, 1), (Severity::Sev3, 1)]);
    let resolve = review
        .measures
        .iter()
        .find(|one| one.name == "Time to resolve");
    assert_eq!(resolve.unwrap().now.count, 2);
    // Nobody owes a postmortem of it, and what is to be done stays to be done.
    assert_eq!(
        numbers(
            &review
                .without_postmortem
                .iter()
                .map(|one| one.incident.clone())
                .collect::<Vec<_>>()
        ),
        [1, 3]
    );
    assert_eq!(review.actions[0].name, "INC-2");
    let said = message(&review);
    assert!(said.contains("opened **2** (and 1 duplicate)"), "{said}");
    let page = html(&review).unwrap();
    assert!(
        page.contains("Checkout is down (and 1 duplicate)"),
        "{page}"
    );
    // Where the original is not in the record, the duplicate stands for it.
    let alone = of(number(), &states[1..], "2026-07-20T07:00:00Z");
    assert_eq!(numbers(&alone.opened), [2, 3]);
    assert_eq!(alone.downtime.total.minutes, 50);
}
