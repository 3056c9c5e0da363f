//! What a review says in sentences.

use super::count::{Noun, count};
use super::language::{say, word};

/// How few incidents make a comparison say nothing.
pub const TOO_FEW: usize = 5;

/// How long something took in several incidents, as shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Took<'a> {
    /// In how many.
    pub incidents: usize,
    /// The middle.
    pub median: &'a str,
    /// What nine of ten do not exceed; `None` of few.
    pub p90: Option<&'a str>,
    /// The shortest.
    pub shortest: &'a str,
    /// The longest.
    pub longest: &'a str,
}

/// What a review is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reviewed {
    /// A week.
    Week,
    /// A month.
    Month,
    /// Some days.
    Days,
}

impl Reviewed {
    /// `In this week`: over a column.
    #[must_use]
    pub fn in_this(self) -> &'static str {
        match self {
            Self::Week => word!("In this week", "In dieser Woche"),
            Self::Month => word!("In this month", "In diesem Monat"),
            Self::Days => word!("In this time", "In dieser Zeit"),
        }
    }

    /// `the week is not over, told up to 2026-07-15 09:00`: within a sentence.
    #[must_use]
    pub fn not_over_yet(self, as_of: &str) -> String {
        match self {
            Self::Week => say!(
                "the week is not over, told up to {as_of}",
                "die Woche ist nicht vorbei, Stand {as_of}"
            ),
            Self::Month => say!(
                "the month is not over, told up to {as_of}",
                "der Monat ist nicht vorbei, Stand {as_of}"
            ),
            Self::Days => say!(
                "the time is not over, told up to {as_of}",
                "die Zeit ist nicht vorbei, Stand {as_of}"
            ),
        }
    }

    /// It is not over.
    #[must_use]
    pub fn not_over(self, as_of: &str) -> String {
        match self {
            Self::Week => say!(
                "The week is not over; told up to {as_of}.",
                "Die Woche ist nicht vorbei; Stand {as_of}."
            ),
            Self::Month => say!(
                "The month is not over; told up to {as_of}.",
                "Der Monat ist nicht vorbei; Stand {as_of}."
            ),
            Self::Days => say!(
                "The time is not over; told up to {as_of}.",
                "Die Zeit ist nicht vorbei; Stand {as_of}."
            ),
        }
    }
}

/// Days in which nothing happened.
#[must_use]
pub fn quiet(of: Reviewed, so_far: bool) -> String {
    let quiet = match of {
        Reviewed::Week => word!("A quiet week", "Eine ruhige Woche"),
        Reviewed::Month => word!("A quiet month", "Ein ruhiger Monat"),
        Reviewed::Days => word!("A quiet time", "Eine ruhige Zeit"),
    };
    if so_far {
        say!(
            "{quiet} so far: nothing was declared and nothing is open.",
            "{quiet} bisher: Nichts wurde ausgerufen, nichts ist offen."
        )
    } else {
        say!(
            "{quiet}: nothing was declared, nothing is open. Enjoy it.",
            "{quiet}: Nichts wurde ausgerufen, nichts ist offen. Genießt sie."
        )
    }
}

/// How long something took: one by its length, two by theirs, more by their middle.
#[must_use]
pub fn took(took: Took<'_>) -> String {
    let Took {
        incidents,
        median,
        p90,
        shortest,
        longest,
    } = took;
    match (incidents, p90) {
        (0, _) => say!("none", "keine"),
        (1, _) => say!("{median}, in 1 incident", "{median}, in 1 Incident"),
        (2, _) => say!(
            "{shortest} and {longest}, in 2 incidents",
            "{shortest} und {longest}, in 2 Incidents"
        ),
        (_, None) => say!(
            "median {median}, longest {longest}, of {incidents} incidents",
            "Median {median}, am längsten {longest}, aus {incidents} Incidents"
        ),
        (_, Some(p90)) => say!(
            "median {median}, 90th percentile {p90}, of {incidents} incidents",
            "Median {median}, 90. Perzentil {p90}, aus {incidents} Incidents"
        ),
    }
}

