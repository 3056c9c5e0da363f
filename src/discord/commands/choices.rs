//! The core's words as choices of a slash command. poise's own choices travel
//! as numbers that change with the order of the words; these travel as the words.

use poise::serenity_prelude as serenity;
use poise::{SlashArgError, SlashArgument};
use strum::IntoEnumIterator;

use crate::incident::access::Right;
use crate::incident::{ComponentState, DocumentFormat, Relation, Section, Severity, Status};

macro_rules! choice {
    ($($word:ty),*) => {$(
        #[serenity::async_trait]
        impl SlashArgument for $word {
            async fn extract(
                _: &serenity::Context,
                _: &serenity::CommandInteraction,
                value: &serenity::ResolvedValue<'_>,
            ) -> Result<Self, SlashArgError> {
                let serenity::ResolvedValue::String(text) = value else {
                    return Err(SlashArgError::new_command_structure_mismatch("expected a word"));
                };
                text.parse()
                    .map_err(|_| SlashArgError::new_command_structure_mismatch("expected one of the choices"))
            }

            fn create(option: serenity::CreateCommandOption) -> serenity::CreateCommandOption {
                let option = option.kind(serenity::CommandOptionType::String);
                <$word>::iter().fold(option, |option, word| {
                    option.add_string_choice(word.to_string().replace('_', " "), word.to_string())
                })
            }
        }
    )*};
}

choice!(
    ComponentState,
    Relation,
    Section,
    Severity,
    Status,
    View,
    DocumentFormat,
    Days,
    Right
);

/// Which lines of a timeline are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
pub(crate) enum View {
    /// What people decided and told.
    Key,
    /// Every message too.
    All,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString, strum::EnumIter)]
pub(crate) enum Days {
    /// The first.
    Monday,
    /// The second.
    Tuesday,
    /// The third.
    Wednesday,
    /// The fourth.
    Thursday,
    /// The fifth.
    Friday,
    /// The sixth.
    Saturday,
    /// The seventh.
    Sunday,
}

impl From<Days> for chrono::Weekday {
    fn from(day: Days) -> Self {
        match day {
            Days::Monday => Self::Mon,
            Days::Tuesday => Self::Tue,
            Days::Wednesday => Self::Wed,
            Days::Thursday => Self::Thu,
            Days::Friday => Self::Fri,
            Days::Saturday => Self::Sat,
            Days::Sunday => Self::Sun,
        }
    }
}
