//! What is taught. A lesson is a folder that is written without touching Rust; this module reads it
//! and looks after the learner's own copy of its application.
//!
//! It knows no server and no screen.

mod catalogue;
mod format;
mod workspace;

pub use catalogue::{Catalogue, Unknown};
pub use format::{Field, Lesson, Suggestion};
pub use workspace::{Workspace, default_folder};
