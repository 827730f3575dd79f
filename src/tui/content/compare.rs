//! Two exchanges side by side, only what differs.

use ratatui::text::{Line, Span};

use super::popup::Popup;
use super::requests;
use crate::exchange::{Difference, Part, differences, visible};
use crate::tui::state::model::{Comparison, Model};
use crate::tui::text::{cut, wrap};
use crate::tui::theme::Role;

/// Columns of the names.
const NAME_WIDTH: usize = 20;
/// Lines a value may take.
const MAX_LINES: usize = 3;
/// Characters of a common beginning that are shown where it is long.
const CONTEXT_LENGTH: usize = 12;

/// What differs, on a screen of so many columns.
pub fn popup(model: &Model, comparison: Comparison, columns: u16) -> Popup {
    Popup {
        title: format!(
            "What differs: #{} and #{}",
            comparison.left, comparison.right
        ),
        lines: lines(model, comparison, columns),
        columns: columns.saturating_sub(2),
        scroll: comparison.scroll,
    }
}

fn lines(model: &Model, comparison: Comparison, columns: u16) -> Vec<Line<'static>> {
    let style = |role| model.theme.style(role);
    let sides = [comparison.left, comparison.right].map(|id| model.session.history.get(id));
    let [Some(left), Some(right)] = sides else {
        let gone = " One of the two is no longer in memory.";
        return vec![Line::styled(gone, style(Role::Dim))];
    };
    let found = differences(left.now(), right.now());
    if found.is_empty() {
        let same = " environ and response are the same.";
        return vec![Line::styled(same, style(Role::Dim))];
    }
    // The borders, a margin, and a gap between the two values.
    let width = usize::from(columns).saturating_sub(4 + NAME_WIDTH + 3) / 2;
    let names = [left, right].map(|one| {
        let name = requests::name(one.id, one.now());
        Line::styled(cut(&name, width), style(Role::Strong))
    });
    let mut lines = vec![row(Line::raw(""), names, width)];
    let mut part = None;
    for difference in &found {
        if part != Some(difference.part) {
            part = Some(difference.part);
            let name = match difference.part {
                Part::Environ => " environ",
                Part::Response => " response",
            };
            lines.push(Line::styled(name, style(Role::Heading)));
        }
        lines.extend(rows(model, difference, width));
    }
    lines
}

fn rows(model: &Model, difference: &Difference, width: usize) -> Vec<Line<'static>> {
    let (left, right) = (&difference.left, &difference.right);
    let skipped = match (left, right) {
        (Some(left), Some(right)) => common(left, right),
        _ => 0,
    };
    let cell = |value: &Option<String>| match value {
        None => vec![Line::styled("(absent)", model.theme.style(Role::Dim))],
        Some(value) => {
            let rest = visible(value.get(skipped..).unwrap_or_default());
            let dots = if skipped > 0 { "…" } else { "" };
            let text = cut(&format!("{dots}{rest}"), width * MAX_LINES);
            let span = Span::styled(text, model.theme.style(Role::Plain));
            let mut lines = wrap(&[span], width, &Span::raw(""), &Span::raw(""));
            lines.truncate(MAX_LINES);
            lines
        }
    };
    let (left, right) = (cell(left), cell(right));
    let count = left.len().max(right.len()).max(1);
    let line =
        |lines: &[Line<'static>], place: usize| lines.get(place).cloned().unwrap_or_default();
    (0..count)
        .map(|place| {
            let name = if place == 0 {
                let name = cut(&visible(&difference.name), NAME_WIDTH);
                Line::styled(format!(" {name}"), model.theme.style(Role::Strong))
            } else {
                Line::default()
            };
            row(name, [line(&left, place), line(&right, place)], width)
        })
        .collect()
}

/// Bytes of a long common beginning that need not be shown.
fn common(left: &str, right: &str) -> usize {
    let pairs = left.char_indices().zip(right.chars());
    let same: Vec<usize> = pairs
        .take_while(|((_, left), right)| left == right)
        .map(|((place, _), _)| place)
        .collect();
    match same.len().checked_sub(2 * CONTEXT_LENGTH) {
        Some(1..) => same[same.len() - CONTEXT_LENGTH],
        _ => 0,
    }
}

fn row(name: Line<'static>, values: [Line<'static>; 2], width: usize) -> Line<'static> {
    let gap =
        |line: &Line<'_>, width: usize| Span::raw(" ".repeat(width.saturating_sub(line.width())));
    let [left, right] = values;
    let mut line = Line::default();
    let space = gap(&name, NAME_WIDTH + 2);
    line.extend(name);
    line.push_span(space);
    let space = gap(&left, width + 1);
    line.extend(left);
    line.push_span(space);
    line.extend(right);
    line
}
