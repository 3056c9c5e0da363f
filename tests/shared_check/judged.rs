//! The judgements, made by reading each report.

/// Whether a finding is a true contradiction of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The report does contradict itself there.
    Right,
    /// It does not.
    Wrong,
}

/// Report, line, kind, verdict.
pub const JUDGED: &[(&str, u32, &str, Verdict)] = &[];

/// True contradictions that the checker does not see: report, line, what it is.
pub const MISSED: &[(&str, u32, &str)] = &[];
