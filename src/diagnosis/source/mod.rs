//! Python source as the rules look at it: its text, its syntax tree, and where things stand in it.
//! What cannot be parsed has no tree, and the rules that need one say nothing then.

mod answers;
mod flow;
mod index;
mod keywords;
mod nesting;
mod node;
mod shapes;
mod tree;
mod trees;

pub use keywords::keywords;
use nesting::is_bounded;
pub use node::{Node, What, holds};
pub use shapes::*;
pub use tree::Tree;
pub use trees::{Modules, Trees};

use std::collections::BTreeMap;
use std::sync::Arc;

use ruff_python_ast::{Expr, ModModule};
use ruff_python_parser::Mode;
use ruff_text_size::{Ranged, TextRange, TextSize};

/// Bytes of a file that is looked into. A larger one is no file of a learner's.
const MAX_FILE_BYTES: usize = 512 * 1024;

/// The files of the project, as they were when the application was loaded. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Sources(Arc<Files>);

#[derive(Debug, Clone, Default)]
struct Files {
    by_path: BTreeMap<String, Arc<Source>>,
    main: Option<String>,
    python: Option<PythonVersion>,
}

/// The first two numbers of a version of Python.
pub type PythonVersion = (u32, u32);

impl Sources {
    /// The application's own file alone.
    pub fn of(path: impl Into<String>, text: impl Into<String>) -> Self {
        let path = path.into();
        let mut files = Files {
            main: Some(path.clone()),
            ..Files::default()
        };
        files.by_path.insert(path, Arc::new(Source::new(text)));
        Self(Arc::new(files))
    }

    /// Adds a file, or replaces it.
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) {
        let files = Arc::make_mut(&mut self.0);
        files
            .by_path
            .insert(path.into(), Arc::new(Source::new(text)));
    }

    /// Says which Python they were loaded with, as `3.11.7`.
    pub fn set_python(&mut self, version: &str) {
        let mut numbers = version.split('.').map_while(|it| it.parse().ok());
        Arc::make_mut(&mut self.0).python = numbers.next().zip(numbers.next());
    }

    /// The version of the Python they were loaded with, where it is known.
    fn python(&self) -> Option<PythonVersion> {
        self.0.python
    }

    pub fn get(&self, path: &str) -> Option<&Source> {
        self.0.by_path.get(path).map(Arc::as_ref)
    }

    /// The path of the application's own file.
    pub fn main(&self) -> Option<&str> {
        self.0.main.as_deref()
    }

    /// The files, by their paths.
    fn iter(&self) -> impl Iterator<Item = (&str, &Source)> {
        let files = self.0.by_path.iter();
        files.map(|(path, source)| (path.as_str(), source.as_ref()))
    }

    /// Whether these are the same files with the same text for the same Python, wherever each was
    /// read.
    pub fn is_same(&self, other: &Self) -> bool {
        let (one, other) = (&self.0, &other.0);
        let is_same_run = one.main == other.main && one.python == other.python;
        Arc::ptr_eq(one, other) || is_same_run && one.by_path == other.by_path
    }
}

/// One file. Files are equal that have the same text.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    text: String,
    /// Where each line begins, in bytes.
    starts: Vec<usize>,
}

/// Why a file has no tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unparsed {
    NotPython,
    /// It is too long, or nested too deeply.
    TooMuch,
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
        Self { text, starts }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many lines there are; the last one may be empty.
    fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// A line without its end; lines are counted from 1.
    pub fn line(&self, number: u32) -> &str {
        let index = (number as usize).wrapping_sub(1);
        let Some(&start) = self.starts.get(index) else {
            return "";
        };
        let end = self.starts.get(index + 1).copied();
        self.text[start..end.unwrap_or(self.text.len())].trim_end_matches(['\r', '\n'])
    }

    /// The white space a line begins with.
    pub fn indent_of(&self, line: u32) -> &str {
        let text = self.line(line);
        &text[..text.len() - text.trim_start().len()]
    }

    /// Where a line begins, in bytes.
    pub fn start_of(&self, line: u32) -> usize {
        let index = (line as usize).wrapping_sub(1);
        self.starts.get(index).copied().unwrap_or(self.text.len())
    }

    /// The line a byte is on.
    pub fn line_of(&self, at: TextSize) -> u32 {
        let after = self.starts.partition_point(|&start| start <= at.to_usize());
        u32::try_from(after).unwrap_or(u32::MAX)
    }

    /// Parses the text, unless that is too much work.
    fn parse(&self) -> Result<ModModule, Unparsed> {
        if self.text.len() > MAX_FILE_BYTES {
            return Err(Unparsed::TooMuch);
        }
        parse_module(&self.text)
    }

    /// Where a piece of the tree stands: what of it is on its first line.
    pub fn span(&self, range: TextRange) -> Span {
        let line = self.line_of(range.start());
        let start = self.start_of(line);
        let width = self.line(line).len();
        let from = (range.start().to_usize() - start).min(width);
        let to = (range.end().to_usize() - start).min(width);
        self.span_of_bytes(line, from, to)
    }

    /// These bytes of a line, counted from 0, as characters.
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
    pub fn whole_line(&self, line: u32) -> Span {
        let text = self.line(line);
        let from = self.indent_of(line).len();
        self.span_of_bytes(line, from, text.trim_end().len())
    }

    /// The text of a piece of the tree.
    pub fn code(&self, piece: &impl Ranged) -> &str {
        let range = piece.range();
        self.text
            .get(range.start().to_usize()..range.end().to_usize())
            .unwrap_or_default()
    }
}

/// The syntax tree of a module's text, unless that is nested too deeply.
pub fn parse_module(text: &str) -> Result<ModModule, Unparsed> {
    if !is_bounded(text, Mode::Module) {
        return Err(Unparsed::TooMuch);
    }
    ruff_python_parser::parse_module(text)
        .map(ruff_python_parser::Parsed::into_syntax)
        .map_err(|_| Unparsed::NotPython)
}

/// Whether a text is an expression, and one a method can be called on without parentheses around
/// it. Nothing where it is no expression.
pub fn is_tight_expression(code: &str) -> Option<bool> {
    if !is_bounded(code, Mode::Expression) {
        return None;
    }
    let parsed = ruff_python_parser::parse_expression(code).ok()?;
    let expr: &Expr = parsed.expr();
    Some(binds_tightly(expr))
}
