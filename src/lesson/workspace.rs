//! The learner's own copy of each lesson's application, and what is kept of it. Nothing a learner wrote
//! is ever overwritten: it is kept under a name with the date first.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Lesson, whole};
use anyhow::Context as _;
use etcetera::BaseStrategy as _;

/// The folder the learner's files lie in.
#[derive(Debug, Clone)]
pub struct Workspace {
    folder: PathBuf,
}

/// Where the workspace lies unless something else is asked for: in the XDG data folder.
///
/// # Errors
/// When there is no home folder.
pub fn default_folder() -> anyhow::Result<PathBuf> {
    let base = etcetera::choose_base_strategy()
        .context("there is no home folder to keep your files in; name one with --workspace DIR")?;
    Ok(base.data_dir().join("wsgi-tutor").join("workspace"))
}

impl Workspace {
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        // What runs is named by its full path, whatever the current folder is later.
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        Self { folder }
    }

    /// Where the learner's copy of the lesson's application lies, or would lie.
    #[must_use]
    pub fn file(&self, lesson: &Lesson) -> PathBuf {
        self.folder.join(lesson.folder()).join(&lesson.file)
    }

    /// What was kept of the application when this step was done.
    #[must_use]
    pub fn passed(&self, lesson: &Lesson, step: &str) -> Option<String> {
        let bytes = fs::read(self.passed_file(lesson, step)).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn passed_file(&self, lesson: &Lesson, step: &str) -> PathBuf {
        let folder = self.folder.join(lesson.folder()).join("passed");
        folder.join(format!("{step}.py"))
    }

    /// The learner's copy of the lesson's application, made if there is none yet.
    ///
    /// # Errors
    /// When the file cannot be made; the error names it.
    pub fn open(&self, lesson: &Lesson) -> anyhow::Result<PathBuf> {
        let file = self.file(lesson);
        whole::create(&file, lesson.source.as_bytes()).with_context(|| {
            format!(
                "your copy of the lesson, {}, cannot be made; choose another folder with --workspace DIR",
                file.display()
            )
        })?;
        Ok(file)
    }
}

#[cfg(test)]
mod tests {
    use super::Workspace;
    use crate::lesson::Catalogue;

    #[test]
    fn a_learners_file_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::new(folder.path());
        let catalogue = Catalogue::embedded().unwrap();
        let lesson = &catalogue.lessons[0];
        let file = workspace.open(lesson).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), lesson.source);
        std::fs::write(&file, "mine").unwrap();
        assert_eq!(workspace.open(lesson).unwrap(), file);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
    }
}
