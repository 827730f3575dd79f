//! environ, grouped, with the selected key explained.

mod decoding;
mod detail;

use std::collections::HashSet;
use std::ops::Range;

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Borders;

use super::clip::Clip;
use super::pane::{DetailBox, PaneContent, PaneText};
use super::readers;
use super::requests;
use super::situation::situation;
use crate::browser::CurlError;
use crate::exchange::{ENVIRON_GROUPS, EnvironEntry, Origin, environ_group, visible};
use crate::tui::highlight::Token;
use crate::tui::state::model::Model;
use crate::tui::state::panes::Pane;
use crate::tui::text::{cut, wrap};
use crate::tui::theme::Role;
use detail::Detail;

/// A pane must be this high for lines that explain the selected key.
const MIN_HEIGHT_FOR_DETAIL: u16 = 8;
/// More lines than this no key needs.
const MAX_DETAIL_HEIGHT: u16 = 24;
/// From so many columns on they stand beside the keys, where the pane is alone.
const MIN_WIDTH_FOR_COLUMNS: u16 = 76;
/// Columns for the longest usual key.
const KEY_WIDTH: usize = 21;
/// The word behind a key that a line which has run names, and from which width there is room for
/// it.
const READ: &str = " read";
const MIN_WIDTH_FOR_READ: usize = 44;

/// The mark of a key that the request before did not have so.
const FRESH: &str = "•";

/// A row: the name of a group, or a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row<'m> {
    Group(&'static str),
    /// A group whose keys are folded away: these.
    Folded(&'static str, Vec<&'m str>),
    Key(&'m EnvironEntry),
    /// A key the application changed: the key, and its new value where it has one.
    Changed(&'m str, Option<&'m str>),
}

impl<'m> Row<'m> {
    /// The group this row names, if it does.
    pub fn group(&self) -> Option<&'static str> {
        match self {
            Self::Group(name) | Self::Folded(name, _) => Some(name),
            Self::Key(_) | Self::Changed(..) => None,
        }
    }

    /// The key and its value as Python writes it, if this row has one.
    pub fn value(&self) -> Option<(&'m str, &'m str)> {
        match self {
            Self::Group(_) | Self::Folded(..) | Self::Changed(_, None) => None,
            Self::Key(entry) => Some((&entry.key, &entry.repr)),
            Self::Changed(key, Some(repr)) => Some((key, repr)),
        }
    }

    fn key(&self) -> &'m str {
        match self {
            Self::Group(name) | Self::Folded(name, _) => name,
            Self::Key(entry) => &entry.key,
            Self::Changed(key, _) => key,
        }
    }
}

const CHANGED: &str = "Changed by the app";

/// The rows of the exchange that is shown.
pub fn rows<'m>(model: &'m Model) -> Vec<Row<'m>> {
    let moment = model.moment();
    let mut rows = Vec::new();
    let mut add = |name: &'static str, members: Vec<Row<'m>>| {
        if members.is_empty() {
            return;
        }
        if model.folded.contains(name) {
            rows.push(Row::Folded(name, members.iter().map(Row::key).collect()));
        } else {
            rows.push(Row::Group(name));
            rows.extend(members);
        }
    };
    for (number, name) in ENVIRON_GROUPS.iter().enumerate() {
        let entries = moment.environ.iter();
        let members = entries.filter(|entry| environ_group(&entry.key) == number);
        add(name, members.map(Row::Key).collect());
    }
    let changes = moment.changes.iter();
    let changes = changes.map(|change| Row::Changed(&change.key, change.repr.as_deref()));
    add(CHANGED, changes.collect());
    rows
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
        if model.session.focus != Pane::Environ || inner.height < MIN_HEIGHT_FOR_DETAIL {
            return Self {
                list: inner,
                detail: None,
            };
        }
        let (split, side) = if !model.zoomed {
            (Layout::vertical(below(inner.height / 2 + 1)), Borders::TOP)
        } else if inner.width < MIN_WIDTH_FOR_COLUMNS {
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
    let height = height.min(MAX_DETAIL_HEIGHT);
    [Constraint::Fill(1), Constraint::Length(height)]
}

/// The environ of the exchange that is shown.
pub struct EnvironPane;

impl PaneContent for EnvironPane {
    fn title(&self, _: &Model) -> String {
        "environ".to_owned()
    }

    /// Which request it is of.
    fn state(&self, model: &Model) -> String {
        let exchange = model.exchange();
        exchange.map_or_else(String::new, |it| requests::name(it.id, model.moment()))
    }

    fn text<'m>(&self, model: &'m Model, inner: Rect) -> PaneText<'m> {
        let rows = rows(model);
        if rows.is_empty() {
            let width = usize::from(inner.width);
            return PaneText::new(0, move |_| nothing(model, width));
        }
        let width = usize::from(self.area(model, inner).width);
        PaneText::new(rows.len(), move |shown| {
            let fresh = model.fresh_keys();
            let read = readers::readers(model);
            let seen = rows.iter().enumerate().skip(shown.start).take(shown.len());
            seen.map(|(place, row)| {
                let selected =
                    model.session.focus == Pane::Environ && place == model.session.environ_row;
                let is_read = matches!(row, Row::Key(entry) if read.contains_key(&entry.key));
                let behind = if is_read && width >= MIN_WIDTH_FOR_READ {
                    READ
                } else {
                    ""
                };
                line(model, row, &fresh, selected, width, behind)
            })
            .collect()
        })
    }

    fn area(&self, model: &Model, inner: Rect) -> Rect {
        let moment = model.moment();
        if moment.environ.is_empty() && moment.changes.is_empty() {
            return inner;
        }
        Areas::of(model, inner).list
    }

    fn detail(&self, model: &Model, inner: Rect) -> Option<DetailBox> {
        let row = rows(model).into_iter().nth(model.session.environ_row)?;
        let Areas { list, detail } = Areas::of(model, inner);
        let (area, side) = detail?;
        // Beside the keys there is no line above for the title.
        let above = if side == Borders::LEFT { 2 } else { 1 };
        let left = u16::from(side == Borders::LEFT);
        let notes = notes(model, &row);
        let place = detail::Place {
            notes: &notes,
            theme: model.theme,
            moment: model.moment(),
            // The margin at the right is as wide as the one at the left.
            width: usize::from(area.width.saturating_sub(left + 1)),
            height: usize::from(area.height.saturating_sub(above)),
            value: usize::from(list.width).saturating_sub(column(list.width.into()) + 3),
            alone: model.zoomed,
        };
        let detail = Detail::of(&row, place);
        Some(DetailBox {
            area,
            side,
            title: detail.title,
            lines: detail.lines,
            more: detail.more,
        })
    }

    fn can_copy(&self, model: &Model) -> bool {
        selected_value(model).is_some()
    }

    fn clip(&self, model: &Model) -> Option<Result<Clip, CurlError>> {
        let (key, repr) = selected_value(model)?;
        Some(Ok(Clip::text(format!("the value of {key}"), repr)))
    }
}

