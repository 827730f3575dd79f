//! How much work one diagnosis may be. It is counted in steps, never in seconds: the same exchange
//! and the same sources always give the same result, on any machine.

use std::cell::Cell;

/// Steps of one diagnosis. A step is a syntax node looked at or a value followed; a release build
/// takes some 50 million of them in a second.
pub const STEPS: usize = 2_500_000;

/// What is left of the steps of one diagnosis.
#[derive(Debug)]
pub struct Budget {
    left: Cell<usize>,
    spent: Cell<bool>,
}

impl Budget {
    pub fn new(steps: usize) -> Self {
        Self {
            left: Cell::new(steps),
            spent: Cell::new(false),
        }
    }

    /// Begins another diagnosis.
    pub fn refill(&self, steps: usize) {
        self.left.set(steps);
        self.spent.set(false);
    }

    /// Takes steps; `false` when there are no more. Whatever is asked from then on has no answer
    /// that could be relied on.
    pub fn take(&self, steps: usize) -> bool {
        match self.left.get().checked_sub(steps) {
            Some(left) if !self.spent.get() => {
                self.left.set(left);
                true
            }
            _ => {
                self.spent.set(true);
                false
            }
        }
    }

    /// Gives up: something cannot be looked into.
    pub fn spend_all(&self) {
        self.spent.set(true);
    }

    pub fn is_spent(&self) -> bool {
        self.spent.get()
    }
}
