//! A Statuspage's incidents as its API gives them: `incidents.json` and `summary.json` (`{"page", "incidents": [...]}`), one incident
//! (`{"page", "incident": {...}}`), and the plain list of the manage API.
//! Source of the fields: <https://support.atlassian.com/statuspage/docs/what-are-the-different-apis-under-statuspage/>

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::incident::text::one_line;
use crate::incident::{Component, ComponentState, Impact, Source, SourceSystem, Status};

use super::take_over::bounded;
use super::{Event, ImportError, PastIncident, Record, What};

/// Reads a whole payload. Planned maintenance is no incident and is left out by name.
///
/// # Errors
///
/// [`ImportError::Malformed`] with the path to the field, line and column; [`ImportError::NotARecord`].
pub fn parse(text: &str) -> Result<Record, ImportError> {
    let text = bounded(text)?;
    if text.trim_start().starts_with('[') {
        let incidents = read(text)?;
        return record(incidents, "", &[], None);
    }
    let payload: Payload = read(text)?;
    let page = payload.page.and_then(|page| page.name);
    match (payload.incidents, payload.incident) {
        (Some(incidents), None) => record(
            incidents,
            "incidents",
            &payload.scheduled_maintenances,
            page.as_deref(),
        ),
        (None, Some(incident)) => record(vec![incident], "incident", &[], page.as_deref()),
        (Some(_), Some(_)) => Err(ImportError::NotARecord {
            reason: "it has both `incidents` and `incident`".to_owned(),
        }),
        (None, None) => Err(ImportError::NotARecord {
            reason: "it has no `incidents` and no `incident`".to_owned(),
        }),
    }
}

#[derive(Deserialize)]
struct Payload {
    page: Option<Page>,
    incidents: Option<Vec<RawIncident>>,
    incident: Option<RawIncident>,
    #[serde(default)]
    scheduled_maintenances: Vec<Maintenance>,
}

#[derive(Deserialize)]
struct Page {
    name: Option<String>,
}

#[derive(Deserialize)]
struct Maintenance {
    name: String,
}

#[derive(Deserialize)]
struct RawIncident {
    id: String,
    name: String,
    impact: RawImpact,
    shortlink: Option<String>,
    scheduled_for: Option<DateTime<Utc>>,
    incident_updates: Vec<RawUpdate>,
    components: Option<Vec<RawComponent>>,
}

/// Incidents' words and maintenances'.
#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "snake_case")]
enum RawImpact {
    Critical,
    Major,
    Minor,
    None,
    Maintenance,
}

#[derive(Deserialize)]
struct RawUpdate {
    status: RawStatus,
    body: Option<String>,
    created_at: DateTime<Utc>,
    display_at: Option<DateTime<Utc>>,
    affected_components: Option<Vec<RawAffected>>,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "snake_case")]
enum RawStatus {
    Investigating,
    Identified,
    Monitoring,
    Resolved,
    Postmortem,
    Scheduled,
    InProgress,
    Verifying,
    Completed,
}

#[derive(Deserialize)]
struct RawAffected {
    name: String,
    new_status: ComponentState,
}

