//! The learner's own copy of each lesson's application. It is made once and never overwritten.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use etcetera::BaseStrategy as _;
use tempfile::NamedTempFile;

use super::Lesson;

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
        create(&file, &lesson.source).with_context(|| {
            format!(
                "your copy of the lesson, {}, cannot be made; choose another folder with --workspace DIR",
                file.display()
            )
        })?;
        Ok(file)
    }
}

/// Makes the file whole or not at all; one that is there already stays.
fn create(file: &Path, source: &str) -> io::Result<()> {
    if file.exists() {
        return Ok(());
    }
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut whole = NamedTempFile::new_in(folder)?;
    whole.write_all(source.as_bytes())?;
    match whole.persist_noclobber(file) {
        Err(failed) if failed.error.kind() != io::ErrorKind::AlreadyExists => Err(failed.error),
        _ => Ok(()),
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
