//! A whole draft: two outages on two days, told in Central time, with
//! everything that can happen to a record.

use chrono_tz::America;

use crate::incident::*;
use crate::report::story::{Story, at, person};

/// The times of the outages are those of a real report.
pub(super) fn weekend() -> Story {
    let mut story = Story::new(42, America::Chicago, "2025-06-07T18:27:40Z");
    let mut open = Open::new("Nothing answers", Severity::Sev2);
    open.summary = Some("All sites time out; power work in the data center today.".to_owned());
    open.components = vec![Component("Web".to_owned()), Component("Search".to_owned())];
    open.started = Some(at("2025-06-07T18:12:20Z"));
    story.does("ana", Command::Open(open));
    let role = Role::commander();
    story.does(
        "ana",
        Command::GiveRole {
            role,
            to: person("ben"),
        },
    );
    story
        .later(1)
        .says("ben", "is it the switch? <@314> can you look");
    story
        .later(2)
        .says("gatus-bot", "ALERT web: 0 of 6 probes answer\nsince 13:12");
    let picture = Attachment {
        id: AttachmentId(5),
        name: "rack_12.jpg".to_owned(),
        size: 48_213,
        url: "https://cdn.example/5".to_owned(),
        media_type: Some("image/jpeg".to_owned()),
    };
    story.later(3).sends(
        "cho",
        Message {
            text: "both lamps are off on the upper one".to_owned(),
            edited_at: None,
            reply_to: Some(MessageId(1)),
            attachments: vec![picture],
        },
    );
    story.keeps(
        3,
        5,
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    );
    story
        .later(1)
        .edits("cho", 3, "both lamps are off on the lower one");
    let reason = Some("nobody can log in".to_owned());
    let to = Severity::Sev1;
    story.does(
        "ben",
        Command::SetSeverity {
            to,
            reason,
            at: None,
        },
    );
    story.later(60).notes(
        "ben",
        "Resetting the switch did not help",
        Some("2025-06-07T18:19:00Z"),
    );
    story.later(5).says("cho", "wrong channel, sorry");
    story.later(1).deletes("cho", 4);
    story.now("2025-06-07T21:42:00Z");
    let known = "A network fault is found; we work on it.";
    story.status("ana", Status::Identified, known);
    let marked = story.later(8).says(
        "cho",
        "took the second switch out, its configuration was lost because of the power cut",
    );
    story.does(
        "ben",
        Command::MarkKey {
            entry: marked,
            by_pin: false,
        },
    );
    story.now("2025-06-07T21:55:00Z");
    let components = Vec::new();
    let end = Command::EndOutage {
        components,
        at: Some(at("2025-06-07T21:53:10Z")),
    };
    story.does("ben", end);
    story.now("2025-06-07T22:11:00Z");
    story.status(
        "ana",
        Status::Monitoring,
        "A fix is in, services come back.",
    );
    story.now("2025-06-08T18:40:00Z");
    story.status("ben", Status::Investigating, "");
    story.outage("ben", "2025-06-08T18:32:00Z", None);
    let secret = story.later(4).says("cho", "console password is hunter2");
    let (entries, reason) = (vec![secret], "a password".to_owned());
    story
        .later(2)
        .does("ben", Command::Redact(Redaction::new(entries, reason)));
    let wrong = story.now("2025-06-08T22:04:00Z").notes(
        "cho",
        "Configuration loaded on the frist switch",
        None,
    );
    let text = Some("Configuration loaded on the first switch");
    story
        .later(1)
        .corrects("cho", wrong, text, Some("2025-06-08T22:03:00Z"));
    let components = Vec::new();
    story.later(4).does(
        "ben",
        Command::EndOutage {
            components,
            at: Some(at("2025-06-08T22:05:00Z")),
        },
    );
    for name in ["Search", "Web"] {
        let (component, to) = (Component(name.to_owned()), ComponentState::Operational);
        story.does(
            "ben",
            Command::SetComponent {
                component,
                to,
                at: Some(at("2025-06-08T22:05:00Z")),
            },
        );
    }
    let text = "Write down how the switches fail over".to_owned();
    let (owner, due) = (Some(person("cho")), Some(at("2025-06-21T05:00:00Z")));
    story.does("ana", Command::AddAction { text, owner, due });
    let text = "Ask the data center for its maintenance calendar".to_owned();
    story.does(
        "ana",
        Command::AddAction {
            text,
            owner: None,
            due: None,
        },
    );
    story.now("2025-06-08T22:21:00Z");
    story.status(
        "ana",
        Status::Resolved,
        "This is over. A postmortem will follow.",
    );
    story
}

