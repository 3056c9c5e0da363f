//! `/scribe policy`

use crate::discord::Ctx;
use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure};
use crate::incident::reminder::{QuietHours, written};
use crate::incident::{GuildSettings, Severity};
use crate::words;

use super::policy_form;
use super::setup::{change, needs_set_up};

/// When people are reminded of what is owed; without options a form has what holds
#[poise::command(slash_command, guild_only)]
#[expect(
    clippy::too_many_arguments,
    reason = "each is an option of the command"
)]
pub(super) async fn policy(
    ctx: Ctx<'_>,
    #[description = "Of which incidents the five times below are"] severity: Option<Severity>,
    #[description = "Without an update for: 30m, 2h, off"]
    #[autocomplete = "suggest::waits"]
    update: Option<String>,
    #[description = "Without a commander for: 10m, 1h, off"]
    #[autocomplete = "suggest::waits"]
    commander: Option<String>,
    #[description = "Without a word from the commander for: 15m, off; then anybody may take over"]
    #[autocomplete = "suggest::waits"]
    silence: Option<String>,
    #[description = "Open for: 4h, 2 days, off"]
    #[autocomplete = "suggest::waits"]
    open: Option<String>,
    #[description = "The postmortem is due after: 5 days, 1 week, off"]
    #[autocomplete = "suggest::in_days"]
    postmortem: Option<String>,
    #[description = "Whether owners are reminded of action items that are due"] actions: Option<
        bool,
    >,
    #[description = "When nobody is reminded: 22:00-07:00, off"]
    #[autocomplete = "suggest::hours"]
    quiet: Option<String>,
    #[description = "Open incidents this bad are reminded of in these hours too"] loud: Option<
        Severity,
    >,
) -> Result<(), Failure> {
    let asked = Asked::by_command_with_form(ctx).await?;
    let times = [&update, &commander, &silence, &open, &postmortem];
    let of_severity = times.into_iter().any(Option::is_some);
    if !of_severity && actions.is_none() && quiet.is_none() && loud.is_none() {
        return match needs_set_up(&asked) {
            Ok(()) => policy_form::open(&asked, &[]).await,
            Err(_) => asked.say(shown(&asked, &asked.settings)).await,
        };
    }
    asked.defer_if_late();
    needs_set_up(&asked)?;
    let settings = change(&asked, |settings| {
        let policy = &mut settings.reminders;
        if of_severity {
            let severity =
                severity.ok_or_else(|| Failure::Told(words::policy::severity_is_missing()))?;
            let silent = policy.silence.of_mut(severity);
            take(silent, silence.as_deref(), minutes)?;
            let times = policy.of_mut(severity);
            take(&mut times.update, update.as_deref(), minutes)?;
            take(&mut times.commander, commander.as_deref(), minutes)?;
            take(&mut times.open, open.as_deref(), minutes)?;
            take(&mut times.postmortem, postmortem.as_deref(), days)?;
        }
        policy.actions = actions.unwrap_or(policy.actions);
        take(&mut policy.quiet, quiet.as_deref(), hours)?;
        // New hours are quiet for all unless it is said again for whom not.
        if loud.is_some() || quiet.is_some() {
            policy.loud = loud;
        }
        Ok(())
    });
    asked.say(shown(&asked, &settings.await?)).await
}

/// What holds: the times, and who may do what.
pub(super) fn shown(asked: &Asked<'_>, settings: &GuildSettings) -> String {
    let who = words::access::in_short(settings, |role| asked.role_name(role));
    format!("{}\n{who}", words::policy::policy(settings))
}

/// Takes what was typed, if anything was; `off` is never.
fn take<T>(
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
    written::minutes(typed).ok_or_else(|| words::policy::no_such_wait(typed))
}

fn days(typed: &str) -> Result<u32, String> {
    written::days(typed).ok_or_else(|| words::policy::no_such_days(typed))
}

fn hours(typed: &str) -> Result<QuietHours, String> {
    typed
        .parse()
        .map_err(|_| words::policy::no_such_hours(typed))
}
