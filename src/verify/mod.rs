//! Checks run without a screen: a learner's files (`wsgi-tutor check`), an application of somebody's own
//! (`wsgi-tutor check app.py`), and the lessons themselves (`wsgi-tutor lessons check`). All run the applications for real, behind the same gateway.
//!
//! It knows no screen, and changes no file of the learner's.

mod app;
mod bench;
mod course;
mod learner;
mod probes;
mod skeleton;

pub use app::{AppReport, app};
pub use bench::greeting;
pub use course::{course, engines};
pub use learner::{Report, begun, learner};
pub use skeleton::skeleton;
