//! The files an application was made of, as they were when it read them. When one of them is saved,
//! the application is loaded anew.

use std::collections::{HashMap, HashSet};
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::python::project;
use crate::python::protocol::message::{FileMetadata, OpenedFiles};

/// How long ago a file must have been changed for its fingerprint to count. Within one tick of the
/// file system's clock, two seconds on some disks, it may change once more and have the same times.
const SETTLE_TIME: Duration = Duration::from_secs(3);

/// What shows that a file was changed, without reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFingerprint {
    metadata: FileMetadata,
    /// Its device and inode, and its time of change, which nobody can set.
    identity: (u64, u64, SystemTime),
}

impl FileFingerprint {
    /// The fingerprint of a file, if it would differ had the file been changed since.
    pub fn of(path: &Path) -> Option<Self> {
        let metadata = path.metadata().ok()?;
        let placed = placed_at(&metadata)?;
        let settled = SystemTime::now().duration_since(placed).ok()? > SETTLE_TIME;
        settled.then_some(Self {
            metadata: file_metadata(&metadata)?,
            identity: (metadata.dev(), metadata.ino(), placed),
        })
    }
}

/// The files of one loaded application.
#[derive(Debug, Clone)]
pub struct LoadedFiles {
    /// `None` where it looked for a file that was missing.
    read: HashMap<PathBuf, Option<FileMetadata>>,
    /// What it wrote itself does not count.
    written: HashSet<PathBuf>,
    /// The project's folder, and its modules before the application was loaded, where that failed:
    /// a missing one may be created.
    modules: Option<(PathBuf, Vec<PathBuf>)>,
    /// When it had been loaded.
    since: SystemTime,
}

impl LoadedFiles {
    pub fn add(&mut self, opened: OpenedFiles) {
        for read in opened.read {
            // Another process of the application may have written it.
            if !self.written.contains(&read.path) {
                // The first reading is the one that may be out of date.
                self.read.entry(read.path).or_insert(read.metadata);
            }
        }
        for path in opened.written {
            self.read.remove(&path);
            self.written.insert(path);
        }
    }

    /// The files of a project of which none was read yet.
    pub fn none_of(project: &Path) -> Self {
        Self {
            read: HashMap::new(),
            written: HashSet::new(),
            modules: Some((project.to_owned(), modules(project))),
            since: SystemTime::now(),
        }
    }

    /// The application was loaded, or could not be.
    pub fn complete(&mut self, loaded: bool) {
        self.since = SystemTime::now();
        if loaded {
            // From here on only the files it reads count.
            self.modules = None;
        }
    }

    /// Whether any of them differs from when it was read.
    pub fn changed(&self) -> bool {
        self.read
            .iter()
            .any(|(path, metadata)| now(path) != *metadata)
            || self
                .modules
                .as_ref()
                .is_some_and(|(project, before)| modules(project) != *before)
    }

    /// Whether a file was created, or moved to its place, after the application was loaded.
    pub fn is_later(&self, path: &Path) -> bool {
        placed(path).is_some_and(|placed| placed >= self.since)
    }
}

/// The Python files of a project.
fn modules(project: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = project::folders(project)
        .iter()
        .flat_map(|folder| folder.read_dir().into_iter().flatten().flatten())
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "py"))
        .collect();
    found.sort();
    found
}

/// When a file was written, or moved to its place.
fn placed(path: &Path) -> Option<SystemTime> {
    placed_at(&path.metadata().ok()?)
}

fn placed_at(metadata: &Metadata) -> Option<SystemTime> {
    let seconds = Duration::from_secs(u64::try_from(metadata.ctime()).ok()?);
    let rest = Duration::from_nanos(u64::try_from(metadata.ctime_nsec()).ok()?);
    SystemTime::UNIX_EPOCH.checked_add(seconds + rest)
}

fn now(path: &Path) -> Option<FileMetadata> {
    file_metadata(&path.metadata().ok()?)
}

fn file_metadata(metadata: &Metadata) -> Option<FileMetadata> {
    let modified = metadata.mtime().checked_mul(1_000_000_000)?;
    Some(FileMetadata {
        modified: modified.checked_add(metadata.mtime_nsec())?,
        size: metadata.size(),
    })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::MetadataExt as _;
    use std::path::Path;

    use super::LoadedFiles;
    use crate::python::protocol::message::{FileMetadata, OpenedFiles, ReadFile};

    fn read(path: &Path) -> OpenedFiles {
        let metadata = path.metadata().unwrap();
        let metadata = FileMetadata {
            modified: metadata.mtime() * 1_000_000_000 + metadata.mtime_nsec(),
            size: metadata.size(),
        };
        opened(path, Some(metadata))
    }

    fn opened(path: &Path, metadata: Option<FileMetadata>) -> OpenedFiles {
        let path = path.to_owned();
        OpenedFiles {
            read: vec![ReadFile { path, metadata }],
            written: Vec::new(),
        }
    }

    #[test]
    fn a_file_that_was_read_and_then_saved_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("page.html");
        std::fs::write(&path, "one").unwrap();
        let mut files = LoadedFiles::none_of(folder.path());
        files.complete(true);
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
        let mut files = LoadedFiles::none_of(folder.path());
        assert!(!files.changed());
        std::fs::write(folder.path().join("shop/words.py"), "").unwrap();
        assert!(files.changed());
        files.complete(true);
        assert!(!files.changed());
    }

    #[test]
    fn a_file_that_was_looked_for_is_noticed_when_it_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("local.ini");
        let mut files = LoadedFiles::none_of(folder.path());
        files.complete(true);
        files.add(opened(&path, None));
        assert!(!files.changed());
        std::fs::write(&path, "").unwrap();
        assert!(files.changed());
    }

    #[test]
    fn what_the_application_writes_is_its_own_business() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("guests.txt");
        std::fs::write(&path, "one").unwrap();
        let mut files = LoadedFiles::none_of(folder.path());
        files.complete(true);
        files.add(read(&path));
        files.add(OpenedFiles {
            read: Vec::new(),
            written: vec![path.clone()],
        });
        std::fs::write(&path, "other").unwrap();
        // Another of its processes may read what one wrote.
        files.add(read(&path));
        std::fs::write(&path, "one more").unwrap();
        assert!(!files.changed());
    }
}
