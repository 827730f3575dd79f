//! All keys, over the panes.

use ratatui::Frame;
use ratatui::layout::{Constraint, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Paragraph};

use super::footer;
use crate::tui::keymap::{BINDINGS, Context};
use crate::tui::model::{Model, Screen};
use crate::tui::theme::Role;

const WIDTH: u16 = 44;

pub fn draw(model: &Model, scroll: usize, frame: &mut Frame<'_>, area: Rect) {
    let lines = lines(model);
    let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
    let popup = area.centered(
        Constraint::Length(WIDTH.min(area.width)),
        Constraint::Length(height.min(area.height.saturating_sub(2))),
    );
    frame.render_widget(Clear, popup);
    let scroll = scroll.min(lines.len().saturating_sub(usize::from(popup.height) - 2));
    let visible: Vec<Line<'_>> = lines.iter().skip(scroll).cloned().collect();
    let block = Block::bordered()
        .border_type(BorderType::Thick)
        .border_style(model.theme.style(Role::FocusedBorder))
        .title(" Keys ");
    frame.render_widget(Paragraph::new(visible).block(block), popup);
    super::pane::mark_more(model, frame, popup, scroll, lines.len());
    footer::draw(model, frame, area);
}

/// How far the help can be scrolled on a screen of this many rows.
pub fn furthest(model: &Model, rows: u16) -> usize {
    let visible = usize::from(rows.saturating_sub(4));
    lines(model).len().saturating_sub(visible)
}

fn lines(model: &Model) -> Vec<Line<'static>> {
    let context = match model.screen {
        Screen::Lessons(_) => Context::Lessons,
        Screen::Lesson => Context::Lesson,
    };
    let mut lines: Vec<Line<'static>> = BINDINGS
        .iter()
        .filter(|binding| binding.context == context)
        .map(|binding| {
            Line::from(vec![
                Span::styled(
                    format!(" {:>10}", binding.label),
                    model.theme.style(Role::Key),
                ),
                Span::raw(format!("  {}", binding.does)),
            ])
        })
        .collect();
    lines.push(Line::styled(
        "      mouse  click a pane, scroll",
        model.theme.style(Role::Dim),
    ));
    lines
}
