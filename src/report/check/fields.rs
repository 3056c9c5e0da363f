//! Labelled values: `First detected 2024-05-01 10:02`, `Time to repair: 1h 4m`, `Duration` with the value on the next line.

use std::sync::LazyLock;

use regex::Regex;

use super::document::{Part, Piece};
use super::moment::Moment;
use super::source::{Role, regex};
use crate::incident::human_time::{Length, clocked, lengths};

/// What a field states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Started,
    Detected,
    /// Somebody took note: reported, opened, acknowledged, identified. A measure may begin there; nothing is said of its order.
    Noted,
    Declared,
    Repaired,
    Resolved,
    TimeToDetect,
    TimeToDeclare,
    TimeToRepair,
    TimeToResolve,
    Duration,
    /// A window as a value.
    Affected,
}

impl Label {
    fn of(words: &str) -> Option<Self> {
        let words = words.to_lowercase().replace('_', " ");
        let words = words.trim();
        let has = |part: &str| words.contains(part);
        Some(if has("mean") || has("average") || has("posted") {
            return None;
        } else if words.ends_with("ttr") {
            // Repair or resolve, nobody says which.
            Self::Duration
        } else if words.ends_with("ttd") {
            Self::TimeToDetect
        } else if words.ends_with("ttm") {
            Self::TimeToRepair
        } else if !has("first") && NOTED.iter().any(|word| has(word)) {
            Self::Noted
        } else if has("time to") {
            if has("repair") || has("mitigate") || has("restore") || has("recover") || has("fix") {
                Self::TimeToRepair
            } else if has("resol") {
                Self::TimeToResolve
            } else if has("detect") {
                Self::TimeToDetect
            } else if has("declare") || has("declaration") {
                Self::TimeToDeclare
            } else {
                return None;
            }
        } else if has("duration")
            || has("downtime")
            || has("ausfallzeit")
            || has("length")
            || has("lasted")
            || has("outage time")
            || has("degradation")
            || DURATION.contains(&words)
        {
            Self::Duration
        } else if has("impact time") || has("window") {
            Self::Affected
        } else if words == "time" {
            return None;
        } else if has("detect") || has("aware") || has("report") || has("first alert") {
            Self::Detected
        } else if has("declare") {
            Self::Declared
        } else if has("repair") || has("mitigat") || has("restor") || has("recover") || has("fixed")
        {
            Self::Repaired
        } else if has("resolved")
            || has("ended")
            || has("closed")
            || has("end time")
            || has("end of")
            || words == "to"
            || has("finish")
            || words.starts_with("resolution")
            || words.split(' ').any(|word| END.contains(&word))
        {
            Self::Resolved
        } else {
            Self::Started
        })
    }

    /// Whether its value is a moment.
    pub(super) fn is_moment(self) -> bool {
        matches!(
            self,
            Self::Started
                | Self::Detected
                | Self::Noted
                | Self::Declared
                | Self::Repaired
                | Self::Resolved
        )
    }
}

/// What people who write their reports in other languages call it.
const DURATION: [&str; 5] = ["duración", "duracion", "dauer", "durée", "duração"];
const END: [&str; 5] = ["end", "fin", "final", "ende", "fim"];
const NOTED: [&str; 7] = [
    "reported",
    "noticed",
    "opened",
    "raised",
    "acknowledged",
    "identified",
    "paged",
];
/// Words that are labels only with a mark behind them.
const WEAK: [&str; 4] = ["from", "to", "resolution", "lasted"];

/// One labelled value.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) label: Label,
    /// The piece with the value.
    pub(super) piece: usize,
    pub(super) value: Value,
}

/// What a field says.
#[derive(Clone, Debug)]
pub(super) enum Value {
    At(Moment),
    For(Length),
    Window,
}

impl Field {
    pub(super) fn moment(&self) -> Option<&Moment> {
        match &self.value {
            Value::At(moment) => Some(moment),
            _ => None,
        }
    }

