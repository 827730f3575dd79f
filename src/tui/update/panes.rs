//! The panes: which one has the focus, how it is shown, and what the arrow keys do there.

use super::editor::cursor::follow_cursor;
use super::scroll::{keep_scroll, moved, scroll, show_row, show_trouble};
use super::{history, playback, shown};
use crate::tui::action::{Move, PaneAction};
use crate::tui::content::environ;
use crate::tui::content::extent;
use crate::tui::keymap;
use crate::tui::state::model::{Model, Overlay, Screen};
use crate::tui::state::panes::{Half, Pane};

/// Does what a key asks for.
pub fn act(model: &mut Model, action: PaneAction) {
    match action {
        PaneAction::Next => focus(model, model.pane_after(1)),
        PaneAction::Previous => focus(model, model.pane_after(model.panes().len() - 1)),
        PaneAction::Focus(pane) => focus(model, pane),
        PaneAction::Zoom => {
            model.zoomed = !model.zoomed;
            keep_scroll(model);
        }
        PaneAction::BodyView => {
            model.body = model.next_view();
            model.session.scroll.set(Pane::Response, 0);
            keep_scroll(model);
        }
        PaneAction::Fold => {
            if let Some(group) = environ::selected_group(model) {
                if !model.folded.remove(group) {
                    model.folded.insert(group);
                }
                keep_scroll(model);
            }
        }
    }
}

/// Gives a pane the focus, and shows it.
pub fn focus(model: &mut Model, pane: Pane) {
    let appears = pane == Pane::Source && model.session.upper != pane;
    model.session.focus = pane;
    match pane.half() {
        Half::Upper => model.session.upper = pane,
        Half::Bottom => model.lower = pane,
        Half::Lower => {}
    }
    keep_scroll(model);
    if appears {
        // While it was hidden nothing could be scrolled into view.
        if model.session.editor.is_some() {
            follow_cursor(model);
        } else {
            show_trouble(model);
        }
    }
    if pane == Pane::Requests {
        shown::show_shown(model);
    }
}

/// Moves the selection, or scrolls, in whatever has the focus.
pub fn move_by(model: &mut Model, by: Move) {
    let by = match by {
        Move::Up => -1,
        Move::Down => 1,
        Move::PageUp => -page(model),
        Move::PageDown => page(model),
        Move::Home => isize::MIN,
        Move::End => isize::MAX,
    };
    let furthest = keymap::furthest(model);
    if let Some(scroll) = model.overlay.as_mut().and_then(Overlay::scroll) {
        *scroll = moved(*scroll, by, furthest);
        return;
    }
    if let Screen::Lessons(selected) = model.screen {
        let last = model.catalogue.lessons.len().saturating_sub(1);
        model.screen = Screen::Lessons(moved(selected, by, last));
        return;
    }
    match model.session.focus {
        Pane::Environ => {
            let rows = environ::rows(model).len();
            let row = model.session.environ_row.min(rows.saturating_sub(1));
            model.session.environ_row = moved(row, by, rows.saturating_sub(1));
            show_row(model, Pane::Environ, model.session.environ_row);
        }
        Pane::Requests => history::choose(model, by),
        Pane::Timeline => {
            let last = model
                .exchange()
                .map_or(0, |it| it.events().len())
                .saturating_sub(1);
            let at = model
                .session
                .playback
                .as_ref()
                .map_or(last, |playback| playback.at);
            playback::show_event(model, moved(at, by, last));
        }
        pane => scroll(model, pane, by),
    }
}

fn page(model: &Model) -> isize {
    let (_, visible) = extent(model, model.session.focus);
    isize::try_from(visible.saturating_sub(1).max(1)).unwrap_or(1)
}
