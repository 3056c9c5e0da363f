//! A week by its days: what was opened on each, the worst at the bottom.

use super::incident::severity_colour;
use super::paint::{Anchor, Ink, Paint, WIDTH};
use crate::incident::Severity;
use crate::report::week::WeekSummary;

/// Where the bars may begin.
const CEILING: f64 = 100.0;
const TALLEST: f64 = 220.0;
/// The tallest that one incident is drawn.
const BLOCK: f64 = 34.0;

/// The chart of a week, as SVG: the incidents opened on each day, by severity.
#[must_use]
pub fn week(summary: &WeekSummary) -> String {
    let title = format!("Week {}", summary.week);
    let days = days(summary);
    let most = days.iter().map(|(_, day)| day.len()).max().unwrap_or(0);
    let block = (TALLEST / most.max(1) as f64).min(BLOCK);
    let floor = CEILING + block * most.max(2) as f64;
    let mut paint = Paint::new(floor + 70.0, &title);
    let ink = Ink::plain(20.0).bold();
    paint.text(
        24.0,
        34.0,
        &format!("{title}: incidents opened"),
        ink,
        Anchor::Start,
    );
    let count = |what: &str, number: usize| format!("{what} {number}");
    let mut said = vec![
        count("opened", summary.opened.len()),
        count("resolved", summary.resolved.len()),
        count("still open", summary.still_open.len()),
    ];
    if !summary.affected.is_empty() {
        said.push(format!("downtime {}", summary.downtime.text));
    }
    said.push(format!(
        "{} to {}, {}",
        summary.monday, summary.sunday, summary.zone
    ));
    paint.text(
        24.0,
        56.0,
        &said.join(" · "),
        Ink::quiet(13.0),
        Anchor::Start,
    );
    let column = (WIDTH - 48.0) / 7.0;
    for (place, (name, severities)) in days.iter().enumerate() {
        let x = 24.0 + column * place as f64;
        let mut y = floor;
        for severity in severities {
            y -= block;
            let gap = if block > 4.0 { 1.5 } else { 0.0 };
            paint.rect(
                x + 20.0,
                y,
                column - 40.0,
                block - gap,
                severity_colour(*severity),
            );
            if block >= 18.0 {
                let ink = Ink::on(12.0, "#ffffff").bold();
                let middle = (x + column / 2.0, y + block / 2.0 + 3.5);
                paint.text(
                    middle.0,
                    middle.1,
                    &severity.to_string(),
                    ink,
                    Anchor::Middle,
                );
            }
        }
        let middle = x + column / 2.0;
        if !severities.is_empty() {
            let ink = Ink::plain(14.0).bold();
            let number = severities.len().to_string();
            paint.text(middle, y - 8.0, &number, ink, Anchor::Middle);
        }
        paint.text(middle, floor + 22.0, name, Ink::quiet(13.0), Anchor::Middle);
    }
    paint.line((24.0, floor), (WIDTH - 24.0, floor));
    key(&mut paint, floor);
    paint.done()
}

/// The seven days with the severities opened on each, the worst first.
fn days(summary: &WeekSummary) -> Vec<(String, Vec<Severity>)> {
    let days = summary.week.days().map(|date| {
        let iso = date.format("%Y-%m-%d").to_string();
        let opened = summary.opened.iter().filter(|one| one.at.day == iso);
        let mut severities: Vec<Severity> = opened.map(|one| one.severity).collect();
        severities.sort_unstable();
        (date.format("%a %b %-d").to_string(), severities)
    });
    days.collect()
}

fn key(paint: &mut Paint, floor: f64) {
    let severities = [
        Severity::Sev1,
        Severity::Sev2,
        Severity::Sev3,
        Severity::Sev4,
    ];
    for (place, severity) in severities.into_iter().enumerate() {
        let x = 44.0 + 90.0 * place as f64;
        paint.rect(x, floor + 42.0, 14.0, 14.0, severity_colour(severity));
        let ink = Ink::quiet(12.0);
        paint.text(
            x + 20.0,
            floor + 54.0,
            &severity.to_string(),
            ink,
            Anchor::Start,
        );
    }
}
