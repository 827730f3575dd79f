//! The workers that run one state of the code.

use std::sync::Arc;

use crate::python::process::worker::Worker;
use crate::python::process::worker_channel::WorkerChannel;

/// The workers, and the channels to them that no call uses.
pub struct WorkerPool {
    workers: Vec<Arc<Worker>>,
    /// Workers that are still loading the code.
    loading: usize,
    idle: Vec<WorkerChannel>,
}

impl WorkerPool {
    /// A pool of one worker, which all these channels lead to.
    pub fn new(channels: Vec<WorkerChannel>) -> Self {
        let mut pool = Self {
            workers: Vec::new(),
            loading: 0,
            idle: Vec::new(),
        };
        pool.add(channels);
        pool
    }

    /// Adds the worker that all these channels lead to.
    pub fn add(&mut self, channels: Vec<WorkerChannel>) {
        let first = channels.first();
        self.workers
            .extend(first.map(|channel| Arc::clone(&channel.worker)));
        self.idle.extend(channels);
    }

    /// Removes a worker that has ended. Returns whether it was there.
    pub fn remove(&mut self, worker: &Arc<Worker>) -> bool {
        let Some(place) = self.workers.iter().position(|it| Arc::ptr_eq(it, worker)) else {
            return false;
        };
        self.workers.swap_remove(place);
        self.idle
            .retain(|channel| !Arc::ptr_eq(&channel.worker, worker));
        true
    }

    pub fn contains(&self, worker: &Arc<Worker>) -> bool {
        self.workers.iter().any(|it| Arc::ptr_eq(it, worker))
    }

    /// Takes a channel that no call uses.
    pub fn take(&mut self) -> Option<WorkerChannel> {
        self.idle.pop()
    }

    /// Returns a channel after a call.
    pub fn give_back(&mut self, channel: WorkerChannel) {
        self.idle.push(channel);
    }

    /// One more worker loads the code.
    pub fn begin_loading(&mut self) {
        self.loading += 1;
    }

    pub fn finish_loading(&mut self) {
        self.loading -= 1;
    }

    /// Whether it has no worker, and none is on the way.
    pub fn is_empty(&self) -> bool {
        self.workers.is_empty() && self.loading == 0
    }
}