    pub(super) fn length(&self) -> Option<&Length> {
        match &self.value {
            Value::For(length) => Some(length),
            _ => None,
        }
    }
}

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^\s*((?:the\s+)?(?:(?:incident|outage|impact|issue|service|services|fault|problem|total|overall|customer|user|actual|alert|ticket|on-?call|cause|root cause)[\s_]+){0,2}(?:fault occur(?:s|red)|occur(?:s|red)|first (?:detected|reported|alert(?:ed)?)|detected by(?: \w+)?|detected|detection|team (?:became )?aware|reported|noticed|opened|raised|acknowledged|identified|paged|declared|declaration|recovered|recovery|outage time|m?tt[rdm]|repaired?|mitigated|fixed|restored|restoration|resolved|resolution(?: time)?|closed|started|start of (?:impact|incident|outage)|start|began|begin(?:ning)?|beginn|inicio|início|début|anfang|from|to|ended|end of (?:impact|incident|outage)|end|finish(?:ed)?|fin|fim|ende|duration of (?:the )?(?:impact|outage|incident|disruption|downtime)|duration|duración|duracion|duração|durée|dauer|ausfallzeit(?: insgesamt)?|lasted|minutes (?:of )?(?:downtime|degradation)(?: (?:or|and) (?:downtime|degradation))?|length of (?:the )?(?:outage|incident|disruption)|downtime|time to (?:detect(?:ion)?|declare|declaration|repair|resolve|resolution|mitigate|mitigation|restore|recover|recovery|fix)|time(?: window)?|window)(?:[\s_]+(?:at|time|date|on|window|del incidente))?(?:[\s_]+(?:in[\s_]+)?(?:minutes|mins?|hours|hrs|seconds|secs))?)\b\s*(?:\(([^()]{0,40})\))?\s*(:|-|–|—|=)?\s*(?:\bat\b|\bon\b)?\s*(?:approx(?:\.|imately)?|about|around|~)?\s*",
    )
});

/// All fields, in groups that state each thing once.
pub(super) fn fields(pieces: &[Piece], parts: &[Part]) -> Vec<Vec<Field>> {
    let is_post = |piece: usize| parts[piece].post;
    let mut groups: Vec<Vec<Field>> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let bare_heading = piece.segment.role == Role::Heading(0);
        if is_post(index)
            || piece.segment.role == Role::Quote
            || (matches!(piece.segment.role, Role::Heading(_)) && !bare_heading)
        {
            continue;
        }
        let mut from = 0;
        for cell in piece.segment.text.split(" | ") {
            let field = read(pieces, index, from, from + cell.len());
            from += cell.len() + 3;
            let Some(field) = field else { continue };
            if is_post(field.piece) {
                continue;
            }
            if repeats(&groups, &field) || far(pieces, &groups, index) {
                groups.push(Vec::new());
            }
            if let Some(group) = groups.last_mut() {
                group.push(field);
            }
        }
    }
    groups
}

fn repeats(groups: &[Vec<Field>], field: &Field) -> bool {
    groups
        .last()
        .is_some_and(|group| group.iter().any(|known| known.label == field.label))
}

/// Whether the last field stands so far above that this one belongs to something else.
fn far(pieces: &[Piece], groups: &[Vec<Field>], index: usize) -> bool {
    groups
        .last()
        .and_then(|group| group.last())
        .is_none_or(|last| {
            pieces[index]
                .segment
                .line
                .saturating_sub(pieces[last.piece].segment.line)
                > 60
        })
}

