//! An error in a lesson, for the person who writes it: the file, the line and a sentence.

use std::fmt;

use crate::exchange::visible;

/// An error in a file of a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonError {
    /// The file, from the course's folder on: `01-basic-response/lesson.toml`.
    pub file: String,
    /// Counted from 1; none where the whole file is meant.
    pub line: Option<usize>,
    pub what: String,
}

impl LessonError {
    pub fn new(
        file: impl Into<String>,
        line: impl Into<Option<usize>>,
        what: impl Into<String>,
    ) -> Self {
        Self {
            file: file.into(),
            line: line.into(),
            what: what.into(),
        }
    }

    /// An error of the TOML parser.
    pub fn of_toml(file: &str, text: &str, error: &toml::de::Error) -> Self {
        let line = error.span().map(|span| line_of(text, span.start));
        Self::new(file, line, error.message().trim_end())
    }
}

/// What is wrong with `lesson.toml`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    #[error("'{0}': a name has letters, digits and hyphens")]
    Name(String),
    #[error("the step '{0}' is named twice")]
    StepTwice(String),
    #[error("a lesson has at least one step")]
    NoStep,
    #[error("app = '{0}': it is a file's name, such as app.py")]
    App(String),
    #[error("'learned' has one to six sentences")]
    Learned,
}

/// As compilers write it: `01-basic-response/lesson.toml:3: unknown field`.
impl fmt::Display for LessonError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // It may come from anybody's course.
        write!(formatter, "{}", visible(&self.file))?;
        if let Some(line) = self.line {
            write!(formatter, ":{line}")?;
        }
        write!(formatter, ": {}", visible(&self.what))
    }
}

/// The number of the line a byte stands in, counted from 1.
pub fn line_of(text: &str, byte: usize) -> usize {
    let before = text.get(..byte).unwrap_or(text);
    before.bytes().filter(|&byte| byte == b'\n').count() + 1
}
