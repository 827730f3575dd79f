//! Something to choose from.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::popup::{Popup, room};
use crate::exchange::visible;
use crate::tui::state::choice::{Choice, Offer};
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
    let options = options(model, choice, width(columns));
    options
        .into_iter()
        .position(|lines| lines.contains(&(line + popup.scroll)))
}

/// Columns for the text: the border and a margin at each side are left out.
fn width(columns: u16) -> usize {
    usize::from(WIDTH.min(columns)).saturating_sub(4)
}

/// The lines of each option.
fn options(model: &Model, choice: &Choice, width: usize) -> Vec<Range<usize>> {
    let mut from = markdown(&choice.asks, width, model.theme).len() + 2;
    let options = choice.offers.iter().enumerate();
    options
        .map(|(place, offer)| {
            let lines = from..from + option(model, choice, place, offer, width).len();
            from = lines.end;
            lines
        })
        .collect()
}

fn option(
    model: &Model,
    choice: &Choice,
    place: usize,
    offer: &Offer,
    width: usize,
) -> Vec<Line<'static>> {
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
    wrap(&[text], width, &first, &Span::raw("     "))
}

pub fn popup(model: &Model, choice: &Choice, (columns, rows): (u16, u16)) -> Popup {
    let width = width(columns);
    let columns = WIDTH.min(columns);
    let mut lines = vec![Line::default()];
    for mut line in markdown(&choice.asks, width, model.theme) {
        line.spans.insert(0, Span::raw(" "));
        lines.push(line);
    }
    lines.push(Line::default());
    for (place, offer) in choice.offers.iter().enumerate() {
        lines.extend(option(model, choice, place, offer, width));
    }
    let selected = options(model, choice, width).into_iter().nth(choice.at);
    let selected = selected.unwrap_or_default();
    lines.push(Line::default());
    let scroll = (selected.end + 1).saturating_sub(room(rows));
    Popup {
        title: visible(&choice.title),
        lines,
        columns,
        scroll,
    }
}
