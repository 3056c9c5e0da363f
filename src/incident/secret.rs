//! Texts that look like a token, a key or a password: well-known forms that
//! hardly anything else has, so that whoever is told of one believes it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::{Regex, RegexSet};

/// What a text seems to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::EnumIter)]
pub enum Secret {
    /// An access key of AWS.
    AwsKey,
    /// A token of GitHub or GitLab.
    CodeHostToken,
    /// A token of Slack, or the address of a webhook there.
    SlackToken,
    /// The token of a bot on Discord, or the address of a webhook there.
    DiscordToken,
    /// A private key.
    PrivateKey,
    /// A JSON web token.
    WebToken,
    /// A key of a web service: Stripe, Google, OpenAI, npm and their like.
    ServiceKey,
    /// A password: in an address, or written behind the word.
    Password,
}

/// The forms. Those of tokens are as their makers document them:
/// <https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns>.
const FORMS: [(Secret, &str); 12] = [
    (Secret::AwsKey, r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    (
        Secret::CodeHostToken,
        r"\b(?:gh[opsur]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40}|glpat-[A-Za-z0-9_-]{20})",
    ),
    (Secret::SlackToken, r"\bxox[abeoprs]-[0-9A-Za-z-]{20}"),
    (
        Secret::SlackToken,
        r"\bhooks\.slack\.com/services/T[0-9A-Z]{6,}/B[0-9A-Z]{6,}/[0-9A-Za-z]{16}",
    ),
    (
        Secret::DiscordToken,
        r"\b[MNO][A-Za-z0-9_-]{22,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27}",
    ),
    (
        Secret::DiscordToken,
        r"\bdiscord(?:app)?\.com/api/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60}",
    ),
    (
        Secret::PrivateKey,
        r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----",
    ),
    (
        Secret::WebToken,
        r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20}",
    ),
    (Secret::ServiceKey, r"\b[rs]k_live_[0-9A-Za-z]{20}"),
    (Secret::ServiceKey, r"\bAIza[0-9A-Za-z_-]{35}\b"),
    (
        Secret::ServiceKey,
        r"\bsk-(?:ant-[a-z0-9]+-|proj-|svcacct-)[A-Za-z0-9_-]{32}",
    ),
    (Secret::ServiceKey, r"\bnpm_[A-Za-z0-9]{36}\b"),
];

static KNOWN: LazyLock<RegexSet> = LazyLock::new(|| {
    let forms = FORMS.iter().map(|(_, form)| form);
    RegexSet::new(forms).expect("the forms are fixed and a test compiles them")
});

/// A password in an address, or behind a word that announces one.
static PASSWORDS: LazyLock<Regex> = LazyLock::new(|| {
    let forms = concat!(
        r"\b[A-Za-z][A-Za-z0-9+.-]*://[^\s/:@]+:([^\s/:@]{6,})@",
        r#"|(?i)\b(?:[a-z0-9]+[_-])*(?:password|passwd|passphrase|pwd|secret|api[_-]?key|secret[_-]?key|access[_-]?token|auth[_-]?token)["']?\s*[=:]\s*["'`]?([^\s"'`,;]{8,})"#,
    );
    Regex::new(forms).expect("the form is fixed and a test compiles it")
});

/// What stands where a password would and is none.
const PLACEHOLDERS: [&str; 11] = [
    "example", "changeme", "redacted", "your", "xxxx", "****", "....", "secret", "password",
    "token", "://",
];

/// The kinds of secrets that a text seems to hold; none in nearly all texts.
#[must_use]
pub fn secrets(text: &str) -> BTreeSet<Secret> {
    let known = KNOWN.matches(text).into_iter();
    let mut found: BTreeSet<Secret> = known.map(|form| FORMS[form].0).collect();
    let passwords = PASSWORDS.captures_iter(text);
    let mut values = passwords.filter_map(|found| found.get(1).or(found.get(2)));
    if values.any(|value| is_made_up(value.as_str())) {
        found.insert(Secret::Password);
    }
    found
}

