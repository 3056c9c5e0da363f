//! `scribe health`

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use anyhow::{Context, bail};
use clap::Args;

use super::outcome::Outcome;
use crate::config::Config;

/// How long the bot may take to answer.
const PATIENCE: Duration = Duration::from_secs(4);

/// Ask the bot that runs on this machine whether it is ready.
#[derive(Debug, Args)]
#[command(
    after_help = "Asks /readyz at SCRIBE_HTTP_ADDR. Exit code 0: the store answers and the gateway is connected.\n\
    Made for a container's health check, which has no curl."
)]
pub(crate) struct Health {}

impl Health {
    pub(crate) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let Some(addr) = config.http.0 else {
            bail!("SCRIBE_HTTP_ADDR is off, so there is nobody to ask");
        };
        let (ready, text) = ask(addr, PATIENCE).await?;
        Ok(Outcome {
            text: format!("{text}\n"),
            finding: !ready,
        })
    }
}

/// Whether the bot at an address is ready, and what it says.
pub(crate) async fn ask(
    mut addr: SocketAddr,
    patience: Duration,
) -> anyhow::Result<(bool, String)> {
    if addr.ip().is_unspecified() {
        addr.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    let client = reqwest::Client::builder()
        .timeout(patience)
        .no_proxy()
        .build()?;
    let answer = client.get(format!("http://{addr}/readyz")).send().await;
    let answer = answer.with_context(|| format!("no bot answers at {addr}"))?;
    Ok((answer.status().is_success(), answer.text().await?))
}
