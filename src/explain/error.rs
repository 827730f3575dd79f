//! Why there is nothing to explain.

/// A word that nothing explains. `advice` offers names that are like it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no entry for '{word}'; {advice}")]
pub struct UnknownTerm {
    pub word: String,
    pub advice: String,
}