/// Why it is not compared with the weeks before; `None` where it may be.
#[must_use]
pub fn too_few(now: usize, before: usize) -> Option<String> {
    let them = |incidents: usize| count(incidents, Noun::Incident);
    match (now, before) {
        (0, _) => None,
        (1, _) => Some(say!(
            "1 incident is too few to compare",
            "1 Incident ist zu wenig für einen Vergleich"
        )),
        (now, _) if now < TOO_FEW => Some(say!(
            "{them} are too few to compare",
            "{them} sind zu wenige für einen Vergleich",
            them = them(now)
        )),
        (_, 0) => Some(say!(
            "there was none in the four weeks before",
            "in den vier Wochen davor gab es keinen"
        )),
        (_, 1) => Some(say!(
            "the 1 incident of the four weeks before is too few to compare",
            "der 1 Incident der vier Wochen davor ist zu wenig für einen Vergleich"
        )),
        (_, before) if before < TOO_FEW => Some(say!(
            "the {them} of the four weeks before are too few to compare",
            "die {them} der vier Wochen davor sind zu wenige für einen Vergleich",
            them = them(before)
        )),
        _ => None,
    }
}

/// How long something took, against the four weeks before; careful where the numbers are small.
#[must_use]
pub fn compared(now: Took<'_>, before: Took<'_>) -> String {
    let of_now = took(now);
    match (now.incidents, too_few(now.incidents, before.incidents)) {
        (0, _) => say!(
            "none; in the four weeks before {before}",
            "keine; in den vier Wochen davor {before}",
            before = took(before)
        ),
        (few, Some(_)) if few < TOO_FEW => say!(
            "{of_now}: too few to compare",
            "{of_now}: zu wenig für einen Vergleich"
        ),
        (_, Some(why)) => format!("{of_now}; {why}"),
        (_, None) => say!(
            "{of_now}; in the four weeks before {before}",
            "{of_now}; in den vier Wochen davor {before}",
            before = took(before)
        ),
    }
}

/// What is counted apart: `1 drill, 2 private incidents`; `None` where there is nothing.
#[must_use]
pub fn apart(drills: usize, private: usize) -> Option<String> {
    let counts = [(drills, Noun::Drill), (private, Noun::PrivateIncident)];
    let counts = counts.into_iter().filter(|(number, _)| *number > 0);
    let said: Vec<String> = counts.map(|(number, what)| count(number, what)).collect();
    (!said.is_empty()).then(|| said.join(", "))
}

/// How many duplicates count as one with an incident: `and 1 duplicate`.
#[must_use]
pub fn and_duplicates(number: usize) -> Option<String> {
    (number > 0).then(|| {
        let duplicates = count(number, Noun::Duplicate);
        say!("and {duplicates}", "und {duplicates}")
    })
}

/// What stands below a list that was cut.
#[must_use]
pub fn and_more(number: usize) -> String {
    say!("and {number} more", "und {number} weitere")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(incidents: usize) -> Took<'static> {
        Took {
            incidents,
            median: "42m",
            p90: (incidents >= 10).then_some("2h"),
            shortest: "5m",
            longest: "3h",
        }
    }

    #[test]
    fn small_numbers_are_said_carefully() {
        let said = [
            (12, 40),
            (6, 40),
            (3, 40),
            (2, 40),
            (1, 40),
            (12, 3),
            (12, 0),
            (0, 2),
        ]
        .map(|(now, before)| compared(of(now), of(before)));
        insta::assert_snapshot!(said.join("\n"), @r##"
median 42m, 90th percentile 2h, of 12 incidents; in the four weeks before median 42m, 90th percentile 2h, of 40 incidents
median 42m, longest 3h, of 6 incidents; in the four weeks before median 42m, 90th percentile 2h, of 40 incidents
median 42m, longest 3h, of 3 incidents: too few to compare
5m and 3h, in 2 incidents: too few to compare
42m, in 1 incident: too few to compare
median 42m, 90th percentile 2h, of 12 incidents; the 3 incidents of the four weeks before are too few to compare
median 42m, 90th percentile 2h, of 12 incidents; there was none in the four weeks before
none; in the four weeks before 5m and 3h, in 2 incidents
"##);
        assert_eq!(too_few(3, 9).unwrap(), "3 incidents are too few to compare");
    }

    #[test]
    fn what_is_counted_apart_is_a_number() {
        assert_eq!(apart(1, 2).unwrap(), "1 drill, 2 private incidents");
        assert_eq!(apart(0, 0), None);
    }
}
