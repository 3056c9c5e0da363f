//! `/incident action add`, `done` and `list`

use poise::serenity_prelude as serenity;

use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure};
use crate::discord::{Ctx, ids};
use crate::incident::{Command, human_time};
use crate::words;

/// What is to be done during or after the incident
#[poise::command(
    slash_command,
    guild_only,
    subcommand_required,
    subcommands("add", "done", "list")
)]
pub(super) async fn action(_: Ctx<'_>) -> Result<(), Failure> {
    Ok(())
}

/// Add something to be done
#[poise::command(slash_command, guild_only)]
async fn add(
    ctx: Ctx<'_>,
    #[description = "What is to be done"] text: String,
    #[description = "Who does it"] owner: Option<serenity::User>,
    #[description = "Until when: friday, 2025-07-18, in 5 days"] due: Option<String>,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let incident = asked.incident(incident.as_deref()).await?;
    let zone = asked.settings.zone;
    let due = due
        .map(|due| human_time::parse_day(&due, asked.now, zone))
        .transpose();
    let due =
        due.map_err(|refusal| Failure::Told(words::time_refusal(&refusal, &asked.speech())))?;
    // Due is a day; its end in the guild's zone is the moment.
    let due = due.and_then(|day| {
        day.and_hms_opt(23, 59, 59)?
            .and_local_timezone(zone)
            .latest()
    });
    let due = due.map(|due| due.to_utc());
    let owner = owner.map(|owner| ids::person(&owner, None));
    asked
        .record(&incident, Command::AddAction { text, owner, due })
        .await
}

/// Say that it is done
#[poise::command(slash_command, guild_only)]
async fn done(
    ctx: Ctx<'_>,
    #[description = "Its number"]
    #[min = 1]
    #[autocomplete = "suggest::open_actions"]
    number: u32,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let incident = asked.incident(incident.as_deref()).await?;
    asked
        .record(&incident, Command::FinishAction { number })
        .await
}

/// What is to be done, and what is done
#[poise::command(slash_command, guild_only)]
async fn list(
    ctx: Ctx<'_>,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let incident = asked.incident(incident.as_deref()).await?;
    asked
        .say(words::answer::actions(&incident, &asked.speech()))
        .await
}
