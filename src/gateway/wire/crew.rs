//! The threads that serve connections. A few of them wait for the next connection when theirs has
//! ended: starting a thread for each would take longer than a request, on a busy machine much longer.

use std::io;
use std::sync::mpsc::{SendError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// How many wait; a browser opens six connections.
const WAITING: usize = 8;
/// Enough for a conversation with the application, and for what is said of its mistakes.
const STACK: usize = 2 * 1024 * 1024;

type Work = Box<dyn FnOnce() + Send>;

/// The threads, as many as there is work at once.
#[derive(Clone, Default)]
pub struct Crew {
    waiting: Arc<Mutex<Vec<Sender<Work>>>>,
}

impl Crew {
    /// Has a thread do something.
    ///
    /// # Errors
    /// When the system gives no more threads; then it is not done.
    pub fn employ(&self, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
        let mut work: Work = Box::new(work);
        while let Some(thread) = self.next() {
            match thread.send(work) {
                Ok(()) => return Ok(()),
                // It ended, which only a panic can do to it.
                Err(SendError(unsent)) => work = unsent,
            }
        }
        let crew = self.clone();
        thread::Builder::new()
            .name("connection".into())
            .stack_size(STACK)
            .spawn(move || crew.work(work))
            .map(drop)
    }

    fn next(&self) -> Option<Sender<Work>> {
        self.waiting().pop()
    }

    fn work(&self, first: Work) {
        let mut work = first;
        loop {
            work();
            let (sender, receiver) = channel();
            {
                let mut waiting = self.waiting();
                if waiting.len() >= WAITING {
                    return;
                }
                waiting.push(sender);
            }
            match receiver.recv() {
                Ok(next) => work = next,
                Err(_) => return,
            }
        }
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<Sender<Work>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::thread;

    use super::Crew;

    #[test]
    fn a_thread_that_is_done_does_what_comes_next() {
        let crew = Crew::default();
        let (done, who) = channel();
        let mut seen = Vec::new();
        for _ in 0..3 {
            let done = done.clone();
            let report = move || done.send(thread::current().id()).unwrap();
            crew.employ(report).unwrap();
            seen.push(who.recv().unwrap());
            while crew.waiting().is_empty() {
                thread::yield_now();
            }
        }
        assert!(seen.iter().all(|id| *id == seen[0]));
    }
}
