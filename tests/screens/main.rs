//! The screen from outside: messages in, keys pressed, frames and effects out. No terminal, no
//! socket, no Python.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod keys;
mod learning;
mod mistakes;
mod pages;
mod requests;
mod snapshots;
mod stage;
mod take;
