//! A review as a file: Markdown, or one HTML page.

use serde::Serialize;

use super::message::told;
use super::review::Review;
use crate::report::ReportError;
use crate::report::template::fill;
use crate::report::{page, picture};
use crate::words::language::{chosen, speaking};
use crate::words::week::{Reviewed, apart, quiet, too_few, took};

/// The template that comes with Scribe.
const TEMPLATE: &str = include_str!("../../../templates/week.md.hbs");

/// The same as a page.
const HTML: &str = include_str!("../../../templates/week.html.hbs");

/// What the template sees: the figures and the sentences made of them.
#[derive(Serialize)]
struct Page<'a> {
    #[serde(flatten)]
    review: &'a Review,
    /// Whether the name says the days already.
    days: bool,
    /// `In this week`.
    in_this: &'static str,
    /// Where it is not over yet: that, and up to when it is told.
    not_over: Option<String>,
    quiet: Option<String>,
    times: Vec<Time>,
    counted_apart: Option<String>,
}

/// How long something took, in sentences.
#[derive(Serialize)]
struct Time {
    name: &'static str,
    meaning: &'static str,
    now: String,
    before: String,
    /// Why the two are not to be compared.
    careful: Option<String>,
}

/// The same with the bars of the days.
#[derive(Serialize)]
struct WithChart<'a> {
    #[serde(flatten)]
    page: Page<'a>,
    /// As SVG.
    chart: String,
}

/// The review as a Markdown file.
///
/// # Errors
/// [`ReportError`] is a failure of the template, which the tests exclude.
pub fn markdown(review: &Review) -> Result<String, ReportError> {
    speaking(review.language, || {
        fill("week.md.hbs", &chosen(TEMPLATE), &Page::of(review))
    })
}

/// The review as one HTML file that needs nothing from elsewhere.
///
/// # Errors
/// [`ReportError`] is a failure of the template, which the tests exclude.
pub fn html(review: &Review) -> Result<String, ReportError> {
    speaking(review.language, || {
        let page = WithChart {
            page: Page::of(review),
            chart: picture::opened(review),
        };
        page::fill("week.html.hbs", &chosen(HTML), &page)
    })
}

impl<'a> Page<'a> {
    fn of(review: &'a Review) -> Self {
        let times = review.measures.iter().map(|measure| Time {
            name: measure.name,
            meaning: measure.meaning,
            now: took(told(&measure.now)),
            before: took(told(&measure.before)),
            careful: too_few(measure.now.count, measure.before.count),
        });
        let (drills, private) = (review.apart.drills, review.apart.private);
        let reviewed = review.period.reviewed();
        Self {
            review,
            days: reviewed != Reviewed::Days,
            in_this: reviewed.in_this(),
            not_over: review
                .so_far
                .then(|| reviewed.not_over_yet(&review.as_of.text)),
            quiet: review.is_quiet().then(|| quiet(reviewed, review.so_far)),
            times: times.collect(),
            counted_apart: apart(drills.unwrap_or(0), private.unwrap_or(0)),
        }
    }
}
