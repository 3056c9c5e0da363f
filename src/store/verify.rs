//! Checking every log against its hashes and every projection against its log.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use crate::incident::{BrokenLog, Entry, Fact, Incident, IncidentKey, Seq};

use super::backend::on_at_leisure;
use super::chain;
use super::error::StoreError;
use super::open::Store;
use super::projection::{self, Expected, IncidentRow, MessageRow};
use super::publications::{self, PublicationRow};
use super::row::{self, EntryRow};
use super::search::{self, TEXTS_THAT_DIFFER, TextThatDiffers};

/// What a check of the whole database found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// How many incidents were checked.
    pub incidents: usize,
    /// How many entries.
    pub entries: usize,
    /// What is not as it must be; none where all is well.
    pub differences: Vec<Difference>,
}

/// Something of an incident is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which incident.
    pub key: IncidentKey,
    /// What.
    pub finding: Finding,
}

/// What is not as it must be. Only [`Finding::Projection`] can be repaired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// An entry cannot be read.
    Unreadable {
        /// Which.
        seq: Seq,
        /// Why.
        reason: String,
    },
    /// The entries are no log.
    Broken(BrokenLog),
    /// An entry was changed or taken out: its hash does not follow from it and the entry before.
    Hash {
        /// Which.
        seq: Seq,
    },
    /// The text of an entry was changed: it does not match its digest.
    Body {
        /// Which.
        seq: Seq,
    },
    /// An entry lost its text without an entry that says so.
    NotRedacted {
        /// Which.
        seq: Seq,
    },
    /// An entry still has its text although another says it was removed.
    StillReadable {
        /// Which.
        seq: Seq,
    },
    /// A document of a published postmortem is not what the log says.
    Publication {
        /// Of which version.
        version: u32,
        /// Which document.
        format: String,
        /// What is wrong with it.
        reason: String,
    },
    /// What is derived from the log differs from it.
    Projection {
        /// Of which table and row.
        what: String,
        /// What the log says; `None` for nothing.
        expected: Option<String>,
        /// What the table holds; `None` for nothing.
        found: Option<String>,
    },
}

/// All that is stored of an incident, as of one moment.
struct Stored {
    rows: Vec<EntryRow>,
    redactions: BTreeSet<i64>,
    incident: Option<IncidentRow>,
    channels: BTreeSet<i64>,
    messages: Vec<MessageRow>,
    attachments: BTreeSet<i64>,
    texts: Vec<TextThatDiffers>,
    publications: Vec<PublicationRow>,
}

/// Reads all that is stored of an incident on a connection that is inside a transaction.
macro_rules! stored {
    ($connection:expr, $key:expr) => {{
        let (guild, number) = ($key.guild.0.cast_signed(), i64::from($key.number.0));
        let rows =
            sqlx::query_as("SELECT * FROM entries WHERE guild = $1 AND number = $2 ORDER BY seq");
        let redactions =
            sqlx::query_as("SELECT seq FROM redactions WHERE guild = $1 AND number = $2");
        let incident = sqlx::query_as("SELECT * FROM incidents WHERE guild = $1 AND number = $2");
        let channels =
            sqlx::query_as("SELECT channel FROM channels WHERE guild = $1 AND number = $2");
        let messages = sqlx::query_as("SELECT * FROM messages WHERE guild = $1 AND number = $2");
        let attachments =
            sqlx::query_as("SELECT attachment FROM attachments WHERE guild = $1 AND number = $2");
        let texts = sqlx::query_as(TEXTS_THAT_DIFFER);
        let publications =
            sqlx::query_as("SELECT * FROM publications WHERE guild = $1 AND number = $2");
        Stored {
            rows: rows
                .bind(guild)
                .bind(number)
                .fetch_all(&mut *$connection)
                .await?,
            redactions: ids(redactions
                .bind(guild)
                .bind(number)
                .fetch_all(&mut *$connection)
                .await?),
            incident: incident
                .bind(guild)
                .bind(number)
                .fetch_optional(&mut *$connection)
                .await?,
            channels: ids(channels
                .bind(guild)
                .bind(number)
                .fetch_all(&mut *$connection)
                .await?),
            messages: messages
                .bind(guild)
                .bind(number)
                .fetch_all(&mut *$connection)
                .await?,
            publications: publications
                .bind(guild)
                .bind(number)
                .fetch_all(&mut *$connection)
                .await?,
            attachments: ids(attachments
                .bind(guild)
                .bind(number)
                .fetch_all(&mut *$connection)
                .await?),
            texts: texts
                .bind(guild)
                .bind(number)
                .fetch_all(&mut *$connection)
                .await?,
        }
    }};
}

