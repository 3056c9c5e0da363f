//! Deciding a batch: what each request is answered and what is to be written.
//! Pure, so that it can be tried again without harm.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::Serialize;

use crate::incident::{
    Command, Entry, Fact, GuildId, Incident, IncidentKey, IncidentNumber, LinkTarget, Redaction,
    Seq, decide, outgoing,
};
use crate::store::backend::Sql;
use crate::store::chain;
use crate::store::error::StoreError;
use crate::store::files::{FileRow, doubt_files};
use crate::store::outbox::{NewItem, queue_step};
use crate::store::projection::{self, IncidentRow};
use crate::store::publications::{
    self, PublicationGone, PublicationRow, add_publications, redact_publications,
};
use crate::store::row::{EntryRow, from_json, to_json};
use crate::store::rows::{insert, rows};
use crate::store::step::Step;

use super::cache::Loaded;
use super::commit::tied_to;
use super::handle::Answer;
use super::request::{Recorded, Request, SubmitError, Target};

/// The entries that came of a key, and their incident.
pub(super) type Repeats = HashMap<(GuildId, String), (IncidentKey, Vec<Entry>)>;

/// What of the database a batch needs.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The incidents it names and those of the keys it repeats.
    pub(super) incidents: HashMap<IncidentKey, Loaded>,
    /// The highest number of each guild that gets a new incident.
    pub(super) numbers: HashMap<GuildId, u32>,
    /// The entries of the keys that came before.
    pub(super) repeats: Repeats,
    /// The logs of the incidents that are to lose texts, as they are stored.
    pub(super) logs: HashMap<IncidentKey, Vec<EntryRow>>,
}

/// A decided batch.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) answers: Vec<Answer>,
    pub(super) steps: Vec<Step>,
    pub(super) touched: BTreeMap<IncidentKey, Loaded>,
    pub(super) redacted: bool,
    pub(super) queued: bool,
}

const ADD_ENTRIES: Sql = insert!(
    "entries",
    (guild bigint, number bigint, seq bigint, happened_at timestamptz, recorded_at timestamptz, actor text, kind text,
        channel bigint, message bigint, body text, salt text, body_digest text, hash text, once text, once_last bigint),
    ""
);

const ADD_REDACTIONS: Sql = insert!(
    "redactions",
    (guild bigint, number bigint, seq bigint, redactor bigint),
    ""
);

const REDACT_ENTRIES: Sql = rows!(
    "UPDATE entries SET body = r.body, salt = NULL FROM ",
    (guild bigint, number bigint, seq bigint, body text),
    "WHERE entries.guild = r.guild AND entries.number = r.number AND entries.seq = r.seq"
);

/// The step that appends rows.
pub(in crate::store) fn add_entries(rows: &[EntryRow]) -> Result<Option<Step>, StoreError> {
    Step::of(ADD_ENTRIES, rows)
}

/// An entry that loses its text, and by which entry.
#[derive(Debug, Serialize)]
pub(in crate::store) struct RedactionRow {
    pub(in crate::store) guild: i64,
    pub(in crate::store) number: i64,
    pub(in crate::store) seq: i64,
    pub(in crate::store) redactor: i64,
    pub(in crate::store) body: String,
}

/// The step that names the entries which lose or have lost their texts.
pub(in crate::store) fn add_redactions(rows: &[RedactionRow]) -> Result<Option<Step>, StoreError> {
    Step::of(ADD_REDACTIONS, rows)
}

/// Decides the requests in their order, each on the state the former leave behind.
pub(super) fn plan(requests: &[Request], known: Known) -> Result<Plan, StoreError> {
    let mut planning = Planning {
        known,
        rows: Vec::new(),
        written: Vec::new(),
        redactions: Vec::new(),
        files: Vec::new(),
        publications: Vec::new(),
        publications_gone: Vec::new(),
        queue: Vec::new(),
        before: BTreeMap::new(),
        touched: BTreeMap::new(),
    };
    let answers = requests
        .iter()
        .map(|request| planning.answer(request))
        .collect::<Result<_, StoreError>>()?;
    planning.finish(answers)
}

struct Planning {
    known: Known,
    rows: Vec<EntryRow>,
    written: Vec<(IncidentKey, Entry)>,
    redactions: Vec<RedactionRow>,
    files: Vec<FileRow>,
    publications: Vec<PublicationRow>,
    publications_gone: Vec<PublicationGone>,
    queue: Vec<NewItem>,
    /// Those that were there, as they were before the batch.
    before: BTreeMap<IncidentKey, Arc<Incident>>,
    touched: BTreeMap<IncidentKey, Loaded>,
}

