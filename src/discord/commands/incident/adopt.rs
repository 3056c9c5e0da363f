//! `/incident adopt`: where people are working already becomes an incident, or
//! what was said in a span of time becomes one of the past.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use poise::serenity_prelude as serenity;
use tokio::sync::watch;

use crate::discord::Ctx;
use crate::discord::catch_up;
use crate::discord::commands::suggest;
use crate::discord::history;
use crate::discord::interaction::{Asked, Failure, everybody_sees};
use crate::discord::rest::Rest;
use crate::import::channel::{Conversation, NoLog, Said, log};
use crate::incident::access::Right;
use crate::incident::{Adopted, Command, IncidentKey, Open, Place, Severity, Source, SourceSystem};
use crate::store::{PastLog, Target};
use crate::words;

/// How far back the record of a channel goes where nobody says.
const USUAL: TimeDelta = TimeDelta::hours(1);

/// How often the asker sees how far it is.
const PROGRESS: Duration = Duration::from_secs(2);

/// Make this channel or thread an incident, with what was said in it
#[poise::command(slash_command, guild_only)]
pub(super) async fn adopt(
    ctx: Ctx<'_>,
    #[description = "What is wrong, in a line. Left out: the name of the channel or thread"]
    title: Option<String>,
    #[description = "How bad it is; SEV1 is the worst"] severity: Option<Severity>,
    #[description = "Record what was said since: 15:27, 40m ago. Left out: one hour; of a thread, all"]
    #[autocomplete = "suggest::moments"]
    since: Option<String>,
    #[description = "For an incident that is over: when it ended. Nothing is posted, nothing more recorded"]
    #[autocomplete = "suggest::moments"]
    until: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    asked.allow(Right::Open, None)?;
    let here = Here::of(&asked, ctx.interaction)?;
    here.is_free(&asked).await?;
    let since = asked.time(since.as_deref())?;
    let until = asked.time(until.as_deref())?;
    let mut open = Open::new(
        title.unwrap_or_else(|| here.name.clone()),
        severity.unwrap_or(asked.settings.default_severity),
    );
    open.private = here.private;
    match (since, until) {
        (None, Some(_)) => Err(Failure::Told(words::adopt::until_without_since())),
        (Some(since), Some(until)) => import(&asked, open, (since, until)).await,
        (since, None) => {
            let since = since.unwrap_or_else(|| here.usual_since(asked.now));
            work(&asked, &here, open, since).await
        }
    }
}

/// The channel or thread the command was typed in.
struct Here {
    name: String,
    place: Place,
    /// Whether not everybody in the guild sees it.
    private: bool,
    /// When the thread was opened; none for a channel.
    began: Option<DateTime<Utc>>,
}

impl Here {
    /// Looks at the place, and at what Scribe and the asker may do in it.
    fn of(asked: &Asked<'_>, interaction: &serenity::CommandInteraction) -> Result<Self, Failure> {
        asked.need(serenity::Permissions::READ_MESSAGE_HISTORY)?;
        let channel = interaction
            .channel
            .as_ref()
            .ok_or_else(|| Failure::Ours(anyhow::anyhow!("Discord did not tell of the channel")))?;
        let thread = channel.thread_metadata.is_some();
        let permissions = interaction.app_permissions.unwrap_or_default();
        let missing = missing(permissions, thread);
        if !missing.is_empty() {
            return Err(Failure::Told(words::adopt::scribe_may_not(&missing)));
        }
        let shown = match channel.parent_id.filter(|_| thread) {
            Some(parent) => parent,
            None => channel.id,
        };
        let hidden = channel.kind == serenity::ChannelType::PrivateThread;
        Ok(Self {
            name: channel.name.clone().unwrap_or_default(),
            place: if thread {
                Place::Thread
            } else {
                Place::Channel
            },
            private: hidden || !everybody_sees(&asked.context.cache, asked.guild, shown),
            began: thread.then(|| crate::discord::ids::created_at(channel.id.get())),
        })
    }

    /// Refuses where the place is an incident's already.
    async fn is_free(&self, asked: &Asked<'_>) -> Result<(), Failure> {
        let Some(key) = asked.scribe.recorded.incident_of(asked.channel) else {
            return Ok(());
        };
        let incident = asked.scribe.store.incident(key).await?;
        let seen = incident.filter(|incident| asked.sees(incident));
        Err(Failure::Told(
            seen.map_or_else(words::adopt::taken, |incident| {
                words::adopt::already(&incident)
            }),
        ))
    }

    fn usual_since(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.began.unwrap_or(now - USUAL).min(now)
    }
}

/// What Scribe needs to keep a record and lacks, as Discord's settings name it.
fn missing(has: serenity::Permissions, thread: bool) -> Vec<&'static str> {
    use serenity::Permissions as P;
    let send = if thread {
        P::SEND_MESSAGES_IN_THREADS
    } else {
        P::SEND_MESSAGES
    };
    let needed = [
        P::VIEW_CHANNEL,
        P::READ_MESSAGE_HISTORY,
        send,
        P::EMBED_LINKS,
        P::ATTACH_FILES,
    ];
    let lacks = |bit: &P| !has.contains(*bit) && !has.contains(P::ADMINISTRATOR);
    needed
        .into_iter()
        .filter(lacks)
        .map(|bit| words::permission::name(bit.bits().trailing_zeros()))
        .collect()
}

