//! Prestarts workers. One long-lived thread spawns them all, because `PR_SET_PDEATHSIG` ties a
//! child to the thread that spawned it.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::config::WorkerConfig;
use super::spawn::spawn_worker;
use super::worker_channel::WorkerChannel;

/// At most one worker that waits for an application.
pub struct Standby {
    requests: SyncSender<WorkerConfig>,
    workers: Receiver<io::Result<WorkerChannel>>,
    /// Whether a worker waits, or is being started.
    is_requested: bool,
}

impl Standby {
    /// Starts the thread.
    pub fn new() -> io::Result<Self> {
        let (requests, incoming) = sync_channel::<WorkerConfig>(1);
        let (outgoing, workers) = sync_channel(1);
        thread::Builder::new()
            .name("standby".into())
            .spawn(move || {
                for config in incoming {
                    // A worker that nobody takes is dropped here, and so ended.
                    if outgoing.send(spawn_worker(&config)).is_err() {
                        break;
                    }
                }
            })?;
        Ok(Self {
            requests,
            workers,
            is_requested: false,
        })
    }

    /// Starts a worker in the background, unless there is one already.
    pub fn prestart(&mut self, config: &WorkerConfig) {
        if !self.is_requested && self.requests.send(config.clone()).is_ok() {
            self.is_requested = true;
        }
    }

    /// Takes the prestarted worker, or starts one now. Starting is tried once more where the
    /// prestarted one failed.
    pub fn take(&mut self, config: &WorkerConfig) -> io::Result<WorkerChannel> {
        let was_requested = self.is_requested;
        self.prestart(config);
        match self.receive() {
            Err(_) if was_requested => {
                self.prestart(config);
                self.receive()
            }
            result => result,
        }
    }

    fn receive(&mut self) -> io::Result<WorkerChannel> {
        self.is_requested = false;
        self.workers
            .recv()
            .map_err(|_| io::Error::other("the thread that starts workers has ended"))?
    }
}
