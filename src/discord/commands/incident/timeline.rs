//! `/incident timeline`

use poise::serenity_prelude as serenity;

use crate::discord::Ctx;
use crate::discord::commands::choices::View;
use crate::discord::commands::suggest;
use crate::discord::custom_id::Pressed;
use crate::discord::interaction::Page;
use crate::discord::interaction::{Asked, Failure};
use crate::incident::{Incident, timeline as lines_of};
use crate::words;

/// The timeline, each time in your own zone
#[poise::command(slash_command, guild_only)]
pub(super) async fn timeline(
    ctx: Ctx<'_>,
    #[description = "key: what was decided and told; all: every message too. Left out: key"]
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
    let shown = lines
        .iter()
        .filter(|line| view == View::All || line.is_key());
    let lines: Vec<_> = shown.map(words::timeline::line).collect();
    let pages = words::timeline::pages(&lines);
    let last = pages.len();
    let number = page
        .map_or(last, |page| page as usize)
        .clamp(1, last.max(1));
    let text = words::timeline::page(
        incident,
        pages.get(number - 1).map_or("", String::as_str),
        number,
        last,
    );
    let turn = |to: usize, label: &str, off: bool| {
        let id = Pressed::Timeline {
            number: incident.key.number,
            view,
            page: Some(u32::try_from(to).unwrap_or(1)),
        };
        serenity::CreateButton::new(id.to_string())
            .label(label)
            .style(serenity::ButtonStyle::Secondary)
            .disabled(off)
    };
    let rows = if last > 1 {
        let buttons = vec![
            turn(number.saturating_sub(1), "Earlier", number <= 1),
            turn(number + 1, "Later", number >= last),
        ];
        vec![serenity::CreateActionRow::Buttons(buttons)]
    } else {
        Vec::new()
    };
    Ok(Page {
        text,
        rows,
        ..Page::default()
    })
}
