//! `/incident timeline`

use std::collections::BTreeSet;

use poise::serenity_prelude as serenity;

use crate::discord::Ctx;
use crate::discord::commands::choices::View;
use crate::discord::commands::suggest;
use crate::discord::custom_id::Pressed;
use crate::discord::interaction::Page;
use crate::discord::interaction::{Asked, Failure};
use crate::incident::{Incident, Line, timeline as lines_of};
use crate::report::choose::choose;
use crate::words;

/// The timeline, each time in your own zone
#[poise::command(slash_command, guild_only)]
pub(super) async fn timeline(
    ctx: Ctx<'_>,
    #[description = "key: decisions and the messages that tell most; all: every message. Left out: key"]
    view: Option<View>,
    #[description = "The page, from 1; left out: the last"]
    #[min = 1]
    page: Option<u32>,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let incident = asked.incident(incident.as_deref()).await?;
    let page = self::page(&asked, &incident, view.unwrap_or(View::Key), page).await?;
    asked.show(page).await
}

/// One page of a timeline with buttons to turn it. Pages are filled from the
/// first line on, so that a page keeps its lines while the record grows.
pub(crate) async fn page(
    asked: &Asked<'_>,
    incident: &Incident,
    view: View,
    page: Option<u32>,
) -> Result<Page, Failure> {
    let log = asked.scribe.store.log(incident.key).await?;
    let lines = lines_of(&log);
    let shown = match view {
        View::Key => key_lines(&lines),
        View::All => lines.iter().collect(),
    };
    let lines: Vec<_> = shown.into_iter().map(words::timeline::line).collect();
    let number = incident.key.number;
    let turn = |page| Pressed::Timeline {
        number,
        view,
        page: Some(page),
    };
    let heading = words::timeline::heading(incident);
    Ok(turned(&heading, &lines, page, turn))
}

/// The lines of the draft's short timeline: what people decided and told, and
/// the messages that tell most of what was done and found out.
pub(super) fn key_lines<'a>(lines: &'a [Line<'a>]) -> Vec<&'a Line<'a>> {
    let chosen = choose(lines).lines.into_iter();
    let places = chosen.flat_map(|one| std::iter::once(one.place).chain(one.with));
    let places: BTreeSet<usize> = places.collect();
    places.into_iter().map(|place| &lines[place]).collect()
}

/// One page of lines with buttons to turn it; the last where none is named.
/// `turn` is the button of a page.
pub(super) fn turned(
    heading: &str,
    lines: &[String],
    page: Option<u32>,
    turn: impl Fn(u32) -> Pressed,
) -> Page {
    let pages = words::timeline::pages(lines);
    let last = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    let number = page.unwrap_or(last).clamp(1, last.max(1));
    let shown = pages.get(number as usize - 1).map_or("", String::as_str);
    let button = |to: u32, label: &str, off: bool| {
        serenity::CreateButton::new(turn(to).to_string())
            .label(label)
            .style(serenity::ButtonStyle::Secondary)
            .disabled(off)
    };
    let rows = if last > 1 {
        let buttons = vec![
            button(number - 1, words::timeline::earlier(), number <= 1),
            button(number + 1, words::timeline::later(), number >= last),
        ];
        vec![serenity::CreateActionRow::Buttons(buttons)]
    } else {
        Vec::new()
    };
    Page {
        text: words::timeline::page(heading, shown, number, last),
        rows,
        ..Page::default()
    }
}
