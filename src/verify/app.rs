//! Whether an application of somebody's own makes mistakes: it is sent requests, further ones are
//! found in its answers, and what they show is put together.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::Context as _;

use super::climb::{self, Climbs};
use super::cookies::CookieJar;
use super::discover::Discovery;
use super::finding::Finding;
use super::head::{Compared, HeadComparison};
use super::planned::{Cookies, Planned, pair};
use super::probes::{page_probes, unknown_paths};
use super::report::{AppReport, ProbeReport};
use super::server_error::{Project, server_error};
use crate::browser::Probe;
use crate::diagnosis::{Analyzer, Diagnosis, Mistake, Sources};
use crate::exchange::{Exchange, visible};
use crate::python::{About, EngineChoice, Target};
use crate::session::{self, Options, Session, SessionEvent};

/// How long Python may take to start, and an application besides its own time.
const START_TIMEOUT: Duration = Duration::from_mins(3);
/// How long an answer may go on to a request that was found in another answer.
const FOUND_TIMEOUT: Duration = Duration::from_secs(5);
/// How much longer than its budget a check waits for the end of the request it has sent.
const GRACE: Duration = Duration::from_secs(1);

/// What an app is checked with.
#[derive(Debug, Clone)]
pub struct CheckOptions {
    /// The Python that runs it.
    pub python: EngineChoice,
    /// The pages to begin with.
    pub paths: Vec<String>,
    /// How long all requests may take together.
    pub budget: Duration,
    /// How long the app may take to load, and for one block of an answer.
    pub timeout: Duration,
}

impl CheckOptions {
    /// How long all requests may take together, unless asked otherwise.
    pub const BUDGET: Duration = Duration::from_secs(30);
}

/// Sends requests to an application. `name` is what a person calls it, and `progress` is told,
/// before each request, how far it is.
///
/// # Errors
/// When it could not be run: Python does not start, or the server cannot be reached.
pub fn app(
    target: Target,
    name: &str,
    options: &CheckOptions,
    progress: &mut dyn FnMut(&str),
) -> anyhow::Result<AppReport> {
    let session_options = Options {
        python: options.python.clone(),
        timeout: options.timeout,
        ..Options::default()
    };
    let (sender, news) = channel();
    let session = Session::open(
        &session_options,
        Arc::new(move |report| {
            // Once all is known nobody listens any more.
            let _ = sender.send(report);
        }),
    )?;
    let folder = target.folder.clone();
    progress("starting Python");
    session.run(target);
    let (python, sources, failed) = started(&news, session.analyzer(), options.timeout)?;
    // What follows nobody reads, and it would be kept.
    drop(news);
    let is_loaded = failed.is_empty();
    let mut report = AppReport {
        app: name.to_owned(),
        python,
        requests: Vec::new(),
        diagnoses: Vec::new(),
        analysis_incomplete: false,
        not_sent: 0,
        checked: false,
        sources,
        pages: options.paths.clone(),
        is_loaded,
        stopped: None,
    };
    for diagnosis in failed {
        report.take(diagnosis.into(), None);
    }
    if is_loaded {
        let check = AppCheck::new(&session, folder, options, report);
        report = check.run(progress)?;
    }
    report.finish();
    Ok(report)
}

/// Waits for Python and for the application: its sources, and why it cannot be loaded.
fn started(
    news: &Receiver<SessionEvent>,
    analyzer: &Analyzer,
    timeout: Duration,
) -> anyhow::Result<(About, Sources, Vec<Diagnosis>)> {
    let mut python = None;
    loop {
        match news
            .recv_timeout(START_TIMEOUT + timeout)
            .context("Python did not start")?
        {
            SessionEvent::Python(about) => python = Some(about),
            SessionEvent::Loaded(code) => {
                let python = python.context("Python did not report its version")?;
                return Ok((python, session::sources(&code), Vec::new()));
            }
            SessionEvent::LoadFailed(code, raised) => {
                let python = python.context("Python did not report its version")?;
                let sources = session::sources(&code);
                let found = analyzer.diagnose_load(&raised, &sources);
                return Ok((python, sources, found.diagnoses));
            }
            SessionEvent::WorkerDied { reason } => anyhow::bail!(reason),
            _ => {}
        }
    }
}

