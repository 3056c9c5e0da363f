//! What happens: a night at Mossgate, who rent out worlds of a survival game.
//!
//! Made up from start to end. The players, the people and the company do not
//! exist; the fault (a connection table that fills up, and a tool that puts the
//! old limit back) is one that many networks have met.

use crate::incident::Status;

/// The guild of the story.
pub(super) const GUILD: &str = "Mossgate";

/// Its zone.
pub(super) const ZONE: chrono_tz::Tz = chrono_tz::Tz::Europe__Amsterdam;

/// The night, in that zone.
pub(super) const NIGHT: &str = "2026-05-16";

/// The Monday after, in that zone.
pub(super) const MONDAY: &str = "2026-05-18";

/// The parts of what they sell.
pub(super) const COMPONENTS: &[&str] = &["EU worlds", "Lobby", "Backups"];

/// The people: infrastructure (on call), network, support, worlds.
pub(super) const PEOPLE: &[&str] = &["ines", "tomek", "priya", "dov"];

/// The statuses it goes through.
pub(super) const STATUSES: [Status; 7] = [
    Status::Investigating,
    Status::Identified,
    Status::Monitoring,
    Status::Investigating,
    Status::Identified,
    Status::Monitoring,
    Status::Resolved,
];

/// How long users were affected: 02:41 to 03:07, and 03:22 to 03:34.
pub(super) const WINDOW_MINUTES: [i64; 2] = [26, 12];

/// What the draft must hold: the lengths of the outages and of both together,
/// the text as it was last edited, the one that was deleted, the backdated line.
pub(super) const IN_THE_DRAFT: &[&str] = &[
    "26m",
    "12m",
    "38m",
    "262144 last spring",
    "which genius",
    "first ticket, a player in Gdańsk",
    "02:43",
    "Spread the nightly restarts",
    "Europe/Amsterdam",
];

/// What the weekly summary must hold.
pub(super) const IN_THE_SUMMARY: &[&str] =
    &["2026-W20", "Players time out joining EU worlds", "38m"];

