//! The machine, the terminal, and what else runs on it.

mod clock;
mod course;
mod disk;
mod escapes;
mod jobs;
mod limits;
mod places;
mod ports;
mod several;
mod sizes;
mod stopping;
mod streams;
