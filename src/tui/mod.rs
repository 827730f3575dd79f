//! The screen. The Elm architecture: messages change the model through [`update`], which answers
//! with effects; the view draws the model; only the runtime performs effects. So all but the runtime
//! is tested without a terminal, a socket or Python.
//!
//! Nothing here touches a socket; only the runtime touches files and the terminal.

mod answers;
pub mod choice;
pub mod course;
pub mod editing;
mod form;
pub mod highlight;
pub mod keymap;
pub mod message;
pub mod model;
pub mod page;
mod recorded;
mod runtime;
mod steps;
mod take;
mod text;
pub mod theme;
mod update;
pub mod view;

pub use message::{Effect, Message};
pub use model::Model;
pub use recorded::messages as recorded;
pub use runtime::{Open, Settings, run};
pub use update::update;
