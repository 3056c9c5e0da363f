//! Incidents told for tests, through the rules, as the bot would record them.

use chrono::{DateTime, TimeDelta, Utc};

use crate::incident::*;

/// An incident that is being told.
pub(crate) struct Story {
    pub(crate) entries: Vec<Entry>,
    pub(crate) state: Option<Incident>,
    pub(crate) settings: GuildSettings,
    key: IncidentKey,
    now: DateTime<Utc>,
    messages: u64,
}

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a test names a time")
}

pub(crate) fn person(name: &str) -> Person {
    Person {
        id: UserId(name.bytes().map(u64::from).sum()),
        name: name.to_owned(),
        bot: name.ends_with("bot"),
    }
}

impl Story {
    pub(crate) fn new(number: u32, zone: chrono_tz::Tz, now: &str) -> Self {
        Self {
            entries: Vec::new(),
            state: None,
            settings: GuildSettings {
                zone,
                ..GuildSettings::default()
            },
            key: IncidentKey {
                guild: GuildId(1),
                number: IncidentNumber(number),
            },
            now: at(now),
            messages: 0,
        }
    }

    pub(crate) fn now(&mut self, now: &str) -> &mut Self {
        self.now = at(now);
        self
    }

    pub(crate) fn later(&mut self, minutes: i64) -> &mut Self {
        self.now += TimeDelta::minutes(minutes);
        self
    }

    pub(crate) fn state(&self) -> &Incident {
        self.state.as_ref().expect("the story has begun")
    }

    fn take(&mut self, who: &str, command: Command, origin: Option<u64>) -> Seq {
        self.act(Actor::Person(person(who)), command, origin)
    }

    pub(crate) fn act(&mut self, actor: Actor, command: Command, origin: Option<u64>) -> Seq {
        let context = Context {
            actor,
            now: self.now,
            origin: origin.map(|message| MessageRef {
                channel: ChannelId(9),
                message: MessageId(message),
            }),
        };
        let new = decide(self.state.as_ref(), command, &context).expect("the story is legal");
        for entry in &new {
            let state = Incident::evolve(self.key, self.state.take(), entry);
            self.state = Some(state.expect("the log goes on"));
        }
        let first = new.first().map_or(Seq(0), |entry| entry.seq);
        self.entries.extend(new);
        first
    }

    pub(crate) fn does(&mut self, who: &str, command: Command) -> Seq {
        self.take(who, command, None)
    }

    /// A message; its id is the number of messages so far.
    pub(crate) fn says(&mut self, who: &str, text: &str) -> Seq {
        self.sends(
            who,
            Message {
                text: text.to_owned(),
                edited_at: None,
                reply_to: None,
                attachments: Vec::new(),
            },
        )
    }

    pub(crate) fn sends(&mut self, who: &str, message: Message) -> Seq {
        self.messages += 1;
        let (at, id) = (self.now, self.messages);
        self.take(who, Command::RecordMessage { message, at }, Some(id))
    }

    pub(crate) fn edits(&mut self, who: &str, message: u64, text: &str) -> Seq {
        let (at, text) = (self.now, text.to_owned());
        self.take(who, Command::RecordEdit { text, at }, Some(message))
    }

    pub(crate) fn deletes(&mut self, who: &str, message: u64) -> Seq {
        let at = self.now;
        self.take(who, Command::RecordDeletion { at }, Some(message))
    }

    pub(crate) fn keeps(&mut self, message: u64, attachment: u64, sha256: &str) -> Seq {
        let (attachment, sha256) = (AttachmentId(attachment), sha256.to_owned());
        let keep = Command::KeepAttachment { attachment, sha256 };
        self.act(Actor::Scribe, keep, Some(message))
    }

    pub(crate) fn status(&mut self, who: &str, to: Status, message: &str) -> Seq {
        let message = Some(message.to_owned()).filter(|message| !message.is_empty());
        self.does(
            who,
            Command::SetStatus {
                to,
                message,
                at: None,
            },
        )
    }

    pub(crate) fn notes(&mut self, who: &str, text: &str, when: Option<&str>) -> Seq {
        let (text, at) = (text.to_owned(), when.map(at));
        self.does(
            who,
            Command::Note {
                text,
                at,
                key: false,
            },
        )
    }

    pub(crate) fn outage(&mut self, who: &str, start: &str, end: Option<&str>) {
        let components = Vec::new();
        let start = Command::StartOutage {
            components,
            at: Some(at(start)),
        };
        self.does(who, start);
        if let Some(end) = end {
            let components = Vec::new();
            let at = Some(at(end));
            self.does(who, Command::EndOutage { components, at });
        }
    }

    pub(crate) fn corrects(
        &mut self,
        who: &str,
        entry: Seq,
        text: Option<&str>,
        when: Option<&str>,
    ) {
        let target = self.entries[entry.0 as usize - 1].clone();
        let (text, at) = (text.map(str::to_owned), when.map(at));
        self.does(
            who,
            Command::Correct {
                target: Box::new(target),
                text,
                at,
            },
        );
    }

    pub(crate) fn draft(&self) -> String {
        super::postmortem::markdown(&self.input()).expect("a draft can be made of every log")
    }

    /// The draft as a page.
    pub(crate) fn page(&self) -> String {
        super::postmortem::html(&self.input()).expect("a page can be made of every log")
    }

    pub(crate) fn input(&self) -> super::postmortem::DraftInput<'_> {
        super::postmortem::DraftInput {
            incident: self.state(),
            entries: &self.entries,
            settings: &self.settings,
            links: &link,
            now: self.now,
            form: super::postmortem::Form::default(),
        }
    }
}

/// Where Discord shows an entry's message.
pub(crate) fn link(entry: &Entry) -> Option<String> {
    let origin = entry.origin?;
    let deleted = matches!(entry.fact, Fact::MessageDeleted {});
    (!deleted).then(|| {
        format!(
            "https://discord.com/channels/1/{}/{}",
            origin.channel, origin.message
        )
    })
}
