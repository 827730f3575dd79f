//! What is read over the panes: the long explanations of the mistakes, and Python's whole
//! traceback.

use ratatui::text::{Line, Span};

use super::popup::Popup;
use crate::exchange::visible;
use crate::explain;
use crate::tui::state::model::Model;
use crate::tui::text::wrap;
use crate::tui::theme::{Role, Theme};

/// Columns with the border: what `wsgi-tutor explain` prints fits.
const WIDTH: u16 = 84;
/// How code is indented there.
const CODE: &str = "    ";

/// The explanations, on a screen of so many columns.
pub fn mistakes(model: &Model, scroll: usize, columns: u16) -> Popup {
    let columns = width(columns);
    let mut lines = Vec::new();
    for mistake in model.mistakes() {
        if !lines.is_empty() {
            lines.extend([Line::default(), Line::default()]);
        }
        let text = explain::mistake(mistake.mistake, room(columns) - 1);
        lines.extend(explained(&text, model.theme));
    }
    Popup {
        title: "What is wrong, and what to do".to_owned(),
        lines,
        columns,
        scroll,
    }
}

/// The traceback, on a screen of so many columns.
pub fn traceback(model: &Model, scroll: usize, columns: u16) -> Popup {
    let columns = width(columns);
    let lines = model.traceback().unwrap_or_default().lines();
    let lines = lines.flat_map(|line| wrapped(line, model.theme, Role::Plain, (room(columns), 1)));
    Popup {
        title: "The whole traceback".to_owned(),
        lines: lines.collect(),
        columns,
        scroll,
    }
}

fn width(screen: u16) -> u16 {
    WIDTH.min(screen.saturating_sub(2))
}

/// Columns for the text.
fn room(columns: u16) -> usize {
    usize::from(columns).saturating_sub(3).max(2)
}

fn wrapped(
    text: &str,
    theme: Theme,
    role: Role,
    (width, margin): (usize, usize),
) -> Vec<Line<'static>> {
    let span = Span::styled(visible(text), theme.style(role));
    let rest = Span::raw(" ".repeat(margin));
    wrap(&[span], width, &Span::raw(" "), &rest)
}

/// The text that is printed, with its headings and code marked.
fn explained(text: &str, theme: Theme) -> Vec<Line<'static>> {
    let lines = text.lines().enumerate().map(|(place, line)| {
        let role = match line {
            _ if place == 0 => Role::Heading,
            "Wrong:" => Role::Bad,
            "Right:" => Role::Good,
            line if line.starts_with(CODE) => Role::Code,
            _ => Role::Plain,
        };
        Line::styled(format!(" {}", visible(line)), theme.style(role))
    });
    lines.collect()
}
