//! What was asked of the sandbox, and what was wrong with it.

use chrono::{DateTime, Utc};
use serde_json::Value;

/// A request that the sandbox has answered.
#[derive(Clone, Debug)]
pub struct Request {
    /// When it arrived (UTC).
    pub at: DateTime<Utc>,
    /// GET, POST and so on.
    pub method: String,
    /// The path below `/api/v10`, with its query.
    pub path: String,
    /// The HTTP status of the answer; 0 when there was none.
    pub status: u16,
    /// The JSON body (of a multipart request, its `payload_json`); null when there was none.
    pub body: Value,
    /// Names of the files that came along.
    pub files: Vec<String>,
}

/// All requests, and the violations found in them.
#[derive(Default)]
pub(crate) struct Records {
    pub(crate) requests: Vec<Request>,
    pub(crate) unhandled: Vec<String>,
    pub(crate) violations: Vec<String>,
    /// Where the sandbox's own answers are not as described.
    pub(crate) own_faults: Vec<String>,
}
