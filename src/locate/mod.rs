//! Finds what `run` and `check` are to run where the command line does not say: an application of
//! somebody's own, and the Python it runs in. Files are read and parsed; nothing of the
//! application's runs.

mod applications;
mod environment;
mod error;
mod imports;
mod python;
mod surroundings;
mod syntax;

pub use applications::{Located, application};
pub use environment::BrokenEnvironment;
pub use error::LocateError;
pub use python::python;
pub use surroundings::Surroundings;
