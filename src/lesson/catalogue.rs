//! The lessons inside this binary.

use std::fmt::{self, Write as _};

use include_dir::{Dir, include_dir};

use super::Lesson;
use crate::exchange::visible;

static LESSONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/lessons");

/// All lessons, in order.
#[derive(Debug, Clone)]
pub struct Catalogue {
    pub lessons: Vec<Lesson>,
}

/// There is no such lesson. Its message names those there are.
#[derive(Debug, thiserror::Error)]
#[error("there is no lesson '{wanted}'; the lessons are {known}")]
pub struct Unknown {
    wanted: String,
    known: String,
}

impl Catalogue {
    /// Reads the lessons that came with the program.
    ///
    /// # Errors
    /// When a lesson's files are malformed; the error names the file.
    pub fn embedded() -> anyhow::Result<Self> {
        let mut lessons = Vec::new();
        for folder in LESSONS.dirs() {
            let name = folder.path().to_string_lossy();
            let file = |file: &str| folder.get_file(folder.path().join(file))?.contents_utf8();
            lessons.push(Lesson::read(&name, file)?);
        }
        lessons.sort_by_key(|lesson| lesson.number);
        Ok(Self { lessons })
    }

    /// The place of the lesson of this number (`2`) or name (`form-post`).
    ///
    /// # Errors
    /// When there is none; the error names those there are.
    pub fn find(&self, wanted: &str) -> Result<usize, Unknown> {
        let number: Option<u32> = wanted.parse().ok();
        self.lessons
            .iter()
            .position(|lesson| Some(lesson.number) == number || lesson.name == wanted)
            .ok_or_else(|| Unknown {
                wanted: visible(wanted),
                known: self.known(),
            })
    }

    fn known(&self) -> String {
        let mut known = String::new();
        for lesson in &self.lessons {
            let comma = if known.is_empty() { "" } else { ", " };
            // Writing to a String cannot fail.
            let _ = write!(known, "{comma}{} ({})", lesson.number, lesson.name);
        }
        known
    }
}

/// A line for each lesson.
impl fmt::Display for Catalogue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for lesson in &self.lessons {
            writeln!(
                formatter,
                "{:>2}  {:<16} {}\n    {:<16} {}",
                lesson.number, lesson.name, lesson.title, "", lesson.summary
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Catalogue;

    #[test]
    fn finds_by_number_and_name() {
        let catalogue = Catalogue::embedded().unwrap();
        for wanted in ["2", "02", "form-post"] {
            assert_eq!(catalogue.find(wanted).unwrap(), 1);
        }
        let error = catalogue.find("9\x1b[2J").unwrap_err().to_string();
        assert!(
            error.contains("1 (basic-response), 2 (form-post)"),
            "{error}"
        );
    }

    #[test]
    fn texts_are_short_and_fit_the_screen() {
        for lesson in Catalogue::embedded().unwrap().lessons {
            let words = lesson.text.split_whitespace().count();
            assert!(words < 450, "{}: {words} words", lesson.name);
            for line in lesson.source.lines() {
                assert!(line.chars().count() <= 72, "{}: {line}", lesson.name);
            }
        }
    }
}
