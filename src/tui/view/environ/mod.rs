//! environ, grouped, with the selected key explained.

mod detail;
mod journey;

use std::collections::HashSet;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Borders, Paragraph};

use super::pane;
use super::situation::situation;
use crate::exchange::{EnvironEntry, Origin, visible};
use crate::tui::highlight::Token;
use crate::tui::state::model::{Model, Pane};
use crate::tui::text::{cut, wrap};
use crate::tui::theme::Role;
use detail::Detail;

/// A pane must be this high for lines that explain the selected key.
const ROOM_FOR_DETAIL: u16 = 8;
/// More lines than this no key needs.
const MOST_DETAIL: u16 = 24;
/// From so many columns on they stand beside the keys, where the pane is alone.
const WIDE: u16 = 100;
/// Columns for the longest usual key.
const KEY: usize = 21;
/// The word behind a key that a line which has run names, and from which width there is room for it.
const READ: &str = " read";
const ROOM_FOR_READ: usize = 44;

/// A row: the name of a group, or a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    Group(&'static str),
    /// A group whose keys are folded away: these.
    Folded(&'static str, Vec<String>),
    Key(EnvironEntry),
    /// A key the application changed: the key, and its new value where it has one.
    Changed(String, Option<String>),
}

impl Row {
    /// The group this row names, if it does.
    #[must_use]
    pub fn group(&self) -> Option<&'static str> {
        match self {
            Self::Group(name) | Self::Folded(name, _) => Some(name),
            Self::Key(_) | Self::Changed(..) => None,
        }
    }

    /// The key and its value as Python writes it, if this row has one.
    #[must_use]
    pub fn value(&self) -> Option<(String, String)> {
        match self {
            Self::Group(_) | Self::Folded(..) | Self::Changed(_, None) => None,
            Self::Key(entry) => Some((entry.key.clone(), entry.repr.clone())),
            Self::Changed(key, Some(repr)) => Some((key.clone(), repr.clone())),
        }
    }

    fn key(&self) -> &str {
        match self {
            Self::Group(name) | Self::Folded(name, _) => name,
            Self::Key(entry) => &entry.key,
            Self::Changed(key, _) => key,
        }
    }
}

const GROUPS: [&str; 4] = ["Request line", "Headers", "Connection and server", "WSGI"];
const CHANGED: &str = "Changed by the app";

/// The rows of the exchange that is shown.
#[must_use]
pub fn rows(model: &Model) -> Vec<Row> {
    let moment = model.moment();
    let mut rows = Vec::new();
    let mut add = |name: &'static str, members: Vec<Row>| {
        if members.is_empty() {
            return;
        }
        if model.folded.contains(name) {
            let keys = members.iter().map(|row| row.key().to_owned());
            rows.push(Row::Folded(name, keys.collect()));
        } else {
            rows.push(Row::Group(name));
            rows.extend(members);
        }
    };
    for (number, name) in GROUPS.iter().enumerate() {
        let entries = moment.environ.iter();
        let members = entries.filter(|entry| group(entry) == number);
        add(name, members.cloned().map(Row::Key).collect());
    }
    let changes = moment.changes.iter();
    let changes = changes.map(|change| Row::Changed(change.key.clone(), change.repr.clone()));
    add(CHANGED, changes.collect());
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
    usize::from(Areas::of(model, inner).list.height)
}

/// Where the keys stand, and where the selected one is explained.
struct Areas {
    list: Rect,
    /// Its border is the side towards the list.
    detail: Option<(Rect, Borders)>,
}

impl Areas {
    /// The same for every row, so that nothing moves but the selection.
    fn of(model: &Model, inner: Rect) -> Self {
        if model.focus != Pane::Environ || inner.height < ROOM_FOR_DETAIL {
            return Self {
                list: inner,
                detail: None,
            };
        }
        let (split, side) = if !model.zoomed {
            (Layout::vertical(below(inner.height / 2 + 1)), Borders::TOP)
        } else if inner.width < WIDE {
            (Layout::vertical(below(inner.height * 3 / 4)), Borders::TOP)
        } else {
            let halves = [Constraint::Fill(1), Constraint::Fill(1)];
            (Layout::horizontal(halves), Borders::LEFT)
        };
        let [list, detail] = inner.layout(&split);
        Self {
            list,
            detail: Some((detail, side)),
        }
    }
}

