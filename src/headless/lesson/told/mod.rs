//! What a lesson without a screen says: sentences and lists, complete without colour or position.

pub mod checks;
pub mod environ;
pub mod exchange;
mod keys;
mod markdown;
pub mod mistake;
pub mod page;
pub mod step;

/// A text as the end of a sentence.
fn ended(text: &str) -> String {
    if text.ends_with(['.', '!', '?', '…']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}
