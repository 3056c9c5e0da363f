//! A guild's times as people write them in a line: `update 30m, commander 10m,
//! silence 15m, open 4h, postmortem 5 days`. What is not named is off.

use std::ops::RangeInclusive;

use chrono::TimeDelta;

use super::policy::{ReminderPolicy, ReminderTimes};
use super::quiet::QuietHours;
use crate::incident::human_time;
use crate::incident::severity::Severity;

/// The names of what a line may hold.
pub const TIMES: [&str; 5] = ["update", "commander", "silence", "open", "postmortem"];
/// The names of what the line about all severities may hold.
pub const REST: [&str; 3] = ["quiet", "loud", "actions"];

/// What is never.
const OFF: &str = "off";

/// What of a line cannot be taken, as it was typed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum NotTaken {
    /// A part begins with none of the names.
    Name(String),
    /// A name stands there twice.
    Twice(&'static str),
    /// No time to wait, or too short or too long.
    Wait(String),
    /// No number of days, or too few or too many.
    Days(String),
    /// No hours.
    Hours(String),
    /// No severity.
    Severity(String),
    /// Neither on nor off.
    Switch(String),
}

/// The minutes of a time to wait that may be chosen.
#[must_use]
pub fn minutes(typed: &str) -> Option<u32> {
    within(typed, 60, ReminderTimes::MINUTES)
}

/// The days of a time that may be chosen for a postmortem.
#[must_use]
pub fn days(typed: &str) -> Option<u32> {
    within(typed, 24 * 60 * 60, ReminderTimes::DAYS)
}

fn within(typed: &str, seconds: i64, range: RangeInclusive<u32>) -> Option<u32> {
    let length = human_time::parse_duration(typed).ok()?;
    let count = u32::try_from(length.num_seconds() / seconds).ok()?;
    range.contains(&count).then_some(count)
}

