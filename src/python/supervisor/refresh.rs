//! Loads the application anew when another one is wanted, or when one of its files has changed.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use tracing::{info, warn};

use super::event::{Code, SupervisorEvent};
use super::files::{FileFingerprint, LoadedFiles};
use super::load::{Attempt, load, load_error};
use super::loaded::Loaded;
use super::pool::WorkerPool;
use super::shared::{Starter, SupervisorState};
use crate::exchange::Raised;
use crate::ordinary_file;
use crate::python::embedded::frameworks;
use crate::python::engine::Engine;
use crate::python::error::StartError;
use crate::python::limits::START_TIMEOUT;
use crate::python::target::{App, Target};

/// Exceptions that the code itself raises, whatever else runs.
const OWN_ERRORS: [&str; 8] = [
    "AttributeError",
    "ImportError",
    "IndentationError",
    "ModuleNotFoundError",
    "NameError",
    "SyntaxError",
    "TypeError",
    "TimeoutError",
];

/// The longest file of an application, in bytes.
const MAX_SOURCE: u64 = 8 * 1024 * 1024;

/// How many modules of a project are read, and the longest one, in bytes.
const MAX_MODULES: usize = 200;
const MAX_MODULE: u64 = 256 * 1024;

impl SupervisorState {
    /// Loads what is wanted, unless that is loaded already.
    pub fn refresh(self: &Arc<Self>, saved: &[PathBuf]) {
        let mut starter = self.starter.lock();
        let Some(target) = self.wanted.lock().clone() else {
            return;
        };
        // Taken before the file is read: a save in between changes it.
        let fingerprint = fingerprint(&target);
        let looks_current = self
            .loaded
            .lock()
            .as_ref()
            .is_some_and(|loaded| loaded.looks_current(&target, fingerprint.as_ref(), saved));
        if looks_current {
            return;
        }
        let read = match &target.app {
            App::File(file) => ordinary_file::read_up_to(file, MAX_SOURCE)
                .map_err(|error| unreadable(file, &error)),
            App::Module(_) => Ok(Vec::new()),
        };
        if let Some(loaded) = &mut *self.loaded.lock()
            && loaded.is_current(&target, &read, saved)
        {
            loaded.fingerprint = fingerprint;
            return;
        }
        let files = LoadedFiles::none_of(&target.folder);
        let attempt = match &read {
            Err(raised) => Ok(Attempt::failed(&target, raised.clone())),
            Ok(source) => self.load_twice(&mut starter, &target, source),
        };
        match attempt {
            Ok(attempt) => {
                if attempt.outcome.is_ok() {
                    starter.config.imports.clone_from(&attempt.imports);
                }
                let source = read.unwrap_or_default();
                self.install(target, source, files, attempt);
                starter.prestart();
            }
            Err(error) => {
                let reason = error.to_string();
                *self.loaded.lock() = None;
                warn!(reason, "no worker");
                (self.notify)(SupervisorEvent::WorkerDied { reason });
            }
        }
        self.freed.notify_all();
    }

    /// Puts the outcome in the place of the code before, and reports it unless it is the same
    /// failure.
    fn install(
        self: &Arc<Self>,
        target: Target,
        source: Vec<u8>,
        mut files: LoadedFiles,
        attempt: Attempt,
    ) {
        let generation = self.generation.fetch_add(1, Ordering::AcqRel) + 1;
        let others = modules_read(&attempt);
        files.add(attempt.opened);
        files.complete(attempt.outcome.is_ok());
        let mut code = Code {
            file: attempt.file,
            source: String::from_utf8_lossy(&attempt.source).into_owned(),
            others,
            callable: String::new(),
            printed: attempt.printed,
            python: attempt.python,
        };
        let outcome = attempt.outcome.map(|(channels, callable)| {
            code.callable = callable;
            let mut pool = WorkerPool::new(channels);
            for _ in 1..self.pool_size.workers {
                self.add_worker(&mut pool, generation);
            }
            pool
        });
        let mut current = self.loaded.lock();
        let before = current.as_ref().filter(|loaded| loaded.target == target);
        let event = match &outcome {
            Ok(_) => Some(SupervisorEvent::Loaded(code.clone())),
            Err(raised) if before.is_some_and(|before| before.failed_alike(&code, raised)) => None,
            Err(raised) => {
                let raised = Box::new(raised.clone());
                Some(SupervisorEvent::LoadFailed(code.clone(), raised))
            }
        };
        let before = current.replace(Loaded {
            target,
            source,
            fingerprint: None,
            code,
            files,
            generation,
            outcome,
        });
        drop(current);
        // After the lock: ending the processes of the code before takes a moment.
        drop(before);
        if let Some(event) = event {
            (self.notify)(event);
        }
    }

