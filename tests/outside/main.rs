//! The tutor from outside: the real program, real sockets, both engines, and what it tells as JSON
//! lines. One test binary, a module a subject.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod check;
mod choice;
mod cli;
mod closing;
mod course_check;
mod crowd;
mod deadlines;
mod endless;
mod environ;
mod examples;
mod failures;
mod framing;
mod hostile;
mod input;
mod json;
mod keep_alive;
mod learning;
mod lessons;
mod limits;
mod log;
mod mistakes;
mod modules;
mod plain_lesson;
mod ready;
mod reload;
mod rulebook;
mod run;
mod show;
mod start_response;
mod steps;
mod streaming;
mod support;
mod syntax;
mod terms;
mod timeout;
mod waiting;
mod worker;
