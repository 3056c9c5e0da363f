//! Files of messages, behind links that expire as Discord's do.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::clock;
use crate::shared::Shared;
use crate::snowflake::Snowflake;

#[derive(Deserialize)]
pub(crate) struct Signature {
    /// When the link ends, in seconds of the Unix era, as hex.
    ex: Option<String>,
}

/// Gives a file, or 404 with Discord's words when its link has expired or its message is gone.
pub(crate) async fn file(
    State(shared): State<Arc<Shared>>,
    Path((channel, id, _name)): Path<(Snowflake, Snowflake, String)>,
    Query(signature): Query<Signature>,
) -> Response {
    let alive = signature
        .ex
        .and_then(|ex| i64::from_str_radix(&ex, 16).ok())
        .is_some_and(|ex| ex > clock::now().timestamp());
    let found = shared.look(|world| {
        let posted = world
            .messages
            .get(&channel)
            .into_iter()
            .flat_map(|of| of.values());
        let file = posted
            .flat_map(|m| &m.attachments)
            .find(|f| f.id == id)
            .or_else(|| world.uploads.get(&id))?;
        let bytes = world.files.get(&id)?;
        Some((file.content_type.clone(), Arc::clone(bytes)))
    });
    match found {
        Some((kind, bytes)) if alive => {
            ([(header::CONTENT_TYPE, kind)], bytes.to_vec()).into_response()
        }
        _ => (
            StatusCode::NOT_FOUND,
            "This content is no longer available.",
        )
            .into_response(),
    }
}
