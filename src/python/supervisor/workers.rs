//! Adds workers to the pool, takes back their channels, and replaces those that end.

use std::sync::Arc;
use std::thread;

use tracing::{info, warn};

use super::event::SupervisorEvent;
use super::load::load;
use super::loaded::{of_generation, pool, pool_with};
use super::pool::WorkerPool;
use super::shared::SupervisorState;
use crate::python::error::AddWorkerError;
use crate::python::process::worker::Worker;
use crate::python::process::worker_channel::WorkerChannel;

impl SupervisorState {
    /// Returns a channel after a call. One to older code is dropped, and with the last one its
    /// worker.
    pub fn give_back(&self, channel: WorkerChannel, generation: u64) {
        let mut current = self.loaded.lock();
        if let Some(pool) = pool_with(&mut current, &channel.worker, generation) {
            pool.give_back(channel);
            self.freed.notify_one();
        }
    }

    /// Replaces a worker that has ended.
    pub fn replace(self: &Arc<Self>, worker: &Arc<Worker>, generation: u64, reason: String) {
        let mut current = self.loaded.lock();
        if let Some(pool) = pool(&mut current, generation) {
            if !pool.remove(worker) {
                // The call on another of its channels replaced it.
                return;
            }
            if pool.is_empty() {
                // The next call loads the code anew.
                *current = None;
            } else {
                self.add_worker(pool, generation);
            }
        }
        self.freed.notify_all();
        drop(current);
        warn!(worker = worker.pid(), generation, reason, "worker lost");
        (self.notify)(SupervisorEvent::WorkerDied { reason });
        self.prestart();
    }

    /// Loads the code of this generation in one more worker, in the background.
    pub fn add_worker(self: &Arc<Self>, pool: &mut WorkerPool, generation: u64) {
        let state = Arc::clone(self);
        let spawned = thread::Builder::new()
            .name("load".into())
            .spawn(move || state.attach(generation));
        if spawned.is_ok() {
            pool.begin_loading();
        }
    }

    /// Loads the code of this generation in one more worker and adds it to the pool.
    fn attach(&self, generation: u64) {
        let loaded = self.load_again(generation);
        let mut current = self.loaded.lock();
        let Some(pool) = pool(&mut current, generation) else {
            return;
        };
        pool.finish_loading();
        let failure = match loaded {
            Ok(channels) => {
                let worker = channels.first().map(|channel| channel.worker.pid());
                info!(worker, generation, "worker added");
                pool.add(channels);
                None
            }
            Err(error) => Some(error),
        };
        if pool.is_empty() {
            *current = None;
        }
        self.freed.notify_all();
        drop(current);
        if let Some(error) = failure {
            let reason = format!("one of the processes could not load the app: {error}");
            warn!(generation, reason, "no worker added");
            (self.notify)(SupervisorEvent::WorkerDied { reason });
        }
    }

    fn load_again(&self, generation: u64) -> Result<Vec<WorkerChannel>, AddWorkerError> {
        let (target, source, mut first) = {
            // Whoever holds this may be about to say what is loaded.
            let mut starter = self.starter.lock();
            let mut current = self.loaded.lock();
            let loaded = of_generation(&mut current, generation).ok_or(AddWorkerError::Outdated)?;
            let (target, source) = (loaded.target.clone(), loaded.source.clone());
            drop(current);
            let first = starter.take()?;
            starter.prestart();
            (target, source, first)
        };
        first.wait_until_ready()?;
        let attempt = load(
            first,
            &target,
            &source,
            self.pool_size.threads,
            &self.folder,
        );
        let (channels, _) = attempt
            .outcome
            .map_err(|raised| AddWorkerError::LoadFailed(raised.message))?;
        Ok(channels)
    }
}