/// Whether a value is no word and stands for no other: letters and digits mixed.
fn is_made_up(value: &str) -> bool {
    let small = value.to_lowercase();
    let has = |what: fn(char) -> bool| value.chars().any(what);
    has(char::is_alphabetic)
        && has(|c| c.is_ascii_digit())
        && !value.starts_with(['$', '<', '{', '[', '(', '%'])
        && !PLACEHOLDERS.iter().any(|word| small.contains(word))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use strum::IntoEnumIterator;

    use super::*;

    /// One of each form, put together here so that nobody takes them for real ones.
    fn examples() -> Vec<(Secret, String)> {
        let n = |part: &str, times: usize| part.repeat(times);
        vec![
            (Secret::AwsKey, format!("AKIA{}", n("7Q", 8))),
            (Secret::CodeHostToken, format!("ghp_{}", n("a1B2", 9))),
            (
                Secret::CodeHostToken,
                format!("github_pat_{}", n("a1B2", 12)),
            ),
            (Secret::CodeHostToken, format!("glpat-{}", n("a1B2", 5))),
            (Secret::SlackToken, format!("xoxb-{}", n("1234-", 6))),
            (
                Secret::SlackToken,
                format!(
                    "https://hooks.slack.com/services/T0000AAAA/B0000AAAA/{}",
                    n("aB3", 8)
                ),
            ),
            (
                Secret::DiscordToken,
                format!("M{}.{}.{}", n("Tk4", 8), n("aB3", 2), n("aB3", 10)),
            ),
            (
                Secret::DiscordToken,
                format!(
                    "https://discord.com/api/webhooks/{}/{}",
                    n("123", 6),
                    n("aB3", 22)
                ),
            ),
            (
                Secret::PrivateKey,
                "-----BEGIN RSA PRIVATE KEY-----".to_owned(),
            ),
            (Secret::PrivateKey, "-----BEGIN PRIVATE KEY-----".to_owned()),
            (
                Secret::WebToken,
                format!("eyJ{}.eyJ{}.{}", n("hb", 9), n("ci", 9), n("aB3_", 10)),
            ),
            (Secret::ServiceKey, format!("sk_live_{}", n("a1B2", 6))),
            (Secret::ServiceKey, format!("AIza{}", n("a1B2c", 7))),
            (Secret::ServiceKey, format!("sk-proj-{}", n("a1B2", 10))),
            (Secret::ServiceKey, format!("npm_{}", n("a1B2", 9))),
            (
                Secret::Password,
                "postgres://app:hunter2x@db-1/prod".to_owned(),
            ),
            (Secret::Password, "DB_PASSWORD=hunter2xyz".to_owned()),
            (Secret::Password, "\"api_key\": \"q8w7e6r5t4\"".to_owned()),
        ]
    }

    #[test]
    fn each_kind_is_found() {
        for (kind, text) in examples() {
            assert_eq!(secrets(&text), BTreeSet::from([kind]), "{text}");
        }
        let kinds: BTreeSet<Secret> = examples().into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, Secret::iter().collect());
    }

    #[test]
    fn what_people_say_in_an_incident_is_no_secret() {
        for text in [
            "the password: incorrect since 15:27",
            "password=$DB_PASSWORD, see the vault",
            "api_key: <your key here 123>",
            "set PASSWORD=changeme123 in the example",
            "rolled back to 4b825dc642cb6eb9a060e54bf8d69288fbee4904",
            "request 550e8400-e29b-41d4-a716-446655440000 timed out",
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "https://github.com/a/b/pull/11130 and https://user@host/path",
            "https://discord.com/channels/123456789012345678/123456789012345678",
            "the secret is: patience",
            "secret rotation at 15:27, token bucket: 100 per second",
            "redis://cache-1:6379/0 and http://10.0.0.1:8080/x@y",
            "-----BEGIN CERTIFICATE-----",
            "-----BEGIN PUBLIC KEY-----",
            "ghp_ and xoxb- are prefixes; AKIA too",
        ] {
            assert_eq!(secrets(text), BTreeSet::new(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn one_is_found_whatever_stands_around_it(
            before in "[a-z ,.!?\n]{0,40}[ \n]",
            place in 0..18usize,
            after in "[ \n][a-z ,.!?\n]{0,40}",
        ) {
            let (kind, text) = examples().swap_remove(place);
            let whole = [before, text, after].concat();
            prop_assert!(secrets(&whole).contains(&kind), "{}", whole);
        }

        #[test]
        fn words_and_numbers_hold_none(text in "([A-Za-z]{1,12}|[0-9]{1,9}|[ ,.:;=/@#-]{1,2}){0,40}") {
            let tokens: Vec<Secret> = secrets(&text).into_iter().filter(|one| *one != Secret::Password).collect();
            prop_assert_eq!(tokens, Vec::new());
        }
    }
}
