//! Where log lines go and how they look.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};

/// Log lines go to standard error, so that standard output is the answer
/// alone. `quietly` is what holds where nobody set `RUST_LOG`.
pub(crate) fn set_up(config: &Config, quietly: &str) {
    let filter = config.log_filter.as_ref();
    let filter = EnvFilter::new(filter.map_or(quietly, |filter| filter.as_str()));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal());
    match config.log_format {
        LogFormat::Text => builder.init(),
        LogFormat::Json => builder.json().flatten_event(true).init(),
    }
}
