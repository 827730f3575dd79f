//! The lessons there are: those inside this binary, or a course in a folder.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::format::{Files, Lesson, LessonError};
use super::{Change, Progress, fingerprint};
use crate::exchange::visible;

static LESSONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/lessons");

/// All lessons of a course, in order.
#[derive(Debug, Clone)]
pub struct Catalogue {
    pub lessons: Vec<Lesson>,
    /// The folder of a course of somebody's own; `None` for the lessons that came with the
    /// program.
    course: Option<PathBuf>,
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
    /// What is wrong with their files.
    pub fn embedded() -> Result<Self, Vec<LessonError>> {
        Self::of(LESSONS.dirs().map(Files::Embedded), None)
    }

    /// Reads a course of somebody's own: a folder of lessons.
    ///
    /// # Errors
    /// What is wrong with its files.
    pub fn read(course: &Path) -> Result<Self, Vec<LessonError>> {
        let failed = |what: String| vec![LessonError::new(course.to_string_lossy(), None, what)];
        // Progress is kept by this name, wherever the program is started.
        let course = fs::canonicalize(course).map_err(|error| {
            failed(format!("the folder of the lessons cannot be read: {error}"))
        })?;
        let entries = fs::read_dir(&course).map_err(|error| {
            failed(format!("the folder of the lessons cannot be read: {error}"))
        })?;
        let folders = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.join("lesson.toml").exists())
            .map(Files::Folder);
        let catalogue = Self::of(folders, Some(course.clone()))?;
        if catalogue.lessons.is_empty() {
            return Err(failed(
                "there is no lesson here: no folder such as 01-first with a lesson.toml in it; \
                 'wsgi-tutor lessons new DIR' creates one"
                    .to_owned(),
            ));
        }
        Ok(catalogue)
    }

    fn of(
        folders: impl Iterator<Item = Files>,
        course: Option<PathBuf>,
    ) -> Result<Self, Vec<LessonError>> {
        let mut lessons: Vec<Lesson> = Vec::new();
        let mut errors = Vec::new();
        for files in folders {
            match Lesson::read(&files) {
                Ok(lesson) => lessons.push(lesson),
                Err(found) => errors.extend(found),
            }
        }
        lessons.sort_by_key(|lesson| lesson.number);
        for pair in lessons.windows(2) {
            if pair[0].number == pair[1].number {
                let what = format!("{} has the same number", pair[0].folder());
                errors.push(LessonError::new(pair[1].folder(), None, what));
            }
        }
        if errors.is_empty() {
            Ok(Self { lessons, course })
        } else {
            errors.sort_by(|one, other| (&one.file, one.line).cmp(&(&other.file, other.line)));
            Err(errors)
        }
    }

    /// The folder of a course of somebody's own.
    pub fn course(&self) -> Option<&Path> {
        self.course.as_deref()
    }

    /// What a lesson is called in the learner's progress: its name, and for a course of somebody's
    /// own the course's folder before it.
    pub fn key(&self, lesson: &Lesson) -> String {
        match &self.course {
            Some(course) => format!("{}/{}", course.display(), lesson.name),
            None => lesson.name.clone(),
        }
    }

    /// What is remembered of a learner who goes to a step, both by their places; nothing where
    /// there is no such step.
    pub fn at(&self, lesson: usize, step: usize) -> Option<Change> {
        let lesson = self.lessons.get(lesson)?;
        let step = lesson.steps.get(step)?;
        Some(Change::At {
            lesson: self.key(lesson),
            step: step.id.clone(),
        })
    }

    /// Where the learner's files of these lessons lie, within the folder for all files. A
    /// course of somebody's own has one named after it.
    pub fn workspace(&self, folder: &Path) -> PathBuf {
        let Some(course) = &self.course else {
            return folder.to_owned();
        };
        let name = course.file_name().unwrap_or_default().to_string_lossy();
        // Two courses may be called the same.
        let hash = fingerprint(course);
        folder.join("courses").join(format!("{name}-{hash:08x}"))
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

    /// The place of the lesson that was open last.
    pub fn last(&self, progress: &Progress) -> Option<usize> {
        let last = progress.last()?;
        self.lessons.iter().position(|it| self.key(it) == last)
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
}
