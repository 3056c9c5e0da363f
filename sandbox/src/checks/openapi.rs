//! The comparison of bodies with Discord's own description of its API (OpenAPI 3.1, so JSON Schema 2020-12).
//!
//! The description is mended at loading where it and Discord's practice differ, and its unions are rewritten so that a
//! fault is reported in the branch that the value's `type` chooses, and not as "fits none of these".

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::Validator;
use serde_json::{Map, Value, json};

/// Discord's description, with the validators that have been needed so far.
pub(crate) struct Description {
    document: Value,
    validators: Mutex<HashMap<String, Option<Validator>>>,
}

/// Descriptions that have been loaded: they are big, and tests start many sandboxes.
static LOADED: Mutex<Vec<(PathBuf, Arc<Description>)>> = Mutex::new(Vec::new());

/// Why a description cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DescriptionError {
    /// The file cannot be read.
    #[error("cannot read the OpenAPI description")]
    Read(#[from] std::io::Error),
    /// The file is no JSON.
    #[error("the OpenAPI description is not JSON")]
    Json(#[from] serde_json::Error),
    /// The JSON is no OpenAPI description.
    #[error("the file holds no OpenAPI description: it has no paths")]
    NoPaths,
}

impl Description {
    /// The description of that file, loaded once per process.
    pub(crate) fn shared(path: &Path) -> Result<Arc<Self>, DescriptionError> {
        let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, description)) = loaded.iter().find(|(known, _)| known == path) {
            return Ok(Arc::clone(description));
        }
        let description = Arc::new(Self::load(path)?);
        loaded.push((path.to_owned(), Arc::clone(&description)));
        Ok(description)
    }

    fn load(path: &Path) -> Result<Self, DescriptionError> {
        let mut document: Value = serde_json::from_slice(&std::fs::read(path)?)?;
        if !document["paths"].is_object() {
            return Err(DescriptionError::NoPaths);
        }
        mend(&mut document);
        let schemas = document["components"]["schemas"].clone();
        rewrite_unions(&mut document["components"]["schemas"], &schemas);
        rewrite_unions(&mut document["paths"], &schemas);
        Ok(Self {
            document,
            validators: Mutex::default(),
        })
    }

    /// Faults of a request body; none for a route that the description does not have. What is described for JSON
    /// holds for the `payload_json` of a multipart request too.
    pub(crate) fn check_request(&self, method: &str, path: &[&str], body: &Value) -> Vec<String> {
        let steps = ["requestBody", "content", "application/json", "schema"];
        self.check(method, path, &steps, body)
    }

    /// Faults of the JSON body of an answer of the sandbox itself.
    pub(crate) fn check_answer(
        &self,
        method: &str,
        path: &[&str],
        status: u16,
        body: &Value,
    ) -> Vec<String> {
        let status = status.to_string();
        let steps = [
            "responses",
            &status,
            "content",
            "application/json",
            "schema",
        ];
        self.check(method, path, &steps, body)
    }

    fn check(&self, method: &str, path: &[&str], steps: &[&str], body: &Value) -> Vec<String> {
        let Some(template) = self.template(path) else {
            return Vec::new();
        };
        let key = format!("{method} {template} {}", steps.join("/"));
        let document = &self.document;
        let mut validators = self
            .validators
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let validator = validators.entry(key).or_insert_with(|| {
            let operation = &document["paths"][&template][method.to_lowercase()];
            let schema = steps.iter().fold(operation, |at, step| &at[step]);
            compile(schema, &document["components"])
        });
        let Some(validator) = validator else {
            return Vec::new();
        };
        validator
            .iter_errors(body)
            .map(|error| {
                format!(
                    "{method} {template}: {} at {}",
                    shortened(&error.to_string()),
                    error.instance_path()
                )
            })
            .collect()
    }

    /// The path template that fits, one with more literal segments before one with fewer.
    fn template(&self, path: &[&str]) -> Option<String> {
        let fits = |template: &str| {
            let steps: Vec<_> = template.split('/').skip(1).collect();
            steps.len() == path.len()
                && steps
                    .iter()
                    .zip(path)
                    .all(|(step, got)| step.starts_with('{') || step == got)
        };
        self.document["paths"]
            .as_object()?
            .keys()
            .filter(|template| fits(template))
            .min_by_key(|template| template.matches('{').count())
            .cloned()
    }
}