#[test]
fn a_weekend_with_two_outages() {
    insta::assert_snapshot!(weekend().draft(), @r#"
# INC-42: Nothing answers

> **Draft**, made by Scribe from the log of INC-42 through [#31](#e31) at 2025-06-08 17:21 CDT (22:21 UTC).
> Times are in America/Chicago (CDT, UTC-05:00), with UTC in brackets. Each `#` number leads to its entry in the [full log](#log).
> Before you publish it, see [what is missing](#missing).

## Summary

INC-42 was a SEV1 incident (critical impact), declared by ana at 2025-06-07 13:27 CDT (18:27 UTC) and resolved at 2025-06-08 17:21 CDT (22:21 UTC), 1d 3h 54m later. [#1](#e1), [#11](#e11), [#31](#e31)
Users were affected for 7h 14m in 2 outage windows, from 2025-06-07 13:12 CDT (18:12 UTC) to 2025-06-08 17:05 CDT (22:05 UTC). [#4](#e4), [#18](#e18), [#21](#e21), [#26](#e26)

What was known at the start, [#1](#e1): “All sites time out; power work in the data center today.”

## Impact

- **SEV2** (major impact) since 2025-06-07 13:27 CDT (18:27 UTC), by ana [#1](#e1)
- **SEV1** (critical impact) since 2025-06-07 13:34 CDT (18:34 UTC), by ben: nobody can log in [#11](#e11)

3 updates were written for the public: the first at 2025-06-07 16:42 CDT (21:42 UTC), 3h 15m after the declaration and 3h 30m after users were first affected, the last at 2025-06-08 17:21 CDT (22:21 UTC). [#4](#e4), [#15](#e15), [#31](#e31)

### Components

| Component | At its worst | Since | Last known | Since | Log |
|---|---|---|---|---|---|
| Search | partial outage | 2025-06-07 13:12 CDT (18:12 UTC) | operational | 2025-06-08 17:05 CDT (22:05 UTC) | [#2](#e2), [#27](#e27) |
| Web | partial outage | 2025-06-07 13:12 CDT (18:12 UTC) | operational | 2025-06-08 17:05 CDT (22:05 UTC) | [#3](#e3), [#28](#e28) |

### Outage windows

| | Start | End | Length | Components | Log |
|---|---|---|---|---|---|
| 1 | 2025-06-07 13:12 CDT (18:12 UTC) | 2025-06-07 16:53 CDT (21:53 UTC) | 3h 41m | Search and Web | [#4](#e4), [#18](#e18) |
| 2 | 2025-06-08 13:32 CDT (18:32 UTC) | 2025-06-08 17:05 CDT (22:05 UTC) | 3h 33m | not said | [#21](#e21), [#26](#e26) |

**Total downtime: 7h 14m**

## Detection

Users were affected from 2025-06-07 13:12 CDT (18:12 UTC); the incident was declared at 2025-06-07 13:27 CDT (18:27 UTC), 15m later. [#1](#e1), [#4](#e4)

*How did you notice, and could you have noticed earlier?*

From the log, for whoever writes this:

- 2025-06-07 13:30 CDT (18:30 UTC) **gatus-bot**: ALERT web: 0 of 6 probes answer since 13:12 [#7](#e7) · [message](https://discord.com/channels/1/9/2) *(the first alert)*

## Timeline

*All status changes, key events, notes, updates, roles, severities and outages, and 1 event (at most 25) from 6 messages, chosen by fixed rules: actions, findings, deploys, errors, recoveries, links, alerts, replies, first words after silence.*

### Saturday, 2025-06-07

- **13:12** (18:12 UTC) **ana**: Search operational → partial outage · Web operational → partial outage · outage began (Search and Web) [#2](#e2), [#3](#e3), [#4](#e4)
- **13:19** (18:19 UTC) **ben**: Resetting the switch did not help [#12](#e12)
- **13:27** (18:27 UTC) **ana**: declared SEV2: Nothing answers [#1](#e1)
- **13:27** (18:27 UTC) **ana**: commander is ben [#5](#e5)
- **13:30** (18:30 UTC) **gatus-bot**: ALERT web: 0 of 6 probes answer since 13:12 [#7](#e7) · [message](https://discord.com/channels/1/9/2)
- **13:34** (18:34 UTC) **ben**: severity SEV2 → SEV1: nobody can log in [#11](#e11)
- **16:42** (21:42 UTC) **ana**: status investigating → identified: A network fault is found; we work on it. [#15](#e15)
- **16:50** (21:50 UTC) 📌 **cho**: took the second switch out, its configuration was lost because of the power cut [#16](#e16) · [message](https://discord.com/channels/1/9/5)
- **16:53** (21:53 UTC) **ben**: outage ended after 3h 41m [#18](#e18)
- **17:11** (22:11 UTC) **ana**: status identified → monitoring: A fix is in, services come back. [#19](#e19)

### Sunday, 2025-06-08

- **13:32** (18:32 UTC) **ben**: outage began [#21](#e21)
- **13:40** (18:40 UTC) **ben**: status monitoring → investigating [#20](#e20)
- **17:03** (22:03 UTC) **cho**: Configuration loaded on the first switch [#24](#e24)
  - corrected by [#25](#e25); before: ~~2025-06-08 17:04 CDT (22:04 UTC)~~ ~~Configuration loaded on the frist switch~~
- **17:05** (22:05 UTC) **ben**: outage ended after 3h 33m · Search partial outage → operational · Web partial outage → operational [#26](#e26), [#27](#e27), [#28](#e28)
- **17:21** (22:21 UTC) **ana**: status investigating → resolved: This is over. A postmortem will follow. [#31](#e31)

## Root cause

The status became “identified” at 2025-06-07 16:42 CDT (21:42 UTC), 3h 15m after the declaration. [#15](#e15)

*What made this possible, and what set it off?*

From the log, for whoever writes this:

- 2025-06-07 16:42 CDT (21:42 UTC) **ana**: A network fault is found; we work on it. [#15](#e15) *(told when it was identified)*
- 2025-06-07 16:50 CDT (21:50 UTC) **cho**: took the second switch out, its configuration was lost because of the power cut [#16](#e16) · [message](https://discord.com/channels/1/9/5) *(names a cause)*

## Resolution and recovery

Users were last affected at 2025-06-08 17:05 CDT (22:05 UTC); the incident was resolved at 2025-06-08 17:21 CDT (22:21 UTC), 16m later. [#26](#e26), [#31](#e31)
The status went back once, at 2025-06-08 13:40 CDT (18:40 UTC). [#20](#e20)

*What ended it, and how did you know that it was over?*

From the log, for whoever writes this:

- 2025-06-07 17:11 CDT (22:11 UTC) **ana**: A fix is in, services come back. [#19](#e19) *(tells of a repair)*

## What went well

*What helped, and should stay as it is?*

## What went badly

Users were affected again from 2025-06-08 13:32 CDT (18:32 UTC). [#21](#e21)
The public was first told at 2025-06-07 16:42 CDT (21:42 UTC), 3h 30m after the first effect at 2025-06-07 13:12 CDT (18:12 UTC). [#4](#e4), [#15](#e15)
Between two updates for the public passed up to 1d 10m: from 2025-06-07 17:11 CDT (22:11 UTC) to 2025-06-08 17:21 CDT (22:21 UTC). [#19](#e19), [#31](#e31)

*What cost time, was missing or misled you?*

From the log, for whoever writes this:

- 2025-06-07 13:19 CDT (18:19 UTC) **ben**: Resetting the switch did not help [#12](#e12) *(tells what hindered)*

## Where we were lucky

*What could have made it worse, and only by chance did not?*

## Action items

| | What | Owner | Due | Done | Log |
|---|---|---|---|---|---|
| 1 | Write down how the switches fail over | cho | 2025-06-21 | no | [#29](#e29) |
| 2 | Ask the data center for its maintenance calendar | nobody yet | no date yet | no | [#30](#e30) |

## Participants

| Who | Roles | Messages | Other entries |
|---|---|---|---|
| ben | commander from 2025-06-07 13:27 CDT (18:27 UTC) [#5](#e5) | 1 | 10 |
| ana |  | 0 | 10 |
| cho |  | 4 | 2 |

Bots and webhooks: gatus-bot (1).

## Metrics

| Metric | | Meaning |
|---|---|---|
| Time to declare | 15m | from the first effect on users to the declaration |
| Time to identify | 3h 15m | from the declaration to the first “identified” |
| Time to mitigate | 1d 3h 53m | from the first effect on users to the last |
| Time to resolve | 1d 3h 54m | from the declaration to the last “resolved” |
| Time to publish | not known: no postmortem is published | from the last “resolved” to the published postmortem |

## Open questions

*What does nobody know yet, and who finds out?*

<a id="missing"></a>

### What is missing

- [ ] The public was promised a postmortem. None is published yet. [#31](#e31)
- [ ] Action item 2 has no owner. [#30](#e30)
- [ ] Action item 2 has no due date. [#30](#e30)

<a id="log"></a>

## Appendix: the full log

31 entries, in the order they were recorded. An edited or corrected text stands below what it said before.

<a id="e1"></a>**#1** · 2025-06-07 13:27 CDT (18:27 UTC) · **ana** · declared SEV2
> Nothing answers
>
> All sites time out; power work in the data center today.

<a id="e2"></a>**#2** · 2025-06-07 13:12 CDT (18:12 UTC) · **ana** · Search operational → partial outage · recorded at 2025-06-07 13:27 CDT (18:27 UTC)

<a id="e3"></a>**#3** · 2025-06-07 13:12 CDT (18:12 UTC) · **ana** · Web operational → partial outage · recorded at 2025-06-07 13:27 CDT (18:27 UTC)

<a id="e4"></a>**#4** · 2025-06-07 13:12 CDT (18:12 UTC) · **ana** · outage began (Search and Web) · recorded at 2025-06-07 13:27 CDT (18:27 UTC)

<a id="e5"></a>**#5** · 2025-06-07 13:27 CDT (18:27 UTC) · **ana** · commander is ben

<a id="e6"></a>**#6** · 2025-06-07 13:28 CDT (18:28 UTC) · **ben** · wrote · [message](https://discord.com/channels/1/9/1)
> is it the switch? @cho can you look

<a id="e7"></a>**#7** · 2025-06-07 13:30 CDT (18:30 UTC) · **gatus-bot** · wrote · [message](https://discord.com/channels/1/9/2)
> ALERT web: 0 of 6 probes answer  
> since 13:12

<a id="e8"></a>**#8** · 2025-06-07 13:33 CDT (18:33 UTC) · **cho** · answered [#6](#e6) · [message](https://discord.com/channels/1/9/3)
> ~~both lamps are off on the upper one~~
>
> *edited at 2025-06-07 13:34 CDT, [#10](#e10)*
>
> both lamps are off on the lower one
>
> 📎 rack_12.jpg (49 kB), kept: SHA-256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08

<a id="e9"></a>**#9** · 2025-06-07 13:33 CDT (18:33 UTC) · **Scribe** · kept a file of [#8](#e8) · [message](https://discord.com/channels/1/9/3)

<a id="e10"></a>**#10** · 2025-06-07 13:34 CDT (18:34 UTC) · **cho** · edited [#8](#e8) · [message](https://discord.com/channels/1/9/3)

<a id="e11"></a>**#11** · 2025-06-07 13:34 CDT (18:34 UTC) · **ben** · severity SEV2 → SEV1
> nobody can log in

<a id="e12"></a>**#12** · 2025-06-07 13:19 CDT (18:19 UTC) · **ben** · noted · recorded at 2025-06-07 14:34 CDT (19:34 UTC)
> Resetting the switch did not help

<a id="e13"></a>**#13** · 2025-06-07 14:39 CDT (19:39 UTC) · **cho** · wrote · [message](https://discord.com/channels/1/9/4)
> wrong channel, sorry
>
> *deleted on Discord at 2025-06-07 14:40 CDT, [#14](#e14); the record keeps it*

<a id="e14"></a>**#14** · 2025-06-07 14:40 CDT (19:40 UTC) · **cho** · [#13](#e13) was deleted on Discord

<a id="e15"></a>**#15** · 2025-06-07 16:42 CDT (21:42 UTC) · **ana** · status investigating → identified
> A network fault is found; we work on it.

<a id="e16"></a>**#16** · 2025-06-07 16:50 CDT (21:50 UTC) · **cho** · wrote · [message](https://discord.com/channels/1/9/5)
> took the second switch out, its configuration was lost because of the power cut

<a id="e17"></a>**#17** · 2025-06-07 16:50 CDT (21:50 UTC) · **ben** · marked [#16](#e16) as a key event

<a id="e18"></a>**#18** · 2025-06-07 16:53 CDT (21:53 UTC) · **ben** · outage ended (begun with [#4](#e4)) · recorded at 2025-06-07 16:55 CDT (21:55 UTC)

<a id="e19"></a>**#19** · 2025-06-07 17:11 CDT (22:11 UTC) · **ana** · status identified → monitoring
> A fix is in, services come back.

<a id="e20"></a>**#20** · 2025-06-08 13:40 CDT (18:40 UTC) · **ben** · status monitoring → investigating

<a id="e21"></a>**#21** · 2025-06-08 13:32 CDT (18:32 UTC) · **ben** · outage began · recorded at 2025-06-08 13:40 CDT (18:40 UTC)

<a id="e22"></a>**#22** · 2025-06-08 13:44 CDT (18:44 UTC) · **cho** · wrote · [message](https://discord.com/channels/1/9/6)
> *text removed for good, [#23](#e23)*

<a id="e23"></a>**#23** · 2025-06-08 13:46 CDT (18:46 UTC) · **ben** · removed the text of [#22](#e22) for good: a password

<a id="e24"></a>**#24** · ~~2025-06-08 17:04 CDT~~ 2025-06-08 17:03 CDT (22:03 UTC) · **cho** · noted
> ~~Configuration loaded on the frist switch~~
>
> *corrected at 2025-06-08 17:05 CDT, [#25](#e25)*
>
> Configuration loaded on the first switch

<a id="e25"></a>**#25** · 2025-06-08 17:05 CDT (22:05 UTC) · **cho** · corrected [#24](#e24), which happened at 2025-06-08 17:03 CDT (22:03 UTC)

<a id="e26"></a>**#26** · 2025-06-08 17:05 CDT (22:05 UTC) · **ben** · outage ended (begun with [#21](#e21)) · recorded at 2025-06-08 17:09 CDT (22:09 UTC)

<a id="e27"></a>**#27** · 2025-06-08 17:05 CDT (22:05 UTC) · **ben** · Search partial outage → operational · recorded at 2025-06-08 17:09 CDT (22:09 UTC)

<a id="e28"></a>**#28** · 2025-06-08 17:05 CDT (22:05 UTC) · **ben** · Web partial outage → operational · recorded at 2025-06-08 17:09 CDT (22:09 UTC)

<a id="e29"></a>**#29** · 2025-06-08 17:09 CDT (22:09 UTC) · **ana** · action item 1 for cho, due 2025-06-21 00:00 CDT (05:00 UTC)
> Write down how the switches fail over

<a id="e30"></a>**#30** · 2025-06-08 17:09 CDT (22:09 UTC) · **ana** · action item 2
> Ask the data center for its maintenance calendar

<a id="e31"></a>**#31** · 2025-06-08 17:21 CDT (22:21 UTC) · **ana** · status investigating → resolved
> This is over. A postmortem will follow.
"#);
}
