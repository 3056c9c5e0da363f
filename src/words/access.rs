//! Who may do what, and what whoever may not is told.

use strum::IntoEnumIterator;

use crate::incident::access::{AccessPolicy, Allowed, Right};
use crate::incident::{GuildSettings, RoleId};

use super::{escape, name};

/// `open incidents`: what a right is for.
#[must_use]
pub fn right(right: Right) -> &'static str {
    match right {
        Right::Open => "open incidents",
        Right::Change => "change incidents",
        Right::Close => "close and reopen incidents",
        Right::Redact => "redact texts",
        Right::Publish => "publish postmortems",
        Right::SetUp => "set Scribe up",
    }
}

/// Somebody lacks a right that the guild gave to some roles: who has it. A
/// role without a name was deleted.
#[must_use]
pub fn refused(of: Right, roles: &[Option<String>]) -> String {
    let mut who: Vec<String> = roles.iter().flatten().map(|role| bold(role)).collect();
    let mut said = format!("You may not {} here, and nothing was recorded.", right(of));
    if who.is_empty() {
        said += " The roles that may were deleted.";
    } else {
        who = vec![format!("those who have the role {}", either(&who))];
    }
    if matches!(of, Right::Change | Right::Close) {
        who.push("the incident's commander".to_owned());
    }
    who.push("whoever may manage the server".to_owned());
    said += &format!(" It is for {}: ask one of them.", name::list(&who));
    if of == Right::Change {
        said += " What you write in the incident's channel is recorded all the same, and 📌 marks what matters.";
    }
    said
}

/// Who may do what, a line a right. `role` names a role; what it cannot name was deleted.
#[must_use]
pub fn policy(settings: &GuildSettings, role: impl Fn(RoleId) -> Option<String>) -> String {
    let mut lines = vec!["Who may, beyond what Discord's own settings of commands say:".to_owned()];
    for of in Right::iter() {
        lines.push(format!(
            "- {}: {}",
            right(of),
            who(&settings.access, of, &role)
        ));
    }
    lines.push(
        "-# Whoever may manage the server always may; an incident's commander may always change and close it. Whoever reads a message may mark it, and whoever has an action item may finish it."
            .to_owned(),
    );
    lines.join("\n")
}

/// The same in a line, for an answer that is about something else.
#[must_use]
pub fn in_short(settings: &GuildSettings, role: impl Fn(RoleId) -> Option<String>) -> String {
    let access = &settings.access;
    let kept = Right::iter().filter(|of| *access.of(*of) != Allowed::Usual);
    let kept: Vec<String> = kept
        .map(|of| format!("{}: {}", right(of), who(access, of, &role)))
        .collect();
    let how = "`/scribe permissions` says who may do what";
    match kept.is_empty() {
        true => format!("Who may do what: as usual ({how})"),
        false => escape::short(
            &format!("Who may do what: {} ({how})", kept.join("; ")),
            900,
        ),
    }
}

fn who(access: &AccessPolicy, of: Right, role: &impl Fn(RoleId) -> Option<String>) -> String {
    match (access.of(of), of) {
        (Allowed::Everybody, _) => "everybody".to_owned(),
        (Allowed::Roles(roles), _) => {
            let names = roles.iter().map(|one| {
                role(*one).map_or_else(|| "a role that was deleted".to_owned(), |one| bold(&one))
            });
            escape::short(&names.collect::<Vec<_>>().join(", "), 600)
        }
        (Allowed::Usual, Right::Open | Right::Change | Right::Close) => {
            "everybody (as usual)".to_owned()
        }
        (Allowed::Usual, Right::Redact) => "whoever may manage messages (as usual)".to_owned(),
        (Allowed::Usual, Right::Publish) => "the incident's commander (as usual)".to_owned(),
        (Allowed::Usual, Right::SetUp) => "whoever may manage the server (as usual)".to_owned(),
    }
}

/// A role or `usual` was given, but not for what.
#[must_use]
pub fn right_is_missing() -> String {
    "Say what they may do: add `what`. Nothing was changed.".to_owned()
}

/// A right that was given to a role does not show it the command.
#[must_use]
pub fn discord_hides_scribe() -> String {
    "-# Discord shows `/scribe` to those alone who may manage the server. To show it to them too: server settings, Integrations, Scribe, `/scribe`, add the role."
        .to_owned()
}

/// As many roles have the right as can be named.
#[must_use]
pub fn too_many_roles(most: usize) -> String {
    format!(
        "{most} roles have that right already. Take it from one first, or give these people one role. Nothing was changed."
    )
}

/// The role that was to lose a right does not have it.
#[must_use]
pub fn role_had_it_not(of: Right, role: &str) -> String {
    format!(
        "{} was not named for that ({}). Nothing was changed.",
        bold(role),
        right(of)
    )
}

/// A role that has a right was deleted.
#[must_use]
pub fn role_gone(of: Right) -> String {
    format!(
        "A role that may {} was deleted. Name another with `/scribe permissions what:{}`, or add `usual:True`.",
        right(of),
        of.to_string().replace('_', " ")
    )
}

fn bold(role: &str) -> String {
    format!("**{}**", escape::discord(&escape::short(role, 100)))
}

/// `a`, `a or b`, `a, b or c`.
fn either(names: &[String]) -> String {
    match names.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        _ => names.concat(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use insta::assert_snapshot;

    use super::*;

    #[test]
    fn a_refusal_says_who_may() {
        let roles = |names: &[&str]| -> Vec<Option<String>> {
            names.iter().map(|name| Some((*name).to_owned())).collect()
        };
        assert_snapshot!(refused(Right::Change, &roles(&["On-call", "@Leads"])), @"You may not change incidents here, and nothing was recorded. It is for those who have the role **On-call** or **@\u{200b}Leads**, the incident's commander and whoever may manage the server: ask one of them. What you write in the incident's channel is recorded all the same, and 📌 marks what matters.");
        assert_snapshot!(refused(Right::Open, &roles(&["On-call"])), @"You may not open incidents here, and nothing was recorded. It is for those who have the role **On-call** and whoever may manage the server: ask one of them.");
        assert_snapshot!(refused(Right::Close, &[None]), @"You may not close and reopen incidents here, and nothing was recorded. The roles that may were deleted. It is for the incident's commander and whoever may manage the server: ask one of them.");
    }

    #[test]
    fn who_may_is_listed() {
        let mut settings = GuildSettings::default();
        settings.access.redact = Allowed::Everybody;
        settings.access.change = Allowed::Roles(BTreeSet::from([RoleId(1), RoleId(2)]));
        let role = |role: RoleId| (role == RoleId(1)).then(|| "On-call".to_owned());
        assert_snapshot!(policy(&settings, role), @r"
        Who may, beyond what Discord's own settings of commands say:
        - open incidents: everybody (as usual)
        - change incidents: **On-call**, a role that was deleted
        - close and reopen incidents: everybody (as usual)
        - redact texts: everybody
        - publish postmortems: the incident's commander (as usual)
        - set Scribe up: whoever may manage the server (as usual)
        -# Whoever may manage the server always may; an incident's commander may always change and close it. Whoever reads a message may mark it, and whoever has an action item may finish it.
        ");
        assert_snapshot!(in_short(&settings, role), @"Who may do what: change incidents: **On-call**, a role that was deleted; redact texts: everybody (`/scribe permissions` says who may do what)");
        assert_snapshot!(in_short(&GuildSettings::default(), role), @"Who may do what: as usual (`/scribe permissions` says who may do what)");
    }
}
