//! The lines of a review as a message: its headings, counts and lists.

use super::language::{say, word};
use super::period::at_least_if;

/// What incidents did in the time of a review, as it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Did {
    /// They began.
    Opened,
    /// They were open when it began.
    CarriedOver,
    /// They were resolved.
    Resolved,
    /// They were open again.
    Reopened,
    /// They were no incidents.
    Cancelled,
    /// They were open at its end.
    StillOpen,
}

impl Did {
    /// `carried over`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Opened => word!("opened", "eröffnet"),
            Self::CarriedOver => word!("carried over", "übernommen"),
            Self::Resolved => word!("resolved", "gelöst"),
            Self::Reopened => word!("reopened", "wieder geöffnet"),
            Self::Cancelled => word!("cancelled", "abgebrochen"),
            Self::StillOpen => word!("still open", "noch offen"),
        }
    }
}

/// A list of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// Incidents that are open at its end.
    StillOpen,
    /// Updates that came late or not at all.
    LateUpdates,
    /// Postmortems whose day has passed.
    Postmortems,
    /// Action items whose day has passed.
    Actions,
}

impl Heading {
    /// What stands over the list.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::StillOpen => word!("Still open", "Noch offen"),
            Self::LateUpdates => word!(
                "Updates later than promised",
                "Updates später als versprochen"
            ),
            Self::Postmortems => word!("Postmortems overdue", "Überfällige Postmortems"),
            Self::Actions => word!("Action items overdue", "Überfällige Aufgaben"),
        }
    }
}

/// `Opened: 2 SEV1, 1 SEV2`.
#[must_use]
pub fn opened(severities: &str) -> String {
    say!("Opened: {severities}", "Eröffnet: {severities}")
}

/// Nothing is to be counted.
#[must_use]
pub fn nothing_began_or_ended() -> String {
    say!(
        "Nothing was opened or ended.",
        "Nichts wurde eröffnet oder beendet."
    )
}

/// `Took longest: INC-7 SEV1 API is down, 3h`.
#[must_use]
pub fn took_longest(which: &str, length: &str) -> String {
    say!(
        "Took longest: {which}, {length}",
        "Dauerte am längsten: {which}, {length}"
    )
}

/// `Counted apart: 1 drill`.
#[must_use]
pub fn counted_apart(what: &str) -> String {
    say!("Counted apart: {what}", "Getrennt gezählt: {what}")
}

/// `Downtime: at least **38m**, in 2 incidents`; `at_least` where an end is not recorded.
#[must_use]
pub fn downtime(total: &str, at_least: bool, incidents: &str) -> String {
    let least = at_least_if(at_least);
    say!(
        "Downtime: {least}**{total}**, in {incidents}",
        "Ausfallzeit: {least}**{total}**, in {incidents}"
    )
}

/// `INC-7 SEV1 API is down, monitoring since 2026-07-15`.
#[must_use]
pub fn open_since(which: &str, status: &str, day: &str) -> String {
    say!(
        "{which}, {status} since {day}",
        "{which}, {status} seit {day}"
    )
}

/// An update that was promised with these words came late, or, without `late`, not at all.
#[must_use]
pub fn late_update(name: &str, words: &str, due: &str, late: Option<&str>) -> String {
    match late {
        Some(late) => say!(
            "{name} “{words}”: due {due}, came {late} late",
            "{name} „{words}“: fällig {due}, kam {late} zu spät"
        ),
        None => say!(
            "{name} “{words}”: due {due}, has not come",
            "{name} „{words}“: fällig {due}, kam noch nicht"
        ),
    }
}

/// `INC-7 SEV1 API is down: ana, **due 2026-07-20**`.
#[must_use]
pub fn overdue(which: &str, owner: Option<&str>, day: &str) -> String {
    let owner = owner.unwrap_or(word!("no owner", "niemand zuständig"));
    say!(
        "{which}: {owner}, **due {day}**",
        "{which}: {owner}, **fällig {day}**"
    )
}
