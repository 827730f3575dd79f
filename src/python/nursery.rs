//! Starts workers ahead of need. One thread starts them all and lives as long as the run: on Linux
//! a worker is tied to the life of the thread that started it.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::worker::{Recipe, Worker};

/// Where started workers come from.
pub struct Nursery {
    orders: SyncSender<Recipe>,
    workers: Receiver<io::Result<Worker>>,
    ordered: usize,
}

impl Nursery {
    pub fn open() -> io::Result<Self> {
        let (orders, incoming) = sync_channel::<Recipe>(4);
        let (outgoing, workers) = sync_channel(4);
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
            ordered: 0,
        })
    }

    /// Has a worker started, unless one is waiting already.
    pub fn order(&mut self, recipe: &Recipe) {
        if self.ordered == 0 && self.orders.send(recipe.clone()).is_ok() {
            self.ordered += 1;
        }
    }

    /// Takes the worker that was ordered, or orders one now.
    pub fn take(&mut self, recipe: &Recipe) -> io::Result<Worker> {
        self.order(recipe);
        self.ordered = 0;
        self.workers
            .recv()
            .map_err(|_| io::Error::other("the thread that starts workers has ended"))?
    }
}
