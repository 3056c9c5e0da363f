//! What happens by the clock. Each job is `run(self, stop)` and does once what
//! is to be done once, whatever stops and starts in between.

mod attachments;
mod weekly;

pub use attachments::AttachmentFetcher;
pub use weekly::WeeklySummary;