impl Planning {
    fn answer(&mut self, request: &Request) -> Result<Answer, StoreError> {
        if let Some(once) = &request.once {
            let first = self.known.repeats.get(&(request.guild, once.clone()));
            if let Some((key, entries)) = first
                && let Some(loaded) = self.known.incidents.get(key)
            {
                return Ok(Ok(Recorded {
                    incident: Arc::clone(&loaded.incident),
                    entries: entries.clone(),
                    repeated: true,
                }));
            }
        }
        let key = self.key(request);
        let before = self.known.incidents.get(&key).cloned();
        let incident = before.as_ref().map(|loaded| &*loaded.incident);
        let command = self.whole(key, request.command.clone());
        let entries = match decide(incident, command, &request.context) {
            Ok(entries) => entries,
            Err(refusal) => return Ok(Err(SubmitError::Refused(refusal))),
        };
        match (entries.is_empty(), before) {
            (true, Some(before)) => Ok(Ok(Recorded {
                incident: before.incident,
                entries,
                repeated: false,
            })),
            (_, before) => {
                let recorded = self.append(key, before, request, entries)?;
                self.tie_back(key, request, &recorded)?;
                Ok(Ok(recorded))
            }
        }
    }

    /// Writes into the log of the other incident that it was tied or untied. What
    /// is private is named nowhere else.
    fn tie_back(
        &mut self,
        key: IncidentKey,
        request: &Request,
        recorded: &Recorded,
    ) -> Result<(), StoreError> {
        let (relation, tied) = match request.command {
            Command::Link { relation, .. } => (relation, true),
            Command::Unlink { relation, .. } => (relation, false),
            _ => return Ok(()),
        };
        let other = tied_to(request).filter(|_| !recorded.incident.private);
        let Some((other, before)) = other.and_then(|other| {
            let loaded = self.known.incidents.get(&other)?;
            Some((other, loaded.clone()))
        }) else {
            return Ok(());
        };
        let to = key.number;
        let request = Request {
            target: Target::Incident(other.number),
            command: Command::LinkBack { relation, to, tied },
            once: None,
            ..request.clone()
        };
        let entries = decide(
            Some(&*before.incident),
            request.command.clone(),
            &request.context,
        );
        // What the other one's rules leave out, or its clock, costs nobody the tie itself.
        match entries {
            Ok(entries) if !entries.is_empty() => {
                self.append(other, Some(before), &request, entries)?;
            }
            Ok(_) | Err(_) => {}
        }
        Ok(())
    }

    /// The command with all it has to know of the log.
    fn whole(&self, key: IncidentKey, command: Command) -> Command {
        match command {
            Command::Redact(redaction) => Command::Redact(self.whole_redaction(key, redaction)),
            Command::Link {
                relation,
                to,
                target,
            } => {
                let guild = key.guild;
                let other = IncidentKey { guild, number: to };
                let target = match self.known.incidents.get(&other) {
                    Some(other) => LinkTarget::of(&other.incident, target.causes),
                    None => target,
                };
                Command::Link {
                    relation,
                    to,
                    target,
                }
            }
            command => command,
        }
    }

    fn whole_redaction(&self, key: IncidentKey, redaction: Redaction) -> Redaction {
        let stored = self.known.logs.get(&key).into_iter().flatten();
        // One that cannot be read stands in nobody's way; `verify` names it.
        let stored = stored.filter_map(|row| row.entry().ok());
        let fresh = self.written.iter().filter(|(of, _)| *of == key);
        let fresh = fresh.map(|(_, entry)| entry.clone());
        let log: Vec<Entry> = stored.chain(fresh).collect();
        redaction.spread(&log)
    }

    fn key(&self, request: &Request) -> IncidentKey {
        let guild = request.guild;
        let number = match request.target {
            Target::Incident(number) => number,
            Target::New => {
                let last = self.known.numbers.get(&guild).copied().unwrap_or(0);
                IncidentNumber(last.saturating_add(1))
            }
        };
        IncidentKey { guild, number }
    }

    fn append(
        &mut self,
        key: IncidentKey,
        before: Option<Loaded>,
        request: &Request,
        entries: Vec<Entry>,
    ) -> Result<Recorded, StoreError> {
        if let Some(before) = &before
            && !self.touched.contains_key(&key)
        {
            self.before.insert(key, Arc::clone(&before.incident));
        }
        let (mut state, mut hash) = match before {
            Some(Loaded { incident, hash }) => (Some(Arc::unwrap_or_clone(incident)), hash),
            None => (None, String::new()),
        };
        let first = self.rows.len();
        for entry in &entries {
            let row = EntryRow::new(key, entry, chain::salt(), &hash)?;
            hash.clone_from(&row.hash);
            self.rows.push(row);
            let after = Incident::evolve(key, state, entry)?;
            self.publications_gone
                .extend(publications::gone(&after, entry.seq));
            state = Some(after);
            if let (
                Fact::PostmortemPublished {
                    version, through, ..
                },
                Command::Publish { documents, .. },
            ) = (&entry.fact, &request.command)
            {
                let rows = publications::rows(key, *version, *through, documents);
                self.publications.extend(rows);
            }
            if let Fact::Redacted { entries, .. } = &entry.fact {
                for seq in entries {
                    self.redact(key, *seq, entry.seq)?;
                }
            }
        }
        let Some(state) = state else {
            return Err(crate::incident::BrokenLog::Empty(key).into());
        };
        if !request.quiet {
            for what in outgoing(&state, &entries) {
                let item = NewItem::new(key.guild, Some(key.number), &what, request.context.now)?;
                self.queue.push(item);
            }
        }
        if let (Some(row), Some(last)) = (self.rows.get_mut(first), entries.last()) {
            row.once.clone_from(&request.once);
            row.once_last = request.once.as_ref().map(|_| last.seq.0.into());
        }
        if let Some(once) = &request.once {
            let first = (key, entries.clone());
            self.known.repeats.insert((key.guild, once.clone()), first);
        }
        if request.target == Target::New {
            self.known.numbers.insert(key.guild, key.number.0);
        }
        self.written
            .extend(entries.iter().map(|entry| (key, entry.clone())));
        let incident = Arc::new(state);
        let after = Loaded {
            incident: Arc::clone(&incident),
            hash,
        };
        self.known.incidents.insert(key, after.clone());
        self.touched.insert(key, after);
        Ok(Recorded {
            incident,
            entries,
            repeated: false,
        })
    }

