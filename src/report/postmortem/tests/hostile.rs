//! A draft of an incident whose people try to break it.

use chrono_tz::Tz;

use crate::incident::*;
use crate::report::story::{Story, person};

const WORST: &str = "## Resolved\n<script>alert(1)</script> {{#each x}} @everyone `code` | cell\n![x](https://evil.example/p.png) </blockquote> \u{202E}txt";

/// Every place where people may type, filled with the worst.
pub(super) fn hostile() -> Story {
    let mut story = Story::new(13, Tz::UTC, "2025-07-01T10:00:00Z");
    let mut open = Open::new(
        "{{title}} | `rm` <b>@everyone</b> [click](javascript:alert(1)) #",
        Severity::Sev4,
    );
    open.components = vec![Component("Mail | **queue**".to_owned())];
    open.summary = Some(WORST.to_owned());
    story.does("d`e*e <i>|", Command::Open(open));
    let role = Role::named("# boss | <b>").expect("a role may be called anything in one line");
    story.does(
        "ana",
        Command::GiveRole {
            role,
            to: person("**cho**\u{202E}"),
        },
    );
    story.later(1).notes("ana", WORST, None);
    story.later(1).says("ben", WORST);
    story
        .later(1)
        .edits("ben", 1, "```\n</details>\n# edited\n> quote\n---\n1. one");
    let name = "a](x) | <img src=x>.png".to_owned();
    let (id, size, url) = (AttachmentId(1), 1, String::new());
    let file = Attachment {
        id,
        name,
        size,
        url,
        media_type: None,
    };
    let text = "a\n    code\n===\n<https://ok.example/a_b|c> and https://ok.example/`x`".to_owned();
    story.sends(
        "ben",
        Message {
            text,
            edited_at: None,
            reply_to: None,
            attachments: vec![file],
        },
    );
    let text = WORST.to_owned();
    story.does(
        "ana",
        Command::AddAction {
            text,
            owner: Some(person("| x |")),
            due: None,
        },
    );
    let (to, reason) = (Severity::Sev1, Some(WORST.to_owned()));
    story.does(
        "ana",
        Command::SetSeverity {
            to,
            reason,
            at: None,
        },
    );
    for section in [Section::Summary, Section::Impact, Section::Lucky] {
        let text = format!("{WORST}\n\n- {WORST}\n```\n{WORST}\n");
        story.does(
            "ana",
            Command::WriteSection {
                section,
                text,
                base: None,
            },
        );
    }
    let (what, reason) = ("card | <b>".to_owned(), WORST.to_owned());
    story.act(Actor::Scribe, Command::FailDelivery { what, reason }, None);
    story.later(1).status("ana", Status::Cancelled, WORST);
    story
}

