//! environ, grouped, with the selected key explained.

use std::collections::HashSet;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::pane;
use super::situation::situation;
use crate::exchange::{EnvironEntry, Moment, Origin, visible, visible_bytes};
use crate::tui::highlight::Token;
use crate::tui::model::{Model, Pane};
use crate::tui::text::{cut, wrap};
use crate::tui::theme::Role;

/// Lines that explain the selected key.
const DETAIL: u16 = 5;
/// A pane must be this high for them.
const ROOM_FOR_DETAIL: u16 = 12;
/// Columns for the longest usual key.
const KEY: usize = 21;

/// A row: the name of a group, or a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    Group(&'static str),
    Key(EnvironEntry),
    /// A key the application changed: the key, and its new value where it has one.
    Changed(String, Option<String>),
}

const GROUPS: [&str; 4] = ["Request line", "Headers", "Connection and server", "WSGI"];

/// The rows of the exchange that is shown.
#[must_use]
pub fn rows(model: &Model) -> Vec<Row> {
    rows_of(model.moment())
}

fn rows_of(moment: &Moment) -> Vec<Row> {
    let mut rows = Vec::new();
    for (number, name) in GROUPS.iter().enumerate() {
        let mut entries = moment
            .environ
            .iter()
            .filter(|entry| group(entry) == number)
            .peekable();
        if entries.peek().is_some() {
            rows.push(Row::Group(name));
            rows.extend(entries.cloned().map(Row::Key));
        }
    }
    if !moment.changes.is_empty() {
        rows.push(Row::Group("Changed by the app"));
        rows.extend(
            moment
                .changes
                .iter()
                .map(|change| Row::Changed(change.key.clone(), change.repr.clone())),
        );
    }
    rows
}

fn group(entry: &EnvironEntry) -> usize {
    match entry.key.as_str() {
        "REQUEST_METHOD" | "SCRIPT_NAME" | "PATH_INFO" | "QUERY_STRING" | "SERVER_PROTOCOL" => 0,
        "CONTENT_TYPE" | "CONTENT_LENGTH" => 1,
        key if key.starts_with("HTTP_") => 1,
        key if key.starts_with("wsgi.") => 3,
        _ => 2,
    }
}

/// How many rows are visible in a pane of this inner size.
pub fn visible_rows(model: &Model, inner: Rect) -> usize {
    usize::from(inner.height - detail_height(model, inner))
}

fn detail_height(model: &Model, inner: Rect) -> u16 {
    if model.focus == Pane::Environ && inner.height >= ROOM_FOR_DETAIL {
        DETAIL
    } else {
        0
    }
}

pub fn draw(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let state = model.exchange().map_or(String::new(), |exchange| {
        let moment = model.moment();
        match &moment.request {
            Some(request) => format!(
                "#{} {} {}",
                exchange.id,
                visible(&request.method),
                visible(&request.target)
            ),
            None => format!("#{}", exchange.id),
        }
    });
    pane::frame_of(model, Pane::Environ, "environ", &state, frame, area);
    let inner = pane::inner(area);
    let moment = model.moment();
    let rows = rows_of(moment);
    if rows.is_empty() {
        let lines = nothing(model, usize::from(inner.width));
        frame.render_widget(Paragraph::new(lines), inner);
        return;
    }
    let [list, detail] = inner.layout(&Layout::vertical([
        Constraint::Fill(1),
        Constraint::Length(detail_height(model, inner)),
    ]));
    let scroll = model
        .scroll
        .of(Pane::Environ)
        .min(rows.len().saturating_sub(usize::from(list.height)));
    let fresh = model.fresh_keys();
    let lines: Vec<Line<'_>> = rows
        .iter()
        .enumerate()
        .skip(scroll)
        .take(usize::from(list.height))
        .map(|(place, row)| {
            let selected = model.focus == Pane::Environ && place == model.environ_row;
            line(model, row, &fresh, selected, usize::from(list.width))
        })
        .collect();
    frame.render_widget(Paragraph::new(lines), list);
    pane::mark_more(model, frame, area, scroll, rows.len());
    if let (Some(row), true) = (rows.get(model.environ_row), detail.height > 0) {
        let lines = explained(model, row, moment, usize::from(detail.width));
        frame.render_widget(Paragraph::new(lines), detail);
    }
}

