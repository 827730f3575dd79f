//! Something to choose from.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::popup::{Popup, room};
use crate::exchange::visible;
use crate::tui::state::choice::Choice;
use crate::tui::state::model::Model;
use crate::tui::text::{markdown, wrap};
use crate::tui::theme::Role;

const WIDTH: u16 = 64;

/// The option at a row of the screen, if there is one.
pub fn offer_at(model: &Model, choice: &Choice, row: u16) -> Option<usize> {
    let (columns, rows) = model.size;
    let popup = popup(model, choice, (columns, rows));
    let place = popup.place(Rect::new(0, 0, columns, rows));
    let line = usize::from(row.checked_sub(place.y + 1)?);
    if line + 2 >= usize::from(place.height) {
        return None;
    }
    let (_, options) = written(model, choice, width(columns));
    options
        .into_iter()
        .position(|lines| lines.contains(&(line + popup.scroll)))
}

/// Columns for the text: the border and a margin at each side are left out.
fn width(columns: u16) -> usize {
    usize::from(WIDTH.min(columns)).saturating_sub(4)
}

/// All lines, and those of each option.
fn written(
    model: &Model,
    choice: &Choice,
    width: usize,
) -> (Vec<Line<'static>>, Vec<Range<usize>>) {
    let mut lines = vec![Line::default()];
    for mut line in markdown(&choice.asks, width, model.theme) {
        line.spans.insert(0, Span::raw(" "));
        lines.push(line);
    }
    lines.push(Line::default());
    let mut options = Vec::new();
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
        let from = lines.len();
        lines.extend(wrap(&[text], width, &first, &Span::raw("     ")));
        options.push(from..lines.len());
    }
    lines.push(Line::default());
    (lines, options)
}

pub fn popup(model: &Model, choice: &Choice, (columns, rows): (u16, u16)) -> Popup {
    let (lines, options) = written(model, choice, width(columns));
    let columns = WIDTH.min(columns);
    let selected = options.into_iter().nth(choice.at).unwrap_or_default();
    let scroll = (selected.end + 1).saturating_sub(room(rows));
    Popup {
        title: visible(&choice.title),
        lines,
        columns,
        scroll,
    }
}
