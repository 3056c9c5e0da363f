//! What goes wrong.

use std::time::Duration;

use discord_sandbox::{Sandbox, Scope, Trouble};
use rand::Rng as _;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;

/// Something that goes wrong with the bot or its Discord.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// `kill -9` of a process; started again when the storm has passed or with [`Fault::Start`].
    Kill(usize),
    /// The processes are started that do not run.
    Start,
    /// A process is stopped for a time and goes on.
    Freeze(usize, Duration),
    /// The connections of a process to its database are reset, and new ones for a time.
    Cut(usize, Duration),
    /// Nothing gets through between a process and its database for a time, and nobody is told.
    Silence(usize, Duration),
    /// The gateway's connection ends.
    Drop,
    /// The same by RST.
    Reset,
    /// The gateway closes with a code.
    Close(u16),
    /// The gateway closes without a code.
    CloseWithoutCode,
    /// Op 7.
    Reconnect,
    /// Op 9.
    Invalid(bool),
    /// The session is forgotten and the connection ends.
    Forget,
    /// New connections are refused for so many milliseconds.
    Refuse(u64),
    /// New connections hang; only a restart helps soon.
    Hang,
    /// Heartbeats are not acknowledged.
    Swallow,
    /// Events come twice.
    Twice,
    /// Events come last first, in groups.
    Shuffle(usize),
    /// Events come late by so many milliseconds.
    Late(u64),
    /// Discord forgets which messages were posted already.
    ForgetNonces,
    /// REST requests fail.
    Rest {
        method: &'static str,
        path: &'static str,
        times: usize,
        trouble: Trouble,
    },
    /// All troubles of Discord are over.
    Clear,
}

/// 4004 and 4010 to 4014 are fatal; the bot's supervisor starts it again.
const CODES: [u16; 17] = [
    1000, 1001, 4000, 4001, 4002, 4003, 4004, 4005, 4006, 4007, 4008, 4009, 4010, 4011, 4012, 4013,
    4014,
];

/// Longer than any lease, in milliseconds: a delivery's is a minute.
const LEASE: u64 = 61_000;

/// Longer than anybody waits.
const LATE: Duration = Duration::from_secs(40);

const REQUESTS: [(&str, &str); 13] = [
    ("*", "**"),
    ("GET", "/channels/*/messages"),
    ("GET", "/channels/*/messages/*"),
    ("POST", "/channels/*/messages"),
    ("POST", "/channels/*/messages"),
    ("PATCH", "/channels/*/messages/*"),
    ("PUT", "/channels/*/pins/*"),
    ("POST", "/guilds/*/channels"),
    ("GET", "/guilds/*/channels"),
    ("GET", "/guilds/*/threads/active"),
    ("GET", "/channels/*/threads/archived/public"),
    ("POST", "/interactions/*/*/callback"),
    ("PATCH", "/webhooks/**"),
];

impl Fault {
    /// One of them, where so many processes share a record.
    pub(crate) fn any(random: &mut StdRng, processes: usize) -> Self {
        if processes > 1 && random.random_ratio(2, 5) {
            return Self::of_processes(random, processes);
        }
        match random.random_range(0..25) {
            0..=2 => Self::Kill(random.random_range(0..processes)),
            3 => Self::Drop,
            4 => Self::Reset,
            5 | 6 => Self::Close(*CODES.choose(random).unwrap_or(&4000)),
            7 => Self::CloseWithoutCode,
            8 => Self::Reconnect,
            9 => Self::Invalid(random.random()),
            10 | 11 => Self::Forget,
            12 => Self::Refuse(random.random_range(100..1500)),
            13 => Self::Hang,
            14 => Self::Swallow,
            15 => Self::Twice,
            16 => Self::Shuffle(random.random_range(2..9)),
            17 => Self::Late(random.random_range(50..800)),
            18 => Self::ForgetNonces,
            _ => Self::rest(random),
        }
    }

