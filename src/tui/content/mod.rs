//! What the screen says: lines of text, and how many there are, from the model and a size. Nothing
//! here draws, so whatever scrolls can ask how far.

mod choice;
pub mod clip;
mod compare;
mod editor;
pub mod environ;
pub mod header;
pub mod layout;
pub mod lesson;
pub mod lessons;
mod mistake;
pub mod notice;
pub mod overlay;
mod page;
pub mod pane;
pub mod panes;
pub mod popup;
mod readers;
mod reading;
pub mod requests;
mod response;
pub mod shown_file;
mod situation;
mod solution;
pub mod source;
pub mod timeline;
mod trouble;
mod welcome;
mod wire;
mod writer;
