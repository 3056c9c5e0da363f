//! What people are reminded of, and who.

use chrono::{DateTime, Utc};

use crate::incident::promise::Promised;
use crate::incident::reminder::{Due, Why};
use crate::incident::{ActionItem, Incident};

use super::escape;
use super::language::{say, word};
use super::speech::{discord_day_and_time, discord_time};

/// The longest text of an action item in a reminder, in characters.
const QUOTED: usize = 1_000;

/// A reminder, one message. It says the same at each try.
#[must_use]
pub fn reminder(incident: &Incident, due: &Due) -> String {
    let number = incident.key.number;
    let asked = due.asks.as_ref();
    let call = asked.map_or(String::new(), |who| format!("<@{}> ", who.id));
    let said = match due.why {
        Why::NoUpdate { since } => say!(
            "no update of {number} since {since}. Even “still looking” helps those who wait.",
            "seit {since} kein Update zu {number}. Auch „wir suchen noch“ hilft denen, die warten.",
            since = ago(since, due.at)
        ),
        Why::PromisePassed { promised, what } => {
            let when = ago(promised, due.at);
            match what {
                Promised::Update => say!(
                    "the next update of {number} was promised for {when}. Say how it stands, and when you will say more.",
                    "das nächste Update zu {number} war für {when} versprochen. Sag, wie es steht und wann du mehr sagst."
                ),
                _ => say!(
                    "the end of {number} was announced for {when}. Say how it stands, and when you will say more.",
                    "das Ende von {number} war für {when} angekündigt. Sag, wie es steht und wann du mehr sagst."
                ),
            }
        }
        Why::NoCommander { since } => say!(
            "nobody leads {number}, open since {since}. Who takes command?",
            "{number} führt niemand, offen seit {since}. Wer übernimmt das Kommando?",
            since = ago(since, due.at)
        ),
        Why::Silent { since } => say!(
            "no word from you in {number} since {since}, and you lead it. Say how it stands; by now anybody may take over.",
            "seit {since} kein Wort von dir in {number}, und du führst. Sag, wie es steht; inzwischen darf jeder übernehmen.",
            since = ago(since, due.at)
        ),
        Why::OpenLong { since } => say!(
            "{number} is open since {at} ({ago}). If it is over, resolve it with `/incident status`; if it lasts, `/incident severity` says how bad it still is.",
            "{number} ist offen seit {at} ({ago}). Ist er vorbei, schließ ihn mit `/incident status` ab; dauert er an, sagt `/incident severity`, wie schlimm er noch ist.",
            at = discord_day_and_time(since),
            ago = relative(since)
        ),
        Why::PostmortemDue { due: day, promised } => {
            let when = on_its_day(day, due.at);
            if promised {
                say!(
                    "the postmortem of {number}, which was promised, {when}.",
                    "das versprochene Postmortem zu {number} {when}."
                )
            } else {
                say!(
                    "the postmortem of {number} {when}.",
                    "das Postmortem zu {number} {when}."
                )
            }
        }
        Why::ActionDue { due: day } => action(incident, due, day),
    };
    let said = match asked {
        Some(_) => said,
        None => capital(&said),
    };
    format!("⏰ {call}{said}")
}

fn action(incident: &Incident, due: &Due, day: DateTime<Utc>) -> String {
    let number = incident.key.number;
    let when = on_its_day(day, due.at);
    let wanted = |action: &&ActionItem| {
        crate::incident::reminder::Reminder::Action(action.number) == due.reminder
    };
    let Some(action) = incident.actions.iter().find(wanted) else {
        return say!(
            "an action item of {number} {when}.",
            "eine Aufgabe aus {number} {when}."
        );
    };
    say!(
        "action item {place} of {number} {when}:\n{text}",
        "Aufgabe {place} aus {number} {when}:\n{text}",
        place = action.number,
        text = escape::short(&escape::quote(&action.text), QUOTED)
    )
}

/// `is due today` until its day is over, then since when it is due.
fn on_its_day(day: DateTime<Utc>, said: DateTime<Utc>) -> String {
    match said <= day {
        true => say!("is due today", "ist heute fällig"),
        false => say!(
            "was due <t:{at}:D> ({ago})",
            "war am <t:{at}:D> fällig ({ago})",
            at = day.timestamp(),
            ago = relative(day)
        ),
    }
}

/// `said` is when the sentence stands there.
fn ago(since: DateTime<Utc>, said: DateTime<Utc>) -> String {
    format!("{} ({})", discord_time(since, said), relative(since))
}

/// A moment that Discord counts from the present: `32 minutes ago`.
fn relative(at: DateTime<Utc>) -> String {
    format!("<t:{}:R>", at.timestamp())
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

/// On the button that opens the form of an update.
#[must_use]
pub fn button_update() -> &'static str {
    word!("Post update", "Update posten")
}

