//! What is taught. A lesson is a folder that is written without touching Rust; this module reads it,
//! judges what the learner's application answers, and looks after the learner's own copy of it.
//!
//! It knows no server and no screen.

mod catalogue;
pub mod check;
mod format;
mod progress;
mod whole;
mod workspace;

pub use catalogue::{Catalogue, Unknown};
pub use format::{Edit, Field, Flaw, Lesson, Mention, Mentioned, Mistake, Step, Suggestion};
pub use progress::{Change, Progress, ProgressFile, state_folder};
pub use workspace::{Workspace, default_folder};
