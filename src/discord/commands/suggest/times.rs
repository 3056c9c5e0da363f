//! What is offered while somebody types a time: how it is read, and the usual ones.

use poise::serenity_prelude::CreateAutocompleteResponse;

use crate::discord::Ctx;
use crate::incident::{GuildSettings, human_time};
use crate::words::{self, Speech};

use super::{fitting, offer, settings};

/// How many days of the past are offered.
const DAYS_BACK: usize = 400;

/// Times of the past, for what happened: as they are read in the guild's zone.
pub(crate) async fn moments(ctx: Ctx<'_>, typed: &str) -> CreateAutocompleteResponse {
    let settings = settings(ctx).await;
    let now = ctx.framework.user_data.now();
    offer(settings.map(|settings| {
        let speech = speech(&settings, now);
        let read = |typed: &String| human_time::parse(typed, now, settings.zone).ok();
        let usual = [
            "5m ago", "10m ago", "15m ago", "30m ago", "1h ago", "2h ago",
        ];
        let said = said(typed, &["m ago", "h ago"], &usual, |typed| {
            read(typed).is_some()
        });
        let times = said.into_iter().filter_map(|typed| {
            let at = read(&typed)?;
            Some((words::offered_time::past(&typed, at, &speech), typed))
        });
        times.collect()
    }))
}

/// Days to come, for what is due.
pub(crate) async fn days(ctx: Ctx<'_>, typed: &str) -> CreateAutocompleteResponse {
    let settings = settings(ctx).await;
    let now = ctx.framework.user_data.now();
    offer(settings.map(|settings| {
        let speech = speech(&settings, now);
        let read = |typed: &String| {
            let day = human_time::parse_day(typed, now, settings.zone).ok()?;
            Some(human_time::last_moment_of(day, settings.zone))
        };
        let usual = ["today", "tomorrow", "friday", "in 7 days", "in 14 days"];
        let typed = match typed.trim().parse::<u32>() {
            Ok(number) => format!("in {number} days"),
            Err(_) => typed.to_owned(),
        };
        let said = said(&typed, &[], &usual, |typed| read(typed).is_some());
        let days = said.into_iter().filter_map(|typed| {
            let end = read(&typed)?;
            Some((words::offered_time::due(&typed, end, &speech), typed))
        });
        days.collect()
    }))
}

/// Days of the past, for what is summed up.
pub(crate) async fn past_days(ctx: Ctx<'_>, typed: &str) -> CreateAutocompleteResponse {
    let settings = settings(ctx).await;
    let now = ctx.framework.user_data.now();
    offer(settings.map(|settings| {
        let today = now.with_timezone(&settings.zone).date_naive();
        let dates = std::iter::successors(Some(today), |day| day.pred_opt());
        let named = ["today", "yesterday"].map(str::to_owned).into_iter();
        let dates = dates.take(DAYS_BACK).map(|day| day.to_string());
        fitting(named.chain(dates), typed)
    }))
}

/// How long something may last before somebody is reminded.
pub(crate) async fn waits(_: Ctx<'_>, typed: &str) -> CreateAutocompleteResponse {
    let usual = [
        "off", "10m", "15m", "20m", "30m", "45m", "1h", "2h", "4h", "8h", "1 day", "3 days",
    ];
    offer(Ok(chosen(&usual, typed)))
}

/// After how many days something is due or put away.
pub(crate) async fn in_days(_: Ctx<'_>, typed: &str) -> CreateAutocompleteResponse {
    let usual = [
        "off", "1 day", "3 days", "5 days", "1 week", "2 weeks", "30 days",
    ];
    offer(Ok(chosen(&usual, typed)))
}

/// Hours in which nobody is reminded.
pub(crate) async fn hours(_: Ctx<'_>, typed: &str) -> CreateAutocompleteResponse {
    let usual = [
        "off",
        "22:00-07:00",
        "23:00-06:00",
        "20:00-08:00",
        "18:00-09:00",
    ];
    offer(Ok(chosen(&usual, typed)))
}

fn speech(settings: &GuildSettings, now: chrono::DateTime<chrono::Utc>) -> Speech {
    Speech {
        zone: settings.zone,
        now,
    }
}

/// What was typed where it can be read; a number with each of the endings; else
/// the usual ones that it may become.
fn said(
    typed: &str,
    endings: &[&str],
    usual: &[&str],
    reads: impl Fn(&String) -> bool,
) -> Vec<String> {
    let own = typed.trim().to_owned();
    if reads(&own) {
        return vec![own];
    }
    if own.parse::<u32>().is_ok() && !endings.is_empty() {
        return endings.iter().map(|end| format!("{own}{end}")).collect();
    }
    let usual = usual.iter().map(|one| (*one).to_owned());
    usual
        .filter(|one| one.starts_with(&own.to_lowercase()))
        .collect()
}

/// What was typed first, where it is none of the usual ones: it is the typist's to choose.
fn chosen(usual: &[&str], typed: &str) -> Vec<(String, String)> {
    let own = typed.trim().to_owned();
    let mut offers = fitting(usual.iter().map(|one| (*one).to_owned()), &own);
    if !own.is_empty() && !offers.iter().any(|(_, one)| *one == own) {
        offers.insert(0, (own.clone(), own));
    }
    offers
}
