//! What is not as it has to be: the record and the channels held against the ledger.

mod record;
mod shown;

use anyhow::Context as _;
use scribe::incident::{Entry, Fact, GuildId, Incident, IncidentKey};
use scribe::store::IncidentFilter;

use super::ledger::{Asked, Ledger, Room};
use super::scene::Scene;

/// An incident as it is recorded.
pub(super) struct Kept {
    pub(super) incident: Incident,
    pub(super) log: Vec<Entry>,
}

impl Kept {
    pub(super) fn key(&self) -> IncidentKey {
        self.incident.key
    }

    /// For findings.
    pub(super) fn name(&self) -> String {
        name(self.key())
    }
}

/// An incident, for findings.
pub(super) fn name(key: IncidentKey) -> String {
    format!("{} of {}", key.number, key.guild)
}

impl Asked {
    /// The entry that the asker was told of.
    pub(crate) fn acknowledged(&self) -> Option<u32> {
        let answer = self.answer.as_ref().ok()?;
        let number = answer.strip_prefix("Recorded as #")?;
        let digits = number.chars().take_while(char::is_ascii_digit);
        digits.collect::<String>().parse().ok()
    }
}

/// Everything that is not as it has to be.
pub(crate) async fn findings(scene: &Scene, ledger: &Ledger) -> anyhow::Result<Vec<String>> {
    let kept = kept(scene).await?;
    let mut findings = record::findings(ledger, &kept);
    findings.extend(shown::findings(scene, &kept).await?);
    Ok(findings)
}

async fn kept(scene: &Scene) -> anyhow::Result<Vec<Kept>> {
    let filter = IncidentFilter {
        include_private: true,
        ..IncidentFilter::default()
    };
    let mut kept = Vec::new();
    for guild in &scene.guilds {
        let incidents = scene.store.incidents(GuildId(guild.id.0), &filter);
        for incident in incidents.await.context("read the incidents")? {
            let log = scene.store.log(incident.key).await?;
            kept.push(Kept { incident, log });
        }
    }
    Ok(kept)
}

/// Adds the channels of incidents that were opened in the middle of it.
pub(crate) async fn find_rooms(scene: &Scene, ledger: &mut Ledger) -> anyhow::Result<()> {
    for kept in kept(scene).await? {
        let Some((channel, _)) = kept.incident.place else {
            continue;
        };
        let incident = kept.key();
        if !ledger.rooms.iter().any(|room| room.incident == incident) {
            let channel = discord_sandbox::Snowflake(channel.0);
            ledger.rooms.push(Room { channel, incident });
        }
    }
    Ok(())
}

/// What `scribe verify` finds.
pub(crate) async fn verified(scene: &Scene) -> anyhow::Result<Option<String>> {
    let output = scene.bots[0].run("verify").await?;
    let said = String::from_utf8_lossy(&output.stdout);
    let error = String::from_utf8_lossy(&output.stderr);
    Ok((!output.status.success()).then(|| format!("scribe verify: {said}{error}")))
}

/// Whether an entry has this text in it.
pub(super) fn says(entry: &Entry, text: &str) -> bool {
    let role = match &entry.fact {
        Fact::RoleGiven { role, .. } => Some(role.as_str()),
        fact => fact.text(),
    };
    role.is_some_and(|said| said.ends_with(text))
}
