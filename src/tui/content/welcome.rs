//! The first words, and the keys that matter.

use ratatui::text::{Line, Span};

use super::popup::Popup;
use crate::tui::state::model::Model;
use crate::tui::text::wrap;
use crate::tui::theme::Role;

const WIDTH: u16 = 60;

const WORDS: &str = "Here you watch a web server and a Python application talk to each other. \
    Both are real and running, on this machine: what you see is what they said.";

const THEN: &str = "In a lesson:";

const KEYS: &[(&str, &str)] = &[
    ("space", "sends a request"),
    ("e", "edits the application; ctrl-s saves it"),
    ("n", "goes to the next step"),
];

const MORE: &str = "enter begins; ? begins with all the keys.";

/// The first words, on a screen of so many columns.
pub fn popup(model: &Model, columns: u16) -> Popup {
    let columns = WIDTH.min(columns);
    let width = usize::from(columns).saturating_sub(4);
    let margin = Span::raw(" ");
    let mut lines = vec![Line::default()];
    lines.extend(wrap(&[Span::raw(WORDS)], width, &margin, &margin));
    lines.push(Line::default());
    lines.extend(wrap(&[Span::raw(THEN)], width, &margin, &margin));
    for (key, does) in KEYS {
        lines.push(Line::from(vec![
            Span::styled(format!("   {key:<7}"), model.theme.style(Role::Key)),
            Span::raw(*does),
        ]));
    }
    lines.push(Line::default());
    lines.extend(wrap(&[Span::raw(MORE)], width, &margin, &margin));
    lines.push(Line::default());
    Popup {
        title: "Welcome to wsgi-tutor".to_owned(),
        lines,
        columns,
        scroll: 0,
    }
}
