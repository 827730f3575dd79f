//! What the learner does in a lesson: goes to another step, takes a hint, guesses, looks at the
//! solution, makes a mistake on purpose.

use super::{checks, editor};
use crate::exchange::visible;
use crate::lesson::{Change, Lesson};
use crate::tui::action::LessonAction;
use crate::tui::content::lesson::{self, Anchor};
use crate::tui::content::panes::extent;
use crate::tui::effect::Effect;
use crate::tui::message::CourseMessage;
use crate::tui::state::choice::{Choice, Purpose};
use crate::tui::state::course::{CheckState, Course, Guess, QuestionOf};
use crate::tui::state::model::{Model, Overlay};
use crate::tui::state::panes::Pane;
use crate::tui::state::session::Opened;

/// What the choice before the solution offers.
const SHOW: &str = "Show me the solution";
const HINT: &str = "One more hint first";
const ALONE: &str = "I go on alone";

/// Does what a key asks for.
pub fn act(model: &mut Model, action: LessonAction) -> Vec<Effect> {
    match action {
        LessonAction::Next => return next(model),
        LessonAction::Previous => return previous(model),
        LessonAction::Check => return checks::run_checks(model),
        LessonAction::Hint => hint(model),
        LessonAction::Solution => solution(model),
        LessonAction::TakeOver => return take_over(model),
        LessonAction::Guess => guess(model),
        LessonAction::Mistake => return break_or_put_back(model),
        LessonAction::Choose => return choose(model),
        LessonAction::Option(number) => {
            if let Some(Overlay::Choice(choice)) = &mut model.overlay
                && choice.select(number)
            {
                return choose(model);
            }
        }
        LessonAction::NextOption => move_choice(model, 1),
        LessonAction::PreviousOption => move_choice(model, -1),
        LessonAction::Begin => {
            model.overlay = None;
            return welcomed(model);
        }
    }
    Vec::new()
}

fn move_choice(model: &mut Model, by: isize) {
    if let Some(Overlay::Choice(choice)) = &mut model.overlay {
        choice.move_by(by);
    }
}

/// Takes in what came.
pub fn take(model: &mut Model, message: CourseMessage) -> Vec<Effect> {
    match message {
        CourseMessage::Checked { number, replies } => {
            return checks::checked(model, number, &replies);
        }
        CourseMessage::Answered { number, reply } => checks::answered(model, number, &reply),
        CourseMessage::Broken { lent } => was_broken(model, lent),
        CourseMessage::PutBack => put_back(model),
    }
    Vec::new()
}

/// Opens a lesson where it was left, or at its first step that is not done.
pub fn open(model: &Model, lesson: &Lesson, source: &str, broken: bool) -> Course {
    let key = model.catalogue.key(lesson);
    let left = model.progress.at(&key);
    let steps = lesson.steps.iter();
    let undone = || {
        steps
            .clone()
            .position(|step| !model.progress.is_done(&key, &step.id))
    };
    let step = left
        .and_then(|id| lesson.place_of(id))
        .or_else(undone)
        .unwrap_or(0);
    let mut course = Course {
        broken,
        known: source.to_owned(),
        ..Course::default()
    };
    enter(&mut course, lesson, step);
    course
}

/// What is remembered of a lesson that was just opened; the first time, the first words are said.
pub fn opened(model: &mut Model) -> Vec<Effect> {
    let Some(lesson) = model.lesson_key() else {
        return Vec::new();
    };
    if !model.progress.welcomed() {
        model.overlay = Some(Overlay::Welcome);
    }
    let step = model.teaching().zip(model.course());
    let step = step.and_then(|(lesson, course)| Some(course.step_of(lesson)?.id.clone()));
    let step = step.into_iter();
    let changes = step.map(|step| Change::At {
        lesson: lesson.clone(),
        step,
    });
    let changes: Vec<Change> = changes.collect();
    remember(model, changes)
}

/// The first words were read.
pub fn welcomed(model: &mut Model) -> Vec<Effect> {
    remember(model, vec![Change::Welcomed])
}

