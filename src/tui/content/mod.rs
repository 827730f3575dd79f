//! What the screen says: lines of text, and how many there are, from the model and a size. Nothing
//! here draws, so whatever scrolls can ask how far.

pub mod choice;
pub mod clip;
mod compare;
mod editor;
pub mod environ;
pub mod header;
pub mod layout;
pub mod lesson;
pub mod lessons;
mod mistake;
pub mod notice;
pub mod overlay;
mod page;
pub mod pane;
pub mod popup;
mod readers;
mod reading;
pub mod requests;
mod response;
pub mod shown_file;
mod situation;
mod solution;
pub mod source;
pub mod task;
pub mod timeline;
mod trouble;
mod welcome;
mod wire;
mod writer;

use crate::tui::state::model::Model;
use crate::tui::state::panes::Pane;
use environ::EnvironPane;
use layout::{Layout, inner};
use lesson::LessonPane;
use pane::PaneContent;
use requests::RequestsPane;
use response::ResponsePane;
use source::SourcePane;
use timeline::TimelinePane;

/// The content of a pane.
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
pub fn extent(model: &Model, pane: Pane) -> (usize, usize) {
    let Some(area) = Layout::of(model).area(pane) else {
        return (0, 0);
    };
    let inner = inner(area);
    let content = content(pane);
    let visible = content.area(model, inner).height;
    (content.text(model, inner).height, usize::from(visible))
}
