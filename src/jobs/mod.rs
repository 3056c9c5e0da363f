//! What happens by the clock. Each job is `run(self, stop)` and does once what
//! is to be done once, whatever stops and starts in between.

mod attachments;
mod ending;
mod kept_files;
mod reminders;
mod weekly;

pub use attachments::AttachmentFetcher;
pub use ending::Endings;
pub use kept_files::{FileFault, KeptFiles};
pub use reminders::Reminders;
pub use weekly::WeeklySummary;
