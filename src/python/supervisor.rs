//! Keeps an application running: loads its file, loads it again when it changed, calls it, and
//! starts a new worker when one was lost.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::DEADLINE;
use super::engine::{About, Engine};
use super::nursery::Nursery;
use super::protocol::{Command, Report, Stuck};
use super::worker::{Recipe, Roster, Worker};
use crate::exchange::{BlockSource, EventKind, KEPT_BYTES, Output, Raised, RaisedIn, TimedOut};

/// What happens while an application answers.
pub enum Happening<'a> {
    /// environ as the application gets it: keys, reprs and types.
    Environ(Vec<(String, String, String)>),
    Event(EventKind),
    /// A block of `length` bytes, to be read from `bytes`. `only` says that it is the whole body.
    Block {
        source: BlockSource,
        only: bool,
        length: u64,
        bytes: &'a mut dyn Read,
    },
}

/// What happens to the worker, outside of any request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// An interpreter runs.
    Ready(About),
    /// The file was loaded; `callable` is what will be called, such as `function application`.
    Loaded {
        file: PathBuf,
        source: String,
        callable: String,
        /// What it printed meanwhile.
        printed: String,
    },
    /// The file could not be loaded.
    Failed {
        file: PathBuf,
        source: String,
        raised: Raised,
        printed: String,
    },
    /// The worker ended.
    Died { reason: String },
}

/// The application a supervisor runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub file: PathBuf,
    /// The name of the callable in the file.
    pub callable: String,
}

/// How long an answer may go on after somebody waits to load a file.
const ENDLESS: Duration = Duration::from_secs(2);

type Notify = Box<dyn Fn(Notice) + Send + Sync>;

/// One application, kept running. Calls are answered one at a time: `wsgi.multithread` is false.
pub struct Supervisor {
    notify: Notify,
    roster: Roster,
    /// What is to run. Apart from the rest, so that it can be changed while a call goes on.
    wanted: Mutex<Option<Target>>,
    /// Somebody waits to load a file.
    waiting: AtomicBool,
    state: Mutex<State>,
}

struct State {
    recipe: Recipe,
    nursery: Nursery,
    loaded: Option<Loaded>,
    greeted: bool,
}

/// What became of loading a file: a worker and what it will call, or an error.
struct Attempt {
    outcome: Result<(Worker, String), Raised>,
    printed: String,
}

/// A file as it was loaded, and what became of it.
struct Loaded {
    target: Target,
    source: Vec<u8>,
    outcome: Result<Worker, Raised>,
}

impl Supervisor {
    /// Starts an interpreter in the background; `program` is this program's own path, `folder` a
    /// private folder for this run.
    pub fn start(
        program: PathBuf,
        engine: Engine,
        folder: PathBuf,
        notify: impl Fn(Notice) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let recipe = Recipe {
            program,
            engine,
            folder,
            roster: Roster::default(),
        };
        let mut nursery = Nursery::open()?;
        nursery.order(&recipe);
        Ok(Self {
            notify: Box::new(notify),
            roster: recipe.roster.clone(),
            wanted: Mutex::default(),
            waiting: AtomicBool::new(false),
            state: Mutex::new(State {
                recipe,
                nursery,
                loaded: None,
                greeted: false,
            }),
        })
    }

    /// This application is to run from now on. It is loaded by the next [`Supervisor::refresh`], or
    /// by the next call.
    pub fn want(&self, target: Target) {
        *lock(&self.wanted) = Some(target);
    }

    /// Loads the file anew if it is another one, or changed since it was loaded, or could not be
    /// loaded. An answer without end is ended for it.
    pub fn refresh(&self) {
        self.waiting.store(true, Ordering::Release);
        let mut state = lock(&self.state);
        self.waiting.store(false, Ordering::Release);
        // Somebody saved something: what failed may work now.
        self.bring_up_to_date(&mut state, true);
    }

    /// Ends all workers at once, whatever they are doing.
    pub fn stop(&self) {
        self.roster.end_all();
    }

