//! What the public was told, as far as somebody waits for what comes next.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::entry::REDACTED;
use super::id::Seq;
use super::promise::{Promise, Promised, promises};

/// What the public was told.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    /// The last of it, while the incident is open.
    pub last: Option<News>,
    /// All that promises a postmortem, in the order of telling.
    pub postmortem: Vec<News>,
}

/// A status change or an update.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct News {
    /// The entry that tells of it.
    pub seq: Seq,
    /// When the public was told (UTC).
    pub at: DateTime<Utc>,
    /// What it was told; a status alone has no text.
    pub text: Option<String>,
    /// The entry its text comes from.
    text_seq: Seq,
}

impl News {
    pub(super) fn new(seq: Seq, at: DateTime<Utc>, text: Option<&str>) -> Self {
        let text = text.map(str::to_owned);
        let text_seq = seq;
        Self {
            seq,
            at,
            text,
            text_seq,
        }
    }

    /// What it promises those who wait, to people whose clocks show `zone`.
    #[must_use]
    pub fn promises(&self, zone: Tz) -> Vec<Promise> {
        let text = self.text.as_deref();
        text.map_or(Vec::new(), |text| promises(text, self.at, zone))
    }

    fn promises_postmortem(&self) -> bool {
        let all = self.promises(Tz::UTC);
        all.iter().any(|one| one.what == Promised::Postmortem)
    }
}

impl Told {
    /// Something was told; `open` is whether the incident is, with it.
    pub(super) fn tell(&mut self, news: News, open: bool) {
        if news.promises_postmortem() {
            self.postmortem.push(news.clone());
        }
        let last = self.last.take().filter(|_| open);
        self.last = match last {
            Some(last) if (last.at, last.seq) > (news.at, news.seq) => Some(last),
            _ => open.then_some(news),
        };
    }

    pub(super) fn retime(&mut self, entry: Seq, at: DateTime<Utc>) {
        for news in self.all().filter(|news| news.seq == entry) {
            news.at = at;
        }
    }

    pub(super) fn reword(&mut self, entry: Seq, text: &str, by: Seq) {
        for news in self.all().filter(|news| news.seq == entry) {
            news.text = Some(text.to_owned());
            news.text_seq = by;
        }
        self.postmortem.retain(News::promises_postmortem);
    }

    pub(super) fn redact(&mut self, entries: &[Seq]) {
        for news in self.all().filter(|news| entries.contains(&news.text_seq)) {
            news.text = news.text.as_ref().map(|_| REDACTED.to_owned());
        }
        self.postmortem.retain(News::promises_postmortem);
    }

    fn all(&mut self) -> impl Iterator<Item = &mut News> {
        self.last.iter_mut().chain(&mut self.postmortem)
    }
}
