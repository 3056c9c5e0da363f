//! Why a member could not do something.

use std::time::Duration;

use crate::rest::error::ApiError;

/// Why an act failed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ActError {
    /// Nobody has that user name, or they are not in the guild.
    #[error("there is no member {0}")]
    UnknownMember(String),
    /// No channel has that name or id.
    #[error("there is no channel {0}")]
    UnknownChannel(String),
    /// The bot has registered no such command there.
    #[error("the bot has no command {0:?}")]
    UnknownCommand(String),
    /// The Discord client would not have let this value through.
    #[error("option {option}: {problem}")]
    Option {
        /// The option's name.
        option: String,
        /// What is wrong.
        problem: String,
    },
    /// The command is hidden from this member.
    #[error("{member} may not use {what}")]
    NotAllowed {
        /// Who tried.
        member: String,
        /// What they tried to use.
        what: String,
    },
    /// Discord refused.
    #[error("Discord refused: {0}")]
    Refused(#[from] ApiError),
    /// The bot has no session with the gateway.
    #[error("the bot is not connected")]
    BotOffline,
    /// "The application did not respond": no first answer in time.
    #[error("the bot did not answer within {0:?}")]
    NoAnswer(Duration),
    /// The bot deferred and never answered.
    #[error("the bot deferred its answer and gave none within {0:?}")]
    NoFinalAnswer(Duration),
    /// The message has no such button or menu, or it is switched off, or the member cannot see it.
    #[error("{0}")]
    Component(String),
    /// The form would not have been sent like this.
    #[error("the form: {0}")]
    Form(String),
}
