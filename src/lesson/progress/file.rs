//! The file progress is kept in. Several tutors may run at once: each change is made to what the
//! file holds at that moment, one tutor at a time.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context as _, bail};
use etcetera::BaseStrategy as _;

use super::error::ProgressFileError;
use super::{Change, Progress};
use crate::lesson::atomic_file;
use crate::ordinary_file;

const NAME: &str = "progress.toml";
/// Whoever holds the lock of this file may write the other one.
const LOCK: &str = "progress.lock";

/// Where progress is kept.
#[derive(Debug, Clone)]
pub struct ProgressFile {
    folder: PathBuf,
    /// What was known last.
    known: Progress,
}

/// Where the tutor's state lies: `wsgi-tutor` in the XDG state folder.
///
/// # Errors
/// When there is no home folder.
pub fn state_folder() -> anyhow::Result<PathBuf> {
    let base = etcetera::choose_base_strategy()
        .context("there is no home folder to keep your progress in; set HOME or XDG_STATE_HOME")?;
    let folder = base.state_dir().unwrap_or_else(|| base.data_dir());
    Ok(folder.join("wsgi-tutor"))
}

impl ProgressFile {
    /// Opens the file in this folder, which need not be there. A file that cannot be understood is
    /// set aside; the sentence says so.
    ///
    /// # Errors
    /// When the file is there and cannot be read or set aside; then nothing should be recorded.
    pub fn open(folder: &Path) -> anyhow::Result<(Self, Option<String>)> {
        atomic_file::remove_unfinished(folder);
        let mut file = Self {
            folder: folder.to_owned(),
            known: Progress::default(),
        };
        let trouble = file.read()?;
        Ok((file, trouble))
    }

    /// Whether the file could be used; nothing is changed.
    ///
    /// # Errors
    /// When it cannot be understood or is of a newer version.
    pub fn look(folder: &Path) -> Result<(), ProgressFileError> {
        let path = folder.join(NAME);
        let Ok(text) = ordinary_file::read_text(&path) else {
            return Ok(());
        };
        match Progress::read(&text) {
            Ok(progress) if progress.is_newer() => Err(ProgressFileError::Newer(path)),
            Ok(_) => Ok(()),
            Err(error) => Err(ProgressFileError::Unreadable { path, error }),
        }
    }

    /// How far the learner has come, as far as this program knows.
    pub fn progress(&self) -> &Progress {
        &self.known
    }

    /// Records changes, and learns what others recorded meanwhile. The sentence says whether the
    /// file had to be set aside.
    ///
    /// # Errors
    /// When the file cannot be written; the message names it.
    pub fn record(&mut self, changes: &[Change]) -> anyhow::Result<Option<String>> {
        let path = self.folder.join(NAME);
        let failed = || format!("your progress cannot be saved in {}", path.display());
        fs::create_dir_all(&self.folder).with_context(failed)?;
        let lock = File::create(self.folder.join(LOCK)).with_context(failed)?;
        lock.lock().with_context(failed)?;
        let trouble = self.read()?;
        let time = humantime::format_rfc3339_seconds(SystemTime::now()).to_string();
        for change in changes {
            self.known.apply(change, &time);
        }
        atomic_file::write(&path, self.known.text().as_bytes()).with_context(failed)?;
        atomic_file::sync_folder(&self.folder);
        Ok(trouble)
    }

    /// Learns what the file holds. What was known stays where it cannot be understood.
    fn read(&mut self) -> anyhow::Result<Option<String>> {
        let path = self.folder.join(NAME);
        let text = match ordinary_file::read(&path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                let failed = format!("your progress, {}, cannot be read", path.display());
                return Err(anyhow::Error::new(error).context(failed));
            }
        };
        match Progress::read(&text) {
            Ok(progress) if progress.is_newer() => bail!(
                "your progress, {}, is from a newer wsgi-tutor; this one leaves it as it is and saves none",
                path.display()
            ),
            Ok(progress) => {
                self.known = progress;
                Ok(None)
            }
            Err(why) => {
                let aside = atomic_file::keep_copy(&path, &self.folder)
                    .with_context(|| format!("{} cannot be set aside", path.display()))?;
                fs::remove_file(&path)
                    .with_context(|| format!("{} cannot be set aside", path.display()))?;
                Ok(Some(format!(
                    "your progress could not be understood ({why}); the old file is kept as {}, and a new one is started",
                    aside.display()
                )))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::thread;

    use super::{Change, ProgressFile};

    fn done(step: &str) -> Change {
        Change::Done {
            lesson: "a".into(),
            step: step.into(),
        }
    }

    #[test]
    fn what_is_recorded_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("not/there/yet");
        let (mut file, trouble) = ProgressFile::open(&state).unwrap();
        assert_eq!(trouble, None);
        file.record(&[Change::Welcomed, done("x")]).unwrap();
        let (file, _) = ProgressFile::open(&state).unwrap();
        assert!(file.progress().welcomed() && file.progress().is_done("a", "x"));
    }

    #[test]
    fn tutors_that_run_at_once_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let tutors: Vec<_> = (0..8)
            .map(|tutor| {
                let folder = folder.path().to_owned();
                thread::spawn(move || {
                    let (mut file, _) = ProgressFile::open(&folder).unwrap();
                    for step in 0..20 {
                        file.record(&[done(&format!("{tutor}-{step}"))]).unwrap();
                    }
                })
            })
            .collect();
        for tutor in tutors {
            tutor.join().unwrap();
        }
        let (file, _) = ProgressFile::open(folder.path()).unwrap();
        for tutor in 0..8 {
            for step in 0..20 {
                assert!(file.progress().is_done("a", &format!("{tutor}-{step}")));
            }
        }
    }

    #[test]
    fn what_cannot_be_understood_is_set_aside_and_what_was_known_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (mut file, _) = ProgressFile::open(folder.path()).unwrap();
        file.record(&[done("x")]).unwrap();
        fs::write(folder.path().join("progress.toml"), "half a fi").unwrap();
        let trouble = file.record(&[done("y")]).unwrap().unwrap();
        let aside = trouble.split("kept as ").nth(1).unwrap();
        let aside = aside.split(", and").next().unwrap();
        assert_eq!(fs::read_to_string(aside).unwrap(), "half a fi");
        let (file, trouble) = ProgressFile::open(folder.path()).unwrap();
        assert_eq!(trouble, None);
        assert!(file.progress().is_done("a", "x") && file.progress().is_done("a", "y"));
    }

    #[test]
    fn progress_of_a_newer_tutor_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("progress.toml");
        fs::write(&path, "format = 2\n").unwrap();
        let error = ProgressFile::open(folder.path()).unwrap_err().to_string();
        assert!(error.contains("is from a newer wsgi-tutor"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "format = 2\n");
    }
}
