//! From the environment to a [`Config`], or to everything that is wrong with it.

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::secret::Secret;
use super::table::{self, Setting};
use super::value::{HttpAddr, LogFilter, LogFormat, Shards};

/// What Scribe was told to be.
#[derive(Clone, Debug)]
pub struct Config {
    /// The bot's token; only `run` needs one.
    pub token: Option<Secret>,
    /// Another base of Discord's API.
    pub api_url: Option<String>,
    /// Where the record is kept. May hold a password.
    pub database: Secret,
    /// Where health and metrics are served.
    pub http: HttpAddr,
    /// Where attached files are kept.
    pub data_dir: PathBuf,
    /// Which gateway shards this process serves.
    pub shards: Shards,
    /// Which log lines are written, where somebody said so.
    pub log_filter: Option<LogFilter>,
    /// How they look.
    pub log_format: LogFormat,
}

/// A setting with a value that is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadSetting {
    /// Which.
    pub name: &'static str,
    /// The value; `None` where it is secret.
    pub value: Option<String>,
    /// What is accepted, as the end of "must be ...".
    pub accepted: &'static str,
}

/// Every setting that is wrong, or the reason why `.env` cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadConfig {
    /// These values are not accepted.
    Settings(Vec<BadSetting>),
    /// `.env` cannot be read, for this reason.
    EnvFile(String),
}

impl std::error::Error for BadConfig {}

impl fmt::Display for BadConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bad = match self {
            Self::EnvFile(reason) => return write!(f, "the file .env cannot be read: {reason}"),
            Self::Settings(bad) => bad,
        };
        for (index, one) in bad.iter().enumerate() {
            let line_break = if index > 0 { "\n" } else { "" };
            let BadSetting { name, accepted, .. } = one;
            match &one.value {
                Some(value) => write!(f, "{line_break}{name} is {value:?}; it must be {accepted}")?,
                None => write!(
                    f,
                    "{line_break}{name} has a wrong value (not shown); it must be {accepted}"
                )?,
            }
        }
        Ok(())
    }
}

/// The variables of this process over those of `.env` in the directory, if
/// there is such a file.
///
/// # Errors
/// `.env` is there and cannot be read.
pub fn environment(directory: &Path) -> Result<HashMap<String, String>, BadConfig> {
    let mut variables = HashMap::new();
    let file = directory.join(".env");
    if file.exists() {
        let bad = |error: dotenvy::Error| BadConfig::EnvFile(env_file_reason(&error));
        for pair in dotenvy::from_path_iter(&file).map_err(bad)? {
            let (name, value) = pair.map_err(bad)?;
            variables.insert(name, value);
        }
    }
    variables.extend(std::env::vars_os().filter_map(|(name, value)| {
        Some((
            name.into_string().ok()?,
            value.to_string_lossy().into_owned(),
        ))
    }));
    Ok(variables)
}

/// The reason without the line itself: it may be the one with the token.
fn env_file_reason(error: &dotenvy::Error) -> String {
    match error {
        dotenvy::Error::LineParse(_, column) => {
            format!(
                "a line is not NAME=value (near its character {}); quote values with blanks",
                column + 1
            )
        }
        dotenvy::Error::Io(error) => error.to_string(),
        _ => "it is not a list of NAME=value".to_owned(),
    }
}

impl Config {
    /// Reads every setting. An empty value counts as not set.
    ///
    /// # Errors
    /// All values that are not accepted, at once.
    pub fn read(variables: &HashMap<String, String>) -> Result<Self, BadConfig> {
        let mut reader = Reader {
            variables,
            bad: Vec::new(),
        };
        let token = reader.optional(&table::DISCORD_TOKEN, token);
        let api_url = reader.optional(&table::DISCORD_API_URL, api_url);
        let database = reader.required(&table::DATABASE_URL, database);
        let http = reader.required(&table::HTTP_ADDR, parsed);
        let data_dir = reader.required(&table::DATA_DIR, |text| Some(PathBuf::from(text)));
        let shards = reader.required(&table::SHARDS, parsed);
        let log_filter = reader.optional(&table::RUST_LOG, parsed);
        let log_format = reader.required(&table::LOG_FORMAT, parsed);
        match (database, http, data_dir, shards, log_format) {
            (Some(database), Some(http), Some(data_dir), Some(shards), Some(log_format))
                if reader.bad.is_empty() =>
            {
                Ok(Self {
                    token,
                    api_url,
                    database,
                    http,
                    data_dir,
                    shards,
                    log_filter,
                    log_format,
                })
            }
            _ => Err(BadConfig::Settings(reader.bad)),
        }
    }
}

struct Reader<'a> {
    variables: &'a HashMap<String, String>,
    bad: Vec<BadSetting>,
}

