//! One socket of the gateway, from hello to its end.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use axum::extract::{ConnectInfo, State, WebSocketUpgrade};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::session::Out;
use crate::front::Link;
use crate::shared::Shared;

/// Answers the request to open a socket, or misbehaves as it is told to.
pub(crate) async fn upgrade(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(link): ConnectInfo<Link>,
    socket: WebSocketUpgrade,
) -> Response {
    let (hang, refuse) = shared.look(|world| {
        let mischief = &world.gateway.mischief;
        let refuse = mischief
            .refuse_until
            .is_some_and(|until| Instant::now() < until);
        (mischief.hang_upgrade, refuse)
    });
    if hang {
        shared.change(|world| world.gateway.mischief.hung += 1);
        shared.stopped.cancelled().await;
    }
    if refuse {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    socket.on_upgrade(move |socket| Connection::run(shared, link, socket))
}

struct Connection {
    shared: Arc<Shared>,
    link: Link,
    number: u64,
    out: UnboundedSender<Out>,
    known: bool,
}

/// How a socket ended.
enum End {
    /// The session may be resumed.
    Open,
    /// The client closed it for good.
    Over,
}

impl Connection {
    async fn run(shared: Arc<Shared>, link: Link, mut socket: WebSocket) {
        let (out, queue) = unbounded_channel();
        let number = shared.change(|world| world.gateway.next_number());
        let interval = shared.look(|world| world.options.heartbeat.as_millis() as u64);
        let hello = json!({"op": 10, "s": null, "t": null, "d": {"heartbeat_interval": interval}});
        let mut connection = Self {
            shared,
            link,
            number,
            out,
            known: false,
        };
        let end = match socket.send(text(hello.to_string())).await {
            Ok(()) => connection.talk(&mut socket, queue).await,
            Err(_) => End::Open,
        };
        let over = matches!(end, End::Over);
        connection
            .shared
            .change(|world| world.gateway.leave(number, over));
    }

    async fn talk(&mut self, socket: &mut WebSocket, mut queue: UnboundedReceiver<Out>) -> End {
        let stopped = self.shared.stopped.clone();
        loop {
            tokio::select! {
                heard = socket.recv() => match heard {
                    Some(Ok(Message::Text(frame))) => self.hear(frame.as_str()),
                    Some(Ok(Message::Binary(frame))) => match std::str::from_utf8(&frame) {
                        Ok(frame) => self.hear(frame),
                        Err(_) => self.close(4002),
                    },
                    Some(Ok(Message::Close(frame))) => {
                        let done = frame.is_some_and(|f| matches!(f.code, 1000 | 1001));
                        return if done { End::Over } else { End::Open };
                    }
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return End::Open,
                },
                Some(out) = queue.recv() => {
                    if !self.act(socket, out).await {
                        return End::Open;
                    }
                }
                () = stopped.cancelled() => return End::Open,
            }
        }
    }

    /// Does one thing; false when the socket is at its end.
    async fn act(&self, socket: &mut WebSocket, out: Out) -> bool {
        match out {
            Out::Frame(frame) => socket.send(text(frame)).await.is_ok(),
            Out::Late(due, frame) => {
                tokio::time::sleep_until(due.into()).await;
                socket.send(text(frame)).await.is_ok()
            }
            Out::Close(code) => {
                let frame = code.map(|code| CloseFrame {
                    code,
                    reason: reason(code).into(),
                });
                // The peer may be gone already; the socket ends either way.
                drop(socket.send(Message::Close(frame)).await);
                false
            }
            Out::Cut { reset } => {
                if reset {
                    self.link.reset_at_end();
                }
                false
            }
        }
    }

    fn hear(&mut self, frame: &str) {
        let Ok(frame) = serde_json::from_str::<Value>(frame) else {
            return self.close(4002);
        };
        let data = &frame["d"];
        match frame["op"].as_u64() {
            Some(1) => self.heartbeat(),
            Some(2) if self.known => self.close(4005),
            Some(2) => self.identify(data),
            Some(6) => self.resume(data),
            Some(3 | 4) if self.known => {}
            Some(8) if self.known => self.members(data),
            Some(3 | 4 | 8) => self.close(4003),
            _ => self.close(4001),
        }
    }

    fn heartbeat(&self) {
        let swallow = self
            .shared
            .look(|world| world.gateway.mischief.swallow_acks);
        if !swallow {
            self.say(Out::Frame(
                json!({"op": 11, "s": null, "t": null, "d": null}).to_string(),
            ));
        }
    }

    fn identify(&mut self, data: &Value) {
        let out = self.out.clone();
        match self
            .shared
            .change(|world| world.identify(data, self.number, out))
        {
            Ok(()) => self.known = true,
            Err(code) => self.close(code),
        }
    }

    fn resume(&mut self, data: &Value) {
        let socket = (self.number, self.out.clone());
        let id = data["session_id"].as_str().unwrap_or_default();
        let seq = data["seq"].as_u64().unwrap_or(0);
        let (right, resumed) = self.shared.change(|world| {
            let right = data["token"].as_str().map(|t| t.trim_start_matches("Bot "))
                == Some(&world.options.token);
            (right, right && world.gateway.resume(id, seq, socket))
        });
        match (right, resumed) {
            (false, _) => self.close(4004),
            (true, true) => self.known = true,
            (true, false) => self.say(Out::Frame(
                json!({"op": 9, "s": null, "t": null, "d": false}).to_string(),
            )),
        }
    }

    /// Answers "request guild members" with one chunk of all of them.
    fn members(&self, data: &Value) {
        self.shared.change(|world| {
            let Some(guild) = crate::world::posting::snowflake(&data["guild_id"]) else {
                return;
            };
            let Some(found) = world.guilds.get(&guild) else {
                return;
            };
            let members: Vec<_> = found
                .members
                .keys()
                .filter_map(|user| world.member_json(guild, *user))
                .collect();
            let chunk = json!({
                "guild_id": guild, "members": members, "chunk_index": 0, "chunk_count": 1,
                "not_found": [], "nonce": data["nonce"],
            });
            world.tell_guild(guild, "GUILD_MEMBERS_CHUNK", super::intent::NONE, chunk);
        });
    }

    fn close(&self, code: u16) {
        self.say(Out::Close(Some(code)));
    }

    fn say(&self, out: Out) {
        // The queue lives as long as this connection, so there is always somebody to take it.
        drop(self.out.send(out));
    }
}

fn text(frame: String) -> Message {
    Message::Text(frame.into())
}

fn reason(code: u16) -> &'static str {
    match code {
        4001 => "Unknown opcode.",
        4002 => "Error while decoding payload.",
        4003 => "Not authenticated.",
        4004 => "Authentication failed.",
        4005 => "Already authenticated.",
        4007 => "Invalid seq.",
        4008 => "Rate limited.",
        4009 => "Session timed out.",
        4010 => "Invalid shard.",
        4011 => "Sharding required.",
        4012 => "Invalid API version.",
        4013 => "Invalid intent(s).",
        4014 => "Disallowed intent(s).",
        _ => "Unknown error.",
    }
}
