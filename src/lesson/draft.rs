//! What a learner typed and has not saved, kept where it survives a crash: a file in the state
//! folder for each file that is edited.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{atomic_file, fingerprint};
use crate::ordinary_file;

/// A text that was typed and not saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub text: String,
    /// What stood in the file that it was made from. Version 0.1.0 did not keep that.
    pub base: Option<String>,
}

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
    pub fn of(&self, file: &Path) -> Option<Draft> {
        atomic_file::remove_unfinished(&self.folder);
        let read = |path: PathBuf| ordinary_file::read_text(&path).ok();
        match read(self.path(file)) {
            Some(kept) => serde_json::from_str(&kept).ok(),
            None => read(self.path_of_0_1_0(file)).map(|text| Draft { text, base: None }),
        }
    }

    /// Keeps what is not saved of a file; nothing where all is saved.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn keep(&self, file: &Path, draft: Option<&Draft>) -> io::Result<()> {
        if let Some(draft) = draft {
            fs::create_dir_all(&self.folder)?;
            atomic_file::write(&self.path(file), &serde_json::to_vec(draft)?)?;
        } else {
            remove(&self.path(file))?;
        }
        // Only now: until the other one is written, this is the only copy.
        remove(&self.path_of_0_1_0(file))
    }

    fn path(&self, file: &Path) -> PathBuf {
        self.folder.join(format!("{}.json", name(file)))
    }

    /// Where version 0.1.0 kept a draft, as the text alone.
    fn path_of_0_1_0(&self, file: &Path) -> PathBuf {
        self.folder.join(name(file))
    }
}

/// Files of one name in different folders have drafts of their own.
fn name(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    format!("{name}-{:08x}", fingerprint(file))
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Draft, Drafts, name};

    #[test]
    fn a_draft_is_kept_until_all_is_saved() {
        let state = tempfile::tempdir().unwrap();
        let drafts = Drafts::new(state.path());
        let (one, other) = (Path::new("/a/app.py"), Path::new("/b/app.py"));
        assert_eq!(drafts.of(one), None);
        let draft = Draft {
            text: "x = 1\r\n".to_owned(),
            base: Some("x = 0\r\n".to_owned()),
        };
        drafts.keep(one, Some(&draft)).unwrap();
        assert_eq!(drafts.of(one).as_ref(), Some(&draft));
        assert_eq!(drafts.of(other), None);
        drafts.keep(one, None).unwrap();
        drafts.keep(one, None).unwrap();
        assert_eq!(drafts.of(one), None);
    }

    #[test]
    fn a_draft_of_version_0_1_0_goes_on() {
        let state = tempfile::tempdir().unwrap();
        let drafts = Drafts::new(state.path());
        let file = Path::new("/a/app.py");
        let old = state.path().join("drafts").join(name(file));
        fs::create_dir_all(old.parent().unwrap()).unwrap();
        fs::write(&old, "x = 1\n").unwrap();
        let mut draft = drafts.of(file).unwrap();
        assert_eq!((draft.text.as_str(), &draft.base), ("x = 1\n", &None));
        draft.text.push_str("y = 2\n");
        drafts.keep(file, Some(&draft)).unwrap();
        assert_eq!(drafts.of(file), Some(draft));
        drafts.keep(file, None).unwrap();
        assert_eq!(drafts.of(file), None);
    }
}
