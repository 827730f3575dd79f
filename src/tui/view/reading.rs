//! What is read over the panes: the long explanations of the mistakes, and Python's whole traceback.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::popup;
use crate::exchange::visible;
use crate::explain;
use crate::tui::state::model::{Model, Overlay};
use crate::tui::text::wrap;
use crate::tui::theme::{Role, Theme};

/// Columns with the border: what `wsgi-tutor explain` prints fits.
const WIDTH: u16 = 84;
/// How code is indented there.
const CODE: &str = "    ";

pub fn draw(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let (title, scroll) = match model.overlay {
        Some(Overlay::Explained(scroll)) => ("What is wrong, and what to do", scroll),
        Some(Overlay::Traceback(scroll)) => ("The whole traceback", scroll),
        _ => return,
    };
    let columns = columns(area.width);
    popup::draw(model, title, lines(model), (columns, scroll), frame, area);
}

/// How far it can be scrolled.
pub fn furthest(model: &Model) -> usize {
    lines(model).len().saturating_sub(popup::room(model.size.1))
}

fn columns(screen: u16) -> u16 {
    WIDTH.min(screen.saturating_sub(2))
}

fn lines(model: &Model) -> Vec<Line<'static>> {
    let width = usize::from(columns(model.size.0)).saturating_sub(3).max(2);
    match model.overlay {
        Some(Overlay::Explained(_)) => {
            let mut out = Vec::new();
            for mistake in model.mistakes() {
                if !out.is_empty() {
                    out.extend([Line::default(), Line::default()]);
                }
                // The name of a mistake is one that can be explained.
                let text = explain::mistake(mistake.mistake, width - 1);
                out.extend(explained(&text, model.theme));
            }
            out
        }
        Some(Overlay::Traceback(_)) => {
            let traceback = model.traceback().unwrap_or_default();
            let lines = traceback.lines();
            lines
                .flat_map(|line| wrapped(line, model.theme, Role::Plain, (width, 1)))
                .collect()
        }
        _ => Vec::new(),
    }
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
