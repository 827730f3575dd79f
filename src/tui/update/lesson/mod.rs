//! What the learner does in a lesson: goes to another step, takes a hint, guesses, looks at the
//! solution, makes a mistake on purpose.

pub mod checks;
pub mod guess;
mod place;

use crate::lesson::course::{Course, QuestionOf};
use crate::lesson::{Change, Lesson};
use crate::tui::action::LessonAction;
use crate::tui::content::layout::Layout;
use crate::tui::content::lesson::Anchor;
use crate::tui::effect::Effect;
use crate::tui::message::CourseMessage;
use crate::tui::state::choice::{Choice, Decision, Offer};
use crate::tui::state::model::{Model, Overlay, Screen};
use crate::tui::state::panes::Pane;
use crate::tui::state::session::Opened;
use place::{open_lesson, remember, reveal};

/// Does what a key asks for.
pub fn act(model: &mut Model, action: LessonAction) -> Vec<Effect> {
    match action {
        LessonAction::Next => return next(model),
        LessonAction::Previous => return previous(model),
        LessonAction::Check => return checks::run_checks(model),
        LessonAction::Hint => return hint(model),
        LessonAction::Solution => solution(model),
        LessonAction::TakeOver => return take_over(model),
        LessonAction::Guess => guess::ask(model, QuestionOf::Step),
        LessonAction::Mistake => return guess::break_or_put_back(model),
        LessonAction::Begin => {
            model.overlay = None;
            return welcomed(model);
        }
        LessonAction::BeginWithKeys => {
            model.overlay = Some(Overlay::Help(0));
            return welcomed(model);
        }
    }
    Vec::new()
}

/// Takes in what came.
pub fn take(model: &mut Model, message: CourseMessage) -> Vec<Effect> {
    match message {
        CourseMessage::Checked {
            number,
            run,
            replies,
        } => return checks::checked(model, number, &run, &replies),
        CourseMessage::Answered { number, reply } => return guess::answered(model, number, &reply),
        CourseMessage::Broken { lent } => guess::was_broken(model, lent),
        CourseMessage::PutBack => guess::put_back(model),
    }
    Vec::new()
}

/// Opens a lesson where it was left, or at its first step that is not done.
pub fn open(model: &Model, lesson: &Lesson, source: &str, broken: bool) -> Course {
    let key = model.catalogue.key(lesson);
    Course::open(lesson, &key, &model.progress, source, broken)
}

/// What is remembered of a lesson that was just opened; the first time, the first words are said.
pub fn opened(model: &mut Model) -> Vec<Effect> {
    let Some(key) = model.lesson_key() else {
        return Vec::new();
    };
    if !model.progress.welcomed() {
        model.overlay = Some(Overlay::Welcome);
    }
    let open = model.lesson().zip(model.course());
    let at = open.and_then(|(lesson, course)| course.at(lesson, &key));
    remember(model, at.into_iter().collect())
}

/// The first words were read.
fn welcomed(model: &mut Model) -> Vec<Effect> {
    remember(model, vec![Change::Welcomed])
}

/// Goes on: to the next step, the lesson's end, or the next lesson.
fn next(model: &mut Model) -> Vec<Effect> {
    let Some((lesson, course, _)) = open_lesson(&mut model.session.opened, &model.catalogue) else {
        return Vec::new();
    };
    if course.step >= lesson.steps.len() {
        return beside(model, 1);
    }
    let mut effects = Vec::new();
    let key = model.catalogue.key(lesson);
    let step = course.step + 1;
    if let Some(done) = course.done_by_reading(lesson, &key) {
        effects.extend(remember(model, vec![done]));
    }
    effects.extend(go(model, step));
    effects
}

/// Goes back: to the step before, or the lesson before.
fn previous(model: &mut Model) -> Vec<Effect> {
    let Some((_, course, _)) = open_lesson(&mut model.session.opened, &model.catalogue) else {
        return Vec::new();
    };
    match course.step.checked_sub(1) {
        Some(step) => go(model, step),
        None => beside(model, -1),
    }
}

fn beside(model: &Model, by: isize) -> Vec<Effect> {
    let place = model.session.opened.as_ref().and_then(Opened::place);
    let place = place.and_then(|place| place.checked_add_signed(by));
    let place = place.filter(|&place| place < model.catalogue.lessons.len());
    place.map(Effect::Open).into_iter().collect()
}

