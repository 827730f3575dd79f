//! What became of the checks of a step, in sentences. Pure.

use super::ended;
use crate::diagnosis::Diagnosis;
use crate::exchange::visible;
use crate::headless::plain::push;
use crate::lesson::Step;
use crate::lesson::check::Failure;
use crate::lesson::course::{CheckState, Course};

/// Each check, and what became of it in a word.
pub fn list(course: &Course, step: &Step) -> String {
    let mut text = String::new();
    for (check, mark) in step.checks.iter().zip(&course.marks) {
        let says = ended(&visible(&check.says));
        match mark {
            CheckState::Open => push(&mut text, &format!("To reach: {says}")),
            CheckState::Passed => push(&mut text, &format!("Passed: {says}")),
            CheckState::Failed(failure) => failed(&mut text, &says, failure),
        }
    }
    text
}

/// What became of all checks, and what comes next.
pub fn result(course: &Course, step: &Step) -> String {
    let mut text = list(course, step);
    if course.all_passed() {
        text.push_str("Step done. 'next' continues.\n");
    } else if course.marks.len() > 1 {
        let (passed, all) = (course.passed(), course.marks.len());
        push(&mut text, &format!("{passed} of {all} passed."));
    }
    text
}

/// What is asked, what was sent, what was expected, what came, and the advice.
fn failed(text: &mut String, says: &str, failure: &Failure) {
    push(text, &format!("Not yet: {says}"));
    push(text, &format!("Sent: {}", failure.sent));
    push(text, &format!("Expected: {}", failure.expected));
    push(text, &format!("Came: {}", failure.came));
    if let Some(advice) = &failure.advice {
        push(text, &format!("Advice: {}", visible(advice)));
    }
}

/// That the file cannot be loaded, with the step's own word on that, where it has one besides what
/// was found.
pub fn not_loaded(course: &Course, found: &[Diagnosis]) -> String {
    let mut text = "Not yet: nothing can be checked before Python can load the file.\n".to_owned();
    let advice = course.marks.iter().find_map(|mark| match mark {
        CheckState::Failed(failure) => failure.advice.as_deref(),
        _ => None,
    });
    let is_told = |advice: &str| found.iter().any(|it| advice.starts_with(&it.message));
    if let Some(advice) = advice.filter(|advice| !found.is_empty() && !is_told(advice)) {
        push(&mut text, &format!("Advice: {}", visible(advice)));
    }
    text
}
