//! A place in a file.

use super::source::Span;

/// A place in a file: a line, and columns where they are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    pub file: String,
    pub line: u32,
    /// The first character, counted from 1, and the one after the last, where they are known.
    pub columns: Option<(u32, u32)>,
}

impl Spot {
    pub fn of(file: &str, span: Span) -> Self {
        Self {
            file: file.to_owned(),
            line: span.line,
            columns: Some(span.columns),
        }
    }
}
