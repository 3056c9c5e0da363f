//! When people are reminded, and what cannot be chosen of it.

use chrono::TimeDelta;

use crate::incident::reminder::ReminderTimes;
use crate::incident::{GuildSettings, Severity, TAKEOVER_AFTER, human_time};

use super::language::{say, word};
use super::{escape, name};

/// What a guild has chosen about reminders.
#[must_use]
pub fn policy(settings: &GuildSettings) -> String {
    let policy = &settings.reminders;
    let mut lines = vec![say!(
        "Scribe reminds, in the incident's channel:",
        "Scribe erinnert, im Kanal des Incidents:"
    )];
    for severity in [
        Severity::Sev1,
        Severity::Sev2,
        Severity::Sev3,
        Severity::Sev4,
    ] {
        let silence = policy.silence.of(severity);
        let times = times(policy.of(severity), silence);
        lines.push(format!("**{severity}**: {times}"));
    }
    let minutes = TAKEOVER_AFTER.num_minutes();
    lines.push(say!(
        "After as long without a word from the commander, {minutes}m where none is said, anybody may take over (`/incident handover`)",
        "Nach so langer Zeit ohne ein Wort vom Commander, {minutes}m wenn keine genannt ist, darf jeder übernehmen (`/incident handover`)"
    ));
    lines.push(say!(
        "News and postmortems that were promised: always, when they are late",
        "Versprochene Neuigkeiten und Postmortems: immer, wenn sie zu spät sind"
    ));
    lines.push(match policy.actions {
        true => say!(
            "Action items: their owners, from the morning they are due",
            "Aufgaben: wer sie übernommen hat, ab dem Morgen des Termins"
        ),
        false => say!("Action items: off", "Aufgaben: aus"),
    });
    let zone = settings.zone;
    lines.push(match (policy.quiet, policy.loud) {
        (None, _) => say!("Quiet hours: none", "Ruhezeiten: keine"),
        (Some(hours), None) => say!("Quiet hours: {hours} {zone}", "Ruhezeiten: {hours} {zone}"),
        (Some(hours), Some(loud)) => say!(
            "Quiet hours: {hours} {zone}, but not while a {loud} or worse is open",
            "Ruhezeiten: {hours} {zone}, aber nicht, solange ein {loud} oder Schlimmeres offen ist"
        ),
    });
    lines.push(say!(
        "-# It is said again at growing distances, can be put off by button, and ends when its reason does.",
        "-# Jede kommt in wachsenden Abständen wieder, lässt sich per Knopf verschieben und endet mit ihrem Grund."
    ));
    lines.join("\n")
}

