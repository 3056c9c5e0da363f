//! `/incident link`, and the buttons of what an incident looks like

use std::collections::BTreeSet;

use crate::discord::Ctx;
use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure};
use crate::incident::{Command, Incident, IncidentKey, IncidentNumber, LinkTarget, Relation, Side};
use crate::store::Target;
use crate::words;

/// How many incidents are followed from one to what brought it about.
const CAUSES: usize = 200;

/// Tie it to another incident, from both sides; or untie them
#[poise::command(slash_command, guild_only)]
pub(super) async fn link(
    ctx: Ctx<'_>,
    #[description = "How they are tied"] relation: Relation,
    #[description = "The other incident"]
    #[autocomplete = "suggest::incidents"]
    to: String,
    #[description = "Take the link back instead"] remove: Option<bool>,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let incident = asked.incident(incident.as_deref()).await?;
    let other = asked.incident(Some(&to)).await?;
    match remove {
        Some(true) => untie(&asked, &incident, relation, &other).await,
        _ => tie(&asked, &incident, relation, &other).await,
    }
}

/// Ties an incident to one that it looks like.
pub(crate) async fn chosen(
    asked: &Asked<'_>,
    number: IncidentNumber,
    relation: Relation,
    other: IncidentNumber,
) -> Result<(), Failure> {
    let incident = asked.numbered(number).await?;
    let other = asked.numbered(other).await?;
    tie(asked, &incident, relation, &other).await
}

async fn tie(
    asked: &Asked<'_>,
    incident: &Incident,
    relation: Relation,
    other: &Incident,
) -> Result<(), Failure> {
    let causes = match relation {
        Relation::CausedBy => causes(asked, other).await?,
        Relation::Related | Relation::DuplicateOf => Vec::new(),
    };
    let command = Command::Link {
        relation,
        to: other.key.number,
        target: LinkTarget::of(other, causes),
    };
    asked.record(incident, command).await
}

/// A tie is taken back from the side that made it, whichever is asked.
async fn untie(
    asked: &Asked<'_>,
    incident: &Incident,
    relation: Relation,
    other: &Incident,
) -> Result<(), Failure> {
    let (own, to) = match incident.side(relation, other.key.number) {
        Some(Side::Others) => (other, incident.key.number),
        Some(Side::Own) | None => (incident, other.key.number),
    };
    let target = Target::Incident(own.key.number);
    asked
        .submit(target, Command::Unlink { relation, to })
        .await?;
    let said = words::link::removed(own.key.number, relation, to);
    asked.say(said).await
}

/// What brought an incident about, and what brought that about.
async fn causes(asked: &Asked<'_>, incident: &Incident) -> Result<Vec<IncidentNumber>, Failure> {
    let guild = incident.key.guild;
    let of = |incident: &Incident| {
        let links = incident.links.iter();
        let causes = links.filter(|(relation, _)| *relation == Relation::CausedBy);
        causes.map(|(_, number)| *number).collect::<Vec<_>>()
    };
    let mut found = BTreeSet::new();
    let mut waiting = of(incident);
    while let Some(number) = waiting.pop() {
        if found.len() >= CAUSES || !found.insert(number) {
            continue;
        }
        let key = IncidentKey { guild, number };
        let cause = asked.scribe.store.incident(key).await?;
        waiting.extend(cause.iter().flat_map(of));
    }
    Ok(found.into_iter().collect())
}
