//! The tutor from outside: the real program, real sockets, both engines, and what it tells as JSON
//! lines. One test binary, a module a subject.

mod cli;
mod environ;
mod hostile;
mod input;
mod json;
mod lessons;
mod responses;
mod support;
mod worker;