fn nothing(model: &Model, width: usize) -> Vec<Line<'static>> {
    let text = situation(model).of_environ();
    let text = Span::styled(text, model.theme.style(Role::Dim));
    wrap(&[text], width, &Span::raw(" "), &Span::raw(" "))
}

fn line(
    model: &Model,
    row: &Row,
    fresh: &HashSet<String>,
    selected: bool,
    width: usize,
) -> Line<'static> {
    let theme = model.theme;
    let mark = if selected { "▸" } else { " " };
    let (key, value, news) = match row {
        Row::Group(name) => {
            return Line::styled(format!("{mark}{name}"), theme.style(Role::Heading));
        }
        Row::Key(entry) => (&entry.key, entry.repr.as_str(), fresh.contains(&entry.key)),
        Row::Changed(key, repr) => (key, repr.as_deref().unwrap_or("(removed)"), true),
    };
    let news = if news { "•" } else { " " };
    // The marks and the gap are three columns; at least half of the pane is the value's.
    let column = KEY.min((width / 2).saturating_sub(3));
    let key = format!("{mark}{news}{:<column$} ", cut(&visible(key), column));
    let room = width.saturating_sub(key.chars().count());
    let value = cut(&visible(value), room);
    if selected {
        let line = format!("{key}{value:<room$}");
        return Line::styled(line, theme.style(Role::Selected));
    }
    let role = if news == "•" {
        Role::Fresh
    } else {
        Role::Plain
    };
    Line::from(vec![
        Span::styled(key, theme.style(role)),
        Span::styled(value, theme.style(Role::Token(Token::String))),
    ])
}

/// What the selected key is and where it came from.
fn explained(model: &Model, row: &Row, moment: &Moment, width: usize) -> Vec<Line<'static>> {
    let theme = model.theme;
    let rule = Line::styled("─".repeat(width), theme.style(Role::Border));
    let mut lines = vec![rule];
    let margin = Span::raw(" ");
    match row {
        Row::Group(name) => lines.push(Line::from(format!(" {name}"))),
        Row::Changed(key, _) => {
            lines.push(Line::from(format!(
                " {}: the application changed it",
                visible(key)
            )));
        }
        Row::Key(entry) => {
            let what = [
                Span::styled(visible(&entry.key), theme.style(Role::Strong)),
                Span::raw(format!("  {}  ", entry.r#type)),
                Span::styled(visible(&entry.repr), theme.style(Role::Code)),
            ];
            let mut what = wrap(&what, width, &margin, &margin);
            what.truncate(usize::from(DETAIL) - 3);
            lines.extend(what);
            let from = Span::styled(
                format!("from {}", origin(&entry.from, moment)),
                theme.style(Role::Dim),
            );
            lines.extend(wrap(&[from], width, &margin, &margin));
        }
    }
    lines
}

fn origin(origin: &Origin, moment: &Moment) -> String {
    match origin {
        Origin::Request { what, start, end } => {
            let bytes = moment.bytes_in.kept.get(*start..*end).unwrap_or_default();
            if bytes.is_empty() {
                format!("{what}: nothing was sent")
            } else if what.starts_with("the header") {
                // The bytes begin with the header's name.
                format!("the header line {}", visible_bytes(bytes))
            } else {
                format!("{what}: {}", visible_bytes(bytes))
            }
        }
        Origin::Connection(what) => what.clone(),
        Origin::Gateway(rule) => format!("the server: {rule}"),
    }
}
