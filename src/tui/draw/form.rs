//! The small form whose fields become the body of a POST.

use ratatui::Frame;
use ratatui::layout::{Constraint, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Paragraph};

use crate::browser::encode_form;
use crate::exchange::visible;
use crate::tui::state::form::{Form, FormKind};
use crate::tui::state::model::Model;
use crate::tui::text::cut;
use crate::tui::theme::Role;

const WIDTH: u16 = 56;
/// Rows around the fields: border, gaps, and what will be sent.
const CHROME: u16 = 7;

pub fn draw(model: &Model, form: &Form, frame: &mut Frame<'_>, area: Rect) {
    let theme = model.theme;
    // A page's form may have more fields than there is room for.
    let most = usize::from(area.height.saturating_sub(CHROME + 1)).max(1);
    let shown = form.fields.len().min(most);
    let first = (form.at + 1).saturating_sub(shown);
    let rows = u16::try_from(shown).unwrap_or(u16::MAX);
    let popup = area.centered(
        Constraint::Length(WIDTH.min(area.width)),
        Constraint::Length(rows.saturating_add(CHROME).min(area.height)),
    );
    frame.render_widget(Clear, popup);
    let block = Block::bordered()
        .border_type(BorderType::Thick)
        .border_style(theme.style(Role::FocusedBorder))
        .title(match form.kind {
            FormKind::Fields { .. } => " Send a form: POST ",
            FormKind::Request => " Send a request ",
            FormKind::Page(..) => " Fill in the page's form ",
            FormKind::Link(..) => " Follow a link of the page ",
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
    for (place, (name, text)) in form.fields.iter().enumerate().skip(first).take(shown) {
        let mark = if place == form.at { '▸' } else { ' ' };
        let style = theme.style(Role::Strong);
        let name = cut(&visible(name), usize::from(label).saturating_sub(2));
        let line = Line::styled(format!("{mark}{name}"), style);
        frame.render_widget(line, Rect::new(inner.x, y, label.min(inner.width), 1));
        let width = inner.width.saturating_sub(label + 1);
        frame.render_widget(text, Rect::new(inner.x + label, y, width, 1));
        y += 1;
    }
    let room = usize::from(inner.width).saturating_sub(2);
    let (introduction, body) = preview(form, room);
    let length = match form.field_kind() {
        Some(kind) => cut(&format!("{} bytes; {}", body.len(), visible(&kind)), room),
        None => format!("{} bytes", body.len()),
    };
    let lines = vec![
        Line::styled(format!(" {introduction}"), theme.style(Role::Dim)),
        Line::from(Span::styled(
            format!(" {}", cut(&body, room)),
            theme.style(Role::Code),
        )),
        Line::styled(format!(" {length}"), theme.style(Role::Dim)),
    ];
    let below = Rect::new(
        inner.x,
        y + 1,
        inner.width,
        3.min(inner.bottom().saturating_sub(y + 1)),
    );
    frame.render_widget(Paragraph::new(lines), below);
}

/// What will be sent: a line about the request, and its body.
fn preview(form: &Form, room: usize) -> (String, String) {
    let request = match form.request() {
        Ok(request) => request,
        Err(why) => return (cut(&visible(&why.to_string()), room), String::new()),
    };
    let fields = request.form.as_deref();
    let fields = fields.and_then(|fields| encode_form(fields).ok());
    // It was typed, so it is text.
    let typed = |body: Vec<u8>| String::from_utf8_lossy(&body).into_owned();
    let body = fields.or(request.body.map(typed));
    let introduction = if let FormKind::Fields { .. } = form.kind {
        "The body will be:".to_owned()
    } else {
        let line = format!("{} {}", request.method, request.path);
        let line = cut(&visible(&line), room.saturating_sub(15));
        let has = if body.is_some() {
            "with the body:"
        } else {
            "without a body"
        };
        format!("{line} {has}")
    };
    (introduction, body.unwrap_or_default())
}
