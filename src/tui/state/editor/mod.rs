//! The application's file while it is edited in place: its text, what of it is saved, and what is
//! to happen when it is left or when somebody else saved it. It touches no file.

mod indent;
mod input;

#[cfg(test)]
mod tests;

use std::path::PathBuf;

use ratatui_textarea::{CursorMove, TextArea};
use unicode_width::UnicodeWidthStr;

use crate::exchange::visible;
use crate::lesson::Draft;
use crate::tui::highlight::Tokens;

/// A file that is edited.
#[derive(Debug, Clone)]
pub struct EditorState {
    pub file: PathBuf,
    pub text: TextArea<'static>,
    /// What stands in the file, as far as is known.
    pub base: String,
    /// Whether lines end with CR LF in the file.
    crlf: bool,
    /// The colours of a text, and that text line by line.
    pub colours: Option<(Vec<String>, Tokens)>,
    /// Columns scrolled to the right.
    pub left: usize,
    /// What follows once the text is saved.
    pub leaving: Option<Leaving>,
}

impl EditorState {
    pub fn new(file: PathBuf, base: String) -> Self {
        // Where line ends are mixed each line keeps its own.
        let ends = base.matches('\n').count();
        let crlf = ends > 0 && base.matches("\r\n").count() == ends;
        let mut editing = Self {
            file,
            text: TextArea::default(),
            base: String::new(),
            crlf,
            colours: None,
            left: 0,
            leaving: None,
        };
        editing.text = TextArea::new(lines(&base, crlf));
        editing.text.set_max_histories(1000);
        editing.base = base;
        editing
    }

    /// The text as it would stand in the file.
    pub fn whole(&self) -> String {
        self.text.lines().join(self.line_end())
    }

    fn line_end(&self) -> &'static str {
        if self.crlf { "\r\n" } else { "\n" }
    }

    /// The text with plain line ends, for its colours.
    pub fn plain(&self) -> String {
        self.text.lines().join("\n")
    }

    /// Whether the file would hold this text.
    pub fn is(&self, text: &str) -> bool {
        is_joined(self.text.lines(), self.line_end(), text)
    }

    /// Whether this is the text with plain line ends.
    pub fn is_plain(&self, text: &str) -> bool {
        is_joined(self.text.lines(), "\n", text)
    }

    /// Whether something is not in the file yet.
    pub fn is_unsaved(&self) -> bool {
        !self.is(&self.base)
    }

    /// The text as it would stand in the file, where it is not in the file yet.
    pub fn draft(&self) -> Option<Draft> {
        self.is_unsaved().then(|| Draft {
            text: self.whole(),
            base: Some(self.base.clone()),
        })
    }

    /// Puts another text in, as one change that can be undone, and the cursor where it was.
    pub fn replace(&mut self, text: &str) {
        let (row, column) = self.cursor();
        self.text.select_all();
        self.text.insert_str(lines(text, self.crlf).join("\n"));
        self.text.cancel_selection();
        self.jump(row, column);
    }

    /// Undoes a change. One that replaced the whole text is two for the text area: away with the
    /// old one, in with the new one. Whether there was one.
    pub fn undo(&mut self) -> bool {
        let is_changed = self.text.undo();
        if is_changed && self.text.is_empty() {
            self.text.undo();
        }
        is_changed
    }

    /// Does again what was undone, if something was.
    pub fn redo(&mut self) -> bool {
        let is_changed = self.text.redo();
        if is_changed && self.text.is_empty() {
            self.text.redo();
        }
        is_changed
    }

    /// Row and column of the cursor, in characters, counted from 0.
    pub fn cursor(&self) -> (usize, usize) {
        let cursor = self.text.cursor();
        (cursor.0, cursor.1)
    }

    /// Puts the cursor into this row and column, or as near as there is text.
    pub fn jump(&mut self, row: usize, column: usize) {
        let place = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        self.text
            .move_cursor(CursorMove::Jump(place(row), place(column)));
    }

    /// Columns of the screen before the cursor, counted from the beginning of its line.
    pub fn cursor_column(&self) -> usize {
        let (_, column) = self.cursor();
        self.line().chars().take(column).map(columns).sum()
    }

    /// The line the cursor is in.
    fn line(&self) -> &str {
        let (row, _) = self.cursor();
        self.text.lines().get(row).map_or("", String::as_str)
    }
}

/// What is to follow once the text is safe.
#[derive(Debug, Clone, Copy)]
pub struct Leaving {
    /// Whether the program ends then.
    pub quits: bool,
}

/// The lines of a text, without CR where each line ends with CR LF; after a line end at its end
/// stands an empty one.
fn lines(text: &str, crlf: bool) -> Vec<String> {
    let cr = |line: &&str| crlf && line.ends_with('\r');
    text.split('\n')
        .map(|line| line[..line.len() - usize::from(cr(&line))].to_owned())
        .collect()
}

/// Whether a text is these lines, without making it.
fn is_joined(lines: &[String], end: &str, text: &str) -> bool {
    let mut rest = Some(text);
    for (place, line) in lines.iter().enumerate() {
        if place > 0 {
            rest = rest.and_then(|rest| rest.strip_prefix(end));
        }
        rest = rest.and_then(|rest| rest.strip_prefix(line.as_str()));
    }
    rest == Some("")
}

/// Columns a letter takes on the screen, where control characters are escaped.
pub fn columns(letter: char) -> usize {
    UnicodeWidthStr::width(visible(letter.encode_utf8(&mut [0; 4])).as_str())
}
