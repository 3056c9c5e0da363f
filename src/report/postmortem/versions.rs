//! The versions of a section: who wrote what when, and what changed between two.

use similar::TextDiff;

use crate::incident::{Entry, Fact, Incident, Section, Seq};

/// One version of a section.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Version<'a> {
    /// The entry that holds it.
    pub entry: &'a Entry,
    /// All of it; `None` where it was removed for good.
    pub text: Option<&'a str>,
    /// The version its writer had before them.
    pub base: Option<Seq>,
    /// Whether the draft shows it.
    pub stands: bool,
}

/// All versions of a section, oldest first.
#[must_use]
pub fn versions<'a>(
    incident: &Incident,
    entries: &'a [Entry],
    section: Section,
) -> Vec<Version<'a>> {
    let standing = incident.words.get(&section);
    let versions = entries.iter().filter_map(|entry| match &entry.fact {
        Fact::SectionWritten {
            section: of,
            text,
            base,
        } if *of == section => {
            let hidden = incident.redacted.contains(&entry.seq);
            Some(Version {
                entry,
                text: (!hidden).then_some(text.as_str()),
                base: *base,
                stands: standing.is_some_and(|standing| standing.contains(&entry.seq)),
            })
        }
        _ => None,
    });
    versions.collect()
}

/// What changed from one text to another: a unified diff by lines, with one
/// line around each change; empty where they are the same.
#[must_use]
pub fn changes(from: &str, to: &str) -> String {
    // The longest texts are a few hundred lines; whoever makes them of one
    // letter a line waits no longer than this.
    let patience = std::time::Duration::from_millis(500);
    let diff = TextDiff::configure().timeout(patience).diff_lines(from, to);
    let mut unified = diff.unified_diff();
    unified.context_radius(1).missing_newline_hint(false);
    unified.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::*;
    use crate::report::story::Story;

    #[test]
    fn each_version_is_named_and_two_are_compared_by_lines() {
        let mut story = Story::new(7, chrono_tz::Tz::UTC, "2025-07-01T10:00:00Z");
        story.does(
            "ana",
            Command::Open(Open::new("API is down", Severity::Sev2)),
        );
        let mut write = |who, text: &str, base| {
            story.does(
                who,
                Command::WriteSection {
                    section: Section::RootCause,
                    text: text.to_owned(),
                    base,
                },
            )
        };
        let first = write("ana", "a deploy\nno canary\nat noon", None);
        let second = write("ben", "the deploy of 812\nno canary\nat noon", Some(first));
        let versions = versions(story.state(), &story.entries, Section::RootCause);
        let told: Vec<_> = versions
            .iter()
            .map(|one| (one.entry.seq, one.entry.actor.name(), one.base, one.stands))
            .collect();
        assert_eq!(
            told,
            [
                (first, "ana", None, false),
                (second, "ben", Some(first), true)
            ]
        );
        let diff = changes(versions[0].text.unwrap(), versions[1].text.unwrap());
        assert_eq!(
            diff,
            "@@ -1,2 +1,2 @@\n-a deploy\n+the deploy of 812\n no canary\n"
        );
        assert_eq!(changes("same", "same"), "");
    }
}
