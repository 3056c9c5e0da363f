//! What the weekly summary says in sentences.

use super::name::count;

/// How few incidents make a comparison of two weeks say nothing.
const FEW: usize = 3;

/// How long resolving took in one week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolving<'a> {
    /// Of how many incidents.
    pub incidents: usize,
    /// The median, as shown.
    pub median: &'a str,
    /// The longest, as shown.
    pub longest: &'a str,
    /// Whose that was: `INC-12`.
    pub longest_of: &'a str,
}

/// A week in which nothing happened.
#[must_use]
pub fn quiet(so_far: bool) -> &'static str {
    if so_far {
        "A quiet week so far: nothing was declared and nothing is open."
    } else {
        "A quiet week: nothing was declared, nothing is open. Enjoy it."
    }
}

/// How long resolving took, against the week before; careful where the numbers are small.
#[must_use]
pub fn resolving(week: Option<Resolving<'_>>, before: Option<Resolving<'_>>) -> String {
    let one = |times: Resolving<'_>| match times.incidents {
        1 => format!("{} ({}, the only one)", times.median, times.longest_of),
        many => format!(
            "median {}, longest {} ({}), of {}",
            times.median,
            times.longest,
            times.longest_of,
            count(many, "incident")
        ),
    };
    let few = |times: Option<Resolving<'_>>| times.is_some_and(|times| times.incidents < FEW);
    let careful = if few(week) || few(before) {
        "; too few to compare"
    } else {
        ""
    };
    match (week, before) {
        (None, None) => "nothing was resolved, nor in the week before".to_owned(),
        (None, Some(before)) => format!("nothing was resolved; the week before {}", one(before)),
        (Some(week), None) => format!("{}; nothing was resolved in the week before", one(week)),
        (Some(week), Some(before)) => {
            format!("{}; the week before {}{careful}", one(week), one(before))
        }
    }
}

/// What stands below a list that was cut.
#[must_use]
pub fn and_more(number: usize) -> String {
    format!("and {number} more")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_are_not_compared() {
        let times = |incidents| Resolving {
            incidents,
            median: "42m",
            longest: "3h",
            longest_of: "INC-9",
        };
        assert_eq!(
            resolving(Some(times(5)), Some(times(4))),
            "median 42m, longest 3h (INC-9), of 5 incidents; the week before median 42m, longest 3h (INC-9), of 4 incidents"
        );
        assert_eq!(
            resolving(Some(times(1)), Some(times(4))),
            "42m (INC-9, the only one); the week before median 42m, longest 3h (INC-9), of 4 incidents; too few to compare"
        );
        assert_eq!(
            resolving(None, None),
            "nothing was resolved, nor in the week before"
        );
    }
}
