//! What the exchanges mean for the checks of the step that is open.

use super::place::{open_lesson, remember, reveal};
use crate::browser;
use crate::diagnosis::Diagnosis;
use crate::exchange::{ExchangeId, Raised, visible};
use crate::lesson::Change;
use crate::lesson::check::{CheckRun, Failure, Reply, Seen};
use crate::tui::content::layout::Layout;
use crate::tui::content::lesson::Anchor;
use crate::tui::effect::Effect;
use crate::tui::state::Model;
use crate::tui::state::course::CheckState;
use crate::tui::state::panes::Pane;
use crate::tui::state::session::Load;

/// Sends the checks of the step that the tutor sends, if it has such.
pub fn run_checks(model: &mut Model) -> Vec<Effect> {
    let Some((lesson, course, source)) = open_lesson(&mut model.session.opened, &model.catalogue)
    else {
        return Vec::new();
    };
    let step = course.step_of(lesson).filter(|step| step.is_exercise());
    let Some(step) = step.filter(|_| !course.broken) else {
        return Vec::new();
    };
    source.clone_into(&mut course.known);
    let checks = step.checks.clone();
    vec![Effect::Check {
        number: course.ask(),
        checks,
    }]
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
    if course.known == source || course.broken {
        return Vec::new();
    }
    let Some(Load::Failed(raised)) = load else {
        return run_checks(model);
    };
    source.clone_into(&mut course.known);
    if let Some(step) = course.step_of(lesson) {
        for (mark, check) in course.marks.iter_mut().zip(&step.checks) {
            if check.is_sent() {
                *mark = CheckState::Failed(not_loaded(&raised));
            }
        }
        show_result(model);
    }
    Vec::new()
}

fn not_loaded(raised: &Raised) -> Failure {
    let place = raised.blame.as_ref();
    let place = place.map_or(String::new(), |place| format!(" at {place}"));
    Failure {
        sent: "nothing: there is nothing to call".to_owned(),
        came: format!(
            "{}: {}{place}",
            visible(&raised.r#type),
            visible(&raised.message)
        ),
        expected: "a file that Python can load".to_owned(),
        advice: Some("Python could not load the file".to_owned()),
        rule: None,
    }
}

/// Takes what came of the requests of the step's checks.
pub fn checked(model: &mut Model, number: u64, run: &CheckRun, replies: &[Reply]) -> Vec<Effect> {
    let Some((_, course, source)) = open_lesson(&mut model.session.opened, &model.catalogue) else {
        return Vec::new();
    };
    if course.number != number {
        return Vec::new();
    }
    course.running = false;
    for (place, verdict) in run.verdicts(replies, source) {
        if let Some(mark) = course.marks.get_mut(place) {
            *mark = CheckState::of(verdict);
        }
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
    let Some(step) = course.step_of(lesson).filter(|_| !course.broken) else {
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
    let mut changed = false;
    for (mark, check) in course.marks.iter_mut().zip(&step.checks) {
        if *mark == CheckState::Passed {
            continue;
        }
        let Some(verdict) = check.judge_own(&seen) else {
            continue;
        };
        *mark = CheckState::of(verdict);
        changed = true;
    }
    if !changed {
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
    let Some(step) = course.step_of(lesson).filter(|_| course.all_passed()) else {
        return Vec::new();
    };
    let mut effects = Vec::new();
    if step.is_exercise() {
        effects.push(Effect::KeepPassed {
            step: step.id.clone(),
            source: source.to_owned(),
        });
    }
    let change = Change::Done {
        lesson: key,
        step: step.id.clone(),
    };
    effects.extend(remember(model, vec![change]));
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
        let passed = course.marks.iter();
        let passed = passed.filter(|mark| **mark == CheckState::Passed).count();
        let total = course.marks.len();
        return (passed < total).then(|| format!("{passed} of {total} done"));
    };
    let advice = failure.advice.clone();
    let why = advice.unwrap_or_else(|| format!("expected {}", failure.expected));
    Some(format!("Not yet: {}: {why}", check.says))
}
