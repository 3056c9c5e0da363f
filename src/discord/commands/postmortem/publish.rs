//! `/postmortem publish`

use crate::discord::Ctx;
use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure};
use crate::discord::publishing::{self, NotWritten};
use crate::incident::access::Right;
use crate::incident::{Command, Refusal};
use crate::store::{SubmitError, Target};
use crate::words;
use crate::words::failure::Left;

use super::check::findings_page;

/// How often it is written anew where people go on talking meanwhile.
const TRIES: usize = 5;

/// Publish the postmortem as it is now: freeze it, set the status, post it
#[poise::command(slash_command, guild_only)]
pub(super) async fn publish(
    ctx: Ctx<'_>,
    #[description = "Even though something in it is certainly wrong"] anyway: Option<bool>,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let incident = asked.incident(incident.as_deref()).await?;
    asked.allow(Right::Publish, Some(&incident))?;
    let context = asked.command_context(None);
    for _ in 0..TRIES {
        let edition = publishing::edition(asked.scribe, &incident, &context).await;
        let edition = edition.map_err(|error| match error {
            NotWritten::Refused(refusal) => asked.refused(&refusal),
            NotWritten::Failed(error) => {
                Failure::Ours(error.context("write the postmortem to be published"))
            }
        })?;
        if edition.report.is_certain() && anyway != Some(true) {
            let said = words::postmortem::not_published_so();
            return asked.show(findings_page(&said, &edition.report)).await;
        }
        let (base, documents) = (edition.base, edition.documents);
        let target = Target::Incident(incident.key.number);
        let request = asked.request(target, Command::Publish { base, documents });
        match asked.scribe.submit(request).await {
            Err(SubmitError::Refused(Refusal::GrownMeanwhile { .. })) => {}
            Err(error) => return Err(asked.not_recorded(error)),
            Ok(recorded) => {
                if !recorded.repeated {
                    asked.scribe.work.was_published(&recorded.incident);
                }
                asked.leaves(Left::entries(incident.key.number, &recorded.entries));
                let place = match (recorded.incident.private, asked.settings.postmortem_channel) {
                    (false, Some(channel)) => Some(channel),
                    _ => recorded.incident.place.map(|(channel, _)| channel),
                };
                let said = words::postmortem::published(&recorded.incident, place, edition.missing);
                return asked.say(said).await;
            }
        }
    }
    Err(Failure::Told(words::postmortem::too_busy_to_publish()))
}
