//! The lesson's text.

use ratatui::text::Line;

use crate::tui::model::Model;
use crate::tui::text::markdown;

/// Longer lines are hard to read.
const WIDEST: usize = 76;

pub fn title(model: &Model) -> String {
    match model.teaching() {
        Some(lesson) => format!("lesson {}", lesson.number),
        None => "lesson".to_owned(),
    }
}

pub fn lines(model: &Model, width: usize) -> Vec<Line<'static>> {
    model.teaching().map_or_else(Vec::new, |lesson| {
        markdown(&lesson.text, width.min(WIDEST), model.theme)
    })
}