impl ReminderPolicy {
    /// The times of a severity in a line; [`read_of`](Self::read_of) takes the same again.
    #[must_use]
    pub fn written_of(&self, severity: Severity) -> String {
        let times = self.of(severity);
        let wait = |name: &str, wait: Option<u32>| {
            let shown = wait.map(|wait| human_time::show_duration(TimeDelta::minutes(wait.into())));
            shown.map(|shown| format!("{name} {shown}"))
        };
        let days = times.postmortem.map(|days| match days {
            1 => "postmortem 1 day".to_owned(),
            days => format!("postmortem {days} days"),
        });
        let parts = [
            wait("update", times.update),
            wait("commander", times.commander),
            wait("silence", self.silence.of(severity)),
            wait("open", times.open),
            days,
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        match parts.is_empty() {
            true => OFF.to_owned(),
            false => parts.join(", "),
        }
    }

    /// Takes the times of a severity from such a line; an empty one, and `off`, is none.
    ///
    /// # Errors
    /// What of it cannot be taken, the first; nothing was taken.
    pub fn read_of(&mut self, severity: Severity, line: &str) -> Result<(), NotTaken> {
        let (mut times, mut silence) = (ReminderTimes::default(), None);
        let wait = |typed: &str| minutes(typed).ok_or_else(|| NotTaken::Wait(typed.to_owned()));
        for (name, typed) in parts(line, &TIMES)? {
            match name {
                "update" => times.update = unless_off(typed, wait)?,
                "commander" => times.commander = unless_off(typed, wait)?,
                "silence" => silence = unless_off(typed, wait)?,
                "open" => times.open = unless_off(typed, wait)?,
                _ => {
                    let read =
                        |typed: &str| days(typed).ok_or_else(|| NotTaken::Days(typed.to_owned()));
                    times.postmortem = unless_off(typed, read)?;
                }
            }
        }
        *self.of_mut(severity) = times;
        *self.silence.of_mut(severity) = silence;
        Ok(())
    }

    /// What holds for all severities, in a line.
    #[must_use]
    pub fn rest_written(&self) -> String {
        let quiet = self.quiet.map(|hours| format!("quiet {hours}"));
        let loud = self.loud.map(|loud| format!("loud {loud}"));
        let actions = match self.actions {
            true => "actions on",
            false => "actions off",
        };
        let parts = [quiet, loud, Some(actions.to_owned())];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// Takes what holds for all severities from such a line.
    ///
    /// # Errors
    /// What of it cannot be taken, the first; nothing was taken.
    pub fn read_rest(&mut self, line: &str) -> Result<(), NotTaken> {
        let mut read = Self {
            quiet: None,
            loud: None,
            actions: false,
            ..*self
        };
        for (name, typed) in parts(line, &REST)? {
            match name {
                "quiet" => {
                    let hours = |typed: &str| {
                        let hours: Result<QuietHours, _> = typed.parse();
                        hours.map_err(|_| NotTaken::Hours(typed.to_owned()))
                    };
                    read.quiet = unless_off(typed, hours)?;
                }
                "loud" => {
                    let severity = |typed: &str| {
                        let severity: Result<Severity, _> = typed.parse();
                        severity.map_err(|_| NotTaken::Severity(typed.to_owned()))
                    };
                    read.loud = unless_off(typed, severity)?;
                }
                _ => {
                    read.actions = match typed.to_lowercase().as_str() {
                        "on" | "yes" | "" => true,
                        OFF | "no" => false,
                        _ => return Err(NotTaken::Switch(typed.to_owned())),
                    };
                }
            }
        }
        *self = read;
        Ok(())
    }
}

fn unless_off<T>(
    typed: &str,
    read: impl Fn(&str) -> Result<T, NotTaken>,
) -> Result<Option<T>, NotTaken> {
    match typed.eq_ignore_ascii_case(OFF) {
        true => Ok(None),
        false => read(typed).map(Some),
    }
}

/// The parts of a line: a name each, and what stands after it.
fn parts<'a>(
    line: &'a str,
    names: &[&'static str],
) -> Result<Vec<(&'static str, &'a str)>, NotTaken> {
    let mut found: Vec<(&'static str, &str)> = Vec::new();
    let mut said = line.split([',', ';', '\n']).map(str::trim).peekable();
    if said.peek().is_some_and(|one| one.eq_ignore_ascii_case(OFF)) {
        said.next();
    }
    for part in said.filter(|part| !part.is_empty()) {
        let (typed, value) = part.split_once([' ', ':', '=']).unwrap_or((part, ""));
        let name = names.iter().find(|name| name.eq_ignore_ascii_case(typed));
        let name = *name.ok_or_else(|| NotTaken::Name(part.to_owned()))?;
        if found.iter().any(|(known, _)| *known == name) {
            return Err(NotTaken::Twice(name));
        }
        found.push((name, value.trim_start_matches([':', '=', ' ']).trim()));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;
    use proptest::prelude::*;

    use super::*;

    fn wait() -> impl Strategy<Value = Option<u32>> {
        prop::option::of(ReminderTimes::MINUTES)
    }

    fn times() -> impl Strategy<Value = ReminderPolicy> {
        let all = (
            wait(),
            wait(),
            wait(),
            wait(),
            prop::option::of(ReminderTimes::DAYS),
        );
        all.prop_map(|(update, commander, silence, open, postmortem)| {
            let mut policy = ReminderPolicy {
                sev2: ReminderTimes {
                    update,
                    commander,
                    open,
                    postmortem,
                },
                ..ReminderPolicy::default()
            };
            policy.silence.sev2 = silence;
            policy
        })
    }

    fn read(line: &str) -> Result<ReminderPolicy, NotTaken> {
        let mut policy = ReminderPolicy::default();
        policy.read_of(Severity::Sev2, line).map(|()| policy)
    }

    fn quiet() -> impl Strategy<Value = Option<QuietHours>> {
        prop::option::of(
            (0u32..24, 0u32..60, 1u32..1_440).prop_map(|(hour, minute, on)| {
                let from = NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
                let to = from + TimeDelta::minutes(on.into());
                QuietHours { from, to }
            }),
        )
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(times in times(), quiet in quiet(), loud in 0usize..5, actions: bool) {
            prop_assert_eq!(read(&times.written_of(Severity::Sev2)), Ok(times));
            let severities = [Severity::Sev1, Severity::Sev2, Severity::Sev3, Severity::Sev4];
            let policy = ReminderPolicy { quiet, loud: severities.get(loud).copied(), actions, ..ReminderPolicy::default() };
            let mut read = ReminderPolicy::default();
            prop_assert_eq!(read.read_rest(&policy.rest_written()), Ok(()));
            prop_assert_eq!(read, policy);
        }

        #[test]
        fn any_line_is_read_or_refused(line in "\\PC{0,80}") {
            let mut policy = ReminderPolicy::default();
            if policy.read_of(Severity::Sev1, &line).is_err() {
                prop_assert_eq!(policy, ReminderPolicy::default());
            }
            let mut policy = ReminderPolicy::default();
            if policy.read_rest(&line).is_err() {
                prop_assert_eq!(policy, ReminderPolicy::default());
            }
        }
    }

    #[test]
    fn people_write_it_as_they_like() {
        let written = |line: &str| read(line).map(|policy| policy.written_of(Severity::Sev2));
        let typed = "Update: 45 min; SILENCE 20m, OPEN = 2 hours, postmortem off,";
        let taken = Ok("update 45m, silence 20m, open 2h".to_owned());
        assert_eq!(written(typed), taken);
        let off = || Ok("off".to_owned());
        assert_eq!(written(" off "), off());
        assert_eq!(written(""), off(), "a line without silence switches it off");
        let not = |line: &str| read(line).unwrap_err();
        assert_eq!(not("30m"), NotTaken::Name("30m".to_owned()));
        assert_eq!(not("open soon"), NotTaken::Wait("soon".to_owned()));
        assert_eq!(not("silence 1m"), NotTaken::Wait("1m".to_owned()));
        assert_eq!(not("postmortem 2h"), NotTaken::Days("2h".to_owned()));
        assert_eq!(not("open 1h, open 2h"), NotTaken::Twice("open"));
    }
}
