//! When a key works.

use crate::lesson;
use crate::lesson::course::Course;
use crate::tui::content::clip;
use crate::tui::content::content;
use crate::tui::content::environ::selected_group;
use crate::tui::state::answers;
use crate::tui::state::model::{Model, Overlay};
use crate::tui::state::panes::Pane;
use crate::tui::state::requests;
use crate::tui::theme::Theme;

pub fn serves(model: &Model) -> bool {
    model.server.url.is_some()
}

pub fn has_endable(model: &Model) -> bool {
    answers::endable(model).is_some()
}

/// Whether something can be copied from the pane with the focus.
pub fn can_copy(model: &Model) -> bool {
    content(model.session.focus).can_copy(model)
}

pub fn can_curl(model: &Model) -> bool {
    clip::can_curl(model)
}

pub fn has_form(model: &Model) -> bool {
    model.lesson().is_some_and(|lesson| !lesson.form.is_empty()) && model.recording().is_none()
}

pub fn has_fields(model: &Model) -> bool {
    matches!(&model.overlay, Some(Overlay::Form(form)) if form.fields.len() > 1)
}

pub fn is_on_page_with_form(model: &Model) -> bool {
    model
        .page_in_focus()
        .is_some_and(|page| page.form.is_some())
}

pub fn is_on_page_with_links(model: &Model) -> bool {
    model
        .page_in_focus()
        .is_some_and(|page| !page.links.is_empty())
}

pub fn is_on_page_of_links(model: &Model) -> bool {
    is_on_page_with_links(model) && !is_on_page_with_form(model)
}

pub fn is_on_group(model: &Model) -> bool {
    model.session.focus == Pane::Environ && selected_group(model).is_some()
}

/// Whether the list of requests has checks that can be one row.
pub fn is_on_checks(model: &Model) -> bool {
    model.session.focus == Pane::Requests && requests::can_fold(model)
}

/// Whether the answer that is shown sends the client to another page.
pub fn is_redirect(model: &Model) -> bool {
    serves(model) && model.is_redirect()
}

pub fn is_held(model: &Model) -> bool {
    model.session.chosen.is_some()
}

pub fn has_events(model: &Model) -> bool {
    model.exchange().is_some()
}

pub fn has_mistake(model: &Model) -> bool {
    !model.mistakes().is_empty()
}

pub fn has_traceback(model: &Model) -> bool {
    model.traceback().is_some()
}

pub fn is_on_response(model: &Model) -> bool {
    model.session.focus == Pane::Response && has_events(model)
}

pub fn is_stepping(model: &Model) -> bool {
    model.session.playback.is_some()
}

pub fn is_only_zoomed(model: &Model) -> bool {
    model.zoomed && !is_held(model)
}

pub fn has_lesson(model: &Model) -> bool {
    model.session.opened.is_some()
}

pub fn is_live_lesson(model: &Model) -> bool {
    place(model).is_some()
}

/// Comparing takes two.
pub fn is_on_requests(model: &Model) -> bool {
    model.session.focus == Pane::Requests && model.session.history.len() > 1
}

pub fn can_resend(model: &Model) -> bool {
    serves(model) && has_events(model)
}

/// A recording is a file already.
pub fn can_save(model: &Model) -> bool {
    has_events(model) && model.recording().is_none()
}

/// Whether requests of any kind can be sent, and `f` is not taken by a lesson's form.
pub fn has_no_form(model: &Model) -> bool {
    serves(model) && !has_form(model)
}

pub fn has_file(model: &Model) -> bool {
    let opened = model.session.opened.as_ref();
    opened.is_some_and(|opened| opened.file.is_some() && opened.recording().is_none())
}

fn place(model: &Model) -> Option<usize> {
    model.session.opened.as_ref()?.place()
}

/// After the last step stands the lesson's end, and after that the next lesson.
pub fn has_next(model: &Model) -> bool {
    let lessons = model.catalogue.lessons.len();
    place(model).is_some_and(|place| place + 1 < lessons) || step(model).is_some()
}

/// Whether the next step can be gone to and nothing is left to do in this one.
pub fn has_left_step(model: &Model) -> bool {
    let passed = model.course().is_some_and(Course::all_passed);
    let is_read = step(model).is_none_or(|step| step.checks.is_empty());
    has_next(model) && (passed || is_read || model.is_step_done())
}

/// Whether a step is open.
pub fn has_step(model: &Model) -> bool {
    step(model).is_some()
}

pub fn has_previous(model: &Model) -> bool {
    place(model).is_some_and(|place| place > 0) || model.course().is_some_and(|it| it.step > 0)
}

/// The step that is open.
fn step(model: &Model) -> Option<&lesson::Step> {
    model.course()?.step_of(model.lesson()?)
}

pub fn has_links(model: &Model) -> bool {
    !model.links().is_empty()
}

pub fn has_hint(model: &Model) -> bool {
    let shown = model.course().map_or(0, |course| course.hints);
    step(model).is_some_and(|step| shown < step.hints.len())
}

pub fn has_question(model: &Model) -> bool {
    // It asks what the file does that the step begins with.
    let asks = step(model).is_some_and(|step| step.question.is_some());
    serves(model) && asks && !model.is_step_done()
}

pub fn has_solution(model: &Model) -> bool {
    step(model).is_some_and(|step| step.solution.is_some())
}

pub fn has_exercise(model: &Model) -> bool {
    serves(model) && !is_broken(model) && step(model).is_some_and(lesson::Step::is_exercise)
}

pub fn has_mistakes(model: &Model) -> bool {
    let lesson = model.lesson().filter(|_| model.course().is_some());
    serves(model) && lesson.is_some_and(|lesson| !lesson.mistakes.is_empty())
}

pub fn is_broken(model: &Model) -> bool {
    model.course().is_some_and(|course| course.broken)
}

pub fn can_take_over(model: &Model) -> bool {
    let solution = step(model).and_then(|step| step.solution.as_ref());
    let source = model.session.opened.as_ref().map(|opened| &opened.source);
    !is_broken(model) && solution != source
}

pub fn has_colours(model: &Model) -> bool {
    model.theme != Theme::Mono
}
