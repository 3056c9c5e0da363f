//! The way of a request: off the wire, through faults and limits, to its handler, into the record.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{Request, State};
use axum::response::Response;
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::call::{Answered, Call, Reply};
use super::error::ApiError;
use super::{reading, replying, routes};
use crate::clock;
use crate::faults::Trouble;
use crate::records;
use crate::shared::Shared;
use crate::world::World;

/// What is noted of a request when it is answered.
struct Note {
    at: DateTime<Utc>,
    method: String,
    path: String,
}

impl Note {
    fn of(request: &Request) -> Self {
        let path = request.uri().path_and_query().map_or("", |p| p.as_str());
        Self {
            at: clock::now(),
            method: request.method().to_string(),
            path: path.trim_start_matches("/api/v10").to_owned(),
        }
    }

    fn write(&self, world: &mut World, call: Option<&Call>, status: u16) {
        let files = call.into_iter().flat_map(|c| &c.files);
        world.records.requests.push(records::Request {
            at: self.at,
            method: self.method.clone(),
            path: self.path.clone(),
            status,
            body: call.map_or(Value::Null, |c| c.body.clone()),
            files: files.map(|file| file.name.clone()).collect(),
        });
    }
}

/// Answers one REST request.
pub(crate) async fn handle(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let note = Note::of(&request);
    let mut call = match reading::read(request).await {
        Ok(call) => call,
        Err(error) => {
            shared.change(|world| note.write(world, None, error.status));
            return replying::respond(Err(error), None);
        }
    };
    describe(&shared, &call);
    let trouble = shared.change(|world| world.faults.take(&call.method, &call.path()));
    let without_effect = |status, response| {
        shared.change(|world| note.write(world, Some(&call), status));
        response
    };
    match trouble {
        Some(Trouble::Status(status)) => return without_effect(status, replying::broken(status)),
        Some(Trouble::RateLimited { retry_after, scope }) => {
            let seconds = retry_after.as_secs_f64();
            return without_effect(429, replying::limited_on_purpose(seconds, scope));
        }
        Some(Trouble::Hang(time)) => {
            tokio::select! {
                () = tokio::time::sleep(time) => {}
                () = shared.stopped.cancelled() => {}
            }
            return without_effect(0, replying::silence());
        }
        Some(Trouble::Delay(time)) => tokio::time::sleep(time).await,
        _ => {}
    }
    let told = match trouble {
        Some(Trouble::EffectThenStatus(status)) => Some(status),
        Some(Trouble::EffectThenSilence) => Some(0),
        _ => None,
    };
    call.arrived = Instant::now();
    let response = serve(&shared, &call, &note, told);
    match trouble {
        Some(Trouble::EffectThenStatus(status)) => replying::broken(status),
        Some(Trouble::EffectThenSilence) => replying::silence(),
        Some(Trouble::CutBody) => replying::cut(response).await,
        Some(Trouble::LateAnswer(time)) => {
            tokio::select! {
                () = tokio::time::sleep(time) => {}
                () = shared.stopped.cancelled() => {}
            }
            response
        }
        _ => response,
    }
}

/// Lets the world answer. `told` is the status that the client sees instead of the true one.
fn serve(shared: &Shared, call: &Call, note: &Note, told: Option<u16>) -> Response {
    let (answer, response) = shared.change(|world| {
        let bucket = match world.buckets.count(&call.method, &call.path()) {
            Ok(bucket) => bucket,
            Err(limited) => {
                note.write(world, Some(call), told.unwrap_or(429));
                return (None, replying::limited_by_bucket(limited));
            }
        };
        let answer = authorise(world, call).and_then(|()| routes::answer(world, call));
        let status = match &answer {
            Ok(reply) => reply.status,
            Err(error) => error.status,
        };
        note.write(world, Some(call), told.unwrap_or(status));
        (Some(answer.clone()), replying::respond(answer, bucket))
    });
    if let Some(answer) = answer {
        describe_answer(shared, call, &answer);
    }
    response
}

/// Holds the body against Discord's description, where there is one.
fn describe(shared: &Shared, call: &Call) {
    if let Some(description) = shared.description.as_ref().filter(|_| !call.body.is_null()) {
        let found = description.check_request(&call.method, &call.path(), &call.body);
        shared.change(|world| world.records.violations.extend(found));
    }
}

/// Holds an answer against the description, for those who work on the sandbox.
fn describe_answer(shared: &Shared, call: &Call, answer: &Answered) {
    let wanted = shared.look(|world| world.options.check_answers);
    if let (
        true,
        Some(description),
        Ok(Reply {
            status,
            body: Some(body),
        }),
    ) = (wanted, &shared.description, answer)
    {
        let found = description.check_answer(&call.method, &call.path(), *status, body);
        shared.change(|world| world.records.own_faults.extend(found));
    }
}

/// A token is needed everywhere but where the path itself holds a secret.
fn authorise(world: &World, call: &Call) -> Result<(), ApiError> {
    let open = matches!(
        call.path().as_slice(),
        ["gateway"] | ["interactions", _, _, "callback"] | ["webhooks", _, _, ..]
    );
    let token = call.token.as_deref().and_then(|t| t.strip_prefix("Bot "));
    if open || token == Some(&world.options.token) {
        Ok(())
    } else {
        Err(ApiError::unauthorized())
    }
}
