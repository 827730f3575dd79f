//! A pane: a border, a title, a state, and lines that scroll.

use ratatui::Frame;
use ratatui::layout::{Margin, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Paragraph};

use crate::exchange::visible;
use crate::tui::state::model::{Model, Pane};
use crate::tui::text::cut;
use crate::tui::theme::Role;

/// The part of a pane inside its border.
pub fn inner(area: Rect) -> Rect {
    area.inner(Margin::new(1, 1))
}

/// Draws a pane's border, with its number and name at the left and its state at the right.
pub fn frame_of(
    model: &Model,
    pane: Pane,
    title: &str,
    state: &str,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let focused = model.focus == pane;
    let style = border_style(model, focused);
    let kind = if focused {
        BorderType::Thick
    } else {
        BorderType::Rounded
    };
    let room = usize::from(area.width).saturating_sub(4);
    let title_role = if focused { Role::Heading } else { Role::Plain };
    let number = pane as usize + 1;
    let title = cut(&format!(" {number} {} ", visible(title)), room);
    let left = room.saturating_sub(title.chars().count() + 1);
    let mut block = Block::bordered()
        .border_type(kind)
        .border_style(style)
        .title(Line::styled(title, model.theme.style(title_role)));
    if left > 4 && !state.is_empty() {
        let state = Span::styled(
            cut(&format!(" {} ", visible(state)), left),
            model.theme.style(Role::Dim),
        );
        block = block.title(Line::from(state).right_aligned());
    }
    frame.render_widget(block, area);
}

/// Draws a pane whose content is lines.
pub fn draw(
    model: &Model,
    pane: Pane,
    title: &str,
    state: &str,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    frame_of(model, pane, title, state, frame, area);
    let inner = inner(area);
    let lines = super::content(model, pane, inner);
    let total = lines.len();
    let scroll = model
        .scroll
        .of(pane)
        .min(total.saturating_sub(usize::from(inner.height)));
    let shown: Vec<Line<'_>> = lines
        .into_iter()
        .skip(scroll)
        .take(usize::from(inner.height))
        .collect();
    frame.render_widget(Paragraph::new(shown), inner);
    mark_more(model, frame, area, scroll, total);
}

/// Says on the lower border that there is more, above or below.
pub fn mark_more(model: &Model, frame: &mut Frame<'_>, area: Rect, scroll: usize, total: usize) {
    let height = usize::from(inner(area).height);
    let mark = match (scroll > 0, scroll + height < total) {
        (false, false) => return,
        (false, true) => " ↓ ".to_owned(),
        (true, false) => " ↑ ".to_owned(),
        (true, true) => " ↑↓ ".to_owned(),
    };
    let width = u16::try_from(mark.chars().count()).unwrap_or(0);
    if area.width < width + 4 {
        return;
    }
    let place = Rect::new(area.right() - width - 2, area.bottom() - 1, width, 1);
    frame.render_widget(Line::styled(mark, model.theme.style(Role::Key)), place);
}

fn border_style(model: &Model, focused: bool) -> Style {
    model.theme.style(if focused {
        Role::FocusedBorder
    } else {
        Role::Border
    })
}
