//! One line on standard error that says how far a command has come. It is rewritten as it goes on
//! and erased at the end; where standard error is no terminal, nothing is written.

use std::io::{IsTerminal as _, Stderr, Write as _, stderr};
use std::time::{Duration, Instant};

use unicode_width::UnicodeWidthChar as _;

use crate::exchange::visible;

/// How often it is rewritten: more often than this nobody can read it.
const INTERVAL: Duration = Duration::from_millis(100);
/// Columns where the terminal does not say how many it has.
const COLUMNS: u16 = 80;
/// To the first column, and erase the line (ECMA-48).
const ERASE: &str = "\r\x1b[K";

/// The line. Dropping it erases it.
pub struct ProgressLine {
    terminal: Option<Stderr>,
    written: Option<Instant>,
}

impl ProgressLine {
    pub fn on_stderr() -> Self {
        let terminal = stderr();
        Self {
            terminal: terminal.is_terminal().then_some(terminal),
            written: None,
        }
    }

    /// Shows a text, as much of it as fits.
    pub fn show(&mut self, text: &str) {
        let Some(terminal) = &mut self.terminal else {
            return;
        };
        if self.written.is_some_and(|at| at.elapsed() < INTERVAL) {
            return;
        }
        self.written = Some(Instant::now());
        let columns = match crossterm::terminal::size() {
            Ok((columns @ 1.., _)) => columns,
            _ => COLUMNS,
        };
        // The last column stays free: some terminals begin a new line behind it.
        let text = visible(text);
        let shown = shortened(&text, usize::from(columns).saturating_sub(1));
        // Who closed the terminal does not read it.
        let _ = write!(terminal, "{ERASE}{shown}");
        let _ = terminal.flush();
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if let (Some(terminal), Some(_)) = (&mut self.terminal, self.written) {
            let _ = write!(terminal, "{ERASE}");
            let _ = terminal.flush();
        }
    }
}

/// The beginning of a text that takes at most so many columns.
fn shortened(text: &str, columns: usize) -> &str {
    let mut width = 0;
    for (at, character) in text.char_indices() {
        width += character.width().unwrap_or_default();
        if width > columns {
            return &text[..at];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn a_long_line_is_cut_where_the_terminal_ends() {
        assert_eq!(shortened("GET /shop", 20), "GET /shop");
        assert_eq!(shortened("GET /shop", 5), "GET /");
        assert_eq!(shortened("GET /\u{674e}x", 6), "GET /");
    }
}
