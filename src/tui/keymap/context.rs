//! Where the keys go: to the panes, or to what lies over them.

use crate::tui::content::layout;
use crate::tui::state::model::{Model, Overlay, Screen};
use crate::tui::state::panes::Pane;

/// Where a key works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    Lessons,
    Lesson,
    Help,
    Form,
    Choice,
    Solution,
    /// A text over the panes.
    Reading,
    Welcome,
    Editor,
    /// The terminal is too small for anything but a message.
    TooSmall,
}

/// Where the keys go now.
pub fn context(model: &Model) -> Context {
    if !layout::fits(model.size) {
        return Context::TooSmall;
    }
    match &model.overlay {
        // Both are there to be read.
        Some(Overlay::Help(_) | Overlay::Compare(_)) => Context::Help,
        Some(Overlay::Form(_)) => Context::Form,
        Some(Overlay::Choice(_)) => Context::Choice,
        Some(Overlay::Solution(_)) => Context::Solution,
        Some(
            Overlay::Explained(_) | Overlay::Links(_) | Overlay::Step(_) | Overlay::Traceback(_),
        ) => Context::Reading,
        Some(Overlay::Welcome) => Context::Welcome,
        None => beneath(model),
    }
}

/// Where the keys go when nothing lies over the panes.
pub fn beneath(model: &Model) -> Context {
    match model.screen {
        Screen::Lessons(_) => Context::Lessons,
        Screen::Opened if model.session.editor.is_some() && model.session.focus == Pane::Source => {
            Context::Editor
        }
        Screen::Opened => Context::Lesson,
    }
}
