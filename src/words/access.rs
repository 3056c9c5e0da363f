//! Who may do what, and what whoever may not is told.

use strum::IntoEnumIterator;

use crate::incident::access::{AccessPolicy, Allowed, Right};
use crate::incident::{GuildSettings, RoleId};

use super::language::{say, word};
use super::{escape, name};

/// `open incidents`: what a right is for.
#[must_use]
pub fn right(right: Right) -> &'static str {
    match right {
        Right::Open => word!("open incidents", "Incidents eröffnen"),
        Right::Change => word!("change incidents", "Incidents ändern"),
        Right::Close => word!(
            "close or reopen incidents",
            "Incidents abschließen oder wieder öffnen"
        ),
        Right::Redact => word!("redact texts", "Texte schwärzen"),
        Right::Publish => word!("publish postmortems", "Postmortems veröffentlichen"),
        Right::SetUp => word!("set Scribe up", "Scribe einrichten"),
    }
}

/// Somebody lacks a right that the guild gave to some roles: who has it. A
/// role without a name was deleted.
#[must_use]
pub fn refused(of: Right, roles: &[Option<String>]) -> String {
    let mut who: Vec<String> = roles.iter().flatten().map(|role| bold(role)).collect();
    let what = right(of);
    let mut said = say!(
        "You may not {what} here, and nothing was recorded.",
        "Das darfst du hier nicht ({what}), und nichts wurde aufgezeichnet."
    );
    if who.is_empty() {
        said += &say!(
            " The roles that may were deleted.",
            " Die Rollen, die es dürfen, wurden gelöscht."
        );
    } else {
        let roles = either(&who);
        who = vec![say!(
            "those who have the role {roles}",
            "alle mit der Rolle {roles}"
        )];
    }
    if matches!(of, Right::Change | Right::Close) {
        who.push(say!(
            "the incident's commander",
            "der Commander des Incidents"
        ));
    }
    who.push(say!(
        "whoever may manage the server",
        "wer den Server verwalten darf"
    ));
    let who = name::list(&who);
    said += &say!(
        " It is for {who}: ask one of them.",
        " Es dürfen {who}: Frag jemanden davon."
    );
    if of == Right::Change {
        said += &say!(
            " What you write in the incident's channel is recorded all the same, and 📌 marks what matters.",
            " Was du im Kanal des Incidents schreibst, wird trotzdem aufgezeichnet, und 📌 markiert Wichtiges."
        );
    }
    said
}

/// Who may do what, a line a right. `role` names a role; what it cannot name was deleted.
#[must_use]
pub fn policy(settings: &GuildSettings, role: impl Fn(RoleId) -> Option<String>) -> String {
    let mut lines = vec![say!(
        "Who may, beyond what Discord's own settings of commands say:",
        "Wer was darf, über Discords eigene Einstellungen der Befehle hinaus:"
    )];
    for of in Right::iter() {
        lines.push(format!(
            "- {}: {}",
            right(of),
            who(&settings.access, of, &role)
        ));
    }
    lines.push(say!(
        "-# Whoever may manage the server always may; an incident's commander may always change and close it. Whoever reads a message may mark it, and whoever has an action item may finish it.",
        "-# Wer den Server verwalten darf, darf immer; der Commander eines Incidents darf ihn immer ändern und abschließen. Wer eine Nachricht liest, darf sie markieren, und wer eine Aufgabe hat, sie erledigen."
    ));
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
    let how = say!(
        "`/scribe permissions` says who may do what",
        "`/scribe permissions` sagt, wer was darf"
    );
    let kept = kept.join("; ");
    match kept.is_empty() {
        true => say!(
            "Who may do what: as usual ({how})",
            "Wer was darf: wie üblich ({how})"
        ),
        false => escape::short(
            &say!(
                "Who may do what: {kept} ({how})",
                "Wer was darf: {kept} ({how})"
            ),
            900,
        ),
    }
}

