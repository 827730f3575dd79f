//! The lesson's text.

use ratatui::text::{Line, Span};

use crate::tui::model::Model;
use crate::tui::text::markdown;

/// Longer lines are hard to read.
const WIDEST: usize = 76;

pub fn lines(model: &Model, width: usize) -> Vec<Line<'static>> {
    model.teaching().map_or_else(Vec::new, |lesson| {
        let mut lines = markdown(
            &lesson.steps[0].text,
            width.saturating_sub(2).min(WIDEST),
            model.theme,
        );
        for line in &mut lines {
            line.spans.insert(0, Span::raw(" "));
        }
        lines
    })
}
