//! What people do, as requests to a writer.

use scribe::incident::{
    Actor, ChannelId, Command, Context, GuildId, Message, MessageId, MessageRef, Open, Person,
    Severity, UserId,
};
use scribe::store::{Request, Target};

/// A request of somebody; `message` is the id of the message it comes from.
pub(crate) fn request(
    guild: GuildId,
    target: Target,
    command: Command,
    message: Option<u64>,
) -> Request {
    let person = Person {
        id: UserId(80_351_110_224_678_912),
        name: "ana".to_owned(),
        bot: false,
    };
    let origin = message.map(|message| MessageRef {
        channel: ChannelId(2),
        message: MessageId(message),
    });
    Request {
        guild,
        target,
        command,
        context: Context {
            actor: Actor::Person(person),
            now: scribe::clock::now(),
            origin,
        },
        once: message.map(|message| format!("message:{message}")),
        quiet: true,
    }
}

/// The declaration of an incident.
pub(crate) fn open(title: &str) -> Command {
    Command::Open(Open::new(title, Severity::Sev1))
}

/// A note.
pub(crate) fn note(text: String) -> Command {
    let (at, key) = (None, false);
    Command::Note { text, at, key }
}

/// Somebody says something in the incident's channel.
pub(crate) fn message(number: u64) -> Command {
    let text = format!(
        "error rate of node {number} is {}% and falls, trying the next one",
        number % 100
    );
    Command::RecordMessage {
        message: Message {
            text,
            edited_at: None,
            reply_to: None,
            attachments: Vec::new(),
        },
        at: scribe::clock::now(),
    }
}
