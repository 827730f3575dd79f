//! All keys, over the panes.

use ratatui::text::{Line, Span};

use super::context::{Context, beneath};
use super::shown;
use crate::tui::content::popup::{Popup, room};
use crate::tui::state::Model;
use crate::tui::theme::Role;

/// Columns for the widest key and what it does.
const COLUMN: u16 = 29;
/// Columns for the labels of the keys.
const LABEL: usize = 10;

/// The keys that work now, on a screen of so many columns and rows.
pub fn popup(model: &Model, scroll: usize, size: (u16, u16)) -> Popup {
    let (lines, columns) = lines(model, size);
    Popup {
        title: "Keys that work now".to_owned(),
        lines,
        columns: columns * COLUMN + 2,
        scroll,
    }
}

/// The lines, in one column, or in two where one would be too high.
fn lines(model: &Model, (width, height): (u16, u16)) -> (Vec<Line<'static>>, u16) {
    let keys = keys(model);
    if keys.len() <= room(height) || width < 2 * COLUMN + 2 {
        return (keys, 1);
    }
    let half = keys.len().div_ceil(2);
    let (left, right) = keys.split_at(half);
    let lines = left.iter().enumerate().map(|(place, line)| {
        let mut line = line.clone();
        if let Some(beside) = right.get(place) {
            let gap = usize::from(COLUMN).saturating_sub(line.width());
            line.push_span(" ".repeat(gap));
            line.extend(beside.spans.iter().cloned());
        }
        line
    });
    (lines.collect(), 2)
}

/// Each key that works now.
fn keys(model: &Model) -> Vec<Line<'static>> {
    let context = beneath(model);
    let mut keys: Vec<Line<'static>> = shown(context, |binding| binding.works(model))
        .map(|row| {
            Line::from(vec![
                Span::styled(
                    format!(" {:>LABEL$}", row.label),
                    model.theme.style(Role::Key),
                ),
                Span::raw(format!("  {}", row.does)),
            ])
        })
        .collect();
    if context == Context::Lesson {
        keys.push(Line::styled(
            format!(" {:>LABEL$}  click, scroll", "mouse"),
            model.theme.style(Role::Dim),
        ));
    }
    keys
}