/// A check that goes on.
struct AppCheck<'a> {
    session: &'a Session,
    folder: PathBuf,
    queue: VecDeque<Planned>,
    discovery: Discovery,
    climbs: Climbs,
    cookies: CookieJar,
    heads: HeadComparison,
    report: AppReport,
    budget: Duration,
    began: Instant,
}

impl<'a> AppCheck<'a> {
    fn new(
        session: &'a Session,
        folder: PathBuf,
        options: &CheckOptions,
        report: AppReport,
    ) -> Self {
        let url = session.url();
        let host = url.strip_prefix("http://").unwrap_or(url);
        let mut discovery = Discovery::new(host, &options.paths);
        let paths = options.paths.iter();
        let pages = paths.flat_map(|path| {
            let replaced = discovery.with_values_replaced(path);
            page_probes(path).into_iter().chain(replaced)
        });
        Self {
            session,
            folder,
            queue: pages.chain(unknown_paths()).collect(),
            discovery,
            climbs: Climbs::default(),
            cookies: CookieJar::default(),
            heads: HeadComparison::default(),
            report,
            budget: options.budget,
            began: Instant::now(),
        }
    }

    /// Sends what is planned and what it leads to, until there is no more or no more time.
    fn run(mut self, progress: &mut dyn FnMut(&str)) -> anyhow::Result<AppReport> {
        while let Some(planned) = self.queue.pop_front() {
            let cookies = self.cookies.header(planned.target());
            if !is_due(&planned, cookies.as_deref()) {
                continue;
            }
            if self.began.elapsed() >= self.budget {
                self.queue.push_front(planned);
                self.stop(self.budget_used());
                break;
            }
            progress(&self.progress(&planned));
            let cookies = cookies.filter(|_| planned.cookies != Cookies::None);
            self.send(&planned, cookies)?;
            if self.report.stopped.is_some() {
                break;
            }
        }
        Ok(self.report)
    }

    fn progress(&self, planned: &Planned) -> String {
        format!(
            "{} sent, {} to send, {} of {} s: {}",
            self.report.requests.len(),
            self.queue.len() + 1,
            self.began.elapsed().as_secs(),
            self.budget.as_secs(),
            visible(&planned.label())
        )
    }

    fn budget_used(&self) -> String {
        let seconds = self.budget.as_secs();
        format!("The {seconds} s of --budget were used up")
    }

    fn stop(&mut self, why: String) {
        let mut left = 0;
        for planned in &self.queue {
            let cookies = self.cookies.header(planned.target());
            left += usize::from(is_due(planned, cookies.as_deref()));
        }
        self.report.not_sent = left;
        self.report.stopped = Some(why);
    }

    fn send(&mut self, planned: &Planned, cookies: Option<String>) -> anyhow::Result<()> {
        let mut asked = ProbeReport {
            method: planned.method().to_owned(),
            target: planned.target().to_owned(),
            status: None,
            whole: false,
        };
        let mut probe = planned.probe.clone();
        let ends = self.began + self.budget;
        probe.deadline = Some(if planned.is_found {
            ends.min(Instant::now() + FOUND_TIMEOUT)
        } else {
            ends
        });
        let header = cookies.map(|value| ("Cookie".to_owned(), value));
        probe.request.headers.extend(header);
        match answer(self.session, probe, ends + GRACE) {
            Ok(Some(exchange)) => {
                asked.status = exchange.now().status().map(str::to_owned);
                let left = planned.probe.leaves || exchange.now().client_gone;
                asked.whole = asked.status.is_some() && !left;
                self.report.requests.push(asked);
                self.learn(planned, &exchange);
                self.judge(planned, &exchange);
            }
            Ok(None) => {
                let label = visible(&planned.label());
                let seconds = self.budget.as_secs();
                self.report.requests.push(asked);
                self.stop(format!(
                    "{label} was not answered within the {seconds} s of --budget"
                ));
            }
            // What was found before counts.
            Err(why) if self.report.requests.is_empty() => return Err(why),
            Err(_) => self.report.requests.push(asked),
        }
        Ok(())
    }

