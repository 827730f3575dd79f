//! The first line: where the learner is, and where the server is.

use ratatui::Frame;
use ratatui::layout::{Alignment, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use crate::tui::model::Model;
use crate::tui::theme::Role;

pub fn draw(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let theme = model.theme;
    let mut left = vec![Span::styled(" wsgi-tutor", theme.style(Role::Heading))];
    if let Some(lesson) = model.teaching() {
        left.push(Span::styled(
            format!("  Lesson {}  {}", lesson.number, lesson.title),
            theme.style(Role::Strong),
        ));
    }
    frame.render_widget(Paragraph::new(Line::from(left)), area);

    let url = match &model.server.url {
        Some(url) => Span::styled(url.clone(), theme.style(Role::Good)),
        None => Span::styled("starting the server…", theme.style(Role::Dim)),
    };
    let python = match &model.server.python {
        Some(about) => format!("  {about} "),
        None => "  starting Python… ".to_owned(),
    };
    let mut right = vec![url];
    let taken = 45 + usize::from(model.teaching().is_some()) * 25;
    if usize::from(area.width) > taken {
        right.push(Span::styled(python, theme.style(Role::Dim)));
    } else {
        right.push(Span::raw(" "));
    }
    frame.render_widget(
        Paragraph::new(Line::from(right)).alignment(Alignment::Right),
        area,
    );
}
