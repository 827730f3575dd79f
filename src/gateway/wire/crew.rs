//! The threads that accept connections and serve them. Whoever accepts one serves it too: until another
//! thread was awake to do it, the client would wait as long as for half an answer. Before that it makes
//! sure that somebody else accepts.

use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// How many accept when all are free. With a second one the next connection wakes nobody but who serves
/// it; with more of them each would come to its turn with a colder memory.
pub const ACCEPTING: usize = 2;
/// How many more wait until they are needed; a browser opens six connections. Starting a thread takes
/// longer than a request, on a busy machine much longer.
const RESERVE: usize = 6;
/// Enough for a conversation with the application, and for what is said of its mistakes.
const STACK: usize = 2 * 1024 * 1024;

/// What each thread does now; those that serve are not counted.
pub struct Crew {
    ranks: Mutex<Ranks>,
    /// Nobody accepts any more.
    missing: Condvar,
}

struct Ranks {
    accepting: usize,
    reserve: usize,
}

impl Crew {
    /// The first [`ACCEPTING`] threads are about to begin.
    pub fn new() -> Self {
        Self {
            ranks: Mutex::new(Ranks {
                accepting: ACCEPTING,
                reserve: 0,
            }),
            missing: Condvar::new(),
        }
    }

    /// The thread that calls this has somebody to serve. When nobody else accepts, one of the reserve does
    /// from now on, or a new thread, which `hire` starts.
    ///
    /// # Errors
    /// When the system gives no more threads: then the caller has to go on accepting itself.
    pub fn leave(&self, hire: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        let mut ranks = self.ranks();
        if ranks.accepting == 1 && ranks.reserve == 0 {
            drop(ranks);
            // It takes the caller's place.
            return hire();
        }
        ranks.accepting -= 1;
        let is_missing = ranks.accepting == 0;
        drop(ranks);
        if is_missing {
            self.missing.notify_one();
        }
        Ok(())
    }

    /// The thread that calls this has served. Waits until it is to accept again; false when there are
    /// enough threads without it.
    pub fn come_back(&self) -> bool {
        let mut ranks = self.ranks();
        if ranks.accepting >= ACCEPTING {
            if ranks.reserve >= RESERVE {
                return false;
            }
            ranks.reserve += 1;
            let waited = self.missing.wait_while(ranks, |it| it.accepting > 0);
            ranks = waited.unwrap_or_else(PoisonError::into_inner);
            ranks.reserve -= 1;
        }
        ranks.accepting += 1;
        true
    }

    fn ranks(&self) -> MutexGuard<'_, Ranks> {
        self.ranks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Starts a thread that can serve connections.
///
/// # Errors
/// When the system gives no more threads.
pub fn hire(work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new()
        .name("connection".into())
        .stack_size(STACK)
        .spawn(work)
        .map(drop)
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::Arc;
    use std::thread;

    use super::{ACCEPTING, Crew, RESERVE};

    fn nobody() -> io::Result<()> {
        Err(io::ErrorKind::WouldBlock.into())
    }

    #[test]
    fn a_new_thread_is_started_only_when_nobody_else_accepts() {
        let crew = Crew::new();
        for _ in 1..ACCEPTING {
            crew.leave(nobody).unwrap();
        }
        assert!(crew.leave(nobody).is_err());
        assert_eq!(crew.ranks().accepting, 1);
        crew.leave(|| Ok(())).unwrap();
        assert_eq!(crew.ranks().accepting, 1);
    }

    #[test]
    fn those_that_have_served_accept_then_wait_then_end() {
        let crew = Arc::new(Crew::new());
        crew.leave(nobody).unwrap();
        assert!(crew.come_back());
        let waiting: Vec<_> = (0..RESERVE)
            .map(|_| {
                let crew = Arc::clone(&crew);
                thread::spawn(move || crew.come_back())
            })
            .collect();
        while crew.ranks().reserve < RESERVE {
            thread::yield_now();
        }
        assert!(!crew.come_back());
        // All that accept leave, and each of the reserve after it was called.
        for _ in 1..ACCEPTING {
            crew.leave(nobody).unwrap();
        }
        for _ in 0..RESERVE {
            while crew.ranks().accepting == 0 {
                thread::yield_now();
            }
            crew.leave(nobody).unwrap();
        }
        for thread in waiting {
            assert!(thread.join().unwrap());
        }
        assert!(crew.leave(nobody).is_err());
    }
}
