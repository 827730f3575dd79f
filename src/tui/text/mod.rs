//! Text for the screen: wrapped, and made of Markdown.

mod duration;
mod markdown;
mod wrap;

pub use duration::duration;
pub use markdown::markdown;
pub use wrap::{cut, wrap};
