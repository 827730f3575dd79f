//! Something to choose from.

use ratatui::text::{Line, Span};

use super::popup::{Popup, room};
use crate::exchange::visible;
use crate::tui::state::choice::Choice;
use crate::tui::state::model::Model;
use crate::tui::text::{markdown, wrap};
use crate::tui::theme::Role;

const WIDTH: u16 = 64;

pub fn popup(model: &Model, choice: &Choice, (columns, rows): (u16, u16)) -> Popup {
    let columns = WIDTH.min(columns);
    // The border and a margin at each side.
    let width = usize::from(columns).saturating_sub(4);
    let mut lines = vec![Line::default()];
    for mut line in markdown(&choice.asks, width, model.theme) {
        line.spans.insert(0, Span::raw(" "));
        lines.push(line);
    }
    lines.push(Line::default());
    let mut selected = 0..0;
    for (place, offer) in choice.offers.iter().enumerate() {
        let (mark, role) = if place == choice.at {
            ("▸", Role::Strong)
        } else {
            (" ", Role::Plain)
        };
        let first = Span::styled(
            format!(" {mark} {} ", place + 1),
            model.theme.style(Role::Key),
        );
        let text = Span::styled(visible(&offer.text), model.theme.style(role));
        let wrapped = wrap(&[text], width, &first, &Span::raw("     "));
        if place == choice.at {
            selected = lines.len()..lines.len() + wrapped.len();
        }
        lines.extend(wrapped);
    }
    lines.push(Line::default());
    let scroll = (selected.end + 1).saturating_sub(room(rows));
    Popup {
        title: visible(&choice.title),
        lines,
        columns,
        scroll,
    }
}
