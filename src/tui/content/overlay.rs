//! What lies over the panes and is there to be read.

use super::popup::Popup;
use super::{choice, compare, lesson, reading, solution, welcome};
use crate::tui::state::model::{Model, Overlay};

/// The text over the panes, on a screen of so many columns and rows; that of the help is made by
/// the keymap. The fields of a form are no text.
pub fn popup(model: &Model, (columns, rows): (u16, u16)) -> Option<Popup> {
    match model.overlay.as_ref()? {
        Overlay::Compare(comparison) => Some(compare::popup(model, *comparison, columns)),
        Overlay::Choice(choice) => Some(choice::popup(model, choice, (columns, rows))),
        Overlay::Solution(scroll) => Some(solution::popup(model, *scroll, columns)),
        Overlay::Explained(scroll) => Some(reading::mistakes(model, *scroll, columns)),
        Overlay::Step(scroll) => Some(lesson::popup(model, *scroll, columns)),
        Overlay::Links(scroll) => Some(reading::links(model, *scroll, columns)),
        Overlay::Traceback(scroll) => Some(reading::traceback(model, *scroll, columns)),
        Overlay::Welcome => Some(welcome::popup(model, columns)),
        Overlay::Help(_) | Overlay::Form(_) => None,
    }
}
