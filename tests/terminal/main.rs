//! The real program in a real terminal: a few runs that show it starts, answers, hands the terminal
//! to an editor and takes it back, and leaves nothing behind.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod editor;
mod learning;
mod leaving;
mod log;
mod plain;
mod screen;
mod terminal;
