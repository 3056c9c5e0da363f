//! Limits of buttons, select menus and forms (Discord docs, "Component Reference").

use std::collections::HashSet;

use serde_json::Value;

use crate::rest::error::FormFaults;

const ROW: u64 = 1;
const BUTTON: u64 = 2;
const STRING_SELECT: u64 = 3;
const TEXT_INPUT: u64 = 4;
const LABEL: u64 = 18;
/// Most components of a message made of components alone.
const MOST_V2: usize = 40;

/// Components of a message.
pub(super) fn of_message(components: &Value, v2: bool, faults: &mut FormFaults) {
    let Some(list) = components.as_array() else {
        return;
    };
    let mut seen = HashSet::new();
    if v2 {
        if list.iter().map(count).sum::<usize>() > MOST_V2 {
            faults.too_long("components", MOST_V2);
        }
        for (n, component) in list.iter().enumerate() {
            tree(&format!("components.{n}"), component, &mut seen, faults);
        }
        return;
    }
    if list.len() > 5 {
        faults.too_long("components", 5);
    }
    for (n, component) in list.iter().enumerate() {
        let at = format!("components.{n}");
        if component["type"].as_u64() == Some(ROW) {
            tree(&at, component, &mut seen, faults);
        } else {
            let message = "Value of field \"type\" must be one of (1,).";
            faults.add(&format!("{at}.type"), "UNION_TYPE_CHOICES", message);
        }
    }
}

/// A form.
pub(super) fn modal(data: &Value, faults: &mut FormFaults) {
    required_text("data.title", &data["title"], 45, faults);
    required_text("data.custom_id", &data["custom_id"], 100, faults);
    let list = data["components"].as_array().map_or(&[][..], Vec::as_slice);
    if !(1..=5).contains(&list.len()) {
        faults.add(
            "data.components",
            "BASE_TYPE_BAD_LENGTH",
            "Must be between 1 and 5 in length.",
        );
    }
    let mut seen = HashSet::new();
    for (n, component) in list.iter().enumerate() {
        let at = format!("data.components.{n}");
        match component["type"].as_u64() {
            Some(ROW) => {
                let input = &component["components"][0];
                if input["type"].as_u64() != Some(TEXT_INPUT) {
                    faults.add(
                        &format!("{at}.components.0.type"),
                        "UNION_TYPE_CHOICES",
                        "Value of field \"type\" must be one of (4,).",
                    );
                }
                let at = format!("{at}.components.0");
                required_text(&format!("{at}.label"), &input["label"], 45, faults);
                text_input(&at, input, &mut seen, faults);
            }
            Some(LABEL) => {
                required_text(&format!("{at}.label"), &component["label"], 45, faults);
                faults.length(
                    &format!("{at}.description"),
                    &component["description"],
                    0,
                    100,
                );
                let at = format!("{at}.component");
                let inner = &component["component"];
                if inner["type"].as_u64() == Some(TEXT_INPUT) {
                    text_input(&at, inner, &mut seen, faults);
                } else {
                    select(&at, inner, &mut seen, faults);
                }
            }
            Some(10) => {}
            _ => faults.add(
                &format!("{at}.type"),
                "UNION_TYPE_CHOICES",
                "Value of field \"type\" must be one of (1, 10, 18).",
            ),
        }
    }
}

fn text_input(at: &str, input: &Value, seen: &mut HashSet<String>, faults: &mut FormFaults) {
    custom_id(at, input, seen, faults);
    faults.length(&format!("{at}.placeholder"), &input["placeholder"], 0, 100);
    faults.length(&format!("{at}.value"), &input["value"], 0, 4000);
    if !matches!(input["style"].as_u64(), Some(1 | 2)) {
        faults.add(
            &format!("{at}.style"),
            "BASE_TYPE_CHOICES",
            "Value must be one of {1, 2}.",
        );
    }
}

fn tree(at: &str, component: &Value, seen: &mut HashSet<String>, faults: &mut FormFaults) {
    let children = component["components"].as_array();
    match component["type"].as_u64() {
        Some(ROW) => row(at, children.map_or(&[][..], Vec::as_slice), seen, faults),
        Some(BUTTON) => button(at, component, seen, faults),
        Some(3 | 5..=8) => select(at, component, seen, faults),
        Some(9 | 17) => {
            for (n, child) in children.into_iter().flatten().enumerate() {
                tree(&format!("{at}.components.{n}"), child, seen, faults);
            }
            if component["accessory"].is_object() {
                tree(
                    &format!("{at}.accessory"),
                    &component["accessory"],
                    seen,
                    faults,
                );
            }
        }
        Some(10) => required_text(
            &format!("{at}.content"),
            &component["content"],
            4000,
            faults,
        ),
        Some(11..=14) => {}
        _ => faults.add(
            &format!("{at}.type"),
            "UNION_TYPE_CHOICES",
            "Value of field \"type\" is unknown.",
        ),
    }
}

