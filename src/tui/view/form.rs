//! The small form whose fields become the body of a POST.

use ratatui::Frame;
use ratatui::layout::{Constraint, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Paragraph};

use super::footer;
use crate::browser::encode_form;
use crate::exchange::visible;
use crate::tui::form::{Form, Purpose};
use crate::tui::model::Model;
use crate::tui::text::cut;
use crate::tui::theme::Role;

const WIDTH: u16 = 56;

pub fn draw(model: &Model, form: &Form, frame: &mut Frame<'_>, area: Rect) {
    let theme = model.theme;
    let rows = u16::try_from(form.fields.len()).unwrap_or(u16::MAX);
    let popup = area.centered(
        Constraint::Length(WIDTH.min(area.width)),
        Constraint::Length(rows.saturating_add(7).min(area.height)),
    );
    frame.render_widget(Clear, popup);
    let block = Block::bordered()
        .border_type(BorderType::Thick)
        .border_style(theme.style(Role::FocusedBorder))
        .title(match form.purpose {
            Purpose::Fields { .. } => " Send a form: POST ",
            Purpose::Request => " Send a request ",
        });
    let inner = block.inner(popup);
    frame.render_widget(block, popup);
    let label = form
        .fields
        .iter()
        .map(|(name, _)| name.chars().count())
        .max()
        .unwrap_or(0);
    let label = u16::try_from(label).unwrap_or(0).min(20) + 3;
    let mut y = inner.y + 1;
    for (place, (name, text)) in form.fields.iter().enumerate() {
        let mark = if place == form.at { '▸' } else { ' ' };
        let style = theme.style(Role::Strong);
        let line = Line::styled(format!("{mark}{}", visible(name)), style);
        frame.render_widget(line, Rect::new(inner.x, y, label.min(inner.width), 1));
        let width = inner.width.saturating_sub(label + 1);
        frame.render_widget(text, Rect::new(inner.x + label, y, width, 1));
        y += 1;
    }
    let request = form.request();
    let body = request
        .form
        .as_deref()
        .and_then(|form| encode_form(form).ok());
    let body = body.unwrap_or_default();
    let room = usize::from(inner.width).saturating_sub(2);
    let introduction = match form.purpose {
        Purpose::Fields { .. } => " The body will be:".to_owned(),
        Purpose::Request => {
            let line = format!("{} {}", request.method, request.path);
            let line = cut(&visible(&line), room.saturating_sub(15));
            match request.form {
                Some(_) => format!(" {line} with the body:"),
                None => format!(" {line} without a body"),
            }
        }
    };
    let lines = vec![
        Line::styled(introduction, theme.style(Role::Dim)),
        Line::from(Span::styled(
            format!(" {}", cut(&body, room)),
            theme.style(Role::Code),
        )),
        Line::styled(format!(" {} bytes", body.len()), theme.style(Role::Dim)),
    ];
    let below = Rect::new(
        inner.x,
        y + 1,
        inner.width,
        3.min(inner.bottom().saturating_sub(y + 1)),
    );
    frame.render_widget(Paragraph::new(lines), below);
    footer::draw(model, frame, area);
}