impl Store {
    /// Folds every log and compares: hashes, redactions, projections. Changes
    /// nothing and may run beside a working Scribe.
    ///
    /// # Errors
    /// The database fails. What it holds is never an error here but a finding.
    pub async fn verify(&self) -> Result<Verification, StoreError> {
        let mut verification = Verification::default();
        for key in self.keys().await? {
            let stored = on_at_leisure!(self, |pools| {
                let mut transaction = pools.begin_read().await?;
                let stored = stored!(transaction, key);
                transaction.rollback().await?;
                stored
            });
            verification.incidents += 1;
            verification.entries += stored.rows.len();
            let findings = check(key, &stored).into_iter();
            let found = findings.map(|finding| Difference { key, finding });
            verification.differences.extend(found);
        }
        if !self.index_is_sound().await? {
            verification
                .differences
                .extend(self.keys().await?.first().map(|key| Difference {
                    key: *key,
                    finding: Finding::Projection {
                        what: "the index of all texts".to_owned(),
                        expected: Some("the words of the texts".to_owned()),
                        found: Some("others".to_owned()),
                    },
                }));
        }
        Ok(verification)
    }

    /// Writes the projections anew where they differ from their log, and
    /// checks again: what is found then cannot be repaired.
    ///
    /// # Errors
    /// The database fails.
    pub async fn repair(&self) -> Result<Verification, StoreError> {
        let differences = self.verify().await?.differences.into_iter();
        let repairable = differences.filter_map(|difference| match difference.finding {
            Finding::Projection { .. } => Some(difference.key),
            _ => None,
        });
        let repairable: BTreeSet<_> = repairable.collect();
        if !self.index_is_sound().await? {
            self.index_anew().await?;
        }
        for key in repairable {
            on_at_leisure!(self, |pools| {
                let mut transaction = pools.begin_write_to(&[key.guild.0.cast_signed()]).await?;
                let stored = stored!(transaction, key);
                let mut steps = projection::forget(key)?;
                if let (Some(last), Ok(log)) = (stored.rows.last(), row::entries(&stored.rows)) {
                    let incident = Incident::fold(key, &log)?;
                    let row = IncidentRow::new(&incident, &last.hash)?;
                    steps.extend(projection::put_incidents(&[row])?);
                    steps.extend(projection::follow(log.iter().map(|entry| (key, entry)))?);
                }
                steps.extend(search::anew(key)?);
                pools.run(&mut transaction, &steps).await?;
                transaction.commit().await?;
            });
        }
        self.verify().await
    }

    /// Every incident that any table knows of.
    async fn keys(&self) -> Result<Vec<IncidentKey>, StoreError> {
        let rows: Vec<(i64, i64)> = on_at_leisure!(self, |pools| {
            sqlx::query_as(
                "SELECT guild, number FROM entries UNION SELECT guild, number FROM incidents
                UNION SELECT guild, number FROM channels UNION SELECT guild, number FROM messages
                UNION SELECT guild, number FROM attachments UNION SELECT guild, number FROM publications
                UNION SELECT guild, number FROM texts ORDER BY guild, number",
            )
            .fetch_all(&pools.read)
            .await?
        });
        let key = |(guild, number)| row::key(guild, number);
        Ok(rows.into_iter().map(key).collect())
    }
}

fn ids(rows: Vec<(i64,)>) -> BTreeSet<i64> {
    rows.into_iter().map(|(id,)| id).collect()
}

fn check(key: IncidentKey, stored: &Stored) -> Vec<Finding> {
    let mut findings = Vec::new();
    let log = check_log(stored, &mut findings);
    // Without a log that can be read nothing can be said of what is derived from it.
    if log.len() < stored.rows.len() {
        return findings;
    }
    let state = match Incident::fold(key, &log) {
        Ok(incident) => Some(incident),
        Err(BrokenLog::Empty(_)) => None,
        Err(broken) => {
            findings.push(Finding::Broken(broken));
            return findings;
        }
    };
    if let Some(state) = &state {
        publications::check(state, &stored.publications, &mut findings);
    }
    let hash = stored.rows.last().map_or("", |row| row.hash.as_str());
    let row = state.as_ref().map(|state| IncidentRow::new(state, hash));
    match row.transpose() {
        Ok(row) => check_incident(row, stored.incident.clone(), state.as_ref(), &mut findings),
        Err(error) => findings.push(Finding::Unreadable {
            seq: Seq(0),
            reason: error.to_string(),
        }),
    }
    let found = Expected {
        channels: stored.channels.clone(),
        messages: by_id(&stored.messages),
        attachments: stored.attachments.clone(),
    };
    check_projections(&projection::expected(key, &log), &found, &mut findings);
    for (seq, expected, found) in &stored.texts {
        let what = format!("texts {seq}");
        compare(&what, expected.as_ref(), found.as_ref(), &mut findings);
    }
    findings
}

