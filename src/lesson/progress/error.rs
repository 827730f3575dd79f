//! Why recorded progress cannot be used.

use std::path::PathBuf;

/// Why text is no progress.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProgressError {
    #[error("{0}")]
    NotToml(String),
    #[error("it does not say which format it has")]
    NoFormat,
    #[error("'lessons' is not what it should be")]
    Lessons,
}

/// Why the file of the progress cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProgressFileError {
    #[error("{} is from a newer wsgi-tutor", .0.display())]
    Newer(PathBuf),
    #[error("{} cannot be understood: {error}", path.display())]
    Unreadable { path: PathBuf, error: ProgressError },
}
