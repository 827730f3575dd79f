//! What the exchanges mean for the checks of the step that is open.

use super::super::shown;
use super::place::{open_lesson, remember, reveal};
use crate::browser;
use crate::diagnosis::Diagnosis;
use crate::exchange::ExchangeId;
use crate::lesson::check::{CheckRun, Reply, Seen};
use crate::lesson::course::{CheckState, Requested};
use crate::tui::content::layout::Layout;
use crate::tui::content::lesson::Anchor;
use crate::tui::effect::Effect;
use crate::tui::state::Model;
use crate::tui::state::panes::Pane;
use crate::tui::state::session::Load;

/// Sends the checks of the step that the tutor sends, if it has such.
pub fn run_checks(model: &mut Model) -> Vec<Effect> {
    let Some((lesson, course, source)) = open_lesson(&mut model.session.opened, &model.catalogue)
    else {
        return Vec::new();
    };
    let requested = course.request_checks(lesson, source);
    let effect = requested.map(|Requested { number, checks }| Effect::Check { number, checks });
    effect.into_iter().collect()
}

/// Takes notice of a file that was loaded: a changed one is checked.
pub fn loaded(model: &mut Model) -> Vec<Effect> {
    let load = model
        .session
        .opened
        .as_ref()
        .map(|opened| opened.loaded.clone());
    let Some((lesson, course, source)) = open_lesson(&mut model.session.opened, &model.catalogue)
    else {
        return Vec::new();
    };
    if !course.is_news(source) {
        return Vec::new();
    }
    let Some(Load::Failed(raised)) = load else {
        return run_checks(model);
    };
    if course.fail_to_load(lesson, source, &raised) {
        show_result(model);
    }
    Vec::new()
}

/// Takes the mistake because of which the file could not be loaded.
pub fn load_diagnosed(model: &mut Model) {
    let opened = model.session.opened.as_ref();
    let Some((Load::Failed(raised), found)) =
        opened.map(|opened| (opened.loaded.clone(), opened.unloaded.clone()))
    else {
        return;
    };
    let Some((lesson, course, source)) = open_lesson(&mut model.session.opened, &model.catalogue)
    else {
        return;
    };
    if course.explain_load(lesson, source, &raised, &found) {
        show_result(model);
    }
}

/// Takes what came of the requests of the step's checks.
pub fn checked(model: &mut Model, number: u64, run: &CheckRun, replies: &[Reply]) -> Vec<Effect> {
    let Some((_, course, source)) = open_lesson(&mut model.session.opened, &model.catalogue) else {
        return Vec::new();
    };
    let verdicts = run.verdicts(replies, source);
    let failed = verdicts.failed;
    if !course.take_verdicts(number, verdicts) {
        return Vec::new();
    }
    if let Some(failed) = failed {
        shown::show_failed(model, failed);
    }
    show_result(model);
    remember_done(model)
}

/// Judges a finished exchange of the learner's own by the checks that wait for one.
pub fn judge_own_exchange(model: &mut Model, id: ExchangeId) -> Vec<Effect> {
    let Some(exchange) = model.session.history.get(id) else {
        return Vec::new();
    };
    let request = exchange.now().request.as_deref();
    if request.is_none_or(browser::is_for_check) {
        return Vec::new();
    }
    let Some((lesson, course, source)) = open_lesson(&mut model.session.opened, &model.catalogue)
    else {
        return Vec::new();
    };
    let found = model
        .session
        .diagnoses
        .get(&id)
        .map_or(&[][..], Vec::as_slice);
    let mistakes: Vec<&str> = found.iter().map(Diagnosis::slug).collect();
    let seen = Seen {
        exchange,
        source,
        mistakes: &mistakes,
    };
    if !course.judge_own(lesson, &seen) {
        return Vec::new();
    }
    show_result(model);
    remember_done(model)
}

/// Remembers that the step is done, when it is.
fn remember_done(model: &mut Model) -> Vec<Effect> {
    let Some(key) = model.lesson_key() else {
        return Vec::new();
    };
    let Some((lesson, course, source)) = open_lesson(&mut model.session.opened, &model.catalogue)
    else {
        return Vec::new();
    };
    let Some(done) = course.done(lesson, &key) else {
        return Vec::new();
    };
    let mut effects = Vec::new();
    if done.is_exercise {
        effects.push(Effect::KeepPassed {
            step: done.step,
            source: source.to_owned(),
        });
    }
    effects.extend(remember(model, vec![done.change]));
    effects
}

/// Shows what became of the checks; where the step's text is not in sight, a notice says it.
fn show_result(model: &mut Model) {
    if Layout::of(model).area(Pane::Lesson).is_none() {
        model.notice = result(model);
    }
    reveal(model, Anchor::Marks);
}

/// What became of the checks, in a sentence. That the step is done stands beside its task.
fn result(model: &mut Model) -> Option<String> {
    let (lesson, course, _) = open_lesson(&mut model.session.opened, &model.catalogue)?;
    let step = course.step_of(lesson)?;
    let mut failed = course.marks.iter().zip(&step.checks);
    let failed = failed.find_map(|(mark, check)| match mark {
        CheckState::Failed(failure) => Some((failure, check)),
        _ => None,
    });
    let Some((failure, check)) = failed else {
        let passed = course.passed();
        let total = course.marks.len();
        return (passed < total).then(|| format!("{passed} of {total} done"));
    };
    let advice = failure.advice.clone();
    let why = advice.unwrap_or_else(|| format!("expected {}", failure.expected));
    Some(format!("Not yet: {}: {why}", check.says))
}
