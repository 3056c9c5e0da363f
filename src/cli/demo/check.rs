//! Whether what came of the story is what it should be.

use anyhow::ensure;
use chrono::TimeDelta;

use super::stage::Stage;
use super::story;
use crate::incident::{Role, Status};

/// Fails where the record, the draft or the summary are not as the story has it,
/// or where the bot broke one of Discord's rules on the way.
pub(super) async fn check(stage: &Stage, draft: &str, summary: &str) -> anyhow::Result<()> {
    let incident = stage.incident().await?;
    let statuses: Vec<Status> = incident.status.changes().iter().map(|c| c.value).collect();
    ensure!(
        statuses == story::STATUSES,
        "the statuses were {statuses:?}"
    );
    let windows: Vec<TimeDelta> = incident
        .outages_in_order()
        .iter()
        .filter_map(|window| Some(window.end?.0 - window.start))
        .collect();
    let minutes: Vec<i64> = windows.iter().map(TimeDelta::num_minutes).collect();
    ensure!(
        minutes == story::WINDOW_MINUTES,
        "the outages took {minutes:?} minutes"
    );
    ensure!(
        incident.roles.contains_key(&Role::commander()),
        "nobody is commander"
    );
    ensure!(
        incident.failed_deliveries.is_empty(),
        "not delivered: {:?}",
        incident.failed_deliveries
    );
    for part in story::IN_THE_DRAFT {
        ensure!(draft.contains(part), "{part:?} is missing in the draft");
    }
    for part in story::IN_THE_SUMMARY {
        ensure!(summary.contains(part), "{part:?} is missing in the summary");
    }
    let (violations, unhandled) = (stage.sandbox.violations(), stage.sandbox.unhandled());
    ensure!(
        violations.is_empty(),
        "not as Discord wants it: {violations:?}"
    );
    ensure!(
        unhandled.is_empty(),
        "the sandbox does not know: {unhandled:?}"
    );
    let checked = stage.store.verify().await?;
    ensure!(
        checked.differences.is_empty(),
        "the record does not verify: {:?}",
        checked.differences
    );
    Ok(())
}
