//! The last lines: the keys that work now, and above them what the learner should read.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph};

use super::layout;
use crate::exchange::visible;
use crate::tui::keymap;
use crate::tui::state::model::Model;
use crate::tui::text::{cut, wrap};
use crate::tui::theme::Role;

/// More would hide what the notice is about.
const NOTICE_LINES: usize = 2;

pub fn draw(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let area = layout::footer(model, area);
    frame.render_widget(Clear, area);
    let mut lines = notice(model, area.width);
    lines.push(keys(model, usize::from(area.width)));
    frame.render_widget(Paragraph::new(lines), area);
}

/// What the learner should read, in as many lines as it needs, but no more than two.
pub fn notice(model: &Model, width: u16) -> Vec<Line<'static>> {
    let Some(notice) = &model.notice else {
        return Vec::new();
    };
    let style = model.theme.style(Role::Fresh);
    let width = usize::from(width);
    let margin = Span::raw(" ");
    let text = Span::styled(visible(notice), style);
    let mut lines = wrap(&[text], width, &margin, &margin);
    if lines.len() > NOTICE_LINES {
        lines.truncate(NOTICE_LINES);
        if let Some(last) = lines.last_mut() {
            *last = Line::styled(cut(&format!("{last}…"), width), style);
        }
    }
    lines
}

/// As many keys as fit; the last two, help and quit, always do.
fn keys(model: &Model, width: usize) -> Line<'static> {
    let bindings: Vec<_> = keymap::footer(model).collect();
    let length = |binding: &keymap::Binding| {
        binding.label.chars().count() + binding.does.chars().count() + 3
    };
    let always = bindings.len().saturating_sub(2);
    let mut room = width.saturating_sub(bindings[always..].iter().map(|one| length(one)).sum());
    let mut spans = Vec::new();
    for (place, binding) in bindings.iter().enumerate() {
        let length = length(binding);
        if place < always {
            if length > room {
                continue;
            }
            room -= length;
        }
        spans.push(Span::styled(
            format!(" {}", binding.label),
            model.theme.style(Role::Key),
        ));
        spans.push(Span::raw(format!(" {} ", binding.does)));
    }
    Line::from(spans)
}
