//! `/incident search`

use chrono::{DateTime, SecondsFormat, Utc};
use poise::serenity_prelude as serenity;

use crate::discord::Ctx;
use crate::discord::commands::suggest;
use crate::discord::custom_id::Pressed;
use crate::discord::ids;
use crate::discord::interaction::{Asked, Failure, Page, Turn, below, hits};
use crate::incident::{Actor, Incident, Severity, Status, UserId};
use crate::report::link;
use crate::store::{Found, Hit, Search};
use crate::words;
use crate::words::paging::{Query, query};

/// How many lines a page holds.
const LINES: usize = 8;

/// The last page there is.
const PAGES: u32 = 50;

/// The command, as the line below a page names it.
const COMMAND: &str = "incident search";

/// Search what people wrote: titles, notes, updates, messages, postmortems
#[poise::command(slash_command, guild_only)]
#[expect(
    clippy::too_many_arguments,
    reason = "they are the options of the command, as Discord shows them"
)]
pub(super) async fn search(
    ctx: Ctx<'_>,
    #[description = "Words that stand in one line; \"in quotes\" only next to each other"]
    text: String,
    #[description = "Only incidents in this status"] status: Option<Status>,
    #[description = "Only incidents of this severity"] severity: Option<Severity>,
    #[description = "Only incidents that affected this component"]
    #[autocomplete = "suggest::components"]
    component: Option<String>,
    #[description = "Only what this person wrote"] person: Option<serenity::User>,
    #[description = "Only what happened since: 2026-07-01, yesterday 22:10, 2h ago"]
    #[autocomplete = "suggest::moments"]
    from: Option<String>,
    #[description = "Only what happened before then"]
    #[autocomplete = "suggest::moments"]
    to: Option<String>,
    #[description = "The page, from 1, the newest"]
    #[min = 1]
    #[max = 50]
    page: Option<u32>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let wanted = Wanted {
        status,
        severity,
        component,
        person: person.map(|person| ids::user(person.id)),
        from: asked.time(from.as_deref())?,
        to: asked.time(to.as_deref())?,
        text,
    };
    let turn = Turn {
        page: page.unwrap_or(1),
        anchor: None,
    };
    let page = self::page(&asked, &wanted, turn).await?;
    asked.show(page).await
}

/// Another page of what an answer shows.
pub(crate) async fn turned(asked: &Asked<'_>, answer: &str, turn: Turn) -> Result<(), Failure> {
    let wanted = query(answer, COMMAND, &NAMES)
        .as_ref()
        .and_then(Wanted::read);
    let wanted = wanted.ok_or_else(|| Failure::Told(words::failure::outdated_button()))?;
    let page = page(asked, &wanted, turn).await?;
    asked.show(page).await
}

/// What is searched for.
struct Wanted {
    text: String,
    status: Option<Status>,
    severity: Option<Severity>,
    component: Option<String>,
    person: Option<UserId>,
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
}

/// The options, as the line below a page has them.
const NAMES: [&str; 7] = [
    "text",
    "status",
    "severity",
    "component",
    "person",
    "from",
    "to",
];

impl Wanted {
    fn written(&self) -> Query {
        let time = |at: &DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Micros, true);
        let values = [
            Some(self.text.clone()),
            self.status.map(|status| status.to_string()),
            self.severity.map(|severity| severity.to_string()),
            self.component.clone(),
            self.person.map(|person| person.to_string()),
            self.from.as_ref().map(time),
            self.to.as_ref().map(time),
        ];
        let named = NAMES.into_iter().zip(values);
        named
            .filter_map(|(name, value)| value.map(|value| (name, value)))
            .collect()
    }

    fn read(query: &Query) -> Option<Self> {
        let value = |name: &str| {
            let found = query.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| value.as_str())
        };
        let time = |name: &str| value(name).map(str::parse::<DateTime<Utc>>).transpose();
        Some(Self {
            text: value("text")?.to_owned(),
            status: value("status").map(str::parse).transpose().ok()?,
            severity: value("severity").map(str::parse).transpose().ok()?,
            component: value("component").map(str::to_owned),
            person: value("person")
                .map(|id| id.parse().map(UserId))
                .transpose()
                .ok()?,
            from: time("from").ok()?,
            to: time("to").ok()?,
        })
    }
}

async fn page(asked: &Asked<'_>, wanted: &Wanted, turn: Turn) -> Result<Page, Failure> {
    let search = Search {
        status: wanted.status,
        severity: wanted.severity,
        from: wanted.from,
        to: wanted.to,
        text: wanted.text.clone(),
        // The hit it is counted from is itself on the first page.
        before: turn.anchor.map(|newest| Found(newest.saturating_add(1))),
        ..Search::default()
    };
    let component = wanted.component.as_deref();
    let component = component.map(|typed| asked.settings.component(typed));
    let fits = |incident: &Incident, hit: &Hit| {
        let wrote = |by| matches!(&hit.entry.actor, Actor::Person(actor) if actor.id == by);
        asked.sees(incident)
            && component
                .as_ref()
                .is_none_or(|component| incident.components.contains_key(component))
            && wanted.person.is_none_or(wrote)
    };
    let number = turn.page.clamp(1, PAGES);
    let before = (number as usize - 1) * LINES;
    // One more than is shown tells whether there is more.
    let most = before + LINES + 1;
    let found = hits(&asked.scribe.store, asked.guild, &search, most, fits).await?;
    let more = found.len() == most && number < PAGES;
    let turn = Turn {
        page: number,
        anchor: turn.anchor.or(found.first().map(|(_, hit)| hit.found.0)),
    };
    let shown: Vec<_> = found
        .iter()
        .skip(before)
        .take(LINES)
        .map(|(incident, hit)| {
            let place = hit.entry.origin;
            let link = place.map(|place| link::address(asked.guild, place));
            (incident, &hit.entry, link)
        })
        .collect();
    let pressed = |turn| Pressed::Search { turn };
    let (foot, rows) = below(COMMAND, &wanted.written(), turn, more, pressed);
    let foot = foot.or_else(|| more.then(|| words::search::more(number)));
    let foot = foot.unwrap_or_default();
    Ok(Page {
        text: words::search::page(&shown, &wanted.text, number, &foot),
        rows,
        ..Page::default()
    })
}
