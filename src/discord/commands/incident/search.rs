//! `/incident search`

use poise::serenity_prelude as serenity;

use crate::discord::Ctx;
use crate::discord::commands::suggest;
use crate::discord::ids;
use crate::discord::interaction::{Asked, Failure, hits};
use crate::incident::{Actor, Incident, Severity, Status};
use crate::report::link;
use crate::store::{Hit, Search};
use crate::words;

/// How many lines a page holds.
const LINES: usize = 8;

/// The last page there is.
const PAGES: u32 = 50;

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
    #[description = "Only what happened since: 2026-07-01, yesterday 22:10, 2h ago"] from: Option<
        String,
    >,
    #[description = "Only what happened before then"] to: Option<String>,
    #[description = "The page, from 1, the newest"]
    #[min = 1]
    #[max = 50]
    page: Option<u32>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let search = Search {
        status,
        severity,
        from: asked.time(from.as_deref())?,
        to: asked.time(to.as_deref())?,
        text,
        ..Search::default()
    };
    let component = component.map(|typed| asked.settings.component(&typed));
    let person = person.map(|person| ids::user(person.id));
    let wanted = |incident: &Incident, hit: &Hit| {
        let wrote = |by| matches!(&hit.entry.actor, Actor::Person(actor) if actor.id == by);
        asked.sees(incident)
            && component
                .as_ref()
                .is_none_or(|component| incident.components.contains_key(component))
            && person.is_none_or(wrote)
    };
    let page = page.unwrap_or(1).clamp(1, PAGES) as usize;
    // One more than is shown tells whether there is more.
    let most = page * LINES + 1;
    let found = hits(&asked.scribe.store, asked.guild, &search, most, wanted).await?;
    let more = found.len() == most;
    let shown: Vec<_> = found
        .iter()
        .skip((page - 1) * LINES)
        .take(LINES)
        .map(|(incident, hit)| {
            let place = hit.entry.origin;
            let link = place.map(|place| link::address(asked.guild, place));
            (incident, &hit.entry, link)
        })
        .collect();
    let text = words::search::page(&shown, &search.text, page, more);
    asked.say(text).await
}