fn enter(course: &mut Course, lesson: &Lesson, step: usize) {
    course.step = step;
    course.hints = 0;
    course.guess = None;
    course.running = false;
    course.number += 1;
    let checks = course.step_of(lesson).map_or(0, |step| step.checks.len());
    course.marks = vec![CheckState::Open; checks];
}

/// The lesson that is open, and the learner's place in it.
fn parts(model: &mut Model) -> Option<(&Lesson, &mut Course)> {
    let opened = model.session.opened.as_mut()?;
    let lesson = model.catalogue.lessons.get(opened.place()?)?;
    Some((lesson, opened.course.as_mut()?))
}

/// Takes changes into the progress, here and in its file.
pub(super) fn remember(model: &mut Model, changes: Vec<Change>) -> Vec<Effect> {
    for change in &changes {
        // Only the file's times are read by anybody.
        model.progress.apply(change, "");
    }
    vec![Effect::Record(changes)]
}

/// Goes on: to the next step, the lesson's end, or the next lesson.
pub fn next(model: &mut Model) -> Vec<Effect> {
    let Some((lesson, course)) = parts(model) else {
        return Vec::new();
    };
    let steps = lesson.steps.len();
    if course.step >= steps {
        return beside(model, 1);
    }
    let mut effects = Vec::new();
    // What is only read is done when it is left.
    let read = course.marks.is_empty();
    let id = lesson.steps[course.step].id.clone();
    let step = course.step + 1;
    if let Some(lesson) = model.lesson_key().filter(|_| read) {
        effects.extend(remember(model, vec![Change::Done { lesson, step: id }]));
    }
    effects.extend(go(model, step));
    effects
}