#[derive(Deserialize)]
struct RawComponent {
    name: String,
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, ImportError> {
    let mut json = serde_json::Deserializer::from_str(text);
    let value =
        serde_path_to_error::deserialize(&mut json).map_err(|error| ImportError::Malformed {
            field: named(&error.path().to_string()),
            reason: error.inner().to_string(),
        })?;
    json.end().map_err(|error| ImportError::Malformed {
        field: named("."),
        reason: error.to_string(),
    })?;
    Ok(value)
}

/// A path for people: the root has a name too.
fn named(path: &str) -> String {
    if path == "." { "the whole" } else { path }.to_owned()
}

fn record(
    raw: Vec<RawIncident>,
    path: &str,
    maintenances: &[Maintenance],
    page: Option<&str>,
) -> Result<Record, ImportError> {
    let mut incidents = Vec::new();
    let mut left_out: Vec<String> = maintenances
        .iter()
        .map(|maintenance| one_line(&maintenance.name))
        .collect();
    for (index, raw) in raw.into_iter().enumerate() {
        let place = if path == "incident" {
            path.to_owned()
        } else {
            format!("{path}[{index}]")
        };
        match incident(raw, place, page)? {
            Ok(incident) => incidents.push(incident),
            Err(maintenance) => left_out.push(maintenance),
        }
    }
    Ok(Record {
        incidents,
        left_out,
    })
}

/// The incident, or the title of a planned maintenance.
fn incident(
    raw: RawIncident,
    place: String,
    page: Option<&str>,
) -> Result<Result<PastIncident, String>, ImportError> {
    let malformed = |field: &str, reason: &str| ImportError::Malformed {
        field: format!("{place}.{field}"),
        reason: reason.to_owned(),
    };
    let title = one_line(&raw.name);
    if title.is_empty() {
        return Err(malformed("name", "is empty"));
    }
    if raw.id.is_empty() || raw.id.len() > MAX_ID_BYTES {
        return Err(malformed("id", "is empty or longer than any id"));
    }
    let impact = match raw.impact {
        RawImpact::Critical => Impact::Critical,
        RawImpact::Major => Impact::Major,
        RawImpact::Minor => Impact::Minor,
        RawImpact::None => Impact::None,
        RawImpact::Maintenance => return Ok(Err(title)),
    };
    let planned = raw
        .incident_updates
        .iter()
        .any(|update| update.status.incident().is_none());
    if raw.scheduled_for.is_some() || planned {
        return Ok(Err(title));
    }
    if raw.incident_updates.is_empty() {
        return Err(malformed("incident_updates", "is empty"));
    }
    let summary = unmentioned(&raw);
    let events = events(raw.incident_updates, &place);
    Ok(Ok(PastIncident {
        source: Source {
            system: SourceSystem::Statuspage,
            id: raw.id,
            url: raw.shortlink.filter(|url| is_web_address(url)),
        },
        place,
        title,
        summary,
        severity: impact.into(),
        author: page
            .map(one_line)
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| "Statuspage".to_owned()),
        events,
    }))
}

/// The longest id that is taken; Statuspage's have twelve characters.
const MAX_ID_BYTES: usize = 100;

fn is_web_address(url: &str) -> bool {
    let plain = !url.contains(|c: char| c.is_whitespace() || c.is_control());
    plain && url.len() <= 2_000 && (url.starts_with("https://") || url.starts_with("http://"))
}

impl RawStatus {
    /// `None` for the words of planned maintenance.
    fn incident(self) -> Option<Status> {
        match self {
            Self::Investigating => Some(Status::Investigating),
            Self::Identified => Some(Status::Identified),
            Self::Monitoring => Some(Status::Monitoring),
            Self::Resolved => Some(Status::Resolved),
            Self::Postmortem => Some(Status::Postmortem),
            Self::Scheduled | Self::InProgress | Self::Verifying | Self::Completed => None,
        }
    }
}

/// The components that the incident lists and no update tells the state of: their names are known, how they were is not.
fn unmentioned(raw: &RawIncident) -> Option<String> {
    let affected = || {
        raw.incident_updates
            .iter()
            .filter_map(|update| update.affected_components.as_ref())
            .flatten()
    };
    let names: Vec<String> = raw
        .components
        .iter()
        .flatten()
        .filter(|component| !affected().any(|affected| affected.name == component.name))
        .map(|component| one_line(&component.name))
        .collect();
    (!names.is_empty()).then(|| format!("Components: {}", names.join(", ")))
}

/// Oldest first: by the time that was shown, then by the time it was written, then from the end of the list, which is newest first.
fn events(updates: Vec<RawUpdate>, place: &str) -> Vec<Event> {
    let mut ordered: Vec<(usize, RawUpdate)> = updates.into_iter().enumerate().rev().collect();
    ordered.sort_by_key(|(_, update)| {
        (
            update.display_at.unwrap_or(update.created_at),
            update.created_at,
        )
    });
    ordered
        .into_iter()
        .filter_map(|(index, update)| {
            // Every status is an incident's: planned maintenance was told apart before.
            let components = update.affected_components.unwrap_or_default().into_iter();
            Some(Event {
                place: format!("{place}.incident_updates[{index}]"),
                at: update.display_at.unwrap_or(update.created_at),
                what: What::Update {
                    status: update.status.incident()?,
                    message: update.body,
                    components: components
                        .map(|affected| (Component(affected.name), affected.new_status))
                        .collect(),
                },
            })
        })
        .collect()
}

#[cfg(test)]
mod tests;
