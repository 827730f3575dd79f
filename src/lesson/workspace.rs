//! The learner's own copy of each lesson's application, and what is kept of it. Nothing a learner
//! wrote is ever overwritten: it is kept under a name with the date first.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Lesson, Mistake, atomic_file};
use crate::ordinary_file;
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
    pub fn new(folder: &Path) -> Self {
        // What runs is named by its full path, whatever the current folder is later.
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        Self { folder }
    }

    /// Where the learner's copy of the lesson's application lies, or would lie.
    pub fn file(&self, lesson: &Lesson) -> PathBuf {
        self.folder.join(lesson.folder()).join(&lesson.file)
    }

    /// What was kept of the application when this step was done.
    pub fn passed(&self, lesson: &Lesson, step: &str) -> Option<String> {
        let bytes = ordinary_file::read(&self.passed_file(lesson, step)).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Keeps what passed a step's checks, so that they can be run on it again.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_passed(&self, lesson: &Lesson, step: &str, source: &str) -> anyhow::Result<()> {
        let file = self.passed_file(lesson, step);
        let failed = || format!("{} cannot be written", file.display());
        let folder = file.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder).with_context(failed)?;
        atomic_file::write(&file, source.as_bytes()).with_context(failed)
    }

    /// Puts another text into the learner's file. What stood there is kept, and where is given.
    ///
    /// # Errors
    /// When either cannot be written; then the file is as it was.
    pub fn replace(&self, lesson: &Lesson, source: &str) -> anyhow::Result<Option<PathBuf>> {
        let file = self.file(lesson);
        let kept = self.keep_copy(lesson, &file)?;
        let failed = || format!("{} cannot be written", file.display());
        atomic_file::write(&file, source.as_bytes()).with_context(failed)?;
        Ok(kept)
    }

    /// Makes a mistake in the learner's file, or, where it cannot be made there, in the lesson's
    /// own application in its place; `lends` asks for that one, also after a mistake was made in
    /// the learner's. The file as it was waits for [`Workspace::put_back`]. Gives whether it is the
    /// learner's own file that is broken now.
    ///
    /// # Errors
    /// When a file cannot be written; then the learner's file is as it was.
    pub fn break_on_purpose(
        &self,
        lesson: &Lesson,
        mistake: &Mistake,
        lends: bool,
    ) -> anyhow::Result<bool> {
        if lends && self.is_broken(lesson) {
            self.put_back(lesson)?;
        }
        let (file, before) = (self.file(lesson), self.before(lesson));
        let failed = || format!("{} cannot be written", file.display());
        let bytes = ordinary_file::read(&file).with_context(failed)?;
        let own = str::from_utf8(&bytes).ok().filter(|_| !lends);
        let own = own.and_then(|source| mistake.make_in(source));
        let is_own = own.is_some();
        let broken = own
            .or_else(|| mistake.make_in(lesson.base_of(mistake)))
            .context("this mistake cannot be made in the lesson's own application")?;
        // The file itself is copied before anything else happens to it.
        anyhow::ensure!(!before.exists(), "a mistake has been made already");
        atomic_file::create(&before, &bytes).with_context(failed)?;
        atomic_file::write(&file, broken.as_bytes()).with_context(failed)?;
        Ok(is_own)
    }

    /// Whether the learner's file is broken on purpose.
    pub fn is_broken(&self, lesson: &Lesson) -> bool {
        self.before(lesson).is_file()
    }

    /// Puts the file back to what it was before a mistake was made, to the byte. Where the broken
    /// one was edited it is kept, and where is given.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn put_back(&self, lesson: &Lesson) -> anyhow::Result<Option<PathBuf>> {
        let (file, before) = (self.file(lesson), self.before(lesson));
        let failed = || format!("{} cannot be put back", before.display());
        let was = ordinary_file::read(&before).with_context(failed)?;
        let is = ordinary_file::read_text(&file).unwrap_or_default();
        let is_made = |mistake: &Mistake| {
            let own = str::from_utf8(&was).ok();
            let own = own.and_then(|source| mistake.make_in(source));
            let lent = mistake.make_in(lesson.base_of(mistake));
            [own, lent].contains(&Some(is.clone()))
        };
        let edited = !lesson.mistakes.iter().any(is_made);
        let kept = if edited && is.as_bytes() != was {
            self.keep_copy(lesson, &file)?
        } else {
            None
        };
        fs::rename(&before, &file).with_context(failed)?;
        Ok(kept)
    }

    /// Begins a lesson anew: all that lies in its folder is moved to where it is kept. Gives where,
    /// or nothing when the lesson was not begun.
    ///
    /// # Errors
    /// When it cannot be moved, or the new file not be made.
    pub fn reset(&self, lesson: &Lesson) -> anyhow::Result<Option<PathBuf>> {
        let folder = self.folder.join(lesson.folder());
        let failed = || format!("{} cannot be moved", folder.display());
        if !folder.exists() {
            return Ok(None);
        }
        let kept = self.folder.join("kept");
        fs::create_dir_all(&kept).with_context(failed)?;
        let kept = unused(
            &kept,
            &format!("{}-{}", lesson.folder(), atomic_file::stamp()),
        );
        // At once, so that whatever happens it is in one of the two places.
        fs::rename(&folder, &kept).with_context(failed)?;
        self.open(lesson)?;
        Ok(Some(kept))
    }

    /// Keeps a copy of the learner's file, if there is one.
    fn keep_copy(&self, lesson: &Lesson, file: &Path) -> anyhow::Result<Option<PathBuf>> {
        if !file.exists() {
            return Ok(None);
        }
        let folder = self.folder.join(lesson.folder()).join("kept");
        let kept = atomic_file::keep_copy(file, &folder);
        let failed = || format!("no copy of {} can be kept", file.display());
        Ok(Some(kept.with_context(failed)?))
    }

    /// Where the file as it was waits while it is broken on purpose.
    fn before(&self, lesson: &Lesson) -> PathBuf {
        let folder = self.folder.join(lesson.folder()).join("before-mistake");
        folder.join(&lesson.file)
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
        atomic_file::create(&file, lesson.source.as_bytes()).with_context(|| {
            format!(
                "your copy of the lesson, {}, cannot be created; choose another folder with --workspace DIR",
                file.display()
            )
        })?;
        Ok(file)
    }
}

/// A name in a folder that nothing has yet.
fn unused(folder: &Path, name: &str) -> PathBuf {
    let first = folder.join(name);
    let more = (2..).map(|number: u64| folder.join(format!("{name}-{number}")));
    std::iter::once(first.clone())
        .chain(more)
        .find(|path| !path.exists())
        .unwrap_or(first)
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