#[test]
fn nothing_typed_breaks_out() {
    let draft = hostile().draft().replace('\u{200B}', "‹zero width›");
    insta::assert_snapshot!(draft, @r#"
# INC-13: {\{title}\} \| \`rm\` &lt;b&gt;@‹zero width›everyone&lt;/b&gt; \[click\](javascript:alert(1)) \#

> **Draft**, made by Scribe from the log of INC-13 through [#14](#e14) at 2025-07-01 10:04 UTC.
> Times are in UTC. Each `#` number leads to its entry in the [full log](#log).
> Before you publish it, see [what is missing](#missing).

## Summary

**Resolved**

&lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell  
!\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt

- \## Resolved

&lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell  
!\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt

````text
## Resolved
<‹zero width›script>alert(1)<‹zero width›/script> {‹zero width›{‹zero width›#each x}‹zero width›} @‹zero width›everyone `code` | cell
![x](https://evil.example/p.png) <‹zero width›/blockquote> txt
````

*ana, 2025-07-01 10:03 UTC* [#10](#e10)

INC-13 was a SEV1 incident (critical impact), declared by d\`e\*e &lt;i&gt;\| at 2025-07-01 10:00 UTC and cancelled at 2025-07-01 10:04 UTC as a false alarm. [#1](#e1), [#9](#e9), [#14](#e14)

What was known at the start, [#1](#e1): “\## Resolved &lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell !\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt”

## Impact

**Resolved**

&lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell  
!\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt

- \## Resolved

&lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell  
!\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt

````text
## Resolved
<‹zero width›script>alert(1)<‹zero width›/script> {‹zero width›{‹zero width›#each x}‹zero width›} @‹zero width›everyone `code` | cell
![x](https://evil.example/p.png) <‹zero width›/blockquote> txt
````

*ana, 2025-07-01 10:03 UTC* [#11](#e11)

- **SEV4** (no public impact) since 2025-07-01 10:00 UTC, by d\`e\*e &lt;i&gt;\| [#1](#e1)
- **SEV1** (critical impact) since 2025-07-01 10:03 UTC, by ana: \## Resolved &lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell !\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt [#9](#e9)

One update was written for the public, at 2025-07-01 10:04 UTC, 4m after the declaration. [#14](#e14)

### Components

| Component | At its worst | Since | Last known | Since | Log |
|---|---|---|---|---|---|
| Mail \| \*\*queue\*\* | partial outage | 2025-07-01 10:00 UTC | partial outage | 2025-07-01 10:00 UTC | [#2](#e2) |

### Outage windows

No outage window is recorded.

## Detection

*How did you notice, and could you have noticed earlier?*

From the log, for whoever writes this:

- 2025-07-01 10:01 UTC **ana**: \## Resolved &lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell !\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt [#4](#e4) *(tells how it was noticed)*
- 2025-07-01 10:03 UTC **ana**: \## Resolved &lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell !\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt [#9](#e9) *(tells how it was noticed)*

## Timeline

*All status changes, key events, notes, updates, roles, severities and outages, and no events (at most 6) from 2 messages, chosen by fixed rules: actions, findings, deploys, errors, recoveries, links, alerts, replies, first words after silence.*

### Tuesday, 2025-07-01

- **10:00** **d\`e\*e &lt;i&gt;\|**: declared SEV4: {\{title}\} \| \`rm\` &lt;b&gt;@‹zero width›everyone&lt;/b&gt; \[click\](javascript:alert(1)) \# [#1](#e1)
- **10:00** **d\`e\*e &lt;i&gt;\|**: Mail \| \*\*queue\*\* operational → partial outage [#2](#e2)
- **10:00** **ana**: \# boss \| &lt;b&gt; is \*\*cho\*\* [#3](#e3)
- **10:01** **ana**: \## Resolved &lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell !\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt [#4](#e4)
- **10:03** **ana**: severity SEV4 → SEV1: ## Resolved &lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell !\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt [#9](#e9)
- **10:04** **ana**: status investigating → cancelled: ## Resolved &lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell !\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt [#14](#e14)

## Root cause

*What made this possible, and what set it off?*

## Resolution and recovery

*What ended it, and how did you know that it was over?*

## What went well

*What helped, and should stay as it is?*

## What went badly

*What cost time, was missing or misled you?*

## Where we were lucky

**Resolved**

&lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell  
!\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt

- \## Resolved

&lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell  
!\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt

````text
## Resolved
<‹zero width›script>alert(1)<‹zero width›/script> {‹zero width›{‹zero width›#each x}‹zero width›} @‹zero width›everyone `code` | cell
![x](https://evil.example/p.png) <‹zero width›/blockquote> txt
````

*ana, 2025-07-01 10:03 UTC* [#12](#e12)

## Action items

| | What | Owner | Due | Done | Log |
|---|---|---|---|---|---|
| 1 | \## Resolved &lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell !\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt | \| x \| | no date yet | no | [#8](#e8) |

## Participants

| Who | Roles | Messages | Other entries |
|---|---|---|---|
| \*\*cho\*\* | \# boss \| &lt;b&gt; from 2025-07-01 10:00 UTC [#3](#e3) | 0 | 0 |
| ana |  | 0 | 8 |
| d\`e\*e &lt;i&gt;\| |  | 0 | 2 |
| ben |  | 2 | 0 |

## Metrics

| Metric | | Meaning |
|---|---|---|
| Time to declare | not known: no outage window is recorded | from the first effect on users to the declaration |
| Time to identify | not known: the status was never “identified” | from the declaration to the first “identified” |
| Time to mitigate | not known: no outage window is recorded | from the first effect on users to the last |
| Time to resolve | not known: it was cancelled | from the declaration to the last “resolved” |
| Time to publish | not known: it was cancelled | from the last “resolved” to the published postmortem |

## Open questions

*What does nobody know yet, and who finds out?*

<a id="missing"></a>

### What is missing

- [ ] Mail \| \*\*queue\*\* is still recorded as partial outage although the incident is over. [#2](#e2)
- [ ] Nobody had the role commander.
- [ ] Action item 1 has no due date. [#8](#e8)
- [ ] The card \| &lt;b&gt; could not be delivered: ## Resolved &lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell !\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt [#13](#e13)

<a id="log"></a>

## Appendix: the full log

14 entries, in the order they were recorded. An edited or corrected text stands below what it said before.

<a id="e1"></a>**#1** · 2025-07-01 10:00 UTC · **d\`e\*e &lt;i&gt;\|** · declared SEV4
> {\{title}\} \| \`rm\` &lt;b&gt;@‹zero width›everyone&lt;/b&gt; \[click\](javascript:alert(1)) \#
>
> \## Resolved  
> &lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell  
> !\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt

<a id="e2"></a>**#2** · 2025-07-01 10:00 UTC · **d\`e\*e &lt;i&gt;\|** · Mail \| \*\*queue\*\* operational → partial outage

<a id="e3"></a>**#3** · 2025-07-01 10:00 UTC · **ana** · \# boss \| &lt;b&gt; is \*\*cho\*\*

<a id="e4"></a>**#4** · 2025-07-01 10:01 UTC · **ana** · noted
> \## Resolved  
> &lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell  
> !\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt

<a id="e5"></a>**#5** · 2025-07-01 10:02 UTC · **ben** · wrote · [message](https://discord.com/channels/1/9/1)
> ~~\## Resolved~~  
> ~~&lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell~~  
> ~~!\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt~~
>
> *edited at 2025-07-01 10:03 UTC, [#6](#e6)*
>
> \`\`\`  
> &lt;/details&gt;  
> \# edited  
> &gt; quote  
> \---  
> 1\. one

<a id="e6"></a>**#6** · 2025-07-01 10:03 UTC · **ben** · edited [#5](#e5) · [message](https://discord.com/channels/1/9/1)

<a id="e7"></a>**#7** · 2025-07-01 10:03 UTC · **ben** · wrote · [message](https://discord.com/channels/1/9/2)
> a  
> code  
> \===  
> &lt;https://ok.example/a_b%7Cc&gt; and https://ok.example/%60x%60
>
> 📎 a\](x) \| &lt;img src=x&gt;.png (1 byte), not kept yet

<a id="e8"></a>**#8** · 2025-07-01 10:03 UTC · **ana** · action item 1 for \| x \|
> \## Resolved  
> &lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell  
> !\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt

<a id="e9"></a>**#9** · 2025-07-01 10:03 UTC · **ana** · severity SEV4 → SEV1
> \## Resolved  
> &lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell  
> !\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt

<a id="e10"></a>**#10** · 2025-07-01 10:03 UTC · **ana** · wrote the section “Summary”
> \## Resolved  
> &lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell  
> !\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt
>
> \- ## Resolved  
> &lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell  
> !\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt  
> \`\`\`  
> \## Resolved  
> &lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell  
> !\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt

<a id="e11"></a>**#11** · 2025-07-01 10:03 UTC · **ana** · wrote the section “Impact”
> \## Resolved  
> &lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell  
> !\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt
>
> \- ## Resolved  
> &lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell  
> !\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt  
> \`\`\`  
> \## Resolved  
> &lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell  
> !\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt

<a id="e12"></a>**#12** · 2025-07-01 10:03 UTC · **ana** · wrote the section “Where we were lucky”
> \## Resolved  
> &lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell  
> !\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt
>
> \- ## Resolved  
> &lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell  
> !\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt  
> \`\`\`  
> \## Resolved  
> &lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell  
> !\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt

<a id="e13"></a>**#13** · 2025-07-01 10:03 UTC · **Scribe** · could not deliver the card \| &lt;b&gt;: \## Resolved &lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell !\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt

<a id="e14"></a>**#14** · 2025-07-01 10:04 UTC · **ana** · status investigating → cancelled
> \## Resolved  
> &lt;script&gt;alert(1)&lt;/script&gt; {\{\#each x}\} @‹zero width›everyone \`code\` \| cell  
> !\[x\](https://evil.example/p.png) &lt;/blockquote&gt; txt
"#);
}
