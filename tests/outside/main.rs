//! The tutor from outside: the real program, real sockets, both engines, and what it tells as JSON
//! lines. One test binary, a module a subject.

mod cli;
mod closing;
mod crowd;
mod environ;
mod failures;
mod framing;
mod hostile;
mod input;
mod json;
mod lessons;
mod reload;
mod start_response;
mod streaming;
mod support;
mod worker;
