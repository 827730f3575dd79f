//! The list of lessons.

use ratatui::text::{Line, Span};

use crate::exchange::visible;
use crate::tui::state::model::Model;
use crate::tui::text::wrap;
use crate::tui::theme::Role;

const INTRODUCTION: &str = "Learn WSGI, the interface between Python web servers and applications, \
    by watching it happen. Each lesson runs a real server and a real app; what you see is what they \
    really said to each other.";
const MAX_WIDTH: usize = 76;

/// The lessons, in so many columns.
pub fn lines(model: &Model, selected: usize, width: u16) -> Vec<Line<'static>> {
    let width = usize::from(width).saturating_sub(2).min(MAX_WIDTH);
    let margin = Span::raw("  ");
    let mut lines = wrap(&[Span::raw(INTRODUCTION)], width, &margin, &margin);
    lines.push(Line::default());
    for (place, lesson) in model.catalogue.lessons.iter().enumerate() {
        let (mark, role) = if place == selected {
            ("▸", Role::Selected)
        } else {
            (" ", Role::Strong)
        };
        lines.push(Line::from(vec![
            Span::raw(format!(" {mark} ")),
            Span::styled(
                format!(" {}  {} ", lesson.number, visible(&lesson.title)),
                model.theme.style(role),
            ),
        ]));
        let state = crate::lesson::state(&model.catalogue, lesson, &model.progress);
        let state = Span::styled(state, model.theme.style(Role::Good));
        let summary = Span::styled(visible(&lesson.summary), model.theme.style(Role::Dim));
        let margin = Span::raw("       ");
        lines.extend(wrap(&[summary], width, &margin, &margin));
        lines.extend(wrap(&[state], width, &margin, &margin));
        lines.push(Line::default());
    }
    lines
}