    /// Loads the code in a fresh worker, and once more where the first failure may not be the
    /// code's. An error says why there is no worker at all.
    fn load_twice(
        &self,
        starter: &mut Starter,
        target: &Target,
        source: &[u8],
    ) -> Result<Attempt, StartError> {
        let attempt = self.load_fresh(starter, target, source)?;
        let Err(raised) = &attempt.outcome else {
            return Ok(attempt);
        };
        let running = self
            .loaded
            .lock()
            .as_ref()
            .is_some_and(|loaded| loaded.outcome.is_ok());
        // The code before may hold a port or a lock that the new code needs.
        let may_be_held = running && !OWN_ERRORS.contains(&raised.r#type.as_str());
        if !may_be_held && attempt.was_answered {
            return Ok(attempt);
        }
        if may_be_held {
            *self.loaded.lock() = None;
        }
        self.load_fresh(starter, target, source)
    }

    /// Loads the code in a fresh worker. An error says why there is no worker at all.
    fn load_fresh(
        &self,
        starter: &mut Starter,
        target: &Target,
        source: &[u8],
    ) -> Result<Attempt, StartError> {
        let engine = starter.config.engine.clone();
        let since = Instant::now();
        let mut interpreter = starter.interpreter();
        if interpreter.is_err() && since.elapsed() < START_TIMEOUT {
            // Whatever ended it, such as a system short of memory, may spare the next one.
            interpreter = starter.interpreter();
        }
        let (first, about, executable) = interpreter?;
        let python = about.version.clone();
        if !starter.is_reported {
            starter.is_reported = true;
            if let Some(executable) = executable.filter(|_| engine.is_shim()) {
                starter.config.engine = Engine::System(executable);
            }
            (self.notify)(SupervisorEvent::Ready(about));
        }
        let worker = first.worker.pid();
        info!(worker, app = target.label(), "load begins");
        let mut attempt = load(first, target, source, self.pool_size.threads, &self.folder);
        match &attempt.outcome {
            Ok((_, callable)) => info!(worker, callable, "loaded"),
            Err(raised) => info!(worker, r#type = raised.r#type, "load failed"),
        }
        attempt.python = python;
        if engine == Engine::Embedded
            && let Err(raised) = &mut attempt.outcome
        {
            frameworks::explain(raised, &target.folder);
        }
        Ok(attempt)
    }
}

/// The fingerprint of the target's own file, if it was named by its file.
pub fn fingerprint(target: &Target) -> Option<FileFingerprint> {
    match &target.app {
        App::File(file) => FileFingerprint::of(file),
        App::Module(_) => None,
    }
}

/// The modules of the project that were read while its application was loaded.
fn modules_read(attempt: &Attempt) -> Vec<(PathBuf, String)> {
    let modules = attempt.opened.read.iter().filter_map(|read| {
        let size = read.metadata?.size;
        let is_module = read.path.extension().is_some_and(|it| it == "py");
        let is_other = attempt.file.as_ref() != Some(&read.path);
        (is_module && size <= MAX_MODULE && is_other).then_some(&read.path)
    });
    let texts = modules.take(MAX_MODULES).filter_map(|path| {
        let bytes = ordinary_file::read(path).ok()?;
        Some((path.clone(), String::from_utf8_lossy(&bytes).into_owned()))
    });
    texts.collect()
}

fn unreadable(file: &Path, error: &io::Error) -> Raised {
    let message = format!(
        "{} cannot be read ({error}); put it back, or save it again",
        file.display()
    );
    load_error("FileNotFoundError", &message)
}
