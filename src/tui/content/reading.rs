//! What is read over the panes: the long explanations of the mistakes, what the links of a step
//! lead to, and Python's whole traceback.

use std::iter::repeat;

use ratatui::text::{Line, Span};

use super::popup::Popup;
use crate::diagnosis::Mistake;
use crate::exchange::visible;
use crate::explain;
use crate::lesson::{Catalogue, Link};
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

/// What the links of the step lead to, on a screen of so many columns.
pub fn links(model: &Model, scroll: usize, columns: u16) -> Popup {
    let columns = width(columns);
    let mut lines = Vec::new();
    for link in model.links() {
        if !lines.is_empty() {
            lines.extend([Line::default(), Line::default()]);
        }
        let text = looked_up(&link, &model.catalogue, room(columns) - 1);
        let text = text.trim_end();
        lines.extend(match link {
            Link::Key(_) | Link::Term(_) | Link::Mistake(_) => explained(text, model.theme),
            Link::Lesson(_) | Link::Address(_) => {
                let roles = [Role::Heading].into_iter().chain(repeat(Role::Plain));
                let size = (room(columns), 1);
                text.lines()
                    .zip(roles)
                    .flat_map(|(line, role)| wrapped(line, model.theme, role, size))
                    .collect()
            }
        });
    }
    Popup {
        title: "The underlined words".to_owned(),
        lines,
        columns,
        scroll,
    }
}

/// What a link leads to, in lines of a width as far as it is code.
fn looked_up(link: &Link, catalogue: &Catalogue, width: usize) -> String {
    match link {
        Link::Key(key) => explain::key(key, width).unwrap_or_else(|| key.clone()),
        Link::Term(name) => explain::term(name, width).unwrap_or_else(|| name.clone()),
        Link::Mistake(slug) => match Mistake::named(slug) {
            Some(mistake) => explain::mistake(mistake, width),
            None => slug.clone(),
        },
        Link::Lesson(name) => {
            let mut lessons = catalogue.lessons.iter();
            match lessons.find(|lesson| lesson.name == *name) {
                Some(lesson) => format!(
                    "Lesson {}: {}\n{}\nl lists the lessons.",
                    lesson.number, lesson.title, lesson.summary
                ),
                None => name.clone(),
            }
        }
        Link::Address(address) => format!("On the web:\n{address}"),
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
