//! `/incident handover`, and the buttons that answer it

use poise::serenity_prelude as serenity;

use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure};
use crate::discord::{Ctx, ids};
use crate::incident::access::Right;
use crate::incident::{Command, Fact, Incident, Person, Seq};
use crate::store::Target;
use crate::words;

/// Hand command over: in force once accepted. To yourself: take it from somebody who is silent
#[poise::command(slash_command, guild_only)]
pub(super) async fn handover(
    ctx: Ctx<'_>,
    #[description = "Who is to lead; yourself to take over from somebody who is silent"] to: Option<
        serenity::User,
    >,
    #[description = "What they should know"] note: Option<String>,
    #[description = "Take the offer back that was not answered yet"] withdraw: Option<bool>,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let incident = asked.incident(incident.as_deref()).await?;
    match to {
        Some(to) => {
            let to = match ids::user(to.id) == asked.person.id {
                true => asked.person.clone(),
                false => ids::person(&to, None),
            };
            hand_over(&asked, &incident, to, note).await
        }
        None if withdraw == Some(true) => {
            let open = incident.open_handover().cloned();
            let target = Target::Incident(incident.key.number);
            asked.submit(target, Command::WithdrawHandover).await?;
            asked.say(words::handover::withdrawn(open.as_ref())).await
        }
        None => {
            asked.allow(Right::Change, Some(&incident))?;
            let said = words::handover::whom(&incident, &asked.speech());
            asked.say(said).await
        }
    }
}

/// Makes whoever presses the button the commander, if nobody leads or whoever
/// does is silent.
pub(crate) async fn taken(asked: &Asked<'_>, incident: &Incident) -> Result<(), Failure> {
    hand_over(asked, incident, asked.person.clone(), None).await
}

async fn hand_over(
    asked: &Asked<'_>,
    incident: &Incident,
    to: Person,
    note: Option<String>,
) -> Result<(), Failure> {
    let silence = asked.settings.reminders.silence;
    let takeover_after = silence.takeover_after(incident.severity_now());
    let command = Command::Handover {
        to,
        note,
        takeover_after,
    };
    let target = Target::Incident(incident.key.number);
    let recorded = asked.submit(target, command).await?;
    let said = match recorded.entries.first().map(|entry| &entry.fact) {
        Some(Fact::HandoverOffered(offer)) => words::handover::asked(&recorded.incident, offer),
        Some(Fact::RoleGiven { from, .. }) => {
            words::handover::yours(&recorded.incident, from.as_ref())
        }
        _ => String::new(),
    };
    asked.answer(&recorded, said).await
}

/// Accepts or declines an offer.
pub(crate) async fn answered(
    asked: &Asked<'_>,
    incident: &Incident,
    offer: Seq,
    accept: bool,
) -> Result<(), Failure> {
    let target = Target::Incident(incident.key.number);
    let command = Command::AnswerHandover { offer, accept };
    let recorded = asked.submit(target, command).await?;
    let said = match recorded.entries.first().map(|entry| &entry.fact) {
        Some(Fact::RoleGiven { from, .. }) => {
            words::handover::yours(&recorded.incident, from.as_ref())
        }
        _ => words::handover::declined(&recorded.incident),
    };
    asked.say(said).await
}
