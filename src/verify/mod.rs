//! Checks run without a screen: a learner's files (`wsgi-tutor check`), and the lessons themselves
//! (`wsgi-tutor lessons check`). Both run the applications for real, behind the same gateway.
//!
//! It knows no screen, and changes no file of the learner's.

mod bench;
mod course;
mod learner;
mod skeleton;

pub use bench::greeting;
pub use course::{course, engines};
pub use learner::{Report, begun, learner};
pub use skeleton::skeleton;
