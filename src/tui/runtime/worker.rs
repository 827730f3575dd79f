//! A thread that takes its work from a queue, and finishes it before the program ends.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

/// Hands work to a thread of its own, in order. Dropping it waits until all is done.
pub struct Worker<T> {
    work: Option<Sender<T>>,
    thread: Option<JoinHandle<()>>,
}

impl<T: Send + 'static> Worker<T> {
    /// Starts a thread of this name that runs until its queue ends. Where it cannot be started
    /// nothing is done, and the program goes on.
    pub fn start(name: &str, run: impl FnOnce(&Receiver<T>) + Send + 'static) -> Self {
        let (work, queue) = channel();
        let thread = thread::Builder::new().name(name.to_owned());
        Self {
            work: Some(work),
            thread: thread.spawn(move || run(&queue)).ok(),
        }
    }

    pub fn send(&self, work: T) {
        if let Some(sender) = &self.work {
            // Without the thread nobody takes it.
            let _ = sender.send(work);
        }
    }
}

impl<T> Drop for Worker<T> {
    fn drop(&mut self) {
        self.work = None;
        if let Some(thread) = self.thread.take() {
            // It says itself what went wrong.
            let _ = thread.join();
        }
    }
}
