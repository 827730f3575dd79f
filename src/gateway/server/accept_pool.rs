//! A pool of accept threads. The thread that accepts a connection also serves it: waking another
//! one would cost about half a request. First it makes sure that another thread is accepting.

use std::io;
use std::thread;

use parking_lot::{Condvar, Mutex};

/// Idle threads blocked in `accept`. Two, so that the next connection wakes only the thread that
/// serves it; more would run with cold caches.
pub const ACCEPT_THREADS: usize = 2;
/// More idle threads, which wait until they are needed; a browser opens six connections. Starting a
/// thread takes longer than a request, on a busy machine much longer.
const MAX_RESERVE: usize = 6;
/// In bytes: enough to call the application and to report its mistakes.
const STACK_SIZE: usize = 2 * 1024 * 1024;

/// Counts the threads that accept and those in reserve; those that serve are not counted.
pub struct AcceptPool {
    idle: Mutex<Idle>,
    /// Notified when no thread accepts any more.
    none_accepts: Condvar,
}

struct Idle {
    accepting: usize,
    reserve: usize,
}

impl AcceptPool {
    /// A pool whose first [`ACCEPT_THREADS`] threads are about to be spawned.
    pub fn new() -> Self {
        Self {
            idle: Mutex::new(Idle {
                accepting: ACCEPT_THREADS,
                reserve: 0,
            }),
            none_accepts: Condvar::new(),
        }
    }

    /// The calling thread stops accepting, to serve a connection. When no other thread accepts, one
    /// of the reserve does from now on, or a new one, which `add_thread` spawns.
    ///
    /// # Errors
    /// When the system allows no more threads: then the caller must go on accepting.
    pub fn leave(&self, add_thread: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        let mut idle = self.idle.lock();
        if idle.accepting == 1 && idle.reserve == 0 {
            drop(idle);
            // The new thread takes the caller's place in the count.
            return add_thread();
        }
        idle.accepting -= 1;
        let none_accepts = idle.accepting == 0;
        drop(idle);
        if none_accepts {
            self.none_accepts.notify_one();
        }
        Ok(())
    }

    /// The calling thread has served its connection. Waits until it should accept again; returns
    /// false when there are enough threads without it.
    pub fn rejoin(&self) -> bool {
        let mut idle = self.idle.lock();
        if idle.accepting >= ACCEPT_THREADS {
            if idle.reserve >= MAX_RESERVE {
                return false;
            }
            idle.reserve += 1;
            self.none_accepts
                .wait_while(&mut idle, |it| it.accepting > 0);
            idle.reserve -= 1;
        }
        idle.accepting += 1;
        true
    }
}

/// Spawns a thread that can serve connections.
///
/// # Errors
/// When the system allows no more threads.
pub fn spawn(run: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new()
        .name("connection".into())
        .stack_size(STACK_SIZE)
        .spawn(run)
        .map(drop)
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::Arc;
    use std::thread;

    use super::{ACCEPT_THREADS, AcceptPool, MAX_RESERVE};

    fn no_thread() -> io::Result<()> {
        Err(io::ErrorKind::WouldBlock.into())
    }

    #[test]
    fn a_thread_is_added_only_when_no_other_accepts() {
        let pool = AcceptPool::new();
        for _ in 1..ACCEPT_THREADS {
            pool.leave(no_thread).unwrap();
        }
        assert!(pool.leave(no_thread).is_err());
        assert_eq!(pool.idle.lock().accepting, 1);
        pool.leave(|| Ok(())).unwrap();
        assert_eq!(pool.idle.lock().accepting, 1);
    }

    #[test]
    fn threads_that_have_served_accept_then_wait_then_end() {
        let pool = Arc::new(AcceptPool::new());
        pool.leave(no_thread).unwrap();
        assert!(pool.rejoin());
        let waiting: Vec<_> = (0..MAX_RESERVE)
            .map(|_| {
                let pool = Arc::clone(&pool);
                thread::spawn(move || pool.rejoin())
            })
            .collect();
        while pool.idle.lock().reserve < MAX_RESERVE {
            thread::yield_now();
        }
        assert!(!pool.rejoin());
        // All that accept leave, and then each of the reserve once it accepts.
        for _ in 1..ACCEPT_THREADS {
            pool.leave(no_thread).unwrap();
        }
        for _ in 0..MAX_RESERVE {
            while pool.idle.lock().accepting == 0 {
                thread::yield_now();
            }
            pool.leave(no_thread).unwrap();
        }
        for thread in waiting {
            assert!(thread.join().unwrap());
        }
        assert!(pool.leave(no_thread).is_err());
    }
}
