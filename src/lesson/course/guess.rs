//! Questions: what the learner guesses, of a step or of a mistake made on purpose, and what came.

use super::Course;
use crate::browser::Request;
use crate::lesson::check::{Question, Reply, SpecError};
use crate::lesson::{Change, Lesson, Progress};

/// A guess at a question, and what came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    pub of: QuestionOf,
    /// The place of the answer that was chosen.
    pub chosen: usize,
    pub outcome: GuessOutcome,
    /// Whether the lesson's own application ran, in place of the learner's.
    pub lent: bool,
}

/// What a guess is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuestionOf {
    /// The question of the step.
    Step,
    /// The mistake at this place of the lesson's.
    Mistake(usize),
}

/// What became of a guess.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GuessOutcome {
    /// The request is on its way.
    Waiting,
    /// These answers are right, by what came.
    Came(Vec<usize>),
    /// Nothing came, and why.
    Nothing(String),
}

impl Course {
    /// The question a guess is about.
    pub fn question_of<'a>(&self, lesson: &'a Lesson, of: QuestionOf) -> Option<&'a Question> {
        match of {
            QuestionOf::Step => self.step_of(lesson)?.question.as_ref(),
            QuestionOf::Mistake(place) => Some(&lesson.mistakes.get(place)?.question),
        }
    }

    /// Whether the step's question is still to be asked: before what it is about runs for the first
    /// time. Once asked, it is not asked again by itself.
    pub fn has_to_ask(&self, lesson: &Lesson, key: &str, progress: &Progress) -> bool {
        let step = self.step_of(lesson);
        let step = step.filter(|step| step.question.is_some());
        step.is_some_and(|step| {
            let is_new = self.guess.is_none() && !self.asked && !self.broken;
            is_new && !progress.is_done(key, &step.id) && progress.guess(key, &step.id).is_none()
        })
    }

    /// Whether the answer to the step's question was right, as it is to be remembered; nothing
    /// where something else happened than any of the answers says.
    pub fn guessed(&self, lesson: &Lesson, key: &str) -> Option<Change> {
        let step = self.step_of(lesson)?;
        let guess = self.guess.as_ref();
        let guess = guess.filter(|guess| guess.of == QuestionOf::Step)?;
        let GuessOutcome::Came(right) = &guess.outcome else {
            return None;
        };
        (!right.is_empty()).then(|| Change::Guessed {
            lesson: key.to_owned(),
            step: step.id.clone(),
            right: right.contains(&guess.chosen),
        })
    }

    /// Takes the answer to a question, and gives the request that shows what is right, and the
    /// number its reply is known by. Nothing where there is no such question.
    ///
    /// # Errors
    /// When the request cannot be sent.
    pub fn guess(
        &mut self,
        lesson: &Lesson,
        of: QuestionOf,
        chosen: usize,
    ) -> Result<Option<(u64, Request)>, SpecError> {
        let Some(question) = self.question_of(lesson, of) else {
            return Ok(None);
        };
        let request = question.request()?;
        self.guess = Some(Guess {
            of,
            chosen,
            outcome: GuessOutcome::Waiting,
            lent: false,
        });
        Ok(Some((self.ask(), request)))
    }

    /// Takes what came of the request that answers a question; whether it was still waited for.
    pub fn take_reply(
        &mut self,
        lesson: &Lesson,
        number: u64,
        reply: &Reply,
        source: &str,
    ) -> bool {
        if self.number != number {
            return false;
        }
        self.running = false;
        let of = self.guess.as_ref().map(|guess| guess.of);
        let question = of.and_then(|of| self.question_of(lesson, of));
        let (Some(question), Some(guess)) = (question, &mut self.guess) else {
            return false;
        };
        guess.outcome = match reply {
            Ok(answered) => GuessOutcome::Came(question.right(&answered.seen(source))),
            Err(why) => GuessOutcome::Nothing(why.to_string()),
        };
        true
    }

    /// Where a mistake was made in the learner's own file and none of its answers says what came:
    /// the question once more, of the lesson's own application. Gives the number the reply is known
    /// by, the request, and the place of the mistake.
    ///
    /// # Errors
    /// When the request cannot be sent.
    pub fn ask_of_lent(
        &mut self,
        lesson: &Lesson,
    ) -> Option<Result<(u64, Request, usize), SpecError>> {
        let guess = self.guess.as_mut().filter(|guess| !guess.lent)?;
        let (QuestionOf::Mistake(place), GuessOutcome::Came(right)) = (guess.of, &guess.outcome)
        else {
            return None;
        };
        if !right.is_empty() {
            return None;
        }
        guess.outcome = GuessOutcome::Waiting;
        guess.lent = true;
        let request = lesson.mistakes.get(place)?.question.request();
        Some(request.map(|request| (self.ask(), request, place)))
    }

    /// The file was broken on purpose; `lent` when it is not the learner's own that is broken.
    pub fn was_broken(&mut self, lent: bool) {
        self.broken = true;
        if let Some(guess) = &mut self.guess {
            guess.lent = lent;
        }
    }

    /// The file is as it was before a mistake was made in it.
    pub fn was_put_back(&mut self) {
        self.broken = false;
        self.guess = None;
        self.number += 1;
    }
}
