//! The task of the open step and the marks of its checks: in sight whatever else is shown.

use ratatui::text::{Line, Span};

use crate::exchange::visible;
use crate::lesson::course::{CheckState, Course};
use crate::lesson::{Lesson, Step};
use crate::tui::state::model::Model;
use crate::tui::text::{cut, markdown, wrap};
use crate::tui::theme::{Role, Theme};

/// Lines at most, and in a terminal with fewer rows than `FEW_ROWS`.
const MAX_LINES: usize = 4;
const MAX_LINES_OF_FEW: usize = 2;
const FEW_ROWS: u16 = 24;
/// Longer lines are hard to read.
const MAX_WIDTH: usize = 116;

/// The lines below the header, on the whole width of the screen; none where there is no task.
pub fn lines(model: &Model) -> Vec<Line<'static>> {
    let (mut lines, is_cut) = all(model);
    let most = most(model);
    lines.truncate(most);
    if let Some(last) = lines.last_mut().filter(|_| is_cut) {
        let width = usize::from(model.size.0).saturating_sub(1);
        *last = Line::from(cut(&format!("{last} …"), width));
    }
    lines
}

/// Whether the lines hold less than the task: then the step's text has all of it.
pub fn is_cut(model: &Model) -> bool {
    all(model).1
}

fn most(model: &Model) -> usize {
    if model.size.1 < FEW_ROWS {
        MAX_LINES_OF_FEW
    } else {
        MAX_LINES
    }
}

fn all(model: &Model) -> (Vec<Line<'static>>, bool) {
    let Some((lesson, course)) = model.lesson().zip(model.course()) else {
        return (Vec::new(), false);
    };
    let width = usize::from(model.size.0).saturating_sub(1).min(MAX_WIDTH);
    let lines = match course.step_of(lesson) {
        Some(step) => told(model, course, step, width),
        None => one_line(&at_the_end(model, lesson), Role::Key, model.theme, width),
    };
    let is_cut = lines.len() > most(model);
    (lines, is_cut)
}

/// What comes after a lesson.
fn at_the_end(model: &Model, lesson: &Lesson) -> String {
    let mut lessons = model.catalogue.lessons.iter();
    match lessons.find(|it| it.number > lesson.number) {
        Some(next) => format!("n opens lesson {}: {}", next.number, visible(&next.title)),
        None => "This was the last lesson. 'wsgi-tutor run app.py' shows any app of your own."
            .to_owned(),
    }
}

fn one_line(text: &str, role: Role, theme: Theme, width: usize) -> Vec<Line<'static>> {
    let margin = Span::raw(" ");
    let text = Span::styled(text.to_owned(), theme.style(role));
    wrap(&[text], width, &margin, &margin)
}

fn told(model: &Model, course: &Course, step: &Step, width: usize) -> Vec<Line<'static>> {
    let theme = model.theme;
    if course.broken {
        let text = "Your file is broken on purpose: m puts it back as it was.";
        return one_line(text, Role::Fresh, theme, width);
    }
    if step.task.is_empty() && step.checks.is_empty() {
        return one_line("Read this step, then n continues.", Role::Dim, theme, width);
    }
    let mut first = vec![Span::styled(" Task ", theme.style(Role::Heading))];
    first.extend(marks(model, course));
    first.push(Span::raw(" "));
    if course.all_passed() {
        let keys = keys_to_go_on(model);
        let done = format!("Done: {}. {keys} continues.", visible(&step.title));
        first.push(Span::styled(done, theme.style(Role::Good)));
        return wrap(&first, width, &Span::raw(""), &Span::raw(" "));
    }
    task(theme, step, width, first)
}

/// The keys that go to the next step. In the editor n is a letter.
pub fn keys_to_go_on(model: &Model) -> &'static str {
    if model.session.editor.is_some() {
        "esc, then n,"
    } else {
        "n"
    }
}

/// A mark for each check.
fn marks(model: &Model, course: &Course) -> Vec<Span<'static>> {
    let marks = course.marks.iter();
    let marks = marks.map(|mark| sign(model, mark));
    marks
        .map(|(sign, role)| Span::styled(sign, model.theme.style(role)))
        .collect()
}

/// The sign of a check: one that nobody has tried again keeps that of a step that was done before.
pub fn sign(model: &Model, mark: &CheckState) -> (&'static str, Role) {
    match mark {
        CheckState::Open if model.is_step_done() => ("✓", Role::Dim),
        CheckState::Open => ("○", Role::Dim),
        CheckState::Passed => ("✓", Role::Good),
        CheckState::Failed(_) => ("✗", Role::Bad),
    }
}

/// The task's paragraphs, one below the other, beside what stands before them.
fn task(theme: Theme, step: &Step, width: usize, first: Vec<Span<'static>>) -> Vec<Line<'static>> {
    let margin: usize = first.iter().map(Span::width).sum();
    let rest = Span::raw(" ".repeat(margin));
    let text = markdown(&step.task, width.saturating_sub(margin), theme);
    let mut lines = Vec::new();
    let mut before = Some(first);
    for line in text.into_iter().filter(|line| line.width() > 0) {
        let mut spans = before.take().unwrap_or_else(|| vec![rest.clone()]);
        spans.extend(line.spans);
        lines.push(Line::from(spans));
    }
    // A step may have checks and no task.
    lines.extend(before.map(Line::from));
    lines
}
