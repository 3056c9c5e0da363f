//! What is read, what is refused, and what holds of every text.

mod properties;
mod reading;
mod said;
mod zones;
