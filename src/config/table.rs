//! Every setting there is.

/// One setting.
#[derive(Debug)]
pub struct Setting {
    /// The environment variable.
    pub name: &'static str,
    /// What holds where it is not set.
    pub default: Option<&'static str>,
    /// What it is for, in lines for the example file.
    pub meaning: &'static [&'static str],
    /// What is accepted, as the end of "must be ...".
    pub accepted: &'static str,
    /// Whether its value must not be repeated in an error.
    pub secret: bool,
}

impl Setting {
    const fn new(
        name: &'static str,
        default: Option<&'static str>,
        accepted: &'static str,
        meaning: &'static [&'static str],
    ) -> Self {
        Self {
            name,
            default,
            meaning,
            accepted,
            secret: false,
        }
    }

    const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }
}

pub(super) const DISCORD_TOKEN: Setting = Setting::new(
    "DISCORD_TOKEN",
    None,
    "a bot token: three parts with a dot between them, without \"Bot \" before it",
    &[
        "The bot's token, from https://discord.com/developers/applications -> your",
        "application -> Bot -> Reset Token. Only `scribe run` needs it.",
    ],
)
.secret();

pub(super) const DISCORD_API_URL: Setting = Setting::new(
    "DISCORD_API_URL",
    None,
    "an http:// or https:// address without a path, such as http://127.0.0.1:4700",
    &["Another base of Discord's API: a sandbox on this machine. Not set: Discord."],
);

pub(super) const DATABASE_URL: Setting = Setting::new(
    "DATABASE_URL",
    Some("sqlite://scribe.db"),
    "sqlite://PATH of a file, such as sqlite://scribe.db, or postgres://USER:PASSWORD@HOST/DATABASE",
    &[
        "Where the record is kept: a file on a local disk, made at the first start, or a",
        "database of a PostgreSQL server.",
    ],
)
.secret();

pub(super) const HTTP_ADDR: Setting = Setting::new(
    "SCRIBE_HTTP_ADDR",
    Some("127.0.0.1:8080"),
    "an address with a port, such as 127.0.0.1:8080, or off",
    &["Where /healthz, /readyz and /metrics are served; `off` for nowhere."],
);

pub(super) const DATA_DIR: Setting = Setting::new(
    "SCRIBE_DATA_DIR",
    Some("data"),
    "a directory",
    &["Where the files that people attach are kept."],
);

pub(super) const SHARDS: Setting = Setting::new(
    "SCRIBE_SHARDS",
    Some("auto"),
    "auto, or first-last/total such as 0-3/16",
    &[
        "Of which gateway shards this process serves its part; `auto` is all,",
        "as many as Discord recommends.",
    ],
);

pub(super) const RUST_LOG: Setting = Setting::new(
    "RUST_LOG",
    Some("info"),
    "a level (error, warn, info, debug, trace) or filters such as info,scribe=debug",
    &[
        "What is logged, to standard error. Commands other than `run` say only",
        "warnings unless this is set.",
    ],
);

pub(super) const LOG_FORMAT: Setting = Setting::new(
    "SCRIBE_LOG_FORMAT",
    Some("text"),
    "text or json",
    &["How a log line looks: `text` for people, `json` for a collector."],
);

/// Every setting, in the order of the example file.
pub const SETTINGS: &[&Setting] = &[
    &DISCORD_TOKEN,
    &DISCORD_API_URL,
    &DATABASE_URL,
    &HTTP_ADDR,
    &DATA_DIR,
    &SHARDS,
    &RUST_LOG,
    &LOG_FORMAT,
];

/// The text of `.env.example`: each setting with its meaning and default,
/// commented out, so that a copy of it changes nothing.
#[must_use]
pub fn example() -> String {
    let mut text = String::from(
        "# Settings of Scribe. Copy this file to .env and take the # off what you change.\n\
         # A variable that is set in the environment wins over this file.\n",
    );
    for setting in SETTINGS {
        text.push('\n');
        for line in setting.meaning {
            text.push_str(&format!("# {line}\n"));
        }
        text.push_str(&format!("# Accepted: {}.\n", setting.accepted));
        let default = setting.default.unwrap_or_default();
        text.push_str(&format!("#{}={default}\n", setting.name));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_file_is_this_table() {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(".env.example");
        let text = std::fs::read_to_string(&file).unwrap();
        assert_eq!(
            text,
            example(),
            "write what config::example() says to .env.example"
        );
    }
}
