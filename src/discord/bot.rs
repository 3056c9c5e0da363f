//! Starting, running and stopping the bot.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use poise::serenity_prelude as serenity;
use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::store::{Store, Writer};

use super::client::Sharding;
use super::delivery::Delivery;
use super::error::BotError;
use super::events;
use super::interaction::{Failure, Reply};
use super::rest::Rest;
use super::scribe::Scribe;
use super::shards::{self, Door, Keeper, Served};
use super::vitals::Vitals;
use super::work::Work;
use super::{Data, catch_up, client, commands, ids, watchdog};
use crate::words;
use crate::words::failure::Left;

/// How long what a process serves is its own after it was last heard of. The
/// others notice within a fifth of it, so that all is taken over within half a minute.
const HOLD: Duration = Duration::from_secs(15);

/// What the bot needs.
pub struct BotOptions {
    /// The bot's token, a secret.
    pub token: String,
    /// Another API base than Discord's, such as `http://127.0.0.1:4700` for a sandbox.
    pub api_url: Option<String>,
    /// Where everything is kept.
    pub store: Store,
    /// What appends to it.
    pub writer: Writer,
    /// What time it is.
    pub clock: Clock,
    /// Ends the bot when cancelled.
    pub stop: CancellationToken,
}

impl fmt::Debug for BotOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BotOptions")
            .field("api_url", &self.api_url)
            .finish_non_exhaustive()
    }
}

/// The bot, not running yet.
pub struct Bot {
    scribe: Arc<Scribe>,
    token: String,
    api_url: Option<String>,
    stop: CancellationToken,
    silence: Duration,
    sharding: Sharding,
    hold: Duration,
    first: watch::Sender<bool>,
}

impl fmt::Debug for Bot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bot")
            .field("api_url", &self.api_url)
            .finish_non_exhaustive()
    }
}

/// Tells when the bot is connected, its commands are registered and what it missed is recorded.
#[derive(Clone, Debug)]
pub struct Ready(watch::Receiver<bool>);

impl Ready {
    /// Waits for it; `false` where the bot ended before.
    pub async fn wait(&mut self) -> bool {
        self.0.wait_for(|ready| *ready).await.is_ok()
    }
}

impl Bot {
    /// A bot that has everything it needs.
    #[must_use]
    pub fn new(options: BotOptions) -> Self {
        let BotOptions {
            token,
            api_url,
            store,
            writer,
            clock,
            stop,
        } = options;
        let scribe = Arc::new(Scribe::new(store, writer, clock));
        Self {
            scribe,
            token,
            api_url,
            stop,
            silence: watchdog::SILENCE,
            sharding: Sharding::Auto,
            hold: HOLD,
            first: watch::Sender::new(false),
        }
    }

    /// Takes the connection for dead after a silence other than two and a half
    /// of Discord's heartbeats, where the heart beats otherwise.
    #[must_use]
    pub fn dead_after(mut self, silence: Duration) -> Self {
        self.silence = silence;
        self
    }

    /// Serves some of the gateway's shards instead of all.
    #[must_use]
    pub fn serving(mut self, sharding: Sharding) -> Self {
        self.sharding = sharding;
        self
    }

    /// Is taken for dead by the other processes when they have not heard of it
    /// for another time than fifteen seconds.
    #[must_use]
    pub fn held_for(mut self, hold: Duration) -> Self {
        self.hold = hold;
        self
    }

    /// Tells whether this process does what one of all processes has to do.
    #[must_use]
    pub fn is_first(&self) -> watch::Receiver<bool> {
        self.first.subscribe()
    }

    /// Tells when it is ready.
    #[must_use]
    pub fn ready(&self) -> Ready {
        Ready(self.scribe.ready.subscribe())
    }

    /// How its connection fares, from now on.
    #[must_use]
    pub fn vitals(&self) -> Vitals {
        self.scribe.vitals.clone()
    }

    /// How its work goes, from now on.
    #[must_use]
    pub fn work(&self) -> Arc<Work> {
        Arc::clone(&self.scribe.work)
    }

    /// Runs until it is told to stop.
    ///
    /// # Errors
    /// It could not start or go on; see [`BotError`].
    pub async fn run(self) -> Result<(), BotError> {
        let Self {
            scribe,
            token,
            api_url,
            stop,
            silence,
            sharding,
            hold,
            first,
        } = self;
        let token = token.trim();
        if api_url.is_none() && serenity::validate_token(token).is_err() {
            return Err(BotError::TokenForm);
        }
        let (http, asking) = client::http(token, api_url.as_deref())?;
        let failed = |error| BotError::of(error, api_url.as_deref());
        let me = http.get_current_user().await.map_err(failed)?;
        // Ready would tell it too, but events may come before that is handled.
        let _ = scribe.me.set(ids::user(me.id));
        let gateway = http.get_bot_gateway().await.map_err(failed)?;
        let concurrency = gateway.session_start_limit.max_concurrency;
        let concurrency = u32::try_from(concurrency).unwrap_or(1);
        let wish = sharding.wish(gateway.shards);
        let member = scribe.store.join(wish, concurrency).await?;
        scribe.joined(member.id());
        let rest = Arc::new(Rest::new(Arc::new(http), asking, Arc::clone(&scribe.work)));
        let _ = scribe.rest.set(Arc::clone(&rest));
        let door = Door {
            token: token.to_owned(),
            api_url,
            silence,
            rest: Arc::clone(&rest),
        };
        let keeper = Keeper::new(Arc::clone(&scribe), door, member, hold, first);
        let outcome = serve(scribe, rest, keeper, &stop).await;
        tracing::info!("the bot has ended");
        outcome
    }
}

