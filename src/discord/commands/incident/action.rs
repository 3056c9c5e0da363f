//! `/incident action add`, `done`, `assign` and `list`

use chrono::{DateTime, Utc};
use poise::serenity_prelude as serenity;

use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure};
use crate::discord::{Ctx, ids};
use crate::incident::{ActionItem, Command, Incident, human_time};
use crate::store::IncidentFilter;
use crate::words;

/// What is to be done during or after the incident
#[poise::command(
    slash_command,
    guild_only,
    subcommand_required,
    subcommands("add", "done", "assign", "list")
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
    #[description = "Until when: friday, 2025-07-18, in 5 days"]
    #[autocomplete = "suggest::days"]
    due: Option<String>,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let incident = asked.incident(incident.as_deref()).await?;
    let due = due_on(&asked, due.as_deref())?;
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

/// Give it to somebody
#[poise::command(slash_command, guild_only)]
async fn assign(
    ctx: Ctx<'_>,
    #[description = "Its number"]
    #[min = 1]
    #[autocomplete = "suggest::open_actions"]
    number: u32,
    #[description = "Who does it from now on"] owner: serenity::User,
    #[description = "Until when, if that changes: friday, 2025-07-18, in 5 days"]
    #[autocomplete = "suggest::days"]
    due: Option<String>,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let incident = asked.incident(incident.as_deref()).await?;
    let due = due_on(&asked, due.as_deref())?;
    let to = ids::person(&owner, None);
    asked
        .record(&incident, Command::AssignAction { number, to, due })
        .await
}

/// What is to be done: of an incident, or of all where the channel is none's
#[poise::command(slash_command, guild_only)]
async fn list(
    ctx: Ctx<'_>,
    #[description = "Only those that are yours to do"] mine: Option<bool>,
    #[description = "Only those whose day is over"] overdue: Option<bool>,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let (mine, overdue) = (mine == Some(true), overdue == Some(true));
    let here = asked.scribe.recorded.incident_of(asked.channel).is_some();
    let incidents = match incident.is_some() || here {
        true => vec![asked.incident(incident.as_deref()).await?],
        false => {
            let to_do = IncidentFilter {
                to_do: true,
                limit: Some(INCIDENTS),
                ..IncidentFilter::default()
            };
            asked.visible(&to_do).await?
        }
    };
    if let ([one], false, false) = (incidents.as_slice(), mine, overdue)
        && (incident.is_some() || here)
    {
        let said = words::action::actions(one, &asked.speech());
        return asked.say(said).await;
    }
    let me = asked.person.id;
    let wanted = |action: &ActionItem| {
        action.done_at.is_none()
            && (!mine || action.owner.as_ref().is_some_and(|owner| owner.id == me))
            && (!overdue || action.due.is_some_and(|due| due < asked.now))
    };
    let mut found: Vec<(&Incident, &ActionItem)> = incidents
        .iter()
        .flat_map(|one| one.actions.iter().map(move |action| (one, action)))
        .filter(|(_, action)| wanted(action))
        .collect();
    // What is due first stands first; what is due on no day stands last.
    found.sort_by_key(|(one, action)| {
        (
            action.due.is_none(),
            action.due,
            one.key.number,
            action.number,
        )
    });
    asked
        .say(words::action::to_do(&found, &asked.speech()))
        .await
}

/// The most incidents that are looked through.
const INCIDENTS: u32 = 500;

/// The end of the day that somebody typed as the one something is due on.
pub(crate) fn due_on(
    asked: &Asked<'_>,
    typed: Option<&str>,
) -> Result<Option<DateTime<Utc>>, Failure> {
    let zone = asked.settings.zone;
    let day = typed.map(|typed| human_time::parse_day(typed, asked.now, zone));
    let day = day.transpose();
    let day =
        day.map_err(|refusal| Failure::Told(words::time_refusal(&refusal, &asked.speech())))?;
    Ok(day.map(|day| human_time::last_moment_of(day, zone)))
}
