//! All keys, over the panes.

use ratatui::Frame;
use ratatui::layout::{Constraint, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Paragraph};

use super::footer;
use crate::tui::keymap::{BINDINGS, Context, beneath};
use crate::tui::state::model::Model;
use crate::tui::theme::Role;

/// Columns for the widest key and what it does.
const COLUMN: u16 = 29;
/// Columns for the labels of the keys.
const LABEL: usize = 10;

pub fn draw(model: &Model, scroll: usize, frame: &mut Frame<'_>, area: Rect) {
    let (lines, columns) = lines(model, (area.width, area.height));
    let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
    let popup = area.centered(
        Constraint::Length((columns * COLUMN + 2).min(area.width)),
        Constraint::Length(height.min(area.height.saturating_sub(2))),
    );
    frame.render_widget(Clear, popup);
    let scroll = scroll.min(lines.len().saturating_sub(room(area.height)));
    let visible: Vec<Line<'_>> = lines.iter().skip(scroll).cloned().collect();
    let block = Block::bordered()
        .border_type(BorderType::Thick)
        .border_style(model.theme.style(Role::FocusedBorder))
        .title(" Keys that work now ");
    frame.render_widget(Paragraph::new(visible).block(block), popup);
    super::pane::mark_more(model, frame, popup, scroll, lines.len());
    footer::draw(model, frame, area);
}

/// How far the help can be scrolled on a screen of this many columns and rows.
pub fn furthest(model: &Model, size: (u16, u16)) -> usize {
    lines(model, size).0.len().saturating_sub(room(size.1))
}

/// Lines inside the border, on a screen of so many rows.
fn room(rows: u16) -> usize {
    usize::from(rows.saturating_sub(4))
}

/// The lines, in one column, or in two where one would be too high.
fn lines(model: &Model, (width, height): (u16, u16)) -> (Vec<Line<'static>>, u16) {
    let keys = keys(model);
    if keys.len() <= room(height) || width < 2 * COLUMN + 2 {
        return (keys, 1);
    }
    let half = keys.len().div_ceil(2);
    let (left, right) = keys.split_at(half);
    let lines = left.iter().enumerate().map(|(place, line)| {
        let mut line = line.clone();
        if let Some(beside) = right.get(place) {
            let gap = usize::from(COLUMN).saturating_sub(line.width());
            line.push_span(" ".repeat(gap));
            line.extend(beside.spans.iter().cloned());
        }
        line
    });
    (lines.collect(), 2)
}

/// Each key that works now.
fn keys(model: &Model) -> Vec<Line<'static>> {
    let context = beneath(model);
    let mut keys: Vec<Line<'static>> = BINDINGS
        .iter()
        .filter(|binding| binding.context == context && binding.works(model))
        .map(|binding| {
            Line::from(vec![
                Span::styled(
                    format!(" {:>LABEL$}", binding.label),
                    model.theme.style(Role::Key),
                ),
                Span::raw(format!("  {}", binding.does)),
            ])
        })
        .collect();
    if context == Context::Lesson {
        keys.push(Line::styled(
            format!(" {:>LABEL$}  click, scroll", "mouse"),
            model.theme.style(Role::Dim),
        ));
    }
    keys
}
