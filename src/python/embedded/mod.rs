//! The Python inside this binary (RustPython): how it is started, what of the worker's program is
//! written in Rust for it, and where it differs from CPython.

pub mod frameworks;
pub mod library;
#[cfg(any(test, feature = "embedded-python"))]
mod limits;
#[cfg(feature = "embedded-python")]
mod native;
pub mod syntax;

#[cfg(feature = "embedded-python")]
pub use interpreter::{run, version};

#[cfg(feature = "embedded-python")]
mod interpreter;
