//! What a failed request means.

use std::time::Duration;

use chrono::TimeDelta;
use poise::serenity_prelude as serenity;
use serenity::http::{HttpError, StatusCode};

use crate::discord::rest::{RestError, UNSAID};
use crate::store::{StoreError, SubmitError};
use crate::words;

/// Why something was not delivered.
#[derive(Debug)]
pub(crate) enum Failure {
    /// It may go later.
    Later {
        /// After how long; `None` is by the number of tries.
        after: Option<TimeDelta>,
        /// Why, in words for the incident's people.
        reason: String,
        /// Whether they are told, because it may take them to mend it.
        tell: bool,
    },
    /// It will not go, and why.
    Never(String),
}

impl Failure {
    /// It may go later, and nobody has to do anything.
    pub(crate) fn later(reason: impl Into<String>) -> Self {
        Self::Later {
            after: None,
            reason: reason.into(),
            tell: false,
        }
    }

    /// Discord did not answer in time.
    pub(crate) fn slow() -> Self {
        Self::later(words::failure::discord_slow())
    }

    /// Discord asks to come again after a while, which it says.
    pub(super) fn limited(after: Duration) -> Self {
        Self::Later {
            // Whole milliseconds, and not one too early.
            after: TimeDelta::from_std(after)
                .ok()
                .map(|after| TimeDelta::milliseconds(after.num_milliseconds() + 1)),
            reason: words::failure::rate_limited(),
            tell: false,
        }
    }

    /// The same, but tried again for ever and told: people can mend what is in the way.
    pub(crate) fn mendable(self) -> Self {
        match self {
            Self::Never(reason) => Self::Later {
                after: None,
                reason,
                tell: true,
            },
            later => later,
        }
    }
}

impl From<serenity::Error> for Failure {
    fn from(error: serenity::Error) -> Self {
        RestError::from(error).into()
    }
}

impl From<RestError> for Failure {
    fn from(error: RestError) -> Self {
        let error = match error {
            RestError::Limited { after } => return Self::limited(after),
            RestError::Discord(error) => error,
        };
        match of_discord(&error) {
            Some((StatusCode::TOO_MANY_REQUESTS, _, _)) => Self::limited(UNSAID),
            // A wrong token ends the bot elsewhere; what it had to say stays.
            Some((StatusCode::UNAUTHORIZED, _, _)) => Self::later(words::failure::unauthorized()),
            // People can give a permission back, and nothing that was to be said is lost until then.
            Some((StatusCode::FORBIDDEN, code, message)) => {
                Self::Never(words::failure::discord_refused(code, message)).mendable()
            }
            Some((status, code, message)) if status.is_client_error() => {
                Self::Never(words::failure::discord_refused(code, message))
            }
            Some((status, _, _)) => Self::later(words::failure::discord_failed(status.as_u16())),
            None => Self::later(words::failure::discord_unreachable(&without_address(
                &error,
            ))),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::later(error.to_string())
    }
}

impl From<SubmitError> for Failure {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::Refused(refusal) => Self::Never(refusal.to_string()),
            error => Self::later(error.to_string()),
        }
    }
}

/// Discord's answer: the HTTP status, its own code and what it says. A limit
/// is no answer to what was asked.
pub(crate) fn answer(error: &RestError) -> Option<(StatusCode, isize, &str)> {
    match error {
        RestError::Limited { .. } => None,
        RestError::Discord(error) => of_discord(error),
    }
}

fn of_discord(error: &serenity::Error) -> Option<(StatusCode, isize, &str)> {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => Some((
            response.status_code,
            response.error.code,
            &response.error.message,
        )),
        _ => None,
    }
}

/// Whether what the request was about does not exist (any more).
pub(crate) fn is_gone(error: &RestError) -> bool {
    matches!(answer(error), Some((StatusCode::NOT_FOUND, _, _)))
}

/// The error without an address in it: those of uploads and interactions hold tokens.
pub(crate) fn without_address(error: &serenity::Error) -> String {
    match error {
        serenity::Error::Http(HttpError::Request(error)) if error.is_timeout() => {
            "no answer in time".to_owned()
        }
        serenity::Error::Http(HttpError::Request(error)) if error.is_connect() => {
            "no connection".to_owned()
        }
        serenity::Error::Http(HttpError::Request(_)) => "the connection broke".to_owned(),
        error => error.to_string(),
    }
}

/// One second, then twice as long each time, five minutes at most.
pub(crate) fn backoff(attempts: u32) -> TimeDelta {
    TimeDelta::seconds(1 << attempts.saturating_sub(1).min(8)).min(TimeDelta::minutes(5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_grows_and_has_an_end() {
        let waits: Vec<_> = [1, 2, 3, 9, 1000]
            .map(|attempts| backoff(attempts).num_seconds())
            .into();
        assert_eq!(waits, [1, 2, 4, 256, 256]);
    }
}
