//! What is written from a log, and what people wrote checked against itself and the log.

pub mod check;
