//! What every pane has: a title, a state, and lines, of which as many are seen as there is room for.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Borders;

use super::clip::Clip;
use crate::tui::state::Model;

/// The content of a pane. `inner` is the area inside of its border.
pub trait PaneContent: Sync {
    /// The name on the border.
    fn title(&self, model: &Model) -> String;

    /// What stands at the right of the title.
    fn state(&self, model: &Model) -> String;

    /// How many lines there are.
    fn height(&self, model: &Model, inner: Rect) -> usize;

    /// These lines.
    fn lines(&self, model: &Model, inner: Rect, shown: Range<usize>) -> Vec<Line<'static>>;

    /// Where the lines stand.
    fn area(&self, _: &Model, inner: Rect) -> Rect {
        inner
    }

    /// What is said of the selected line beside the lines.
    fn detail(&self, _: &Model, _inner: Rect) -> Option<DetailBox> {
        None
    }

    /// Whether there is something to copy.
    fn can_copy(&self, _: &Model) -> bool {
        false
    }

    /// What is copied; or why it cannot be.
    fn clip(&self, _: &Model) -> Option<Result<Clip, String>> {
        None
    }
}

/// A box inside a pane.
pub struct DetailBox {
    pub area: Rect,
    /// The side towards the lines of the pane.
    pub side: Borders,
    pub title: String,
    pub lines: Vec<Line<'static>>,
    /// Whether a larger pane would show more.
    pub more: bool,
}

/// The lines of a range, as far as there are.
pub fn part(lines: Vec<Line<'static>>, shown: &Range<usize>) -> Vec<Line<'static>> {
    let lines = lines.into_iter().skip(shown.start);
    lines.take(shown.len()).collect()
}
