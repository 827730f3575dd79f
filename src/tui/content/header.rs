//! The first line: where the learner is, and where the server is.

use ratatui::text::{Line, Span};

use crate::exchange::visible;
use crate::tui::state::model::Model;
use crate::tui::text::cut;
use crate::tui::theme::Role;

const NAME: &str = " wsgi-tutor";
/// Columns between the two halves, and after them.
const GAP: usize = 2;

/// The part at the left and the part at the right, in so many columns.
pub fn lines(model: &Model, width: u16) -> (Line<'static>, Line<'static>) {
    let theme = model.theme;
    let recording = model.recording();
    let url = match (&model.server.url, recording) {
        (Some(url), _) => {
            let url = format!("{url}{}", model.server.mount);
            Span::styled(url, theme.style(Role::Good))
        }
        (None, Some(shown)) => {
            let name = shown.path.file_name().unwrap_or(shown.path.as_os_str());
            let name = visible(&name.to_string_lossy());
            let name = format!("a recording: {name}");
            Span::styled(cut(&name, usize::from(width / 2)), theme.style(Role::Fresh))
        }
        (None, None) => Span::styled("starting the server…", theme.style(Role::Dim)),
    };
    let python = match &model.server.python {
        Some(about) => about.brief(),
        // It is started for a lesson.
        None if model.session.opened.is_some() && recording.is_none() => {
            "starting Python…".to_owned()
        }
        None => String::new(),
    };
    let python = Span::styled(format!("  {python}"), theme.style(Role::Dim));
    let mut left = vec![Span::styled(NAME, theme.style(Role::Heading))];
    let mut right = Line::from(vec![url]);
    if model.server.public {
        right.push_span(Span::styled(" open to others", theme.style(Role::Bad)));
    }
    let width = usize::from(width);
    // Where there is no room for all, the address matters more than the title.
    let room = width.saturating_sub(NAME.len() + right.width() + GAP);
    let title = match (model.lesson(), model.target()) {
        (Some(lesson), _) => {
            let title = visible(&lesson.title);
            Some(format!("  Lesson {}  {title}", lesson.number))
        }
        (None, Some(target)) => Some(format!("  {}", visible(&target.label()))),
        (None, None) => recording.map(|shown| format!("  {}", visible(&shown.app))),
    };
    if let Some(title) = title {
        left.push(Span::styled(cut(&title, room), theme.style(Role::Strong)));
    }
    let left = Line::from(left);
    let room = width.saturating_sub(left.width() + GAP);
    if right.width() + python.width() < room {
        right.push_span(python);
    }
    right.push_span(" ");
    (left, right)
}
