//! What a learner typed and has not saved, kept where it survives a crash: a file in the state
//! folder for each file that is edited.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{atomic_file, fingerprint};
use crate::ordinary_file;

/// The drafts of all files.
#[derive(Debug, Clone)]
pub struct Drafts {
    folder: PathBuf,
}

impl Drafts {
    /// Those in the state folder.
    pub fn new(state: &Path) -> Self {
        Self {
            folder: state.join("drafts"),
        }
    }

    /// What was not saved of a file.
    pub fn of(&self, file: &Path) -> Option<String> {
        atomic_file::remove_unfinished(&self.folder);
        ordinary_file::read_text(&self.path(file)).ok()
    }

    /// Keeps what is not saved of a file; nothing where all is saved.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn keep(&self, file: &Path, text: Option<&str>) -> io::Result<()> {
        let path = self.path(file);
        match text {
            Some(text) => {
                fs::create_dir_all(&self.folder)?;
                atomic_file::write(&path, text.as_bytes())
            }
            None => match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            },
        }
    }

    /// Files of one name in different folders have drafts of their own.
    fn path(&self, file: &Path) -> PathBuf {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        self.folder
            .join(format!("{name}-{:08x}", fingerprint(file)))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Drafts;

    #[test]
    fn a_draft_is_kept_until_all_is_saved() {
        let state = tempfile::tempdir().unwrap();
        let drafts = Drafts::new(state.path());
        let (one, other) = (Path::new("/a/app.py"), Path::new("/b/app.py"));
        assert_eq!(drafts.of(one), None);
        drafts.keep(one, Some("x = 1\r\n")).unwrap();
        assert_eq!(drafts.of(one).as_deref(), Some("x = 1\r\n"));
        assert_eq!(drafts.of(other), None);
        drafts.keep(one, None).unwrap();
        drafts.keep(one, None).unwrap();
        assert_eq!(drafts.of(one), None);
    }
}
