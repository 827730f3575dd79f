//! What the screen knows. Nothing here draws, and nothing here decides what follows from a message:
//! that is `update`.

pub mod answers;
pub mod choice;
pub mod editor;
mod error;
pub mod form;
pub mod model;
pub mod page;
pub mod panes;
pub mod playback;
pub mod recording;
pub mod requests;
pub mod session;
mod shown;

pub use error::RequestError;
pub use model::Model;
