//! People, bots and webhooks that speak.

use serde_json::{Value, json};

use crate::snowflake::Snowflake;

/// An account.
#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) id: Snowflake,
    pub(crate) name: String,
    pub(crate) bot: bool,
    /// The language of their client, such as `de`.
    pub(crate) locale: String,
}

/// The language of a client and of a guild where nobody chose another.
pub(crate) const LOCALE: &str = "en-US";

impl User {
    /// The user object as REST and gateway send it.
    pub(crate) fn json(&self) -> Value {
        json!({
            "id": self.id,
            "username": self.name,
            "discriminator": if self.bot { "0001" } else { "0" },
            "global_name": if self.bot { Value::Null } else { json!(capitalised(&self.name)) },
            "avatar": null,
            "banner": null,
            "accent_color": null,
            "avatar_decoration_data": null,
            "collectibles": null,
            "primary_guild": null,
            "public_flags": 0,
            "flags": 0,
            "bot": self.bot,
            "system": false,
        })
    }

    /// The longer form that only the account itself is shown.
    pub(crate) fn own_json(&self) -> Value {
        let mut own = self.json();
        own["mfa_enabled"] = json!(true);
        own["locale"] = json!(self.locale);
        own["email"] = Value::Null;
        own["verified"] = json!(true);
        own["premium_type"] = json!(0);
        own
    }
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}
