//! What the mouse does.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::editor::cursor;
use super::panes::focus;
use super::scroll::{scroll, show_row};
use super::{choice, history, playback};
use crate::tui::action::ChoiceAction;
use crate::tui::content;
use crate::tui::content::environ;
use crate::tui::content::extent;
use crate::tui::content::layout::{GUTTER, Layout};
use crate::tui::effect::Effect;
use crate::tui::keymap::{self, Context};
use crate::tui::state::model::{Model, Overlay};
use crate::tui::state::panes::Pane;
use crate::tui::state::requests;

/// Lines a turn of the mouse wheel scrolls.
const WHEEL_LINES: isize = 3;

/// Takes a click or a turn of the wheel.
pub fn clicked(model: &mut Model, mouse: MouseEvent) -> Vec<Effect> {
    if let Some(Overlay::Choice(choice)) = &model.overlay
        && mouse.kind == MouseEventKind::Down(MouseButton::Left)
    {
        let offer = content::choice::offer_at(model, choice, mouse.row);
        return offer.map_or_else(Vec::new, |offer| {
            choice::act(model, ChoiceAction::Option(offer + 1))
        });
    }
    on_panes(model, mouse);
    Vec::new()
}

fn on_panes(model: &mut Model, mouse: MouseEvent) {
    if !matches!(keymap::context(model), Context::Lesson | Context::Editor) {
        return;
    }
    let at = Position::new(mouse.column, mouse.row);
    let layout = Layout::of(model);
    let Some(&(pane, area)) = layout.panes.iter().find(|(_, area)| area.contains(at)) else {
        return;
    };
    match mouse.kind {
        MouseEventKind::ScrollUp => scroll(model, pane, -WHEEL_LINES),
        MouseEventKind::ScrollDown => scroll(model, pane, WHEEL_LINES),
        MouseEventKind::Down(MouseButton::Left) => {
            // What is under the mouse, before the focus makes room for something else there.
            let (_, visible) = extent(model, pane);
            let inside = usize::from(mouse.row.saturating_sub(area.y + 1));
            let row = model.session.scroll.of(pane) + inside;
            focus(model, pane);
            match pane {
                Pane::Source => {
                    let column = usize::from(mouse.column.saturating_sub(area.x + 1));
                    cursor::clicked(model, row, column.saturating_sub(GUTTER));
                }
                Pane::Environ if inside < visible && row < environ::rows(model).len() => {
                    model.session.environ_row = row;
                    show_row(model, pane, row);
                }
                Pane::Timeline => playback::show_event(model, row),
                Pane::Requests => {
                    let rows = requests::rows(model);
                    if row < rows.len() {
                        let shown = requests::row_shown(model, &rows);
                        history::choose(model, row.cast_signed() - shown.cast_signed());
                    }
                }
                _ => {}
            }
        }
        _ => {}
    }
}
