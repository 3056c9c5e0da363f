//! Which reminders are due.

use chrono::{DateTime, Days, TimeDelta, Utc};
use chrono_tz::Tz;

use super::Reminder;
use super::policy::ReminderTimes;
use super::quiet::QuietHours;
use super::schedule::{Schedule, morning};
use crate::incident::human_time::last_moment_of;
use crate::incident::person::Person;
use crate::incident::promise::Promised;
use crate::incident::role::Role;
use crate::incident::settings::GuildSettings;
use crate::incident::state::{ActionItem, Incident};
use crate::incident::status::Status;
use crate::incident::told::News;

/// For how long after its day people are reminded of what is due on a day;
/// after that the weekly summary alone has it.
pub const OWED: TimeDelta = TimeDelta::days(60);

/// How far back the end of an incident or the day of an action item may lie for
/// anything to be due: a postmortem has up to thirty days.
pub const LOOK_BACK: TimeDelta = TimeDelta::days(31 + OWED.num_days());

/// The longest while between two reminders of an incident that is open.
const DAY: TimeDelta = TimeDelta::days(1);

/// The longest while between two reminders of what is due on a day.
const WEEK: TimeDelta = TimeDelta::days(7);

/// After how many minutes a promise that passed is said again where the
/// severity has no time of its own.
const AGAIN: u32 = 30;

/// After how many days a postmortem is due that was promised without a time,
/// where the severity asks for none.
const PROMISED_DAYS: u32 = 5;

/// A reminder that is due.
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    /// Of what.
    pub reminder: Reminder,
    /// Why.
    pub why: Why,
    /// What it counts from (UTC): the same for all rounds of one reason.
    pub ground: DateTime<Utc>,
    /// The how manieth time, from 0. Times that passed unsaid are left out.
    pub round: u32,
    /// Since when it may be said (UTC).
    pub at: DateTime<Utc>,
    /// Who is asked; `None` is whoever reads it.
    pub asks: Option<Person>,
}

/// Why somebody is reminded. Times are UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The public was told nothing.
    NoUpdate {
        /// Since when.
        since: DateTime<Utc>,
    },
    /// Nobody leads.
    NoCommander {
        /// Since when.
        since: DateTime<Utc>,
    },
    /// Whoever leads is silent.
    Silent {
        /// Since when.
        since: DateTime<Utc>,
    },
    /// It is open for long.
    OpenLong {
        /// Since when.
        since: DateTime<Utc>,
    },
    /// More was promised to the public, and it passed.
    PromisePassed {
        /// For when.
        promised: DateTime<Utc>,
        /// What.
        what: Promised,
    },
    /// The postmortem is due.
    PostmortemDue {
        /// Until when.
        due: DateTime<Utc>,
        /// Whether the public was promised one.
        promised: bool,
    },
    /// An action item is due.
    ActionDue {
        /// When.
        due: DateTime<Utc>,
    },
}

impl Due {
    /// What it is told by once: the same whoever asks and whenever, and
    /// another for each round: `update:1783555200000000:2`.
    #[must_use]
    pub fn key(&self) -> String {
        Self::key_of(self.reminder, self.ground, self.round)
    }

    pub(super) fn key_of(reminder: Reminder, ground: DateTime<Utc>, round: u32) -> String {
        format!("{reminder}:{}:{round}", ground.timestamp_micros())
    }
}

/// Whether the state gives a reason for a reminder, whatever the policy: its
/// end is the end of the reminder.
#[must_use]
pub fn is_owed(incident: &Incident, reminder: Reminder) -> bool {
    let open = incident.status_now().is_open();
    match reminder {
        Reminder::Update | Reminder::OpenLong => open,
        Reminder::Commander => open && incident.commander().is_none(),
        Reminder::Silent => open && incident.commander().is_some(),
        Reminder::Postmortem => {
            incident.status_now() == Status::Resolved
                && !incident.drill
                && incident.duplicate_of().is_none()
        }
        Reminder::Action(number) => {
            let mut actions = incident.actions.iter();
            actions.any(|action| action.number == number && action.done_at.is_none())
        }
    }
}

/// How long after its end an incident counts as owing a postmortem: what was not written within a year is not going to be.
pub const NEVER_AFTER: TimeDelta = TimeDelta::days(365);

