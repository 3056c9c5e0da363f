//! Whether the asker may do what they ask: the one place that every command,
//! button and form comes by before it changes anything.

use std::time::Duration;

use poise::serenity_prelude as serenity;

use crate::discord::ids;
use crate::incident::access::{Allowed, Asker, Right};
use crate::incident::{Incident, IncidentKey, IncidentNumber, RoleId};
use crate::store::{Request, Target};
use crate::words;

use super::{Asked, Failure};

/// How long a form may wait for what it is looked up whether the asker may send
/// it: Discord gives up after three seconds.
const AT_ONCE: Duration = Duration::from_secs(1);

impl Asked<'_> {
    /// Refuses those whom the guild gave no such right; `incident` is the one it
    /// concerns, where it concerns one.
    pub(crate) fn allow(&self, right: Right, incident: Option<&Incident>) -> Result<(), Failure> {
        let roles: Vec<RoleId> = self.roles.iter().copied().map(ids::role).collect();
        let asker = Asker {
            id: self.person.id,
            roles: &roles,
            manages_server: self.has(serenity::Permissions::MANAGE_GUILD),
            manages_messages: self.has(serenity::Permissions::MANAGE_MESSAGES),
        };
        if self.settings.access.allows(right, &asker, incident) {
            return Ok(());
        }
        let said = match (self.settings.access.of(right), right, incident) {
            (Allowed::Roles(roles), _, _) => {
                let names: Vec<Option<String>> =
                    roles.iter().map(|role| self.role_name(*role)).collect();
                words::access::refused(right, &names)
            }
            (_, Right::Publish, Some(incident)) => words::postmortem::who_may_publish(incident),
            (_, Right::Redact, _) => words::answer::permission_needed("Manage Messages"),
            _ => words::answer::permission_needed("Manage Server"),
        };
        Err(Failure::Told(said))
    }

    /// Refuses a request that the asker has no right to.
    pub(super) async fn allow_request(&self, request: &Request) -> Result<(), Failure> {
        let number = match request.target {
            Target::New => return self.allow(Right::Open, None),
            Target::Incident(number) => number,
        };
        // Where a guild chose nothing, everybody may what is not asked for by its own command.
        if self.settings.access.is_usual() {
            return Ok(());
        }
        let Some(incident) = self.scribe.store.incident(self.key(number)).await? else {
            return Ok(());
        };
        match Right::needed(&request.command, &incident, self.person.id) {
            // A text of their own that looks like a secret may go at once, and
            // who else may redact was looked at where it was asked for.
            Some(Right::Redact) | None => Ok(()),
            Some(right) => self.allow(right, Some(&incident)),
        }
    }

    /// Refuses before a form is shown what would be refused when it is sent, so
    /// that nobody writes in vain. Where the store does not answer at once the
    /// form is shown, and looked at when it is sent.
    pub(crate) async fn allow_form(
        &self,
        right: Right,
        number: Option<IncidentNumber>,
    ) -> Result<(), Failure> {
        if *self.settings.access.of(right) == Allowed::Usual {
            return Ok(());
        }
        let Some(number) = number else {
            return self.allow(right, None);
        };
        let incident = self.scribe.store.incident(self.key(number));
        match tokio::time::timeout(AT_ONCE, incident).await {
            Ok(Ok(Some(incident))) => self.allow(right, Some(&incident)),
            _ => Ok(()),
        }
    }

    /// What a role is called; nothing where it was deleted.
    pub(crate) fn role_name(&self, role: RoleId) -> Option<String> {
        let guild = self.context.cache.guild(self.guild.0)?;
        let role = guild.roles.get(&serenity::RoleId::new(role.0))?;
        Some(role.name.clone())
    }

    /// Whether a role is there, as far as is known.
    pub(crate) fn has_role(&self, role: RoleId) -> bool {
        let guild = self.context.cache.guild(self.guild.0);
        guild.is_none_or(|guild| guild.roles.contains_key(&serenity::RoleId::new(role.0)))
    }

    fn has(&self, permission: serenity::Permissions) -> bool {
        let all = self.permissions.unwrap_or_default();
        all.intersects(permission | serenity::Permissions::ADMINISTRATOR)
    }

    fn key(&self, number: IncidentNumber) -> IncidentKey {
        IncidentKey {
            guild: self.guild,
            number,
        }
    }
}

/// The asker, if that can be told soon enough for a form to be the answer.
pub(crate) async fn soon<'a>(
    asked: impl Future<Output = Result<Asked<'a>, Failure>>,
) -> Option<Asked<'a>> {
    tokio::time::timeout(AT_ONCE, asked).await.ok()?.ok()
}
