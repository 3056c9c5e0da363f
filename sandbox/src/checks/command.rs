//! Rules for commands (Discord docs, "Application Commands").

use std::collections::HashSet;

use serde_json::Value;

use crate::rest::error::{ApiError, FormFaults};

/// Text over all names, descriptions and choice values of a command.
const TEXT_OF_ALL: usize = 8000;

/// All commands of a place at once.
pub(crate) fn command_list(body: &Value) -> Result<(), ApiError> {
    let mut faults = FormFaults::default();
    let Some(list) = body.as_array() else {
        faults.add(
            "",
            "LIST_TYPE_CONVERT",
            "Only iterables may be used in a ListType",
        );
        return faults.finish();
    };
    for (kind, most) in [(1, 100), (2, 15), (3, 15)] {
        let of_kind = list
            .iter()
            .filter(|c| c["type"].as_u64().unwrap_or(1) == kind);
        if of_kind.count() > most {
            return Err(ApiError::new(
                400,
                30032,
                format!("Maximum number of application commands reached ({most})."),
            ));
        }
    }
    let mut names = HashSet::new();
    for (n, command) in list.iter().enumerate() {
        one(&n.to_string(), command, &mut faults);
        if !names.insert((
            command["type"].as_u64().unwrap_or(1),
            command["name"].as_str(),
        )) {
            faults.add(
                &n.to_string(),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "Application command names must be unique",
            );
        }
    }
    faults.finish()
}

/// One command.
pub(crate) fn command(body: &Value) -> Result<(), ApiError> {
    let mut faults = FormFaults::default();
    one("", body, &mut faults);
    faults.finish()
}

fn one(at: &str, command: &Value, faults: &mut FormFaults) {
    let at = |field: &str| {
        if at.is_empty() {
            field.to_owned()
        } else {
            format!("{at}.{field}")
        }
    };
    if command["type"].as_u64().unwrap_or(1) == 1 {
        name(&at("name"), &command["name"], faults);
        description(&at("description"), &command["description"], faults);
        options(&at("options"), &command["options"], 0, faults);
        if text_of(command) > TEXT_OF_ALL {
            faults.add(
                &at(""),
                "APPLICATION_COMMAND_TOO_LARGE",
                "Command exceeds maximum size (8000)",
            );
        }
    } else {
        faults.length(&at("name"), &command["name"], 1, 32);
        if command["name"].is_null() {
            faults.required(&at("name"));
        }
        if command["description"]
            .as_str()
            .is_some_and(|d| !d.is_empty())
        {
            faults.add(
                &at("description"),
                "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION",
                "Context menu commands cannot have description",
            );
        }
    }
}

fn name(at: &str, value: &Value, faults: &mut FormFaults) {
    let Some(text) = value.as_str() else {
        return faults.required(at);
    };
    let letters = text
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '\''));
    let lower = text.to_lowercase() == text;
    if !(1..=32).contains(&text.chars().count()) || !letters || !lower {
        faults.add(
            at,
            "APPLICATION_COMMAND_INVALID_NAME",
            "Command name is invalid",
        );
    }
}

fn description(at: &str, value: &Value, faults: &mut FormFaults) {
    if value.is_null() {
        return faults.required(at);
    }
    faults.length(at, value, 1, 100);
}

fn options(at: &str, list: &Value, depth: usize, faults: &mut FormFaults) {
    let Some(list) = list.as_array() else { return };
    if list.len() > 25 {
        faults.too_long(at, 25);
    }
    let mut optional_seen = false;
    let mut names = HashSet::new();
    let groups = list.iter().filter(|o| is_group(o)).count();
    if groups > 0 && groups < list.len() {
        faults.add(
            at,
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and sub-command group option types are mutually exclusive to all other types",
        );
    }
    for (n, option) in list.iter().enumerate() {
        let at = format!("{at}.{n}");
        name(&format!("{at}.name"), &option["name"], faults);
        description(&format!("{at}.description"), &option["description"], faults);
        if !names.insert(option["name"].as_str()) {
            faults.add(
                &at,
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                "Option name already exists",
            );
        }
        let required = option["required"].as_bool().unwrap_or(false);
        if required && optional_seen {
            faults.add(
                &at,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            );
        }
        optional_seen |= !required && !is_group(option);
        choices(&at, option, faults);
        match option["type"].as_u64() {
            Some(1) if depth < 2 => options(
                &format!("{at}.options"),
                &option["options"],
                depth + 1,
                faults,
            ),
            Some(2) if depth == 0 => {
                options(&format!("{at}.options"), &option["options"], 1, faults)
            }
            Some(3..=11) => {}
            _ => faults.add(
                &format!("{at}.type"),
                "BASE_TYPE_CHOICES",
                "This type of option cannot be here.",
            ),
        }
    }
}

fn choices(at: &str, option: &Value, faults: &mut FormFaults) {
    let list = option["choices"].as_array().map_or(&[][..], Vec::as_slice);
    if list.len() > 25 {
        faults.too_long(&format!("{at}.choices"), 25);
    }
    if !list.is_empty() && option["autocomplete"].as_bool() == Some(true) {
        faults.add(
            at,
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES",
            "Autocomplete and choices are mutually exclusive",
        );
    }
    for (n, choice) in list.iter().enumerate() {
        let at = format!("{at}.choices.{n}");
        faults.length(&format!("{at}.name"), &choice["name"], 1, 100);
        faults.length(&format!("{at}.value"), &choice["value"], 1, 100);
    }
}

fn is_group(option: &Value) -> bool {
    matches!(option["type"].as_u64(), Some(1 | 2))
}

fn text_of(part: &Value) -> usize {
    let count = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
    let choices: usize = part["choices"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|c| count(&c["name"]) + count(&c["value"]))
        .sum();
    let options: usize = part["options"]
        .as_array()
        .into_iter()
        .flatten()
        .map(text_of)
        .sum();
    count(&part["name"]) + count(&part["description"]) + choices + options
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn upper_case_names_are_refused() {
        assert!(command(&json!({"name": "incident", "description": "x"})).is_ok());
        assert!(command(&json!({"name": "Incident", "description": "x"})).is_err());
        assert!(command(&json!({"name": "Add to timeline", "type": 3})).is_ok());
    }

    #[test]
    fn required_options_come_first() {
        let option = |name: &str, required: bool| json!({"type": 3, "name": name, "description": "x", "required": required});
        let with = |a, b| json!({"name": "x", "description": "x", "options": [a, b]});
        assert!(command(&with(option("a", true), option("b", false))).is_ok());
        assert!(command(&with(option("a", false), option("b", true))).is_err());
    }

    #[test]
    fn a_hundred_commands_and_no_more() {
        let many = |n: usize| -> Value {
            (0..n)
                .map(|i| json!({"name": format!("c{i}"), "description": "x"}))
                .collect()
        };
        assert!(command_list(&many(100)).is_ok());
        assert_eq!(command_list(&many(101)).unwrap_err().code, 30032);
    }
}
