//! An edit of the learner's own lines.

use ruff_text_size::TextRange;
use serde::Serialize;

use super::source::Source;

/// Lines that replace others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edit {
    pub file: String,
    /// The first and the last line that are replaced, counted from 1.
    pub line: u32,
    pub end_line: u32,
    /// What stands there instead, with its indentation and without the last line end.
    pub text: String,
}

impl Edit {
    /// The lines of a piece of the source, with other code in its place.
    pub(super) fn replacing(
        source: &Source,
        file: &str,
        piece: TextRange,
        code: &str,
    ) -> Option<Self> {
        let (line, end_line) = (source.line_of(piece.start()), source.line_of(piece.end()));
        let before = source
            .text()
            .get(source.start_of(line)..piece.start().to_usize())?;
        let last = source.start_of(end_line) + source.line(end_line).len();
        let after = source.text().get(piece.end().to_usize()..last)?;
        Some(Self {
            file: file.to_owned(),
            line,
            end_line,
            text: format!("{before}{code}{after}"),
        })
    }

    /// The lines of a statement, with other lines behind them. Nothing where another statement
    /// follows on the same line.
    pub(super) fn adding(
        source: &Source,
        file: &str,
        statement: TextRange,
        lines: &str,
    ) -> Option<Self> {
        let (line, end_line) = (
            source.line_of(statement.start()),
            source.line_of(statement.end()),
        );
        let last = source.start_of(end_line) + source.line(end_line).len();
        let whole = source.text().get(source.start_of(line)..last)?;
        let after = source.text().get(statement.end().to_usize()..last)?;
        let is_alone = after.trim().is_empty() || after.trim_start().starts_with('#');
        is_alone.then(|| Self {
            file: file.to_owned(),
            line,
            end_line,
            text: format!("{whole}{lines}"),
        })
    }

    /// The lines without the indentation they share.
    pub fn dedented(&self) -> String {
        let lines = || self.text.lines().filter(|line| !line.trim().is_empty());
        let indent = |line: &str| line.len() - line.trim_start().len();
        let shared = lines().map(indent).min().unwrap_or_default();
        let lines = self.text.lines();
        let lines = lines.map(|line| line.get(shared..).unwrap_or_default());
        lines.collect::<Vec<_>>().join("\n")
    }
}
