//! A text over the panes, which scrolls where it is higher than the screen.

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
    /// How far it can be scrolled on a screen of so many rows.
    pub fn furthest(&self, rows: u16) -> usize {
        self.lines.len().saturating_sub(room(rows))
    }
}

/// Lines inside the border, on a screen of so many rows.
pub fn room(rows: u16) -> usize {
    usize::from(rows.saturating_sub(4))
}