/// On the button that makes whoever presses it the commander.
#[must_use]
pub fn button_command() -> &'static str {
    word!("Take command", "Kommando übernehmen")
}

/// On the button that takes command from somebody who is silent.
#[must_use]
pub fn button_take_over() -> &'static str {
    word!("Take over", "Übernehmen")
}

/// On the button that opens the form of the postmortem's summary.
#[must_use]
pub fn button_write() -> &'static str {
    word!("Write the summary", "Zusammenfassung schreiben")
}

/// On the button that says that an action item is done.
#[must_use]
pub fn button_done() -> &'static str {
    word!("Done", "Erledigt")
}

/// On the buttons that put a reminder off.
#[must_use]
pub fn button_half_an_hour() -> &'static str {
    word!("Snooze 30 min", "In 30 min")
}

/// On the buttons that put a reminder off.
#[must_use]
pub fn button_two_hours() -> &'static str {
    word!("Snooze 2 h", "In 2 h")
}

/// On the buttons that put a reminder off.
#[must_use]
pub fn button_tomorrow() -> &'static str {
    word!("Tomorrow", "Morgen")
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use insta::assert_snapshot;

    use super::*;
    use crate::incident::random_log::KEY;
    use crate::incident::reminder;
    use crate::incident::{
        Actor, Command, Context, GuildSettings, Open, Person, Role, Severity, Status, UserId,
        decide,
    };

    /// What is said of a SEV1 some minutes after what happened in it.
    fn said(happened: Vec<Command>, minutes: i64) -> String {
        let now: DateTime<Utc> = "2026-07-09T03:00:00Z".parse().unwrap();
        let context = Context {
            actor: Actor::Scribe,
            now,
            origin: None,
        };
        let open = Command::Open(Open::new("API is down", Severity::Sev1));
        let mut state: Option<Incident> = None;
        for command in std::iter::once(open).chain(happened) {
            for entry in decide(state.as_ref(), command, &context).unwrap() {
                state = Some(Incident::evolve(KEY, state, &entry).unwrap());
            }
        }
        let incident = state.unwrap();
        let due = reminder::due(
            &incident,
            &GuildSettings::default(),
            now + TimeDelta::minutes(minutes),
        );
        let said: Vec<String> = due.iter().map(|one| reminder(&incident, one)).collect();
        said.join("\n").replace('\u{200b}', "<zero width>")
    }

    fn ana() -> Person {
        Person {
            id: UserId(7),
            name: "ana".to_owned(),
            bot: false,
        }
    }

    #[test]
    fn an_open_incident() {
        assert_snapshot!(said(Vec::new(), 300), @r"
            ⏰ No update of INC-42 since <t:1783566000:t> (<t:1783566000:R>). Even “still looking” helps those who wait.
            ⏰ Nobody leads INC-42, open since <t:1783566000:t> (<t:1783566000:R>). Who takes command?
            ⏰ INC-42 is open since <t:1783566000:f> (<t:1783566000:R>). If it is over, resolve it with `/incident status`; if it lasts, `/incident severity` says how bad it still is.
        ");
        let leads = Command::GiveRole {
            role: Role::commander(),
            to: ana(),
        };
        let promised = Command::Update {
            message: "Next update in 30 minutes".to_owned(),
            at: None,
        };
        assert_snapshot!(said(vec![leads, promised], 300), @r"
            ⏰ <@7> the next update of INC-42 was promised for <t:1783567800:t> (<t:1783567800:R>). Say how it stands, and when you will say more.
            ⏰ <@7> INC-42 is open since <t:1783566000:f> (<t:1783566000:R>). If it is over, resolve it with `/incident status`; if it lasts, `/incident severity` says how bad it still is.
        ");
    }

    #[test]
    fn what_is_owed_after_it() {
        let add = Command::AddAction {
            text: "renew *all* certificates @everyone".to_owned(),
            owner: Some(ana()),
            due: Some("2026-07-13T23:59:59Z".parse().unwrap()),
        };
        let resolved = Command::SetStatus {
            to: Status::Resolved,
            message: Some("A postmortem will follow.".to_owned()),
            at: None,
        };
        let all = vec![add, resolved];
        assert_snapshot!(said(all.clone(), 4 * 24 * 60 + 400), @r"
            ⏰ <@7> action item 1 of INC-42 is due today:
            > renew \*all\* certificates @<zero width>everyone
        ");
        assert_snapshot!(said(all, 6 * 24 * 60 + 400), @r"
            ⏰ The postmortem of INC-42, which was promised, was due <t:1784073599:D> (<t:1784073599:R>).
            ⏰ <@7> action item 1 of INC-42 was due <t:1783987199:D> (<t:1783987199:R>):
            > renew \*all\* certificates @<zero width>everyone
        ");
    }
}
