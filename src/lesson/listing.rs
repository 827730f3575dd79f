//! The list of lessons with how far the learner has come, as text.

use std::fmt::Write as _;

use super::{Catalogue, Lesson, Progress};
use crate::exchange::visible;

/// Columns in front of a lesson's title.
const NAME: usize = 16;

/// A few lines for each lesson.
pub fn listing(catalogue: &Catalogue, progress: &Progress) -> String {
    let mut list = String::new();
    for lesson in &catalogue.lessons {
        let state = state(catalogue, lesson, progress);
        // Writing to a String cannot fail.
        let _ = writeln!(
            list,
            "{:>2}  {:<NAME$} {}\n    {:<NAME$} {}\n    {:<NAME$} {state}",
            lesson.number,
            lesson.name,
            visible(&lesson.title),
            "",
            visible(&lesson.summary),
            ""
        );
    }
    list
}

/// The notes for whoever teaches with the lessons, step by step; a sentence where there are none.
pub fn notes_of(catalogue: &Catalogue) -> String {
    let mut told = String::new();
    for lesson in &catalogue.lessons {
        let steps = lesson.steps.iter().enumerate();
        let noted: Vec<_> = steps.filter(|(_, step)| !step.notes.is_empty()).collect();
        if noted.is_empty() {
            continue;
        }
        let title = visible(&lesson.title);
        // Writing to a String cannot fail.
        let _ = writeln!(told, "Lesson {}: {title}", lesson.number);
        for (place, step) in noted {
            let _ = writeln!(told, "\n  {}. {}", place + 1, visible(&step.title));
            for line in step.notes.lines() {
                let _ = writeln!(told, "     {}", visible(line));
            }
        }
        told.push('\n');
    }
    if told.is_empty() {
        told.push_str("These lessons have no notes.\n");
    }
    told
}

/// How far the learner has come in a lesson, in a few words.
pub fn state(catalogue: &Catalogue, lesson: &Lesson, progress: &Progress) -> String {
    let key = catalogue.key(lesson);
    let total = lesson.steps.len();
    let steps = lesson.steps.iter();
    let done = steps
        .filter(|step| progress.is_done(&key, &step.id))
        .count();
    let at = progress.at(&key).and_then(|id| lesson.place_of(id));
    let at = at.and_then(|place| lesson.steps.get(place));
    let last = lesson.steps.last();
    let is_last_done = last.is_some_and(|step| progress.is_done(&key, &step.id));
    match (done, at) {
        (0, None) => "not started".to_owned(),
        (done, _) if done == total => format!("✓ done, all {total} steps"),
        (done, _) if is_last_done => {
            format!("✓ tested out: the last task is done, {done} of {total} steps")
        }
        (done, None) => format!("{done} of {total} steps done"),
        (done, Some(step)) => {
            let title = visible(&step.title);
            format!("{done} of {total} steps done, at: {title}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{listing, notes_of, state};
    use crate::lesson::{Catalogue, Change, Progress};

    #[test]
    fn notes_stand_below_their_step() {
        let mut catalogue = Catalogue::embedded().unwrap();
        let notes = notes_of(&catalogue);
        assert!(
            notes.starts_with("Lesson 1: A basic response\n\n  1. Send"),
            "{notes}"
        );
        assert!(notes.contains("Lesson 2: A form POST\n"), "{notes}");
        for step in catalogue.lessons.iter_mut().flat_map(|it| &mut it.steps) {
            step.notes.clear();
        }
        assert_eq!(notes_of(&catalogue), "These lessons have no notes.\n");
    }

    #[test]
    fn each_lesson_says_how_far_it_is() {
        let catalogue = Catalogue::embedded().unwrap();
        let lesson = &catalogue.lessons[0];
        let mut progress = Progress::default();
        assert_eq!(state(&catalogue, lesson, &progress), "not started");
        let names = |step: &str| (lesson.name.clone(), step.to_owned());
        let (at, step) = names("a-class");
        progress.apply(&Change::At { lesson: at, step }, "now");
        let (done, step) = names("first-request");
        progress.apply(&Change::Done { lesson: done, step }, "now");
        let (gone, step) = names("a-step-that-is-no-more");
        progress.apply(&Change::Done { lesson: gone, step }, "now");
        assert_eq!(
            state(&catalogue, lesson, &progress),
            "1 of 8 steps done, at: A class is an application too"
        );
        for step in &lesson.steps {
            let (lesson, step) = names(&step.id);
            progress.apply(&Change::Done { lesson, step }, "now");
        }
        assert_eq!(state(&catalogue, lesson, &progress), "✓ done, all 8 steps");
        let list = listing(&catalogue, &progress);
        assert!(
            list.contains("✓ done, all 8 steps\n 2  form-post"),
            "{list}"
        );
    }
}