/// The last moment (UTC) at which the postmortem of a resolved incident is in
/// time: what the policy asks or what was promised, whichever is first.
#[must_use]
pub fn postmortem_due(
    incident: &Incident,
    times: ReminderTimes,
    zone: Tz,
) -> Option<DateTime<Utc>> {
    let resolved = incident.resolved_at()?;
    let told = &incident.told.postmortem;
    let promised = told.iter().flat_map(|news| news.promises(zone));
    let promised = promised.filter(|one| one.what == Promised::Postmortem);
    let promised = promised.filter_map(|one| one.due).min();
    let days = match (times.postmortem, promised) {
        (None, None) if !told.is_empty() => Some(PROMISED_DAYS),
        (days, _) => days,
    };
    let day = resolved.with_timezone(&zone).date_naive();
    let by_days = days.and_then(|days| day.checked_add_days(Days::new(days.into())));
    let by_days = by_days.map(|day| last_moment_of(day, zone));
    promised.into_iter().chain(by_days).min()
}

/// The reminders of an incident that are due, each with its last round. A
/// record of the past has no channel to be reminded in.
#[must_use]
pub fn due(incident: &Incident, settings: &GuildSettings, now: DateTime<Utc>) -> Vec<Due> {
    if incident.source.is_some() && incident.place.is_none() {
        return Vec::new();
    }
    let policy = &settings.reminders;
    let severity = incident.severity_now();
    let look = Look {
        incident,
        settings,
        times: policy.of(severity),
        now,
    };
    let mut all = Vec::new();
    if incident.status_now().is_open() {
        let quiet = policy.quiet_for(severity);
        all.extend(look.update(quiet));
        all.extend(look.commander(quiet));
        all.extend(look.silent(quiet));
        all.extend(look.open_long(quiet));
    }
    all.extend(look.postmortem());
    if policy.actions {
        all.extend(incident.actions.iter().filter_map(|one| look.action(one)));
    }
    all.retain(|due| is_owed(incident, due.reminder));
    all
}

/// What is asked of whom, and when it is not.
struct Ask {
    reminder: Reminder,
    why: Why,
    asks: Option<Person>,
    quiet: Option<QuietHours>,
}

/// A time of the policy.
fn minutes(minutes: u32) -> TimeDelta {
    TimeDelta::minutes(minutes.max(1).into())
}

struct Look<'a> {
    incident: &'a Incident,
    settings: &'a GuildSettings,
    times: ReminderTimes,
    now: DateTime<Utc>,
}

