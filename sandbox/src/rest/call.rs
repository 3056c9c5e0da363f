//! A request as handlers see it, and their answer.

use std::collections::HashMap;
use std::time::Instant;

use serde_json::Value;

use super::error::ApiError;
use crate::snowflake::Snowflake;
use crate::world::NewFile;

/// A request.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: String,
    /// The path below `/api/v10`, percent-decoded, in segments.
    pub(crate) segments: Vec<String>,
    pub(crate) query: HashMap<String, String>,
    pub(crate) body: Value,
    pub(crate) files: Vec<NewFile>,
    pub(crate) token: Option<String>,
    /// When it had arrived in full.
    pub(crate) arrived: Instant,
}

impl Call {
    pub(crate) fn path(&self) -> Vec<&str> {
        self.segments.iter().map(String::as_str).collect()
    }

    /// A number of the query within bounds.
    pub(crate) fn limit(&self, default: usize, most: usize) -> Result<usize, ApiError> {
        match self.query.get("limit") {
            None => Ok(default),
            Some(text) => text
                .parse()
                .ok()
                .filter(|n| (1..=most).contains(n))
                .ok_or_else(|| {
                    ApiError::form(
                        "limit",
                        "NUMBER_TYPE_MAX",
                        &format!("int value should be between 1 and {most}."),
                    )
                }),
        }
    }

    pub(crate) fn id_in_query(&self, key: &str) -> Option<Snowflake> {
        self.query.get(key)?.parse().ok()
    }

    pub(crate) fn flag(&self, key: &str) -> bool {
        self.query
            .get(key)
            .is_some_and(|value| matches!(value.as_str(), "true" | "True" | "1"))
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Option<Value>,
}

impl Reply {
    pub(crate) fn ok(body: impl Into<Value>) -> Self {
        Self {
            status: 200,
            body: Some(body.into()),
        }
    }

    pub(crate) fn created(body: impl Into<Value>) -> Self {
        Self {
            status: 201,
            body: Some(body.into()),
        }
    }

    pub(crate) fn nothing() -> Self {
        Self {
            status: 204,
            body: None,
        }
    }
}

/// What a handler gives.
pub(crate) type Answered = Result<Reply, ApiError>;

/// An id in a path.
pub(crate) fn id(segment: &str) -> Result<Snowflake, ApiError> {
    segment.parse().map_err(|_| {
        ApiError::form(
            "id",
            "NUMBER_TYPE_COERCE",
            &format!("Value \"{segment}\" is not snowflake."),
        )
    })
}
