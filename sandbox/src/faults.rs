//! Misbehaviour on demand.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::gateway::Out;
use crate::shared::Shared;
use crate::snowflake::Snowflake;

/// Whose limit a 429 speaks of (`X-RateLimit-Scope`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The bot's own limit on a route.
    User,
    /// The bot's limit over all routes.
    Global,
    /// A limit of the thing itself, shared with others.
    Shared,
}

/// What goes wrong with a REST request.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// It is answered 429 and has no effect.
    RateLimited {
        /// How long the answer says to wait.
        retry_after: Duration,
        /// Whose limit it is.
        scope: Scope,
    },
    /// It is answered with this status and has no effect.
    Status(u16),
    /// Nothing comes back, then the connection ends; it has no effect.
    Hang(Duration),
    /// It takes effect and its answer is cut off in the middle.
    CutBody,
    /// It takes effect after a while, and is then answered.
    Delay(Duration),
    /// It takes effect at once and is answered after a while.
    LateAnswer(Duration),
    /// It takes effect but is answered with this status.
    EffectThenStatus(u16),
    /// It takes effect, and then the connection ends without an answer.
    EffectThenSilence,
}

#[derive(Clone, Debug)]
struct Rule {
    method: String,
    pattern: String,
    left: usize,
    trouble: Trouble,
}

/// The troubles that are still to come.
#[derive(Debug, Default)]
pub(crate) struct FaultBook {
    rules: VecDeque<Rule>,
    /// Messages whose JSON is not what a client expects.
    pub(crate) garbled: BTreeSet<Snowflake>,
}

impl FaultBook {
    /// The trouble that is due for a request, if any.
    pub(crate) fn take(&mut self, method: &str, path: &[&str]) -> Option<Trouble> {
        let at = self.rules.iter().position(|rule| {
            (rule.method == "*" || rule.method == method) && fits(&rule.pattern, path)
        })?;
        let rule = &mut self.rules[at];
        let trouble = rule.trouble.clone();
        rule.left -= 1;
        if rule.left == 0 {
            self.rules.remove(at);
        }
        Some(trouble)
    }
}

/// `*` stands for one segment, `**` for all that follow.
fn fits(pattern: &str, path: &[&str]) -> bool {
    let mut path = path.iter();
    for step in pattern.split('/').filter(|step| !step.is_empty()) {
        if step == "**" {
            return true;
        }
        match path.next() {
            Some(got) if step == "*" || step == *got => {}
            _ => return false,
        }
    }
    path.next().is_none()
}

/// The levers of misbehaviour, from [`Sandbox::faults`](crate::Sandbox::faults).
pub struct Faults {
    pub(crate) shared: Arc<Shared>,
}

impl Faults {
    fn to_all(&self, out: &Out) {
        self.shared.change(|world| {
            for session in &mut world.gateway.sessions {
                session.send(out.clone());
            }
        });
    }

    /// Ends the gateway's TCP connections by FIN, without a close frame. Sessions can be resumed.
    pub fn drop_gateway(&self) {
        self.to_all(&Out::Cut { reset: false });
    }

    /// Ends the gateway's TCP connections by RST. Sessions can be resumed.
    pub fn reset_gateway(&self) {
        self.to_all(&Out::Cut { reset: true });
    }

    /// Closes the gateway with a code; 4007 and 4009 end the session too, as on Discord.
    pub fn close_gateway(&self, code: u16) {
        self.to_all(&Out::Close(Some(code)));
        if matches!(code, 4004 | 4009 | 4010..=4014) {
            self.lose_sessions();
        }
    }

    /// Closes the gateway with a close frame that has no code.
    pub fn close_gateway_without_code(&self) {
        self.to_all(&Out::Close(None));
    }

