//! What is still owed after an incident, as lists ask for it.

use chrono::{DateTime, Utc};

use crate::incident::reminder::{Reminder, is_owed};
use crate::incident::{ActionItem, Incident};

/// The action items that are still to be done.
pub(super) fn to_do(incident: &Incident) -> impl Iterator<Item = &ActionItem> {
    let actions = incident.actions.iter();
    actions.filter(|action| action.done_at.is_none())
}

/// The last moment of what is owed after the end: the end itself, from which
/// a postmortem is owed, and the days on which action items are due.
pub(super) fn owed_at(incident: &Incident) -> Option<DateTime<Utc>> {
    let postmortem = is_owed(incident, Reminder::Postmortem);
    let resolved = incident.resolved_at().filter(|_| postmortem);
    to_do(incident)
        .filter_map(|action| action.due)
        .chain(resolved)
        .max()
}

/// What a postmortem was promised by, in [`postmortem_asked`].
pub(super) const PROMISED: &str = "promised";

/// What may ask for the postmortem that a review misses: that the public was promised one, or the severity, for which a guild may want
/// one. `None` where none is missed: it is published, or was none of this record.
pub(super) fn postmortem_asked(incident: &Incident) -> Option<String> {
    let missed = is_owed(incident, Reminder::Postmortem) && !incident.private;
    let promised = !incident.told.postmortem.is_empty();
    (missed && incident.source.is_none()).then(|| match promised {
        true => PROMISED.to_owned(),
        false => incident.severity_now().to_string(),
    })
}
