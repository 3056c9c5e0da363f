//! The marks that Discord's clients write into a text for people, emoji and
//! times, read as the clients show them.
//!
//! Source: Discord's reference, "Message Formatting".

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use crate::incident::UserId;

/// The text with `<@77>` as `@ana` where `name` knows them, `<:shipit:1>` as
/// `:shipit:` and `<t:1751990000:f>` as `time` writes it. Other marks stay as they are.
#[must_use]
pub fn read(
    text: &str,
    name: impl Fn(UserId) -> Option<String>,
    time: impl Fn(DateTime<Utc>) -> String,
) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut read = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        read.push_str(&rest[..start]);
        rest = &rest[start..];
        let inside = rest.find('>').map(|end| (&rest[1..end], end + 1));
        match inside.and_then(|(mark, end)| Some((one(mark, &name, &time)?, end))) {
            Some((shown, end)) => {
                read.push_str(&shown);
                rest = &rest[end..];
            }
            None => {
                read.push('<');
                rest = &rest[1..];
            }
        }
    }
    read.push_str(rest);
    Cow::Owned(read)
}

fn one(
    mark: &str,
    name: impl Fn(UserId) -> Option<String>,
    time: impl Fn(DateTime<Utc>) -> String,
) -> Option<String> {
    if let Some(id) = mark.strip_prefix('@') {
        let id = id.strip_prefix('!').unwrap_or(id);
        return name(UserId(id.parse().ok()?)).map(|name| format!("@{name}"));
    }
    if let Some(stamp) = mark.strip_prefix("t:") {
        let seconds = stamp.split(':').next()?.parse().ok()?;
        return DateTime::from_timestamp(seconds, 0).map(time);
    }
    let emoji = mark.strip_prefix('a').unwrap_or(mark).strip_prefix(':')?;
    let (name, id) = emoji.split_once(':')?;
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_emoji = !name.is_empty() && name.chars().all(word) && id.parse::<u64>().is_ok();
    is_emoji.then(|| format!(":{name}:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_as_they_are_shown() {
        let name = |user| (user == UserId(77)).then(|| "ana".to_owned());
        let time = |at: DateTime<Utc>| at.format("%H:%M").to_string();
        for (written, shown) in [
            ("no marks", "no marks"),
            ("<@77> and <@!77>, <@78>", "@ana and @ana, <@78>"),
            ("done <a:party:12> <:ship_it:3>!", "done :party: :ship_it:!"),
            ("at <t:900:t>", "at 00:15"),
            ("a < b, <b>, <:x>, <", "a < b, <b>, <:x>, <"),
            (
                "<t:99999999999999999:f> <<@77>",
                "<t:99999999999999999:f> <@ana",
            ),
        ] {
            assert_eq!(read(written, name, time), shown);
        }
    }
}
