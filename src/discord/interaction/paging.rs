//! Pages of what was found, with buttons to turn them. What was asked for
//! stands in the page itself, so they work after a restart; whoever turns one
//! is shown what they may see by then.

use poise::serenity_prelude as serenity;
use serenity::{ButtonStyle, CreateActionRow, CreateButton};

use crate::discord::custom_id::Pressed;
use crate::words::paging::{NEXT, PREVIOUS, Query, foot};

/// Which page, and from where on it is counted: what came since is on none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Turn {
    /// From 1, the newest.
    pub(crate) page: u32,
    /// The newest of the first page; none where that is to be found out.
    pub(crate) anchor: Option<i64>,
}

/// The line below a page and its buttons; nothing where there is one page only,
/// or what was asked for is too long to be kept.
pub(crate) fn below(
    command: &str,
    query: &Query,
    turn: Turn,
    more: bool,
    pressed: impl Fn(Turn) -> Pressed,
) -> (Option<String>, Vec<CreateActionRow>) {
    let foot = foot(command, query, turn.page).filter(|_| more || turn.page > 1);
    let button = |page: u32, label: &str, off: bool| {
        let turn = Turn { page, ..turn };
        CreateButton::new(pressed(turn).to_string())
            .label(label)
            .style(ButtonStyle::Secondary)
            .disabled(off)
    };
    let rows = foot.as_ref().map(|_| {
        CreateActionRow::Buttons(vec![
            button(turn.page.saturating_sub(1), PREVIOUS, turn.page <= 1),
            button(turn.page.saturating_add(1), NEXT, !more),
        ])
    });
    (foot, rows.into_iter().collect())
}
