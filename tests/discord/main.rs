//! Incidents told through a local Discord and the real client.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests unwrap as tests do, and clippy knows only the tests themselves"
)]

mod absence;
mod access;
mod adopting;
mod alerts;
mod away;
mod bad_input;
mod buttons;
mod clock;
mod doctor;
mod duplicates;
mod ending;
mod faults;
mod handover;
mod languages;
mod lifecycle;
mod limits;
mod looking;
mod meanwhile;
mod offers;
mod paging;
mod permissions;
mod places;
mod policy;
mod privacy;
mod processes;
mod publishing;
mod recording;
mod redacting;
mod refusals;
mod reminders;
mod reminders_ended;
mod reports;
mod retold;
mod rows;
mod searching;
mod settings;
mod templates;
#[path = "../../examples/torture/machine/wire.rs"]
mod wire;
#[path = "../world/mod.rs"]
mod world;
mod writing;
