//! Requests to Discord that can wait, with the limits that its answers tell.
//!
//! serenity's own limiter knows no other address than Discord's. Where another
//! is set nobody minds the limits, and a 429 comes out of serenity as an error
//! that has lost for how long to wait; so the answer is read here.
//! <https://discord.com/developers/docs/topics/rate-limits>

use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serenity::http::{ErrorResponse, HttpError, Request};
use serenity::{ChannelId, CreateMessage, EditMessage, LightMethod, MessageId, Route};
use tokio::time::Instant;

use super::work::Work;

/// How long to wait where an answer does not say.
pub(crate) const UNSAID: Duration = Duration::from_secs(5);

/// The longest wait that is believed. Discord's longest is ten minutes.
const LONGEST: Duration = Duration::from_secs(595);

/// Why a request came to nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RestError {
    /// Discord asks to come again later.
    #[error("Discord asks to wait for {after:?}")]
    Limited {
        /// After how long.
        after: Duration,
    },
    /// Anything else.
    #[error(transparent)]
    Discord(#[from] serenity::Error),
}

impl From<reqwest::Error> for RestError {
    fn from(error: reqwest::Error) -> Self {
        Self::Discord(error.into())
    }
}

/// The REST client, and until when Discord takes nothing at all from us.
#[derive(Debug)]
pub(crate) struct Rest {
    http: Arc<serenity::Http>,
    client: reqwest::Client,
    held_until: Mutex<Option<Instant>>,
    work: Arc<Work>,
}

impl Deref for Rest {
    type Target = serenity::Http;

    fn deref(&self) -> &serenity::Http {
        &self.http
    }
}

impl Rest {
    /// `client` is the one that `http` asks with.
    pub(crate) fn new(http: Arc<serenity::Http>, client: reqwest::Client, work: Arc<Work>) -> Self {
        Self {
            http,
            client,
            held_until: Mutex::default(),
            work,
        }
    }

    /// For how long Discord takes nothing from us, if it has said so (the
    /// global limit).
    pub(crate) fn held(&self) -> Option<Duration> {
        let until = *self
            .held_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let left = until?.saturating_duration_since(Instant::now());
        (!left.is_zero()).then_some(left)
    }

    /// Asks, and reads the answer.
    ///
    /// # Errors
    /// Discord refuses or cannot be reached, or its answer is not what it should be.
    pub(crate) async fn fire<T: DeserializeOwned>(
        &self,
        request: Request<'_>,
    ) -> Result<T, RestError> {
        Ok(self.ask(request).await?.json().await?)
    }

    /// Asks for what is at a place.
    ///
    /// # Errors
    /// As [`Rest::fire`].
    pub(crate) async fn get<T: DeserializeOwned>(&self, route: Route<'_>) -> Result<T, RestError> {
        self.fire(Request::new(route, LightMethod::Get)).await
    }

    /// Makes something at a place, and reads what was made.
    ///
    /// # Errors
    /// As [`Rest::fire`].
    pub(crate) async fn create<T: DeserializeOwned>(
        &self,
        route: Route<'_>,
        body: &impl Serialize,
    ) -> Result<T, RestError> {
        let body = serde_json::to_vec(body).map_err(serenity::Error::from)?;
        self.fire(Request::new(route, LightMethod::Post).body(Some(body)))
            .await
    }

    /// Asks; the answer says no more than that it was done.
    ///
    /// # Errors
    /// As [`Rest::fire`].
    pub(crate) async fn wind(&self, request: Request<'_>) -> Result<(), RestError> {
        self.ask(request).await.map(drop)
    }

    /// Posts a message without files, and gives its id.
    ///
    /// # Errors
    /// As [`Rest::fire`].
    pub(crate) async fn post(
        &self,
        channel: ChannelId,
        message: CreateMessage,
    ) -> Result<MessageId, RestError> {
        #[derive(Deserialize)]
        struct Posted {
            id: MessageId,
        }
        let mut json = serde_json::to_value(&message).map_err(serenity::Error::from)?;
        // Nobody is called unless the message names them.
        if json["allowed_mentions"].is_null() {
            json["allowed_mentions"] = serde_json::json!({"parse": []});
        }
        let route = Route::ChannelMessages {
            channel_id: channel,
        };
        let posted: Posted = self.create(route, &json).await?;
        Ok(posted.id)
    }