/// What the marks of a row mean: the one before its key, and the one at lines of the source.
fn notes(model: &Model, row: &Row<'_>) -> Vec<(&'static str, String)> {
    let Row::Key(entry) = row else {
        return Vec::new();
    };
    let mut notes = Vec::new();
    if model.fresh_keys().contains(&entry.key) {
        notes.push((FRESH, "new or changed since the request before".to_owned()));
    }
    if let Some(lines) = readers::readers(model).get(&entry.key) {
        let lines: Vec<String> = lines.iter().map(usize::to_string).collect();
        let plural = if lines.len() == 1 { "" } else { "s" };
        notes.push(("read", format!("on line{plural} {}", lines.join(", "))));
    }
    notes
}

/// The group whose row is selected.
pub fn selected_group(model: &Model) -> Option<&'static str> {
    selected(model)?.group()
}

fn selected_value(model: &Model) -> Option<(&str, &str)> {
    selected(model)?.value()
}

/// The bytes of the request the selected key was made from, while this pane is looked at.
pub fn selected_bytes(model: &Model) -> Option<Range<usize>> {
    if model.session.focus != Pane::Environ {
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

fn selected(model: &Model) -> Option<Row<'_>> {
    rows(model).into_iter().nth(model.session.environ_row)
}

/// The key that is selected, if a key is.
pub fn selected_key(model: &Model) -> Option<&str> {
    match selected(model)? {
        Row::Key(entry) => Some(&entry.key),
        Row::Changed(key, _) => Some(key),
        Row::Group(_) | Row::Folded(..) => None,
    }
}

/// Columns of the keys: at least half of the pane is the value's.
fn column(width: usize) -> usize {
    KEY_WIDTH.min((width / 2).saturating_sub(3))
}

/// A key that is too long, without some of its middle: those of a browser begin alike.
fn cut_inside(key: &str, columns: usize) -> String {
    let length = key.chars().count();
    if length <= columns || columns < 8 {
        return cut(key, columns);
    }
    let tail = columns / 2;
    let head: String = key.chars().take(columns - tail - 1).collect();
    let tail: String = key.chars().skip(length - tail).collect();
    format!("{head}…{tail}")
}

fn nothing(model: &Model, width: usize) -> Vec<Line<'static>> {
    let text = situation(model).of_environ();
    let text = Span::styled(text, model.theme.style(Role::Dim));
    wrap(&[text], width, &Span::raw(" "), &Span::raw(" "))
}

fn line(
    model: &Model,
    row: &Row<'_>,
    fresh: &HashSet<String>,
    selected: bool,
    width: usize,
    behind: &'static str,
) -> Line<'static> {
    let theme = model.theme;
    let mark = if selected { "▸" } else { " " };
    let (key, value, is_fresh) = match row {
        Row::Group(name) => {
            return Line::styled(format!("{mark}{name}"), theme.style(Role::Heading));
        }
        Row::Folded(name, keys) => {
            let is_fresh = keys.iter().any(|&key| fresh.contains(key)) || *name == CHANGED;
            let bullet = if is_fresh {
                format!("{FRESH} ")
            } else {
                String::new()
            };
            return Line::from(vec![
                Span::styled(format!("{mark}{name}"), theme.style(Role::Heading)),
                Span::styled(format!("  {bullet}"), theme.style(Role::Fresh)),
                Span::styled(format!("({} folded)", keys.len()), theme.style(Role::Dim)),
            ]);
        }
        Row::Key(entry) => {
            let is_fresh = fresh.contains(&entry.key);
            (entry.key.as_str(), entry.repr.as_str(), is_fresh)
        }
        Row::Changed(key, repr) => (*key, repr.unwrap_or("(removed)"), true),
    };
    let bullet = if is_fresh { FRESH } else { " " };
    // The marks and the gap are three columns.
    let column = column(width);
    let key = format!(
        "{mark}{bullet}{:<column$} ",
        cut_inside(&visible(key), column)
    );
    let room = width.saturating_sub(key.chars().count() + behind.len());
    let value = cut(&visible(value), room);
    if selected {
        let line = format!("{key}{value:<room$}{behind}");
        return Line::styled(line, theme.style(Role::Selected));
    }
    let role = if is_fresh { Role::Fresh } else { Role::Plain };
    Line::from(vec![
        Span::styled(key, theme.style(role)),
        Span::styled(
            format!("{value:<room$}"),
            theme.style(Role::Token(Token::String)),
        ),
        Span::styled(behind, theme.style(Role::Dim)),
    ])
}
