//! The one binary; [`scribe::cli`] is the command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    scribe::cli::start()
}
