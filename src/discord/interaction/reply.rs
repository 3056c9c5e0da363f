//! The answer to an interaction. Discord wants a first one within three
//! seconds and takes later ones for fifteen minutes; this keeps track of which
//! is due, for commands, buttons and forms alike.

use std::sync::atomic::{AtomicU8, Ordering};

use poise::serenity_prelude as serenity;
use serenity::{Builder, Http};

/// What an answer shows, to the asker alone.
#[derive(Default)]
pub(crate) struct Page {
    pub(crate) text: String,
    pub(crate) embed: Option<serenity::CreateEmbed>,
    pub(crate) rows: Vec<serenity::CreateActionRow>,
    pub(crate) file: Option<serenity::CreateAttachment>,
}

impl Page {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

/// Nothing was sent yet.
const NOTHING: u8 = 0;
/// Our own answer is there or promised; it can be edited.
const OURS: u8 = 1;
/// The message with the button is ours to change; an answer of its own would be another message.
const THEIRS: u8 = 2;

/// The answer to one interaction.
pub(crate) struct Reply<'a> {
    http: &'a Http,
    id: serenity::InteractionId,
    token: &'a str,
    stage: AtomicU8,
}

impl<'a> Reply<'a> {
    pub(crate) fn new(http: &'a Http, id: serenity::InteractionId, token: &'a str) -> Self {
        Self {
            http,
            id,
            token,
            stage: AtomicU8::new(NOTHING),
        }
    }

    /// The answer to an interaction that was deferred before.
    pub(crate) fn deferred(http: &'a Http, id: serenity::InteractionId, token: &'a str) -> Self {
        let reply = Self::new(http, id, token);
        reply.stage.store(OURS, Ordering::Relaxed);
        reply
    }

    /// Says that an answer will come, for the asker alone.
    pub(crate) async fn defer(&self) -> serenity::Result<()> {
        let quiet = serenity::CreateInteractionResponseMessage::new().ephemeral(true);
        self.first(serenity::CreateInteractionResponse::Defer(quiet))
            .await?;
        self.stage.store(OURS, Ordering::Relaxed);
        Ok(())
    }

    /// Says that the message with the pressed button will change.
    pub(crate) async fn defer_change(&self) -> serenity::Result<()> {
        self.first(serenity::CreateInteractionResponse::Acknowledge)
            .await?;
        self.stage.store(THEIRS, Ordering::Relaxed);
        Ok(())
    }

    /// Opens a form, which Discord takes as a first answer only.
    pub(crate) async fn form(&self, form: serenity::CreateModal) -> serenity::Result<()> {
        self.first(serenity::CreateInteractionResponse::Modal(form))
            .await?;
        self.stage.store(THEIRS, Ordering::Relaxed);
        Ok(())
    }

    /// Shows a page: as the first answer, or in place of the one shown before.
    pub(crate) async fn show(&self, page: Page) -> serenity::Result<()> {
        let nobody = serenity::CreateAllowedMentions::new();
        if self.stage.load(Ordering::Relaxed) == NOTHING {
            let mut message = serenity::CreateInteractionResponseMessage::new()
                .content(page.text)
                .components(page.rows)
                .allowed_mentions(nobody)
                .ephemeral(true);
            if let Some(embed) = page.embed {
                message = message.embed(embed);
            }
            if let Some(file) = page.file {
                message = message.add_file(file);
            }
            self.first(serenity::CreateInteractionResponse::Message(message))
                .await?;
            self.stage.store(OURS, Ordering::Relaxed);
        } else {
            // The client's default for allowed mentions does not reach this request.
            let mut edit = serenity::EditInteractionResponse::new()
                .content(page.text)
                .components(page.rows)
                .allowed_mentions(nobody);
            if let Some(embed) = page.embed {
                edit = edit.embed(embed);
            }
            if let Some(file) = page.file {
                edit = edit.new_attachment(file);
            }
            match edit.execute(self.http, self.token).await {
                Err(error) if !only_unreadable(&error) => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Tells what stood in the way, without touching a message that others may still need.
    pub(crate) async fn fail(&self, text: String) {
        let result = match self.stage.load(Ordering::Relaxed) {
            THEIRS => self.follow(text).await,
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
        match message.execute(self.http, (None, self.token)).await {
            Err(error) if !only_unreadable(&error) => Err(error),
            _ => Ok(()),
        }
    }

    async fn first(&self, response: serenity::CreateInteractionResponse) -> serenity::Result<()> {
        response.execute(self.http, (self.id, self.token)).await
    }
}

/// Whether Discord took the answer and only what it says of it cannot be read:
/// a whole message, in which serenity may not know every part.
fn only_unreadable(error: &serenity::Error) -> bool {
    matches!(error, serenity::Error::Json(_))
}
