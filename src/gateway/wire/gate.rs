//! Lets a number of requests through at once; the others wait.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// A counting semaphore.
pub struct Gate {
    free: Mutex<usize>,
    freed: Condvar,
}

/// Room for one request; dropping it lets another through.
pub struct Pass<'a>(&'a Gate);

impl Gate {
    pub fn new(room: usize) -> Self {
        Self {
            free: Mutex::new(room),
            freed: Condvar::new(),
        }
    }

    /// Waits until there is room.
    pub fn enter(&self) -> Pass<'_> {
        let full = self.freed.wait_while(self.lock(), |free| *free == 0);
        *full.unwrap_or_else(PoisonError::into_inner) -= 1;
        Pass(self)
    }

    fn lock(&self) -> MutexGuard<'_, usize> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        *self.0.lock() += 1;
        self.0.freed.notify_one();
    }
}
