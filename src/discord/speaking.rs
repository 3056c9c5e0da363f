//! In whose language something is answered. The words ask the thread
//! ([`crate::words::language`]); a future goes on on any thread, so each of its
//! steps says it anew.

use std::pin::Pin;
use std::task::{Context, Poll};

use poise::serenity_prelude as serenity;
use serenity::{FullEvent, Interaction};

use crate::incident::Language;
use crate::words::language;

use super::Data;
use super::interaction::Failure;

/// What runs inside says what it says in that language. What it spawns does not.
pub(crate) fn speaking<F: Future>(language: Language, said: F) -> Speaking<F> {
    Speaking {
        language,
        said: Box::pin(said),
    }
}

/// See [`speaking`].
pub(crate) struct Speaking<F> {
    language: Language,
    said: Pin<Box<F>>,
}

impl<F: Future> Future for Speaking<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let (language, said) = (self.language, &mut self.said);
        language::speaking(language, || said.as_mut().poll(context))
    }
}

/// The language of whoever sees the answer to an event: of the asker alone. What
/// else Scribe says of an event is a server's, and says so itself.
fn of_asker(event: &FullEvent) -> Language {
    let FullEvent::InteractionCreate { interaction } = event else {
        return Language::default();
    };
    let locale = match interaction {
        Interaction::Command(asked) | Interaction::Autocomplete(asked) => asked.locale.as_str(),
        Interaction::Component(pressed) => pressed.locale.as_str(),
        Interaction::Modal(sent) => sent.locale.as_str(),
        _ => "",
    };
    Language::of_locale(locale)
}

/// Hands on what Discord tells, each with the language it is answered in.
pub(super) struct InTheirLanguage(pub(super) poise::Framework<Data, Failure>);

#[serenity::async_trait]
impl serenity::Framework for InTheirLanguage {
    async fn init(&mut self, client: &serenity::Client) {
        serenity::Framework::init(&mut self.0, client).await;
    }

    async fn dispatch(&self, context: serenity::Context, event: FullEvent) {
        let language = of_asker(&event);
        let answered = serenity::Framework::dispatch(&self.0, context, event);
        speaking(language, answered).await;
    }
}

#[cfg(test)]
mod tests {
    use crate::words::language::spoken;

    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn a_language_holds_across_every_pause_and_stays_with_its_own() {
        let one = |language: Language| async move {
            speaking(language, async move {
                for _ in 0..50 {
                    assert_eq!(spoken(), language);
                    tokio::task::yield_now().await;
                }
            })
            .await;
            assert_eq!(spoken(), Language::English);
        };
        let all: Vec<_> = (0..16)
            .map(|place| match place % 2 {
                0 => tokio::spawn(one(Language::German)),
                _ => tokio::spawn(one(Language::English)),
            })
            .collect();
        for task in all {
            task.await.unwrap();
        }
    }
}
