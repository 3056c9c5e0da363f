//! `scribe doctor`

use std::path::Path;
use std::time::Duration;

use clap::Args;

use super::health::ask;
use super::outcome::{Outcome, visible};
use crate::clock;
use crate::config::Config;
use crate::discord::{Application, BotError};
use crate::store::{Condition, Store, Trouble};
use crate::words::{self, name};

/// How long the bot may take to answer.
const PATIENCE: Duration = Duration::from_secs(4);

/// Check the settings, the record and the bot on this machine, and say how to mend each.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit code 0: all is well. 1: something is to be mended.\n\
    What a server on Discord allows the bot, `/scribe doctor` says there."
)]
pub(crate) struct Doctor {}

/// What came of a check.
enum Finding {
    Well(String),
    /// Not as it may be, but nothing to mend.
    Note(String),
    Bad(String),
}

impl Doctor {
    pub(crate) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let mut findings = vec![token(config).await];
        findings.extend(store(config).await);
        findings.extend([data_dir(&config.data_dir), bot(config).await]);
        let mut outcome = Outcome::default();
        for finding in findings {
            let (mark, text) = match &finding {
                Finding::Well(text) => ("ok  ", text),
                Finding::Note(text) => ("note", text),
                Finding::Bad(text) => ("BAD ", text),
            };
            outcome.finding |= matches!(finding, Finding::Bad(_));
            outcome.text.push_str(&format!("{mark}  {text}\n"));
        }
        Ok(outcome)
    }
}

async fn token(config: &Config) -> Finding {
    let Some(token) = &config.token else {
        let missing = "DISCORD_TOKEN is not set; `scribe run` says where to get one";
        return Finding::Bad(missing.to_owned());
    };
    match Application::of(token.expose(), config.api_url.as_deref()).await {
        Err(error @ BotError::Unreachable { .. }) => Finding::Note(format!(
            "{error}. The record on this machine can be worked with all the same: `scribe --help`"
        )),
        Err(error) => Finding::Bad(error.to_string()),
        Ok(application) if !application.reads_messages => {
            Finding::Bad(BotError::Intent.to_string())
        }
        Ok(application) if !application.commands_are_current => Finding::Note(format!(
            "Discord shows other commands of {} than those of this version; the bot tells it of them at its start",
            visible(&application.name)
        )),
        Ok(application) => Finding::Well(format!(
            "Discord knows the token, as {}, which may read messages and has the commands of this version",
            visible(&application.name)
        )),
    }
}

async fn store(config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    let checked = async {
        let store = Store::open(config.database.expose()).await?;
        // What is damaged may not be read any further.
        if let Some(damage) = store.damage().await? {
            findings.push(Finding::Bad(words::storage::damaged(&visible(&damage))));
        }
        let condition = store.condition(clock::now()).await?;
        findings.extend(fares(&condition));
        let checked = store.verify().await;
        let waiting = store.outbox_depth().await;
        store.close().await;
        Ok::<_, crate::store::StoreError>((checked?, waiting?))
    };
    let checked = checked.await;
    findings.push(match checked {
        Err(error) => Finding::Bad(format!("the record: {error}")),
        Ok((checked, _)) if !checked.differences.is_empty() => {
            let count = name::count(checked.differences.len(), "finding");
            Finding::Bad(format!(
                "the record has {count}; `scribe verify` lists them"
            ))
        }
        Ok((checked, depth)) => {
            let incidents = name::count(checked.incidents, "incident");
            let entries = checked.entries;
            let (waiting, given_up) = (depth.waiting, depth.given_up);
            Finding::Well(format!(
                "the record holds {incidents} with {entries} entries, each as it must be; \
                 {waiting} to be delivered, {given_up} given up"
            ))
        }
    });
    findings
}

/// How what the record lies on fares.
fn fares(condition: &Condition) -> Vec<Finding> {
    let troubles = condition.troubles().into_iter().map(|trouble| {
        Finding::Bad(match trouble {
            Trouble::LittleRoom(free) => words::storage::little_room(free),
            Trouble::LongLog(bytes) => words::storage::long_log(bytes),
            Trouble::OldServer(version) => words::storage::old_server(version),
            Trouble::ClockApart(ahead) => words::storage::clock_apart(ahead),
            Trouble::FewConnections(taken, all) => words::storage::few_connections(taken, all),
        })
    });
    let troubles: Vec<Finding> = troubles.collect();
    if !troubles.is_empty() {
        return troubles;
    }
    let megabytes = |bytes: u64| bytes / 1_000_000;
    let parts = [
        condition
            .free
            .map(|free| format!("{} MB free where it lies", megabytes(free))),
        condition
            .wal
            .map(|wal| format!("{} MB of write-ahead log", megabytes(wal))),
        condition
            .server
            .map(|version| format!("PostgreSQL {}.{}", version / 10_000, version % 10_000)),
        condition
            .connections
            .map(|(taken, all)| format!("{taken} of {all} connections taken")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    vec![Finding::Well(format!("storage: {}", name::list(&parts)))]
}

fn data_dir(folder: &Path) -> Finding {
    let shown = folder.display();
    let written = std::fs::create_dir_all(folder).and_then(|()| tempfile_in(folder));
    match written {
        Ok(()) => Finding::Well(format!("SCRIBE_DATA_DIR: {shown} can be written")),
        Err(error) => Finding::Bad(format!(
            "SCRIBE_DATA_DIR: {shown} cannot be written ({error}); attached files would be lost"
        )),
    }
}

/// Writes a file there and takes it away again.
fn tempfile_in(folder: &Path) -> std::io::Result<()> {
    let probe = folder.join(".scribe-doctor");
    std::fs::write(&probe, "")?;
    std::fs::remove_file(probe)
}

async fn bot(config: &Config) -> Finding {
    match config.http.0 {
        None => Finding::Note("SCRIBE_HTTP_ADDR is off: the bot cannot be asked".to_owned()),
        Some(addr) => match ask(addr, PATIENCE).await {
            Ok((true, _)) => Finding::Well(format!("the bot at {addr} is ready")),
            Ok((false, text)) => Finding::Bad(format!("the bot at {addr} is not ready: {text}")),
            Err(_) => Finding::Note(format!("no bot answers at {addr}")),
        },
    }
}
