//! The documents of published postmortems. They repeat the log as it was
//! rendered then, which nothing can make again to the byte, so they are kept;
//! the log has their hashes.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use sha2::{Digest, Sha256};
use sqlx::FromRow;

use crate::incident::{Document, DocumentFormat, Incident, IncidentKey, Publication, Seq};

use super::backend::{Sql, on};
use super::chain::hex;
use super::error::StoreError;
use super::open::Store;
use super::row;
use super::rows::{insert, rows as rows_sql};
use super::step::Step;
use super::verify::Finding;

/// A row of `publications`.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize)]
pub(super) struct PublicationRow {
    pub(super) guild: i64,
    pub(super) number: i64,
    pub(super) version: i64,
    pub(super) format: String,
    pub(super) through: i64,
    pub(super) document: Option<String>,
    pub(super) sha256: String,
    pub(super) redacted_by: Option<i64>,
}

/// The rows of what an entry says was published.
pub(super) fn rows(
    key: IncidentKey,
    version: u32,
    through: Seq,
    documents: &BTreeMap<DocumentFormat, Document>,
) -> Vec<PublicationRow> {
    let documents = documents.iter();
    let row = |(format, document): (&DocumentFormat, &Document)| PublicationRow {
        guild: key.guild.0.cast_signed(),
        number: key.number.0.into(),
        version: version.into(),
        format: format.to_string(),
        through: through.0.into(),
        document: Some(document.text.clone()),
        sha256: document.sha256.clone(),
        redacted_by: None,
    };
    documents.map(row).collect()
}

const ADD: Sql = insert!(
    "publications",
    (guild bigint, number bigint, version bigint, format text, through bigint, document text, sha256 text,
        redacted_by bigint),
    ""
);

const REDACT: Sql = rows_sql!(
    "UPDATE publications SET document = NULL, redacted_by = r.redactor FROM ",
    (guild bigint, number bigint, version bigint, redactor bigint),
    "WHERE publications.guild = r.guild AND publications.number = r.number AND publications.version = r.version"
);

/// A version that loses its documents, and by which entry.
#[derive(Debug, Serialize)]
pub(super) struct PublicationGone {
    guild: i64,
    number: i64,
    version: i64,
    redactor: i64,
}

/// The versions that an entry took the documents from.
pub(super) fn gone(incident: &Incident, by: Seq) -> impl Iterator<Item = PublicationGone> {
    let key = incident.key;
    let versions = incident.publications.iter();
    let versions = versions.filter(move |one| one.redacted_by == Some(by));
    versions.map(move |one| PublicationGone {
        guild: key.guild.0.cast_signed(),
        number: key.number.0.into(),
        version: one.version.into(),
        redactor: by.0.into(),
    })
}

/// The step that keeps documents.
pub(super) fn add_publications<R: Serialize>(rows: &[R]) -> Result<Option<Step>, StoreError> {
    Step::of(ADD, rows)
}

/// The step that removes the documents of versions.
pub(super) fn redact_publications(rows: &[PublicationGone]) -> Result<Option<Step>, StoreError> {
    Step::of(REDACT, rows)
}

/// The SHA-256 of a document, in hex.
#[must_use]
pub fn document_hash(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

impl Store {
    /// A document of a published version, as it was frozen; `None` where there
    /// is none or a redaction removed it.
    ///
    /// # Errors
    /// The database fails.
    pub async fn published(
        &self,
        key: IncidentKey,
        version: u32,
        format: DocumentFormat,
    ) -> Result<Option<String>, StoreError> {
        let row: Option<(Option<String>,)> = on!(self, |pools| {
            sqlx::query_as(
                "SELECT document FROM publications
                WHERE guild = $1 AND number = $2 AND version = $3 AND format = $4",
            )
            .bind(key.guild.0.cast_signed())
            .bind(i64::from(key.number.0))
            .bind(i64::from(version))
            .bind(format.to_string())
            .fetch_optional(&pools.read)
            .await?
        });
        Ok(row.and_then(|(document,)| document))
    }
}

/// What of an incident's documents is not as its log says.
pub(super) fn check(incident: &Incident, rows: &[PublicationRow], findings: &mut Vec<Finding>) {
    let mut wrong = |version: i64, format: &str, reason: &str| {
        let version = row::saturated(version);
        findings.push(Finding::Publication {
            version,
            format: format.to_owned(),
            reason: reason.to_owned(),
        });
    };
    let mut seen = BTreeSet::new();
    for row in rows {
        seen.insert((row.version, row.format.as_str()));
        let told = incident
            .publications
            .iter()
            .find(|one| i64::from(one.version) == row.version);
        let Some((told, hash)) = told.and_then(|told| Some((told, hash_of(told, &row.format)?)))
        else {
            wrong(row.version, &row.format, "the log knows nothing of it");
            continue;
        };
        let same_place = row.through == i64::from(told.through.0) && row.sha256 == *hash;
        let removed = told.redacted_by.map(|by| i64::from(by.0));
        match &row.document {
            _ if !same_place => wrong(row.version, &row.format, "it differs from the log"),
            Some(_) if removed.is_some() => {
                wrong(
                    row.version,
                    &row.format,
                    "it still has a text that was removed for good",
                );
            }
            Some(document) if document_hash(document) != *hash => {
                wrong(row.version, &row.format, "its bytes were changed");
            }
            None if row.redacted_by != removed => {
                wrong(
                    row.version,
                    &row.format,
                    "it was removed without a redaction",
                );
            }
            _ => {}
        }
    }
    for told in &incident.publications {
        for format in told.sha256.keys().map(ToString::to_string) {
            let version = i64::from(told.version);
            if !seen.contains(&(version, format.as_str())) {
                wrong(version, &format, "it is missing");
            }
        }
    }
}

fn hash_of<'a>(told: &'a Publication, format: &str) -> Option<&'a String> {
    told.sha256.get(&format.parse().ok()?)
}
