//! What a guild has chosen.

use chrono::Weekday;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr};

use super::access::AccessPolicy;
use super::component::Component;
use super::ending::EndPolicy;
use super::id::ChannelId;
use super::reminder::ReminderPolicy;
use super::role::Role;
use super::severity::Severity;

/// A guild's choices; the default works before anybody has chosen anything.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct GuildSettings {
    /// The zone that times without one are meant in and reports are written in.
    pub zone: Tz,
    /// Whether somebody chose it, be it UTC.
    pub zone_chosen: bool,
    /// Where incidents are announced and summaries posted; nowhere where `None`.
    pub announce_channel: Option<ChannelId>,
    /// The channel or forum that published postmortems go to; `None` is the
    /// incident's own channel. Those of private incidents never leave that.
    pub postmortem_channel: Option<ChannelId>,
    /// The category that incident channels are opened in.
    pub category: Option<ChannelId>,
    /// The text channel or forum that incidents are threads or posts of; where
    /// `None`, and for private ones, each has a channel of its own.
    pub threads_in: Option<ChannelId>,
    /// When the weekly summary is posted.
    pub summary: SummarySchedule,
    /// What it says of drills and private incidents.
    pub review: ReviewPolicy,
    /// The parts of the product.
    pub components: Vec<Component>,
    /// Roles besides the usual three.
    pub roles: Vec<Role>,
    /// The severity of an incident where nobody says one.
    pub default_severity: Severity,
    /// When people are reminded of what is owed.
    pub reminders: ReminderPolicy,
    /// What becomes of channels and threads of incidents that are over.
    pub ends: EndPolicy,
    /// Who may do what.
    pub access: AccessPolicy,
}

/// When the weekly summary is posted, in the guild's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummarySchedule {
    /// The day.
    pub day: Weekday,
    /// The hour, 0 to 23.
    pub hour: u32,
    /// Whether it is posted at all.
    pub on: bool,
}

/// What a review of a week says of incidents that are in none of its figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReviewPolicy {
    /// Of drills.
    pub drills: Besides,
    /// Of private incidents: at most how many there were, whoever reads it.
    pub private: Besides,
}

/// What is said of what does not count.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Display, EnumString, IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Besides {
    /// How many there were.
    Apart,
    /// Nothing.
    LeftOut,
}

impl Default for ReviewPolicy {
    fn default() -> Self {
        Self {
            drills: Besides::Apart,
            private: Besides::LeftOut,
        }
    }
}

impl Default for GuildSettings {
    fn default() -> Self {
        Self {
            zone: Tz::UTC,
            zone_chosen: false,
            announce_channel: None,
            postmortem_channel: None,
            category: None,
            threads_in: None,
            summary: SummarySchedule {
                day: Weekday::Mon,
                hour: 9,
                on: true,
            },
            review: ReviewPolicy::default(),
            components: Vec::new(),
            roles: Vec::new(),
            default_severity: Severity::Sev3,
            reminders: ReminderPolicy::default(),
            ends: EndPolicy::default(),
            access: AccessPolicy::default(),
        }
    }
}

impl GuildSettings {
    /// The component as the guild writes it, whatever the case somebody typed;
    /// the typed name where the guild has none like it.
    #[must_use]
    pub fn component(&self, typed: &str) -> Component {
        let typed = super::text::one_line(typed);
        let known = self.components.iter();
        let same = |known: &&Component| known.0.to_lowercase() == typed.to_lowercase();
        known
            .clone()
            .find(same)
            .cloned()
            .unwrap_or(Component(typed))
    }
}