    /// Asks the client to reconnect (op 7).
    pub fn ask_to_reconnect(&self) {
        self.to_all(&Out::Frame(r#"{"op":7,"d":null,"s":null,"t":null}"#.into()));
    }

    /// Declares the session invalid (op 9). It can be resumed if `resumable`, else it is forgotten.
    pub fn invalidate_session(&self, resumable: bool) {
        let frame = format!(r#"{{"op":9,"d":{resumable},"s":null,"t":null}}"#);
        self.to_all(&Out::Frame(frame));
        if !resumable {
            self.lose_sessions();
        }
    }

    /// Forgets every session: the next RESUME is refused and what happened in between is told to nobody.
    pub fn lose_sessions(&self) {
        self.shared.change(|world| world.gateway.sessions.clear());
    }

    /// Cuts the gateway and forgets the sessions: the bot is gone as if it had been switched off. The world goes on.
    pub fn disconnect_everything(&self) {
        self.drop_gateway();
        self.lose_sessions();
    }

    /// Answers attempts to open a gateway socket with 503 for so long.
    pub fn refuse_gateway(&self, time: Duration) {
        self.mischief(|m| m.refuse_until = Some(Instant::now() + time));
    }

    /// Accepts the TCP connection of a gateway socket and says nothing more, until switched off.
    pub fn hang_upgrade(&self, on: bool) {
        self.mischief(|m| m.hang_upgrade = on);
    }

    /// Waits until the bot has run into [`hang_upgrade`](Self::hang_upgrade).
    pub async fn upgrade_hangs(&self, patience: Duration) -> bool {
        self.shared
            .until(patience, |world| {
                (world.gateway.mischief.hung > 0).then_some(())
            })
            .await
            .is_some()
    }

    /// Leaves heartbeats without acknowledgement, until switched off.
    pub fn swallow_heartbeat_acks(&self, on: bool) {
        self.mischief(|m| m.swallow_acks = on);
    }

    /// Delivers every event twice, until switched off.
    pub fn deliver_twice(&self, on: bool) {
        self.mischief(|m| m.twice = on);
    }

    /// Holds events until there are `group` of them and delivers those last first. 0 switches it off and lets go
    /// of what is held.
    pub fn deliver_out_of_order(&self, group: usize) {
        self.shared.change(|world| {
            world.gateway.mischief.shuffle = group;
            world.gateway.sessions.iter_mut().for_each(|s| s.release());
        });
    }

    /// Delivers every event so much later, until switched off with `None`.
    pub fn delay_events(&self, delay: Option<Duration>) {
        self.mischief(|m| m.delay = delay);
    }

    /// Tells nobody of events with this name (`MESSAGE_CREATE`), until switched off with `None`.
    pub fn lose_events(&self, name: Option<&str>) {
        self.mischief(|m| m.lost = name.map(str::to_owned));
    }

    /// Forgets the nonces of the messages posted so far, as Discord does after some minutes.
    pub fn forget_nonces(&self) {
        self.shared.change(|world| world.forget_nonces());
    }

    /// Shows a message to the bot in a form that no client of today knows, whenever it asks for it.
    pub fn garble(&self, message: Snowflake) {
        self.shared
            .change(|world| world.faults.garbled.insert(message));
    }

    /// Gives trouble to the next `times` requests with that method (`*` for any) and path below `/api/v10`
    /// (`/channels/*/messages`; `*` is one segment, `**` the rest).
    pub fn rest(&self, method: &str, pattern: &str, times: usize, trouble: Trouble) {
        if times == 0 {
            return;
        }
        let rule = Rule {
            method: method.to_owned(),
            pattern: pattern.to_owned(),
            left: times,
            trouble,
        };
        self.shared
            .change(|world| world.faults.rules.push_back(rule));
    }

    /// Takes back all troubles of REST and gateway that are still to come.
    pub fn clear(&self) {
        self.shared.change(|world| {
            world.faults.rules.clear();
            world.faults.garbled.clear();
            world.gateway.mischief = crate::gateway::Mischief::default();
            world.gateway.sessions.iter_mut().for_each(|s| s.release());
        });
    }

    fn mischief(&self, change: impl FnOnce(&mut crate::gateway::Mischief)) {
        self.shared
            .change(|world| change(&mut world.gateway.mischief));
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_pattern_fits_its_paths_only() {
        assert!(fits("/channels/*/messages", &["channels", "1", "messages"]));
        assert!(!fits(
            "/channels/*/messages",
            &["channels", "1", "messages", "2"]
        ));
        assert!(!fits("/channels/*/messages", &["channels", "1"]));
        assert!(fits("/channels/**", &["channels", "1", "messages", "2"]));
        assert!(fits("**", &["gateway"]));
    }
}