    /// Changes a message.
    ///
    /// # Errors
    /// As [`Rest::fire`].
    pub(crate) async fn edit(
        &self,
        channel: ChannelId,
        message: MessageId,
        edit: &EditMessage,
    ) -> Result<(), RestError> {
        let route = Route::ChannelMessage {
            channel_id: channel,
            message_id: message,
        };
        let body = serde_json::to_vec(edit).map_err(serenity::Error::from)?;
        let request = Request::new(route, LightMethod::Patch).body(Some(body));
        self.wind(request).await
    }

    async fn ask(&self, request: Request<'_>) -> Result<reqwest::Response, RestError> {
        // serenity waits by itself where it minds the limits.
        if self.http.ratelimiter.is_some() {
            return Ok(self.http.request(request).await?);
        }
        if let Some(after) = self.held() {
            return Err(RestError::Limited { after });
        }
        let method = request.method_ref().reqwest_method();
        let built = request.build(&self.client, self.http.token(), self.http.proxy.as_deref())?;
        let response = built.send().await?;
        if response.status() == reqwest::StatusCode::TOO_MANY_REQUESTS {
            let limit = Limit::of(response).await;
            if limit.global {
                let mut held = self
                    .held_until
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner);
                *held = (*held).max(Some(Instant::now() + limit.after));
            }
            let after = limit.after;
            self.work.limits.took(after);
            return Err(RestError::Limited { after });
        }
        if response.status().is_success() {
            return Ok(response);
        }
        let refusal = ErrorResponse::from_response(response, method).await;
        let refusal = serenity::Error::Http(HttpError::UnsuccessfulRequest(refusal));
        Err(refusal.into())
    }
}

/// What a 429 says.
#[derive(Debug, PartialEq)]
struct Limit {
    after: Duration,
    global: bool,
}

#[derive(Default, Deserialize)]
struct Body {
    /// In seconds, more exact than the header.
    retry_after: Option<f64>,
    #[serde(default)]
    global: bool,
}

impl Limit {
    async fn of(response: reqwest::Response) -> Self {
        let header = |name: &str| {
            let value = response.headers().get(name)?;
            value.to_str().ok().map(str::to_owned)
        };
        let waiting = header("retry-after").and_then(|text| text.parse().ok());
        let scope = header("x-ratelimit-scope");
        let global = header("x-ratelimit-global").is_some() || scope.as_deref() == Some("global");
        // What stands before Discord answers without a body of its own.
        let body = response.bytes().await.unwrap_or_default();
        Self::told(
            waiting,
            global,
            serde_json::from_slice(&body).unwrap_or_default(),
        )
    }

    fn told(header: Option<f64>, global: bool, body: Body) -> Self {
        let seconds = body.retry_after.or(header);
        let after = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        Self {
            after: after.unwrap_or(UNSAID).min(LONGEST),
            global: global || body.global,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(header: Option<f64>, body: &str) -> (f64, bool) {
        let body = serde_json::from_str(body).unwrap_or_default();
        let limit = Limit::told(header, false, body);
        (limit.after.as_secs_f64(), limit.global)
    }

    #[test]
    fn the_body_is_more_exact_than_the_header_and_either_will_do() {
        assert_eq!(told(Some(2.0), r#"{"retry_after": 1.25}"#), (1.25, false));
        assert_eq!(
            told(None, r#"{"retry_after": 3, "global": true}"#),
            (3.0, true)
        );
        assert_eq!(told(Some(2.0), "<html>slow down"), (2.0, false));
        assert_eq!(told(None, "{}"), (UNSAID.as_secs_f64(), false));
        assert_eq!(told(Some(-1.0), "{}"), (UNSAID.as_secs_f64(), false));
        assert_eq!(told(Some(1e9), "{}"), (LONGEST.as_secs_f64(), false));
    }
}
