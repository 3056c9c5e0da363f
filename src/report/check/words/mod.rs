//! Every sentence of the checker.

mod dates;
mod order;
mod said;
mod stated;
mod twice;
mod updates;
mod whole;

pub(super) use dates::*;
pub(super) use order::*;
pub(super) use said::Said;
pub(super) use stated::*;
pub(super) use twice::*;
pub(super) use updates::*;
pub(super) use whole::*;
