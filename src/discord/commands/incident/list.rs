//! `/incident list`

use crate::discord::Ctx;
use crate::discord::custom_id::Pressed;
use crate::discord::interaction::{Asked, Failure, Page, Turn, below};
use crate::incident::{IncidentNumber, Severity, Status};
use crate::store::IncidentFilter;
use crate::words;
use crate::words::paging::{Query, query};

/// How many lines a page holds.
const LINES: usize = 10;

/// The last page there is.
const PAGES: u32 = 200;

/// The command, as the line below a page names it.
const COMMAND: &str = "incident list";

/// The incidents there are: open ones, or all that fit
#[poise::command(slash_command, guild_only)]
pub(super) async fn list(
    ctx: Ctx<'_>,
    #[description = "Only those in this status. Left out: all that are open"] status: Option<
        Status,
    >,
    #[description = "Only those of this severity"] severity: Option<Severity>,
    #[description = "Only those with this in their title"] title: Option<String>,
    #[description = "Past ones too"] past: Option<bool>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let wanted = Wanted {
        status,
        severity,
        title,
        past: past == Some(true),
    };
    let first = Turn {
        page: 1,
        anchor: None,
    };
    let page = page(&asked, &wanted, first).await?;
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

/// Which incidents are asked for.
struct Wanted {
    status: Option<Status>,
    severity: Option<Severity>,
    title: Option<String>,
    past: bool,
}

/// The options, as the line below a page has them.
const NAMES: [&str; 4] = ["status", "severity", "title", "past"];

impl Wanted {
    fn written(&self) -> Query {
        let values = [
            self.status.map(|status| status.to_string()),
            self.severity.map(|severity| severity.to_string()),
            self.title.clone(),
            self.past.then(|| "True".to_owned()),
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
        Some(Self {
            status: value("status").map(str::parse).transpose().ok()?,
            severity: value("severity").map(str::parse).transpose().ok()?,
            title: value("title").map(str::to_owned),
            past: value("past").is_some(),
        })
    }
}

async fn page(asked: &Asked<'_>, wanted: &Wanted, turn: Turn) -> Result<Page, Failure> {
    let only_open = wanted.status.is_none() && wanted.title.is_none() && !wanted.past;
    let number = turn.page.clamp(1, PAGES);
    let before = (number as usize - 1) * LINES;
    // One more than is shown tells whether there is more.
    let most = before + LINES + 1;
    // The incident it is counted from is itself on the first page.
    let newest = turn.anchor.and_then(|newest| u32::try_from(newest).ok());
    let filter = IncidentFilter {
        open: only_open.then_some(true),
        status: wanted.status,
        severity: wanted.severity,
        text: wanted.title.clone(),
        before: newest.map(|newest| IncidentNumber(newest.saturating_add(1))),
        limit: u32::try_from(most).ok(),
        ..IncidentFilter::default()
    };
    let found = asked.visible(&filter).await?;
    let more = found.len() == most && number < PAGES;
    let turn = Turn {
        page: number,
        anchor: turn
            .anchor
            .or(found.first().map(|first| first.key.number.0.into())),
    };
    let shown: Vec<_> = found.into_iter().skip(before).take(LINES).collect();
    let pressed = |turn| Pressed::List { turn };
    let (foot, rows) = below(COMMAND, &wanted.written(), turn, more, pressed);
    let foot = foot.or_else(|| more.then(words::answer::narrow_it));
    let foot = foot.unwrap_or_default();
    let text = match shown.is_empty() && number > 1 {
        true => format!("{}\n{foot}", words::paging::no_page(number)),
        false => words::answer::list(&shown, only_open, &asked.speech(), &foot),
    };
    Ok(Page {
        text,
        rows,
        ..Page::default()
    })
}
