//! Discord's markup in a terminal: mentions as names, timestamps as times,
//! bold as bold. The demo shows messages with it, and every command the
//! sentences that Scribe would say on Discord.

use anstyle::{Reset, Style};
use chrono::DateTime;
use chrono_tz::Tz;

use crate::incident::human_time::{show, show_clock};

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const RESET: Reset = Reset;

/// What a mention is of.
pub(crate) enum Mention {
    /// `<@1>`
    User(u64),
    /// `<#1>`
    Channel(u64),
}

/// A sentence of Scribe for a shell.
pub(crate) fn sentence(text: &str, zone: Tz) -> String {
    let id = |mention: Mention| match mention {
        Mention::User(id) | Mention::Channel(id) => id.to_string(),
    };
    let lines = text.lines().map(|text| line(text, zone, id));
    lines.collect::<Vec<_>>().join("\n")
}

/// One line as a reader in that zone sees it. `name` knows users and channels.
pub(crate) fn line(text: &str, zone: Tz, name: impl Fn(Mention) -> String) -> String {
    let (small, text) = match text.strip_prefix("-# ") {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut shown = String::new();
    let mut bold = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((known, after)) = tag(rest, zone, &name) {
            shown.push_str(&known);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("**") {
            bold = !bold;
            shown.push_str(&if bold {
                BOLD.to_string()
            } else {
                RESET.to_string()
            });
            rest = after;
        } else if let Some(after) = escaped(rest) {
            shown.push_str(&rest[1..rest.len() - after.len()]);
            rest = after;
        } else {
            if !c.is_control() {
                shown.push(c);
            }
            rest = &rest[c.len_utf8()..];
        }
    }
    match small {
        true => format!("{DIM}{shown}{RESET}"),
        false if bold => format!("{shown}{RESET}"),
        false => shown,
    }
}

/// What follows a backslash and the character that it protects.
fn escaped(text: &str) -> Option<&str> {
    let after = text.strip_prefix('\\')?;
    let protected = after.chars().next()?;
    protected
        .is_ascii_punctuation()
        .then(|| &after[protected.len_utf8()..])
}

/// `<@1>`, `<#1>` or `<t:1:f>` at the start, as it is shown, and what follows.
fn tag<'a>(
    text: &'a str,
    zone: Tz,
    name: &impl Fn(Mention) -> String,
) -> Option<(String, &'a str)> {
    let (inside, after) = text.strip_prefix('<')?.split_once('>')?;
    if let Some(id) = inside.strip_prefix('@') {
        return Some((format!("@{}", name(Mention::User(id.parse().ok()?))), after));
    }
    if let Some(id) = inside.strip_prefix('#') {
        return Some((
            format!("#{}", name(Mention::Channel(id.parse().ok()?))),
            after,
        ));
    }
    let (seconds, form) = inside.strip_prefix("t:")?.split_once(':')?;
    let at = DateTime::from_timestamp(seconds.parse().ok()?, 0)?;
    let shown = match form {
        "t" => show_clock(at, zone),
        _ => show(at, zone),
    };
    Some((shown, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let name = |mention: Mention| match mention {
            Mention::User(id) => format!("user{id}"),
            Mention::Channel(id) => format!("channel{id}"),
        };
        let styled = line(text, Tz::Europe__Amsterdam, name);
        anstream::adapter::strip_str(&styled).to_string()
    }

    #[test]
    fn people_read_names_and_times() {
        assert_eq!(shown("<@7> is in <#8>"), "@user7 is in #channel8");
        assert_eq!(shown("since <t:1778892060:t>"), "since 02:41");
        assert_eq!(shown("-# **#3** · ines"), "#3 · ines");
        assert_eq!(shown("a \\*b\\* \\\\ <c> 1 < 2"), "a *b* \\ <c> 1 < 2");
    }

    #[test]
    fn a_message_cannot_move_the_cursor() {
        let name = |_: Mention| String::new();
        assert_eq!(line("a\u{1b}[2Jb", Tz::UTC, name), "a[2Jb");
    }
}
