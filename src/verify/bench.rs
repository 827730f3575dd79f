//! A session in which applications are tried out, one after the other.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use anyhow::Context as _;

use crate::browser::Request;
use crate::diagnosis::{Diagnosis, Sources};
use crate::exchange::Exchange;
use crate::lesson::check::{By, Check, Prepared, Question, RequestSpec, Seen, Values, Verdict};
use crate::lesson::{Catalogue, Lesson};
use crate::python::{About, DEFAULT_TIMEOUT, Engine};
use crate::session::{Options, Report, Session};

/// How long Python may take to start.
const PATIENCE: Duration = Duration::from_mins(3);

/// A running session without a face.
pub struct Bench {
    session: Session,
    started: Receiver<Result<About, String>>,
    python: Option<About>,
    /// The file that runs.
    file: PathBuf,
}

/// What came of a request, or why nothing did.
type Came = Result<Exchange, String>;

impl Bench {
    /// Starts a server. Python starts with the first application. `timeout` is how long an application may
    /// keep control.
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
        let python = started
            .context("Python did not start")?
            .map_err(anyhow::Error::msg)?;
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
        let prepared = check
            .prepare(fastrand::u64(..))
            .map_err(anyhow::Error::msg)?;
        let requests = prepared.iter().map(|one| one.request.clone()).collect();
        let came = self.examine(requests)?;
        let sources = self.sources(source);
        let verdicts = prepared.iter().zip(came);
        let mut verdicts = verdicts.map(|(one, came)| self.judge(one, &came, &sources, source));
        let failed = verdicts.find(|verdict| *verdict != Verdict::Passed);
        Ok(failed.unwrap_or(Verdict::Passed))
    }

    /// The verdict on a check that waits for a request of the learner's own, when just that is sent.
    fn verdict_on_own(
        &self,
        check: &Check,
        asked: &RequestSpec,
        source: &str,
    ) -> anyhow::Result<Verdict> {
        let request = asked.fill(&Values::default()).map_err(anyhow::Error::msg)?;
        let exchange = self.exchange(request)?;
        let verdict = self.seen(&exchange, &self.sources(source), source, |seen| {
            check.judge_own(seen)
        });
        verdict.with_context(|| format!("'{}' does not wait for its own request", check.says))
    }

    /// Asks a question of the application: the places of the answers that are right, and the slugs of
    /// the mistakes that were found.
    ///
    /// # Errors
    /// When the request cannot be sent.
    pub fn ask(
        &self,
        question: &Question,
        source: &str,
    ) -> anyhow::Result<(Vec<usize>, Vec<&'static str>)> {
        let request = question.request().map_err(anyhow::Error::msg)?;
        let exchange = self.exchange(request)?;
        let sources = self.sources(source);
        let right = self.seen(&exchange, &sources, source, |seen| question.right(seen));
        Ok((right, self.slugs(&exchange, &sources)))
    }

    fn sources(&self, source: &str) -> Sources {
        Sources::of(self.file.to_string_lossy(), source)
    }

    fn exchange(&self, request: Request) -> anyhow::Result<Exchange> {
        let came = self.examine(vec![request])?.into_iter().next();
        came.context("there was no answer")?
            .map_err(anyhow::Error::msg)
    }

    fn examine(&self, requests: Vec<Request>) -> anyhow::Result<Vec<Came>> {
        let (sender, came) = channel();
        self.session.examine(requests, move |exchanges| {
            // Who asked waits.
            let _ = sender.send(exchanges);
        });
        came.recv().context("the requests could not be sent")
    }

    fn judge(&self, prepared: &Prepared, came: &Came, sources: &Sources, source: &str) -> Verdict {
        match came {
            Ok(exchange) => self.seen(exchange, sources, source, |seen| prepared.judge(seen)),
            Err(why) => prepared.unanswered(why),
        }
    }

    fn seen<T>(
        &self,
        exchange: &Exchange,
        sources: &Sources,
        source: &str,
        look: impl FnOnce(&Seen<'_>) -> T,
    ) -> T {
        look(&Seen {
            exchange,
            source,
            mistakes: &self.slugs(exchange, sources),
        })
    }

    fn slugs(&self, exchange: &Exchange, sources: &Sources) -> Vec<&'static str> {
        let found = self.session.analyzer().diagnose(exchange, sources);
        found.diagnoses.iter().map(Diagnosis::slug).collect()
    }
}

/// Has a Python answer a real request, and says which one it is.
///
/// # Errors
/// When it cannot start, or its answer is not 200 OK.
pub fn greeting(engine: &Engine) -> anyhow::Result<About> {
    let catalogue = Catalogue::embedded().map_err(|_| anyhow::anyhow!("the lessons are broken"))?;
    let lesson = catalogue.lessons.first().context("there is no lesson")?;
    let folder = super::learner::in_a_folder(lesson, &lesson.source)?;
    let mut bench = Bench::open(engine, DEFAULT_TIMEOUT)?;
    let about = bench.run(lesson, &folder.path().join(&lesson.file))?;
    let exchange = bench.exchange(Request::default())?;
    let status = exchange.now().status().unwrap_or_default();
    anyhow::ensure!(status == "200 OK", "it answered '{status}'");
    Ok(about)
}

/// Passes on whether Python started, and nothing else.
fn tell(sender: &Sender<Result<About, String>>, report: Report) {
    // After the first answer nobody listens any more.
    let _ = match report {
        Report::Python(about) => sender.send(Ok(about)),
        Report::WorkerDied { reason } => sender.send(Err(reason)),
        _ => Ok(()),
    };
}
