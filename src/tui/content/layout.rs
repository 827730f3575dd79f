//! Where everything stands, for every size of terminal.

use ratatui::layout::{Constraint, Layout as Split, Margin, Rect};

use super::notice;
use super::situation::{Situation, situation};
use crate::terminal::SMALLEST;
use crate::tui::state::model::Model;
use crate::tui::state::panes::{Half, Pane};

/// Rows for environ and the response while there are none: each says in a few words how they come.
const EMPTY_HEIGHT: u16 = 6;
/// Columns for the number of a line of the source.
pub const GUTTER: usize = 5;
/// From this width on all panes are shown side by side.
const MIN_WIDTH_FOR_ALL: u16 = 120;
/// From this width on they stand in three columns.
const MIN_WIDTH_FOR_THREE_COLUMNS: u16 = 160;

/// The areas of a lesson's screen.
#[derive(Debug, Clone)]
pub struct Layout {
    pub header: Rect,
    /// The panes that are shown.
    pub panes: Vec<(Pane, Rect)>,
    /// One line for the shown request, where there is no room for their list.
    pub strip: Option<Rect>,
}

/// Whether anything but a message fits into so many columns and rows.
pub fn fits((columns, rows): (u16, u16)) -> bool {
    columns >= SMALLEST.0 && rows >= SMALLEST.1
}

/// The last lines: the keys, and above them a notice if there is one.
pub fn footer(model: &Model, area: Rect) -> Rect {
    let notice = notice::lines(model, area.width).len();
    let height = u16::try_from(notice + 1)
        .unwrap_or(u16::MAX)
        .min(area.height);
    Rect {
        y: area.bottom() - height,
        height,
        ..area
    }
}

impl Layout {
    pub fn of(model: &Model) -> Self {
        let area = Rect::new(0, 0, model.size.0, model.size.1);
        let footer = footer(model, area);
        let [header, main, _] = area.layout(&Split::vertical([
            Constraint::Length(1),
            Constraint::Fill(1),
            Constraint::Length(footer.height),
        ]));
        let (panes, strip) = if model.zoomed {
            (vec![(model.session.focus, main)], None)
        } else if area.width >= MIN_WIDTH_FOR_ALL {
            (wide(model, main), None)
        } else {
            let [main, strip] = main.layout(&Split::vertical([
                Constraint::Fill(1),
                Constraint::Length(1),
            ]));
            (narrow(model, main), Some(strip))
        };
        Self {
            header,
            panes,
            strip,
        }
    }

    pub fn area(&self, pane: Pane) -> Option<Rect> {
        self.panes
            .iter()
            .find(|(shown, _)| *shown == pane)
            .map(|&(_, area)| area)
    }
}

/// The part of a pane inside its border.
pub fn inner(area: Rect) -> Rect {
    area.inner(Margin::new(1, 1))
}

/// How wide a page can be, while there is a pane for it.
pub fn page_width(model: &Model) -> Option<usize> {
    let area = Layout::of(model).area(Pane::Response)?;
    Some(usize::from(inner(area).width).saturating_sub(2))
}

/// Columns and rows for the text of the source: none where there is no pane for it.
pub fn source_size(model: &Model) -> (usize, usize) {
    let area = Layout::of(model).area(Pane::Source);
    area.map_or((0, 0), |area| {
        let inner = inner(area);
        let width = usize::from(inner.width).saturating_sub(GUTTER);
        (width, usize::from(inner.height))
    })
}

fn wide(model: &Model, main: Rect) -> Vec<(Pane, Rect)> {
    // Stepping is looking at the events.
    let requests = match (main.height >= 34, model.is_now()) {
        (true, true) => 8,
        (true, false) => 12,
        (false, _) => 5,
    };
    let [main, requests] = main.layout(&Split::vertical([
        Constraint::Fill(1),
        Constraint::Length(requests),
    ]));
    let halves = |area: Rect, upper: u16, lower: u16| -> [Rect; 2] {
        area.layout(&Split::vertical([
            Constraint::Fill(upper),
            Constraint::Fill(lower),
        ]))
    };
    if model.lesson().is_none() {
        let [left, right] = main.layout(&Split::horizontal([
            Constraint::Fill(42),
            Constraint::Fill(58),
        ]));
        let [source, response] = halves(right, 3, 2);
        return vec![
            (Pane::Source, source),
            (Pane::Environ, left),
            (Pane::Response, response),
            (model.lower, requests),
        ];
    }
    let (lesson, source, environ, response) = if main.width >= MIN_WIDTH_FOR_THREE_COLUMNS {
        let [lesson, middle, environ] = main.layout(&Split::horizontal([
            Constraint::Fill(26),
            Constraint::Fill(42),
            Constraint::Fill(32),
        ]));
        let [source, response] = halves(middle, 3, 2);
        (lesson, source, environ, response)
    } else {
        let [left, right] = main.layout(&Split::horizontal([
            Constraint::Fill(42),
            Constraint::Fill(58),
        ]));
        let [lesson, environ] = halves(left, 3, 2);
        let [source, response] = halves(right, 3, 2);
        (lesson, source, environ, response)
    };
    vec![
        (Pane::Lesson, lesson),
        (Pane::Source, source),
        (Pane::Environ, environ),
        (Pane::Response, response),
        (model.lower, requests),
    ]
}

/// The lesson or the source above; environ and response below, or the list of requests while it
/// is looked at.
fn narrow(model: &Model, main: Rect) -> Vec<(Pane, Rect)> {
    let lower = match situation(model) {
        Situation::NoRequest => Constraint::Length(EMPTY_HEIGHT),
        _ => Constraint::Fill(10),
    };
    let [upper, lower] = main.layout(&Split::vertical([Constraint::Fill(11), lower]));
    let mut panes = vec![(model.session.upper, upper)];
    if model.session.focus.half() == Half::Bottom {
        panes.push((model.session.focus, lower));
    } else {
        let [left, right] = lower.layout(&Split::horizontal([
            Constraint::Fill(1),
            Constraint::Fill(1),
        ]));
        panes.extend([(Pane::Environ, left), (Pane::Response, right)]);
    }
    panes
}
