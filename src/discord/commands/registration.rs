//! Telling Discord which commands there are.

use poise::serenity_prelude as serenity;
use serde_json::Value;

use super::all;

/// Registers the commands for all guilds, in one request, and only where they
/// are not what Discord has: each registration of a new command counts against
/// 200 a day.
///
/// # Errors
/// Discord did not take them.
pub(crate) async fn register(http: &serenity::Http) -> serenity::Result<()> {
    let ours = poise::builtins::create_application_commands(&all());
    if has(http, &ours).await? {
        tracing::debug!("Discord has these {} commands already", ours.len());
        return Ok(());
    }
    http.create_global_commands(&ours).await?;
    tracing::info!("told Discord of {} commands", ours.len());
    Ok(())
}

/// Whether Discord shows people the commands of this version.
///
/// # Errors
/// Discord cannot be asked.
pub(crate) async fn is_current(http: &serenity::Http) -> serenity::Result<bool> {
    has(http, &poise::builtins::create_application_commands(&all())).await
}

async fn has(http: &serenity::Http, ours: &[serenity::CreateCommand]) -> serenity::Result<bool> {
    let theirs = http.get_global_commands().await?;
    let theirs: Vec<Value> = theirs
        .iter()
        .filter_map(|one| serde_json::to_value(one).ok())
        .collect();
    let wanted: Vec<Value> = ours
        .iter()
        .filter_map(|one| serde_json::to_value(one).ok())
        .collect();
    Ok(same(&wanted, &theirs))
}

fn same(wanted: &[Value], theirs: &[Value]) -> bool {
    wanted.len() == theirs.len()
        && wanted
            .iter()
            .all(|one| theirs.iter().any(|other| covers(other, one)))
}

/// Whether all that we say stands in what Discord says, which says more: ids,
/// versions, defaults. What is empty, false or zero with us may be missing there.
fn covers(theirs: &Value, ours: &Value) -> bool {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => {
            ours.iter().all(|(key, value)| match theirs.get(key) {
                Some(other) => covers(other, value) || (is_nothing(value) && is_nothing(other)),
                None => is_nothing(value),
            })
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(a, b)| covers(b, a))
        }
        (ours, theirs) => ours == theirs || (is_nothing(ours) && is_nothing(theirs)),
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(all) => all.is_empty(),
        Value::Object(all) => all.is_empty(),
        Value::Number(number) => number.as_u64() == Some(0),
        Value::Bool(true) => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// What is described: each object with a description or a value, below any.
    fn described(value: &Value, found: &mut Vec<Value>) {
        match value {
            Value::Object(fields) => {
                if fields.contains_key("description") || fields.contains_key("value") {
                    found.push(value.clone());
                }
                fields.values().for_each(|value| described(value, found));
            }
            Value::Array(all) => all.iter().for_each(|value| described(value, found)),
            _ => {}
        }
    }

    fn registered() -> Vec<Value> {
        let commands = poise::builtins::create_application_commands(&all());
        let commands = commands.iter().map(serde_json::to_value);
        commands.collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn every_description_and_choice_is_there_in_german() {
        let mut found = Vec::new();
        registered()
            .iter()
            .for_each(|one| described(one, &mut found));
        let mut known = Vec::new();
        for one in &found {
            let choice = one.get("value").is_some();
            let (text, texts) = match choice {
                true => ("name", "name_localizations"),
                false => ("description", "description_localizations"),
            };
            let english = one[text].as_str().unwrap_or_default();
            if english.is_empty() {
                continue;
            }
            let german = one[texts]["de"].as_str();
            let german = german.unwrap_or_else(|| panic!("{english:?} has no German"));
            assert!(german.chars().count() <= 100, "{german:?} is too long");
            known.push(english.to_owned());
        }
        assert!(known.len() > 150, "only {} were looked at", known.len());
        let table = crate::words::command::DESCRIPTIONS;
        for (english, _) in table.iter().chain(crate::words::command::CHOICES) {
            assert!(
                known.iter().any(|one| one == english),
                "{english:?} is nowhere"
            );
        }
    }

    #[test]
    fn each_command_keeps_to_what_discord_takes_of_one() {
        let longest = |one: &Value, text: &str| {
            let own = one[text].as_str().map_or(0, |text| text.chars().count());
            let german = one[format!("{text}_localizations")]["de"].as_str();
            own.max(german.map_or(0, |text| text.chars().count()))
        };
        for command in registered() {
            let mut parts = Vec::new();
            described(&command, &mut parts);
            let length: usize = parts
                .iter()
                .map(|one| {
                    let value = one["value"].as_str().map_or(0, |text| text.chars().count());
                    longest(one, "name") + longest(one, "description") + value
                })
                .sum();
            assert!(length <= 8_000, "{}: {length}", command["name"]);
        }
    }

    #[test]
    fn what_discord_adds_is_no_change_and_a_changed_description_is() {
        let ours = [json!({"name": "a", "description": "x", "options": [], "nsfw": false})];
        let theirs =
            [json!({"id": "1", "version": "2", "name": "a", "description": "x", "options": null})];
        assert!(same(&ours, &theirs));
        let changed = [json!({"name": "a", "description": "y", "options": []})];
        assert!(!same(&changed, &theirs));
        assert!(!same(&ours, &[]));
    }
}