/// Serves shards and says what is to be said until told to stop.
async fn serve(
    scribe: Arc<Scribe>,
    rest: Arc<Rest>,
    mut keeper: Keeper,
    stop: &CancellationToken,
) -> Result<(), BotError> {
    let (serving, ending) = (stop.child_token(), stop.child_token());
    let delivery = tokio::spawn({
        // A bot that hears and says nothing is of no use: its end is the end of all.
        let silenced = serving.clone().drop_guard();
        let delivery = Delivery::new(scribe, rest).run(ending.clone());
        async move {
            delivery.await;
            drop(silenced);
        }
    });
    let outcome = keeper.run(&serving).await;
    ending.cancel();
    let delivered = delivery.await;
    keeper.leave().await;
    match delivered {
        Ok(()) => outcome,
        Err(_) => Err(BotError::Delivery),
    }
}

pub(super) fn framework(scribe: Data) -> poise::Framework<Data, Failure> {
    let options = poise::FrameworkOptions {
        commands: commands::all(),
        on_error: |error| Box::pin(on_error(error)),
        event_handler: |framework, event| {
            Box::pin(async move {
                events::handle(framework.user_data, framework.serenity_context, event).await;
                Ok(())
            })
        },
        command_check: Some(|context| {
            Box::pin(async move { Ok(shards::of(context.serenity_context()).await.is_some()) })
        }),
        allowed_mentions: Some(serenity::CreateAllowedMentions::new()),
        ..poise::FrameworkOptions::default()
    };
    poise::Framework::builder()
        .options(options)
        .initialize_owners(false)
        .setup(move |_, _, _| Box::pin(async move { Ok(scribe) }))
        .build()
}

/// A session began: at the start, and again where one was lost. What was
/// missed in between is fetched.
pub(super) async fn session_began(
    scribe: &Scribe,
    served: &Served,
    context: &serenity::Context,
    user: &str,
) {
    scribe.hear_again(served).await;
    scribe.vitals.session_is_up(served.shard);
    tracing::info!(user, shard = served.shard.id, "connected to Discord");
    // They are the same for all guilds, so one session tells them.
    if served.shard.id == 0
        && let Err(error) = commands::registration::register(&context.http).await
    {
        scribe.budget.spend(Instant::now());
        tracing::error!(
            "the commands could not be registered, those Discord has stay as they are: {error}"
        );
    }
    served.wanted.want(catch_up::Cause::Started);
}

/// A command was not carried out. The asker is told, whatever it was.
async fn on_error(error: poise::FrameworkError<'_, Data, Failure>) {
    use poise::FrameworkError as E;
    let (context, failure) = match error {
        E::Command { error, ctx, .. } => (ctx, error),
        E::CommandPanic { ctx, payload, .. } => (
            ctx,
            Failure::Ours(anyhow::anyhow!("panic: {}", payload.unwrap_or_default())),
        ),
        E::ArgumentParse { ctx, .. } | E::SubcommandRequired { ctx } => {
            (ctx, Failure::Told(words::failure::outdated_command()))
        }
        E::CommandStructureMismatch {
            ctx, description, ..
        } => {
            tracing::warn!("a command in another form than ours: {description}");
            (
                poise::Context::Application(ctx),
                Failure::Told(words::failure::outdated_command()),
            )
        }
        E::GuildOnly { ctx, .. } => (ctx, Failure::Told(words::answer::only_in_guilds())),
        E::UnknownInteraction {
            framework,
            interaction,
            ..
        } => {
            let reply = Reply::new(
                &framework.user_data.work,
                &framework.serenity_context.http,
                interaction.id,
                &interaction.token,
            );
            reply.tell(words::failure::outdated_command()).await;
            return;
        }
        // Its shard is another process's now, which was told of it, too.
        E::CommandCheckFailed { error: None, .. } => return,
        other => {
            tracing::error!("not handled: {other}");
            return;
        }
    };
    let poise::Context::Application(context) = context else {
        return;
    };
    // A look-up while somebody types has no answer to fail.
    if context.interaction_type == poise::CommandInteractionType::Autocomplete {
        tracing::warn!(
            "nothing to offer: {}",
            failure.told(&Left::Nothing, "autocomplete", "")
        );
        return;
    }
    let interaction = context.interaction;
    let reply = Reply::of_command(context).await;
    reply
        .fail(
            failure,
            &context.command().qualified_name,
            &interaction.user.name,
        )
        .await;
}
