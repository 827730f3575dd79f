//! Everything a bad application, a bad client or a bad machine can do, and what the tutor does
//! about it: each test is a row of `docs/faults.md`. Those that take long are ignored, and run with
//! `cargo test --locked --release --test faults -- --ignored`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]
#![allow(
    dead_code,
    unused_imports,
    reason = "the support is shared with the tests in outside/, and not all of it is needed here"
)]

mod apps;
mod clients;
mod program;
mod running;
mod secrets;
#[path = "../outside/support/mod.rs"]
mod support;
mod surroundings;
mod table;
#[path = "../terminal/terminal.rs"]
mod terminal;
mod watch;
