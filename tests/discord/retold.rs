//! Real incidents, retold as the commands their teams would have typed. The
//! times are those of the published reports, the words are our own; the draft
//! must say what the reports mean.

use std::convert::Infallible;

use scribe::incident::{GuildId, GuildSettings, Metrics, Outgoing, Severity, Status, human_time};

use crate::world::{Opened, World};

/// A world whose guild counts in Central time, as the reports do.
async fn central() -> World {
    let world = World::start().await;
    let settle = |settings: &mut GuildSettings| -> Result<(), Infallible> {
        settings.zone = human_time::parse_zone("CT").unwrap();
        Ok(())
    };
    let guild = GuildId(world.discord.guild().0);
    let by = scribe::incident::Actor::Scribe;
    let now = scribe::clock::now();
    let settled = world.store.change_settings(guild, &by, now, settle);
    let Ok(_) = settled.await.unwrap();
    world
}

impl World {
    /// Types commands in the incident's channel, each of which must be recorded.
    async fn retell(&self, inc: Opened, commands: &[(&str, &[(&str, &str)])]) {
        for (command, values) in commands {
            let answer = self.slash_in("ana", inc.channel, command, values).await;
            let said = answer.text();
            assert!(
                said.starts_with("Recorded as #"),
                "/{command} {values:?}: {said}"
            );
        }
    }

    /// Asks for the draft of the log as it is now.
    async fn draft(&self, inc: Opened) -> String {
        let told = async || {
            let waiting = self.store.pending(self.key(inc.number)).await.unwrap();
            // Discord lets topics change twice in ten minutes; they come later.
            let told = waiting.iter().all(|item| item.what == Outgoing::Topic);
            told.then_some(())
        };
        self.until(told).await;
        let before = self.drafts(inc).len();
        self.slash_in("ana", inc.channel, "postmortem draft", &[])
            .await;
        self.until(async || (self.drafts(inc).len() > before).then_some(()))
            .await;
        self.drafts(inc).pop().unwrap()
    }

    fn drafts(&self, inc: Opened) -> Vec<String> {
        let posted = self.discord.messages(inc.channel).into_iter();
        let drafts = posted.filter_map(|message| Some(message.file("postmortem.md")?.text()));
        drafts.collect()
    }
}

