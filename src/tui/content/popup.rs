//! A text over the panes, which scrolls where it is higher than the screen.

use ratatui::layout::{Constraint, Rect};
use ratatui::text::Line;

/// A text in a box.
pub struct Popup {
    pub title: String,
    pub lines: Vec<Line<'static>>,
    /// Columns with the border.
    pub columns: u16,
    /// Lines scrolled.
    pub scroll: usize,
}

impl Popup {
    /// Where it stands on a screen of so many columns and rows, its border included.
    pub fn place(&self, area: Rect) -> Rect {
        let height = u16::try_from(self.lines.len().min(room(area.height)) + 2);
        area.centered(
            Constraint::Length(self.columns.min(area.width)),
            Constraint::Length(height.unwrap_or(u16::MAX)),
        )
    }

    /// How far it can be scrolled on a screen of so many rows.
    pub fn furthest(&self, rows: u16) -> usize {
        self.lines.len().saturating_sub(room(rows))
    }
}

/// Lines inside the border, on a screen of so many rows.
pub fn room(rows: u16) -> usize {
    usize::from(rows.saturating_sub(4))
}
