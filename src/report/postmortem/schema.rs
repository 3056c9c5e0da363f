//! What the JSON form of a draft is made of, for whoever reads it with a program of their own.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::draft::Draft;

/// The name of the schema; its number grows when a field that was there changes.
const ID: &str = "urn:scribe:postmortem:1";

/// The JSON Schema (2020-12) that every draft written as JSON fits. New fields may come; those that are there stay.
#[must_use]
pub fn schema() -> Value {
    let generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    let mut schema = generator.into_root_schema_for::<Draft>().to_value();
    if let Some(root) = schema.as_object_mut() {
        root.insert("$id".to_owned(), json!(ID));
        root.insert("title".to_owned(), json!("A postmortem draft by Scribe"));
    }
    schema
}
