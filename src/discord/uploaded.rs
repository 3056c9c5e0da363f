//! Files that people give with a command.

use std::time::Duration;

use futures::StreamExt as _;
use poise::serenity_prelude as serenity;

use crate::words;

use super::interaction::Failure;

/// How long Discord may take to give a file out.
const PATIENCE: Duration = Duration::from_secs(20);

/// The text of a file, of `most` bytes at most.
pub(crate) async fn text(file: &serenity::Attachment, most: u64) -> Result<String, Failure> {
    let name = &file.filename;
    let too_large = |bytes| {
        let said = words::postmortem::file_too_large(name, bytes, most);
        Err(Failure::Told(said))
    };
    if u64::from(file.size) > most {
        return too_large(u64::from(file.size));
    }
    let bytes = fetch(&file.url, most).await.map_err(|error| {
        // The address lets anybody fetch the file.
        tracing::warn!(
            "a file of a command could not be fetched: {}",
            error.without_url()
        );
        Failure::Told(words::postmortem::file_not_fetched(name))
    })?;
    if bytes.len() as u64 > most {
        return too_large(bytes.len() as u64);
    }
    let text = String::from_utf8(bytes);
    text.map_err(|_| Failure::Told(words::postmortem::no_text_file(name)))
}

/// The bytes of an address; of more than `most`, the first and some.
async fn fetch(address: &str, most: u64) -> reqwest::Result<Vec<u8>> {
    let client = reqwest::Client::builder().timeout(PATIENCE).build()?;
    let response = client.get(address).send().await?.error_for_status()?;
    let mut body = response.bytes_stream();
    let mut bytes = Vec::new();
    while let Some(chunk) = body.next().await {
        bytes.extend_from_slice(&chunk?);
        if bytes.len() as u64 > most {
            break;
        }
    }
    Ok(bytes)
}