fn read(pieces: &[Piece], index: usize, from: usize, to: usize) -> Option<Field> {
    let piece = &pieces[index];
    let cell = piece.segment.text.get(from..to)?;
    // `time_to_detect_minutes`: a mark of one byte for another, so that places stay.
    let spaced = cell.replace('_', " ");
    let parts = LABEL.captures(&spaced)?;
    let label = Label::of(&parts[1])?;
    let value_at = from + parts.get_match().end();
    // `To 10:00 we knew nothing` is a sentence.
    let unit = parts.get(2).map_or("", |unit| unit.as_str());
    let named = parts[1].to_lowercase();
    let weak = named
        .split_whitespace()
        .last()
        .is_some_and(|word| WEAK.contains(&word));
    let named = format!("{named} {unit}");
    if weak && parts.get(3).is_none() && value_at < to {
        return None;
    }
    if value_at < to {
        return value(pieces, index, label, &named, value_at);
    }
    if piece.segment.text.contains(" | ") {
        // A row of a table: the value is in the next cell.
        return (to < piece.segment.text.len())
            .then(|| value(pieces, index, label, &named, to + 3))?;
    }
    // The label alone: its value is the next piece, if that is nothing else.
    let next = pieces.get(index + 1)?;
    let short = next.segment.text.len() < 80 && next.segment.line <= piece.segment.line + 2;
    // A clock alone below a word may as well be the next entry of a timeline.
    let dated = !label.is_moment() || next.stamps.first().is_some_and(|stamp| stamp.day.is_some());
    (short && dated).then(|| value(pieces, index + 1, label, &named, 0))?
}

/// What stands from `at` to the end of its cell.
fn cell_from(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or("");
    rest.split(" | ").next().unwrap_or("")
}

static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)(?:^|[\s_(])(minutes|mins?|hours|hrs|seconds|secs)\W*$|^\W*(minutes) (?:of )?d")
});
static BARE: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s*(\d{1,5}(?:\.\d)?)\s*$"));
static HOURS: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)\b(?:stunden?|heures?|horas?)\b\s*(?:und|et|y|e)?\s*"));
static MINUTES: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)\b(?:minuten|minutos?)\b"));

/// A duration whose unit is in its label, `duration_minutes: 105`, or in another language, `2 Stunden 45 Minuten`.
fn in_other_words(named: &str, cell: &str, at: usize) -> Option<Length> {
    let english = match (UNIT.captures(named), BARE.captures(cell)) {
        (Some(unit), Some(number)) => {
            let unit = unit.get(1).or(unit.get(2)).map_or("", |unit| unit.as_str());
            format!("{} {unit}", &number[1])
        }
        _ if HOURS.is_match(cell) || MINUTES.is_match(cell) => {
            let hours = HOURS.replace_all(cell, "hours ");
            MINUTES.replace_all(&hours, "minutes").trim().to_owned()
        }
        _ => return None,
    };
    let mut length = lengths(&english).into_iter().next()?;
    (length.start, length.end) = (at, at + cell.len());
    Some(length)
}

/// `named` is what the label says.
fn value(pieces: &[Piece], index: usize, label: Label, named: &str, at: usize) -> Option<Field> {
    // `Detected by | alert at 17:40`: who comes before the time.
    let slack = if named.contains(" by") { 40 } else { 6 };
    let piece = &pieces[index];
    let near = |start: usize| (at..=at + slack).contains(&start);
    let first = piece.stamps.iter().position(|stamp| near(stamp.start));
    let length = piece.lengths.iter().find(|length| near(length.start));
    // `Restoration time: 2 h 30 min` is no moment.
    let measure = match label {
        Label::Repaired => Some(Label::TimeToRepair),
        Label::Resolved => Some(Label::TimeToResolve),
        Label::Detected => Some(Label::TimeToDetect),
        _ => None,
    };
    // `2 h 30` alone could be a clock.
    let clock = first.map(|stamp| piece.stamps[stamp].end);
    if let (Some(measure), Some(length)) = (measure, length)
        && clock.is_none_or(|end| end < length.end)
        && named.contains("time")
    {
        return Some(Field {
            label: measure,
            piece: index,
            value: Value::For(length.clone()),
        });
    }
    let value = match label {
        _ if label.is_moment() => {
            let stamp = first?;
            piece.stamps[stamp].clock?;
            // A sentence that begins like a label: `Started 10:02 was too late` is rare, a window is not a moment.
            Value::At(piece.moments[stamp].clone()?)
        }
        Label::Affected => {
            first?;
            Value::Window
        }
        _ => match length {
            Some(length) => Value::For(length.clone()),
            None => {
                let cell = cell_from(&piece.segment.text, at);
                let read = clocked(cell, at).or_else(|| in_other_words(named, cell, at));
                Value::For(read?)
            }
        },
    };
    Some(Field {
        label,
        piece: index,
        value,
    })
}
