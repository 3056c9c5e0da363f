//! Refusals in Discord's own words and codes.

use serde_json::{Map, Value, json};

/// A refusal: an HTTP status, Discord's JSON error code and its message.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{status} {code}: {message}{}", .errors.as_ref().map(|e| format!(" {e}")).unwrap_or_default())]
pub struct ApiError {
    /// The HTTP status.
    pub status: u16,
    /// Discord's error code.
    pub code: u32,
    /// Discord's message.
    pub message: String,
    /// The tree of form errors that comes with code 50035.
    pub errors: Option<Value>,
    /// For a 429: seconds to wait.
    pub retry_after: Option<f64>,
}

impl ApiError {
    pub(crate) fn new(status: u16, code: u32, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            errors: None,
            retry_after: None,
        }
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(401, 0, "401: Unauthorized")
    }

    pub(crate) fn not_found() -> Self {
        Self::new(404, 0, "404: Not Found")
    }

    pub(crate) fn unknown_channel() -> Self {
        Self::new(404, 10003, "Unknown Channel")
    }

    pub(crate) fn unknown_guild() -> Self {
        Self::new(404, 10004, "Unknown Guild")
    }

    pub(crate) fn unknown_member() -> Self {
        Self::new(404, 10007, "Unknown Member")
    }

    pub(crate) fn unknown_message() -> Self {
        Self::new(404, 10008, "Unknown Message")
    }

    pub(crate) fn unknown_overwrite() -> Self {
        Self::new(404, 10009, "Unknown Overwrite")
    }

    pub(crate) fn unknown_role() -> Self {
        Self::new(404, 10011, "Unknown Role")
    }

    pub(crate) fn unknown_user() -> Self {
        Self::new(404, 10013, "Unknown User")
    }

    pub(crate) fn unknown_emoji() -> Self {
        Self::new(400, 10014, "Unknown Emoji")
    }

    pub(crate) fn unknown_webhook() -> Self {
        Self::new(404, 10015, "Unknown Webhook")
    }

    pub(crate) fn unknown_interaction() -> Self {
        Self::new(404, 10062, "Unknown interaction")
    }

    pub(crate) fn unknown_command() -> Self {
        Self::new(404, 10063, "Unknown application command")
    }

    pub(crate) fn already_acknowledged() -> Self {
        Self::new(400, 40060, "Interaction has already been acknowledged.")
    }

    pub(crate) fn missing_access() -> Self {
        Self::new(403, 50001, "Missing Access")
    }

    pub(crate) fn missing_permissions() -> Self {
        Self::new(403, 50013, "Missing Permissions")
    }

    pub(crate) fn wrong_channel_type() -> Self {
        Self::new(400, 50024, "Cannot execute action on this channel type")
    }

    pub(crate) fn empty_message() -> Self {
        Self::new(400, 50006, "Cannot send an empty message")
    }

    pub(crate) fn not_the_author() -> Self {
        Self::new(403, 50005, "Cannot edit a message authored by another user")
    }

    pub(crate) fn bad_json() -> Self {
        Self::new(400, 50109, "The request body contains invalid JSON.")
    }

    pub(crate) fn archived() -> Self {
        Self::new(400, 50083, "Thread is archived")
    }

    pub(crate) fn rate_limited(retry_after: f64) -> Self {
        Self {
            retry_after: Some(retry_after),
            ..Self::new(429, 0, "You are being rate limited.")
        }
    }

    /// One fault of one field, for instance `("embeds.0.title", "BASE_TYPE_MAX_LENGTH", "Must be 256 or fewer ...")`.
    pub(crate) fn form(path: &str, code: &str, message: &str) -> Self {
        let mut faults = FormFaults::default();
        faults.add(path, code, message);
        faults.into_error()
    }

    /// The JSON body that Discord sends.
    pub(crate) fn body(&self) -> Value {
        if let Some(seconds) = self.retry_after {
            return json!({"message": self.message, "retry_after": seconds, "global": false});
        }
        let mut body = json!({"message": self.message, "code": self.code});
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }
}

/// Faults of a form, gathered into the tree that comes with code 50035.
#[derive(Debug, Default)]
pub(crate) struct FormFaults {
    tree: Value,
}

impl FormFaults {
    /// Adds a fault at a dotted path (`""` is the form as a whole).
    pub(crate) fn add(&mut self, path: &str, code: &str, message: &str) {
        let mut node = &mut self.tree;
        for step in path.split('.').filter(|step| !step.is_empty()) {
            if !node.is_object() {
                *node = Value::Object(Map::new());
            }
            node = &mut node[step];
        }
        if !node["_errors"].is_array() {
            if !node.is_object() {
                *node = Value::Object(Map::new());
            }
            node["_errors"] = json!([]);
        }
        if let Some(list) = node["_errors"].as_array_mut() {
            list.push(json!({"code": code, "message": message}));
        }
    }

    pub(crate) fn too_long(&mut self, path: &str, limit: usize) {
        self.add(
            path,
            "BASE_TYPE_MAX_LENGTH",
            &format!("Must be {limit} or fewer in length."),
        );
    }

    pub(crate) fn required(&mut self, path: &str) {
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    /// A text that must have between `min` and `max` characters. An absent one passes.
    pub(crate) fn length(&mut self, path: &str, value: &Value, min: usize, max: usize) {
        let Some(text) = value.as_str() else { return };
        let count = text.chars().count();
        if count > max && min == 0 {
            self.too_long(path, max);
        } else if count < min || count > max {
            self.add(
                path,
                "BASE_TYPE_BAD_LENGTH",
                &format!("Must be between {min} and {max} in length."),
            );
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.tree.is_null()
    }

    pub(crate) fn into_error(self) -> ApiError {
        ApiError {
            errors: Some(self.tree),
            ..ApiError::new(400, 50035, "Invalid Form Body")
        }
    }

    pub(crate) fn finish(self) -> Result<(), ApiError> {
        if self.is_empty() {
            Ok(())
        } else {
            Err(self.into_error())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_fault_sits_at_its_path() {
        let error = ApiError::form("embeds.0.title", "CODE", "too long");
        assert_eq!(
            error.body(),
            json!({"message": "Invalid Form Body", "code": 50035, "errors":
                {"embeds": {"0": {"title": {"_errors": [{"code": "CODE", "message": "too long"}]}}}}})
        );
    }
}
