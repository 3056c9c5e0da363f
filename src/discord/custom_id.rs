//! What buttons, selections and forms carry. All they need is in their
//! `custom_id` (100 characters at most), so they work after any restart.

use std::fmt;
use std::str::FromStr;

use crate::incident::reminder::Reminder;
use crate::incident::{
    ChannelId, IncidentNumber, MessageId, MessageRef, Relation, Role, Section, Seq, Status,
};

use super::commands::View;
use super::interaction::Turn;

const PREFIX: &str = "scribe";

/// A button or a selection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pressed {
    /// Set the status.
    Status { number: IncidentNumber, to: Status },
    /// Open the form for an update.
    Update { number: IncidentNumber },
    /// Show who has which role, to change it.
    Roles { number: IncidentNumber },
    /// Somebody was chosen for a role.
    Role { number: IncidentNumber, role: Role },
    /// Show a page of the timeline.
    Timeline {
        number: IncidentNumber,
        view: View,
        page: Option<u32>,
    },
    /// Remove the text of an entry that looks like a secret.
    Redact { number: IncidentNumber, entry: Seq },
    /// Show a page of the changes.
    Audit { number: IncidentNumber, page: u32 },
    /// Show another page of what was searched for.
    Search { turn: Turn },
    /// Show another page of incidents.
    List { turn: Turn },
    /// The incident was chosen that a message belongs to.
    AddMessage { message: MessageRef },
    /// Open the form of a section of the postmortem.
    Write {
        number: IncidentNumber,
        section: Section,
    },
    /// Open the form of the reminders again, with what was typed into it.
    Policy,
    /// Something was chosen in the setup.
    Setup(Choice),
    /// Make whoever presses it the commander, if nobody leads or whoever does is silent.
    TakeCommand { number: IncidentNumber },
    /// Open the form for an action item.
    AddAction { number: IncidentNumber },
    /// Tie an incident to one that it looks like.
    Like {
        number: IncidentNumber,
        relation: Relation,
        other: IncidentNumber,
    },
    /// Answer an offer of command.
    Handover {
        number: IncidentNumber,
        offer: Seq,
        accept: bool,
    },
    /// Say that an action item is done.
    ActionDone { number: IncidentNumber, action: u32 },
    /// Somebody was chosen to do an action item.
    Assign { number: IncidentNumber, action: u32 },
    /// Be reminded later.
    Snooze {
        number: IncidentNumber,
        reminder: Reminder,
        by: Snooze,
    },
}

/// For how long a reminder is put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString)]
pub(crate) enum Snooze {
    #[strum(serialize = "30m")]
    HalfAnHour,
    #[strum(serialize = "2h")]
    TwoHours,
    /// Until the next morning in the guild's zone.
    #[strum(serialize = "tomorrow")]
    Tomorrow,
}

/// What is chosen in the setup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub(crate) enum Choice {
    /// The channel of announcements and summaries.
    Announcements,
    /// The category of incident channels, or the channel or forum of their threads.
    Category,
    /// The day of the weekly summary.
    Day,
    /// Its hour.
    Hour,
    /// Open the form for the zone and the components.
    Rest,
    /// Speak English to the server.
    English,
    /// Speak German to the server.
    German,
}

/// A form that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sent {
    /// A new incident.
    Open { private: bool, drill: bool },
    /// An update.
    Update { number: IncidentNumber },
    /// A section of the postmortem, and the last version its writer had before them.
    Write {
        number: IncidentNumber,
        section: Section,
        base: Option<Seq>,
    },
    /// Zone and components of the guild.
    Setup,
    /// When people are reminded; `base` marks what the form was opened with.
    Policy { base: u64 },
    /// An action item, made of a message.
    ActionItem { message: MessageRef },
}

impl fmt::Display for Pressed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status { number, to } => write!(f, "{PREFIX}:status:{}:{to}", number.0),
            Self::Update { number } => write!(f, "{PREFIX}:update:{}", number.0),
            Self::Roles { number } => write!(f, "{PREFIX}:roles:{}", number.0),
            Self::Role { number, role } => write!(f, "{PREFIX}:role:{}:{role}", number.0),
            Self::Timeline { number, view, page } => {
                write!(f, "{PREFIX}:timeline:{}:{view}", number.0)?;
                page.map_or(Ok(()), |page| write!(f, ":{page}"))
            }
            Self::Redact { number, entry } => {
                write!(f, "{PREFIX}:redact:{}:{}", number.0, entry.0)
            }
            Self::Audit { number, page } => write!(f, "{PREFIX}:audit:{}:{page}", number.0),
            Self::Search { turn } => write!(f, "{PREFIX}:search:{}", Turned(turn)),
            Self::List { turn } => write!(f, "{PREFIX}:list:{}", Turned(turn)),
            Self::AddMessage { message } => {
                write!(f, "{PREFIX}:add:{}:{}", message.channel, message.message)
            }
            Self::Write { number, section } => write!(f, "{PREFIX}:write:{}:{section}", number.0),
            Self::Policy => write!(f, "{PREFIX}:policy"),
            Self::Setup(choice) => write!(f, "{PREFIX}:setup:{choice}"),
            Self::TakeCommand { number } => write!(f, "{PREFIX}:command:{}", number.0),
            Self::AddAction { number } => write!(f, "{PREFIX}:action:{}", number.0),
            Self::Like {
                number,
                relation,
                other,
            } => write!(f, "{PREFIX}:like:{}:{relation}:{}", number.0, other.0),
            Self::Handover {
                number,
                offer,
                accept,
            } => write!(f, "{PREFIX}:handover:{}:{}:{accept}", number.0, offer.0),
            Self::ActionDone { number, action } => {
                write!(f, "{PREFIX}:done:{}:{action}", number.0)
            }
            Self::Assign { number, action } => {
                write!(f, "{PREFIX}:assign:{}:{action}", number.0)
            }
            Self::Snooze {
                number,
                reminder,
                by,
            } => write!(f, "{PREFIX}:snooze:{}:{reminder}:{by}", number.0),
        }
    }
}