fn who(access: &AccessPolicy, of: Right, role: &impl Fn(RoleId) -> Option<String>) -> String {
    match (access.of(of), of) {
        (Allowed::Everybody, _) => say!("everybody", "alle"),
        (Allowed::Roles(roles), _) => {
            let names = roles.iter().map(|one| {
                role(*one).map_or_else(
                    || say!("a role that was deleted", "eine gelöschte Rolle"),
                    |one| bold(&one),
                )
            });
            escape::short(&names.collect::<Vec<_>>().join(", "), 600)
        }
        (Allowed::Usual, Right::Open | Right::Change | Right::Close) => {
            say!("everybody (as usual)", "alle (wie üblich)")
        }
        (Allowed::Usual, Right::Redact) => say!(
            "whoever may manage messages (as usual)",
            "wer Nachrichten verwalten darf (wie üblich)"
        ),
        (Allowed::Usual, Right::Publish) => say!(
            "the incident's commander (as usual)",
            "der Commander des Incidents (wie üblich)"
        ),
        (Allowed::Usual, Right::SetUp) => say!(
            "whoever may manage the server (as usual)",
            "wer den Server verwalten darf (wie üblich)"
        ),
    }
}

/// A role or `usual` was given, but not for what.
#[must_use]
pub fn right_is_missing() -> String {
    say!(
        "Say what they may do: add `what`. Nothing was changed.",
        "Sag, was sie dürfen: Gib `what` dazu. Es wurde nichts geändert."
    )
}

/// A right that was given to a role does not show it the command.
#[must_use]
pub fn discord_hides_scribe() -> String {
    say!(
        "-# Discord shows `/scribe` to those alone who may manage the server. To show it to them too: server settings, Integrations, Scribe, `/scribe`, add the role.",
        "-# Discord zeigt `/scribe` nur denen, die den Server verwalten dürfen. Damit auch sie es sehen: Servereinstellungen, Integrationen, Scribe, `/scribe`, Rolle hinzufügen."
    )
}

/// As many roles have the right as can be named.
#[must_use]
pub fn too_many_roles(most: usize) -> String {
    say!(
        "{most} roles have that right already. Take it from one first, or give these people one role. Nothing was changed.",
        "{most} Rollen haben dieses Recht schon. Nimm es erst einer, oder gib diesen Leuten eine gemeinsame Rolle. Es wurde nichts geändert."
    )
}

/// The role that was to lose a right does not have it.
#[must_use]
pub fn role_had_it_not(of: Right, role: &str) -> String {
    say!(
        "{role} was not named for that ({what}). Nothing was changed.",
        "{role} war dafür nicht genannt ({what}). Es wurde nichts geändert.",
        role = bold(role),
        what = right(of)
    )
}

/// A role that has a right was deleted.
#[must_use]
pub fn role_gone(of: Right) -> String {
    say!(
        "A role that may {what} was deleted. Name another with `/scribe permissions what:{word}`, or add `usual:True`.",
        "Eine Rolle wurde gelöscht, die das darf: {what}. Nenne mit `/scribe permissions what:{word}` eine andere, oder gib `usual:True` dazu.",
        what = right(of),
        word = of.to_string().replace('_', " ")
    )
}

fn bold(role: &str) -> String {
    format!("**{}**", escape::discord(&escape::short(role, 100)))
}

/// `a`, `a or b`, `a, b or c`.
fn either(names: &[String]) -> String {
    match names.split_last() {
        Some((last, before)) if !before.is_empty() => {
            let before = before.join(", ");
            say!("{before} or {last}", "{before} oder {last}")
        }
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
        assert_snapshot!(refused(Right::Close, &[None]), @"You may not close or reopen incidents here, and nothing was recorded. The roles that may were deleted. It is for the incident's commander and whoever may manage the server: ask one of them.");
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
        - close or reopen incidents: everybody (as usual)
        - redact texts: everybody
        - publish postmortems: the incident's commander (as usual)
        - set Scribe up: whoever may manage the server (as usual)
        -# Whoever may manage the server always may; an incident's commander may always change and close it. Whoever reads a message may mark it, and whoever has an action item may finish it.
        ");
        assert_snapshot!(in_short(&settings, role), @"Who may do what: change incidents: **On-call**, a role that was deleted; redact texts: everybody (`/scribe permissions` says who may do what)");
        assert_snapshot!(in_short(&GuildSettings::default(), role), @"Who may do what: as usual (`/scribe permissions` says who may do what)");
    }
}
