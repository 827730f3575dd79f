//! The files an application is made of, as they were when it read them: when one of them is saved,
//! it is to be loaded anew.

use std::collections::{HashMap, HashSet};
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::python::project;

/// What tells one state of a file from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    /// When it was changed, in ns since 1970.
    changed: i64,
    /// In bytes.
    size: u64,
}

/// How long ago a file must have been changed for its times to tell. Within one tick of the clock, which
/// takes two seconds on some disks, it may be changed once more without any trace.
const SETTLES: Duration = Duration::from_secs(3);

/// A file as it was looked at, without reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glimpse {
    stamp: Stamp,
    /// Its number on its disk, and when that, its name or its content was changed last: nobody can
    /// set this time.
    identity: (u64, u64, SystemTime),
}

impl Glimpse {
    /// How the file looks, if that says enough: had it been changed since, it would look otherwise.
    pub fn of(path: &Path) -> Option<Self> {
        let metadata = path.metadata().ok()?;
        let placed = placed_at(&metadata)?;
        let settled = SystemTime::now().duration_since(placed).ok()? > SETTLES;
        settled.then_some(Self {
            stamp: stamp(&metadata)?,
            identity: (metadata.dev(), metadata.ino(), placed),
        })
    }
}

/// The files of one loaded application.
#[derive(Debug, Clone)]
pub struct Files {
    /// `None` where it looked for one that was not there.
    read: HashMap<PathBuf, Option<Stamp>>,
    /// What it wrote itself is its own business.
    written: HashSet<PathBuf>,
    /// The project's folder, and the modules in it before it was loaded, where that failed: what
    /// it needs may be made.
    modules: Option<(PathBuf, Vec<PathBuf>)>,
    /// When it had been loaded.
    since: SystemTime,
}

/// Files a worker reports.
#[derive(Debug, Default)]
pub struct Found {
    /// Path, and time of change in ns and size in bytes unless it was missing.
    pub read: Vec<(PathBuf, Option<(i64, u64)>)>,
    pub written: Vec<PathBuf>,
}

impl Files {
    pub fn add(&mut self, found: Found) {
        for (path, stamp) in found.read {
            // Another process of the application's may have written it.
            if !self.written.contains(&path) {
                let stamp = stamp.map(|(changed, size)| Stamp { changed, size });
                // The first reading is the one that may be out of date.
                self.read.entry(path).or_insert(stamp);
            }
        }
        for path in found.written {
            self.read.remove(&path);
            self.written.insert(path);
        }
    }

    /// The files of a project nobody has read yet.
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
            // From here on only what it reads counts.
            self.modules = None;
        }
    }

    /// Whether any of them is other than when it was read.
    pub fn changed(&self) -> bool {
        self.read.iter().any(|(path, stamp)| now(path) != *stamp)
            || self
                .modules
                .as_ref()
                .is_some_and(|(project, before)| modules(project) != *before)
    }

    /// Whether a file was put in its place after the application was loaded, and so not by that.
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

fn now(path: &Path) -> Option<Stamp> {
    stamp(&path.metadata().ok()?)
}

fn stamp(metadata: &Metadata) -> Option<Stamp> {
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
            read: vec![(path.to_owned(), Some((changed, metadata.size())))],
            written: Vec::new(),
        }
    }

    #[test]
    fn a_file_that_was_read_and_then_saved_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("page.html");
        std::fs::write(&path, "one").unwrap();
        let mut files = Files::none_of(folder.path());
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
        let mut files = Files::none_of(folder.path());
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
        let mut files = Files::none_of(folder.path());
        files.complete(true);
        files.add(Found {
            read: vec![(path.clone(), None)],
            written: Vec::new(),
        });
        assert!(!files.changed());
        std::fs::write(&path, "").unwrap();
        assert!(files.changed());
    }

    #[test]
    fn what_the_application_writes_is_its_own_business() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("guests.txt");
        std::fs::write(&path, "one").unwrap();
        let mut files = Files::none_of(folder.path());
        files.complete(true);
        files.add(read(&path));
        files.add(Found {
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
