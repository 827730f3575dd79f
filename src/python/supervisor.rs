//! Keeps an application running: loads it, loads it again when one of its files changed, calls it,
//! and starts a new worker when one was lost.

use std::borrow::Cow;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Map, Value};

use super::START_DEADLINE;
use super::conversation::converse;
use super::engine::{About, Engine};
use super::files::{Files, Glimpse};
use super::frames::Silence;
use super::frameworks;
use super::lane::{Lane, line_of};
use super::loading::{Attempt, load, not_pythons_own};
use super::nursery::Nursery;
use super::protocol::Command;
use super::target::{App, Crowd, Target};
use super::worker::{Recipe, Roster, Worker};
use crate::exchange::{BlockSource, EventKind, Raised};
use crate::ordinary_file;

/// What happens while an application answers.
pub enum Happening<'a> {
    /// Nothing, for a while. Whether it is worth waiting is asked: not for a client that has left, where others
    /// wait.
    Waits,
    /// The application was called so many microseconds ago. environ is as it gets it: keys, reprs and types.
    Called {
        callable: String,
        environ: Vec<(String, String, Cow<'static, str>)>,
        ago_us: u64,
    },
    Event(EventKind),
    /// Something that happened so many microseconds ago.
    Earlier(EventKind, u64),
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
    /// The other Python files of the project it was made of, as they are now.
    pub others: Vec<(PathBuf, String)>,
    /// What will be called, such as `function application`; empty when it could not be loaded.
    pub callable: String,
    /// What it printed while it was loaded.
    pub printed: String,
    /// The version of the Python that loaded it, such as `3.11.7`.
    pub python: String,
}

/// What raises these is the code itself, whatever else runs.
const CODES_OWN: [&str; 8] = [
    "AttributeError",
    "ImportError",
    "IndentationError",
    "ModuleNotFoundError",
    "NameError",
    "SyntaxError",
    "TypeError",
    "TimeoutError",
];

/// How long the application's own file may be, in bytes.
const SOURCE_BYTES: u64 = 8 * 1024 * 1024;

/// How many modules of a project are looked into, and how many bytes of one.
const MODULES: usize = 200;
const MODULE_BYTES: u64 = 256 * 1024;

/// How long a command may be that is sent before its time, in bytes.
const EXPECTED: usize = 32 * 1024;

/// How often a call has the application loaded before it gives up.
const TRIES: u32 = 2;

type Notify = Box<dyn Fn(Notice) + Send + Sync>;

/// One application, kept running for a [`Crowd`] of callers.
#[derive(Clone)]
pub struct Supervisor(Arc<Shared>);

struct Shared {
    notify: Notify,
    crowd: Crowd,
    /// Whether the lines that run are reported.
    trace: bool,
    folder: PathBuf,
    roster: Roster,
    /// What is to run. Apart from the rest, so that it can be changed while something is loaded.
    wanted: Mutex<Option<Target>>,
    /// How often something was loaded.
    generation: AtomicU64,
    /// Held while something is loaded.
    workshop: Mutex<Workshop>,
    /// Never held for long, and never locked before the workshop is.
    loaded: Mutex<Option<Loaded>>,
    /// A lane became free, or there will be none.
    freed: Condvar,
}

/// Where workers come from.
struct Workshop {
    recipe: Recipe,
    nursery: Nursery,
    greeted: bool,
}

impl Workshop {
    /// Has a worker wait for the next save or crash.
    fn order(&mut self) {
        self.nursery.order(&self.recipe);
    }

    fn take(&mut self) -> io::Result<Lane> {
        self.nursery.take(&self.recipe)
    }

    /// A lane to an interpreter that runs; what it is, and the path of a system interpreter itself. An error
    /// says why there is none.
    fn interpreter(&mut self) -> Result<(Lane, About, Option<PathBuf>), String> {
        let engine = self.recipe.engine.clone();
        let mut lane = self
            .take()
            .map_err(|error| format!("Python ({engine}) could not be started: {error}"))?;
        let (about, executable) = lane
            .ready()
            .map_err(|reason| format!("Python ({engine}) did not start: {reason}"))?;
        Ok((lane, about, executable))
    }
}

