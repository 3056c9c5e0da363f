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
