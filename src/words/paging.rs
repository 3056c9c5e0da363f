//! The line below a page of what was found: which page it is, and what was
//! asked for, from which the buttons turn it.

use crate::incident::text;

use super::language::{say, word};

/// On the button to what is newer.
#[must_use]
pub fn previous() -> &'static str {
    word!("Previous", "Vorige")
}

/// On the button to what is older.
#[must_use]
pub fn next() -> &'static str {
    word!("Next", "Nächste")
}

/// The longest that may be kept of what was asked for, in characters.
const MOST: usize = 400;

/// What was asked for: the names of options and their values.
pub type Query = Vec<(&'static str, String)>;

/// The line: `Page 2 of /incident search text:pool | severity:SEV1`. Nothing
/// where it would be too long to be kept.
#[must_use]
pub fn foot(command: &str, query: &Query, page: u32) -> Option<String> {
    let options = query.iter().map(|(name, value)| {
        let value = text::one_line(value);
        format!("{name}:{}", written(&value))
    });
    let options = options.collect::<Vec<_>>().join(BETWEEN);
    let fits = options.chars().count() <= MOST;
    let asked = format!("{command} {options}");
    let asked = asked.trim_end();
    fits.then(|| {
        say!(
            "-# Page {page} of `/{asked}`",
            "-# Seite {page} von `/{asked}`"
        )
    })
}

/// What was asked for, by the last such line of an answer; `names` are the
/// options there are.
#[must_use]
pub fn query(answer: &str, command: &str, names: &[&'static str]) -> Option<Query> {
    // Whoever asked may have changed their language meanwhile.
    let foot = |line: &&str| BEGINNINGS.iter().any(|one| line.starts_with(one));
    let line = answer.lines().rfind(foot)?;
    let asked = line.split_once(" `/")?.1.strip_suffix('`')?;
    let options = asked.strip_prefix(command)?.trim_start();
    let options = options.split(BETWEEN).filter(|one| !one.is_empty());
    options
        .map(|one| {
            let (name, value) = one.split_once(':')?;
            let name = names.iter().find(|known| **known == name)?;
            Some((*name, read(value)))
        })
        .collect()
}

/// There is no such page.
#[must_use]
pub fn no_page(page: u32) -> String {
    say!(
        "There is no page {page}: what was found stands on the pages before.",
        "Es gibt keine Seite {page}: Was gefunden wurde, steht auf den Seiten davor."
    )
}

const BETWEEN: &str = " | ";

/// What the line begins with, in each language.
const BEGINNINGS: [&str; 2] = ["-# Page ", "-# Seite "];

/// The characters that mean something in the line.
const MARKS: [(char, &str); 3] = [('%', "%25"), ('|', "%7C"), ('`', "%60")];

fn written(value: &str) -> String {
    let write = |c: char| {
        let mark = MARKS.iter().find(|(mark, _)| *mark == c);
        mark.map_or_else(|| c.to_string(), |(_, code)| (*code).to_owned())
    };
    value.chars().map(write).collect()
}

fn read(value: &str) -> String {
    let marks = MARKS.iter().rev();
    marks.fold(value.to_owned(), |value, (mark, code)| {
        value.replace(code, &mark.to_string())
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_asked_for_comes_back(typed in "\\PC{0,60}", other in "[%|`25760C:/ a]{0,30}", page in 1u32..100) {
            let asked: Query = vec![("text", text::one_line(&typed)), ("component", text::one_line(&other))];
            let foot = foot("incident search", &asked, page).unwrap();
            let answer = format!("some line\n-# Page 9 of `/incident search text:else`\n{foot}");
            let back = query(&answer, "incident search", &["text", "component"]);
            prop_assert_eq!(back, Some(asked));
        }
    }

    #[test]
    fn what_is_not_ours_is_nothing() {
        assert_eq!(query("", "incident list", &[]), None);
        let line = "-# Page 2 of `/incident list`";
        assert_eq!(query(line, "incident list", &[]), Some(Vec::new()));
        assert_eq!(query(line, "incident search", &[]), None);
        let line = "-# Page 2 of `/incident list x:1`";
        assert_eq!(query(line, "incident list", &["y"]), None);
        assert_eq!(foot("x", &vec![("text", "a".repeat(500))], 1), None);
    }
}
