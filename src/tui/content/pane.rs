//! What every pane has: a title, a state, and lines, of which as many are seen as there is room
//! for.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Borders;

use super::clip::Clip;
use crate::browser::CurlError;
use crate::tui::state::Model;

/// The content of a pane. `inner` is the area inside of its border.
pub trait PaneContent: Sync {
    /// The name on the border.
    fn title(&self, model: &Model) -> String;

    /// What stands at the right of the title.
    fn state(&self, model: &Model) -> String;

    /// What stands inside of the border.
    fn text<'m>(&self, model: &'m Model, inner: Rect) -> PaneText<'m>;

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
    fn clip(&self, _: &Model) -> Option<Result<Clip, CurlError>> {
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

/// The lines of a pane. Those that are not seen need not be made.
pub struct PaneText<'m> {
    /// How many lines there are.
    pub height: usize,
    make: Box<dyn FnOnce(Range<usize>) -> Vec<Line<'static>> + 'm>,
}

impl<'m> PaneText<'m> {
    /// So many lines, of which `make` makes those of a range.
    pub fn new(height: usize, make: impl FnOnce(Range<usize>) -> Vec<Line<'static>> + 'm) -> Self {
        Self {
            height,
            make: Box::new(make),
        }
    }

    /// Lines that are made already.
    pub fn of(lines: Vec<Line<'static>>) -> Self {
        Self::new(lines.len(), |shown| {
            let lines = lines.into_iter().skip(shown.start);
            lines.take(shown.len()).collect()
        })
    }

    /// The lines of a range, as far as there are.
    pub fn lines(self, shown: Range<usize>) -> Vec<Line<'static>> {
        (self.make)(shown)
    }
}
