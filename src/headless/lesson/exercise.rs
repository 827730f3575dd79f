//! What the learner does in a step: sends requests, guesses, has the file checked, looks at the
//! solution, makes a mistake on purpose.

use std::collections::HashSet;
use std::io::{self, IsTerminal as _};

use super::act::NO_STEP;
use super::told::step;
use super::tutor::{Asked, Tutor};
use super::{Happened, request};
use crate::browser::{Request, redirect};
use crate::exchange::visible;
use crate::headless::{Ended, Message};
use crate::lesson::course::QuestionOf;
use crate::{editor::Editor, ordinary_file, spawn};

const BROKEN: &str = "Your file is broken on purpose. 'put back' puts it back as it was.\n";

impl Tutor<'_> {
    /// Sends a request that was typed, or the one that is suggested.
    pub fn send_typed(&mut self, words: &str) -> Result<(), Ended> {
        let of_step = self.step().and_then(|step| step.suggestion.as_ref());
        let suggestion = of_step.unwrap_or(&self.lesson().suggestion);
        match request::typed(words, suggestion) {
            Ok(request) => {
                self.send(request);
                Ok(())
            }
            Err(error) => self.say(&format!("{error}\n")),
        }
    }

    /// Sends what the last answer redirects to.
    pub fn follow(&mut self) -> Result<(), Ended> {
        let Some(last) = &self.last else {
            return self.say("No request was answered yet.\n");
        };
        let origin = redirect::origin(last.now(), self.session.url());
        match redirect::follow(last.now(), &origin) {
            Ok(request) => {
                self.send(request);
                Ok(())
            }
            Err(why) => self.say(&format!(
                "It cannot be followed: {}.\n",
                visible(&why.to_string())
            )),
        }
    }

    pub fn send(&mut self, request: Request) {
        self.sending = Some(HashSet::new());
        let outbox = self.outbox.clone();
        self.session.send_and_record(request, move |came| {
            // The program is ending when nobody listens any more.
            let _ = outbox.send(Message::Lesson(Happened::Sent(came.map(Box::new))));
        });
    }

    /// Has the file checked as it is now.
    pub fn check(&mut self) -> Result<(), Ended> {
        if self.course.broken {
            return self.say(BROKEN);
        }
        let Some(step) = self.step() else {
            return self.say(NO_STEP);
        };
        if step.checks.is_empty() {
            return self.say("There is nothing to check in this step. 'next' continues.\n");
        }
        if !step.is_exercise() {
            self.say_result()?;
            if self.course.all_passed() {
                return Ok(());
            }
            return self
                .say("You send the request of this step yourself: 'send', curl or a browser.\n");
        }
        match ordinary_file::read_text(&self.app) {
            Ok(source) => self.run_checks(&source).map(drop),
            Err(error) => {
                let app = visible(&self.app.to_string_lossy());
                self.say(&format!("{app} cannot be read: {error}\n"))
            }
        }
    }

    /// Answers what was asked.
    pub fn choose(&mut self, asked: Asked, number: usize) -> Result<(), Ended> {
        let lesson = self.lesson();
        let place = number.wrapping_sub(1);
        let count = match asked {
            Asked::Nothing => {
                return self.say("Nothing is asked now. 'guess' asks, 'mistake' lists mistakes.\n");
            }
            Asked::Question(of) => self
                .course
                .question_of(lesson, of)
                .map_or(0, |question| question.answers.len()),
            Asked::Mistake => lesson.mistakes.len(),
            Asked::Solution => 2,
        };
        if place >= count {
            self.asked = asked;
            return self.say(&format!("Type a number from 1 to {count}.\n"));
        }
        match asked {
            Asked::Nothing => Ok(()),
            Asked::Question(of) => self.guess(of, place),
            Asked::Mistake => self.ask_about(QuestionOf::Mistake(place)),
            Asked::Solution if place == 0 => self.say("Go on, then. 'hint' gives a hint.\n"),
            Asked::Solution => self.tell_solution(),
        }
    }

    /// Asks the question of the step.
    pub fn ask(&mut self) -> Result<(), Ended> {
        match self.step() {
            None => self.say(NO_STEP),
            Some(step) if step.question.is_none() => self.say("This step has no question.\n"),
            Some(_) if self.course.broken => self.say(BROKEN),
            Some(_) => self.ask_about(QuestionOf::Step),
        }
    }

    fn ask_about(&mut self, of: QuestionOf) -> Result<(), Ended> {
        let lesson = self.lesson();
        let Some(question) = self.course.question_of(lesson, of) else {
            return Ok(());
        };
        self.asked = Asked::Question(of);
        self.say(&step::question(question))
    }

    /// Takes an answer, and sends the request that shows what is right; a mistake is made before.
    fn guess(&mut self, of: QuestionOf, chosen: usize) -> Result<(), Ended> {
        let lesson = self.lesson();
        let (number, request) = match self.course.guess(lesson, of, chosen) {
            Ok(Some(asked)) => asked,
            Ok(None) => return Ok(()),
            Err(why) => return self.say(&format!("{why}\n")),
        };
        match of {
            QuestionOf::Step => {
                self.send_question(number, request);
                Ok(())
            }
            QuestionOf::Mistake(mistake) => self.make_mistake(mistake, false, number, request),
        }
    }

    /// Makes a mistake in the learner's file, or with `lends` in the lesson's own, and sends the
    /// request that shows what it causes.
    pub(super) fn make_mistake(
        &mut self,
        mistake: usize,
        lends: bool,
        number: u64,
        request: Request,
    ) -> Result<(), Ended> {
        let lesson = self.lesson();
        let mistake = &lesson.mistakes[mistake];
        match self.workspace.break_on_purpose(lesson, mistake, lends) {
            Ok(is_own) => self.course.was_broken(!is_own),
            Err(error) => {
                self.course.guess = None;
                self.course.running = false;
                return self.say(&format!("{error:#}\n"));
            }
        }
        self.send_question(number, request);
        Ok(())
    }

    fn send_question(&self, number: u64, request: Request) {
        let outbox = self.outbox.clone();
        self.session.examine(vec![request], move |came| {
            if let Some(came) = came.into_iter().next() {
                let came = came.map(Box::new);
                let _ = outbox.send(Message::Lesson(Happened::Answered { number, came }));
            }
        });
    }

    /// Tells the solution; before the step is done, asks first.
    pub fn solution(&mut self, asked: Asked) -> Result<(), Ended> {
        let Some(step) = self.step() else {
            return self.say(NO_STEP);
        };
        if step.solution.is_none() {
            return self.say("This step has no solution: your file need not change.\n");
        }
        let is_done = self.course.all_passed() || self.progress.is_done(&self.key(), &step.id);
        if is_done || asked == Asked::Solution || self.saw_solution {
            return self.tell_solution();
        }
        self.asked = Asked::Solution;
        let choices = ["I'll keep trying", "Tell me the solution"];
        let choices = step::choices(choices.into_iter());
        self.say(&format!(
            "This step is not done yet. Hear the solution anyway?\n{choices}A number answers; 'solution' again tells it, 'take' takes it at once.\n"
        ))
    }

    fn tell_solution(&mut self) -> Result<(), Ended> {
        let solution = self.step().and_then(|step| step.solution.as_ref());
        let source = ordinary_file::read_text(&self.app).unwrap_or_default();
        self.remember_solution()?;
        match solution {
            Some(solution) => self.say(&step::solution(solution, &source)),
            None => Ok(()),
        }
    }

    /// Remembers that the solution was seen, or taken unseen.
    fn remember_solution(&mut self) -> Result<(), Ended> {
        self.saw_solution = true;
        let (lesson, key) = (self.lesson(), self.key());
        let seen = self.course.solution_seen(lesson, &key, &self.progress);
        self.remember(seen.as_slice())
    }

    /// Puts the solution into the learner's file, and has it checked.
    pub fn take_over(&mut self, asked: Asked) -> Result<(), Ended> {
        let lesson = self.lesson();
        let solution = self.step().and_then(|step| step.solution.as_ref());
        let Some(solution) = solution else {
            return self.say("There is no solution to take in this step.\n");
        };
        if self.course.broken {
            return self.say(BROKEN);
        }
        if !self.saw_solution && asked != Asked::Solution {
            return self.say("'solution' tells the solution first; then 'take' takes it.\n");
        }
        self.remember_solution()?;
        let said = match self.workspace.replace(lesson, solution) {
            Ok(Some(kept)) => format!(
                "The solution is in your file; what you had is kept as {}\n",
                visible(&kept.to_string_lossy())
            ),
            Ok(None) => "The solution is in your file.\n".to_owned(),
            Err(error) => return self.say(&format!("{error:#}\n")),
        };
        self.say(&said)?;
        self.run_checks(solution).map(drop)
    }

    /// Lists the mistakes of the lesson.
    pub fn mistake(&mut self) -> Result<(), Ended> {
        if self.course.broken {
            return self.say(BROKEN);
        }
        let lesson = self.lesson();
        if lesson.mistakes.is_empty() {
            return self.say("This lesson has no mistakes to make.\n");
        }
        self.asked = Asked::Mistake;
        let choices = step::choices(lesson.mistakes.iter().map(|it| it.title.as_str()));
        self.say(&format!(
            "Which mistake? It is made in your file once you have guessed what comes of it; 'put back' puts the file back as it was.\n{choices}A number chooses.\n"
        ))
    }

    /// Puts the file back to what it was before the mistake.
    pub fn put_back(&mut self) -> Result<(), Ended> {
        if !self.course.broken {
            return self.say("Your file is not broken on purpose; there is nothing to put back.\n");
        }
        let said = match self.workspace.put_back(self.lesson()) {
            Ok(kept) => {
                self.course.was_put_back();
                match kept {
                    Some(kept) => format!(
                        "Your file is as it was. Your edits of the broken one are kept as {}\n",
                        visible(&kept.to_string_lossy())
                    ),
                    None => "Your file is as it was.\n".to_owned(),
                }
            }
            Err(error) => format!("{error:#}\n"),
        };
        self.say(&said)
    }

    /// Opens the learner's editor, where there is a terminal for it.
    pub fn edit(&mut self) -> Result<(), Ended> {
        let app = visible(&self.app.to_string_lossy());
        if !io::stdin().is_terminal() {
            return self.say(&format!(
                "The editor needs a terminal. Change {app} with a program of your own; saving it checks it.\n"
            ));
        }
        let editor = Editor::of(&self.app);
        let started = editor
            .command()
            .map(|mut command| spawn::spawn(&mut command));
        let ended = started.map(|process| process.and_then(|mut process| process.wait()));
        if !matches!(ended, Ok(Ok(status)) if status.success()) {
            return self.say(&format!("{}\n", editor.failed()));
        }
        let source = ordinary_file::read_text(&self.app).unwrap_or_default();
        if self.course.is_news(&source) && self.run_checks(&source)? {
            return Ok(());
        }
        self.say("The editor has ended.\n")
    }
}
