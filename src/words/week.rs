//! What a review says in sentences.

use super::name::count;

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

/// Days in which nothing happened; `noun` is `week`, `month` or `time`.
#[must_use]
pub fn quiet(noun: &str, so_far: bool) -> String {
    if so_far {
        format!("A quiet {noun} so far: nothing was declared and nothing is open.")
    } else {
        format!("A quiet {noun}: nothing was declared, nothing is open. Enjoy it.")
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
        (0, _) => "none".to_owned(),
        (1, _) => format!("{median}, in 1 incident"),
        (2, _) => format!("{shortest} and {longest}, in 2 incidents"),
        (_, None) => format!("median {median}, longest {longest}, of {incidents} incidents"),
        (_, Some(p90)) => {
            format!("median {median}, 90th percentile {p90}, of {incidents} incidents")
        }
    }
}

/// Why it is not compared with the weeks before; `None` where it may be.
#[must_use]
pub fn too_few(now: usize, before: usize) -> Option<String> {
    let are = |incidents: usize| if incidents == 1 { "is" } else { "are" };
    match (now, before) {
        (0, _) => None,
        (now, _) if now < TOO_FEW => Some(format!(
            "{} {} too few to compare",
            count(now, "incident"),
            are(now)
        )),
        (_, 0) => Some("there was none in the four weeks before".to_owned()),
        (_, before) if before < TOO_FEW => Some(format!(
            "the {} of the four weeks before {} too few to compare",
            count(before, "incident"),
            are(before)
        )),
        _ => None,
    }
}

/// How long something took, against the four weeks before; careful where the numbers are small.
#[must_use]
pub fn compared(now: Took<'_>, before: Took<'_>) -> String {
    match (now.incidents, too_few(now.incidents, before.incidents)) {
        (0, _) => format!("none; in the four weeks before {}", took(before)),
        (few, Some(_)) if few < TOO_FEW => format!("{}: too few to compare", took(now)),
        (_, Some(why)) => format!("{}; {why}", took(now)),
        (_, None) => format!("{}; in the four weeks before {}", took(now), took(before)),
    }
}

/// What is counted apart: `1 drill, 2 private incidents`; `None` where there is nothing.
#[must_use]
pub fn apart(drills: usize, private: usize) -> Option<String> {
    let counts = [(drills, "drill"), (private, "private incident")];
    let counts = counts.into_iter().filter(|(number, _)| *number > 0);
    let said: Vec<String> = counts.map(|(number, what)| count(number, what)).collect();
    (!said.is_empty()).then(|| said.join(", "))
}

/// How many duplicates count as one with an incident: `and 1 duplicate`.
#[must_use]
pub fn and_duplicates(number: usize) -> Option<String> {
    (number > 0).then(|| format!("and {}", count(number, "duplicate")))
}

/// What stands below a list that was cut.
#[must_use]
pub fn and_more(number: usize) -> String {
    format!("and {number} more")
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
