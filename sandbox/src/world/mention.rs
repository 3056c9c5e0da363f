//! Who is pinged by a text: its mentions, cut down to what `allowed_mentions` lets through.

use serde_json::Value;

use crate::snowflake::Snowflake;

/// Mentions written in a text.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Written {
    pub(crate) everyone: bool,
    pub(crate) users: Vec<Snowflake>,
    pub(crate) roles: Vec<Snowflake>,
}

impl Written {
    pub(crate) fn read(text: &str) -> Self {
        let mut found = Self {
            everyone: text.contains("@everyone") || text.contains("@here"),
            ..Self::default()
        };
        for part in text.split("<@").skip(1) {
            let Some((inside, _)) = part.split_once('>') else {
                continue;
            };
            let (list, digits) = match inside.strip_prefix('&') {
                Some(digits) => (&mut found.roles, digits),
                None => (&mut found.users, inside.strip_prefix('!').unwrap_or(inside)),
            };
            if let Ok(id) = digits.parse()
                && !list.contains(&id)
            {
                list.push(id);
            }
        }
        found
    }

    /// Keeps what `allowed_mentions` allows; without one everything is allowed.
    pub(crate) fn allowed_by(mut self, allowed: Option<&Value>) -> Self {
        let Some(allowed) = allowed else { return self };
        let parsed = |kind: &str| {
            allowed["parse"]
                .as_array()
                .is_some_and(|list| list.iter().any(|v| v == kind))
        };
        let named = |kind: &str, id: &Snowflake| {
            allowed[kind]
                .as_array()
                .is_some_and(|list| list.iter().any(|v| v.as_str() == Some(&id.to_string())))
        };
        self.everyone &= parsed("everyone");
        self.users
            .retain(|id| parsed("users") || named("users", id));
        self.roles
            .retain(|id| parsed("roles") || named("roles", id));
        self
    }
}

/// Whether a reply pings the one it answers.
pub(crate) fn pings_replied_user(allowed: Option<&Value>) -> bool {
    allowed.is_none_or(|allowed| allowed["replied_user"].as_bool().unwrap_or(false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TEXT: &str = "<@1> <@!2> <@&3> @everyone <@1>";

    #[test]
    fn mentions_are_found_once_each() {
        let found = Written::read(TEXT);
        assert_eq!(found.users, [Snowflake(1), Snowflake(2)]);
        assert_eq!(found.roles, [Snowflake(3)]);
        assert!(found.everyone);
    }

    #[test]
    fn an_empty_parse_list_pings_nobody_but_the_named() {
        let allowed = json!({"parse": [], "users": ["2"]});
        let found = Written::read(TEXT).allowed_by(Some(&allowed));
        assert_eq!(found.users, [Snowflake(2)]);
        assert!(found.roles.is_empty() && !found.everyone);
    }
}
