//! The form of a guild's reminders, and what of it could not be taken.

use crate::incident::reminder::written::{NotTaken, REST, TIMES};
use crate::incident::{GuildSettings, Severity};

use super::language::{say, word};
use super::{escape, policy};

/// Over the form.
#[must_use]
pub fn heading() -> &'static str {
    word!("When people are reminded", "Wann erinnert wird")
}

/// On the button that opens it again.
#[must_use]
pub fn button() -> &'static str {
    word!("Open the form again", "Formular wieder öffnen")
}

/// The hint of the fields of the severities.
#[must_use]
pub fn times_hint() -> &'static str {
    word!(
        "update 30m, commander 10m, silence 15m, open 4h, postmortem 5 days; empty: off",
        "update 30m, commander 10m, silence 15m, open 4h, postmortem 5 days; leer: aus"
    )
}

/// The label of the field about all severities.
#[must_use]
pub fn rest_label() -> &'static str {
    word!(
        "All: quiet hours, loud from, action items",
        "Alle: Ruhezeiten, laut ab, Aufgaben"
    )
}

/// Its hint.
#[must_use]
pub fn rest_hint() -> &'static str {
    word!(
        "quiet 22:00-07:00, loud SEV1, actions on",
        "quiet 22:00-07:00, loud SEV1, actions on"
    )
}

/// The label of the field of a severity.
#[must_use]
pub fn label(severity: Severity) -> String {
    say!("{severity}: remind after", "{severity}: erinnern nach")
}

/// What of a line could not be taken, with what is accepted.
#[must_use]
pub fn not_taken(field: &str, not: &NotTaken) -> String {
    let why = match not {
        NotTaken::Wait(typed) => policy::no_such_wait(typed),
        NotTaken::Days(typed) => policy::no_such_days(typed),
        NotTaken::Hours(typed) => policy::no_such_hours(typed),
        NotTaken::Name(typed) => say!(
            "`{typed}` begins with none of the names I know here: {names}. Nothing was changed.",
            "`{typed}` beginnt mit keinem der Namen, die ich hier kenne: {names}. Es wurde nichts geändert.",
            typed = code(typed),
            names = names(field)
        ),
        NotTaken::Twice(name) => {
            say!(
                "`{name}` stands there twice. Nothing was changed.",
                "`{name}` steht zweimal da. Es wurde nichts geändert."
            )
        }
        NotTaken::Severity(typed) => say!(
            "`{typed}` is no severity; write SEV1, SEV2, SEV3 or SEV4, or `off`. Nothing was changed.",
            "`{typed}` ist kein Schweregrad; schreib SEV1, SEV2, SEV3 oder SEV4, oder `off`. Es wurde nichts geändert.",
            typed = code(typed)
        ),
        NotTaken::Switch(typed) => {
            say!(
                "`{typed}` is neither `on` nor `off`. Nothing was changed.",
                "`{typed}` ist weder `on` noch `off`. Es wurde nichts geändert.",
                typed = code(typed)
            )
        }
    };
    format!("{field}: {why}")
}

/// The settings changed while the form was being filled in.
#[must_use]
pub fn changed_meanwhile(settings: &GuildSettings) -> String {
    say!(
        "Somebody changed these times while you had the form before you, so nothing was changed. They are now:\n{now}",
        "Jemand hat diese Zeiten geändert, während du das Formular offen hattest; darum wurde nichts geändert. Jetzt gilt:\n{now}",
        now = policy::policy(settings)
    )
}

/// What was typed, kept in the answer so that the form can be opened again with
/// it; [`typed`] reads it.
#[must_use]
pub fn keeping(said: &str, fields: &[(String, String)]) -> String {
    let lines = fields
        .iter()
        .map(|(name, typed)| format!("{name}: {}", code(typed)));
    let kept = lines.collect::<Vec<_>>().join("\n");
    let said = escape::short(said, 1_900 - kept.chars().count().min(1_400));
    say!(
        "{said}\n-# What you typed is kept:\n{FENCE}\n{kept}\n{FENCE}",
        "{said}\n-# Was du getippt hast, bleibt:\n{FENCE}\n{kept}\n{FENCE}"
    )
}

/// What was typed into the form of an answer of [`keeping`], by the names of
/// its fields.
#[must_use]
pub fn typed(answer: &str) -> Vec<(String, String)> {
    let kept = answer.trim_end().strip_suffix(FENCE);
    let kept = kept.and_then(|kept| kept.rsplit_once(&format!("{FENCE}\n")));
    let lines = kept.map_or("", |(_, kept)| kept).lines();
    let lines = lines.filter_map(|line| line.split_once(':'));
    lines
        .map(|(name, typed)| (name.to_owned(), typed.trim().to_owned()))
        .collect()
}

const FENCE: &str = "```";

fn names(field: &str) -> String {
    let known: &[&str] = match field.starts_with("SEV") {
        true => &TIMES,
        false => &REST,
    };
    known.join(", ")
}

fn code(typed: &str) -> String {
    escape::code(&escape::short(typed, 200))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    #[test]
    fn what_was_typed_comes_back() {
        let fields = [
            ("SEV1".to_owned(), "update soon: `now`".to_owned()),
            ("SEV2".to_owned(), "off".to_owned()),
            ("all".to_owned(), "quiet 22-7, loud SEV1".to_owned()),
        ];
        let why = not_taken("SEV1", &NotTaken::Wait("soon: `now`".to_owned()));
        let said = keeping(&why, &fields);
        assert_snapshot!(said, @r"
        SEV1: `soon: 'now'` is no time I can wait. Write one from 5 minutes to 30 days, such as `30m` or `2h`, or `off`. Nothing was changed.
        -# What you typed is kept:
        ```
        SEV1: update soon: 'now'
        SEV2: off
        all: quiet 22-7, loud SEV1
        ```
        ");
        let mut back = fields;
        back[0].1 = "update soon: 'now'".to_owned();
        assert_eq!(typed(&said), back);
        assert_eq!(typed("nothing of ours"), []);
        let empty = [("SEV4".to_owned(), String::new())];
        assert_eq!(typed(&keeping("no", &empty)), empty);
    }

    #[test]
    fn what_is_accepted_is_said() {
        let not = |not| not_taken("all", &not);
        assert_snapshot!(not(NotTaken::Name("loudly SEV1".to_owned())), @"all: `loudly SEV1` begins with none of the names I know here: quiet, loud, actions. Nothing was changed.");
        assert_snapshot!(not(NotTaken::Severity("9".to_owned())), @"all: `9` is no severity; write SEV1, SEV2, SEV3 or SEV4, or `off`. Nothing was changed.");
        assert_snapshot!(not(NotTaken::Switch("perhaps".to_owned())), @"all: `perhaps` is neither `on` nor `off`. Nothing was changed.");
        assert_snapshot!(not(NotTaken::Twice("quiet")), @"all: `quiet` stands there twice. Nothing was changed.");
    }
}
