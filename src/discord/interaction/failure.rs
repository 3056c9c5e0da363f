//! Why an interaction was not carried out.

use poise::serenity_prelude as serenity;

use crate::discord::delivery::failure::without_address;
use crate::store::StoreError;
use crate::words;
use crate::words::failure::Left;

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

    /// What the asker reads, with what is known of what was recorded. What is
    /// ours is logged here, once.
    pub(crate) fn told(self, left: &Left, what: &str, who: &str) -> String {
        match self {
            Self::Told(text) => text,
            Self::Ours(error) => {
                tracing::error!(what, who, ?left, "could not carry out: {error:#}");
                let reason = error.downcast_ref::<StoreError>().map(ToString::to_string);
                words::failure::ours(left, reason.as_deref())
            }
        }
    }
}

impl From<serenity::Error> for Failure {
    fn from(error: serenity::Error) -> Self {
        // The addresses of answers hold the token of the interaction.
        let reason = without_address(&error);
        Self::ours(anyhow::Error::msg(reason), "talk to Discord")
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::ours(error, "read the record")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_token_of_an_interaction_is_in_no_log() {
        let address = "http://127.0.0.1:9/api/v10/interactions/1/hunter2/callback";
        let error = reqwest::get(address).await.unwrap_err();
        assert!(error.to_string().contains("hunter2"), "{error}");
        let error = serenity::Error::Http(serenity::HttpError::Request(error));
        let Failure::Ours(logged) = Failure::from(error) else {
            panic!("it is ours")
        };
        assert!(!format!("{logged:#} {logged:?}").contains("hunter2"));
    }
}