    /// What can only happen to one of several.
    fn of_processes(random: &mut StdRng, processes: usize) -> Self {
        let which = random.random_range(0..processes);
        let [kind, how_long] = [random.random_range(0..10), random.random_range(0..10)];
        let time = match how_long {
            0..=5 => 300..4_000,
            6..=8 => 5_000..15_000,
            _ => LEASE..LEASE + 5_000,
        };
        let time = Duration::from_millis(random.random_range(time));
        match kind {
            0..=2 => Self::Kill(which),
            3..=5 => Self::Freeze(which, time),
            6 | 7 => Self::Cut(which, time),
            _ => Self::Silence(which, time),
        }
    }

    fn rest(random: &mut StdRng) -> Self {
        let (method, path) = *REQUESTS.choose(random).unwrap_or(&("*", "**"));
        let wait = Duration::from_millis(random.random_range(100..1500));
        let scopes = [Scope::User, Scope::Global, Scope::Shared];
        let scope = *scopes.choose(random).unwrap_or(&Scope::User);
        let status = *[500, 502, 503].choose(random).unwrap_or(&500);
        let trouble = match random.random_range(0..15) {
            0..=2 => Trouble::RateLimited {
                retry_after: wait,
                scope,
            },
            3 | 4 => Trouble::Status(status),
            5 | 6 => Trouble::Hang(wait),
            7 | 8 => Trouble::CutBody,
            9 | 10 => Trouble::Delay(wait),
            11 | 12 => Trouble::EffectThenStatus(status),
            13 => Trouble::LateAnswer(LATE),
            _ => Trouble::EffectThenSilence,
        };
        Self::Rest {
            method,
            path,
            times: random.random_range(1..4),
            trouble,
        }
    }

    /// What kind of trouble it is.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Kill(_) => "kill".to_owned(),
            Self::Freeze(..) => "freeze".to_owned(),
            Self::Cut(..) => "cut".to_owned(),
            Self::Silence(..) => "silence".to_owned(),
            Self::Close(code) => format!("close {code}"),
            Self::Refuse(_) => "refuse".to_owned(),
            Self::Shuffle(_) => "shuffle".to_owned(),
            Self::Late(_) => "late events".to_owned(),
            Self::Rest { trouble, .. } => match trouble {
                Trouble::RateLimited { scope, .. } => format!("429 {scope:?}"),
                Trouble::Hang(_) => "hanging request".to_owned(),
                Trouble::Delay(_) => "slow request".to_owned(),
                other => format!("{other:?}"),
            },
            other => format!("{other:?}"),
        }
    }

    /// Lets it happen to Discord; what happens to a process is done elsewhere.
    pub(crate) fn strike(&self, discord: &Sandbox) {
        let faults = discord.faults();
        match self {
            Self::Kill(_) | Self::Start | Self::Freeze(..) | Self::Cut(..) | Self::Silence(..) => {}
            Self::Drop => faults.drop_gateway(),
            Self::Reset => faults.reset_gateway(),
            Self::Close(code) => faults.close_gateway(*code),
            Self::CloseWithoutCode => faults.close_gateway_without_code(),
            Self::Reconnect => faults.ask_to_reconnect(),
            Self::Invalid(resumable) => faults.invalidate_session(*resumable),
            Self::Forget => faults.disconnect_everything(),
            Self::Refuse(time) => {
                faults.refuse_gateway(Duration::from_millis(*time));
                faults.drop_gateway();
            }
            Self::Hang => {
                faults.hang_upgrade(true);
                faults.drop_gateway();
            }
            Self::ForgetNonces => faults.forget_nonces(),
            Self::Swallow => faults.swallow_heartbeat_acks(true),
            Self::Twice => faults.deliver_twice(true),
            Self::Shuffle(group) => faults.deliver_out_of_order(*group),
            Self::Late(time) => faults.delay_events(Some(Duration::from_millis(*time))),
            Self::Rest {
                method,
                path,
                times,
                trouble,
            } => faults.rest(method, path, *times, trouble.clone()),
            Self::Clear => faults.clear(),
        }
    }
}
