//! Keeps an application running: loads it, loads it again when one of its files changed, calls it,
//! and starts a new worker when one was lost.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use serde_json::{Map, Value};

use super::conversation::converse;
use super::engine::{About, Engine};
use super::files::{Files, Found};
use super::lane::Lane;
use super::loading::{Attempt, load, not_pythons_own};
use super::nursery::Nursery;
use super::target::{App, Crowd, Target};
use super::worker::{Recipe, Roster, Worker};
use crate::exchange::{BlockSource, EventKind, Raised};

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
    /// The application was loaded.
    Loaded(Code),
    /// The application could not be loaded.
    Failed(Code, Box<Raised>),
    /// The worker ended.
    Died { reason: String },
}

/// The code of an application, as it was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The file it is in; unknown for a module that is not found.
    pub file: Option<PathBuf>,
    pub source: String,
    /// What will be called, such as `function application`; empty when it could not be loaded.
    pub callable: String,
    /// What it printed while it was loaded.
    pub printed: String,
}

type Notify = Box<dyn Fn(Notice) + Send + Sync>;

/// One application, kept running for a [`Crowd`] of callers.
#[derive(Clone)]
pub struct Supervisor(Arc<Shared>);

struct Shared {
    notify: Notify,
    crowd: Crowd,
    folder: PathBuf,
    roster: Roster,
    /// What is to run. Apart from the rest, so that it can be changed while something is loaded.
    wanted: Mutex<Option<Target>>,
    /// How often something was loaded.
    generation: AtomicU64,
    state: Mutex<State>,
    /// A lane became free, or there will be none.
    freed: Condvar,
}

struct State {
    recipe: Recipe,
    nursery: Nursery,
    loaded: Option<Loaded>,
    greeted: bool,
}

/// An application as it was loaded, and what became of it.
struct Loaded {
    target: Target,
    /// What stood in its file.
    source: Vec<u8>,
    files: Files,
    generation: u64,
    outcome: Result<Crew, Raised>,
}

/// The workers that run one state of the code.
struct Crew {
    workers: Vec<Arc<Worker>>,
    /// Workers that are still loading it.
    hired: usize,
    idle: Vec<Lane>,
}

impl Supervisor {
    /// Starts an interpreter in the background; `program` is this program's own path, `folder` a
    /// private folder for this run.
    pub fn start(
        program: PathBuf,
        engine: Engine,
        crowd: Crowd,
        folder: PathBuf,
        notify: impl Fn(Notice) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let recipe = Recipe::new(program, engine, &folder)?;
        let mut nursery = Nursery::open()?;
        nursery.order(&recipe);
        Ok(Self(Arc::new(Shared {
            notify: Box::new(notify),
            crowd,
            folder,
            roster: recipe.roster.clone(),
            wanted: Mutex::default(),
            generation: AtomicU64::new(0),
            state: Mutex::new(State {
                recipe,
                nursery,
                loaded: None,
                greeted: false,
            }),
            freed: Condvar::new(),
        })))
    }

    /// This application is to run from now on. It is loaded by the next [`Supervisor::refresh`], or
    /// by the next call.
    pub fn want(&self, target: Target) {
        *lock(&self.0.wanted) = Some(target);
    }

    /// Loads the application anew if it is another one, or one of its files changed since it was
    /// loaded. `saved` are files of the project that were saved just now; a Python file among them
    /// that it has nothing to do with yet may be the one it needs.
    pub fn refresh(&self, saved: &[PathBuf]) {
        let mut state = lock(&self.0.state);
        self.0.bring_up_to_date(&mut state, saved);
    }

    /// Ends all workers at once, whatever they are doing.
    pub fn stop(&self) {
        self.0.roster.end_all();
    }