fn row(at: &str, children: &[Value], seen: &mut HashSet<String>, faults: &mut FormFaults) {
    let buttons = children
        .iter()
        .filter(|c| c["type"].as_u64() == Some(BUTTON))
        .count();
    let fits = if buttons == children.len() {
        (1..=5).contains(&buttons)
    } else {
        children.len() == 1
    };
    if !fits {
        faults.add(
            &format!("{at}.components"),
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            "A row holds one to five buttons, or one select menu.",
        );
    }
    for (n, child) in children.iter().enumerate() {
        let at = format!("{at}.components.{n}");
        match child["type"].as_u64() {
            Some(BUTTON) => button(&at, child, seen, faults),
            Some(3 | 5..=8) => select(&at, child, seen, faults),
            _ => faults.add(
                &format!("{at}.type"),
                "UNION_TYPE_CHOICES",
                "Value of field \"type\" must be one of (2, 3, 5, 6, 7, 8).",
            ),
        }
    }
}

fn button(at: &str, button: &Value, seen: &mut HashSet<String>, faults: &mut FormFaults) {
    faults.length(&format!("{at}.label"), &button["label"], 0, 80);
    let style = button["style"].as_u64();
    let named =
        button["label"].as_str().is_some_and(|l| !l.is_empty()) || button["emoji"].is_object();
    match style {
        Some(5) if button["url"].is_null() => faults.required(&format!("{at}.url")),
        Some(5) if !button["custom_id"].is_null() => faults.add(
            at,
            "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
            "A custom id and url cannot both be specified",
        ),
        Some(5 | 6) => {}
        Some(1..=4) => custom_id(at, button, seen, faults),
        _ => faults.add(
            &format!("{at}.style"),
            "BASE_TYPE_CHOICES",
            "Value must be one of {1, 2, 3, 4, 5, 6}.",
        ),
    }
    if !named && style != Some(6) {
        faults.add(
            at,
            "BUTTON_COMPONENT_INVALID_LABEL_AND_EMOJI",
            "Either a label or an emoji is required.",
        );
    }
}

fn select(at: &str, select: &Value, seen: &mut HashSet<String>, faults: &mut FormFaults) {
    custom_id(at, select, seen, faults);
    faults.length(&format!("{at}.placeholder"), &select["placeholder"], 0, 150);
    if select["type"].as_u64() != Some(STRING_SELECT) {
        return;
    }
    let options = select["options"].as_array().map_or(&[][..], Vec::as_slice);
    if !(1..=25).contains(&options.len()) {
        faults.add(
            &format!("{at}.options"),
            "BASE_TYPE_BAD_LENGTH",
            "Must be between 1 and 25 in length.",
        );
    }
    let mut values = HashSet::new();
    for (n, option) in options.iter().enumerate() {
        let at = format!("{at}.options.{n}");
        required_text(&format!("{at}.label"), &option["label"], 100, faults);
        required_text(&format!("{at}.value"), &option["value"], 100, faults);
        faults.length(&format!("{at}.description"), &option["description"], 0, 100);
        if !values.insert(option["value"].as_str()) {
            faults.add(
                &format!("{at}.value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            );
        }
    }
}

fn custom_id(at: &str, component: &Value, seen: &mut HashSet<String>, faults: &mut FormFaults) {
    let at = format!("{at}.custom_id");
    required_text(&at, &component["custom_id"], 100, faults);
    if let Some(id) = component["custom_id"].as_str()
        && !seen.insert(id.to_owned())
    {
        faults.add(
            &at,
            "COMPONENT_CUSTOM_ID_DUPLICATED",
            "Component custom id cannot be duplicated",
        );
    }
}

pub(super) fn required_text(at: &str, value: &Value, max: usize, faults: &mut FormFaults) {
    match value.as_str() {
        None => faults.required(at),
        Some(_) => faults.length(at, value, 1, max),
    }
}

fn count(component: &Value) -> usize {
    let children = component["components"].as_array().into_iter().flatten();
    let accessory = usize::from(component["accessory"].is_object());
    1 + accessory + children.map(count).sum::<usize>()
}
