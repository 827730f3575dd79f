//! What the threads of a supervisor share.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::thread;

use parking_lot::{Condvar, Mutex};

use super::event::SupervisorEvent;
use super::loaded::Loaded;
use crate::python::about::About;
use crate::python::error::StartError;
use crate::python::process::config::WorkerConfig;
use crate::python::process::registry::ProcessRegistry;
use crate::python::process::standby::Standby;
use crate::python::process::worker_channel::WorkerChannel;
use crate::python::target::{PoolSize, Target};

/// A thread that holds one of the locks takes only those that stand further on in `starter`,
/// `loaded`, `wanted`.
pub struct SupervisorState {
    pub notify: Box<dyn Fn(SupervisorEvent) + Send + Sync>,
    pub pool_size: PoolSize,
    /// Whether the lines that run are reported.
    pub trace: bool,
    pub folder: PathBuf,
    pub registry: ProcessRegistry,
    /// What is to run. Apart from the rest, so that it can be changed during a load.
    pub wanted: Mutex<Option<Target>>,
    /// How many times something was loaded.
    pub generation: AtomicU64,
    /// Held during a load.
    pub starter: Mutex<Starter>,
    /// Held for short moments only.
    pub loaded: Mutex<Option<Loaded>>,
    /// Signalled when a channel is free, or when there will be none.
    pub freed: Condvar,
}

impl SupervisorState {
    /// Starts a worker in the background for the next save or crash.
    pub fn prestart(self: &Arc<Self>) {
        let state = Arc::clone(self);
        // Without a thread it is started when it is needed.
        let _ = thread::Builder::new()
            .name("prestart".into())
            .spawn(move || state.starter.lock().prestart());
    }
}

/// Starts workers.
pub struct Starter {
    pub config: WorkerConfig,
    pub standby: Standby,
    /// Whether the interpreter was reported.
    pub is_reported: bool,
}

impl Starter {
    /// Starts a worker in the background for the next save or crash.
    pub fn prestart(&mut self) {
        self.standby.prestart(&self.config);
    }

    /// A channel to a worker; its interpreter may still be starting.
    pub fn take(&mut self) -> io::Result<WorkerChannel> {
        self.standby.take(&self.config)
    }

    /// A channel to an interpreter that runs, what it is, and the path of a system interpreter
    /// itself.
    pub fn interpreter(&mut self) -> Result<(WorkerChannel, About, Option<PathBuf>), StartError> {
        let engine = self.config.engine.to_string();
        match self.take() {
            Err(error) => Err(StartError::NotSpawned { engine, error }),
            Ok(mut channel) => match channel.wait_until_ready() {
                Err(error) => Err(StartError::NotReady { engine, error }),
                Ok((about, executable)) => Ok((channel, about, executable)),
            },
        }
    }
}