/// An application as it was loaded, and what became of it.
struct Loaded {
    target: Target,
    /// What stood in its file, if it was named by its file.
    source: Vec<u8>,
    /// How that file looked when it was last read, where that tells whether it was changed since.
    glimpse: Option<Glimpse>,
    /// As it was told.
    code: Code,
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
    /// private folder for this run. `trace` says whether the lines that run are reported, and `timeout` how
    /// long the application may keep control.
    pub fn start(
        program: PathBuf,
        engine: Engine,
        crowd: Crowd,
        trace: bool,
        timeout: Duration,
        folder: PathBuf,
        notify: impl Fn(Notice) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let recipe = Recipe::new(program, engine, timeout, &folder)?;
        let mut nursery = Nursery::open()?;
        nursery.order(&recipe);
        Ok(Self(Arc::new(Shared {
            notify: Box::new(notify),
            crowd,
            trace,
            folder,
            roster: recipe.roster.clone(),
            wanted: Mutex::default(),
            generation: AtomicU64::new(0),
            workshop: Mutex::new(Workshop {
                recipe,
                nursery,
                greeted: false,
            }),
            loaded: Mutex::default(),
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
        self.0.bring_up_to_date(saved);
    }

    /// Ends all workers at once, whatever they are doing.
    pub fn stop(&self) {
        self.0.roster.end_all();
    }

    /// Makes ready a call with this environ and a body of so many bytes: a worker that is free is told of
    /// environ, which takes it longer than all the rest of a command. Waits for nothing.
    #[must_use]
    pub fn prepare(&self, environ: &Map<String, Value>, bytes: usize) -> Prepared {
        let shared = &self.0;
        let lane = shared.expecting(environ);
        let along = lane.is_none().then_some(environ);
        Prepared {
            command: shared.command(along, bytes),
            lane,
            shared: Arc::clone(shared),
        }
    }

    /// Calls the application, with a body of so many bytes and with the code that is in its files now.
    /// `happen` is told everything and answers whether the client wants more.
    pub fn call(
        &self,
        mut prepared: Prepared,
        environ: &Map<String, Value>,
        body: (usize, &mut dyn Read),
        happen: &mut dyn FnMut(Happening<'_>) -> bool,
    ) {
        let shared = &self.0;
        let mut command = std::mem::take(&mut prepared.command);
        let ready = prepared.lane.take();
        let lane = match ready {
            Some((lane, generation)) if shared.is_current(&lane, generation) => {
                Ok((lane, generation))
            }
            Some((lane, generation)) => {
                // Newer code may need what the older code holds as long as somebody has a lane to it.
                shared.give_back(lane, generation);
                command = shared.command(Some(environ), body.0);
                shared.lane()
            }
            None => shared.lane(),
        };
        let alive = lane.and_then(|lane| {
            shared.alive(lane, || command = shared.command(Some(environ), body.0))
        });
        let (mut lane, generation) = match alive {
            Ok(lane) => lane,
            Err(event) => {
                happen(Happening::Event(*event));
                return;
            }
        };
        let outdated = || shared.generation.load(Ordering::Acquire) != generation;
        let find = |found| {
            if let Some(loaded) = of(&mut lock(&shared.loaded), generation) {
                loaded.files.add(found);
            }
        };
        match converse(
            &mut lane,
            (&command, body),
            environ,
            &outdated,
            &find,
            happen,
        ) {
            Ok(()) => shared.give_back(lane, generation),
            Err(lost) => {
                let reason = lost.reason();
                happen(Happening::Event(lost.into_event()));
                shared.lose(&lane.worker, generation, reason);
            }
        }
    }
}

/// A call that was made ready. Without the call its lane serves another one.
pub struct Prepared {
    shared: Arc<Shared>,
    command: Vec<u8>,
    /// Where environ is known already, and which generation of the code that leads to.
    lane: Option<(Lane, u64)>,
}

impl Drop for Prepared {
    fn drop(&mut self) {
        if let Some((lane, generation)) = self.lane.take() {
            self.shared.give_back(lane, generation);
        }
    }
}

impl Shared {
    /// The command for a call; environ goes along where it is not expected.
    fn command(&self, environ: Option<&Map<String, Value>>, bytes: usize) -> Vec<u8> {
        let trace = self.trace;
        // The keys of its maps are text, so it can be written.
        line_of(&Command::Call {
            environ,
            trace,
            bytes,
        })
        .unwrap_or_default()
    }

    /// A lane that is free, to a worker that expects a call with this environ.
    fn expecting(&self, environ: &Map<String, Value>) -> Option<(Lane, u64)> {
        let (mut lane, generation) = self.free()?;
        let expect = line_of(&Command::Expect { environ }).unwrap_or_default();
        if expect.len() > EXPECTED {
            // More than a pipe holds would have to wait until the worker takes it.
            self.give_back(lane, generation);
            return None;
        }
        // A worker that is gone is noticed by the call.
        let _ = lane.tell_line(&expect, 0, &mut io::empty());
        Some((lane, generation))
    }

    /// Whether a lane leads to the code that is in the files now, and to a worker that was not lost.
    fn is_current(&self, lane: &Lane, generation: u64) -> bool {
        // Where something is being loaded just now, that is what is to run.
        let Ok(_none_is_loaded) = self.workshop.try_lock() else {
            return false;
        };
        let Some(target) = lock(&self.wanted).clone() else {
            return false;
        };
        let glimpse = glimpse_of(&target);
        let mut current = lock(&self.loaded);
        let looks_current = |loaded: &Loaded| loaded.looks_current(&target, glimpse.as_ref(), &[]);
        current.as_ref().is_some_and(looks_current)
            && crew_of(&mut current, lane, generation).is_some()
    }

    /// A lane that is free just now, if there is one.
    fn free(&self) -> Option<(Lane, u64)> {
        let mut current = lock(&self.loaded);
        let loaded = current.as_mut()?;
        let crew = loaded.outcome.as_mut().ok()?;
        Some((crew.idle.pop()?, loaded.generation))
    }

    /// A lane to the code that is in the files now, and which generation of it that is.
    fn lane(self: &Arc<Self>) -> Result<(Lane, u64), Box<EventKind>> {
        self.bring_up_to_date(&[]);
        let mut tries = 1;
        let mut current = lock(&self.loaded);
        loop {
            let Some(loaded) = &mut *current else {
                // The last worker may have ended while this call waited for it.
                if tries < TRIES && lock(&self.wanted).is_some() {
                    tries += 1;
                    drop(current);
                    self.bring_up_to_date(&[]);
                    current = lock(&self.loaded);
                    continue;
                }
                let reason = if lock(&self.wanted).is_none() {
                    "no lesson is open; choose one in the tutor first"
                } else {
                    "no Python process could be started"
                };
                let reason = reason.to_owned();
                return Err(Box::new(EventKind::WorkerDied { reason }));
            };
            match &mut loaded.outcome {
                Err(raised) => return Err(Box::new(EventKind::Raised(raised.clone().into()))),
                Ok(crew) => {
                    if let Some(lane) = crew.idle.pop() {
                        return Ok((lane, loaded.generation));
                    }
                }
            }
            current = self
                .freed
                .wait(current)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// This lane, or another one where its worker ended while it had nothing to do: that need not cost a request
    /// its answer. `anew` is called where it is another one.
    fn alive(
        self: &Arc<Self>,
        (mut lane, mut generation): (Lane, u64),
        mut anew: impl FnMut(),
    ) -> Result<(Lane, u64), Box<EventKind>> {
        for _ in 0..self.crowd.workers {
            if !lane.worker.has_ended() {
                break;
            }
            let reason = lane.worker.obituary(&Silence::Ended);
            self.lose(&lane.worker, generation, reason);
            anew();
            (lane, generation) = self.lane()?;
        }
        Ok((lane, generation))
    }

    fn give_back(&self, lane: Lane, generation: u64) {
        let mut current = lock(&self.loaded);
        // A lane to older code is dropped, and with the last one its worker.
        if let Some(crew) = crew_of(&mut current, &lane, generation) {
            crew.idle.push(lane);
            self.freed.notify_one();
        }
    }

    /// A worker has ended; another one takes its place.
    fn lose(self: &Arc<Self>, worker: &Arc<Worker>, generation: u64, reason: String) {
        let mut current = lock(&self.loaded);
        if let Some(crew) = crew(&mut current, generation) {
            let Some(place) = crew.workers.iter().position(|it| Arc::ptr_eq(it, worker)) else {
                // Another one of its lanes was first.
                return;
            };
            crew.workers.swap_remove(place);
            crew.idle.retain(|lane| !Arc::ptr_eq(&lane.worker, worker));
            if crew.workers.is_empty() && crew.hired == 0 {
                // The next call loads it anew.
                *current = None;
            } else {
                self.hire(crew, generation);
            }
        }
        self.freed.notify_all();
        drop(current);
        (self.notify)(Notice::Died { reason });
        self.order();
    }

    /// Has an interpreter wait for the next save or crash, in the background.
    fn order(self: &Arc<Self>) {
        let shared = Arc::clone(self);
        // Without a thread it is started when it is needed.
        let _ = thread::Builder::new().name("order".into()).spawn(move || {
            lock(&shared.workshop).order();
        });
    }

    /// Loads what is wanted, unless it is loaded already.
    fn bring_up_to_date(self: &Arc<Self>, saved: &[PathBuf]) {
        let mut workshop = lock(&self.workshop);
        let Some(target) = lock(&self.wanted).clone() else {
            return;
        };
        // Looked at before it is read: what is saved in between looks otherwise the next time.
        let glimpse = glimpse_of(&target);
        let looks_current = lock(&self.loaded)
            .as_ref()
            .is_some_and(|loaded| loaded.looks_current(&target, glimpse.as_ref(), saved));
        if looks_current {
            return;
        }
        let read = match &target.app {
            App::File(file) => source_of(file).map_err(|error| unreadable(file, &error)),
            App::Module(_) => Ok(Vec::new()),
        };
        if let Some(loaded) = &mut *lock(&self.loaded)
            && loaded.is_current(&target, &read, saved)
        {
            loaded.glimpse = glimpse;
            return;
        }
        let files = Files::none_of(&target.folder);
        let attempt = match &read {
            Err(raised) => Ok(Attempt::failed(&target, raised.clone())),
            Ok(source) => self.attempt_twice(&mut workshop, &target, source),
        };
        match attempt {
            Ok(attempt) => {
                if attempt.outcome.is_ok() {
                    workshop.recipe.imports.clone_from(&attempt.imports);
                }
                let source = read.unwrap_or_default();
                self.keep(target, source, files, attempt);
                workshop.order();
            }
            Err(reason) => {
                *lock(&self.loaded) = None;
                (self.notify)(Notice::Died { reason });
            }
        }
        self.freed.notify_all();
    }

    /// Remembers what became of the code, and tells it unless it is the same failure as before.
    fn keep(self: &Arc<Self>, target: Target, source: Vec<u8>, mut files: Files, attempt: Attempt) {
        let generation = self.generation.fetch_add(1, Ordering::AcqRel) + 1;
        let others = modules_read(&attempt);
        files.add(attempt.found);
        files.complete(attempt.outcome.is_ok());
        let mut code = Code {
            file: attempt.file,
            source: String::from_utf8_lossy(&attempt.source).into_owned(),
            others,
            callable: String::new(),
            printed: attempt.printed,
            python: attempt.python,
        };
        let outcome = attempt.outcome.map(|(idle, callable)| {
            code.callable = callable;
            let mut crew = Crew {
                workers: workers(&idle),
                hired: 0,
                idle,
            };
            for _ in 1..self.crowd.workers {
                self.hire(&mut crew, generation);
            }
            crew
        });
        let mut current = lock(&self.loaded);
        let before = current.as_ref().filter(|loaded| loaded.target == target);
        let notice = match &outcome {
            Ok(_) => Some(Notice::Loaded(code.clone())),
            Err(raised) if before.is_some_and(|before| before.failed_alike(&code, raised)) => None,
            Err(raised) => Some(Notice::Failed(code.clone(), Box::new(raised.clone()))),
        };
        let before = current.replace(Loaded {
            target,
            source,
            glimpse: None,
            code,
            files,
            generation,
            outcome,
        });
        drop(current);
        // Ending the processes of the code before takes a moment.
        drop(before);
        if let Some(notice) = notice {
            (self.notify)(notice);
        }
    }

    /// Loads the code in a fresh worker, and once more where the first failure may not be the code's.
    fn attempt_twice(
        &self,
        workshop: &mut Workshop,
        target: &Target,
        source: &[u8],
    ) -> Result<Attempt, String> {
        let attempt = self.attempt(workshop, target, source)?;
        let Err(raised) = &attempt.outcome else {
            return Ok(attempt);
        };
        let running = lock(&self.loaded)
            .as_ref()
            .is_some_and(|loaded| loaded.outcome.is_ok());
        // The code before may hold a port or a lock that the new code wants.
        let is_held = running && !CODES_OWN.contains(&raised.r#type.as_str());
        if !is_held && attempt.heard {
            return Ok(attempt);
        }
        if is_held {
            *lock(&self.loaded) = None;
        }
        self.attempt(workshop, target, source)
    }

    /// Loads the code in a fresh worker. An error says why there is no worker at all.
    fn attempt(
        &self,
        workshop: &mut Workshop,
        target: &Target,
        source: &[u8],
    ) -> Result<Attempt, String> {
        let engine = workshop.recipe.engine.clone();
        let since = Instant::now();
        let mut started = workshop.interpreter();
        if started.is_err() && since.elapsed() < START_DEADLINE {
            // Whoever ended it, as a system short of memory does, may spare the next one.
            started = workshop.interpreter();
        }
        let (first, about, executable) = started?;
        let python = about.version.clone();
        if !workshop.greeted {
            workshop.greeted = true;
            if let Some(executable) = executable.filter(|_| engine.is_shim()) {
                workshop.recipe.engine = Engine::System(executable);
            }
            (self.notify)(Notice::Ready(about));
        }
        let mut attempt = load(first, target, source, self.crowd.threads, &self.folder);
        attempt.python = python;
        if engine == Engine::Embedded
            && let Err(raised) = &mut attempt.outcome
        {
            frameworks::explain(raised, &target.folder);
        }
        Ok(attempt)
    }

    /// Has one more worker load the code, in the background.
    fn hire(self: &Arc<Self>, crew: &mut Crew, generation: u64) {
        let shared = Arc::clone(self);
        let spawned = thread::Builder::new()
            .name("hire".into())
            .spawn(move || shared.employ(generation));
        crew.hired += usize::from(spawned.is_ok());
    }

    /// Loads the code of this generation in one more worker and lets it be called there.
    fn employ(&self, generation: u64) {
        let loaded = self.train(generation);
        let mut current = lock(&self.loaded);
        let Some(crew) = crew(&mut current, generation) else {
            return;
        };
        crew.hired -= 1;
        let trouble = match loaded {
            Ok(lanes) => {
                crew.workers.extend(workers(&lanes));
                crew.idle.extend(lanes);
                None
            }
            Err(reason) => Some(reason),
        };
        if crew.workers.is_empty() && crew.hired == 0 {
            *current = None;
        }
        self.freed.notify_all();
        drop(current);
        if let Some(reason) = trouble {
            let reason = format!("one of the processes could not load the app: {reason}");
            (self.notify)(Notice::Died { reason });
        }
    }

    fn train(&self, generation: u64) -> Result<Vec<Lane>, String> {
        let (target, source, mut first) = {
            // Whoever holds the workshop may just be about to say what is loaded.
            let mut workshop = lock(&self.workshop);
            let mut current = lock(&self.loaded);
            let loaded =
                of(&mut current, generation).ok_or("newer code has been loaded in the meantime")?;
            let (target, source) = (loaded.target.clone(), loaded.source.clone());
            drop(current);
            let first = workshop.take().map_err(|error| error.to_string())?;
            workshop.order();
            (target, source, first)
        };
        first.ready()?;
        let attempt = load(first, &target, &source, self.crowd.threads, &self.folder);
        let (lanes, _) = attempt.outcome.map_err(|raised| raised.message)?;
        Ok(lanes)
    }
}

/// What is loaded, if it is still this generation.
fn of(current: &mut Option<Loaded>, generation: u64) -> Option<&mut Loaded> {
    current
        .as_mut()
        .filter(|loaded| loaded.generation == generation)
}

fn crew(current: &mut Option<Loaded>, generation: u64) -> Option<&mut Crew> {
    of(current, generation)?.outcome.as_mut().ok()
}

/// How the target's own file looks, if it was named by its file.
fn glimpse_of(target: &Target) -> Option<Glimpse> {
    match &target.app {
        App::File(file) => Glimpse::of(file),
        App::Module(_) => None,
    }
}

/// The crew a lane leads to, unless its worker was lost meanwhile.
fn crew_of<'a>(
    current: &'a mut Option<Loaded>,
    lane: &Lane,
    generation: u64,
) -> Option<&'a mut Crew> {
    crew(current, generation)
        .filter(|crew| crew.workers.iter().any(|it| Arc::ptr_eq(it, &lane.worker)))
}

/// The worker all these lanes lead to.
fn workers(lanes: &[Lane]) -> Vec<Arc<Worker>> {
    let first = lanes.first();
    first
        .map(|lane| Arc::clone(&lane.worker))
        .into_iter()
        .collect()
}

impl Loaded {
    /// Whether the same code failed in the same way.
    fn failed_alike(&self, code: &Code, raised: &Raised) -> bool {
        // The text of a traceback depends on what the file holds when it is written.
        self.outcome.as_ref().err().is_some_and(|before| {
            (&before.r#type, &before.message, &before.blame)
                == (&raised.r#type, &raised.message, &raised.blame)
        }) && self.code.source == code.source
    }

    /// The same, from a look at the target's file where that tells enough.
    fn looks_current(&self, target: &Target, glimpse: Option<&Glimpse>, saved: &[PathBuf]) -> bool {
        let same = match &target.app {
            App::Module(_) => true,
            App::File(_) => glimpse.is_some() && self.glimpse.as_ref() == glimpse,
        };
        same && self.target == *target && !self.files.changed() && !self.may_need(saved)
    }

    /// Whether this is what should be loaded now. `read` is what stands in the target's file.
    fn is_current(
        &self,
        target: &Target,
        read: &Result<Vec<u8>, Raised>,
        saved: &[PathBuf],
    ) -> bool {
        let same = match (&target.app, read) {
            (App::Module(_), _) => true,
            (App::File(_), Ok(source)) => self.source == *source,
            (App::File(_), Err(raised)) => self.outcome.as_ref().err() == Some(raised),
        };
        self.target == *target && same && !self.files.changed() && !self.may_need(saved)
    }

    /// Whether one of these files may be what an application needs that could not be loaded. What one that
    /// was loaded looked for and did not find is among its files.
    fn may_need(&self, saved: &[PathBuf]) -> bool {
        saved.iter().any(|path| {
            let is_python = path.extension().is_some_and(|extension| extension == "py");
            // A file that was named is compared byte by byte.
            let is_named = self.target.app == App::File(path.clone());
            is_python && !is_named && self.outcome.is_err() && self.files.is_later(path)
        })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The modules of the project that were read while its application was loaded.
fn modules_read(attempt: &Attempt) -> Vec<(PathBuf, String)> {
    let read = attempt.found.read.iter();
    let modules = read.filter_map(|(path, stamp)| {
        let (_, size) = (*stamp)?;
        let is_module = path.extension().is_some_and(|it| it == "py");
        (is_module && size <= MODULE_BYTES && attempt.file.as_ref() != Some(path)).then_some(path)
    });
    let texts = modules.take(MODULES).filter_map(|path| {
        let bytes = ordinary_file::read(path).ok()?;
        Some((path.clone(), String::from_utf8_lossy(&bytes).into_owned()))
    });
    texts.collect()
}

/// What stands in the application's file.
fn source_of(file: &Path) -> io::Result<Vec<u8>> {
    ordinary_file::read_up_to(file, SOURCE_BYTES)
}

fn unreadable(file: &Path, error: &io::Error) -> Raised {
    let message = format!(
        "{} cannot be read ({error}); put it back, or save it again",
        file.display()
    );
    not_pythons_own("FileNotFoundError", &message)
}
