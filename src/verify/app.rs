//! Whether an application of somebody's own makes mistakes: it is sent the probes, and what they show
//! is put together.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use anyhow::Context as _;
use serde::Serialize;

use super::probes::probes;
use crate::browser::Probe;
use crate::diagnosis::{Analyzer, Diagnosis, Mistake, Severity, Sources, report};
use crate::exchange::{Exchange, visible};
use crate::python::{About, Engine, Target};
use crate::session::{self, Options, Report as News, Session};

/// How long Python and the application may take to start.
const PATIENCE: Duration = Duration::from_mins(3);
/// What was found out about an application.
#[derive(Debug, Serialize)]
pub struct AppReport {
    /// As it was asked for.
    pub app: String,
    pub python: About,
    /// The requests that were sent.
    pub requests: Vec<Asked>,
    pub diagnoses: Vec<Shown>,
    #[serde(skip)]
    sources: Sources,
    /// Why the last requests were not sent any more, and how many.
    #[serde(skip)]
    stopped: Option<(&'static str, usize)>,
}

/// A request, and what came.
#[derive(Debug, Serialize)]
pub struct Asked {
    pub method: String,
    pub target: String,
    /// The status as the client got it; nothing when there was no answer.
    pub status: Option<String>,
}

/// A mistake, and the requests that showed it.
#[derive(Debug, Serialize)]
pub struct Shown {
    #[serde(flatten)]
    pub diagnosis: Diagnosis,
    /// As `GET /`; none where it shows without a request.
    pub seen: Vec<String>,
}

/// Sends the probes to an application. `name` is what a person calls it.
///
/// # Errors
/// When it could not be run: Python does not start, or the server cannot be reached.
pub fn app(target: Target, name: &str, engine: &Engine) -> anyhow::Result<AppReport> {
    let options = Options {
        engine: engine.clone(),
        ..Options::default()
    };
    let (sender, news) = channel();
    let session = Session::open(
        &options,
        Arc::new(move |report| {
            // Once all is known nobody listens any more.
            let _ = sender.send(report);
        }),
    )?;
    session.run(target);
    let (python, sources, failed) = started(&news, session.analyzer())?;
    let mut report = AppReport {
        app: name.to_owned(),
        python,
        requests: Vec::new(),
        diagnoses: Vec::new(),
        sources,
        stopped: None,
    };
    if failed.is_empty() {
        send_all(&session, &mut report)?;
    } else {
        report.take(failed, None);
    }
    report
        .diagnoses
        .sort_by_key(|shown| shown.diagnosis.severity);
    Ok(report)
}

/// Waits for Python and for the application: its sources, and why it cannot be loaded.
fn started(
    news: &Receiver<News>,
    analyzer: &Analyzer,
) -> anyhow::Result<(About, Sources, Vec<Diagnosis>)> {
    let mut python = None;
    loop {
        match news
            .recv_timeout(PATIENCE)
            .context("Python did not start")?
        {
            News::Python(about) => python = Some(about),
            News::Loaded(code) => {
                let python = python.context("Python did not say what it is")?;
                return Ok((python, session::sources(&code), Vec::new()));
            }
            News::LoadFailed(code, raised) => {
                let python = python.context("Python did not say what it is")?;
                let sources = session::sources(&code);
                let found = analyzer.diagnose_load(&raised, &sources);
                return Ok((python, sources, found.diagnoses));
            }
            News::WorkerDied { reason } => anyhow::bail!(reason),
            _ => {}
        }
    }
}

fn send_all(session: &Session, report: &mut AppReport) -> anyhow::Result<()> {
    let probes = probes();
    let count = probes.len();
    for (place, (odd, probe)) in probes.into_iter().enumerate() {
        let (method, target) = (probe.request.method.clone(), probe.request.path.clone());
        let leaves = probe.leaves;
        let mut asked = Asked {
            method,
            target,
            status: None,
        };
        let left = count - place - 1;
        match send(session, probe) {
            Ok(exchange) => {
                let now = exchange.now();
                asked.status = now.status().map(str::to_owned);
                let found = session.analyzer().diagnose(&exchange, &report.sources);
                let found = found.diagnoses;
                // Each further request would take as long again.
                if found.iter().any(|it| it.mistake == Mistake::AppHangs) {
                    report.stopped = Some(("It hangs", left));
                } else if now.client_gone && !leaves {
                    report.stopped = Some(("An answer had no end", left));
                }
                report.take(found, Some(&asked.told(odd)));
            }
            // What was found before counts.
            Err(why) if place == 0 => return Err(why),
            Err(_) => {}
        }
        report.requests.push(asked);
        if report.stopped.is_some() {
            break;
        }
    }
    Ok(())
}

fn send(session: &Session, probe: Probe) -> anyhow::Result<Exchange> {
    let (sender, came) = channel();
    session.probe(probe, move |exchange| {
        // Who asked waits.
        let _ = sender.send(exchange);
    });
    came.recv()
        .context("the request could not be sent")?
        .map_err(anyhow::Error::msg)
}

impl Asked {
    /// As `POST / (a form)`.
    fn told(&self, odd: &str) -> String {
        let request = format!("{} {}", self.method, self.target);
        match odd {
            "" => request,
            odd => format!("{request} ({odd})"),
        }
    }
}

impl Shown {
    /// A note that says which requests showed it.
    fn seen_told(&self) -> Option<(&'static str, String)> {
        let (first, others) = self.seen.split_first()?;
        let others = match others.len() {
            0 => String::new(),
            count => format!(" and {count} more"),
        };
        Some(("seen", format!("with {}{others}", visible(first))))
    }
}

impl AppReport {
    /// Whether it makes no mistake; notes are none.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.count(Severity::Error) + self.count(Severity::Warning) == 0
    }

