//! What each command does.

use super::command::{Command, help, parse};
use super::request;
use super::told::environ::environ;
use super::told::page::page;
use super::told::{exchange as told, step};
use super::tutor::{Asked, Tutor};
use crate::exchange::visible;
use crate::explain;
use crate::headless::{Ended, plain};
use crate::lesson::Step;
use crate::ordinary_file;

pub const NO_STEP: &str = "This is the end of the lesson. 'back' goes to its last step.\n";
const NO_EXCHANGE: &str = "Nothing was sent yet. 'send' sends a request.\n";

impl<'a> Tutor<'a> {
    /// Does what a line asks for; whether the program is to end.
    pub fn obey(&mut self, line: &str) -> Result<bool, Ended> {
        let command = match parse(line) {
            Ok(Some(command)) => command,
            Ok(None) => return Ok(false),
            Err(error) => {
                self.say(&format!("{error}\n"))?;
                return Ok(false);
            }
        };
        if command == Command::Quit {
            return Ok(true);
        }
        let asked = std::mem::replace(&mut self.asked, Asked::Nothing);
        match command {
            Command::Next => self.next()?,
            Command::Back => self.back()?,
            Command::Step(wanted) => self.go_to(&wanted)?,
            Command::Number(number) => self.choose(asked, number)?,
            Command::Guess => self.ask()?,
            Command::Check => self.check()?,
            Command::Solution => self.solution(asked)?,
            Command::Take => self.take_over(asked)?,
            Command::Mistake => self.mistake()?,
            Command::PutBack => self.put_back()?,
            Command::Send(words) => self.send_typed(&words)?,
            Command::Form(words) => match request::form(&words, self.lesson()) {
                Ok(request) => self.send(request),
                Err(error) => self.say(&format!("{error}\n"))?,
            },
            Command::Follow => self.follow()?,
            Command::Edit => self.edit()?,
            other => {
                let is_hint = other == Command::Hint;
                let text = self.told(other);
                self.say(&text)?;
                // To look something up answers nothing.
                self.asked = asked;
                let hinted = self.course.hinted(self.lesson(), &self.key());
                self.remember(hinted.filter(|_| is_hint).as_slice())?;
            }
        }
        Ok(false)
    }

    /// The answer to a command that changes nothing but the hints that are shown.
    fn told(&mut self, command: Command) -> String {
        let lesson = self.lesson();
        match command {
            Command::List => {
                return step::list(lesson, &self.course, self.catalogue, &self.progress);
            }
            Command::Help => return help(),
            Command::Explain(None) => return explain::everything(),
            Command::Explain(Some(word)) => {
                return explain::explain(&word).unwrap_or_else(|why| format!("{why}\n"));
            }
            Command::File => return self.file(),
            Command::Response
            | Command::Body
            | Command::Page
            | Command::Environ(_)
            | Command::Events => {
                let Some(exchange) = &self.last else {
                    return NO_EXCHANGE.to_owned();
                };
                return match command {
                    Command::Response => told::response(exchange),
                    Command::Body => told::body(exchange),
                    Command::Page => page(exchange),
                    Command::Environ(key) => environ(exchange, key.as_deref()),
                    _ => told::events(exchange, &plain::timeline(exchange, |_| true)),
                };
            }
            _ => {}
        }
        let Some(current) = self.step() else {
            return match command {
                Command::Text => step::end(lesson, self.catalogue, &self.progress),
                _ => NO_STEP.to_owned(),
            };
        };
        match command {
            Command::Task => step::task(&self.course, current),
            Command::Hint => {
                self.course.show_hint(lesson);
                step::hint(&self.course, current)
            }
            _ => {
                let was_done = self.progress.is_done(&self.key(), &current.id);
                step::step(lesson, &self.course, current, was_done)
            }
        }
    }

    /// The step that is open; `None` at the lesson's end.
    pub fn step(&self) -> Option<&'a Step> {
        self.course.step_of(self.lesson())
    }

    /// Goes on: to the next step, the lesson's end, or the next lesson.
    fn next(&mut self) -> Result<(), Ended> {
        let lesson = self.lesson();
        if self.course.step < lesson.steps.len() {
            let done = self.course.done_by_reading(lesson, &self.key());
            self.remember(done.as_slice())?;
            let id = self.step().map_or("", |step| step.id.as_str());
            if !self.course.all_passed() && !self.progress.is_done(&self.key(), id) {
                self.say("This step is not done yet; 'back' returns to it.\n")?;
            }
            return self.enter(self.course.step + 1);
        }
        if self.place + 1 < self.catalogue.lessons.len() {
            return self.open_and_tell(self.place + 1);
        }
        self.say("This was the last lesson.\n")
    }

    /// Goes back: to the step before, or the lesson before.
    fn back(&mut self) -> Result<(), Ended> {
        match (self.course.step.checked_sub(1), self.place.checked_sub(1)) {
            (Some(step), _) => self.enter(step),
            (None, Some(place)) => self.open_and_tell(place),
            (None, None) => self.say("This is the first step of the first lesson.\n"),
        }
    }

    fn open_and_tell(&mut self, place: usize) -> Result<(), Ended> {
        if let Err(error) = self.open(place) {
            return self.say(&format!("{error:#}\n"));
        }
        let lesson = self.lesson();
        let title = visible(&lesson.title);
        self.say(&format!("\nLesson {}, {title}.\n", lesson.number))?;
        self.say_step()
    }

    /// Goes to the step of this name or number.
    fn go_to(&mut self, wanted: &str) -> Result<(), Ended> {
        let lesson = self.lesson();
        let number = wanted.parse().ok().and_then(|it: usize| it.checked_sub(1));
        let place = number.filter(|&place| place < lesson.steps.len());
        match place.or_else(|| lesson.place_of(wanted)) {
            Some(place) => self.enter(place),
            None => self.say(&format!(
                "There is no step '{}' from 1 to {}. 'list' lists them with their names.\n",
                visible(wanted),
                lesson.steps.len()
            )),
        }
    }

    fn enter(&mut self, step: usize) -> Result<(), Ended> {
        self.course.enter(self.lesson(), step);
        self.saw_solution = false;
        self.say_step()
    }

    /// Where the learner's file is, and what stands in it.
    fn file(&self) -> String {
        let path = visible(&self.app.to_string_lossy());
        match ordinary_file::read_text(&self.app) {
            Ok(source) => format!("Your file is {path}\n{}", step::numbered(&source)),
            Err(error) => format!("{path} cannot be read: {error}\n"),
        }
    }
}
