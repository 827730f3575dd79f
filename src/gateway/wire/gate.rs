//! Lets a number of requests through at once; the others wait, each for its turn.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

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

    /// Waits until there is room for whoever came now.
    pub fn enter(&self) -> Pass<'_> {
        let mut queue = self.lock();
        let number = queue.come;
        queue.come += 1;
        let waiting = |queue: &mut Queue| number >= queue.left + self.places;
        let entered = self.left.wait_while(queue, waiting);
        drop(entered.unwrap_or_else(PoisonError::into_inner));
        Pass(self)
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

    use super::Gate;

    #[test]
    fn who_came_first_goes_first() {
        let gate = Arc::new(Gate::new(1));
        let pass = gate.enter();
        let (entered, order) = channel();
        let threads: Vec<_> = (0..5)
            .map(|number| {
                let (theirs, entered) = (Arc::clone(&gate), entered.clone());
                let thread = thread::spawn(move || {
                    let _pass = theirs.enter();
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
