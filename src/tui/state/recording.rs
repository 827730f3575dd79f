//! What is known of a recording that is shown.

use std::path::PathBuf;

/// A recording, besides its exchanges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingInfo {
    /// The file of the recording.
    pub path: PathBuf,
    /// What ran when it was made.
    pub app: String,
    /// The place of its lesson in the catalogue.
    pub lesson: Option<usize>,
}