/// Goes back: to the step before, or the lesson before.
pub fn previous(model: &mut Model) -> Vec<Effect> {
    let Some((_, course)) = parts(model) else {
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
    let Some((lesson, course)) = parts(model) else {
        return Vec::new();
    };
    enter(course, lesson, step);
    let id = course.step_of(lesson).map(|step| step.id.clone());
    model.session.focus = Pane::Lesson;
    model.session.upper = Pane::Lesson;
    model.session.scroll.set(Pane::Lesson, 0);
    match (model.lesson_key(), id) {
        (Some(lesson), Some(step)) => remember(model, vec![Change::At { lesson, step }]),
        _ => Vec::new(),
    }
}

/// Shows one more hint.
pub fn hint(model: &mut Model) {
    let Some((lesson, course)) = parts(model) else {
        return;
    };
    let hints = course.step_of(lesson).map_or(0, |step| step.hints.len());
    course.hints = (course.hints + 1).min(hints);
    show(model, Anchor::Hint);
}

/// Asks the question of the step.
pub fn guess(model: &mut Model) {
    ask(model, QuestionOf::Step);
}

fn ask(model: &mut Model, of: QuestionOf) {
    let Some((lesson, course)) = parts(model) else {
        return;
    };
    let Some(question) = course.question_of(lesson, of) else {
        return;
    };
    let title = match of {
        QuestionOf::Step => "What will happen?".to_owned(),
        QuestionOf::Mistake(place) => lesson.mistakes[place].title.clone(),
    };
    let answers = question.answers.iter();
    let choice = Choice {
        purpose: Purpose::Guess(of),
        title,
        asks: question.asks.clone(),
        options: answers.map(|answer| answer.text.clone()).collect(),
        at: 0,
    };
    model.overlay = Some(Overlay::Choice(choice));
}

/// Offers the mistakes of the lesson; or puts the file back, when one was made.
pub fn break_or_put_back(model: &mut Model) -> Vec<Effect> {
    let Some((lesson, course)) = parts(model) else {
        return Vec::new();
    };
    if course.broken {
        return vec![Effect::PutBack];
    }
    let titles: Vec<String> = lesson.mistakes.iter().map(|it| it.title.clone()).collect();
    if !titles.is_empty() {
        model.overlay = Some(Overlay::Choice(Choice {
            purpose: Purpose::Mistake,
            title: "Make a mistake".to_owned(),
            asks: "It is made in your file, and m puts the file back as it was. Which one?"
                .to_owned(),
            options: titles,
            at: 0,
        }));
    }
    Vec::new()
}

/// Shows the solution; before the step is done, asks first.
pub fn solution(model: &mut Model) {
    let done = model.is_step_done();
    let Some((lesson, course)) = parts(model) else {
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
    let mut options = vec![ALONE, SHOW];
    if course.hints < step.hints.len() {
        options.insert(1, HINT);
    }
    model.overlay = Some(Overlay::Choice(Choice {
        purpose: Purpose::Solution,
        title: "The solution".to_owned(),
        asks: "This step is not done yet. Look at its solution all the same?".to_owned(),
        options: options.into_iter().map(str::to_owned).collect(),
        at: 0,
    }));
}

/// Takes the selected option.
pub fn choose(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Choice(choice)) = model.overlay.take() else {
        return Vec::new();
    };
    match choice.purpose {
        Purpose::Unsaved { .. } | Purpose::Clash => {
            let answer = choice.options.get(choice.at).map_or("", String::as_str);
            editor::decide(model, choice.purpose, answer)
        }
        Purpose::Mistake => {
            ask(model, QuestionOf::Mistake(choice.at));
            Vec::new()
        }
        Purpose::Guess(of) => answer(model, of, choice.at),
        Purpose::Solution => {
            match choice.options.get(choice.at).map(String::as_str) {
                Some(SHOW) => model.overlay = Some(Overlay::Solution(0)),
                Some(HINT) => hint(model),
                _ => {}
            }
            Vec::new()
        }
    }
}

fn answer(model: &mut Model, of: QuestionOf, chosen: usize) -> Vec<Effect> {
    // What comes is to be seen, and is the latest.
    model.session.chosen = None;
    model.session.playback = None;
    let Some((lesson, course)) = parts(model) else {
        return Vec::new();
    };
    let Some(question) = course.question_of(lesson, of) else {
        return Vec::new();
    };
    let request = match question.request() {
        Ok(request) => request,
        Err(why) => {
            model.notice = Some(visible(&why));
            return Vec::new();
        }
    };
    course.guess = Some(Guess::new(of, chosen));
    let number = course.ask();
    let ask = Effect::Ask { number, request };
    let mut effects = match of {
        QuestionOf::Step => Vec::new(),
        QuestionOf::Mistake(place) => vec![Effect::Break(place)],
    };
    effects.push(ask);
    show_end(model);
    effects
}

/// The file was broken on purpose; `lent` when it is not the learner's own that is broken.
pub fn was_broken(model: &mut Model, lent: bool) {
    if let Some((_, course)) = parts(model) {
        course.broken = true;
        if let Some(guess) = &mut course.guess {
            guess.lent = lent;
        }
    }
}

/// The file is as it was again.
pub fn put_back(model: &mut Model) {
    if let Some((_, course)) = parts(model) {
        course.broken = false;
        course.guess = None;
        course.number += 1;
    }
}

/// Puts the solution that is shown into the learner's file.
pub fn take_over(model: &mut Model) -> Vec<Effect> {
    model.overlay = None;
    let Some((lesson, course)) = parts(model) else {
        return Vec::new();
    };
    let solution = course
        .step_of(lesson)
        .and_then(|step| step.solution.clone());
    let solution = solution.filter(|_| !course.broken);
    solution.map(Effect::TakeOver).into_iter().collect()
}

/// Scrolls the lesson to its task list, where that is not to be seen.
pub(super) fn show_marks(model: &mut Model) {
    show(model, Anchor::Marks);
}

/// Scrolls the lesson to what came of a guess.
pub(super) fn show_end(model: &mut Model) {
    model.session.focus = Pane::Lesson;
    model.session.upper = Pane::Lesson;
    show(model, Anchor::Guess);
}

/// Scrolls the lesson so that a part of it is seen from its beginning.
fn show(model: &mut Model, part: Anchor) {
    let Some(lines) = lesson::place(model, part) else {
        return;
    };
    let (total, visible) = extent(model, Pane::Lesson);
    let scroll = model.session.scroll.of(Pane::Lesson);
    if lines.start < scroll || lines.end > scroll + visible {
        // Its end if it fits, else its beginning.
        let wanted = lines.end.saturating_sub(visible).min(lines.start);
        let furthest = total.saturating_sub(visible);
        model.session.scroll.set(Pane::Lesson, wanted.min(furthest));
    }
}
