//! A fair semaphore: so many holders at once, and the others wait in the order in which they came.

use std::time::Duration;

use parking_lot::{Condvar, Mutex, MutexGuard};

/// Limits how many permits are held at once.
pub struct ConcurrencyLimit {
    permits: u64,
    queue: Mutex<Queue>,
    released: Condvar,
}

#[derive(Default)]
struct Queue {
    /// How many permits were asked for so far, and how many were released.
    requested: u64,
    released: u64,
}

/// Dropping it lets the next one in.
pub struct Permit<'a>(&'a ConcurrencyLimit);

impl ConcurrencyLimit {
    pub fn new(permits: usize) -> Self {
        Self {
            permits: permits as u64,
            queue: Mutex::default(),
            released: Condvar::new(),
        }
    }

    /// A permit, if there is one now and nobody waits.
    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        let mut queue = self.queue.lock();
        (queue.requested < queue.released + self.permits).then(|| {
            queue.requested += 1;
            Permit(self)
        })
    }

    /// Waits for a permit. `still_waiting` is called after each `interval` without one.
    pub fn acquire(&self, interval: Duration, still_waiting: &mut dyn FnMut()) -> Permit<'_> {
        let mut queue = self.queue.lock();
        let number = queue.requested;
        queue.requested += 1;
        let is_waiting = |queue: &mut Queue| number >= queue.released + self.permits;
        loop {
            self.released
                .wait_while_for(&mut queue, is_waiting, interval);
            if !is_waiting(&mut queue) {
                return Permit(self);
            }
            MutexGuard::unlocked(&mut queue, &mut *still_waiting);
        }
    }

    /// Whether somebody waits for a permit.
    pub fn has_waiting(&self) -> bool {
        let queue = self.queue.lock();
        queue.requested > queue.released + self.permits
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let mut queue = self.0.queue.lock();
        queue.released += 1;
        // Only the one whose number is next goes on, and a condition variable cannot name it.
        if queue.requested > queue.released {
            drop(queue);
            self.0.released.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::mpsc::channel;
    use std::thread;

    use std::time::Duration;

    use super::{ConcurrencyLimit, Permit};

    fn acquire(limit: &ConcurrencyLimit) -> Permit<'_> {
        limit.acquire(Duration::MAX, &mut || {})
    }

    #[test]
    fn still_waiting_is_called_again_and_again() {
        let limit = ConcurrencyLimit::new(1);
        let mut permit = Some(acquire(&limit));
        assert!(!limit.has_waiting());
        let mut calls = 0;
        let second = limit.acquire(Duration::from_millis(1), &mut || {
            assert!(limit.has_waiting());
            calls += 1;
            if calls == 3 {
                permit = None;
            }
        });
        assert!(!limit.has_waiting());
        drop((second, permit));
        assert_eq!(calls, 3);
    }

    #[test]
    fn permits_are_given_in_the_order_of_requests() {
        let limit = Arc::new(ConcurrencyLimit::new(1));
        let permit = acquire(&limit);
        let (acquired, order) = channel();
        let threads: Vec<_> = (0..5)
            .map(|number| {
                let (theirs, acquired) = (Arc::clone(&limit), acquired.clone());
                let thread = thread::spawn(move || {
                    let _permit = acquire(&theirs);
                    acquired.send(number).unwrap();
                });
                // The next thread starts once this one waits.
                while limit.queue.lock().requested < number + 2 {
                    thread::yield_now();
                }
                thread
            })
            .collect();
        drop(permit);
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(order.try_iter().collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
    }
}
