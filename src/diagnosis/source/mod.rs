//! Python source as the rules look at it: its text, its syntax tree, and where things stand in it.
//! What cannot be parsed has no tree, and the rules that need one say nothing then.

mod node;
mod shapes;

pub use node::{Node, Tree, What};
pub use shapes::*;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use ruff_python_ast::ModModule;
use ruff_text_size::{Ranged, TextRange, TextSize};

/// Bytes of a file that is looked into. A larger one is no file of a learner's.
const LONGEST: usize = 512 * 1024;

/// The files of the project, as they were when the application was loaded.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: BTreeMap<String, Arc<Source>>,
    main: Option<String>,
}

impl Sources {
    /// The application's own file alone.
    #[must_use]
    pub fn of(path: impl Into<String>, text: impl Into<String>) -> Self {
        let path = path.into();
        let mut sources = Self {
            main: Some(path.clone()),
            ..Self::default()
        };
        sources.insert(path, text);
        sources
    }

    /// Adds a file, or replaces it.
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.files.insert(path.into(), Arc::new(Source::new(text)));
    }

    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Source> {
        self.files.get(path).map(Arc::as_ref)
    }

    /// A file, with its path as it is kept here.
    pub(super) fn named(&self, path: &str) -> Option<(&str, &Source)> {
        let (path, source) = self.files.get_key_value(path)?;
        Some((path, source))
    }

    /// The path of the application's own file.
    #[must_use]
    pub fn main(&self) -> Option<&str> {
        self.main.as_deref()
    }
}

/// One file.
#[derive(Debug)]
pub struct Source {
    text: String,
    /// Where each line begins, in bytes.
    starts: Vec<usize>,
    /// Made when it is first asked for; nothing where the text is no Python.
    module: OnceLock<Option<ModModule>>,
}

/// A part of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Counted from 1.
    pub line: u32,
    /// The first character, counted from 1, and the one after the last.
    pub columns: (u32, u32),
}

impl Source {
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|&(at, &byte)| {
            // Python's own line ends: LF, CR LF, and CR alone.
            byte == b'\n' || byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')
        });
        let starts = std::iter::once(0)
            .chain(ends.map(|(at, _)| at + 1))
            .collect();
        Self {
            text,
            starts,
            module: OnceLock::new(),
        }
    }

    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// A line without its end; lines are counted from 1.
    #[must_use]
    pub fn line(&self, number: u32) -> &str {
        let index = (number as usize).wrapping_sub(1);
        let Some(&start) = self.starts.get(index) else {
            return "";
        };
        let end = self.starts.get(index + 1).copied();
        self.text[start..end.unwrap_or(self.text.len())].trim_end_matches(['\r', '\n'])
    }

    /// Where a line begins, in bytes.
    #[must_use]
    pub fn start_of(&self, line: u32) -> usize {
        let index = (line as usize).wrapping_sub(1);
        self.starts.get(index).copied().unwrap_or(self.text.len())
    }

    /// The line a byte is on.
    #[must_use]
    pub fn line_of(&self, at: TextSize) -> u32 {
        let after = self.starts.partition_point(|&start| start <= at.to_usize());
        u32::try_from(after).unwrap_or(u32::MAX)
    }

    /// The syntax tree, if there is one.
    #[must_use]
    pub fn tree(&self) -> Option<Tree<'_>> {
        let parse = || {
            let whole = self.text.len() <= LONGEST;
            let parsed = whole.then(|| ruff_python_parser::parse_module(&self.text));
            Some(parsed?.ok()?.into_syntax())
        };
        let module = self.module.get_or_init(parse).as_ref()?;
        Some(Tree::new(self, module))
    }

    /// Where a piece of the tree stands: what of it is on its first line.
    #[must_use]
    pub fn span(&self, range: TextRange) -> Span {
        let line = self.line_of(range.start());
        let start = self.start_of(line);
        let width = self.line(line).len();
        let from = (range.start().to_usize() - start).min(width);
        let to = (range.end().to_usize() - start).min(width);
        self.span_of_bytes(line, from, to)
    }

    /// These bytes of a line, counted from 0, as characters.
    #[must_use]
    pub fn span_of_bytes(&self, line: u32, from: usize, to: usize) -> Span {
        let text = self.line(line);
        let column = |at: usize| {
            let at = text.floor_char_boundary(at);
            u32::try_from(text[..at].chars().count() + 1).unwrap_or(u32::MAX)
        };
        Span {
            line,
            columns: (column(from), column(to)),
        }
    }

    /// A line without its indentation.
    #[must_use]
    pub fn whole_line(&self, line: u32) -> Span {
        let text = self.line(line);
        let from = text.len() - text.trim_start().len();
        self.span_of_bytes(line, from, text.trim_end().len())
    }

    /// The text of a piece of the tree.
    #[must_use]
    pub fn code(&self, piece: &impl Ranged) -> &str {
        let range = piece.range();
        self.text
            .get(range.start().to_usize()..range.end().to_usize())
            .unwrap_or_default()
    }
}
