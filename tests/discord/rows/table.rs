//! The table: what is typed, who may, and what whoever may is answered. The
//! rows are one story, each on what those before it left.

/// Who may type a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Right {
    /// Whom the guild gave the right.
    Given,
    /// Who sees the incident.
    See,
    /// Everybody, about what they may see.
    Everybody,
    /// Who runs the server.
    Server,
}

/// A command as it is typed.
pub(super) struct Row {
    pub(super) command: &'static str,
    pub(super) values: &'static [(&'static str, &'static str)],
    pub(super) right: Right,
    /// What the answer says.
    pub(super) says: &'static str,
    /// Where, if not in #general.
    pub(super) place: &'static str,
}

const fn row(
    command: &'static str,
    values: &'static [(&'static str, &'static str)],
    right: Right,
    says: &'static str,
) -> Row {
    Row {
        command,
        values,
        right,
        says,
        place: "",
    }
}

const fn row_in(
    place: &'static str,
    command: &'static str,
    values: &'static [(&'static str, &'static str)],
    right: Right,
    says: &'static str,
) -> Row {
    Row {
        command,
        values,
        right,
        says,
        place,
    }
}

/// Options in which people write what they like.
pub(super) const FREE_TEXT: &[&str] = &[
    "title",
    "summary",
    "message",
    "text",
    "reason",
    "note",
    "/scribe components add name",
];

