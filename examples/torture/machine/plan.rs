//! What is going to happen, from a seed.

use std::collections::BTreeSet;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};

use super::fault::Fault;

/// Something that somebody does. Rooms and messages are meant by numbers that
/// are taken modulo what there is then.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    Say {
        who: usize,
        room: usize,
    },
    Edit {
        room: usize,
        back: usize,
    },
    Delete {
        room: usize,
        back: usize,
    },
    /// 📌 or something that means nothing.
    React {
        who: usize,
        room: usize,
        back: usize,
        pin: bool,
    },
    Thread {
        who: usize,
        room: usize,
        on: Option<usize>,
    },
    Ask {
        who: usize,
        room: usize,
        what: usize,
    },
    Open {
        who: usize,
    },
}

/// One step of the plan.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Act(Act),
    Fault(Fault),
    Pause(Duration),
}

/// A stretch of the plan that ends with a quiet moment.
#[derive(Clone, Debug)]
pub(crate) struct Stretch {
    pub(crate) peaceful: bool,
    pub(crate) steps: Vec<Step>,
}

/// How much happens.
const ACTS_IN_PEACE: usize = 50;
const ACTS_IN_STORM: usize = 220;
const STORMS: usize = 2;

/// The plan of a seed for so many processes.
pub(crate) fn plan(seed: u64, processes: usize) -> Vec<Stretch> {
    let mut random = StdRng::seed_from_u64(seed);
    let mut plan = Vec::new();
    for _ in 0..STORMS {
        plan.push(peace(&mut random));
        plan.push(storm(&mut random, processes));
    }
    plan
}

/// What kinds of trouble the plan of a seed has, each by a name.
pub(crate) fn kinds(seed: u64, processes: usize) -> BTreeSet<String> {
    let steps = plan(seed, processes)
        .into_iter()
        .flat_map(|stretch| stretch.steps);
    let faults = steps.filter_map(|step| match step {
        Step::Fault(fault) => Some(fault.name()),
        Step::Act(_) | Step::Pause(_) => None,
    });
    faults.collect()
}

fn peace(random: &mut StdRng) -> Stretch {
    let acts = (0..ACTS_IN_PEACE).flat_map(|_| {
        let pause = Duration::from_millis(random.random_range(0..12));
        [Step::Act(Act::any(random)), Step::Pause(pause)]
    });
    Stretch {
        peaceful: true,
        steps: acts.collect(),
    }
}

fn storm(random: &mut StdRng, processes: usize) -> Stretch {
    let mut steps = Vec::new();
    for _ in 0..ACTS_IN_STORM {
        steps.push(Step::Act(Act::any(random)));
        match random.random_range(0..100) {
            0..=5 => steps.push(Step::Fault(Fault::any(random, processes))),
            6..=8 => steps.push(Step::Fault(Fault::Start)),
            9 => steps.push(Step::Fault(Fault::Clear)),
            10..=13 => {
                let pause = Duration::from_millis(random.random_range(100..700));
                steps.push(Step::Pause(pause));
            }
            _ => {
                let pause = Duration::from_millis(random.random_range(0..8));
                steps.push(Step::Pause(pause));
            }
        }
    }
    Stretch {
        peaceful: false,
        steps,
    }
}

impl Act {
    fn any(random: &mut StdRng) -> Self {
        let who = random.random_range(0..64);
        let room = random.random_range(0..1000);
        let back = random.random_range(0..1000);
        match random.random_range(0..100) {
            0..=51 => Self::Say { who, room },
            52..=65 => Self::Edit { room, back },
            66..=75 => Self::Delete { room, back },
            76..=80 => Self::React {
                who,
                room,
                back,
                pin: random.random(),
            },
            81 | 82 => Self::Thread {
                who,
                room,
                on: random.random::<bool>().then_some(back),
            },
            83 => Self::Open { who },
            _ => Self::Ask {
                who,
                room,
                what: random.random_range(0..20),
            },
        }
    }
}
