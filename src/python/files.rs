//! The files an application is made of, as they were when it read them: when one of them is saved,
//! it is to be loaded anew.

use std::collections::{HashMap, HashSet};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::project;

/// What tells one state of a file from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    /// When it was changed, in ns since 1970.
    changed: i64,
    /// In bytes.
    size: u64,
}

/// The files of one loaded application.
#[derive(Debug, Clone)]
pub struct Files {
    read: HashMap<PathBuf, Stamp>,
    /// What it wrote itself is its own business.
    written: HashSet<PathBuf>,
    /// The project's folders before it was loaded, where that failed: what it needs may be made
    /// in one of them.
    folders: Vec<(PathBuf, Option<Stamp>)>,
    /// When it began to be loaded.
    since: SystemTime,
}

/// Files a worker reports.
#[derive(Debug, Default)]
pub struct Found {
    /// Path, time of change in ns, size in bytes.
    pub read: Vec<(PathBuf, i64, u64)>,
    pub written: Vec<PathBuf>,
}

impl Files {
    pub fn add(&mut self, found: Found) {
        for (path, changed, size) in found.read {
            // The first reading is the one that may be out of date.
            let stamp = Stamp { changed, size };
            self.read.entry(path).or_insert(stamp);
        }
        for path in found.written {
            self.read.remove(&path);
            self.written.insert(path);
        }
    }

    /// The files of a project nobody has read yet, in these folders.
    pub fn none_of(project: &Path) -> Self {
        let folders = project::folders(project).into_iter();
        Self {
            folders: folders
                .map(|path| {
                    let stamp = now(&path);
                    (path, stamp)
                })
                .collect(),
            read: HashMap::new(),
            written: HashSet::new(),
            since: SystemTime::now(),
        }
    }

    /// From here on only what was read counts.
    pub fn complete(&mut self) {
        self.folders.clear();
    }

    /// Whether any of them is other than when it was read.
    pub fn changed(&self) -> bool {
        let other = |path: &Path, stamp| now(path) != stamp;
        self.read
            .iter()
            .any(|(path, &stamp)| other(path, Some(stamp)))
            || self.folders.iter().any(|(path, stamp)| other(path, *stamp))
    }

    /// Whether a file was put in its place after the application began to be loaded.
    pub fn is_later(&self, path: &Path) -> bool {
        placed(path).is_some_and(|placed| placed >= self.since)
    }

    /// Whether the application has not had to do with a file so far.
    pub fn is_new(&self, path: &Path) -> bool {
        !self.read.contains_key(path) && !self.written.contains(path)
    }
}

/// When a file was written, or moved to its place.
fn placed(path: &Path) -> Option<SystemTime> {
    let metadata = path.metadata().ok()?;
    let seconds = Duration::from_secs(u64::try_from(metadata.ctime()).ok()?);
    let rest = Duration::from_nanos(u64::try_from(metadata.ctime_nsec()).ok()?);
    SystemTime::UNIX_EPOCH.checked_add(seconds + rest)
}

fn now(path: &Path) -> Option<Stamp> {
    let metadata = path.metadata().ok()?;
    let changed = metadata.mtime().checked_mul(1_000_000_000)?;
    Some(Stamp {
        changed: changed.checked_add(metadata.mtime_nsec())?,
        size: metadata.size(),
    })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::MetadataExt as _;
    use std::path::Path;

    use super::{Files, Found};

    fn read(path: &Path) -> Found {
        let metadata = path.metadata().unwrap();
        let changed = metadata.mtime() * 1_000_000_000 + metadata.mtime_nsec();
        Found {
            read: vec![(path.to_owned(), changed, metadata.size())],
            written: Vec::new(),
        }
    }

    #[test]
    fn a_file_that_was_read_and_then_saved_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("page.html");
        std::fs::write(&path, "one").unwrap();
        let mut files = Files::none_of(folder.path());
        files.complete();
        files.add(read(&path));
        assert!(!files.changed());
        std::fs::write(&path, "other").unwrap();
        assert!(files.changed());
        // Reading it again later does not make the first reading good.
        files.add(read(&path));
        assert!(files.changed());
        std::fs::remove_file(&path).unwrap();
        assert!(files.changed());
    }

    #[test]
    fn a_file_that_is_made_may_be_the_one_that_was_missing() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("shop")).unwrap();
        let mut files = Files::none_of(folder.path());
        assert!(!files.changed());
        std::fs::write(folder.path().join("shop/words.py"), "").unwrap();
        assert!(files.changed());
        files.complete();
        assert!(!files.changed());
    }

    #[test]
    fn what_the_application_writes_is_its_own_business() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("guests.txt");
        std::fs::write(&path, "one").unwrap();
        let mut files = Files::none_of(folder.path());
        files.complete();
        assert!(files.is_new(&path));
        files.add(read(&path));
        files.add(Found {
            read: Vec::new(),
            written: vec![path.clone()],
        });
        std::fs::write(&path, "other").unwrap();
        assert!(!files.changed() && !files.is_new(&path));
    }
}
