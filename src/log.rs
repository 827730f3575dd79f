//! The log of `--log FILE`: what the parts of the program do, in order, for whoever hunts a bug
//! across its processes. There is none unless it is asked for. It holds no bodies, no values of
//! headers or variables, and nothing that somebody typed.

use std::fmt::{self, Debug, Write as _};
use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::Arc;

use thiserror::Error;
use tracing::info;
use tracing::level_filters::LevelFilter;

/// Only its owner may read it.
const MODE: u32 = 0o600;

/// The log cannot be written.
#[derive(Debug, Error)]
#[error(
    "no log can be written to {file} ({reason}); name a file that you may write to, in a folder that exists"
)]
pub struct LogError {
    file: String,
    reason: io::Error,
}

/// Appends to this file from now on what all threads of this process do. A line that cannot be
/// written, as on a full disk, is lost.
///
/// # Errors
/// When the file cannot be opened.
pub fn start(file: &Path) -> Result<(), LogError> {
    let opened = OpenOptions::new()
        .create(true)
        .append(true)
        .mode(MODE)
        .open(file);
    let opened = opened.map_err(|reason| LogError {
        file: file.display().to_string(),
        reason,
    })?;
    let subscriber = tracing_subscriber::fmt()
        .with_writer(Arc::new(opened))
        .with_max_level(LevelFilter::TRACE)
        .with_thread_names(true)
        .with_thread_ids(true)
        .with_ansi(false)
        // It would write them to standard error, where the screen is.
        .log_internal_errors(false)
        .finish();
    // There is one call of this in a process.
    let _ = tracing::subscriber::set_global_default(subscriber);
    let version = env!("CARGO_PKG_VERSION");
    info!(version, pid = std::process::id(), "started");
    Ok(())
}

/// The name of an enum's variant, and of the variant or type that it holds, such as
/// `Session::Exchange`. The values stay out.
pub fn variant(value: &impl Debug) -> String {
    let mut name = VariantName(String::new());
    // The name refuses what follows it.
    let _ = write!(name, "{value:?}");
    name.0.trim_end_matches("::").to_owned()
}

struct VariantName(String);

impl fmt::Write for VariantName {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            let begins = self.0.is_empty() || self.0.ends_with("::");
            match character {
                '(' if !self.0.contains("::") => self.0.push_str("::"),
                _ if begins && character.is_ascii_uppercase() => self.0.push(character),
                _ if !begins && character.is_ascii_alphanumeric() => self.0.push(character),
                _ => return Err(fmt::Error),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use rstest::rstest;

    use super::variant;

    #[derive(Debug)]
    #[expect(dead_code, reason = "the values are there to be left out")]
    enum Shape {
        Quit,
        Text(String),
        Size(u16, u16),
        Field { value: String },
        Inner(Box<Shape>),
    }

    #[rstest]
    #[case(Shape::Quit, "Quit")]
    #[case(Shape::Text("Secret".into()), "Text")]
    #[case(Shape::Size(80, 24), "Size")]
    #[case(Shape::Field { value: "Secret".into() }, "Field")]
    #[case(Shape::Inner(Shape::Text("Secret".into()).into()), "Inner::Text")]
    #[case(Some(Some("Secret")), "Some::Some")]
    fn a_variant_is_named_without_its_values(#[case] value: impl Debug, #[case] expected: &str) {
        assert_eq!(variant(&value), expected);
    }
}
