//! What the learner should read now, above the keys.

use ratatui::text::{Line, Span};

use crate::exchange::visible;
use crate::tui::state::Model;
use crate::tui::text::{cut, wrap};
use crate::tui::theme::Role;

/// More would hide what the notice is about.
const MAX_LINES: usize = 2;

/// The notice, in as many lines as it needs, but no more than two.
pub fn lines(model: &Model, width: u16) -> Vec<Line<'static>> {
    let Some(notice) = &model.notice else {
        return Vec::new();
    };
    let style = model.theme.style(Role::Fresh);
    let width = usize::from(width);
    let margin = Span::raw(" ");
    let text = Span::styled(visible(notice), style);
    let mut lines = wrap(&[text], width, &margin, &margin);
    if lines.len() > MAX_LINES {
        lines.truncate(MAX_LINES);
        if let Some(last) = lines.last_mut() {
            *last = Line::styled(cut(&format!("{last}…"), width), style);
        }
    }
    lines
}
