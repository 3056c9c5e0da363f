//! What comes of a command.

use std::io::{self, IsTerminal, Write};

/// What a command has to say on standard output, and whether that is a finding
/// (exit code 1) although the command did its work.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Printed as it is.
    pub(crate) text: String,
    /// Whether something was found that should not be.
    pub(crate) finding: bool,
}

impl Outcome {
    /// A text that is no finding.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            finding: false,
        }
    }

    /// A JSON value, indented, with a line break at its end.
    pub(crate) fn json(value: &impl serde::Serialize) -> serde_json::Result<Self> {
        let mut text = serde_json::to_string_pretty(value)?;
        text.push('\n');
        Ok(Self::text(text))
    }

    /// Prints it. A reader that has seen enough (`scribe list | head`) is no failure.
    pub(crate) fn print(&self) -> io::Result<()> {
        let mut out = io::stdout().lock();
        let written = out
            .write_all(self.text.as_bytes())
            .and_then(|()| out.flush());
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            other => other,
        }
    }
}

/// The command was used wrongly: exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct WrongUse(pub(crate) String);

/// Whether people read standard output.
pub(crate) fn for_people() -> bool {
    io::stdout().is_terminal()
}

/// A text from outside as a terminal may show it: one line, and nothing in it
/// that moves the cursor or changes colours.
pub(crate) fn visible(text: &str) -> String {
    crate::incident::text::one_line(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_no_controls() {
        assert_eq!(visible("a\u{1b}[31m\nb"), "a [31m b");
    }
}
