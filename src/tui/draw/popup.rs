//! Draws a text over the panes.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType, Clear, Paragraph};

use super::pane;
use crate::exchange::visible;
use crate::tui::content::popup::{Popup, room};
use crate::tui::state::Model;
use crate::tui::theme::Role;

pub fn draw(model: &Model, popup: Popup, frame: &mut Frame<'_>, area: Rect) {
    let room = room(area.height);
    let total = popup.lines.len();
    let scroll = popup.scroll.min(popup.furthest(area.height));
    let place = popup.place(area);
    frame.render_widget(Clear, place);
    let shown: Vec<Line<'_>> = popup.lines.into_iter().skip(scroll).take(room).collect();
    let block = Block::bordered()
        .border_type(BorderType::Thick)
        .border_style(model.theme.style(Role::FocusedBorder))
        .title(format!(" {} ", visible(&popup.title)));
    frame.render_widget(Paragraph::new(shown).block(block), place);
    pane::draw_more(model, frame, place, scroll, total);
}
