//! The last lines: the keys that work now, and above them what the learner should read.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph};

use crate::tui::content::{layout, notice};
use crate::tui::keymap::{self, Shown};
use crate::tui::state::Model;
use crate::tui::theme::Role;

pub fn draw(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let area = layout::footer(model, area);
    frame.render_widget(Clear, area);
    let mut lines = notice::lines(model, area.width);
    lines.push(keys(model, usize::from(area.width)));
    frame.render_widget(Paragraph::new(lines), area);
}

/// As many keys as fit; the last two, help and quit, always do.
fn keys(model: &Model, width: usize) -> Line<'static> {
    let rows: Vec<_> = keymap::footer(model).collect();
    let length = |row: &Shown| row.label.chars().count() + row.does.chars().count() + 3;
    let always = rows.len().saturating_sub(2);
    let mut room = width.saturating_sub(rows[always..].iter().map(length).sum());
    let mut spans = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let length = length(row);
        if place < always {
            if length > room {
                continue;
            }
            room -= length;
        }
        spans.push(Span::styled(
            format!(" {}", row.label),
            model.theme.style(Role::Key),
        ));
        spans.push(Span::raw(format!(" {} ", row.does)));
    }
    Line::from(spans)
}