/// Somebody does something.
#[derive(Clone, Copy, Debug)]
pub(super) enum Act {
    /// Types a slash command.
    Slash(&'static str, &'static [(&'static str, &'static str)]),
    /// Writes.
    Say(&'static str),
    /// Mends the last thing they wrote.
    Edit(&'static str),
    /// Deletes the last thing they wrote.
    Delete,
    /// Puts a 📌 on the last thing that somebody wrote.
    Pin,
}

/// One moment of the story.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    /// The time of day in the guild's zone.
    pub(super) at: &'static str,
    /// Who.
    pub(super) who: &'static str,
    /// Does what.
    pub(super) act: Act,
}

const fn moment(at: &'static str, who: &'static str, act: Act) -> Moment {
    Moment { at, who, act }
}

use Act::{Delete, Edit, Pin, Say, Slash};

/// The declaration, typed in the channel where everybody talks.
pub(super) const ALARM: Moment = moment(
    "02:52",
    "ines",
    Slash(
        "incident open",
        &[
            ("title", "Players time out joining EU worlds"),
            ("severity", "SEV2"),
            ("components", "EU worlds"),
            ("started", "02:41"),
        ],
    ),
);

/// What follows, in the incident's own channel.
pub(super) const NIGHT_SHIFT: &[Moment] = &[
    moment(
        "02:53",
        "ines",
        Say("paged: join success under 60 %. lobby is fine, worlds are up, nobody gets in"),
    ),
    moment(
        "02:54",
        "ines",
        Slash("incident role", &[("name", "commander"), ("user", "ines")]),
    ),
    moment(
        "02:55",
        "priya",
        Say("14 tickets so far, all EU, all \"connection timed out\". US is quiet"),
    ),
    moment(
        "02:57",
        "priya",
        Slash(
            "incident note",
            &[
                ("text", "first ticket, a player in Gdańsk"),
                ("at", "02:43"),
            ],
        ),
    ),
    moment("02:58", "tomek", Say("awake. looking at gw-eu-2")),
    moment(
        "03:01",
        "tomek",
        Say("`nf_conntrack: table full, dropping packet`, thousands of them since 02:40"),
    ),
    moment("03:01", "ines", Pin),
    moment(
        "03:02",
        "tomek",
        Say("limit is 65536. we raised it to 26144 last spring?"),
    ),
    moment(
        "03:02",
        "tomek",
        Edit("limit is 65536. we raised it to 262144 last spring?"),
    ),
    moment(
        "03:03",
        "dov",
        Say(
            "nightly restart of 900 worlds at 02:40. everyone reconnects at once, that's your wave",
        ),
    ),
    moment(
        "03:04",
        "ines",
        Slash(
            "incident status",
            &[
                ("state", "identified"),
                (
                    "message",
                    "The connection table of the EU gateways is full, new players are dropped.",
                ),
            ],
        ),
    ),
    moment(
        "03:06",
        "tomek",
        Say("sysctl'd 262144 on gw-eu-1 and gw-eu-2"),
    ),
    moment(
        "03:08",
        "priya",
        Say("a streamer just got in, chat is cheering"),
    ),
    moment(
        "03:09",
        "ines",
        Slash("incident outage end", &[("at", "03:07")]),
    ),
    moment(
        "03:10",
        "ines",
        Slash(
            "incident status",
            &[
                ("state", "monitoring"),
                ("message", "Players can join again. We are watching."),
            ],
        ),
    ),
    moment(
        "03:12",
        "dov",
        Say("which genius restarts 900 worlds in one minute, I swear"),
    ),
    moment("03:13", "dov", Delete),
    moment("03:13", "dov", Say("ok it's my cron. 02:40, mine, sorry")),
    moment(
        "03:24",
        "priya",
        Say("it's back. 6 new tickets in two minutes"),
    ),
    moment("03:25", "tomek", Say("limit is 65536 AGAIN")),
    moment(
        "03:26",
        "ines",
        Slash(
            "incident outage start",
            &[("at", "03:22"), ("components", "EU worlds")],
        ),
    ),
    moment(
        "03:26",
        "ines",
        Slash(
            "incident status",
            &[
                ("state", "investigating"),
                ("message", "Joining EU worlds fails again."),
            ],
        ),
    ),
    moment(
        "03:28",
        "dov",
        Say("salt runs every 20 min. it put the old limit back at 03:20"),
    ),
    moment("03:28", "tomek", Pin),
    moment(
        "03:29",
        "tomek",
        Say("the override from spring was never merged. image rebuild in march lost it"),
    ),
    moment(
        "03:31",
        "ines",
        Slash(
            "incident status",
            &[
                ("state", "identified"),
                (
                    "message",
                    "Our configuration tool had put the old limit back.",
                ),
            ],
        ),
    ),
    moment(
        "03:33",
        "tomek",
        Say("override merged, highstate by hand on both. 262144 and it stays"),
    ),
    moment(
        "03:35",
        "ines",
        Slash("incident outage end", &[("at", "03:34")]),
    ),
    moment(
        "03:36",
        "ines",
        Slash("incident status", &[("state", "monitoring")]),
    ),
    moment(
        "03:37",
        "ines",
        Slash(
            "incident component",
            &[
                ("name", "EU worlds"),
                ("state", "operational"),
                ("at", "03:34"),
            ],
        ),
    ),
    moment("03:41", "ines", Say("waiting for the 03:40 salt run")),
    moment("03:42", "tomek", Say("ran. still 262144, table 31 % full")),
    moment(
        "03:43",
        "tomek",
        Slash(
            "incident note",
            &[
                (
                    "text",
                    "Cause: the raised limit was an override nobody merged; the image rebuild in March lost it",
                ),
                ("key", "true"),
            ],
        ),
    ),
    moment("03:44", "priya", Say("no ticket since 03:34")),
    moment(
        "03:45",
        "ines",
        Slash(
            "incident action add",
            &[
                ("text", "Alert when the connection table is over 70 % full"),
                ("owner", "tomek"),
                ("due", "friday"),
            ],
        ),
    ),
    moment(
        "03:45",
        "ines",
        Slash(
            "incident action add",
            &[
                ("text", "Spread the nightly restarts over an hour"),
                ("owner", "dov"),
                ("due", "in 10 days"),
            ],
        ),
    ),
    moment(
        "03:46",
        "ines",
        Slash(
            "incident status",
            &[
                ("state", "resolved"),
                (
                    "message",
                    "Players can join all EU worlds. The limit is raised for good.",
                ),
            ],
        ),
    ),
];

/// When the weekly summary comes by itself: the hour that holds where nobody chose one.
pub(super) const REVIEW: &str = "09:00";