impl Look<'_> {
    /// What was promised to the public counts; where nothing was, the policy does.
    fn update(&self, quiet: Option<QuietHours>) -> Option<Due> {
        let opened = self.incident.open_since();
        let last = self.incident.told.last.as_ref();
        let since = last.map_or(opened, |news| news.at.max(opened));
        let asks = self
            .holder(Role::COMMUNICATIONS)
            .or_else(|| self.commander_now());
        let promised = last.and_then(|news| self.promised(news));
        let (why, first, again) = match (promised, self.times.update) {
            (Some((promised, what)), again) => {
                let why = Why::PromisePassed { promised, what };
                (why, promised, minutes(again.unwrap_or(AGAIN)))
            }
            (None, again) => {
                let wait = minutes(again?);
                let first = since.checked_add_signed(wait)?;
                (Why::NoUpdate { since }, first, wait)
            }
        };
        let ask = Ask {
            reminder: Reminder::Update,
            why,
            asks,
            quiet,
        };
        self.while_open(ask, since, first, again)
    }

    /// For when more news, or else an end, was promised.
    fn promised(&self, news: &News) -> Option<(DateTime<Utc>, Promised)> {
        let promises = news.promises(self.settings.zone);
        let of = |what: Promised| {
            let due = promises.iter().filter(|one| one.what == what);
            let due = due.filter_map(|one| one.due).filter(|due| *due > news.at);
            due.min().map(|due| (due, what))
        };
        of(Promised::Update).or_else(|| of(Promised::End))
    }

    fn commander(&self, quiet: Option<QuietHours>) -> Option<Due> {
        let since = self.incident.open_since();
        let wait = minutes(self.times.commander?);
        let ask = Ask {
            reminder: Reminder::Commander,
            why: Why::NoCommander { since },
            asks: None,
            quiet,
        };
        // Whoever was asked to lead has the same time to answer.
        let offered = self.incident.open_handover().map(|offer| offer.at);
        let ground = offered.map_or(since, |offered| offered.max(since));
        self.while_open(ask, ground, ground.checked_add_signed(wait)?, wait)
    }

    /// Where nobody says a word, nobody misses that of whoever leads.
    fn silent(&self, quiet: Option<QuietHours>) -> Option<Due> {
        let silence = self.settings.reminders.silence;
        let wait = minutes(silence.of(self.incident.severity_now())?);
        let since = self
            .incident
            .silent_since()?
            .max(self.incident.open_since());
        let ask = Ask {
            reminder: Reminder::Silent,
            why: Why::Silent { since },
            asks: self.commander_now(),
            quiet,
        };
        let missed = self.incident.others_heard_since(since);
        let due = self.while_open(ask, since, since.checked_add_signed(wait)?, wait);
        due.filter(|_| missed)
    }

    fn open_long(&self, quiet: Option<QuietHours>) -> Option<Due> {
        let since = self.incident.open_since();
        let wait = minutes(self.times.open?);
        let ask = Ask {
            reminder: Reminder::OpenLong,
            why: Why::OpenLong { since },
            asks: self.commander_now(),
            quiet,
        };
        self.while_open(ask, since, since.checked_add_signed(wait)?, wait)
    }

    fn postmortem(&self) -> Option<Due> {
        let resolved = self.incident.resolved_at()?;
        let due = postmortem_due(self.incident, self.times, self.settings.zone)?;
        let promised = !self.incident.told.postmortem.is_empty();
        let ask = Ask {
            reminder: Reminder::Postmortem,
            why: Why::PostmortemDue { due, promised },
            asks: self.commander_now(),
            quiet: self.settings.reminders.quiet,
        };
        self.on_a_day(ask, due, resolved)
    }

    fn action(&self, action: &ActionItem) -> Option<Due> {
        let due = action.due?;
        let given = action.given_at.unwrap_or(self.incident.opened_at);
        let ask = Ask {
            reminder: Reminder::Action(action.number),
            why: Why::ActionDue { due },
            asks: action.owner.clone(),
            quiet: self.settings.reminders.quiet,
        };
        self.on_a_day(ask, due, given)
    }

    /// What is due from a moment on, and at growing distances again.
    fn while_open(
        &self,
        ask: Ask,
        ground: DateTime<Utc>,
        first: DateTime<Utc>,
        step: TimeDelta,
    ) -> Option<Due> {
        let (ground, first) = match self.snoozed(ask.reminder, first) {
            Some(until) => (until, until),
            None => (ground, first),
        };
        let schedule = Schedule::Steps {
            first,
            step,
            longest: DAY,
        };
        self.reached(ask, schedule, ground, first)
    }

    /// What is due on a day: on its morning, and on mornings after it. Mornings
    /// before `given` had nothing to tell.
    fn on_a_day(&self, ask: Ask, due: DateTime<Utc>, given: DateTime<Utc>) -> Option<Due> {
        if due.checked_add_signed(OWED)? < self.now {
            return None;
        }
        let zone = self.settings.zone;
        let day = due.with_timezone(&zone).date_naive();
        match self.snoozed(ask.reminder, morning(day, zone)) {
            Some(first) => {
                let schedule = Schedule::Steps {
                    first,
                    step: DAY,
                    longest: WEEK,
                };
                self.reached(ask, schedule, first, first)
            }
            None => self.reached(ask, Schedule::Mornings { day, zone }, due, given),
        }
    }

    fn reached(
        &self,
        ask: Ask,
        schedule: Schedule,
        ground: DateTime<Utc>,
        from: DateTime<Utc>,
    ) -> Option<Due> {
        let zone = self.settings.zone;
        let (round, at) = schedule.reached(self.now, from, ask.quiet, zone)?;
        Some(Due {
            reminder: ask.reminder,
            why: ask.why,
            ground,
            round,
            at,
            asks: ask.asks,
        })
    }

    /// Until when it was put off, if that is later than it would be due anyway.
    fn snoozed(&self, reminder: Reminder, first: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let until = self.incident.snoozed.get(&reminder).copied();
        until.filter(|until| *until > first)
    }

    fn commander_now(&self) -> Option<Person> {
        self.holder(Role::COMMANDER)
    }

    fn holder(&self, role: &str) -> Option<Person> {
        self.incident.roles.get(&Role::named(role)?).cloned()
    }
}