fn times(times: ReminderTimes, silence: Option<u32>) -> String {
    let minutes = |minutes: u32| human_time::show_duration(TimeDelta::minutes(minutes.into()));
    let parts = [
        times.update.map(|wait| {
            let wait = minutes(wait);
            say!("no update for {wait}", "kein Update seit {wait}")
        }),
        times.commander.map(|wait| {
            let wait = minutes(wait);
            say!("no commander for {wait}", "kein Commander seit {wait}")
        }),
        silence.map(|wait| {
            let wait = minutes(wait);
            say!(
                "no word from the commander for {wait}",
                "kein Wort vom Commander seit {wait}"
            )
        }),
        times.open.map(|wait| {
            let wait = minutes(wait);
            say!("open for {wait}", "offen seit {wait}")
        }),
        times.postmortem.map(|days| match days {
            1 => say!("no postmortem 1 day after", "kein Postmortem nach 1 Tag"),
            days => say!(
                "no postmortem {days} days after",
                "kein Postmortem nach {days} Tagen"
            ),
        }),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    match parts.is_empty() {
        true => word!("off", "aus").to_owned(),
        false => name::list(&parts),
    }
}

/// Times were given, but not for which severity.
#[must_use]
pub fn severity_is_missing() -> String {
    say!(
        "Say of which incidents these times are: add `severity`. Nothing was changed.",
        "Sag, für welche Incidents diese Zeiten gelten: Gib `severity` dazu. Es wurde nichts geändert."
    )
}

/// What was typed is no time to wait, or too short or too long.
#[must_use]
pub fn no_such_wait(typed: &str) -> String {
    let (least, most) = ReminderTimes::MINUTES.into_inner();
    say!(
        "`{typed}` is no time I can wait. Write one from {least} minutes to {days} days, such as `30m` or `2h`, or `off`. Nothing was changed.",
        "`{typed}` ist keine Zeit, die ich warten kann. Schreib eine von {least} Minuten bis {days} Tagen, etwa `30m` oder `2h`, oder `off`. Es wurde nichts geändert.",
        typed = code(typed),
        days = most / (24 * 60)
    )
}

/// What was typed is no number of days, or too few or too many.
#[must_use]
pub fn no_such_days(typed: &str) -> String {
    let (least, most) = ReminderTimes::DAYS.into_inner();
    say!(
        "`{typed}` is no time for a postmortem. Write {least} to {most} days, such as `5 days` or `1 week`, or `off`. Nothing was changed.",
        "`{typed}` ist keine Frist für ein Postmortem. Schreib {least} bis {most} Tage, etwa `5 days` oder `1 week`, oder `off`. Es wurde nichts geändert.",
        typed = code(typed)
    )
}

/// What was typed is no hours.
#[must_use]
pub fn no_such_hours(typed: &str) -> String {
    say!(
        "`{typed}` is no time of the day to another. Write them like `22:00-07:00`, or `off`. Nothing was changed.",
        "`{typed}` ist keine Uhrzeit bis zu einer anderen. Schreib sie wie `22:00-07:00`, oder `off`. Es wurde nichts geändert.",
        typed = code(typed)
    )
}

fn code(typed: &str) -> String {
    escape::code(&escape::short(typed, 50))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    #[test]
    fn what_holds_where_nobody_chose() {
        assert_snapshot!(policy(&GuildSettings::default()), @r"
            Scribe reminds, in the incident's channel:
            **SEV1**: no update for 30m, no commander for 10m, no word from the commander for 15m, open for 4h and no postmortem 5 days after
            **SEV2**: no update for 1h, no commander for 15m, no word from the commander for 15m, open for 8h and no postmortem 7 days after
            **SEV3**: no update for 4h and open for 3d
            **SEV4**: off
            After as long without a word from the commander, 15m where none is said, anybody may take over (`/incident handover`)
            News and postmortems that were promised: always, when they are late
            Action items: their owners, from the morning they are due
            Quiet hours: none
            -# It is said again at growing distances, can be put off by button, and ends when its reason does.
        ");
    }

    #[test]
    fn quiet_hours_and_times_that_are_off() {
        let mut settings = GuildSettings {
            zone: chrono_tz::Europe::Berlin,
            ..GuildSettings::default()
        };
        settings.reminders.sev1 = ReminderTimes {
            update: Some(90),
            ..ReminderTimes::default()
        };
        settings.reminders.actions = false;
        settings.reminders.quiet = Some("22-7".parse().unwrap());
        settings.reminders.loud = Some(Severity::Sev2);
        assert_snapshot!(policy(&settings), @r"
            Scribe reminds, in the incident's channel:
            **SEV1**: no update for 1h 30m and no word from the commander for 15m
            **SEV2**: no update for 1h, no commander for 15m, no word from the commander for 15m, open for 8h and no postmortem 7 days after
            **SEV3**: no update for 4h and open for 3d
            **SEV4**: off
            After as long without a word from the commander, 15m where none is said, anybody may take over (`/incident handover`)
            News and postmortems that were promised: always, when they are late
            Action items: off
            Quiet hours: 22:00-07:00 Europe/Berlin, but not while a SEV2 or worse is open
            -# It is said again at growing distances, can be put off by button, and ends when its reason does.
        ");
    }
}