fn go(model: &mut Model, step: usize) -> Vec<Effect> {
    let Some((lesson, course, _)) = open_lesson(&mut model.session.opened, &model.catalogue) else {
        return Vec::new();
    };
    course.enter(lesson, step);
    let at = course.at(lesson, &model.catalogue.key(lesson));
    model.session.focus = Pane::Lesson;
    model.session.upper = Pane::Lesson;
    model.session.reading = true;
    model.session.scroll.set(Pane::Lesson, 0);
    at.map_or_else(Vec::new, |at| remember(model, vec![at]))
}

/// Offers the steps of a lesson.
pub fn offer_steps(model: &mut Model, place: usize) {
    let Some(lesson) = model.catalogue.lessons.get(place) else {
        return;
    };
    let key = model.catalogue.key(lesson);
    let steps = lesson.steps.iter().enumerate();
    let offers = steps.map(|(number, step)| {
        let is_done = model.progress.is_done(&key, &step.id);
        let mark = if is_done { "✓" } else { "○" };
        let text = format!("{mark} {}", step.title);
        let step = number;
        Offer::new(
            &text,
            Decision::Step {
                lesson: place,
                step,
            },
        )
    });
    let mut choice = Choice::new(
        format!("Lesson {}: {}", lesson.number, lesson.title),
        "Which step? If you know this already, try the last task first.",
        offers.collect(),
    );
    let left = model.progress.at(&key).and_then(|id| lesson.place_of(id));
    choice.at = left.unwrap_or(0);
    model.overlay = Some(Overlay::Choice(choice));
}

/// Goes to a step of a lesson, which is opened where it is not open.
pub fn go_to(model: &mut Model, lesson: usize, step: usize) -> Vec<Effect> {
    let opened = model.session.opened.as_ref();
    if opened.and_then(Opened::place) == Some(lesson) {
        model.screen = Screen::Opened;
        return go(model, step);
    }
    let change = model.catalogue.at(lesson, step);
    let mut effects = remember(model, change.into_iter().collect());
    effects.push(Effect::Open(lesson));
    effects
}

/// Shows one more hint.
pub fn hint(model: &mut Model) -> Vec<Effect> {
    let key = model.lesson_key();
    let Some((lesson, course, _)) = open_lesson(&mut model.session.opened, &model.catalogue) else {
        return Vec::new();
    };
    course.show_hint(lesson);
    let change = key.and_then(|key| course.hinted(lesson, &key));
    if Layout::of(model).area(Pane::Lesson).is_none() {
        model.session.focus = Pane::Lesson;
        model.session.upper = Pane::Lesson;
    }
    reveal(model, Anchor::Hint);
    change.map_or_else(Vec::new, |change| remember(model, vec![change]))
}

/// Shows the solution of a step that is not done.
pub fn show_solution(model: &mut Model) -> Vec<Effect> {
    model.overlay = Some(Overlay::Solution(0));
    let key = model.lesson_key();
    let progress = &model.progress;
    let opened = open_lesson(&mut model.session.opened, &model.catalogue);
    let change = opened
        .zip(key)
        .and_then(|((lesson, course, _), key)| course.solution_seen(lesson, &key, progress));
    change.map_or_else(Vec::new, |change| remember(model, vec![change]))
}

/// Shows the solution; before the step is done, asks first.
fn solution(model: &mut Model) {
    let done = model.is_step_done();
    let Some((lesson, course, _)) = open_lesson(&mut model.session.opened, &model.catalogue) else {
        return;
    };
    let Some(step) = course.step_of(lesson) else {
        return;
    };
    if step.solution.is_none() {
        return;
    }
    if done || course.all_passed() {
        model.overlay = Some(Overlay::Solution(0));
        return;
    }
    let mut offers = vec![Offer::new("I'll keep trying", Decision::GoOn)];
    if course.hints < step.hints.len() {
        offers.push(Offer::new("One more hint first", Decision::Hint));
    }
    offers.push(Offer::new("Show me the solution", Decision::Solution));
    model.overlay = Some(Overlay::Choice(Choice::new(
        "The solution",
        "This step is not done yet. Look at the solution anyway?",
        offers,
    )));
}

/// Puts the solution that is shown into the learner's file.
fn take_over(model: &mut Model) -> Vec<Effect> {
    model.overlay = None;
    let Some((lesson, course, _)) = open_lesson(&mut model.session.opened, &model.catalogue) else {
        return Vec::new();
    };
    let solution = course
        .step_of(lesson)
        .and_then(|step| step.solution.clone());
    let solution = solution.filter(|_| !course.broken);
    solution.map(Effect::TakeOver).into_iter().collect()
}
