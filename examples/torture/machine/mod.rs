//! The machine that breaks things on purpose: a local Discord in this process,
//! the real `scribe run` beside it, once or several times, people who write and a plan of troubles that
//! comes from a seed. What people said and were told is kept in a ledger, and at
//! each quiet moment the record and the channels are held against it.

mod backlog;
mod bot;
mod check;
mod fault;
mod ledger;
mod people;
mod plan;
mod producers;
mod run;
mod scene;
mod wire;

pub(crate) use backlog::backlog;
pub(crate) use plan::kinds;
pub(crate) use producers::kill_rounds;
pub(crate) use run::seed;
pub(crate) use scene::Cast;
