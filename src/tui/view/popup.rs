//! A box over the panes whose text scrolls.

use ratatui::Frame;
use ratatui::layout::{Constraint, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType, Clear, Paragraph};

use super::footer;
use crate::exchange::visible;
use crate::tui::state::model::Model;
use crate::tui::theme::Role;

/// Draws lines in a box of so many columns, scrolled by so many lines.
pub fn draw(
    model: &Model,
    title: &str,
    lines: Vec<Line<'_>>,
    (columns, scroll): (u16, usize),
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let room = room(area.height);
    let total = lines.len();
    let height = u16::try_from(total.min(room) + 2).unwrap_or(u16::MAX);
    let popup = area.centered(
        Constraint::Length(columns.min(area.width)),
        Constraint::Length(height),
    );
    frame.render_widget(Clear, popup);
    let scroll = scroll.min(total.saturating_sub(room));
    let shown: Vec<Line<'_>> = lines.into_iter().skip(scroll).take(room).collect();
    let block = Block::bordered()
        .border_type(BorderType::Thick)
        .border_style(model.theme.style(Role::FocusedBorder))
        .title(format!(" {} ", visible(title)));
    frame.render_widget(Paragraph::new(shown).block(block), popup);
    super::pane::mark_more(model, frame, popup, scroll, total);
    footer::draw(model, frame, area);
}

/// Lines inside the border, on a screen of so many rows.
pub fn room(rows: u16) -> usize {
    usize::from(rows.saturating_sub(4))
}
