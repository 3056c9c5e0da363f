//! How far a long piece of work has come, for whoever waits at a terminal.

use std::io::{self, IsTerminal, Write};

/// How many steps pass between two words about them.
const OFTEN: u64 = 1000;

/// A line on standard error that is written over; nothing where no person reads it.
pub(crate) struct Progress {
    verb: &'static str,
    shown: bool,
}

impl Progress {
    pub(crate) fn new(verb: &'static str) -> Self {
        Self { verb, shown: false }
    }

    /// So many of so many entries are done; of how many may be unknown.
    pub(crate) fn at(&mut self, done: u64, of: Option<u64>) {
        let due = done.is_multiple_of(OFTEN) || Some(done) == of;
        if !due || !io::stderr().is_terminal() {
            return;
        }
        self.shown = true;
        let of = of.map_or(String::new(), |of| format!(" of {of}"));
        eprint!("\r{} {done}{of} entries", self.verb);
        let _ = io::stderr().flush();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            eprintln!();
        }
    }
}
