//! Goes from step to step, and says what is to be remembered of it.

use super::{CheckState, Course};
use crate::lesson::{Change, Lesson, Progress};

impl Course {
    /// Opens a lesson where it was left, or at its first step that is not done. `key` is the
    /// lesson's name in the progress; `broken` says that the file is broken on purpose.
    pub fn open(
        lesson: &Lesson,
        key: &str,
        progress: &Progress,
        source: &str,
        broken: bool,
    ) -> Self {
        let left = progress.at(key).and_then(|id| lesson.place_of(id));
        let undone = || {
            let mut steps = lesson.steps.iter();
            steps.position(|step| !progress.is_done(key, &step.id))
        };
        let step = left.or_else(undone).unwrap_or(0);
        let mut course = Self {
            broken,
            known: source.to_owned(),
            ..Self::default()
        };
        course.enter(lesson, step);
        course
    }

    /// Goes to a step, or to the end.
    pub fn enter(&mut self, lesson: &Lesson, step: usize) {
        self.step = step;
        self.hints = 0;
        self.guess = None;
        self.asked = false;
        self.running = false;
        self.number += 1;
        let checks = self.step_of(lesson).map_or(0, |step| step.checks.len());
        self.marks = vec![CheckState::Open; checks];
    }

    /// Shows one more hint, if there is one.
    pub fn show_hint(&mut self, lesson: &Lesson) {
        let hints = self.step_of(lesson).map_or(0, |step| step.hints.len());
        self.hints = (self.hints + 1).min(hints);
    }

    /// How many hints of the step were shown; nothing where none was.
    pub fn hinted(&self, lesson: &Lesson, key: &str) -> Option<Change> {
        let step = self.step_of(lesson).filter(|_| self.hints > 0)?;
        Some(Change::Hinted {
            lesson: key.to_owned(),
            step: step.id.clone(),
            hints: self.hints,
        })
    }

    /// That the solution of the step is looked at, where the step is not done.
    pub fn solution_seen(&self, lesson: &Lesson, key: &str, progress: &Progress) -> Option<Change> {
        let step = self.step_of(lesson)?;
        let is_done = self.all_passed() || progress.is_done(key, &step.id);
        (!is_done).then(|| Change::SolutionSeen {
            lesson: key.to_owned(),
            step: step.id.clone(),
        })
    }

    /// That the learner is at this step; nothing at the end.
    pub fn at(&self, lesson: &Lesson, key: &str) -> Option<Change> {
        let step = self.step_of(lesson)?;
        Some(Change::At {
            lesson: key.to_owned(),
            step: step.id.clone(),
        })
    }

    /// That the step is done because it is left, where it is only to be read.
    pub fn done_by_reading(&self, lesson: &Lesson, key: &str) -> Option<Change> {
        let step = self.step_of(lesson).filter(|_| self.marks.is_empty())?;
        Some(Change::Done {
            lesson: key.to_owned(),
            step: step.id.clone(),
        })
    }
}
