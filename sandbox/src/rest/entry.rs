//! The way of a request: off the wire, through faults and limits, to its handler, into the record.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use serde_json::{Value, json};

use super::call::{Answered, Call, Reply};
use super::error::ApiError;
use super::rate::{BucketState, Limited};
use super::routes;
use crate::checks;
use crate::clock;
use crate::faults::{Scope, Trouble};
use crate::records;
use crate::shared::Shared;
use crate::world::{NewFile, World};

/// Largest request, files and all.
const REQUEST_LIMIT: usize = 25 * 1024 * 1024;

/// Answers one REST request.
pub(crate) async fn handle(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let at = clock::now();
    let path = request
        .uri()
        .path_and_query()
        .map_or("", |p| p.as_str())
        .trim_start_matches("/api/v10")
        .to_owned();
    let method = request.method().to_string();
    let read = read(request).await;
    let record = |status: u16, call: Option<&Call>| {
        let request = records::Request {
            at,
            method: method.clone(),
            path: path.clone(),
            status,
            body: call.map_or(Value::Null, |c| c.body.clone()),
            files: call.map_or(Vec::new(), |c| {
                c.files.iter().map(|f| f.name.clone()).collect()
            }),
        };
        shared.change(|world| world.records.requests.push(request));
    };
    let call = match read {
        Ok(call) => call,
        Err(error) => {
            record(error.status, None);
            return respond(Err(error), None);
        }
    };
    let trouble = shared.change(|world| world.faults.take(&call.method, &call.path()));
    let (status, response) = match trouble {
        None => serve(&shared, &call),
        Some(Trouble::Status(status)) => (status, broken(status)),
        Some(Trouble::RateLimited { retry_after, scope }) => {
            (429, limited_on_purpose(retry_after.as_secs_f64(), scope))
        }
        Some(Trouble::Hang(time)) => {
            tokio::select! {
                () = tokio::time::sleep(time) => {}
                () = shared.stopped.cancelled() => {}
            }
            (0, silence())
        }
        Some(Trouble::Delay(time)) => {
            tokio::time::sleep(time).await;
            serve(&shared, &call)
        }
        Some(Trouble::CutBody) => {
            let (status, response) = serve(&shared, &call);
            (status, cut(response).await)
        }
        Some(Trouble::EffectThenStatus(status)) => {
            serve(&shared, &call);
            (status, broken(status))
        }
        Some(Trouble::EffectThenSilence) => {
            serve(&shared, &call);
            (0, silence())
        }
    };
    record(status, Some(&call));
    response
}

/// Lets the world answer.
fn serve(shared: &Shared, call: &Call) -> (u16, Response) {
    shared.change(|world| {
        let path = call.path();
        describe(world, call);
        let bucket = match world.buckets.count(&call.method, &path) {
            Ok(bucket) => bucket,
            Err(limited) => return (429, limited_by_bucket(limited)),
        };
        let answer = authorise(world, call).and_then(|()| routes::answer(world, call));
        let status = match &answer {
            Ok(reply) => reply.status,
            Err(error) => error.status,
        };
        (status, respond(answer, bucket))
    })
}

/// Holds the body against Discord's description, where there is one.
fn describe(world: &mut World, call: &Call) {
    if call.body.is_null() {
        return;
    }
    if let Some(description) = &mut world.records.description {
        let found = description.check_request(&call.method, &call.path(), &call.body);
        world.records.violations.extend(found);
    }
}

/// A token is needed everywhere but where the path itself holds a secret.
fn authorise(world: &World, call: &Call) -> Result<(), ApiError> {
    let open = match call.path().as_slice() {
        ["gateway"] => true,
        ["interactions", _, _, "callback"] => true,
        ["webhooks", _, _, ..] => true,
        _ => false,
    };
    let token = call.token.as_deref().and_then(|t| t.strip_prefix("Bot "));
    if open || token == Some(&world.options.token) {
        Ok(())
    } else {
        Err(ApiError::unauthorized())
    }
}

async fn read(request: Request) -> Result<Call, ApiError> {
    let method = request.method().to_string();
    let path = request.uri().path().trim_start_matches("/api/v10");
    let segments = path
        .split('/')
        .filter(|s| !s.is_empty())
        .map(percent_decoded)
        .collect();
    let query = request.uri().query().unwrap_or_default();
    let query = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(key, value)| (key.to_owned(), percent_decoded(&value.replace('+', " "))))
        .collect();
    let token = header_text(request.headers(), header::AUTHORIZATION);
    let multipart = header_text(request.headers(), header::CONTENT_TYPE)
        .is_some_and(|kind| kind.starts_with("multipart/form-data"));
    let (body, files) = if multipart {
        read_multipart(request).await?
    } else {
        let bytes = axum::body::to_bytes(request.into_body(), REQUEST_LIMIT)
            .await
            .map_err(|_| too_large())?;
        let body = if bytes.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&bytes).map_err(|_| ApiError::bad_json())?
        };
        (body, Vec::new())
    };
    checks::multipart_names(&files)?;
    Ok(Call {
        method,
        segments,
        query,
        body,
        files,
        token,
    })
}

fn header_text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    let value = headers.get(name)?;
    value.to_str().ok().map(str::to_owned)
}

async fn read_multipart(request: Request) -> Result<(Value, Vec<NewFile>), ApiError> {
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_| ApiError::bad_json())?;
    let mut body = Value::Null;
    let mut files = Vec::new();
    let mut total = 0;
    while let Some(field) = form.next_field().await.map_err(|_| too_large())? {
        let field_name = field.name().unwrap_or_default().to_owned();
        let name = field.file_name().unwrap_or("file").to_owned();
        let content_type = field.content_type().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|_| too_large())?;
        total += bytes.len();
        if total > REQUEST_LIMIT {
            return Err(too_large());
        }
        if field_name == "payload_json" {
            body = serde_json::from_slice(&bytes).map_err(|_| ApiError::bad_json())?;
        } else {
            let index = field_name.trim_matches(|c: char| !c.is_ascii_digit());
            files.push(NewFile {
                index: index.parse().unwrap_or(files.len() as u64),
                name,
                content_type: content_type.filter(|t| t != "application/octet-stream"),
                description: None,
                bytes: bytes.as_ref().into(),
            });
        }
    }
    Ok((body, files))
}

fn too_large() -> ApiError {
    ApiError::new(413, 40005, "Request entity too large")
}

/// Decodes `%41`; what is not well formed stays as it is.
pub(crate) fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = bytes
            .get(at + 1..at + 3)
            .filter(|_| bytes[at] == b'%')
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn respond(answer: Answered, bucket: Option<BucketState>) -> Response {
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

fn limited_by_bucket(limited: Limited) -> Response {
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

fn limited_on_purpose(seconds: f64, scope: Scope) -> Response {
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
fn broken(status: u16) -> Response {
    let text = format!("{{\"message\": \"{status}: upstream trouble\", \"code\": 0}}");
    (status_code(status), text).into_response()
}

/// An answer that never comes: the connection ends.
fn silence() -> Response {
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
async fn cut(response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let whole = axum::body::to_bytes(body, REQUEST_LIMIT)
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