impl Reader<'_> {
    fn optional<T>(&mut self, setting: &Setting, parse: fn(&str) -> Option<T>) -> Option<T> {
        let set = self.variables.get(setting.name);
        let text = set
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())?;
        self.parse(setting, text.to_owned(), parse)
    }

    /// The value, or that of the default. `None` only after a complaint.
    fn required<T>(&mut self, setting: &Setting, parse: fn(&str) -> Option<T>) -> Option<T> {
        let set = self.variables.get(setting.name);
        let text = set.map(|text| text.trim()).filter(|text| !text.is_empty());
        let text = text.or(setting.default).unwrap_or("").to_owned();
        self.parse(setting, text, parse)
    }

    fn parse<T>(
        &mut self,
        setting: &Setting,
        text: String,
        parse: fn(&str) -> Option<T>,
    ) -> Option<T> {
        let value = parse(&text);
        if value.is_none() {
            self.bad.push(BadSetting {
                name: setting.name,
                value: (!setting.secret).then_some(text),
                accepted: setting.accepted,
            });
        }
        value
    }
}

fn parsed<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

/// A token is `id.time.signature`, each part in URL-safe Base64.
fn token(text: &str) -> Option<Secret> {
    let part = |part: &str| {
        let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '=');
        !part.is_empty() && part.chars().all(known)
    };
    let valid = text.split('.').count() == 3 && text.split('.').all(part);
    valid.then(|| Secret::new(text))
}

fn api_url(text: &str) -> Option<String> {
    let url = reqwest::Url::parse(text).ok()?;
    let bare = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.path() == "/"
        && url.query().is_none();
    bare.then(|| text.trim_end_matches('/').to_owned())
}

fn database(text: &str) -> Option<Secret> {
    let there = match text.strip_prefix("sqlite:") {
        Some(path) => {
            let path = path.strip_prefix("//").unwrap_or(path);
            !path.is_empty() && !path.starts_with(':')
        }
        None => reqwest::Url::parse(text)
            .is_ok_and(|url| matches!(url.scheme(), "postgres" | "postgresql") && url.has_host()),
    };
    there.then(|| Secret::new(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, BadConfig> {
        let pairs = pairs.iter();
        Config::read(
            &pairs
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn nothing_set_is_a_whole_config() {
        let config = read(&[("DISCORD_TOKEN", "  ")]).unwrap();
        assert_eq!(config.token, None);
        assert_eq!(config.database.expose(), "sqlite://scribe.db");
        assert_eq!(config.http, "127.0.0.1:8080".parse().unwrap());
        assert_eq!(config.data_dir, Path::new("data"));
        assert_eq!(config.shards, Shards::Auto);
        assert_eq!(config.log_filter, None);
        assert_eq!(config.log_format, LogFormat::Text);
    }

    #[test]
    fn everything_wrong_is_told_at_once_and_no_secret_with_it() {
        let error = read(&[
            ("DISCORD_TOKEN", "Bot hunter2"),
            ("DISCORD_API_URL", "localhost:4700/api"),
            ("DATABASE_URL", "mysql://root:hunter2@db"),
            ("SCRIBE_HTTP_ADDR", "8080"),
            ("SCRIBE_SHARDS", "4/4"),
            ("RUST_LOG", "scribe=loud"),
            ("SCRIBE_LOG_FORMAT", "xml"),
        ]);
        let text = error.unwrap_err().to_string();
        assert!(!text.contains("hunter2"), "{text}");
        for setting in table::SETTINGS {
            let told = setting.name == "SCRIBE_DATA_DIR" || text.contains(setting.name);
            assert!(told, "{} is missing in {text}", setting.name);
        }
        assert!(
            text.contains("SCRIBE_SHARDS is \"4/4\"; it must be auto, or"),
            "{text}"
        );
        assert_eq!(text.lines().count(), 7, "{text}");
    }

    #[test]
    fn a_debug_print_of_the_config_shows_no_token() {
        let config = read(&[("DISCORD_TOKEN", "abc.def.hunter2")]).unwrap();
        assert_eq!(config.token.as_ref().unwrap().expose(), "abc.def.hunter2");
        assert!(!format!("{config:?}").contains("hunter2"));
    }

    #[test]
    fn the_env_file_gives_what_the_environment_does_not() {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(
            directory.path().join(".env"),
            "SCRIBE_SHARDS=0-1/2\nPATH=nowhere\n",
        )
        .unwrap();
        let variables = environment(directory.path()).unwrap();
        assert_eq!(variables["SCRIBE_SHARDS"], "0-1/2");
        assert_ne!(variables["PATH"], "nowhere");
    }

    #[test]
    fn a_broken_env_file_is_told_without_its_line() {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join(".env"), "DISCORD_TOKEN=hun ter2\n").unwrap();
        let text = environment(directory.path()).unwrap_err().to_string();
        assert!(text.starts_with("the file .env cannot be read"), "{text}");
        assert!(!text.contains("ter2"), "{text}");
    }
}