/// Checks the entries one by one and returns those that can be read.
fn check_log(stored: &Stored, findings: &mut Vec<Finding>) -> Vec<Entry> {
    let mut log = Vec::with_capacity(stored.rows.len());
    let mut previous = "";
    for row in &stored.rows {
        let seq = row::seq(row.seq);
        if chain::hash(previous, row) != row.hash {
            findings.push(Finding::Hash { seq });
        }
        previous = &row.hash;
        let redacted = stored.redactions.contains(&row.seq);
        let entry = match row.entry() {
            Ok(entry) => entry,
            Err(error) => {
                let reason = error.to_string();
                findings.push(Finding::Unreadable { seq, reason });
                continue;
            }
        };
        match &row.salt {
            Some(salt) => {
                if chain::body_digest(salt, &row.body) != row.body_digest {
                    findings.push(Finding::Body { seq });
                }
                if redacted {
                    findings.push(Finding::StillReadable { seq });
                }
            }
            None if !redacted => findings.push(Finding::NotRedacted { seq }),
            // No digest holds it any more, but nothing may stand there besides the mark.
            None if entry.fact != entry.fact.redacted() => findings.push(Finding::Body { seq }),
            None => {}
        }
        if row.kind != entry.fact.kind() {
            findings.push(Finding::Body { seq });
        }
        log.push(entry);
    }
    let said = log.iter().filter_map(|entry| match &entry.fact {
        Fact::Redacted { entries, .. } => Some(entries),
        _ => None,
    });
    let said: BTreeSet<i64> = said.flatten().map(|seq| seq.0.into()).collect();
    let unsaid = stored.redactions.difference(&said);
    findings.extend(unsaid.map(|seq| Finding::NotRedacted {
        seq: row::seq(*seq),
    }));
    let undone = said.difference(&stored.redactions);
    findings.extend(undone.map(|seq| Finding::StillReadable {
        seq: row::seq(*seq),
    }));
    log
}

fn check_incident(
    mut expected: Option<IncidentRow>,
    mut found: Option<IncidentRow>,
    state: Option<&Incident>,
    findings: &mut Vec<Finding>,
) {
    // A state of equal meaning may be written in another way by another version,
    // or be left to be made anew.
    if let (Some(expected), Some(found), Some(state)) = (&mut expected, &mut found, state)
        && (found.state == projection::STATE_TO_MAKE
            || serde_json::from_str::<Incident>(&found.state).is_ok_and(|found| found == *state))
    {
        found.state.clone_from(&expected.state);
    }
    compare("incidents", expected.as_ref(), found.as_ref(), findings);
}

fn check_projections(expected: &Expected, found: &Expected, findings: &mut Vec<Finding>) {
    compare_sets("channels", &expected.channels, &found.channels, findings);
    let sets = (&expected.attachments, &found.attachments);
    compare_sets("attachments", sets.0, sets.1, findings);
    let ids: BTreeSet<&i64> = expected
        .messages
        .keys()
        .chain(found.messages.keys())
        .collect();
    for id in ids {
        let what = format!("messages {id}");
        compare(
            &what,
            expected.messages.get(id),
            found.messages.get(id),
            findings,
        );
    }
}

fn compare_sets(
    table: &str,
    expected: &BTreeSet<i64>,
    found: &BTreeSet<i64>,
    findings: &mut Vec<Finding>,
) {
    for id in expected.symmetric_difference(found) {
        let what = format!("{table} {id}");
        compare(&what, expected.get(id), found.get(id), findings);
    }
}

fn compare<T: Debug + PartialEq>(
    what: &str,
    expected: Option<&T>,
    found: Option<&T>,
    findings: &mut Vec<Finding>,
) {
    if expected != found {
        findings.push(Finding::Projection {
            what: what.to_owned(),
            expected: expected.map(|row| format!("{row:?}")),
            found: found.map(|row| format!("{row:?}")),
        });
    }
}

fn by_id(rows: &[MessageRow]) -> BTreeMap<i64, MessageRow> {
    rows.iter().map(|row| (row.message, row.clone())).collect()
}
