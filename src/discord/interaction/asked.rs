//! One interaction that is being answered.

use chrono::{DateTime, Utc};
use poise::serenity_prelude as serenity;

use crate::discord::commands::redact_button;
use crate::discord::scribe::Scribe;
use crate::discord::{Ctx, ids};
use crate::incident::{
    Actor, ChannelId, Command, Context, Fact, GuildId, GuildSettings, Incident, IncidentKey,
    IncidentNumber, Language, MessageRef, Person, Refusal, human_time, secrets,
};
use crate::store::{IncidentFilter, Recorded, Request, SubmitError, Target};
use crate::words::failure::Left;
use crate::words::{self, Speech};

use super::{Failure, Page, Reader, Reply, visible};

/// One interaction that is being answered: who asks where, with what settings.
pub(crate) struct Asked<'a> {
    pub(crate) scribe: &'a Scribe,
    pub(crate) context: &'a serenity::Context,
    pub(crate) guild: GuildId,
    pub(crate) channel: ChannelId,
    pub(crate) person: Person,
    pub(crate) roles: &'a [serenity::RoleId],
    pub(crate) permissions: Option<serenity::Permissions>,
    pub(crate) settings: GuildSettings,
    /// What Discord knows of the language of the guild.
    pub(crate) guild_language: Language,
    pub(crate) now: DateTime<Utc>,
    reply: Reply,
    once: String,
}

/// The parts of an interaction that commands, buttons and forms share.
struct Parts<'a> {
    id: serenity::InteractionId,
    guild_locale: Option<&'a str>,
    guild: Option<serenity::GuildId>,
    channel: serenity::ChannelId,
    user: &'a serenity::User,
    member: Option<&'a serenity::Member>,
}

impl<'a> Asked<'a> {
    /// A slash or message command, told at once that its answer will come.
    pub(crate) async fn by_command(ctx: Ctx<'a>) -> Result<Self, Failure> {
        let reply = Reply::of_command(ctx).await;
        reply.defer_if_late();
        Self::by_command_with_form(ctx).await
    }

    /// A slash command that a form may answer: no other answer is promised, so
    /// nothing that takes long may come before it.
    pub(crate) async fn by_command_with_form(ctx: Ctx<'a>) -> Result<Self, Failure> {
        let reply = Reply::of_command(ctx).await;
        let parts = Self::of_command(ctx);
        Self::new(
            ctx.framework.user_data,
            ctx.serenity_context(),
            parts,
            reply,
        )
        .await
    }

    /// A button that a form answers, as above.
    pub(crate) async fn by_button_with_form(
        scribe: &'a Scribe,
        context: &'a serenity::Context,
        interaction: &'a serenity::ComponentInteraction,
        reply: Reply,
    ) -> Result<Self, Failure> {
        Self::new(scribe, context, Self::of_component(interaction), reply).await
    }

    /// A button or a selection that is answered by a message of its own.
    pub(crate) async fn by_button(
        scribe: &'a Scribe,
        context: &'a serenity::Context,
        interaction: &'a serenity::ComponentInteraction,
        reply: Reply,
    ) -> Result<Self, Failure> {
        let parts = Self::of_component(interaction);
        reply.defer_if_late();
        Self::new(scribe, context, parts, reply).await
    }

    /// A button or a selection that changes the message it stands in.
    pub(crate) async fn by_page(
        scribe: &'a Scribe,
        context: &'a serenity::Context,
        interaction: &'a serenity::ComponentInteraction,
        reply: Reply,
    ) -> Result<Self, Failure> {
        let parts = Self::of_component(interaction);
        reply.defer_change().await?;
        Self::new(scribe, context, parts, reply).await
    }

    /// A form that was sent.
    pub(crate) async fn by_form(
        scribe: &'a Scribe,
        context: &'a serenity::Context,
        interaction: &'a serenity::ModalInteraction,
        reply: Reply,
    ) -> Result<Self, Failure> {
        let parts = Parts {
            id: interaction.id,
            guild_locale: interaction.guild_locale.as_deref(),
            guild: interaction.guild_id,
            channel: interaction.channel_id,
            user: &interaction.user,
            member: interaction.member.as_ref(),
        };
        reply.defer_if_late();
        Self::new(scribe, context, parts, reply).await
    }

