//! Starts workers ahead of need. One thread starts them all and lives as long as the run: on Linux
//! a worker is tied to the life of the thread that started it.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::worker::{Recipe, Worker};
use crate::python::protocol::channel::Lane;

/// Where started workers come from.
pub struct Nursery {
    orders: SyncSender<Recipe>,
    workers: Receiver<io::Result<Lane>>,
    /// Whether a worker is waiting, or about to.
    ordered: bool,
}

impl Nursery {
    pub fn open() -> io::Result<Self> {
        let (orders, incoming) = sync_channel::<Recipe>(1);
        let (outgoing, workers) = sync_channel(1);
        thread::Builder::new()
            .name("nursery".into())
            .spawn(move || {
                for recipe in incoming {
                    // A worker nobody takes is dropped here, and so ended.
                    if outgoing.send(Worker::start(&recipe)).is_err() {
                        break;
                    }
                }
            })?;
        Ok(Self {
            orders,
            workers,
            ordered: false,
        })
    }

    /// Has a worker started, unless one is waiting already.
    pub fn order(&mut self, recipe: &Recipe) {
        if !self.ordered && self.orders.send(recipe.clone()).is_ok() {
            self.ordered = true;
        }
    }

    /// Takes the worker that was ordered, by its first lane, or orders one now. One that could not be started when it
    /// was ordered is tried once more.
    pub fn take(&mut self, recipe: &Recipe) -> io::Result<Lane> {
        let ahead = self.ordered;
        self.order(recipe);
        match self.receive() {
            Err(_) if ahead => {
                self.order(recipe);
                self.receive()
            }
            result => result,
        }
    }

    fn receive(&mut self) -> io::Result<Lane> {
        self.ordered = false;
        self.workers
            .recv()
            .map_err(|_| io::Error::other("the thread that starts workers has ended"))?
    }
}