    /// Takes the text from an entry, be it stored or of this batch.
    fn redact(&mut self, key: IncidentKey, seq: Seq, by: Seq) -> Result<(), StoreError> {
        let (guild, number) = (key.guild.0.cast_signed(), i64::from(key.number.0));
        let same =
            |row: &&EntryRow| (row.guild, row.number, row.seq) == (guild, number, i64::from(seq.0));
        let stored = self.known.logs.get(&key).into_iter().flatten();
        let row = self.rows.iter().chain(stored).find(same);
        let place = || format!("entry {seq} of {}", key.number);
        let row = row.ok_or_else(|| StoreError::nonsense(place(), "it is missing"))?;
        let fact: Fact = from_json(&row.body, place)?;
        if let Fact::AttachmentKept { sha256, .. } = &fact {
            self.files.push(FileRow {
                sha256: sha256.clone(),
            });
        }
        self.redactions.push(RedactionRow {
            guild,
            number,
            seq: seq.0.into(),
            redactor: by.0.into(),
            body: to_json(&fact.redacted())?,
        });
        Ok(())
    }

    fn finish(self, answers: Vec<Answer>) -> Result<Plan, StoreError> {
        let (mut put, mut moved) = (Vec::new(), Vec::new());
        for (key, loaded) in &self.touched {
            let row = IncidentRow::new(&loaded.incident, &loaded.hash)?;
            let before = self.before.get(key);
            let before = before.map(|before| IncidentRow::new(before, ""));
            match before.transpose()? {
                Some(before) if row.is_listed_as(&before) => moved.push(row),
                _ => put.push(row),
            }
        }
        let (redacted, queued) = (!self.redactions.is_empty(), !self.queue.is_empty());
        let mut steps = Vec::new();
        steps.extend(add_entries(&self.rows)?);
        steps.extend(add_redactions(&self.redactions)?);
        steps.extend(Step::of(REDACT_ENTRIES, &self.redactions)?);
        steps.extend(add_publications(&self.publications)?);
        steps.extend(redact_publications(&self.publications_gone)?);
        steps.extend(doubt_files(&self.files)?);
        steps.extend(projection::put_incidents(&put)?);
        steps.extend(projection::move_incidents(&moved)?);
        let written = self.written.iter().map(|(key, entry)| (*key, entry));
        steps.extend(projection::follow(written)?);
        steps.extend(queue_step(self.queue)?);
        Ok(Plan {
            answers,
            steps,
            touched: self.touched,
            redacted,
            queued,
        })
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::incident::{Actor, Context, Open, Severity};

    fn request(target: Target, command: Command) -> Request {
        Request {
            guild: GuildId(7),
            target,
            command,
            context: Context {
                actor: Actor::Scribe,
                now: DateTime::UNIX_EPOCH,
                origin: None,
            },
            once: None,
            quiet: false,
        }
    }

    /// How many steps write lists and their indexes, and how many only how far an incident is.
    fn writes(plan: &Plan) -> (usize, usize) {
        let with = |words: &str| {
            let steps = plan.steps.iter();
            steps.filter(|step| step.sql.sqlite.contains(words)).count()
        };
        (with("INTO incidents"), with("last_hash = r.last_hash"))
    }

    #[test]
    fn an_entry_that_no_list_shows_writes_no_index_of_lists() {
        let open = Command::Open(Open::new("API is down", Severity::Sev1));
        let new = plan(&[request(Target::New, open)], Known::default()).unwrap();
        assert_eq!(writes(&new), (1, 0));
        let known = || Known {
            incidents: new.touched.clone().into_iter().collect(),
            ..Known::default()
        };
        let target = Target::Incident(IncidentNumber(1));
        let note = |text: &str| {
            let (text, at, key) = (text.to_owned(), None, false);
            request(target, Command::Note { text, at, key })
        };
        let notes = plan(&[note("one"), note("two")], known()).unwrap();
        assert_eq!(writes(&notes), (0, 1));
        let title = "DB is down".to_owned();
        let renamed = [note("three"), request(target, Command::Rename { title })];
        let renamed = plan(&renamed, known()).unwrap();
        assert_eq!(writes(&renamed), (1, 0));
    }
}