fn below(height: u16) -> [Constraint; 2] {
    let height = height.min(MOST_DETAIL);
    [Constraint::Fill(1), Constraint::Length(height)]
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
    let rows = rows(model);
    if rows.is_empty() {
        let lines = nothing(model, usize::from(inner.width));
        frame.render_widget(Paragraph::new(lines), inner);
        return;
    }
    let Areas { list, detail } = Areas::of(model, inner);
    let scroll = model
        .scroll
        .of(Pane::Environ)
        .min(rows.len().saturating_sub(usize::from(list.height)));
    let fresh = model.fresh_keys();
    let read = super::source::readers(model);
    let lines: Vec<Line<'_>> = rows
        .iter()
        .enumerate()
        .skip(scroll)
        .take(usize::from(list.height))
        .map(|(place, row)| {
            let selected = model.focus == Pane::Environ && place == model.environ_row;
            let is_read = matches!(row, Row::Key(entry) if read.contains_key(&entry.key));
            let width = usize::from(list.width);
            let behind = if is_read && width >= ROOM_FOR_READ {
                READ
            } else {
                ""
            };
            line(model, row, &fresh, selected, width, behind)
        })
        .collect();
    frame.render_widget(Paragraph::new(lines), list);
    if let (Some(row), Some((place, side))) = (rows.get(model.environ_row), detail) {
        explain(model, row, list.width, frame, area, place, side);
    }
    // On the line below the rows, be it the pane's border or that of the detail.
    let above = Rect {
        height: list.height + 2,
        ..area
    };
    let above = Rect {
        width: list.width + 2,
        ..above
    };
    pane::mark_more(model, frame, above, scroll, rows.len());
}

fn explain(
    model: &Model,
    row: &Row,
    list: u16,
    frame: &mut Frame<'_>,
    pane: Rect,
    place: Rect,
    side: Borders,
) {
    let theme = model.theme;
    let block = Block::new()
        .borders(side)
        .border_style(theme.style(Role::Border));
    let mut inner = block.inner(place);
    // Beside the keys there is no line above for the title.
    let titled = side == Borders::LEFT;
    if titled {
        inner.y += 2;
        inner.height = inner.height.saturating_sub(2);
    }
    let detail = Detail::of(
        row,
        detail::Place {
            theme,
            moment: model.moment(),
            // The margin at the right is as wide as the one at the left.
            width: usize::from(inner.width.saturating_sub(1)),
            height: usize::from(inner.height),
            value: usize::from(list).saturating_sub(column(list.into()) + 3),
            alone: model.zoomed,
        },
    );
    let title = format!(
        " {} ",
        cut(&detail.title, usize::from(place.width).saturating_sub(9))
    );
    let title = Line::styled(title, theme.style(Role::Strong));
    if titled {
        frame.render_widget(block, place);
        let line = Rect {
            height: 1,
            y: place.y,
            ..inner
        };
        frame.render_widget(title, line);
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

/// The bytes of the request the selected key was made from, while this pane is looked at.
pub fn selected_bytes(model: &Model) -> Option<std::ops::Range<usize>> {
    if model.focus != Pane::Environ {
        return None;
    }
    match selected(model)? {
        Row::Key(entry) => match entry.from {
            Origin::Request { start, end, .. } => Some(start..end),
            Origin::Connection(_) | Origin::Gateway(_) => None,
        },
        _ => None,
    }
}

fn selected(model: &Model) -> Option<Row> {
    rows(model).into_iter().nth(model.environ_row)
}

/// The key that is selected, if a key is.
pub fn selected_key(model: &Model) -> Option<String> {
    match selected(model)? {
        Row::Key(entry) => Some(entry.key),
        Row::Changed(key, _) => Some(key),
        Row::Group(_) | Row::Folded(..) => None,
    }
}

/// Columns of the keys: at least half of the pane is the value's.
fn column(width: usize) -> usize {
    KEY.min((width / 2).saturating_sub(3))
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
    behind: &'static str,
) -> Line<'static> {
    let theme = model.theme;
    let mark = if selected { "▸" } else { " " };
    let (key, value, news) = match row {
        Row::Group(name) => {
            return Line::styled(format!("{mark}{name}"), theme.style(Role::Heading));
        }
        Row::Folded(name, keys) => {
            let news = keys.iter().any(|key| fresh.contains(key)) || *name == CHANGED;
            let news = if news { "• " } else { "" };
            return Line::from(vec![
                Span::styled(format!("{mark}{name}"), theme.style(Role::Heading)),
                Span::styled(format!("  {news}"), theme.style(Role::Fresh)),
                Span::styled(format!("({} folded)", keys.len()), theme.style(Role::Dim)),
            ]);
        }
        Row::Key(entry) => (&entry.key, entry.repr.as_str(), fresh.contains(&entry.key)),
        Row::Changed(key, repr) => (key, repr.as_deref().unwrap_or("(removed)"), true),
    };
    let news = if news { "•" } else { " " };
    // The marks and the gap are three columns.
    let column = column(width);
    let key = format!("{mark}{news}{:<column$} ", cut(&visible(key), column));
    let room = width.saturating_sub(key.chars().count() + behind.len());
    let value = cut(&visible(value), room);
    if selected {
        let line = format!("{key}{value:<room$}{behind}");
        return Line::styled(line, theme.style(Role::Selected));
    }
    let role = if news == "•" {
        Role::Fresh
    } else {
        Role::Plain
    };
    Line::from(vec![
        Span::styled(key, theme.style(role)),
        Span::styled(
            format!("{value:<room$}"),
            theme.style(Role::Token(Token::String)),
        ),
        Span::styled(behind, theme.style(Role::Dim)),
    ])
}
