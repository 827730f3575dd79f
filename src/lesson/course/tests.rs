//! The learner's way through lesson 1, without a server.

use rstest::rstest;

use super::{CheckState, Course, GuessOutcome, QuestionOf};
use crate::diagnosis::{Diagnosis, Mistake};
use crate::exchange::{Raised, RaisedIn};
use crate::lesson::check::{CheckRun, Unanswered};
use crate::lesson::{Catalogue, Change, Lesson, Progress};

const KEY: &str = "basic-response";
const EXERCISE: &str = "status-and-headers";

fn lesson() -> Lesson {
    Catalogue::embedded().unwrap().lessons.remove(0)
}

fn at(lesson: &Lesson, step: &str) -> Course {
    let mut progress = Progress::default();
    let change = Change::At {
        lesson: KEY.to_owned(),
        step: step.to_owned(),
    };
    progress.apply(&change, "now");
    Course::open(lesson, KEY, &progress, &lesson.source, false)
}

fn syntax_error() -> Raised {
    Raised {
        r#in: RaisedIn::Load,
        r#type: "SyntaxError".to_owned(),
        message: "invalid syntax".to_owned(),
        traceback: String::new(),
        blame: None,
        calls: Vec::new(),
        rule: None,
        missing: None,
        lacks: None,
        limit: None,
    }
}

#[test]
fn a_lesson_opens_where_it_was_left_or_at_its_first_step_that_is_not_done() {
    let lesson = lesson();
    let mut progress = Progress::default();
    let open = |progress: &Progress| Course::open(&lesson, KEY, progress, "", false).step;
    assert_eq!(open(&progress), 0);
    let done = Change::Done {
        lesson: KEY.to_owned(),
        step: lesson.steps[0].id.clone(),
    };
    progress.apply(&done, "now");
    assert_eq!(open(&progress), 1);
    let left = Change::At {
        lesson: KEY.to_owned(),
        step: "an-instance".to_owned(),
    };
    progress.apply(&left, "now");
    assert_eq!(open(&progress), lesson.place_of("an-instance").unwrap());
}

#[test]
fn a_file_that_cannot_be_loaded_fails_what_the_tutor_sends() {
    let lesson = lesson();
    let mut course = at(&lesson, EXERCISE);
    assert!(course.is_news("x ="));
    assert!(course.fail_to_load(&lesson, "x =", &syntax_error()));
    assert!(!course.is_news("x ="));
    let CheckState::Failed(failure) = &course.marks[0] else {
        panic!("{:?}", course.marks);
    };
    assert_eq!(failure.came, "SyntaxError: invalid syntax");
    assert_eq!(course.done(&lesson, KEY), None);
}

#[rstest]
#[case(
    "TypeError",
    Mistake::ImportError,
    "__init__ takes self and one word, and the last line"
)]
#[case("KeyError", Mistake::ImportError, "what was found.")]
#[case("SyntaxError", Mistake::SyntaxError, "what was found.")]
fn a_file_that_cannot_be_loaded_gets_the_steps_own_word_or_what_was_found(
    #[case] r#type: &str,
    #[case] mistake: Mistake,
    #[case] expected: &str,
) {
    let lesson = lesson();
    let mut course = at(&lesson, "an-instance");
    let raised = Raised {
        r#type: r#type.to_owned(),
        ..syntax_error()
    };
    assert!(course.fail_to_load(&lesson, "mine", &raised));
    let found = [Diagnosis::of_check(
        mistake,
        "what was found".to_owned(),
        None,
    )];
    assert!(course.explain_load(&lesson, "mine", &raised, &found));
    let CheckState::Failed(failure) = &course.marks[0] else {
        panic!("{:?}", course.marks);
    };
    let advice = failure.advice.as_deref().unwrap_or_default();
    assert!(advice.starts_with(expected), "{advice}");
}

#[test]
fn replies_that_come_after_the_learner_has_moved_on_are_passed_over() {
    let lesson = lesson();
    let mut course = at(&lesson, EXERCISE);
    let requested = course.request_checks(&lesson, "mine").unwrap();
    let run = CheckRun::prepare(&requested.checks, || 0).unwrap();
    let replies = vec![Err(Unanswered::Nothing); run.requests().len()];
    let step = course.step;
    course.enter(&lesson, step + 1);
    assert!(!course.take_verdicts(requested.number, run.verdicts(&replies, "mine")));
    assert!(course.marks.iter().all(|mark| *mark == CheckState::Open));
    course.enter(&lesson, step);
    let requested = course.request_checks(&lesson, "mine").unwrap();
    assert!(course.running);
    assert!(course.take_verdicts(requested.number, run.verdicts(&replies, "mine")));
    assert!(!course.running);
    assert!(course.marks.iter().any(|mark| *mark != CheckState::Open));
}

#[test]
fn nothing_is_checked_while_the_file_is_broken_on_purpose() {
    let lesson = lesson();
    let mut course = at(&lesson, EXERCISE);
    let (number, _) = course
        .guess(&lesson, QuestionOf::Mistake(0), 0)
        .unwrap()
        .unwrap();
    course.was_broken(true);
    assert!(course.guess.as_ref().unwrap().lent);
    assert_eq!(course.request_checks(&lesson, "broken"), None);
    assert!(!course.is_news("broken"));
    let reply = Err(Unanswered::Nothing);
    assert!(course.take_reply(&lesson, number, &reply, "broken"));
    let outcome = &course.guess.as_ref().unwrap().outcome;
    assert_eq!(
        *outcome,
        GuessOutcome::Nothing("there was no answer".to_owned())
    );
    course.was_put_back();
    assert_eq!(course.guess, None);
    assert!(course.request_checks(&lesson, "mine").is_some());
}

#[test]
fn a_step_is_done_when_all_its_checks_have_passed() {
    let lesson = lesson();
    let mut course = at(&lesson, EXERCISE);
    assert_eq!(course.done_by_reading(&lesson, KEY), None);
    assert_eq!(course.done(&lesson, KEY), None);
    course.marks.fill(CheckState::Passed);
    let done = course.done(&lesson, KEY).unwrap();
    assert!(done.is_exercise);
    assert_eq!(done.step, EXERCISE);
    course.enter(&lesson, lesson.steps.len());
    assert_eq!(course.at(&lesson, KEY), None);
    assert_eq!(course.done(&lesson, KEY), None);
}
