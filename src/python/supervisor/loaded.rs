//! An application as it was loaded, and whether its files still say the same.

use std::path::PathBuf;
use std::sync::Arc;

use super::event::Code;
use super::files::{FileFingerprint, LoadedFiles};
use super::pool::WorkerPool;
use crate::exchange::Raised;
use crate::python::process::worker::Worker;
use crate::python::target::{App, Target};

/// An application as it was loaded, and the outcome.
pub struct Loaded {
    pub target: Target,
    /// The content of its file, if it was named by its file.
    pub source: Vec<u8>,
    /// The fingerprint of that file when it was last read, where it shows whether the file has
    /// changed since.
    pub fingerprint: Option<FileFingerprint>,
    /// As it was reported.
    pub code: Code,
    pub files: LoadedFiles,
    pub generation: u64,
    pub outcome: Result<WorkerPool, Raised>,
}

impl Loaded {
    /// Whether the same code failed in the same way.
    pub fn failed_alike(&self, code: &Code, raised: &Raised) -> bool {
        // The text of a traceback depends on what the file holds when it is written.
        self.outcome.as_ref().err().is_some_and(|before| {
            (&before.r#type, &before.message, &before.blame)
                == (&raised.r#type, &raised.message, &raised.blame)
        }) && self.code.source == code.source
    }

    /// Like [`Loaded::is_current`], from the fingerprint of the target's file alone. Returns false
    /// where that is not enough to know.
    pub fn looks_current(
        &self,
        target: &Target,
        fingerprint: Option<&FileFingerprint>,
        saved: &[PathBuf],
    ) -> bool {
        let same = match &target.app {
            App::Module(_) => true,
            App::File(_) => fingerprint.is_some() && self.fingerprint.as_ref() == fingerprint,
        };
        same && self.target == *target && !self.files.changed() && !self.may_need(saved)
    }

    /// Whether this is what should be loaded now. `read` is the content of the target's file.
    pub fn is_current(
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

    /// Whether one of these files may be what an application needs that could not be loaded. For
    /// one that was loaded, the files it looked for and did not find are among its files.
    fn may_need(&self, saved: &[PathBuf]) -> bool {
        saved.iter().any(|path| {
            let is_python = path.extension().is_some_and(|extension| extension == "py");
            // A file that was named is compared byte by byte.
            let is_named = self.target.app == App::File(path.clone());
            is_python && !is_named && self.outcome.is_err() && self.files.is_later(path)
        })
    }
}

/// What is loaded, if it is still this generation.
pub fn of_generation(current: &mut Option<Loaded>, generation: u64) -> Option<&mut Loaded> {
    current
        .as_mut()
        .filter(|loaded| loaded.generation == generation)
}

/// The workers of this generation, if it is what is loaded.
pub fn pool(current: &mut Option<Loaded>, generation: u64) -> Option<&mut WorkerPool> {
    of_generation(current, generation)?.outcome.as_mut().ok()
}

/// The workers of this generation, if this one is still among them.
pub fn pool_with<'a>(
    current: &'a mut Option<Loaded>,
    worker: &Arc<Worker>,
    generation: u64,
) -> Option<&'a mut WorkerPool> {
    pool(current, generation).filter(|pool| pool.contains(worker))
}
