//! `/incident open`, with options or with a form.

use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::{CreateActionRow, CreateInputText, CreateModal, InputTextStyle};

use crate::discord::Ctx;
use crate::discord::alike;
use crate::discord::commands::suggest;
use crate::discord::custom_id::Sent;
use crate::discord::interaction::{Asked, Failure, Page, Reply, soon};
use crate::incident::access::Right;
use crate::incident::{Command, GuildSettings, Incident, IncidentKey, Open, Severity};
use crate::store::Target;
use crate::words;

use super::outage::component_list;

/// How long the answer waits for the incident's channel to show a link to it.
const PATIENCE: Duration = Duration::from_secs(10);

/// What somebody asks for who opens an incident, as typed.
#[derive(Default)]
pub(crate) struct OpenWish {
    pub(crate) title: String,
    pub(crate) severity: Option<Severity>,
    pub(crate) components: Option<String>,
    pub(crate) summary: Option<String>,
    pub(crate) started: Option<String>,
    pub(crate) private: bool,
    pub(crate) drill: bool,
}

/// Open an incident: its channel, its card, its record
#[poise::command(slash_command, guild_only)]
#[expect(
    clippy::too_many_arguments,
    reason = "they are the options of the command, as Discord shows them"
)]
pub(super) async fn open(
    ctx: Ctx<'_>,
    #[description = "What is wrong, in a line. Left out: a form asks"] title: Option<String>,
    #[description = "How bad it is; SEV1 is the worst"] severity: Option<Severity>,
    #[description = "What is affected, separated by commas"]
    #[autocomplete = "suggest::component_list"]
    components: Option<String>,
    #[description = "What is known, in a sentence or two"] summary: Option<String>,
    #[description = "When users first felt it: 15:27, yesterday 22:10, 10m ago"]
    #[autocomplete = "suggest::moments"]
    started: Option<String>,
    #[description = "Whether only its members may see it"] private: Option<bool>,
    #[description = "Whether it is an exercise"] drill: Option<bool>,
) -> Result<(), Failure> {
    let wish = OpenWish {
        title: title.clone().unwrap_or_default(),
        severity,
        components,
        summary,
        started,
        private: private.unwrap_or(false),
        drill: drill.unwrap_or(false),
    };
    if title.is_none() {
        // A form must be the first answer, so nothing that takes long comes before it.
        if let Some(asked) = soon(Asked::by_command_with_form(ctx)).await {
            asked.allow_form(Right::Open, None).await?;
        }
        let reply = Reply::of_command(ctx).await;
        reply.form(open_form(&wish)).await?;
        return Ok(());
    }
    let asked = Asked::by_command(ctx).await?;
    open_incident(&asked, wish).await
}

/// The names of the form's fields.
pub(crate) struct OpenForm {
    pub(crate) title: &'static str,
    pub(crate) severity: &'static str,
    pub(crate) components: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) started: &'static str,
}

/// The names of the form's fields.
pub(crate) const OPEN_FORM: OpenForm = OpenForm {
    title: "title",
    severity: "severity",
    components: "components",
    summary: "summary",
    started: "started",
};

/// The form, filled with what was given already.
fn open_form(wish: &OpenWish) -> CreateModal {
    let labels = &words::form::open();
    let text = |label: &str, name: &str, hint: &str, given: Option<&str>, style: InputTextStyle| {
        let mut input = CreateInputText::new(style, label, name)
            .required(false)
            .placeholder(hint);
        if let Some(given) = given.filter(|given| !given.is_empty()) {
            input = input.value(words::escape::short(given, 4_000));
        }
        input
    };
    let short = InputTextStyle::Short;
    let severity = wish.severity.map(|severity| severity.to_string());
    let inputs = vec![
        text(labels.title.0, OPEN_FORM.title, labels.title.1, None, short).required(true),
        text(
            labels.severity.0,
            OPEN_FORM.severity,
            labels.severity.1,
            severity.as_deref(),
            short,
        ),
        text(
            labels.components.0,
            OPEN_FORM.components,
            labels.components.1,
            wish.components.as_deref(),
            short,
        ),
        text(
            labels.summary.0,
            OPEN_FORM.summary,
            labels.summary.1,
            wish.summary.as_deref(),
            InputTextStyle::Paragraph,
        ),
        text(
            labels.started.0,
            OPEN_FORM.started,
            labels.started.1,
            wish.started.as_deref(),
            short,
        ),
    ];
    let id = Sent::Open {
        private: wish.private,
        drill: wish.drill,
    };
    CreateModal::new(id.to_string(), labels.heading)
        .components(inputs.into_iter().map(CreateActionRow::InputText).collect())
}

/// Opens an incident and answers with a link to its channel.
pub(crate) async fn open_incident(asked: &Asked<'_>, wish: OpenWish) -> Result<(), Failure> {
    let open = wanted(asked, wish)?;
    let recorded = asked.submit(Target::New, Command::Open(open)).await?;
    let incident = recorded.incident;
    if incident.place.is_none() {
        asked.say(words::answer::opening(&incident)).await?;
    }
    let incident = place_of(asked, incident.key).await?;
    asked.show(with_likes(asked, &incident).await).await
}

/// The link to its channel, and what the incident looks like of all that the asker may see.
async fn with_likes(asked: &Asked<'_>, incident: &Incident) -> Page {
    let opened = words::answer::opened(incident);
    let store = &asked.scribe.store;
    let alike = alike::alike(store, incident, asked.now, |one| asked.sees(one)).await;
    match alike {
        Ok(alike) if !alike.is_empty() => Page {
            text: format!("{opened}\n{}", words::like::offers(&alike)),
            rows: alike::buttons(incident, &alike),
            ..Page::default()
        },
        Ok(_) => Page::text(opened),
        // It is open; what it looks like is a courtesy.
        Err(error) => {
            tracing::error!("what an incident looks like is not known: {error}");
            Page::text(opened)
        }
    }
}

fn wanted(asked: &Asked<'_>, wish: OpenWish) -> Result<Open, Failure> {
    let settings: &GuildSettings = &asked.settings;
    Ok(Open {
        title: wish.title,
        severity: wish.severity.unwrap_or(settings.default_severity),
        summary: wish.summary,
        components: component_list(settings, wish.components.as_deref()),
        started: asked.time(wish.started.as_deref())?,
        at: None,
        private: wish.private,
        drill: wish.drill,
        source: None,
        adopted: None,
    })
}

/// The incident once its channel is there, or as it is when that takes too long.
async fn place_of(asked: &Asked<'_>, key: IncidentKey) -> Result<Incident, Failure> {
    let mut changes = asked.scribe.changes();
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        let incident = asked.scribe.store.incident(key).await?;
        let incident = incident.ok_or_else(|| {
            Failure::Ours(anyhow::anyhow!(
                "{key:?} was recorded and cannot be read back"
            ))
        })?;
        if incident.place.is_some() || !incident.failed_deliveries.is_empty() {
            return Ok(incident);
        }
        if tokio::time::timeout_at(deadline, changes.changed())
            .await
            .is_err()
        {
            return Ok(incident);
        }
    }
}