/// People still work on it: the place is the incident's from now on.
async fn work(
    asked: &Asked<'_>,
    here: &Here,
    mut open: Open,
    since: DateTime<Utc>,
) -> Result<(), Failure> {
    let there = history::between(rest(asked)?, asked.channel, since, asked.now).await;
    let there = there.map_err(|error| Failure::ours(error, "read a channel's history"))?;
    let there = there.ok_or_else(|| too_many(asked, since))?;
    open.adopted = Some(Adopted {
        channel: asked.channel,
        place: here.place,
        since,
    });
    let incident = {
        // Two who adopt one channel at once would both find it free.
        let _one_at_a_time = asked.scribe.adopting.lock().await;
        here.is_free(asked).await?;
        asked
            .submit(Target::New, Command::Open(open))
            .await?
            .incident
    };
    let (recorded, all) = record_history(asked, incident.key, there.len()).await?;
    asked
        .say(words::adopt::adopted(
            &incident,
            recorded,
            since,
            all,
            &asked.speech(),
        ))
        .await
}

/// Records what was said before, by the way of what was missed, and says how far it is.
async fn record_history(
    asked: &Asked<'_>,
    key: IncidentKey,
    of: usize,
) -> Result<(u32, bool), Failure> {
    let done = watch::Sender::new(0);
    let (over, mut is_over) = watch::channel(false);
    let fetch = async {
        let fetched = catch_up::history(asked.scribe, key, asked.channel, &done).await;
        over.send_replace(true);
        fetched
    };
    let tell = async {
        while tokio::time::timeout(PROGRESS, is_over.wait_for(|over| *over))
            .await
            .is_err()
        {
            let so_far = *done.borrow();
            asked
                .say(words::adopt::progress(key.number, so_far, of))
                .await?;
        }
        Ok(())
    };
    let (fetched, told): (_, Result<(), Failure>) = tokio::join!(fetch, tell);
    told?;
    Ok(fetched)
}

/// It is over: what was said in its time becomes an incident of the past.
async fn import(
    asked: &Asked<'_>,
    mut open: Open,
    span: (DateTime<Utc>, DateTime<Utc>),
) -> Result<(), Failure> {
    let ((since, until), speech) = (span, asked.speech());
    if until < since {
        return Err(Failure::Told(words::adopt::ends_before_it_begins(
            since, until, &speech,
        )));
    }
    let there = history::between(rest(asked)?, asked.channel, since, until).await;
    let there = there.map_err(|error| Failure::ours(error, "read a channel's history"))?;
    let mut there = there.ok_or_else(|| too_many(asked, since))?;
    there.retain(|message| message.is_written() && !asked.scribe.is_me(message.author().id));
    let (mut said, written) = (Vec::new(), there.len());
    for message in there {
        if asked.scribe.store.message(message.id).await?.is_none() {
            said.push(Said {
                author: message.author(),
                place: message.place(),
                at: message.timestamp,
                message: message.message(),
            });
        }
    }
    let taken = said.len();
    let source = Source {
        system: SourceSystem::Discord,
        id: format!(
            "{}:{}:{}",
            asked.channel,
            since.timestamp(),
            until.timestamp()
        ),
        url: Some(format!(
            "https://discord.com/channels/{}/{}",
            asked.guild, asked.channel
        )),
    };
    let once = format!("import:{}:{}", source.system, source.id);
    if taken == 0 && asked.scribe.store.has_log(asked.guild, &once).await? {
        return Err(Failure::Told(words::adopt::imported_before()));
    }
    if taken == 0 {
        return Err(Failure::Told(words::adopt::nothing_said(span, &speech)));
    }
    open.at = Some(since);
    open.source = Some(source);
    let conversation = Conversation {
        open,
        until,
        by: asked.person.clone(),
        said,
    };
    let entries = log(conversation, asked.now).map_err(|error| match error {
        NoLog::Refused(refusal) => Failure::Told(words::refusal(&refusal, &speech)),
        NoLog::Broken(broken) => Failure::ours(broken, "take over a conversation"),
    })?;
    let logs = [PastLog { once, entries }];
    let numbers = asked.scribe.store.append_logs(asked.guild, &logs).await?;
    let said = match numbers.first() {
        Some(Some(number)) => {
            words::adopt::imported(*number, taken, written - taken, span, &speech)
        }
        _ => words::adopt::imported_before(),
    };
    asked.say(said).await
}

fn rest<'a>(asked: &Asked<'a>) -> Result<&'a Rest, Failure> {
    let rest = asked.scribe.rest.get().map(std::sync::Arc::as_ref);
    rest.ok_or_else(|| Failure::Ours(anyhow::anyhow!("the bot is not connected yet")))
}

fn too_many(asked: &Asked<'_>, since: DateTime<Utc>) -> Failure {
    Failure::Told(words::adopt::too_many(
        history::MOST,
        since,
        &asked.speech(),
    ))
}
