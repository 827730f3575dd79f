//! What the session says, and what came of requests.

use super::Happened;
use super::told::mistake::mistake;
use super::told::{checks, exchange as told, step};
use super::tutor::Tutor;
use crate::browser;
use crate::diagnosis::Diagnosis;
use crate::exchange::{Event, EventKind, Exchange, ExchangeId, Raised};
use crate::headless::{Ended, Message, News, UNFINISHED};
use crate::lesson::check::{CheckRun, DiagnosedExchange, Reply, Seen};
use crate::lesson::course::Requested;
use crate::python::Code;
use crate::session::{self, ExamineError, SessionEvent};

impl Tutor<'_> {
    /// Takes what the session says.
    pub fn hear(&mut self, event: SessionEvent) -> Result<(), Ended> {
        match event {
            SessionEvent::Exchange(id, event) => self.happened(id, event),
            SessionEvent::Loaded(code) => self.loaded(&code, None),
            SessionEvent::LoadFailed(code, raised) => self.loaded(&code, Some(&raised)),
            SessionEvent::Python(_) if self.teller.python.is_none() => {
                self.teller.take(event)?;
                self.begin()
            }
            SessionEvent::WorkerDied { .. } => {
                self.input.leave_prompt()?;
                self.is_loaded = true;
                self.teller.take(event)
            }
            SessionEvent::Trouble(_) => {
                self.input.leave_prompt()?;
                // A request that could not be sent is not waited for.
                self.sending = None;
                self.course.running = false;
                self.teller.take(event)
            }
            SessionEvent::Serving { .. } | SessionEvent::Python(_) => self.teller.take(event),
        }
    }

    fn happened(&mut self, id: ExchangeId, event: Event) -> Result<(), Ended> {
        let is_over = event.kind == EventKind::Finished;
        let waits = matches!(event.kind, EventKind::Waiting { .. });
        for no_room in self.teller.open.record_or_abridge(id, event) {
            self.input.leave_prompt()?;
            self.teller.tell_no_room(no_room)?;
        }
        let is_own = self.teller.open.get(id).is_some_and(is_own);
        if waits && is_own {
            self.input.leave_prompt()?;
            self.teller.tell_waiting(id)?;
        }
        if !is_over {
            return Ok(());
        }
        let is_abridged = self.teller.abridged.remove(&id);
        let Some(exchange) = self.teller.open.take(id) else {
            return Ok(());
        };
        if !is_own || self.told_early.remove(&id) {
            return Ok(());
        }
        if let Some(told) = &mut self.sending {
            told.insert(id);
        }
        self.tell_own(exchange, is_abridged)
    }

    /// Tells an exchange of the learner's own, and what it means for the step.
    fn tell_own(&mut self, exchange: Exchange, is_abridged: bool) -> Result<(), Ended> {
        // What is missing would look like mistakes.
        let found = if is_abridged {
            Vec::new()
        } else {
            self.diagnose(&exchange)?
        };
        let is_known = |it: &Diagnosis| self.told_mistakes.contains(&(it.mistake, it.spot.clone()));
        let text = told::short(&exchange, &found, is_known, &self.teller.sources);
        self.say(&text)?;
        for one in &found {
            let one = (one.mistake, one.spot.clone());
            if !self.told_mistakes.contains(&one) {
                self.told_mistakes.push(one);
            }
        }
        let mistakes: Vec<&str> = found.iter().map(Diagnosis::slug).collect();
        let seen = Seen {
            exchange: &exchange,
            source: &self.source,
            mistakes: &mistakes,
        };
        let is_judged = self.course.judge_own(self.lesson(), &seen);
        self.last = Some(exchange);
        if is_judged {
            self.say_result()?;
        }
        Ok(())
    }

    /// The mistakes of an exchange.
    fn diagnose(&mut self, exchange: &Exchange) -> Result<Vec<Diagnosis>, Ended> {
        let found = self
            .teller
            .analyzer
            .diagnose(exchange, &self.teller.sources);
        if found.unfinished && !std::mem::replace(&mut self.teller.said_unfinished, true) {
            self.tell(&News::Trouble(UNFINISHED))?;
        }
        Ok(found.diagnoses)
    }

    /// The learner's own request was answered, or not.
    pub fn sent(&mut self, came: Result<Box<Exchange>, ExamineError>) -> Result<(), Ended> {
        let told = self.sending.take().unwrap_or_default();
        let last = self.last.as_ref().map(|exchange| exchange.id);
        let is_last = |exchange: &Exchange| last == Some(exchange.id);
        match came {
            Ok(exchange) if told.contains(&exchange.id) || is_last(&exchange) => Ok(()),
            Ok(exchange) => {
                self.told_early.insert(exchange.id);
                self.tell_own(*exchange, false)
            }
            Err(why) => self.say(&format!("The request came to nothing: {why}.\n")),
        }
    }

    /// The file was loaded, or could not be.
    fn loaded(&mut self, code: &Code, raised: Option<&Raised>) -> Result<(), Ended> {
        // A file of the lesson before may have taken its time.
        if code.file.as_ref() != Some(&self.app) {
            return Ok(());
        }
        self.teller.said_unfinished = false;
        self.teller.sources = session::sources(code);
        let is_first = !std::mem::replace(&mut self.is_loaded, true);
        let is_changed = self.source != code.source;
        self.source.clone_from(&code.source);
        self.told_mistakes.clear();
        let is_news = self.course.is_news(&code.source);
        let Some(raised) = raised else {
            if is_news || !code.printed.is_empty() {
                let found = &[];
                self.tell(&News::Reloaded {
                    code,
                    raised: None,
                    found,
                })?;
            }
            if is_news {
                self.run_checks(&code.source)?;
            }
            return Ok(());
        };
        let sources = &self.teller.sources;
        let found = self.teller.analyzer.diagnose_load(raised, sources);
        let found = found.diagnoses;
        if (is_first || is_changed) && !self.course.broken {
            let mistakes: String = found.iter().map(|it| mistake(it, sources)).collect();
            self.tell(&News::Reloaded {
                code,
                raised: Some(raised),
                found: &[],
            })?;
            self.say(&mistakes)?;
        }
        let lesson = self.lesson();
        if !is_news || !self.course.fail_to_load(lesson, &code.source, raised) {
            return Ok(());
        }
        self.course
            .explain_load(lesson, &code.source, raised, &found);
        self.say(&checks::not_loaded(&self.course, &found))
    }

    /// Sends the checks of the step, for a file with this source; whether there are any.
    pub fn run_checks(&mut self, source: &str) -> Result<bool, Ended> {
        let requested = self.course.request_checks(self.lesson(), source);
        let Some(Requested { number, checks }) = requested else {
            return Ok(false);
        };
        let run = match CheckRun::prepare(&checks, || fastrand::u64(..)) {
            Ok(run) => run,
            Err(error) => {
                self.course.running = false;
                self.say(&format!("{error}\n"))?;
                return Ok(true);
            }
        };
        let outbox = self.outbox.clone();
        self.session.examine(run.requests(), move |came| {
            // The program is ending when nobody listens any more.
            let _ = outbox.send(Message::Lesson(Happened::Checked { number, run, came }));
        });
        Ok(true)
    }

    /// The requests of checks were answered.
    pub fn checked(
        &mut self,
        number: u64,
        run: &CheckRun,
        came: Vec<Result<Exchange, ExamineError>>,
    ) -> Result<(), Ended> {
        let replies = came.into_iter().map(|one| self.reply(one));
        let replies = replies.collect::<Result<Vec<Reply>, Ended>>()?;
        let verdicts = run.verdicts(&replies, &self.source);
        let failed = verdicts.failed;
        if self.course.take_verdicts(number, verdicts) {
            let exchanges = replies.into_iter().flatten().map(|it| it.exchange);
            // What is asked for next is the request that failed, or the last one.
            let mut exchanges: Vec<Exchange> = exchanges.collect();
            let place = exchanges.iter().position(|it| Some(it.id) == failed);
            let place = place.or(exchanges.len().checked_sub(1));
            if let Some(place) = place {
                self.last = Some(exchanges.swap_remove(place));
            }
            self.say_result()?;
        }
        Ok(())
    }

    /// The request that answers a question was answered.
    pub fn answered(
        &mut self,
        number: u64,
        came: Result<Box<Exchange>, ExamineError>,
    ) -> Result<(), Ended> {
        let lesson = self.lesson();
        let reply = self.reply(came.map(|exchange| *exchange))?;
        if !self.course.take_reply(lesson, number, &reply, &self.source) {
            return Ok(());
        }
        match self.course.ask_of_lent(lesson) {
            Some(Ok((number, request, mistake))) => {
                return self.make_mistake(mistake, true, number, request);
            }
            Some(Err(why)) => return self.say(&format!("{why}\n")),
            None => {}
        }
        let guessed = self.course.guessed(lesson, &self.key());
        self.remember(guessed.as_slice())?;
        let mut found = Vec::new();
        if let Ok(answered) = reply {
            found = self.diagnose(&answered.exchange)?;
            self.last = Some(answered.exchange);
        }
        let guess = self.course.guess.clone();
        let question = guess
            .as_ref()
            .and_then(|guess| self.course.question_of(lesson, guess.of));
        match (question, guess) {
            (Some(question), Some(guess)) => self.say(&step::guess(question, &guess, &found)),
            _ => Ok(()),
        }
    }

    fn reply(&mut self, came: Result<Exchange, ExamineError>) -> Result<Reply, Ended> {
        Ok(match came {
            Ok(exchange) => {
                let found = self.diagnose(&exchange)?;
                Ok(DiagnosedExchange {
                    mistakes: found.iter().map(Diagnosis::slug).collect(),
                    exchange,
                })
            }
            Err(why) => Err(why.into()),
        })
    }
}

/// Whether an exchange is the learner's own, and not one of the tutor's checks.
fn is_own(exchange: &Exchange) -> bool {
    let request = exchange.now().request.as_deref();
    !request.is_some_and(browser::is_for_check)
}
