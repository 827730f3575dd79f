//! What is taught. A lesson is a folder that is written without touching Rust; this module reads
//! it, judges what the learner's application answers, and looks after the learner's own copy of it.
//!
//! It knows no server and no screen.

mod atomic_file;
mod catalogue;
pub mod check;
pub mod course;
mod draft;
mod format;
mod listing;
mod progress;
mod workspace;

pub use atomic_file::{keep, write};
pub use catalogue::{Catalogue, Unknown};
pub use draft::{Draft, Drafts};
pub use format::{
    Edit, Field, Lesson, LessonError, Link, Mention, Mentioned, Mistake, Step, Suggestion, Way,
};
pub use listing::{listing, notes_of, state};
pub use progress::{Change, Progress, ProgressFile, state_folder};
pub use workspace::{Workspace, default_folder};

use std::path::Path;

/// FNV-1a with 32 bits: a hash that stays the same from version to version.
const FNV_OFFSET: u32 = 0x811c_9dc5;
const FNV_PRIME: u32 = 0x0100_0193;

/// A number for a path, for names of files that are about it.
fn fingerprint(path: &Path) -> u32 {
    let bytes = path.as_os_str().as_encoded_bytes();
    bytes.iter().fold(FNV_OFFSET, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(FNV_PRIME)
    })
}
