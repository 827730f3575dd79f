//! Why nothing was found to run, or to run it with.

use std::path::PathBuf;

use crate::python::TargetError;

/// Why no application was found; the error says how to name one.
#[derive(Debug, thiserror::Error)]
pub enum LocateError {
    #[error(transparent)]
    Target(#[from] TargetError),
    #[error(
        "no application was found in {}: no wsgi.py, no app.py, no manage.py of Django, and nothing called \
         application, app or create_app{}; name it, as in 'wsgi-tutor run shop.py:app'",
        folder.display(),
        files
    )]
    None { folder: PathBuf, files: String },
    /// `told` names some of them, and `example` is how one of them is chosen.
    #[error(
        "there are {count} applications in {}: {told}; choose one, as in 'wsgi-tutor run {example}'",
        folder.display()
    )]
    Several {
        count: usize,
        folder: PathBuf,
        told: String,
        example: String,
    },
    #[error("the system allows no more threads; name the app, as in 'wsgi-tutor run app.py'")]
    NoThread,
}

/// What is wrong with a virtual environment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnvironmentError {
    #[error("bin/python cannot be executed")]
    NotExecutable,
    #[error("it has Python {}.{}, and the tutor needs {}.{} or later", found.0, found.1, oldest.0, oldest.1)]
    TooOld {
        found: (u32, u32),
        oldest: (u32, u32),
    },
    #[error("it was made by a Python for Windows")]
    OfWindows,
    #[error("its bin/python leads to {}, which does not exist", .0.display())]
    DeadLink(PathBuf),
    #[error("it has no bin/python")]
    Missing,
}