use Right::{Everybody, Given, See, Server};

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("incident open", &[("title", "Leaked key"), ("severity", "SEV2"), ("components", "Web"), ("summary", "It is out"), ("started", "10m ago"), ("private", "true"), ("drill", "true")], Given, "INC-2 is open: <#"),
    row("incident open", &[], Given, "What is wrong"),
    row_in("ops", "incident adopt", &[("title", "Mail is late"), ("severity", "SEV3"), ("since", "1h ago")], Given, "This is INC-3 now"),
    row_in("past", "incident adopt", &[("title", "Old errors"), ("since", "90m ago"), ("until", "30m ago")], Given, "INC-4 is in the record: 1 message"),
    row("incident status", &[("state", "identified"), ("message", "Release 812"), ("at", "1m ago")], Given, "Recorded as #"),
    row("incident update", &[("message", "We roll back"), ("at", "1m ago")], Given, "Recorded as #"),
    row("incident note", &[("text", "the disk is full"), ("at", "5m ago"), ("key", "true")], Given, "Recorded as #"),
    row("incident severity", &[("level", "SEV2"), ("reason", "half of it works"), ("at", "1m ago")], Given, "Recorded as #"),
    row("incident component", &[("name", "Checkout"), ("state", "partial outage"), ("at", "1m ago")], Given, "Recorded as #"),
    row("incident component", &[("name", "Chekout"), ("state", "degraded performance")], Given, "Chekout is none of this server's components"),
    row("incident outage start", &[("at", "8m ago"), ("components", "Checkout")], Given, "Recorded as #"),
    row("incident outage end", &[("at", "1m ago"), ("components", "Checkout")], Given, "Recorded as #"),
    row("incident role", &[("name", "commander"), ("user", "cho")], Given, "Recorded as #"),
    row("incident handover", &[("to", "dee"), ("note", "rollback runs")], Given, "Dee is asked in"),
    row("incident handover", &[("withdraw", "true")], Given, "Dee can accept no more"),
    row("incident action add", &[("text", "watch the disk"), ("owner", "cho"), ("due", "in 5 days")], Given, "Recorded as #"),
    row("incident action assign", &[("number", "1"), ("owner", "ana"), ("due", "in 6 days")], Given, "Recorded as #"),
    row("incident action list", &[("mine", "false"), ("overdue", "false")], See, "watch the disk"),
    row("incident action done", &[("number", "1")], Given, "Recorded as #"),
    row("incident timeline", &[("view", "all"), ("page", "1")], See, "the disk is full"),
    row("incident audit", &[("page", "1")], See, "Cho"),
    row("incident show", &[], See, "Checkout is slow"),
    row("incident list", &[("status", "identified"), ("severity", "SEV2"), ("title", "checkout"), ("past", "true")], Everybody, "Checkout is slow"),
    row("incident search", &[("text", "disk"), ("status", "identified"), ("severity", "SEV2"), ("component", "Checkout"), ("person", "cho"), ("from", "1h ago"), ("to", "1m ago"), ("page", "1")], Everybody, "the **disk** is full"),
    row("incident export", &[("format", "json")], See, "the disk is full"),
    row("incident rename", &[("title", "Checkout is slow in Europe")], Given, "Recorded as #"),
    row("incident link", &[("relation", "related"), ("to", "INC-3")], Given, "Recorded as #"),
    row("incident link", &[("relation", "related"), ("to", "INC-3"), ("remove", "true")], Given, "INC-3"),
    row("incident correct", &[("entry", "{line:the disk is full}"), ("text", "the disk of web-3 is full"), ("at", "6m ago")], Given, "Recorded as #"),
    row("incident redact", &[("entry", "{line:We roll back}"), ("reason", "not for the public")], Given, "Recorded as #"),
    row("postmortem write", &[("section", "root cause"), ("file", "{file:A full disk.}")], Given, "oot cause"),
    row("postmortem write", &[("section", "root cause"), ("file", "{file:A full disk on web-3.}")], Given, "oot cause"),
    row("postmortem write", &[("section", "impact")], Given, "Modal"),
    row("postmortem versions", &[("section", "root cause"), ("from", "{line:A full disk.}"), ("to", "{line:A full disk on web-3.}")], See, "web-3"),
    row("incident status", &[("state", "resolved")], Given, "Still recorded as affected: Checkout"),
    row("postmortem draft", &[], See, "raft"),
    row("postmortem check", &[("file", "{file:It began at 2025-07-08 15:27 UTC and ended at 2025-07-08 15:20 UTC.}")], See, "certain"),
    row("postmortem publish", &[("anyway", "true")], Given, "ublished"),
    row("postmortem show", &[("format", "md"), ("version", "1")], See, "A full disk on web-3."),
    row("summary week", &[("week", "this")], Everybody, "INC-1"),
    row("summary month", &[("month", "this")], Everybody, "INC-1"),
    row("summary range", &[("from", "yesterday"), ("to", "today")], Everybody, "INC-1"),
    row("incident reopen", &[("reason", "it is back"), ("state", "monitoring")], Given, "Recorded as #"),
    row("incident cancel", &[("reason", "the alert was wrong")], Given, "Recorded as #"),
    row("scribe setup", &[], Given, "Announcements"),
    row("scribe components add", &[("name", "Mail")], Given, "Mail"),
    row("scribe components remove", &[("name", "Mail")], Given, "Web"),
    row("scribe components list", &[], Everybody, "Checkout"),
    row("scribe schedule", &[("day", "Monday"), ("hour", "9"), ("zone", "Europe/Berlin"), ("on", "true"), ("drills", "true"), ("private", "true")], Given, "Europe/Berlin"),
    row("scribe policy", &[("severity", "SEV1"), ("update", "20m"), ("commander", "5m"), ("silence", "30m"), ("open", "2h"), ("postmortem", "3 days"), ("actions", "true"), ("quiet", "22-7"), ("loud", "SEV1")], Given, "no word from the commander for 30m"),
    row("scribe archive", &[("category", "Archive"), ("channels", "7 days"), ("threads", "1 day"), ("lock", "true")], Given, "7 quiet days"),
    row("scribe postmortems", &[("channel", "reports")], Given, "<#"),
    row("scribe template set", &[("format", "md"), ("file", "{file:# {{title}}}")], Given, "your template"),
    row("scribe template show", &[("format", "md")], Everybody, "your own"),
    row("scribe template reset", &[("format", "md")], Given, "Scribe's template"),
    row("scribe doctor", &[], Given, "Incidents are announced nowhere"),
    row("scribe permissions", &[("what", "open"), ("role", "Guests")], Server, "Guests"),
    row("scribe permissions", &[("what", "open"), ("remove", "Guests")], Server, "On-call"),
    row("scribe permissions", &[("what", "open"), ("usual", "true")], Server, "open"),
];
