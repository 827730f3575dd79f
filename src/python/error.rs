//! Why no Python runs, or no application can be named.

use std::io;

/// Why a text names no Python.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    #[error("this build has no embedded Python; name an interpreter, such as --python python3")]
    NotEmbedded,
    #[error("name an interpreter, such as --python python3")]
    Empty,
    #[error(
        "there is no Python at '{0}'; give 'embedded', the path of an interpreter or a virtual environment, or a \
         name on PATH such as python3"
    )]
    Missing(String),
}

/// Why a text names no application.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    #[error(
        "'{callable}' cannot be the name of a callable; name one as in 'wsgi-tutor run {place}:app'{}",
        literals_only(callable)
    )]
    Callable { callable: String, place: String },
    /// `files` is a hint from [`super::python_files`].
    #[error("'{place}' is a folder; name a file or a module in it{files}")]
    Folder { place: String, files: String },
    #[error("there is no file '{place}'{files}")]
    Missing { place: String, files: String },
}

/// What else has to be said of what looks like a call.
fn literals_only(callable: &str) -> &'static str {
    if callable.ends_with(')') {
        ", and pass literals only in a call"
    } else {
        ""
    }
}

/// Why an interpreter that was started does not run.
#[derive(Debug, thiserror::Error)]
pub enum ReadyError {
    #[error("it does not answer as a Python interpreter would")]
    NotPython,
    /// Why its process had to end.
    #[error("{0}")]
    Ended(String),
}

/// Why there is no interpreter.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("Python ({engine}) could not be started: {error}")]
    NotSpawned { engine: String, error: io::Error },
    #[error("Python ({engine}) did not start: {error}")]
    NotReady { engine: String, error: ReadyError },
}

/// Why a worker is not added to those that run the code.
#[derive(Debug, thiserror::Error)]
pub enum AddWorkerError {
    #[error("newer code has been loaded in the meantime")]
    Outdated,
    #[error(transparent)]
    NotSpawned(#[from] io::Error),
    #[error(transparent)]
    NotReady(#[from] ReadyError),
    /// The message of the exception.
    #[error("{0}")]
    LoadFailed(String),
}