/// Fails with the draft where it does not say something.
#[track_caller]
fn says(draft: &str, wanted: &str) {
    assert!(draft.contains(wanted), "{wanted:?} is not in\n{draft}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_outages_of_one_weekend_in_june_2025() {
    let world = central().await;
    let inc = world
        .open_with(
            "ana",
            &[
                ("title", "Nothing can be reached"),
                ("severity", "SEV1"),
                ("components", "Main Application, Search"),
                ("started", "2025-06-07 13:12 CT"),
            ],
        )
        .await;
    world
        .retell(
            inc,
            &[
                (
                    "incident correct",
                    &[("entry", "1"), ("at", "2025-06-07 16:00 CDT")],
                ),
                (
                    "incident status",
                    &[("state", "identified"), ("at", "2025-06-07 16:42 CDT")],
                ),
                ("incident outage end", &[("at", "2025-06-07 16:53 CT")]),
                (
                    "incident status",
                    &[("state", "monitoring"), ("at", "2025-06-07 17:11 CDT")],
                ),
                (
                    "incident update",
                    &[
                        ("message", "It holds so far."),
                        ("at", "2025-06-07 17:11 CDT"),
                    ],
                ),
                (
                    "incident status",
                    &[("state", "resolved"), ("at", "2025-06-07 17:21 CDT")],
                ),
                ("incident outage start", &[("at", "2025-06-08 13:32 CT")]),
                ("incident outage end", &[("at", "2025-06-08 17:05 CT")]),
                (
                    "incident status",
                    &[("state", "postmortem"), ("at", "2025-06-27 16:16 CDT")],
                ),
            ],
        )
        .await;
    let draft = world.draft(inc).await;
    says(
        &draft,
        "| 1 | 2025-06-07 13:12 CDT (18:12 UTC) | 2025-06-07 16:53 CDT (21:53 UTC) | 3h 41m |",
    );
    says(
        &draft,
        "| 2 | 2025-06-08 13:32 CDT (18:32 UTC) | 2025-06-08 17:05 CDT (22:05 UTC) | 3h 33m |",
    );
    says(&draft, "**Total downtime: 7h 14m**");
    says(&draft, "| Time to declare | 2h 48m |");
    says(&draft, "| Time to identify | 42m |");
    says(&draft, "| Time to resolve | 1h 21m |");
    let state = world.incident(inc.number).await;
    assert_eq!(state.status_now(), Status::Postmortem);
    assert_eq!(state.status.changes().len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn forty_two_minutes_of_outage_beside_forty_eight_of_posts_in_july_2023() {
    let world = central().await;
    let inc = world
        .open_with(
            "ana",
            &[
                ("title", "The application answers 503"),
                ("severity", "SEV1"),
                ("started", "2023-07-19 10:24 CT"),
            ],
        )
        .await;
    world
        .retell(
            inc,
            &[
                (
                    "incident correct",
                    &[("entry", "1"), ("at", "2023-07-19 15:29 UTC")],
                ),
                (
                    "incident status",
                    &[
                        ("state", "identified"),
                        ("at", "2023-07-19 15:36 UTC"),
                        ("message", "The cause is known; under 30 minutes to go."),
                    ],
                ),
                (
                    "incident update",
                    &[
                        ("message", "The fix is on its way."),
                        ("at", "2023-07-19 15:52 UTC"),
                    ],
                ),
                ("incident outage end", &[("at", "2023-07-19 11:06 CT")]),
                (
                    "incident note",
                    &[
                        ("text", "One blank too many in the deployment file"),
                        ("at", "2023-07-19 11:09 CT"),
                    ],
                ),
                (
                    "incident status",
                    &[("state", "monitoring"), ("at", "2023-07-19 16:12 UTC")],
                ),
                (
                    "incident status",
                    &[("state", "resolved"), ("at", "2023-07-19 16:17 UTC")],
                ),
                (
                    "incident status",
                    &[("state", "postmortem"), ("at", "2023-07-19 17:10 UTC")],
                ),
            ],
        )
        .await;
    let draft = world.draft(inc).await;
    says(&draft, "**Total downtime: 42m**");
    says(&draft, "| Time to mitigate | 42m |");
    says(&draft, "| Time to resolve | 48m |");
    says(&draft, "| Time to declare | 5m |");
    says(&draft, "| Time to identify | 7m |");
    says(&draft, "| Time to publish | 53m |");
    says(
        &draft,
        "| 1 | 2023-07-19 10:24 CDT (15:24 UTC) | 2023-07-19 11:06 CDT (16:06 UTC) | 42m |",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_five_and_sixty_five_minutes_in_january_2017() {
    let world = central().await;
    let inc = world
        .open_with(
            "ana",
            &[
                ("title", "The database cluster is down"),
                ("severity", "SEV1"),
                ("components", "API, Web App, Public Pages"),
            ],
        )
        .await;
    world
        .retell(
            inc,
            &[
                (
                    "incident correct",
                    &[("entry", "1"), ("at", "2017-01-16 03:31 CST")],
                ),
                ("incident outage start", &[("at", "2017-01-15 12:22 UTC")]),
                ("incident outage end", &[("at", "2017-01-15 12:47 UTC")]),
                ("incident outage start", &[("at", "2017-01-16 9:17 UTC")]),
                ("incident outage end", &[("at", "2017-01-16 10:22 UTC")]),
                (
                    "incident update",
                    &[
                        ("message", "Still bringing it back, with care."),
                        ("at", "2017-01-16 04:07 CST"),
                    ],
                ),
                (
                    "incident status",
                    &[("state", "monitoring"), ("at", "2017-01-16 04:24 CST")],
                ),
                (
                    "incident status",
                    &[("state", "resolved"), ("at", "2017-01-16 04:55 CST")],
                ),
                (
                    "incident status",
                    &[("state", "postmortem"), ("at", "2017-01-17 15:02 CST")],
                ),
            ],
        )
        .await;
    let draft = world.draft(inc).await;
    says(
        &draft,
        "| 1 | 2017-01-15 06:22 CST (12:22 UTC) | 2017-01-15 06:47 CST (12:47 UTC) | 25m |",
    );
    says(
        &draft,
        "| 2 | 2017-01-16 03:17 CST (09:17 UTC) | 2017-01-16 04:22 CST (10:22 UTC) | 1h 5m |",
    );
    says(&draft, "**Total downtime: 1h 30m**");
    says(&draft, "| Time to identify | not known:");
    says(&draft, "| Time to resolve | 1h 24m |");
}

#[tokio::test(flavor = "multi_thread")]
async fn ninety_minutes_in_july_2025_told_only_when_it_was_over() {
    let world = central().await;
    let inc = world
        .open_with(
            "ana",
            &[
                ("title", "A firewall stopped passing traffic"),
                ("severity", "SEV4"),
                ("started", "2025-07-08 3:27am CDT"),
            ],
        )
        .await;
    world
        .retell(
            inc,
            &[
                (
                    "incident correct",
                    &[("entry", "1"), ("at", "2025-07-08 3:28am CT")],
                ),
                ("incident outage end", &[("at", "2025-07-08 4:57 CDT")]),
                (
                    "incident status",
                    &[("state", "resolved"), ("at", "2025-07-08 15:22 UTC")],
                ),
                (
                    "incident status",
                    &[("state", "postmortem"), ("at", "2025-07-28 15:04 UTC")],
                ),
            ],
        )
        .await;
    let draft = world.draft(inc).await;
    says(
        &draft,
        "| 1 | 2025-07-08 03:27 CDT (08:27 UTC) | 2025-07-08 04:57 CDT (09:57 UTC) | 1h 30m |",
    );
    says(&draft, "**Total downtime: 1h 30m**");
    says(&draft, "SEV4");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_of_five_incidents_and_their_ends() {
    let world = central().await;
    let told = [
        (
            "Email is late",
            "SEV3",
            "2024-07-28 03:09 UTC",
            Status::Resolved,
        ),
        (
            "Something is slow",
            "SEV3",
            "2023-12-04 17:05 UTC",
            Status::Resolved,
        ),
        (
            "Deployment removed everything",
            "SEV1",
            "2023-07-19 15:29 UTC",
            Status::Postmortem,
        ),
        (
            "The application is unwell",
            "SEV2",
            "2023-05-19 01:40 UTC",
            Status::Resolved,
        ),
        (
            "Nobody can log in",
            "SEV3",
            "2023-05-09 15:22 UTC",
            Status::Resolved,
        ),
    ];
    for (title, severity, at, end) in told {
        let inc = world
            .open_with("ana", &[("title", title), ("severity", severity)])
            .await;
        let corrected: (&str, &[(&str, &str)]) =
            ("incident correct", &[("entry", "1"), ("at", at)]);
        world
            .retell(
                inc,
                &[corrected, ("incident status", &[("state", "resolved")])],
            )
            .await;
        if end == Status::Postmortem {
            world
                .retell(inc, &[("incident status", &[("state", "postmortem")])])
                .await;
        }
        let state = world.incident(inc.number).await;
        assert_eq!(state.status_now(), end, "{title}");
        assert_eq!(
            state.severity_now(),
            severity.parse::<Severity>().unwrap(),
            "{title}"
        );
        let opened = human_time::parse(at, scribe::clock::now(), chrono_tz::Tz::UTC).unwrap();
        assert_eq!(state.opened_at, opened, "{title}");
        assert!(
            Metrics::of(&state).mitigate.is_err(),
            "{title}: nobody told of an outage"
        );
    }
}
