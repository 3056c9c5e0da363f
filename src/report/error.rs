//! Why a report could not be made.

/// Our own failure: no log and nothing a user types leads to one.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A template cannot be read.
    #[error("the template {name} cannot be read")]
    Template {
        /// Which.
        name: &'static str,
        /// What is wrong with it.
        #[source]
        source: Box<handlebars::TemplateError>,
    },
    /// A template asks for what the report has not.
    #[error("the template {name} cannot be filled")]
    Render {
        /// Which.
        name: &'static str,
        /// What is wrong with it.
        #[source]
        source: Box<handlebars::RenderError>,
    },
}
