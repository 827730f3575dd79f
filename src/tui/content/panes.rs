//! The content of each pane, and how much of it there is at the size the pane has.

use super::environ::EnvironPane;
use super::layout::{Layout, inner};
use super::lesson::LessonPane;
use super::pane::PaneContent;
use super::requests::RequestsPane;
use super::response::ResponsePane;
use super::source::SourcePane;
use super::timeline::TimelinePane;
use crate::tui::state::model::Model;
use crate::tui::state::panes::Pane;

/// The content of a pane.
#[must_use]
pub fn content(pane: Pane) -> &'static dyn PaneContent {
    match pane {
        Pane::Lesson => &LessonPane,
        Pane::Source => &SourcePane,
        Pane::Environ => &EnvironPane,
        Pane::Response => &ResponsePane,
        Pane::Requests => &RequestsPane,
        Pane::Timeline => &TimelinePane,
    }
}

/// How many lines a pane's content has at the size it has now, and how many of them are visible.
#[must_use]
pub fn extent(model: &Model, pane: Pane) -> (usize, usize) {
    let Some(area) = Layout::of(model).area(pane) else {
        return (0, 0);
    };
    let inner = inner(area);
    let content = content(pane);
    let visible = content.area(model, inner).height;
    (content.text(model, inner).height, usize::from(visible))
}
