//! The judgements, made by reading each report.

use Verdict::Right;

/// Whether a finding is a true contradiction of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The report does contradict itself there.
    Right,
    /// It does not.
    #[expect(dead_code, reason = "a finding that is found wrong is listed with it")]
    Wrong,
}

/// Report, line, kind, verdict.
pub(crate) const JUDGED: &[(&str, u32, &str, Verdict)] = &[
    // Title and text say August, the file October; the issue it links to was opened in October.
    ("2i2c/2020-10-28-memory-overload.md", 1, "date", Right),
    // Under 22:00 EEST, a link to a message of 23:00:50 EEST.
    (
        "2i2c/2025-05-12-earthscope-resource-provisioning-issue.md",
        53,
        "two_times",
        Right,
    ),
    // 12:42 "BST" and 4:42PM UTC for the same alert: the times are of the US East coast.
    (
        "2i2c/2025-07-11-cloudbank-healthcheck.md",
        26,
        "two_times",
        Right,
    ),
    // All-clear at about 11:35 in the summary, 11:17 in the timeline, which ends 11:19.
    (
        "berkeley/2017-02-09-datahub-db-outage.qmd",
        7,
        "two_times",
        Right,
    ),
    // About 20 minutes in the summary, about 12 in the conclusion and by the timeline.
    (
        "berkeley/2017-02-24-autoscaler-incident.qmd",
        7,
        "duration",
        Right,
    ),
    // The evening of Feb 23 in the summary, the report dated Feb 24 with times of that evening.
    (
        "berkeley/2017-02-24-proxy-death-incident.qmd",
        8,
        "date",
        Right,
    ),
    // About 40 minutes until everything was fixed; by the timeline 53 (49 from the first report).
    (
        "berkeley/2017-02-24-proxy-death-incident.qmd",
        8,
        "duration",
        Right,
    ),
    // 23:21, then 21:31 to 21:50.
    (
        "berkeley/2017-03-06-helm-config-image-mismatch.qmd",
        32,
        "back_in_time",
        Right,
    ),
    // The first heading is dated as in an earlier report.
    ("berkeley/2017-10-10-hung-nodes.qmd", 12, "date", Right),
    // 15:33, then 13:40 and 13:50.
    (
        "berkeley/2018-01-26-hub-slow-startup.qmd",
        34,
        "back_in_time",
        Right,
    ),
    // 12.15 AM and 12.33 AM, in the timeline 12:15 and 12:33 after 08:45.
    (
        "berkeley/2022-01-20-package-dependency-upgrade-incident.qmd",
        25,
        "half_day",
        Right,
    ),
    (
        "berkeley/2022-01-20-package-dependency-upgrade-incident.qmd",
        26,
        "half_day",
        Right,
    ),
    // 02.30 PM, in the summary 2.30 AM.
    (
        "berkeley/2022-01-20-package-dependency-upgrade-incident.qmd",
        35,
        "half_day",
        Right,
    ),
    // Around 5.45 under the heading 06:10.
    (
        "berkeley/2022-01-20-package-dependency-upgrade-incident.qmd",
        40,
        "two_times",
        Right,
    ),
    // 10:58 to 17:07 is 6h 9m.
    ("moj/2020-02-25.html.md.erb", 14, "duration", Right),
    // Declared 12:53, resolved 12:27; both durations are counted from 07:00, which the report does not say.
    (
        "moj/2021-09-04-pingdom-check-prometheus-down.html.md.erb",
        11,
        "declared_after_resolved",
        Right,
    ),
    (
        "moj/2021-09-04-pingdom-check-prometheus-down.html.md.erb",
        14,
        "duration",
        Right,
    ),
    (
        "moj/2021-09-04-pingdom-check-prometheus-down.html.md.erb",
        16,
        "duration",
        Right,
    ),
    // An incident of August under April to June.
    ("moj/index.html.md.erb", 165, "date", Right),
    // 4:23PM in the title, 16:22 in the timeline.
    ("mybinder/2017-11-30-oom-proxy.md", 1, "two_times", Right),
    // 0:59 CET is 15:59 PST; the timeline has it at 16:59 PST.
    ("mybinder/2017-11-30-oom-proxy.md", 5, "two_times", Right),
    // At 17:20 running for 10 minutes, since 15:10.
    ("mybinder/2017-11-30-oom-proxy.md", 85, "duration", Right),
    // 3:27 CDT told at 15:22 UTC can only be the morning; the postmortem says pm.
    (
        "seeds/000-pingoru-chargeover-2025-07.txt",
        4,
        "half_day",
        Right,
    ),
    // July 5th; page and update say July 8.
    ("seeds/000-pingoru-chargeover-2025-07.txt", 6, "date", Right),
    // The outage of June 8 has no update.
    (
        "seeds/001-statuspage-chargeover-2025-06.txt",
        13,
        "uncovered",
        Right,
    ),
    // June 7 where June 8 is meant, four times.
    (
        "seeds/001-statuspage-chargeover-2025-06.txt",
        32,
        "date",
        Right,
    ),
    // A postmortem will follow; the last status is still resolved.
    ("seeds/002-outlogger-chargeover.txt", 16, "promise", Right),
    ("seeds/002-outlogger-chargeover.txt", 19, "promise", Right),
    // And 1 more: the list has three more.
    (
        "seeds/003-pingoru-chargeover-2023-07.txt",
        7,
        "count",
        Right,
    ),
    // 48 minutes beside 42.
    (
        "seeds/003-pingoru-chargeover-2023-07.txt",
        7,
        "duration",
        Right,
    ),
    // Less than 30 minutes from 15:36; monitoring came at 16:12.
    (
        "seeds/003-pingoru-chargeover-2023-07.txt",
        30,
        "promise",
        Right,
    ),
    // The first of the two outages has no update here.
    (
        "seeds/004-statuspage-chargify-2017-01.txt",
        29,
        "uncovered",
        Right,
    ),
    // June 11 where June 28 is meant, three times.
    (
        "univaf/2021-06-28--external-id-migration.md",
        29,
        "date",
        Right,
    ),
];

/// True contradictions that the checker does not see: report, line, what it is.
pub(crate) const MISSED: &[(&str, u32, &str)] = &[
    // At most 16 hours, by the timeline 17 from the bad config to the confirmed end.
    ("k8s/2019-01-23.md", 11, "at most 16 hours against 17"),
    // 4 to 5 hours, by the timeline 3h 38m from the first report.
    ("k8s/2019-01-23.md", 12, "4-5 hours against 3h 38m"),
];
