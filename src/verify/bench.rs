//! A session in which applications are tried out, one after the other.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use anyhow::Context as _;

use super::error::PythonError;
use crate::browser::Request;
use crate::diagnosis::Sources;
use crate::exchange::Exchange;
use crate::lesson::check::{
    By, Check, CheckRun, DiagnosedExchange, Question, Reply, RequestSpec, Unanswered, Values,
    Verdict,
};
use crate::lesson::{Catalogue, Lesson};
use crate::python::{About, DEFAULT_TIMEOUT, Engine};
use crate::session::{ExamineError, Options, PrivateFolder, Session, SessionEvent};

/// How long Python may take to start.
const PATIENCE: Duration = Duration::from_mins(3);

/// A running session without a face.
pub struct Bench {
    session: Session,
    started: Receiver<Result<About, PythonError>>,
    python: Option<About>,
    /// The file that runs.
    file: PathBuf,
}

impl Bench {
    /// Starts a server. Python starts with the first application. `timeout` is how long an
    /// application may keep control.
    ///
    /// # Errors
    /// When it cannot start; the error says what to do.
    pub fn open(engine: &Engine, timeout: Duration) -> anyhow::Result<Self> {
        let options = Options {
            python: engine.clone().into(),
            timeout,
            ..Options::default()
        };
        let (sender, started) = channel();
        let session = Session::open(&options, Arc::new(move |report| tell(&sender, report)))?;
        Ok(Self {
            session,
            started,
            python: None,
            file: PathBuf::new(),
        })
    }

    /// Runs a lesson's application from this file from now on, and says with which Python.
    ///
    /// # Errors
    /// When Python cannot start; the error says what to do.
    pub fn run(&mut self, lesson: &Lesson, file: &Path) -> anyhow::Result<About> {
        self.session.teach(lesson, file);
        file.clone_into(&mut self.file);
        if let Some(python) = &self.python {
            return Ok(python.clone());
        }
        let started = self.started.recv_timeout(PATIENCE);
        let python = started.map_err(|_| PythonError::TooSlow)??;
        Ok(self.python.insert(python).clone())
    }

    /// The verdict on a check, with values nobody could know.
    ///
    /// # Errors
    /// When the requests cannot be sent.
    pub fn verdict(&self, check: &Check, source: &str) -> anyhow::Result<Verdict> {
        if let By::Learner { asked, .. } = &check.by {
            return self.verdict_on_own(check, asked, source);
        }
        let run = CheckRun::prepare(std::slice::from_ref(check), || fastrand::u64(..))?;
        let replies: Vec<Reply> = self.examine(run.requests(), source)?;
        let verdict = run.verdicts(&replies, source).of_checks.pop();
        Ok(verdict.map_or(Verdict::Passed, |(_, verdict)| verdict))
    }

    /// The verdict on a check that waits for a request of the learner's own, when just that is
    /// sent.
    fn verdict_on_own(
        &self,
        check: &Check,
        asked: &RequestSpec,
        source: &str,
    ) -> anyhow::Result<Verdict> {
        let request = asked.fill(&Values::default())?;
        let answered = self.answer(request, source)?;
        let verdict = check.judge_own(&answered.seen(source));
        verdict.with_context(|| format!("'{}' does not wait for its own request", check.says))
    }

    /// Asks a question of the application: the places of the answers that are right, and the slugs
    /// of the mistakes that were found.
    ///
    /// # Errors
    /// When the request cannot be sent.
    pub fn ask(
        &self,
        question: &Question,
        source: &str,
    ) -> anyhow::Result<(Vec<usize>, Vec<&'static str>)> {
        let answered = self.answer(question.request()?, source)?;
        let right = question.right(&answered.seen(source));
        Ok((right, answered.mistakes))
    }

    fn answer(&self, request: Request, source: &str) -> anyhow::Result<DiagnosedExchange> {
        let reply = self.examine(vec![request], source)?.into_iter().next();
        Ok(reply.unwrap_or(Err(Unanswered::Nothing))?)
    }

    fn examine(&self, requests: Vec<Request>, source: &str) -> anyhow::Result<Vec<Reply>> {
        let (sender, came) = channel();
        self.session.examine(requests, move |exchanges| {
            // Who asked waits.
            let _ = sender.send(exchanges);
        });
        let came = came.recv().context("the requests could not be sent")?;
        let sources = Sources::of(self.file.to_string_lossy(), source);
        let analyzer = self.session.analyzer();
        let diagnose = |exchange: Exchange| DiagnosedExchange {
            mistakes: analyzer.diagnose(&exchange, &sources).slugs(),
            exchange,
        };
        let reply = |one: Result<Exchange, ExamineError>| Ok(diagnose(one?));
        Ok(came.into_iter().map(reply).collect())
    }
}

/// A source as the application's file in a folder of its own.
pub fn in_a_folder(lesson: &Lesson, source: &str) -> anyhow::Result<PrivateFolder> {
    let folder = PrivateFolder::make()?;
    fs::write(folder.path().join(&lesson.file), source)
        .context("a temporary file cannot be written")?;
    Ok(folder)
}

/// Has a Python answer a real request, and says which one it is.
///
/// # Errors
/// When it cannot start, or its answer is not 200 OK.
pub fn greeting(engine: &Engine) -> anyhow::Result<About> {
    let catalogue = Catalogue::embedded().map_err(|_| anyhow::anyhow!("the lessons are broken"))?;
    let lesson = catalogue.lessons.first().context("there is no lesson")?;
    let folder = in_a_folder(lesson, &lesson.source)?;
    let mut bench = Bench::open(engine, DEFAULT_TIMEOUT)?;
    let about = bench.run(lesson, &folder.path().join(&lesson.file))?;
    let answered = bench.answer(Request::default(), &lesson.source)?;
    let status = answered.exchange.now().status().unwrap_or_default();
    anyhow::ensure!(status == "200 OK", "it answered '{status}'");
    Ok(about)
}

/// Passes on whether Python started, and nothing else.
fn tell(sender: &Sender<Result<About, PythonError>>, event: SessionEvent) {
    // After the first answer nobody listens any more.
    let _ = match event {
        SessionEvent::Python(about) => sender.send(Ok(about)),
        SessionEvent::WorkerDied { reason } => sender.send(Err(PythonError::Died(reason))),
        _ => Ok(()),
    };
}
