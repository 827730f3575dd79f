//! Lets a number of requests through at once; the others wait, each for its turn.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A queue in front of so many places.
pub struct Gate {
    places: u64,
    queue: Mutex<Queue>,
    left: Condvar,
}

#[derive(Default)]
struct Queue {
    /// How many have come so far, and how many have left again.
    come: u64,
    left: u64,
}

/// Room for one request; dropping it lets the next one through.
pub struct Pass<'a>(&'a Gate);

impl Gate {
    pub fn new(places: usize) -> Self {
        Self {
            places: places as u64,
            queue: Mutex::default(),
            left: Condvar::new(),
        }
    }

    /// Waits until there is room for whoever came now. `waits` is called after each `interval` without.
    pub fn enter(&self, interval: Duration, waits: &mut dyn FnMut()) -> Pass<'_> {
        let mut queue = self.lock();
        let number = queue.come;
        queue.come += 1;
        let is_waiting = |queue: &mut Queue| number >= queue.left + self.places;
        loop {
            let waited = self.left.wait_timeout_while(queue, interval, is_waiting);
            let (entered, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
            drop(entered);
            if !timeout.timed_out() {
                return Pass(self);
            }
            waits();
            queue = self.lock();
        }
    }

    /// Whether somebody waits for room.
    pub fn has_waiting(&self) -> bool {
        let queue = self.lock();
        queue.come > queue.left + self.places
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        let mut queue = self.0.lock();
        queue.left += 1;
        // Only one of those that wait is next, and nobody knows which.
        if queue.come > queue.left {
            drop(queue);
            self.0.left.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::mpsc::channel;
    use std::thread;

    use std::time::Duration;

    use super::{Gate, Pass};

    fn enter(gate: &Gate) -> Pass<'_> {
        gate.enter(Duration::MAX, &mut || {})
    }

    #[test]
    fn who_waits_is_told_again_and_again() {
        let gate = Gate::new(1);
        let mut pass = Some(enter(&gate));
        assert!(!gate.has_waiting());
        let mut told = 0;
        let second = gate.enter(Duration::from_millis(1), &mut || {
            assert!(gate.has_waiting());
            told += 1;
            if told == 3 {
                pass = None;
            }
        });
        assert!(!gate.has_waiting());
        drop((second, pass));
        assert_eq!(told, 3);
    }

    #[test]
    fn who_came_first_goes_first() {
        let gate = Arc::new(Gate::new(1));
        let pass = enter(&gate);
        let (entered, order) = channel();
        let threads: Vec<_> = (0..5)
            .map(|number| {
                let (theirs, entered) = (Arc::clone(&gate), entered.clone());
                let thread = thread::spawn(move || {
                    let _pass = enter(&theirs);
                    entered.send(number).unwrap();
                });
                // The next one comes when this one has.
                while gate.lock().come < number + 2 {
                    thread::yield_now();
                }
                thread
            })
            .collect();
        drop(pass);
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(order.try_iter().collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
    }
}
