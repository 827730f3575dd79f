//! Where everything stands, for every size of terminal.

use ratatui::layout::{Constraint, Layout as Split, Margin, Rect};

use super::situation::{Situation, situation};
use super::{lesson, notice, task};
use crate::terminal::SMALLEST;
use crate::tui::state::model::Model;
use crate::tui::state::panes::{Half, Pane};
use crate::tui::state::requests;

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
    /// The task of a lesson's step; without a row where there is none.
    pub task: Rect,
    /// The panes that are shown.
    pub panes: Vec<(Pane, Rect)>,
    /// One line for the shown request, if there is one, where there is no room for their list.
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
        let task = u16::try_from(task::lines(model).len()).unwrap_or(u16::MAX);
        let [header, task, main, _] = area.layout(&Split::vertical([
            Constraint::Length(1),
            Constraint::Length(task),
            Constraint::Fill(1),
            Constraint::Length(footer.height),
        ]));
        let (panes, strip) = if model.zoomed {
            (vec![(model.session.focus, main)], None)
        } else if area.width >= MIN_WIDTH_FOR_ALL {
            (wide(model, main), None)
        } else {
            let rows = u16::from(model.exchange().is_some());
            let [main, strip] = main.layout(&Split::vertical([
                Constraint::Fill(1),
                Constraint::Length(rows),
            ]));
            (narrow(model, main), Some(strip))
        };
        Self {
            header,
            task,
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
    // Going through the events is looking at them.
    let most = match (main.height >= 32, model.is_now()) {
        (true, true) => 8,
        (true, false) => 12,
        (false, _) => 5,
    };
    let rows = match model.lower {
        Pane::Timeline => usize::MAX,
        _ => requests::rows(model).len().saturating_add(2),
    };
    let requests = u16::try_from(rows).unwrap_or(most).clamp(3, most);
    let [main, requests] = main.layout(&Split::vertical([
        Constraint::Fill(1),
        Constraint::Length(requests),
    ]));
    let lower = match situation(model) {
        Situation::NoRequest => Constraint::Length(EMPTY_HEIGHT),
        _ => Constraint::Fill(2),
    };
    let halves =
        |area: Rect| -> [Rect; 2] { area.layout(&Split::vertical([Constraint::Fill(3), lower])) };
    if model.lesson().is_none() {
        let [left, right] = main.layout(&Split::horizontal([
            Constraint::Fill(42),
            Constraint::Fill(58),
        ]));
        let [source, response] = halves(right);
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
        let [source, response] = halves(middle);
        (lesson, source, environ, response)
    } else {
        let [left, right] = main.layout(&Split::horizontal([
            Constraint::Fill(42),
            Constraint::Fill(58),
        ]));
        let [lesson, environ] = halves(left);
        let [source, response] = halves(right);
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

/// What the learner is doing decides: reading has the text alone, writing the source and what came
/// of the checks; whoever looks at a request has environ and the response below.
fn narrow(model: &Model, main: Rect) -> Vec<(Pane, Rect)> {
    let session = &model.session;
    if session.editor.is_some() && session.focus == Pane::Source && model.course().is_some() {
        return writing(model, main);
    }
    if is_reading(model) {
        return vec![(session.upper, main)];
    }
    let lower = match situation(model) {
        Situation::NoRequest => Constraint::Length(EMPTY_HEIGHT),
        _ => Constraint::Fill(10),
    };
    let [upper, lower] = main.layout(&Split::vertical([Constraint::Fill(11), lower]));
    let mut panes = vec![(session.upper, upper)];
    if session.focus.half() == Half::Bottom {
        panes.push((session.focus, lower));
    } else {
        let [left, right] = lower.layout(&Split::horizontal([
            Constraint::Fill(1),
            Constraint::Fill(1),
        ]));
        panes.extend([(Pane::Environ, left), (Pane::Response, right)]);
    }
    panes
}

/// Whether a step was opened, and nothing has happened since that there is to look at.
fn is_reading(model: &Model) -> bool {
    let session = &model.session;
    model.course().is_some()
        && session.reading
        && session.focus.half() == Half::Upper
        && model.is_now()
        && !model.is_unloaded()
}

/// The file that is edited. Below it, hints and what came of the checks, if there are any;
/// otherwise the step's text, where the file leaves room for it.
fn writing(model: &Model, main: Rect) -> Vec<(Pane, Rect)> {
    let height = usize::from(main.height);
    let editor = model.session.editor.as_ref();
    // A border, and a line to go on in.
    let file = editor.map_or(0, |editor| editor.text.lines().len()) + 3;
    let free = height.saturating_sub(file);
    let below = if lesson::has_results(model) {
        lesson::results_height(model, main.width).min(free.max(height * 3 / 5))
    } else {
        free
    };
    // Less is a border and a line or two.
    if below < 5 {
        return vec![(Pane::Source, main)];
    }
    let below = u16::try_from(below).unwrap_or(u16::MAX);
    let [source, below] = main.layout(&Split::vertical([
        Constraint::Fill(1),
        Constraint::Length(below),
    ]));
    vec![(Pane::Source, source), (Pane::Lesson, below)]
}