    /// Looks for what an exchange shows.
    fn judge(&mut self, planned: &Planned, exchange: &Exchange) {
        let label = planned.label();
        let analyzer = self.session.analyzer();
        let findings = analyzer.diagnose(exchange, &self.report.sources);
        self.report.analysis_incomplete |= findings.unfinished;
        let mut found = findings.diagnoses;
        // About the check's own requests: every form reader reads as many bytes as `CONTENT_LENGTH`
        // says, none need know JSON, and no name has a slash in it.
        let is_own = |it: &Diagnosis| match it.mistake {
            Mistake::ChunkedInput => planned.probe.chunked,
            Mistake::JsonToFormHandler => true,
            Mistake::PathEncodedSlash => planned.note == climb::NOTE,
            _ => false,
        };
        found.retain(|diagnosis| !is_own(diagnosis));
        let left = exchange.now().client_gone && !planned.probe.leaves;
        // Each further request would take as long again.
        if found.iter().any(|it| it.mistake == Mistake::AppHangs) {
            self.stop("It hangs".to_owned());
        } else if left && self.began.elapsed() >= self.budget {
            self.stop(self.budget_used());
        } else if left && !planned.is_found {
            self.stop("An answer never ended".to_owned());
        }
        let project = Project {
            folder: &self.folder,
            sources: &self.report.sources,
        };
        let failed = server_error(exchange, &found, &project);
        for it in found.into_iter().map(Finding::from).chain(failed) {
            self.report.take(it, Some(&label));
        }
    }

    /// Looks for what follows from an answer: cookies, further requests, and a difference to
    /// another one.
    fn learn(&mut self, planned: &Planned, exchange: &Exchange) {
        let target = planned.target();
        // A new visitor's cookies are not those that the forms found by now go with.
        if planned.cookies != Cookies::None
            && let Some((_, headers)) = &exchange.now().sent
        {
            self.cookies.store(target, headers);
        }
        if planned.follows {
            self.queue.extend(self.discovery.take(target, exchange));
        }
        let is_page = planned.compares || planned.is_found && planned.note != climb::NOTE;
        if is_page && planned.method() == "GET" {
            let climbs = self.climbs.take(target, exchange, &self.report.sources);
            self.queue.extend(climbs);
        }
        if !planned.compares {
            return;
        }
        match self
            .heads
            .take(planned.method(), target, exchange, &self.report.sources)
        {
            Compared::Nothing => {}
            Compared::Again => {
                for again in pair(target).into_iter().rev() {
                    let is_found = planned.is_found;
                    self.queue.push_front(Planned { is_found, ..again });
                }
            }
            Compared::Differs(found) => {
                for finding in found {
                    let label = planned.label();
                    self.report.take(finding, Some(&label));
                }
            }
        }
    }
}

/// Whether a request is sent with these cookies: one that is all about them is not sent without
/// any.
fn is_due(planned: &Planned, cookies: Option<&str>) -> bool {
    planned.cookies != Cookies::Required || cookies.is_some()
}

/// The exchange of a probe; nothing when it did not end in time.
fn answer(session: &Session, probe: Probe, until: Instant) -> anyhow::Result<Option<Exchange>> {
    let (sender, came) = channel();
    session.probe(probe, move |exchange| {
        // Who asked may have stopped waiting.
        let _ = sender.send(exchange);
    });
    let left = until.saturating_duration_since(Instant::now());
    match came.recv_timeout(left) {
        Ok(exchange) => Ok(Some(exchange?)),
        Err(RecvTimeoutError::Timeout) => Ok(None),
        Err(RecvTimeoutError::Disconnected) => anyhow::bail!("the request could not be sent"),
    }
}