    fn of_command(ctx: Ctx<'a>) -> Parts<'a> {
        let interaction = ctx.interaction;
        Parts {
            id: interaction.id,
            guild_locale: interaction.guild_locale.as_deref(),
            guild: interaction.guild_id,
            channel: interaction.channel_id,
            user: &interaction.user,
            member: interaction.member.as_deref(),
        }
    }

    fn of_component(interaction: &'a serenity::ComponentInteraction) -> Parts<'a> {
        Parts {
            id: interaction.id,
            guild_locale: interaction.guild_locale.as_deref(),
            guild: interaction.guild_id,
            channel: interaction.channel_id,
            user: &interaction.user,
            member: interaction.member.as_ref(),
        }
    }

    async fn new(
        scribe: &'a Scribe,
        context: &'a serenity::Context,
        parts: Parts<'a>,
        reply: Reply,
    ) -> Result<Self, Failure> {
        let guild = parts
            .guild
            .ok_or_else(|| Failure::Told(words::answer::only_in_guilds()))?;
        let guild = ids::guild(guild);
        Ok(Self {
            settings: scribe.store.settings(guild).await?,
            guild_language: parts
                .guild_locale
                .map_or(Language::default(), Language::of_locale),
            now: scribe.now(),
            scribe,
            context,
            guild,
            channel: ids::channel(parts.channel),
            person: ids::person(
                parts.user,
                parts.member.and_then(|member| member.nick.as_deref()),
            ),
            roles: parts.member.map_or(&[], |member| member.roles.as_slice()),
            permissions: parts.member.and_then(|member| member.permissions),
            reply,
            once: format!("interaction:{}", parts.id),
        })
    }

    /// Says that the answer will come, where no form is to be it after all.
    pub(crate) fn defer_if_late(&self) {
        self.reply.defer_if_late();
    }

    /// For whom the answer is worded.
    pub(crate) fn speech(&self) -> Speech {
        Speech {
            zone: self.settings.zone,
            now: self.now,
        }
    }

    /// Refuses those who lack a permission.
    pub(crate) fn need(&self, permission: serenity::Permissions) -> Result<(), Failure> {
        let has = self.permissions.is_some_and(|all| {
            all.contains(permission) || all.contains(serenity::Permissions::ADMINISTRATOR)
        });
        if has {
            return Ok(());
        }
        let name = words::permission::name(permission.bits().trailing_zeros());
        Err(Failure::Told(words::answer::permission_needed(name)))
    }

    /// The moment somebody typed.
    pub(crate) fn time(&self, text: Option<&str>) -> Result<Option<DateTime<Utc>>, Failure> {
        let Some(text) = text.filter(|text| !text.trim().is_empty()) else {
            return Ok(None);
        };
        human_time::parse(text, self.now, self.settings.zone)
            .map(Some)
            .map_err(|refusal| Failure::Told(words::time_refusal(&refusal, &self.speech())))
    }

    /// The incident that is meant: the one named, else the one of this channel.
    pub(crate) async fn incident(&self, named: Option<&str>) -> Result<Incident, Failure> {
        let incident = match named.map(str::trim).filter(|named| !named.is_empty()) {
            Some(named) => self.named(named).await?,
            None => match self.scribe.recorded.incident_of(self.channel) {
                Some(key) => self.scribe.store.incident(key).await?,
                None => {
                    let open = self
                        .visible(&IncidentFilter {
                            open: Some(true),
                            limit: Some(5),
                            ..IncidentFilter::default()
                        })
                        .await?;
                    return Err(Failure::Told(words::answer::which_incident(&open)));
                }
            },
        };
        incident
            .filter(|incident| self.sees(incident))
            .ok_or_else(|| Failure::Told(words::answer::no_such_incident(named)))
    }

    /// The incident of that number.
    pub(crate) async fn numbered(&self, number: IncidentNumber) -> Result<Incident, Failure> {
        self.incident(Some(&number.to_string())).await
    }

    async fn named(&self, named: &str) -> Result<Option<Incident>, Failure> {
        if let Ok(number) = named.parse::<IncidentNumber>() {
            let key = IncidentKey {
                guild: self.guild,
                number,
            };
            return Ok(self.scribe.store.incident(key).await?);
        }
        let filter = IncidentFilter {
            text: Some(named.to_owned()),
            limit: Some(6),
            ..IncidentFilter::default()
        };
        let mut found = self.visible(&filter).await?;
        match found.len() {
            0 => Ok(None),
            1 => Ok(found.pop()),
            _ => Err(Failure::Told(words::answer::several_incidents(&found))),
        }
    }

    /// The incidents that fit and that the asker may see.
    pub(crate) async fn visible(&self, filter: &IncidentFilter) -> Result<Vec<Incident>, Failure> {
        let sees = |incident: &Incident| self.sees(incident);
        Ok(visible(&self.scribe.store, self.guild, filter, sees).await?)
    }

    /// Whether the asker may see an incident.
    pub(crate) fn sees(&self, incident: &Incident) -> bool {
        let reader = Reader {
            cache: &self.context.cache,
            user: self.person.id,
            roles: self.roles,
            permissions: self.permissions,
            channel: self.channel,
        };
        reader.sees(incident)
    }

    /// Submits a command in the asker's name, once however often Discord delivers the interaction.
    pub(crate) async fn submit(
        &self,
        target: Target,
        command: Command,
    ) -> Result<Recorded, Failure> {
        self.send(self.request(target, command)).await
    }

    /// The same for what was made from a message.
    pub(crate) async fn submit_from(
        &self,
        target: Target,
        command: Command,
        origin: Option<MessageRef>,
    ) -> Result<Recorded, Failure> {
        let context = self.command_context(origin);
        let request = self.request(target, command);
        self.send(Request { context, ..request }).await
    }

    /// A command in the asker's name, to be submitted.
    pub(crate) fn request(&self, target: Target, command: Command) -> Request {
        Request {
            guild: self.guild,
            target,
            command,
            context: self.command_context(None),
            once: Some(self.once.clone()),
            quiet: false,
        }
    }

    /// The context of a command in the asker's name.
    pub(crate) fn command_context(&self, origin: Option<MessageRef>) -> Context {
        Context {
            actor: Actor::Person(self.person.clone()),
            now: self.now,
            origin,
        }
    }

    /// Submits a request, if the asker may; a refusal is worded for them.
    pub(crate) async fn send(&self, request: Request) -> Result<Recorded, Failure> {
        self.allow_request(&request).await?;
        let recorded = self.scribe.submit(request).await;
        let recorded = recorded.map_err(|error| self.not_recorded(error))?;
        self.leaves(Left::entries(
            recorded.incident.key.number,
            &recorded.entries,
        ));
        Ok(recorded)
    }

    /// Remembers what was recorded, should the answer fail after it.
    pub(crate) fn leaves(&self, left: Left) {
        self.reply.leaves(left);
    }

    /// Why something was not recorded, worded for the asker.
    pub(crate) fn not_recorded(&self, error: SubmitError) -> Failure {
        if error.is_unsure() {
            self.leaves(Left::Unknown);
        }
        match error {
            SubmitError::Refused(refusal) => self.refused(&refusal),
            SubmitError::Closed if self.reply.left() == Left::Nothing => {
                Failure::Told(words::failure::stopping())
            }
            SubmitError::Store(error) => Failure::ours(error, "write to the record"),
            error => Failure::ours(error, "write to the record"),
        }
    }

    /// A refusal, worded for the asker.
    pub(crate) fn refused(&self, refusal: &Refusal) -> Failure {
        Failure::Told(words::refusal(refusal, &self.speech()))
    }

    /// Submits a command about an incident and answers what was recorded.
    pub(crate) async fn record(
        &self,
        incident: &Incident,
        command: Command,
    ) -> Result<(), Failure> {
        let recorded = self
            .submit(Target::Incident(incident.key.number), command)
            .await?;
        let here = self.scribe.recorded.incident_of(self.channel) == Some(incident.key);
        let mut said =
            words::answer::recorded(&recorded.incident, &recorded.entries, here, &self.speech());
        let first = recorded.entries.first().map(|entry| &entry.fact);
        if let Some(Fact::ComponentChanged { component, .. }) = first
            && !self.settings.components.is_empty()
            && !self.settings.components.contains(component)
        {
            said += &words::answer::unlisted(component);
        }
        self.answer(&recorded, said).await
    }

    /// Answers with a text; warns where what was recorded looks like a secret.
    pub(crate) async fn answer(&self, recorded: &Recorded, said: String) -> Result<(), Failure> {
        self.show(warned(recorded, said)).await
    }

    /// Answers with a text.
    pub(crate) async fn say(&self, text: String) -> Result<(), Failure> {
        self.show(Page::text(text)).await
    }

    /// Answers with a form.
    pub(crate) async fn form(&self, form: serenity::CreateModal) -> Result<(), Failure> {
        Ok(self.reply.form(form).await?)
    }

    /// Answers with a page.
    pub(crate) async fn show(&self, page: Page) -> Result<(), Failure> {
        Ok(self.reply.show(page).await?)
    }
}

/// The answer, and the offer to remove what looks like a secret.
fn warned(recorded: &Recorded, said: String) -> Page {
    let typed = recorded.entries.iter().find_map(|entry| {
        let kinds = entry.fact.text().map(secrets)?;
        (!kinds.is_empty()).then_some((entry, kinds))
    });
    let Some((entry, kinds)) = typed else {
        return Page::text(said);
    };
    let warning = words::secret::typed(entry, &kinds);
    Page {
        text: format!("{said}\n{warning}"),
        rows: vec![redact_button(recorded.incident.key.number, entry.seq)],
        ..Page::default()
    }
}
