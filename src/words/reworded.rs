//! Reasons of failures that stand in a log, said again to who reads them.
//!
//! A log keeps such a reason as the sentence it was told in, in the language of
//! that moment. Those that Scribe says itself are known in each language, so
//! they are found again by their text; what Discord said, and what has
//! figures in it, stays as it was told.

use crate::incident::Language;

use super::language::speaking;
use super::{absence, failure};

/// The sentences without anything of the moment in them.
const SAID: &[fn() -> String] = &[
    failure::discord_slow,
    failure::rate_limited,
    failure::unauthorized,
    failure::channel_deleted,
    failure::channel_unseen,
    failure::permission_lacking,
    failure::may_not_open_channels,
    failure::may_not_open_threads,
    failure::home_gone,
    failure::guild_full,
    failure::category_gone,
    failure::postmortem_channel_gone,
];

/// Of how many channels whose history is closed it is said again.
const MOST_CHANNELS: usize = 50;

/// The reason in the language that is spoken, where it is one of Scribe's own.
#[must_use]
pub fn reason(told: &str) -> String {
    let is = |one: &&fn() -> String| {
        let said = [Language::English, Language::German].map(|language| speaking(language, **one));
        said.iter().any(|said| said == told)
    };
    if let Some(one) = SAID.iter().find(is) {
        return one();
    }
    let of = |channels: usize| {
        let both = [Language::English, Language::German];
        both.map(|language| speaking(language, || absence::history_kept_from_us(channels)))
    };
    let channels = (1..=MOST_CHANNELS).find(|channels| of(*channels).iter().any(|one| one == told));
    channels.map_or_else(|| told.to_owned(), absence::history_kept_from_us)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_said_in_the_language_of_who_reads_it() {
        for one in SAID {
            let (english, german) = (one(), speaking(Language::German, one));
            assert_ne!(english, german);
            assert_eq!(reason(&german), english);
            assert_eq!(speaking(Language::German, || reason(&english)), german);
        }
        let closed = speaking(Language::German, || absence::history_kept_from_us(3));
        assert_eq!(reason(&closed), absence::history_kept_from_us(3));
        assert_eq!(reason("the wire is cut"), "the wire is cut");
    }
}
