//! The answer to an interaction. Discord wants a first one within three
//! seconds and takes later ones for fifteen minutes; this keeps track of which
//! is due, for commands, buttons and forms alike. An answer that is ready at
//! once is the first one, which spares a request; a later one is promised.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::{Builder, Http};
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::discord::{Ctx, Work};
use crate::words::failure::Left;

use super::Failure;

/// What an answer shows, to the asker alone.
#[derive(Default)]
pub(crate) struct Page {
    pub(crate) text: String,
    pub(crate) embed: Option<serenity::CreateEmbed>,
    pub(crate) rows: Vec<serenity::CreateActionRow>,
    pub(crate) files: Vec<serenity::CreateAttachment>,
}

impl Page {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

/// How far an answer has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing was sent yet.
    Nothing,
    /// Our own answer is there or promised; it can be edited.
    Ours,
    /// The message with the button is ours to change; an answer of its own would be another message.
    Theirs,
}

/// How long an answer may take before Discord is told that it will come. Most
/// take a few milliseconds and need no promise; Discord gives up after three seconds.
const AT_ONCE: Duration = Duration::from_millis(250);

/// The answer to one interaction; clones are the same answer.
#[derive(Clone)]
pub(crate) struct Reply {
    http: Arc<Http>,
    id: serenity::InteractionId,
    token: Arc<str>,
    /// Held while a first answer is under way, so that there is only one.
    stage: Arc<Mutex<Stage>>,
    /// What was recorded on the way to the answer.
    left: Arc<std::sync::Mutex<Left>>,
    work: Arc<Work>,
    asked: Instant,
    answered: Arc<AtomicBool>,
}

impl Reply {
    pub(crate) fn new(
        work: &Arc<Work>,
        http: &Arc<Http>,
        id: serenity::InteractionId,
        token: &str,
    ) -> Self {
        Self {
            http: Arc::clone(http),
            id,
            token: token.into(),
            stage: Arc::new(Mutex::new(Stage::Nothing)),
            left: Arc::new(std::sync::Mutex::new(Left::Nothing)),
            work: Arc::clone(work),
            asked: Instant::now(),
            answered: Arc::default(),
        }
    }

    /// Remembers what was recorded, should the answer fail after it.
    pub(crate) fn leaves(&self, left: Left) {
        if left != Left::Nothing {
            *self.left.lock().unwrap_or_else(PoisonError::into_inner) = left;
        }
    }

    /// What is known of what was recorded.
    pub(crate) fn left(&self) -> Left {
        let left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        left.clone()
    }

    /// The answer to a command: the one that was begun, wherever it is asked for.
    pub(crate) async fn of_command(ctx: Ctx<'_>) -> Self {
        let mut kept = ctx.invocation_data.lock().await;
        if let Some(reply) = kept.downcast_ref::<Self>() {
            return reply.clone();
        }
        let interaction = ctx.interaction;
        let http = &ctx.serenity_context().http;
        let work = &ctx.framework.user_data.work;
        let reply = Self::new(work, http, interaction.id, &interaction.token);
        *kept = Box::new(reply.clone());
        reply
    }

    /// Says that an answer will come, for the asker alone, unless it comes at once.
    pub(crate) fn defer_if_late(&self) {
        let reply = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(AT_ONCE).await;
            let mut stage = reply.stage.lock().await;
            if *stage != Stage::Nothing {
                return;
            }
            let quiet = serenity::CreateInteractionResponseMessage::new().ephemeral(true);
            let promise = serenity::CreateInteractionResponse::Defer(quiet);
            match reply.first(promise).await {
                Ok(()) => *stage = Stage::Ours,
                Err(error) => tracing::warn!("an answer could not be promised: {error}"),
            }
        });
    }

    /// Says that the message with the pressed button will change.
    pub(crate) async fn defer_change(&self) -> serenity::Result<()> {
        let mut stage = self.stage.lock().await;
        self.first(serenity::CreateInteractionResponse::Acknowledge)
            .await?;
        *stage = Stage::Theirs;
        Ok(())
    }

    /// Opens a form, which Discord takes as a first answer only.
    pub(crate) async fn form(&self, form: serenity::CreateModal) -> serenity::Result<()> {
        let mut stage = self.stage.lock().await;
        self.first(serenity::CreateInteractionResponse::Modal(form))
            .await?;
        *stage = Stage::Theirs;
        self.is_answered();
        Ok(())
    }

    /// Shows a page: as the first answer, or in place of the one shown before.
    pub(crate) async fn show(&self, page: Page) -> serenity::Result<()> {
        let nobody = serenity::CreateAllowedMentions::new();
        let mut stage = self.stage.lock().await;
        if *stage == Stage::Nothing {
            let mut message = serenity::CreateInteractionResponseMessage::new()
                .content(page.text)
                .components(page.rows)
                .allowed_mentions(nobody)
                .ephemeral(true);
            if let Some(embed) = page.embed {
                message = message.embed(embed);
            }
            message = message.files(page.files);
            self.first(serenity::CreateInteractionResponse::Message(message))
                .await?;
            *stage = Stage::Ours;
            self.is_answered();
            return Ok(());
        }
        drop(stage);
        // The client's default for allowed mentions does not reach this request.
        let mut edit = serenity::EditInteractionResponse::new()
            .content(page.text)
            .components(page.rows)
            .allowed_mentions(nobody);
        if let Some(embed) = page.embed {
            edit = edit.embed(embed);
        }
        for file in page.files {
            edit = edit.new_attachment(file);
        }
        match edit.execute(&self.http, &self.token).await {
            Err(error) if !only_unreadable(&error) => Err(error),
            _ => {
                self.is_answered();
                Ok(())
            }
        }
    }

    /// What the asker waited for is there; what comes after it changes it.
    fn is_answered(&self) {
        if !self.answered.swap(true, Ordering::Relaxed) {
            self.work.answers.took.took(self.asked.elapsed());
        }
    }

    /// Tells what stood in the way of `what` that `who` wanted; what is ours is logged too.
    pub(crate) async fn fail(&self, failure: Failure, what: &str, who: &str) {
        let ours = matches!(failure, Failure::Ours(_));
        self.work.answers.failed.add(ours.into());
        self.tell(failure.told(&self.left(), what, who)).await;
    }

    /// Tells something in place of the answer, without touching a message that others may still need.
    pub(crate) async fn tell(&self, text: String) {
        let stage = *self.stage.lock().await;
        let result = match stage {
            Stage::Theirs => self.follow(text).await,
            _ => self.show(Page::text(text)).await,
        };
        if let Err(error) = result {
            tracing::warn!("an answer could not be shown: {error}");
        }
    }

    async fn follow(&self, text: String) -> serenity::Result<()> {
        let message = serenity::CreateInteractionResponseFollowup::new()
            .content(text)
            .allowed_mentions(serenity::CreateAllowedMentions::new())
            .ephemeral(true);
        match message.execute(&self.http, (None, &self.token)).await {
            Err(error) if !only_unreadable(&error) => Err(error),
            _ => Ok(()),
        }
    }

    async fn first(&self, response: serenity::CreateInteractionResponse) -> serenity::Result<()> {
        response.execute(&self.http, (self.id, &self.token)).await
    }
}

/// Whether Discord took the answer and only what it says of it cannot be read:
/// a whole message, in which serenity may not know every part.
fn only_unreadable(error: &serenity::Error) -> bool {
    matches!(error, serenity::Error::Json(_))
}
