//! Text for the screen: wrapped, and made of Markdown.

mod markdown;
mod wrap;

pub use markdown::markdown;
pub use wrap::{cut, wrap};
