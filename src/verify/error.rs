//! Why an application cannot be tried.

/// Why Python runs nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PythonError {
    /// The reason, as the supervisor gives it.
    #[error("{0}")]
    Died(String),
    #[error("Python did not start")]
    TooSlow,
}
