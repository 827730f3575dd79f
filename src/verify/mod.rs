//! Checks run without a screen: a learner's files (`wsgi-tutor check`), an application of
//! somebody's own (`wsgi-tutor check app.py`), and the lessons themselves (`wsgi-tutor lessons
//! check`). All run the applications for real, behind the same gateway.
//!
//! It knows no screen, and changes no file of the learner's.

mod app;
mod bench;
mod climb;
mod cookies;
mod course;
mod discover;
mod error;
mod finding;
mod forms;
mod handler;
mod head;
mod learner;
mod planned;
mod probes;
mod report;
mod server_error;
mod skeleton;

pub use app::{CheckOptions, app};
pub use bench::greeting;
pub use course::{course, engines};
pub use learner::{LessonReport, begun, learner};
pub use report::{AppReport, Outcome};
pub use skeleton::skeleton;
