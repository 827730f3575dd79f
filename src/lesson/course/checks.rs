//! What exchanges mean for the checks of the step that is open.

use super::Course;
use crate::diagnosis::Diagnosis;
use crate::exchange::{Event, EventKind, Exchange, Raised, visible};
use crate::lesson::check::{Check, Failure, Seen, Verdict, Verdicts};
use crate::lesson::{Change, Lesson};

/// What is told in place of a request where the file could not be loaded.
const NOTHING_SENT: &str = "nothing: there is nothing to call";

/// What became of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckState {
    Open,
    Passed,
    Failed(Failure),
}

/// Checks that are to be run, and the number their replies are known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requested {
    pub number: u64,
    pub checks: Vec<Check>,
}

/// A step that is done, and what is to be remembered of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    pub step: String,
    /// Whether the source that passed is to be kept.
    pub is_exercise: bool,
    pub change: Change,
}

impl CheckState {
    fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Passed => Self::Passed,
            Verdict::Failed(failure) => Self::Failed(failure),
        }
    }
}

impl Course {
    /// The checks of the step that the tutor sends, if it has such and the file is not broken on
    /// purpose.
    pub fn request_checks(&mut self, lesson: &Lesson, source: &str) -> Option<Requested> {
        let step = self.step_of(lesson).filter(|step| step.is_exercise())?;
        if self.broken {
            return None;
        }
        let checks = step.checks.clone();
        source.clone_into(&mut self.known);
        Some(Requested {
            number: self.ask(),
            checks,
        })
    }

    /// Whether a file with this source was saved since the checks were run.
    pub fn is_news(&self, source: &str) -> bool {
        self.known != source && !self.broken
    }

    /// Takes notice of a file that cannot be loaded: nothing that the tutor sends can pass. Whether
    /// the step has anything to say about it.
    pub fn fail_to_load(&mut self, lesson: &Lesson, source: &str, raised: &Raised) -> bool {
        source.clone_into(&mut self.known);
        let Some(step) = lesson.steps.get(self.step) else {
            return false;
        };
        for (mark, check) in self.marks.iter_mut().zip(&step.checks) {
            if check.is_sent() {
                *mark = CheckState::Failed(not_loaded(raised));
            }
        }
        true
    }

    /// Takes the mistake because of which the file could not be loaded: the step's own word on it,
    /// or else what was found. Whether there was anything to explain.
    pub fn explain_load(
        &mut self,
        lesson: &Lesson,
        source: &str,
        raised: &Raised,
        found: &[Diagnosis],
    ) -> bool {
        let Some(step) = lesson.steps.get(self.step) else {
            return false;
        };
        let mut exchange = Exchange::new(0);
        let kinds = [
            EventKind::Raised(raised.clone().into()),
            EventKind::Finished,
        ];
        for kind in kinds {
            exchange.record(Event { at_us: 0, kind });
        }
        let slugs: Vec<&str> = found.iter().map(Diagnosis::slug).collect();
        let seen = Seen {
            exchange: &exchange,
            source,
            mistakes: &slugs,
        };
        let named = found.first().map(|found| {
            // What Python said of it is told already.
            if found.message.contains(&raised.message) {
                found.mistake.explanation().why.replace('\n', " ")
            } else {
                format!("{}.", found.message)
            }
        });
        let mut explained = false;
        for (mark, check) in self.marks.iter_mut().zip(&step.checks) {
            let CheckState::Failed(failure) = mark else {
                continue;
            };
            if let Some(advice) = check.advice_on_load(&seen).or_else(|| named.clone())
                && failure.sent == NOTHING_SENT
            {
                failure.advice = Some(advice);
                explained = true;
            }
        }
        explained
    }

    /// Takes the verdicts on the step's checks; whether they were still waited for.
    pub fn take_verdicts(&mut self, number: u64, verdicts: Verdicts) -> bool {
        if self.number != number {
            return false;
        }
        self.running = false;
        for (place, verdict) in verdicts.of_checks {
            if let Some(mark) = self.marks.get_mut(place) {
                *mark = CheckState::of(verdict);
            }
        }
        true
    }

    /// Judges a finished exchange of the learner's own by the checks that wait for one; whether it
    /// was about any of them.
    pub fn judge_own(&mut self, lesson: &Lesson, seen: &Seen<'_>) -> bool {
        let Some(step) = lesson.steps.get(self.step).filter(|_| !self.broken) else {
            return false;
        };
        let mut changed = false;
        for (mark, check) in self.marks.iter_mut().zip(&step.checks) {
            if *mark == CheckState::Passed {
                continue;
            }
            if let Some(verdict) = check.judge_own(seen) {
                *mark = CheckState::of(verdict);
                changed = true;
            }
        }
        changed
    }

    /// Whether every check of the step has passed, and there is one.
    pub fn all_passed(&self) -> bool {
        !self.marks.is_empty() && self.marks.iter().all(|mark| *mark == CheckState::Passed)
    }

    /// Whether a check of the step has failed.
    pub fn has_failed(&self) -> bool {
        let mut marks = self.marks.iter();
        marks.any(|mark| matches!(mark, CheckState::Failed(_)))
    }

    /// How many checks of the step have passed.
    pub fn passed(&self) -> usize {
        let marks = self.marks.iter();
        marks.filter(|mark| **mark == CheckState::Passed).count()
    }

    /// The step, once all its checks have passed.
    pub fn done(&self, lesson: &Lesson, key: &str) -> Option<Done> {
        let step = self.step_of(lesson).filter(|_| self.all_passed())?;
        Some(Done {
            step: step.id.clone(),
            is_exercise: step.is_exercise(),
            change: Change::Done {
                lesson: key.to_owned(),
                step: step.id.clone(),
            },
        })
    }
}

fn not_loaded(raised: &Raised) -> Failure {
    let place = raised.blame.as_ref();
    let place = place.map_or(String::new(), |place| format!(" at {place}"));
    Failure {
        sent: NOTHING_SENT.to_owned(),
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
