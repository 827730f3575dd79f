//! How to start a worker.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::registry::ProcessRegistry;
use crate::python::engine::Engine;
use crate::python::program::BUNDLE;

#[derive(Debug, Clone)]
pub struct WorkerConfig {
    /// This program, which is started again.
    pub program: PathBuf,
    pub engine: Engine,
    /// How long the application may keep control.
    pub timeout: Duration,
    /// Where a system Python finds the program that runs in the worker.
    pub script: PathBuf,
    pub registry: ProcessRegistry,
    /// The folder this program was started in.
    pub working_directory: Option<PathBuf>,
    /// Modules of the standard library that it imports at once.
    pub imports: Vec<String>,
}

impl WorkerConfig {
    /// Writes the program for a system Python into `folder`, a private one for this run.
    pub fn new(
        program: PathBuf,
        engine: Engine,
        timeout: Duration,
        folder: &Path,
    ) -> io::Result<Self> {
        let script = folder.join("worker.py");
        if let Engine::System(_) = engine {
            std::fs::write(&script, BUNDLE.as_str())?;
        }
        Ok(Self {
            program,
            engine,
            timeout,
            script,
            registry: ProcessRegistry::new(),
            working_directory: std::env::current_dir().ok(),
            imports: Vec::new(),
        })
    }
}
