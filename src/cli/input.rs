//! Texts that a command reads.

use std::io::Read as _;

use anyhow::Context as _;

/// The text of a file, or of standard input where its name is `-`; of one that
/// is longer, one byte more than `most`.
///
/// # Errors
/// The file cannot be read or is not UTF-8.
pub(crate) fn text(file: &str, most: usize) -> anyhow::Result<String> {
    let most = most as u64 + 1;
    let mut bytes = Vec::new();
    let read = if file == "-" {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        let opened = std::fs::File::open(file);
        opened.and_then(|opened| opened.take(most).read_to_end(&mut bytes))
    };
    read.with_context(|| format!("{file} cannot be read"))?;
    String::from_utf8(bytes).with_context(|| format!("{file} is not UTF-8 text"))
}