fn compile(schema: &Value, components: &Value) -> Option<Validator> {
    if schema.is_null() {
        return None;
    }
    let mut root = schema.clone();
    root["components"] = components.clone();
    match jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .build(&root)
    {
        Ok(validator) => Some(validator),
        Err(error) => {
            tracing::warn!(%error, "a schema of the OpenAPI description cannot be used");
            None
        }
    }
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(300).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Bit fields come as text although the description says integer; so do, the other way round, ids of new files.
fn mend(document: &mut Value) {
    let digits = json!({"type": "string", "pattern": "^[0-9]+$"});
    let widen = |schema: &mut Value| {
        let old = schema.take();
        *schema = json!({"anyOf": [old, digits.clone()]});
    };
    let schemas = document["components"]["schemas"].as_object_mut();
    for (name, schema) in schemas.into_iter().flatten() {
        if !name.ends_with("Request") {
            continue;
        }
        for key in ["allow", "deny", "default_member_permissions", "permissions"] {
            if let Some(field) = schema["properties"].get_mut(key) {
                widen(field);
            }
        }
        if name == "MessageAttachmentRequest"
            && let Some(id) = schema["properties"].get_mut("id")
        {
            *id = json!({"anyOf": [id.take(), {"type": "integer"}]});
        }
    }
    let overwrite = "/paths/~1channels~1{channel_id}~1permissions~1{overwrite_id}/put/requestBody/content/application~1json/schema/properties";
    if let Some(properties) = document.pointer_mut(overwrite) {
        for key in ["allow", "deny"] {
            if let Some(field) = properties.get_mut(key) {
                widen(field);
            }
        }
    }
}

/// Turns `oneOf` of schemas that `type` tells apart into "if the type is this, then that schema".
fn rewrite_unions(node: &mut Value, schemas: &Value) {
    match node {
        Value::Array(list) => list
            .iter_mut()
            .for_each(|item| rewrite_unions(item, schemas)),
        Value::Object(map) => {
            map.values_mut()
                .for_each(|value| rewrite_unions(value, schemas));
            for key in ["oneOf", "anyOf"] {
                if let Some(rewritten) = map.get(key).and_then(|union| rewritten(union, schemas)) {
                    map.remove(key);
                    map.insert("allOf".into(), rewritten);
                    return;
                }
            }
        }
        _ => {}
    }
}

fn rewritten(union: &Value, schemas: &Value) -> Option<Value> {
    let branches = union.as_array()?;
    let nullable = branches.iter().any(|b| b["type"] == "null");
    let others: Vec<_> = branches.iter().filter(|b| b["type"] != "null").collect();
    let mut all = Vec::new();
    let mut cases = Vec::new();
    for branch in &others {
        let tags = tags_of(branch, schemas)?;
        if tags.iter().any(|tag| all.contains(tag)) {
            return None;
        }
        all.extend(tags.iter().cloned());
        cases.push(json!({
            "if": {"properties": {"type": {"enum": tags}}},
            "then": branch,
        }));
    }
    if cases.len() < 2 {
        return None;
    }
    cases.push(json!({"properties": {"type": {"enum": all}}}));
    let outside = if nullable {
        json!({"type": ["object", "null"]})
    } else {
        json!({"type": "object"})
    };
    Some(json!([
        outside,
        {"if": {"type": "object", "required": ["type"]}, "then": {"allOf": cases}},
        {"if": {"type": "object", "not": {"required": ["type"]}}, "then": {"anyOf": others}},
    ]))
}

fn tags_of<'a>(branch: &'a Value, schemas: &'a Value) -> Option<Vec<Value>> {
    let empty = Map::new();
    let schema = match branch["$ref"].as_str() {
        Some(reference) => &schemas[reference.rsplit('/').next()?],
        None => branch,
    };
    let properties = schema["properties"].as_object().unwrap_or(&empty);
    properties.get("type")?["enum"].as_array().cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_union_of_typed_schemas_reports_the_branch_that_was_meant() {
        let mut document = json!({
            "paths": {"/x": {"post": {"requestBody": {"content": {"application/json": {"schema":
                {"oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}]}}}}}}},
            "components": {"schemas": {
                "A": {"type": "object", "properties": {"type": {"enum": [1]}, "n": {"maximum": 5}}},
                "B": {"type": "object", "properties": {"type": {"enum": [2]}, "s": {"maxLength": 2}}},
            }},
        });
        let schemas = document["components"]["schemas"].clone();
        rewrite_unions(&mut document["paths"], &schemas);
        let description = Description {
            document,
            validators: Mutex::default(),
        };
        let faults = |body: Value| description.check_request("POST", &["x"], &body);
        assert!(faults(json!({"type": 1, "n": 5})).is_empty());
        let wrong = faults(json!({"type": 2, "s": "long"}));
        assert_eq!(wrong.len(), 1);
        assert!(wrong[0].contains("/s"), "{wrong:?}");
        assert_eq!(faults(json!({"type": 3})).len(), 1);
    }
}