impl fmt::Display for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open { private, drill } => {
                write!(
                    f,
                    "{PREFIX}:open:{}:{}",
                    u8::from(*private),
                    u8::from(*drill)
                )
            }
            Self::Update { number } => write!(f, "{PREFIX}:update:{}", number.0),
            Self::Write {
                number,
                section,
                base,
            } => {
                // No entry has the number 0.
                let base = base.map_or(0, |base| base.0);
                write!(f, "{PREFIX}:write:{}:{section}:{base}", number.0)
            }
            Self::Setup => write!(f, "{PREFIX}:setup"),
            Self::Policy { base } => write!(f, "{PREFIX}:policy:{base}"),
            Self::ActionItem { message } => {
                write!(f, "{PREFIX}:item:{}:{}", message.channel, message.message)
            }
        }
    }
}

/// The text is none of ours: another bot's, or an older form of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotOurs;

impl FromStr for Pressed {
    type Err = NotOurs;

    fn from_str(text: &str) -> Result<Self, NotOurs> {
        let parts: Vec<&str> = text.split(':').collect();
        Ok(match parts.as_slice() {
            [PREFIX, "status", number, to] => Self::Status {
                number: parse(number)?,
                to: parse(to)?,
            },
            [PREFIX, "update", number] => Self::Update {
                number: parse(number)?,
            },
            [PREFIX, "roles", number] => Self::Roles {
                number: parse(number)?,
            },
            // A role's name may hold colons, so it is all that is left.
            [PREFIX, "role", number, role @ ..] => Self::Role {
                number: parse(number)?,
                role: Role::named(&role.join(":")).ok_or(NotOurs)?,
            },
            [PREFIX, "timeline", number, view] => Self::Timeline {
                number: parse(number)?,
                view: parse(view)?,
                page: None,
            },
            [PREFIX, "timeline", number, view, page] => Self::Timeline {
                number: parse(number)?,
                view: parse(view)?,
                page: Some(parse(page)?),
            },
            [PREFIX, "redact", number, entry] => Self::Redact {
                number: parse(number)?,
                entry: Seq(parse(entry)?),
            },
            [PREFIX, "audit", number, page] => Self::Audit {
                number: parse(number)?,
                page: parse(page)?,
            },
            [PREFIX, "search", page, anchor] => Self::Search {
                turn: turn(page, anchor)?,
            },
            [PREFIX, "list", page, anchor] => Self::List {
                turn: turn(page, anchor)?,
            },
            [PREFIX, "add", channel, message] => Self::AddMessage {
                message: MessageRef {
                    channel: ChannelId(parse(channel)?),
                    message: MessageId(parse(message)?),
                },
            },
            [PREFIX, "write", number, section] => Self::Write {
                number: parse(number)?,
                section: parse(section)?,
            },
            [PREFIX, "policy"] => Self::Policy,
            [PREFIX, "setup", choice] => Self::Setup(parse(choice)?),
            [PREFIX, "command", number] => Self::TakeCommand {
                number: parse(number)?,
            },
            [PREFIX, "action", number] => Self::AddAction {
                number: parse(number)?,
            },
            [PREFIX, "like", number, relation, other] => Self::Like {
                number: parse(number)?,
                relation: parse(relation)?,
                other: parse(other)?,
            },
            [PREFIX, "handover", number, offer, accept] => Self::Handover {
                number: parse(number)?,
                offer: Seq(parse(offer)?),
                accept: parse(accept)?,
            },
            [PREFIX, "done", number, action] => Self::ActionDone {
                number: parse(number)?,
                action: parse(action)?,
            },
            [PREFIX, "assign", number, action] => Self::Assign {
                number: parse(number)?,
                action: parse(action)?,
            },
            [PREFIX, "snooze", number, reminder, by] => Self::Snooze {
                number: parse(number)?,
                reminder: parse(reminder)?,
                by: parse(by)?,
            },
            _ => return Err(NotOurs),
        })
    }
}

