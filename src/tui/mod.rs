//! The screen. The Elm architecture: messages change the model through [`update`], which answers
//! with effects; [`draw`] draws the model; only the runtime performs effects. So all but the
//! runtime is tested without a terminal, a socket or Python.
//!
//! Nothing here touches a socket; only the runtime touches files and the terminal. Imports run
//! downward: runtime, update and draw, keymap, content, state, text and theme.

pub mod action;
mod content;
mod draw;
mod effect;
pub mod highlight;
pub mod keymap;
mod message;
mod recording;
mod runtime;
pub mod state;
mod text;
pub mod theme;
mod update;

pub use draw::draw;
pub use effect::Effect;
pub use message::{CourseMessage, EditorMessage, Message};
pub use recording::messages as recording_messages;
pub use runtime::{Open, Settings, run};
pub use state::Model;
pub use update::update;