    fn count(&self, severity: Severity) -> usize {
        let all = self.diagnoses.iter();
        all.filter(|it| it.diagnosis.severity == severity).count()
    }

    /// Takes what a request showed; what is known is only counted.
    fn take(&mut self, found: Vec<Diagnosis>, request: Option<&str>) {
        for diagnosis in found {
            let same = |known: &&mut Shown| {
                known.diagnosis.mistake == diagnosis.mistake
                    && known.diagnosis.spot == diagnosis.spot
            };
            let seen = request.map(str::to_owned);
            match self.diagnoses.iter_mut().find(same) {
                Some(known) => known.seen.extend(seen),
                None => self.diagnoses.push(Shown {
                    diagnosis,
                    seen: seen.into_iter().collect(),
                }),
            }
        }
    }

    /// For people: each mistake, and how many there are.
    #[must_use]
    pub fn told(&self) -> String {
        let mut text = String::new();
        for shown in &self.diagnoses {
            let seen: Vec<(&str, String)> = shown.seen_told().into_iter().collect();
            text.push_str(&report::told_with(&shown.diagnosis, &self.sources, &seen));
            text.push('\n');
        }
        let app = visible(&self.app);
        let requests = match self.requests.len() {
            0 => "it could not be loaded".to_owned(),
            1 => "1 request".to_owned(),
            count => format!("{count} requests"),
        };
        let found = [
            (self.count(Severity::Error), "error"),
            (self.count(Severity::Warning), "warning"),
            (self.count(Severity::Note), "note"),
        ];
        let found: Vec<String> = found
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, name)| format!("{count} {name}{}", if *count == 1 { "" } else { "s" }))
            .collect();
        let found = if found.is_empty() {
            "nothing to complain about".to_owned()
        } else {
            found.join(", ")
        };
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{app}: {found} ({requests}, {})", self.python);
        if let Some((why, left @ 1..)) = self.stopped {
            let _ = writeln!(text, "{why}, so {left} more requests were not sent.");
        }
        text
    }
}
