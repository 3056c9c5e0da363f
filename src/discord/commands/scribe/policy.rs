//! `/scribe policy`

use std::ops::RangeInclusive;

use crate::discord::Ctx;
use crate::discord::interaction::{Asked, Failure};
use crate::incident::reminder::{QuietHours, ReminderTimes};
use crate::incident::{Severity, human_time};
use crate::words;

use super::setup::{needs_manage_guild, save};

/// When people are reminded of what is owed; without options it is shown
#[poise::command(slash_command, guild_only)]
#[expect(
    clippy::too_many_arguments,
    reason = "each is an option of the command"
)]
pub(super) async fn policy(
    ctx: Ctx<'_>,
    #[description = "Of which incidents the four times below are"] severity: Option<Severity>,
    #[description = "Without an update for: 30m, 2h, off"] update: Option<String>,
    #[description = "Without a commander for: 10m, 1h, off"] commander: Option<String>,
    #[description = "Open for: 4h, 2 days, off"] open: Option<String>,
    #[description = "The postmortem is due after: 5 days, 1 week, off"] postmortem: Option<String>,
    #[description = "Whether owners are reminded of action items that are due"] actions: Option<
        bool,
    >,
    #[description = "When nobody is reminded: 22:00-07:00, off"] quiet: Option<String>,
    #[description = "Open incidents this bad are reminded of in these hours too"] loud: Option<
        Severity,
    >,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let mut settings = asked.settings.clone();
    let policy = &mut settings.reminders;
    let given = [&update, &commander, &open, &postmortem];
    if given.into_iter().any(Option::is_some) {
        let severity =
            severity.ok_or_else(|| Failure::Told(words::policy::severity_is_missing()))?;
        let times = policy.of_mut(severity);
        change(&mut times.update, update.as_deref(), minutes)?;
        change(&mut times.commander, commander.as_deref(), minutes)?;
        change(&mut times.open, open.as_deref(), minutes)?;
        change(&mut times.postmortem, postmortem.as_deref(), days)?;
    }
    policy.actions = actions.unwrap_or(policy.actions);
    change(&mut policy.quiet, quiet.as_deref(), hours)?;
    // New hours are quiet for all unless it is said again for whom not.
    if loud.is_some() || quiet.is_some() {
        policy.loud = loud;
    }
    if settings != asked.settings {
        needs_manage_guild(&asked)?;
        save(&asked, &settings).await?;
    }
    asked.say(words::policy::policy(&settings)).await
}

/// Takes what was typed, if anything was; `off` is never.
fn change<T>(
    of: &mut Option<T>,
    typed: Option<&str>,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<(), Failure> {
    match typed.map(str::trim) {
        None | Some("") => {}
        Some(off) if off.eq_ignore_ascii_case("off") => *of = None,
        Some(typed) => *of = Some(read(typed).map_err(Failure::Told)?),
    }
    Ok(())
}

fn minutes(typed: &str) -> Result<u32, String> {
    within(typed, 60, ReminderTimes::MINUTES).ok_or_else(|| words::policy::no_such_wait(typed))
}

fn days(typed: &str) -> Result<u32, String> {
    within(typed, 24 * 60 * 60, ReminderTimes::DAYS)
        .ok_or_else(|| words::policy::no_such_days(typed))
}

fn within(typed: &str, seconds: i64, range: RangeInclusive<u32>) -> Option<u32> {
    let length = human_time::parse_duration(typed).ok()?;
    let count = u32::try_from(length.num_seconds() / seconds).ok()?;
    range.contains(&count).then_some(count)
}

fn hours(typed: &str) -> Result<QuietHours, String> {
    typed
        .parse()
        .map_err(|_| words::policy::no_such_hours(typed))
}
