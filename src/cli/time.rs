//! Times as people type them at a shell.

use chrono::{DateTime, Utc};

use super::desk::Desk;
use super::markup;
use super::outcome::WrongUse;
use crate::incident::human_time;
use crate::words;

/// A time such as `15:27`, `10m ago` or `2025-07-08 15:27 CT`, in the guild's
/// zone where it names none.
pub(crate) fn read(desk: &Desk, text: &str) -> anyhow::Result<DateTime<Utc>> {
    human_time::parse(text, desk.now, desk.zone()).map_err(|refusal| {
        let speech = words::Speech {
            zone: desk.zone(),
            now: desk.now,
        };
        let sentence = words::time_refusal(&refusal, &speech);
        WrongUse(markup::sentence(&sentence, desk.zone())).into()
    })
}