    /// Calls the application, with the code that is in its file now. `happen` is told everything
    /// and answers whether the client wants more.
    pub fn call(
        &self,
        environ: &serde_json::Map<String, serde_json::Value>,
        body: &[u8],
        happen: &mut dyn FnMut(Happening<'_>) -> bool,
    ) {
        let mut state = lock(&self.state);
        self.bring_up_to_date(&mut state, false);
        let worker = match &mut state.loaded {
            Some(Loaded {
                outcome: Ok(worker),
                ..
            }) => worker,
            Some(Loaded {
                outcome: Err(raised),
                ..
            }) => {
                happen(Happening::Event(EventKind::Raised(raised.clone())));
                return;
            }
            None => {
                let reason = if lock(&self.wanted).is_none() {
                    "no lesson is open; choose one in the tutor first"
                } else {
                    "no Python process could be started"
                };
                let reason = reason.to_owned();
                happen(Happening::Event(EventKind::WorkerDied { reason }));
                return;
            }
        };
        if let Err(lost) = converse(worker, environ, body, &self.waiting, happen) {
            state.loaded = None;
            let State {
                nursery, recipe, ..
            } = &mut *state;
            nursery.order(recipe);
            let reason = lost.reason();
            happen(Happening::Event(lost.into_event()));
            drop(state);
            (self.notify)(Notice::Died { reason });
        }
    }

    /// Loads what is wanted, unless it is loaded already. `retry`: also what failed before.
    fn bring_up_to_date(&self, state: &mut State, retry: bool) {
        let Some(target) = lock(&self.wanted).clone() else {
            return;
        };
        let (source, trouble) = match std::fs::read(&target.file) {
            Ok(source) => (source, None),
            Err(error) => (Vec::new(), Some(unreadable(&target.file, &error))),
        };
        let is_known = state.loaded.as_ref().is_some_and(|loaded| {
            let same = loaded.target == target && loaded.source == source;
            match &loaded.outcome {
                Ok(_) => same && trouble.is_none(),
                Err(_) => same && !retry,
            }
        });
        if is_known {
            return;
        }
        let attempt = match trouble {
            Some(raised) => Ok(Attempt {
                outcome: Err(raised),
                printed: String::new(),
            }),
            None => self.attempt(state, &target, &source),
        };
        match attempt {
            Ok(attempt) => {
                let before = state.loaded.take();
                state.loaded = Some(self.keep(target, source, attempt, before.as_ref()));
                // The next save, or the next crash, finds an interpreter waiting.
                state.nursery.order(&state.recipe);
            }
            Err(reason) => {
                state.loaded = None;
                (self.notify)(Notice::Died { reason });
            }
        }
    }

    /// Remembers what became of a file, and tells it unless it is the same failure as before.
    fn keep(
        &self,
        target: Target,
        source: Vec<u8>,
        attempt: Attempt,
        before: Option<&Loaded>,
    ) -> Loaded {
        let text = String::from_utf8_lossy(&source).into_owned();
        let printed = attempt.printed;
        let outcome = attempt.outcome.map(|(worker, callable)| {
            (self.notify)(Notice::Loaded {
                file: target.file.clone(),
                source: text.clone(),
                callable,
                printed: printed.clone(),
            });
            worker
        });
        let known = before
            .filter(|loaded| loaded.target == target)
            .and_then(|loaded| loaded.outcome.as_ref().err());
        if let Err(raised) = &outcome
            && known != Some(raised)
        {
            (self.notify)(Notice::Failed {
                file: target.file.clone(),
                source: text,
                raised: raised.clone(),
                printed,
            });
        }
        Loaded {
            target,
            source,
            outcome,
        }
    }

    /// Loads a file in a fresh worker. An error says why there is no worker at all.
    fn attempt(
        &self,
        state: &mut State,
        target: &Target,
        source: &[u8],
    ) -> Result<Attempt, String> {
        let engine = state.recipe.engine.clone();
        let mut worker = state
            .nursery
            .take(&state.recipe)
            .map_err(|error| format!("Python ({engine}) could not be started: {error}"))?;
        let (about, executable) = worker
            .ready()
            .map_err(|reason| format!("Python ({engine}) did not start: {reason}"))?;
        if !state.greeted {
            state.greeted = true;
            if let Some(executable) = executable {
                state.recipe.engine = Engine::System(executable);
            }
            (self.notify)(Notice::Ready(about));
        }
        let path = target.file.to_string_lossy();
        let command = Command::Load {
            path: &path,
            callable: &target.callable,
            bytes: source.len(),
        };
        // A worker that is gone is noticed when its report does not come.
        let _ = worker.tell(&command, source);
        let mut printed = String::new();
        let since = Instant::now();
        let outcome = loop {
            match worker.report(since) {
                Ok(Report::Loaded { callable }) => break Ok((worker, callable)),
                Ok(Report::LoadFailed(raised)) => break Err(raised),
                Ok(Report::TimedOut(stuck)) => break Err(stuck_import(stuck)),
                Ok(Report::Printed { text, .. }) if printed.len() < KEPT_BYTES => {
                    printed.push_str(&text);
                }
                Ok(_) => {}
                Err(silence) => {
                    let reason = worker.obituary(&silence);
                    let message = format!("Python ended while the file was loaded: {reason}");
                    break Err(not_pythons_own("WorkerDied", &message));
                }
            }
        };
        Ok(Attempt { outcome, printed })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Why a conversation ended early.
enum Lost {
    TimedOut(TimedOut),
    Died(String),
}

impl Lost {
    fn reason(&self) -> String {
        match self {
            Self::TimedOut(timed_out) => {
                crate::exchange::sentence(&EventKind::TimedOut(timed_out.clone()))
            }
            Self::Died(reason) => reason.clone(),
        }
    }

    fn into_event(self) -> EventKind {
        match self {
            Self::TimedOut(timed_out) => EventKind::TimedOut(timed_out),
            Self::Died(reason) => EventKind::WorkerDied { reason },
        }
    }
}

/// One call from the command to `finished`.
fn converse(
    worker: &mut Worker,
    environ: &serde_json::Map<String, serde_json::Value>,
    body: &[u8],
    waiting: &AtomicBool,
    happen: &mut dyn FnMut(Happening<'_>) -> bool,
) -> Result<(), Lost> {
    let command = Command::Call {
        environ,
        bytes: body.len(),
    };
    let told = worker.tell(&command, body);
    if told.is_err() {
        return Err(Lost::Died(worker.obituary(&super::frames::Silence::Ended)));
    }
    let began = Instant::now();
    // When the application last got control: each step has a deadline of its own.
    let mut since = began;
    loop {
        let report = match worker.report(since) {
            Ok(report) => report,
            Err(silence) => {
                let reason = worker.obituary(&silence);
                return Err(Lost::Died(reason));
            }
        };
        let written = worker.frames.take_written();
        if !written.is_empty() {
            happen(Happening::Event(EventKind::Printed {
                output: Output::Process,
                text: written,
            }));
        }
        match report.into_event() {
            Ok(event) => {
                if matches!(event, EventKind::Returned { .. } | EventKind::CloseCalled) {
                    since = Instant::now();
                }
                happen(Happening::Event(event));
            }
            Err(Report::Environ { entries, callable }) => {
                happen(Happening::Environ(entries));
                happen(Happening::Event(EventKind::AppCalled { callable }));
            }
            Err(Report::Block {
                source,
                only,
                bytes: length,
            }) => {
                let mut bytes = (&mut worker.frames).take(length);
                let goes_on = happen(Happening::Block {
                    source,
                    only,
                    length,
                    bytes: &mut bytes,
                });
                // Whatever the gateway had no use for.
                let _ = io::copy(&mut bytes, &mut io::sink());
                let superseded = waiting.load(Ordering::Acquire) && began.elapsed() > ENDLESS;
                if superseded {
                    happen(Happening::Event(EventKind::Superseded));
                }
                let answer = if goes_on && !superseded {
                    Command::Next
                } else {
                    Command::Stop
                };
                since = Instant::now();
                // A worker that is gone is noticed when its next report does not come.
                let _ = worker.tell(&answer, b"");
            }
            Err(Report::TimedOut(stuck)) => {
                return Err(Lost::TimedOut(TimedOut {
                    after_ms: u64::try_from(DEADLINE.as_millis()).unwrap_or(u64::MAX),
                    blame: stuck.blame,
                    code: stuck.code,
                }));
            }
            Err(Report::Finished) => return Ok(()),
            Err(_) => {}
        }
    }
}

fn unreadable(file: &Path, error: &io::Error) -> Raised {
    let message = format!(
        "{} cannot be read ({error}); save it again, or open the lesson anew for a fresh copy",
        file.display()
    );
    not_pythons_own("FileNotFoundError", &message)
}

fn stuck_import(stuck: Stuck) -> Raised {
    let place = stuck.blame.as_ref().map_or(String::new(), |blame| {
        format!(
            " at line {}: {}",
            blame.line,
            stuck.code.unwrap_or_default()
        )
    });
    let message = format!(
        "loading the file did not end within {} s; it was still{place}",
        DEADLINE.as_secs()
    );
    Raised {
        blame: stuck.blame,
        ..not_pythons_own("TimeoutError", &message)
    }
}

/// An error of loading that Python itself could not raise.
fn not_pythons_own(r#type: &str, message: &str) -> Raised {
    Raised {
        r#in: RaisedIn::Load,
        r#type: r#type.to_owned(),
        message: message.to_owned(),
        traceback: format!("{type}: {message}\n"),
        blame: None,
    }
}
