//! The screen from outside: messages in, keys pressed, frames and effects out. No terminal, no
//! socket, no Python.

mod keys;
mod snapshots;
mod stage;