impl FromStr for Sent {
    type Err = NotOurs;

    fn from_str(text: &str) -> Result<Self, NotOurs> {
        let parts: Vec<&str> = text.split(':').collect();
        Ok(match parts.as_slice() {
            [PREFIX, "open", private, drill] => Self::Open {
                private: *private == "1",
                drill: *drill == "1",
            },
            [PREFIX, "update", number] => Self::Update {
                number: parse(number)?,
            },
            [PREFIX, "write", number, section, base] => Self::Write {
                number: parse(number)?,
                section: parse(section)?,
                base: Some(Seq(parse(base)?)).filter(|base| base.0 > 0),
            },
            [PREFIX, "setup"] => Self::Setup,
            [PREFIX, "policy", base] => Self::Policy { base: parse(base)? },
            [PREFIX, "item", channel, message] => Self::ActionItem {
                message: MessageRef {
                    channel: ChannelId(parse(channel)?),
                    message: MessageId(parse(message)?),
                },
            },
            _ => return Err(NotOurs),
        })
    }
}

/// A page as it is carried.
struct Turned<'a>(&'a Turn);

impl fmt::Display for Turned<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Nothing that is found has the number 0.
        write!(f, "{}:{}", self.0.page, self.0.anchor.unwrap_or(0))
    }
}

fn turn(page: &str, anchor: &str) -> Result<Turn, NotOurs> {
    let anchor: i64 = parse(anchor)?;
    Ok(Turn {
        page: parse(page)?,
        anchor: Some(anchor).filter(|anchor| *anchor > 0),
    })
}

fn parse<T: FromStr>(text: &str) -> Result<T, NotOurs> {
    text.parse().map_err(|_| NotOurs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_carried_comes_back() {
        let number = IncidentNumber(4_294_967_295);
        let longest = Role::named(&"é".repeat(Role::MAX_CHARS)).unwrap();
        let all = [
            Pressed::Status {
                number,
                to: Status::Investigating,
            },
            Pressed::Update { number },
            Pressed::Roles { number },
            Pressed::Role {
                number,
                role: longest,
            },
            Pressed::Role {
                number,
                role: Role::named("a:b").unwrap(),
            },
            Pressed::Timeline {
                number,
                view: View::All,
                page: Some(7),
            },
            Pressed::Timeline {
                number,
                view: View::Key,
                page: None,
            },
            Pressed::Audit { number, page: 7 },
            Pressed::Search {
                turn: Turn {
                    page: u32::MAX,
                    anchor: Some(i64::MAX),
                },
            },
            Pressed::List {
                turn: Turn {
                    page: 1,
                    anchor: None,
                },
            },
            Pressed::Redact {
                number,
                entry: Seq(u32::MAX),
            },
            Pressed::AddMessage {
                message: MessageRef {
                    channel: ChannelId(u64::MAX),
                    message: MessageId(u64::MAX),
                },
            },
            Pressed::Write {
                number,
                section: Section::OpenQuestions,
            },
            Pressed::Setup(Choice::Hour),
            Pressed::Setup(Choice::German),
            Pressed::Policy,
            Pressed::TakeCommand { number },
            Pressed::AddAction { number },
            Pressed::Assign { number, action: 7 },
            Pressed::Like {
                number,
                relation: Relation::DuplicateOf,
                other: number,
            },
            Pressed::Handover {
                number,
                offer: Seq(u32::MAX),
                accept: false,
            },
            Pressed::ActionDone {
                number,
                action: u32::MAX,
            },
            Pressed::Snooze {
                number,
                reminder: Reminder::Action(u32::MAX),
                by: Snooze::Tomorrow,
            },
            Pressed::Snooze {
                number,
                reminder: Reminder::OpenLong,
                by: Snooze::HalfAnHour,
            },
        ];
        for one in all {
            let text = one.to_string();
            assert!(text.chars().count() <= 100, "{text}");
            assert_eq!(text.parse(), Ok(one));
        }
        for one in [
            Sent::Open {
                private: true,
                drill: false,
            },
            Sent::Update { number },
            Sent::Write {
                number,
                section: Section::OpenQuestions,
                base: Some(Seq(u32::MAX)),
            },
            Sent::Write {
                number,
                section: Section::Lucky,
                base: None,
            },
            Sent::Setup,
            Sent::Policy { base: u64::MAX },
            Sent::ActionItem {
                message: MessageRef {
                    channel: ChannelId(u64::MAX),
                    message: MessageId(u64::MAX),
                },
            },
        ] {
            assert_eq!(one.to_string().parse(), Ok(one));
        }
        assert_eq!(
            "scribe:status:0:identified".parse::<Pressed>(),
            Err(NotOurs)
        );
        assert_eq!("other:thing".parse::<Pressed>(), Err(NotOurs));
    }
}
