//! From an answer to the wire: JSON, the headers of rate limits, and answers that are broken on purpose.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use serde_json::{Value, json};

use super::call::{Answered, Reply};
use super::rate::{BucketState, Limited};
use crate::clock;
use crate::faults::Scope;

pub(super) fn respond(answer: Answered, bucket: Option<BucketState>) -> Response {
    let retry_after = answer.as_ref().err().and_then(|e| e.retry_after);
    let (status, body) = match answer {
        Ok(Reply { status, body }) => (status, body),
        Err(error) => (error.status, Some(error.body())),
    };
    let mut response = match body {
        Some(body) => json_response(status, &body),
        None => status_code(status).into_response(),
    };
    let headers = response.headers_mut();
    if let Some(bucket) = bucket {
        bucket_headers(headers, &bucket);
    }
    if let Some(seconds) = retry_after {
        put(headers, "retry-after", seconds.ceil());
        put(headers, "x-ratelimit-remaining", 0);
        put(headers, "x-ratelimit-reset-after", format!("{seconds:.3}"));
        put(headers, "x-ratelimit-scope", "user");
    }
    response
}

fn bucket_headers(headers: &mut HeaderMap, bucket: &BucketState) {
    let after = bucket.reset_after.as_secs_f64();
    let reset = clock::now().timestamp_millis() as f64 / 1000.0 + after;
    put(headers, "x-ratelimit-limit", bucket.limit);
    put(headers, "x-ratelimit-remaining", bucket.remaining);
    put(headers, "x-ratelimit-reset", format!("{reset:.3}"));
    put(headers, "x-ratelimit-reset-after", format!("{after:.3}"));
    put(headers, "x-ratelimit-bucket", &bucket.name);
}

pub(super) fn limited_by_bucket(limited: Limited) -> Response {
    let seconds = limited.retry_after.as_secs_f64();
    let global = limited.bucket.is_none();
    let body =
        json!({"message": "You are being rate limited.", "retry_after": seconds, "global": global});
    let mut response = json_response(429, &body);
    let headers = response.headers_mut();
    put(headers, "retry-after", seconds.ceil());
    match &limited.bucket {
        Some(bucket) => {
            bucket_headers(headers, bucket);
            put(headers, "x-ratelimit-scope", "user");
        }
        None => {
            put(headers, "x-ratelimit-global", "true");
            put(headers, "x-ratelimit-scope", "global");
        }
    }
    response
}

pub(super) fn limited_on_purpose(seconds: f64, scope: Scope) -> Response {
    let global = scope == Scope::Global;
    let body =
        json!({"message": "You are being rate limited.", "retry_after": seconds, "global": global});
    let mut response = json_response(429, &body);
    let headers = response.headers_mut();
    put(headers, "retry-after", seconds.ceil());
    let name = match scope {
        Scope::User => "user",
        Scope::Global => "global",
        Scope::Shared => "shared",
    };
    put(headers, "x-ratelimit-scope", name);
    if global {
        put(headers, "x-ratelimit-global", "true");
    } else {
        put(headers, "x-ratelimit-limit", 5);
        put(headers, "x-ratelimit-remaining", 0);
        put(headers, "x-ratelimit-reset-after", format!("{seconds:.3}"));
        let reset = clock::now().timestamp_millis() as f64 / 1000.0 + seconds;
        put(headers, "x-ratelimit-reset", format!("{reset:.3}"));
        put(headers, "x-ratelimit-bucket", "on-purpose");
    }
    response
}

fn put(headers: &mut HeaderMap, name: &'static str, value: impl ToString) {
    if let Ok(value) = HeaderValue::from_str(&value.to_string()) {
        headers.insert(name, value);
    }
}

fn json_response(status: u16, body: &Value) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (status_code(status), kind, body.to_string()).into_response()
}

fn status_code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// What a gateway in front of Discord says when Discord is ill: no JSON of its own.
pub(super) fn broken(status: u16) -> Response {
    let text = format!("{{\"message\": \"{status}: upstream trouble\", \"code\": 0}}");
    (status_code(status), text).into_response()
}

/// An answer that never comes: the connection ends.
pub(super) fn silence() -> Response {
    let nothing = futures::stream::once(async {
        Err::<Bytes, _>(std::io::Error::other(
            "the sandbox ends the connection on purpose",
        ))
    });
    // Should the head get out before the connection ends, it must not look like success.
    let mut response = Response::new(Body::from_stream(nothing));
    *response.status_mut() = StatusCode::GATEWAY_TIMEOUT;
    put(response.headers_mut(), "content-length", 1_000_000);
    response
}

/// The first half of an answer; then the connection ends.
pub(super) async fn cut(response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let whole = axum::body::to_bytes(body, usize::MAX)
        .await
        .unwrap_or_else(|_| Bytes::new());
    let half = whole.slice(..whole.len() / 2);
    let pieces = futures::stream::iter([Ok(half)]).chain(futures::stream::once(async {
        Err(std::io::Error::other(
            "the sandbox cuts the answer on purpose",
        ))
    }));
    let mut response = Response::from_parts(parts, Body::from_stream(pieces));
    put(response.headers_mut(), "content-length", whole.len().max(1));
    response
}
