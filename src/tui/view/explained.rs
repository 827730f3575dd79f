//! The mistakes that are shown, explained at length: the text that `wsgi-tutor explain` prints.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::popup;
use crate::explain;
use crate::tui::model::Model;
use crate::tui::text::wrap;
use crate::tui::theme::Role;

const WIDTH: u16 = 84;

pub fn draw(model: &Model, scroll: usize, frame: &mut Frame<'_>, area: Rect) {
    let columns = columns(area.width);
    let lines = lines(model, inner(columns));
    let title = "What is wrong, and what to do";
    popup::draw(model, title, lines, (columns, scroll), frame, area);
}

/// How far it can be scrolled.
pub fn furthest(model: &Model) -> usize {
    let (width, rows) = model.size;
    let total = lines(model, inner(columns(width))).len();
    total.saturating_sub(popup::room(rows))
}

fn columns(width: u16) -> u16 {
    WIDTH.min(width.saturating_sub(2))
}

/// Columns for the text.
fn inner(columns: u16) -> usize {
    usize::from(columns).saturating_sub(4)
}

fn lines(model: &Model, width: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for mistake in model.mistakes() {
        // One column for the margin. The name of a mistake is one that can be explained.
        let text = explain::mistake(mistake.slug, width.saturating_sub(1)).unwrap_or_default();
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        for (index, line) in text.lines().enumerate() {
            let role = match (index, line) {
                (0, _) => Role::Heading,
                (_, "Wrong:") => Role::Bad,
                (_, "Right:") => Role::Good,
                (_, line) if line.starts_with("    ") => Role::Code,
                _ => Role::Plain,
            };
            let span = Span::styled(line.to_owned(), model.theme.style(role));
            let margin = Span::raw(" ");
            lines.extend(wrap(&[span], width, &margin, &margin));
        }
    }
    lines
}
