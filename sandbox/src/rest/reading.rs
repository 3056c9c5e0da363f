//! From the wire to a [`Call`]: JSON or multipart, within Discord's limits.

use std::time::Instant;

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, header};
use serde_json::Value;

use super::call::Call;
use super::error::ApiError;
use crate::checks;
use crate::world::NewFile;

/// Largest request, files and all.
pub(crate) const REQUEST_LIMIT: usize = 25 * 1024 * 1024;

pub(super) async fn read(request: Request) -> Result<Call, ApiError> {
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
        arrived: Instant::now(),
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
fn percent_decoded(text: &str) -> String {
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
