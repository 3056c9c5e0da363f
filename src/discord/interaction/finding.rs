//! What somebody may read of what was found in a guild's records.

use std::collections::HashMap;

use crate::incident::{GuildId, Incident, IncidentKey};
use crate::store::{Hit, Search, Store, StoreError};

/// How many hits are read at once.
const PAGE: u32 = 100;

/// How many hits are looked at. Who finds more than that without what they look
/// for needs other words.
const MOST: usize = 5_000;

/// The hits that somebody sees and wants, newest first, at most so many. What they do
/// not see takes no place from what they do.
pub(crate) async fn hits(
    store: &Store,
    guild: GuildId,
    search: &Search,
    most: usize,
    wanted: impl Fn(&Incident, &Hit) -> bool,
) -> Result<Vec<(Incident, Hit)>, StoreError> {
    let mut search = Search {
        limit: PAGE,
        ..search.clone()
    };
    let mut incidents: HashMap<IncidentKey, Incident> = HashMap::new();
    let mut found = Vec::new();
    for _ in 0..MOST / PAGE as usize {
        let page = store.search(guild, &search).await?;
        let full = page.len() >= PAGE as usize;
        search.before = page.last().map(|hit| hit.found);
        for hit in page {
            if !incidents.contains_key(&hit.key)
                && let Some(incident) = store.incident(hit.key).await?
            {
                incidents.insert(hit.key, incident);
            }
            let incident = incidents.get(&hit.key);
            if let Some(incident) = incident.filter(|incident| wanted(incident, &hit)) {
                found.push((incident.clone(), hit));
            }
            if found.len() >= most {
                return Ok(found);
            }
        }
        if !full {
            break;
        }
    }
    Ok(found)
}
