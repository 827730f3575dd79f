//! Draws a pane: a border with its title and state, and the lines of its content that are seen.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Borders, Paragraph};

use crate::exchange::visible;
use crate::tui::content::content;
use crate::tui::content::layout::inner;
use crate::tui::content::pane::DetailBox;
use crate::tui::state::model::Model;
use crate::tui::state::panes::Pane;
use crate::tui::text::cut;
use crate::tui::theme::Role;

pub fn draw(model: &Model, pane: Pane, frame: &mut Frame<'_>, area: Rect) {
    draw_border(model, pane, frame, area);
    let content = content(pane);
    let inner = inner(area);
    let place = content.area(model, inner);
    let height = usize::from(place.height);
    let text = content.text(model, inner);
    let total = text.height;
    let scroll = model
        .session
        .scroll
        .of(pane)
        .min(total.saturating_sub(height));
    let lines = text.lines(scroll..scroll + height);
    frame.render_widget(Paragraph::new(lines), place);
    if let Some(detail) = content.detail(model, inner) {
        draw_detail(model, detail, frame, area);
    }
    // On the line below the lines, be it the pane's border or that of the detail.
    let around = Rect {
        width: place.width + 2,
        height: place.height + 2,
        ..area
    };
    draw_more(model, frame, around, scroll, total);
}

/// The border, with the pane's number and title at the left and its state at the right.
fn draw_border(model: &Model, pane: Pane, frame: &mut Frame<'_>, area: Rect) {
    let focused = model.session.focus == pane;
    let kind = if focused {
        BorderType::Thick
    } else {
        BorderType::Rounded
    };
    let room = usize::from(area.width).saturating_sub(4);
    let title_role = if focused { Role::Heading } else { Role::Plain };
    let number = pane.number();
    let title = visible(&content(pane).title(model));
    let title = cut(&format!(" {number} {title} "), room);
    let left = room.saturating_sub(title.chars().count() + 1);
    let reset = Style::new().fg(Color::Reset);
    let mut block = Block::bordered()
        .border_type(kind)
        .border_style(border_style(model, focused))
        // Not in the colour of the border: the lessons call the panes by these names.
        .title(Line::styled(
            title,
            reset.patch(model.theme.style(title_role)),
        ));
    let state = content(pane).state(model);
    if left > 4 && !state.is_empty() {
        let role = match state.chars().next() {
            Some('✗') => Role::Bad,
            _ => Role::Dim,
        };
        let state = Span::styled(
            cut(&format!(" {} ", visible(&state)), left),
            model.theme.style(role),
        );
        block = block.title(Line::from(state).right_aligned());
    }
    frame.render_widget(block, area);
}

/// A box inside of the area of a pane.
fn draw_detail(model: &Model, detail: DetailBox, frame: &mut Frame<'_>, pane: Rect) {
    let theme = model.theme;
    let place = detail.area;
    let block = Block::new()
        .borders(detail.side)
        .border_style(theme.style(Role::Border));
    let mut inner = block.inner(place);
    let room = usize::from(place.width).saturating_sub(9);
    let title = format!(" {} ", cut(&detail.title, room));
    let reset = Style::new().fg(Color::Reset);
    let title = Line::styled(title, reset.patch(theme.style(Role::Strong)));
    if detail.side == Borders::LEFT {
        // There is no line above for the title.
        let above = Rect {
            height: 1,
            y: place.y,
            ..inner
        };
        inner.y += 2;
        inner.height = inner.height.saturating_sub(2);
        frame.render_widget(block, place);
        frame.render_widget(title, above);
    } else {
        frame.render_widget(block.title(title), place);
    }
    frame.render_widget(Paragraph::new(detail.lines), inner);
    if detail.more {
        let hint = Line::from(vec![
            Span::styled(" z ", theme.style(Role::Key)),
            Span::styled("more ", theme.style(Role::Dim)),
        ]);
        let width = u16::try_from(hint.width()).unwrap_or(0);
        let corner = Rect::new(
            pane.right().saturating_sub(width + 2),
            pane.bottom() - 1,
            width,
            1,
        );
        frame.render_widget(hint, corner);
    }
}

/// Says on the lower border that there is more, above or below.
pub fn draw_more(model: &Model, frame: &mut Frame<'_>, area: Rect, scroll: usize, total: usize) {
    let height = usize::from(inner(area).height);
    let mark = match (scroll > 0, scroll + height < total) {
        (false, false) => return,
        (false, true) => " ↓ ",
        (true, false) => " ↑ ",
        (true, true) => " ↑↓ ",
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
