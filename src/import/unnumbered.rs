//! The key that logs are decided under before the store gives them a number.

use crate::incident::{GuildId, IncidentKey, IncidentNumber};

/// Entries do not hold the key of their incident; the rules only ask that there is one.
pub(super) const UNNUMBERED: IncidentKey = IncidentKey {
    guild: GuildId(0),
    number: IncidentNumber(0),
};
