//! Why an interaction was not carried out.

use poise::serenity_prelude as serenity;

use crate::store::StoreError;
use crate::words;

/// Two kinds: what the asker can mend is told as it is; what is ours is
/// logged with its context and told plainly.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// What the asker did or can mend, in words for them.
    #[error("{0}")]
    Told(String),
    /// What went wrong with us.
    #[error("{0:#}")]
    Ours(anyhow::Error),
}

impl Failure {
    /// What is ours, with what was being done.
    pub(crate) fn ours(error: impl Into<anyhow::Error>, doing: &'static str) -> Self {
        Self::Ours(error.into().context(doing))
    }

    /// What the asker reads. What is ours is logged here, once.
    pub(crate) fn told(self, what: &str, who: &str) -> String {
        match self {
            Self::Told(text) => text,
            Self::Ours(error) => {
                tracing::error!(what, who, "could not carry out: {error:#}");
                match error.downcast_ref::<StoreError>() {
                    Some(error) => words::failure::not_stored(&error.to_string()),
                    None => words::failure::ours(),
                }
            }
        }
    }
}

impl From<serenity::Error> for Failure {
    fn from(error: serenity::Error) -> Self {
        Self::ours(error, "talk to Discord")
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::ours(error, "read the record")
    }
}