    /// Calls the application, with the code that is in its files now. `happen` is told everything
    /// and answers whether the client wants more.
    pub fn call(
        &self,
        environ: &Map<String, Value>,
        body: &[u8],
        happen: &mut dyn FnMut(Happening<'_>) -> bool,
    ) {
        let shared = &self.0;
        let (mut lane, generation) = match shared.lane() {
            Ok(lane) => lane,
            Err(event) => {
                happen(Happening::Event(*event));
                return;
            }
        };
        let outdated = || shared.generation.load(Ordering::Acquire) != generation;
        match converse(&mut lane, environ, body, &outdated, happen) {
            Ok(found) => shared.give_back(lane, generation, found),
            Err(lost) => {
                let reason = lost.reason();
                happen(Happening::Event(lost.into_event()));
                shared.lose(&lane.worker, generation, reason);
            }
        }
    }
}

impl Shared {
    /// A lane to the code that is in the files now, and which generation of it that is.
    fn lane(self: &Arc<Self>) -> Result<(Lane, u64), Box<EventKind>> {
        let mut state = lock(&self.state);
        self.bring_up_to_date(&mut state, &[]);
        loop {
            let Some(loaded) = &mut state.loaded else {
                let reason = if lock(&self.wanted).is_none() {
                    "no lesson is open; choose one in the tutor first"
                } else {
                    "no Python process could be started"
                };
                let reason = reason.to_owned();
                return Err(Box::new(EventKind::WorkerDied { reason }));
            };
            match &mut loaded.outcome {
                Err(raised) => return Err(Box::new(EventKind::Raised(raised.clone()))),
                Ok(crew) => {
                    if let Some(lane) = crew.idle.pop() {
                        return Ok((lane, loaded.generation));
                    }
                }
            }
            state = self
                .freed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn give_back(&self, lane: Lane, generation: u64, found: Found) {
        let mut state = lock(&self.state);
        // A lane to older code is dropped, and with the last one its worker.
        if let Some(loaded) = state
            .loaded
            .as_mut()
            .filter(|it| it.generation == generation)
            && let Ok(crew) = &mut loaded.outcome
        {
            loaded.files.add(found);
            crew.idle.push(lane);
            self.freed.notify_one();
        }
    }

    /// A worker has ended; another one takes its place.
    fn lose(self: &Arc<Self>, worker: &Arc<Worker>, generation: u64, reason: String) {
        let mut state = lock(&self.state);
        if let Some(loaded) = state
            .loaded
            .as_mut()
            .filter(|it| it.generation == generation)
            && let Ok(crew) = &mut loaded.outcome
        {
            let Some(place) = crew.workers.iter().position(|it| Arc::ptr_eq(it, worker)) else {
                // Another one of its lanes was first.
                return;
            };
            crew.workers.swap_remove(place);
            crew.idle.retain(|lane| !Arc::ptr_eq(&lane.worker, worker));
            if crew.workers.is_empty() && crew.hired == 0 {
                state.loaded = None;
                let State {
                    nursery, recipe, ..
                } = &mut *state;
                nursery.order(recipe);
            } else {
                self.hire(&mut state, 1);
            }
        }
        self.freed.notify_all();
        drop(state);
        (self.notify)(Notice::Died { reason });
    }

    /// Loads what is wanted, unless it is loaded already.
    fn bring_up_to_date(self: &Arc<Self>, state: &mut State, saved: &[PathBuf]) {
        let Some(target) = lock(&self.wanted).clone() else {
            return;
        };
        let read = match &target.app {
            App::File(file) => std::fs::read(file).map_err(|error| unreadable(file, &error)),
            App::Module(_) => Ok(Vec::new()),
        };
        let is_known = state.loaded.as_ref().is_some_and(|loaded| {
            let same = loaded.target == target
                && match (&target.app, &read) {
                    (App::File(_), Ok(source)) => loaded.source == *source,
                    (App::File(_), Err(raised)) => loaded.outcome.as_ref().err() == Some(raised),
                    (App::Module(_), _) => true,
                };
            same && !loaded.files.changed() && !loaded.may_need(saved)
        });
        if is_known {
            return;
        }
        let files = Files::none_of(&target.folder);
        let attempt = match &read {
            Err(raised) => Ok(Attempt::failed(&target, raised.clone())),
            Ok(source) => self.attempt(state, &target, source),
        };
        match attempt {
            Ok(attempt) => {
                let before = state.loaded.take();
                let source = read.unwrap_or_default();
                state.loaded = Some(self.keep(target, source, files, attempt, before.as_ref()));
                self.hire(state, self.crowd.workers - 1);
                // The next save, or the next crash, finds an interpreter waiting.
                state.nursery.order(&state.recipe);
            }
            Err(reason) => {
                state.loaded = None;
                (self.notify)(Notice::Died { reason });
            }
        }
        self.freed.notify_all();
    }

    /// Remembers what became of the code, and tells it unless it is the same failure as before.
    fn keep(
        &self,
        target: Target,
        source: Vec<u8>,
        mut files: Files,
        attempt: Attempt,
        before: Option<&Loaded>,
    ) -> Loaded {
        files.add(attempt.found);
        if attempt.outcome.is_ok() {
            files.complete();
        }
        let mut code = Code {
            file: attempt.file,
            source: String::from_utf8_lossy(&attempt.source).into_owned(),
            callable: String::new(),
            printed: attempt.printed,
        };
        let outcome = attempt.outcome.map(|(idle, callable)| {
            code.callable = callable;
            (self.notify)(Notice::Loaded(code.clone()));
            Crew {
                workers: idle
                    .first()
                    .map(|lane| Arc::clone(&lane.worker))
                    .into_iter()
                    .collect(),
                hired: 0,
                idle,
            }
        });
        let known = before
            .filter(|loaded| loaded.target == target)
            .and_then(|loaded| loaded.outcome.as_ref().err());
        if let Err(raised) = &outcome
            && known != Some(raised)
        {
            (self.notify)(Notice::Failed(code, Box::new(raised.clone())));
        }
        Loaded {
            target,
            source,
            files,
            generation: self.generation.fetch_add(1, Ordering::AcqRel) + 1,
            outcome,
        }
    }

    /// Loads the code in a fresh worker. An error says why there is no worker at all.
    fn attempt(
        &self,
        state: &mut State,
        target: &Target,
        source: &[u8],
    ) -> Result<Attempt, String> {
        let engine = state.recipe.engine.clone();
        let mut first = state
            .nursery
            .take(&state.recipe)
            .map_err(|error| format!("Python ({engine}) could not be started: {error}"))?;
        let (about, executable) = first
            .ready()
            .map_err(|reason| format!("Python ({engine}) did not start: {reason}"))?;
        if !state.greeted {
            state.greeted = true;
            if let Some(executable) = executable {
                state.recipe.engine = Engine::System(executable);
            }
            (self.notify)(Notice::Ready(about));
        }
        let mut attempt = load(first, target, source, self.crowd.threads, &self.folder);
        if let Err(raised) = &mut attempt.outcome {
            explain_missing(raised, &engine);
        }
        Ok(attempt)
    }

    /// Has so many more workers load the code that is loaded, in the background.
    fn hire(self: &Arc<Self>, state: &mut State, workers: usize) {
        let Some(loaded) = &mut state.loaded else {
            return;
        };
        let Ok(crew) = &mut loaded.outcome else {
            return;
        };
        for _ in 0..workers {
            let Ok(first) = state.nursery.take(&state.recipe) else {
                continue;
            };
            let shared = Arc::clone(self);
            let (target, source) = (loaded.target.clone(), loaded.source.clone());
            let generation = loaded.generation;
            let work = move || shared.employ(first, &target, &source, generation);
            let spawned = thread::Builder::new().name("hire".into()).spawn(work);
            crew.hired += usize::from(spawned.is_ok());
        }
    }

    /// Loads the code in one more worker and lets it be called there.
    fn employ(self: &Arc<Self>, mut first: Lane, target: &Target, source: &[u8], generation: u64) {
        let loaded = first.ready().and_then(|_| {
            let attempt = load(first, target, source, self.crowd.threads, &self.folder);
            let (lanes, _) = attempt.outcome.map_err(|raised| raised.message)?;
            Ok(lanes)
        });
        let mut state = lock(&self.state);
        let Some(crew) = state
            .loaded
            .as_mut()
            .filter(|it| it.generation == generation)
            .and_then(|it| it.outcome.as_mut().ok())
        else {
            return;
        };
        crew.hired -= 1;
        let trouble = match loaded {
            Ok(lanes) => {
                crew.workers
                    .extend(lanes.first().map(|lane| Arc::clone(&lane.worker)));
                crew.idle.extend(lanes);
                None
            }
            Err(reason) => Some(reason),
        };
        if crew.workers.is_empty() && crew.hired == 0 {
            state.loaded = None;
        }
        self.freed.notify_all();
        drop(state);
        if let Some(reason) = trouble {
            let reason = format!("one of the processes could not load the app: {reason}");
            (self.notify)(Notice::Died { reason });
        }
    }
}

impl Loaded {
    /// Whether one of these files may be what the application needs now.
    fn may_need(&self, saved: &[PathBuf]) -> bool {
        saved.iter().any(|path| {
            let is_python = path.extension().is_some_and(|extension| extension == "py");
            // A file that was named is compared byte by byte.
            let is_named = self.target.app == App::File(path.clone());
            is_python && (self.outcome.is_err() || !is_named && self.files.is_new(path))
        })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn unreadable(file: &Path, error: &io::Error) -> Raised {
    let message = format!(
        "{} cannot be read ({error}); save it again, or open the lesson anew for a fresh copy",
        file.display()
    );
    not_pythons_own("FileNotFoundError", &message)
}

/// What the embedded Python does not have, another one may.
fn explain_missing(raised: &mut Raised, engine: &Engine) {
    if raised.r#type == "ModuleNotFoundError" && *engine == Engine::Embedded {
        raised.message.push_str(
            "; the embedded Python has only its standard library, so name one that has more: \
             --python PATH",
        );
    }
}
