//! The private folder of a run, in the temporary folder: sockets, the program that runs in the
//! worker, and what is too large for the memory. It is removed at the end. What a tutor left behind
//! that was killed the next one removes: whoever lives holds the lock of a file in its folder.

use std::fs::{self, File, Permissions, TryLockError};
use std::io;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::net::SocketAddr;
use std::path::Path;

use anyhow::Context as _;
use rustix::process::geteuid;
use tempfile::TempDir;

const PREFIX: &str = "wsgi-tutor-";
const LOCK: &str = "lock";
/// As long as the name of any socket that is made in the folder.
const LONGEST_SOCKET: &str = "calls-18446744073709551615";
/// Where temporary files go when the folder that is named for them is of no use.
const ELSEWHERE: &str = "/tmp";
const OWNER_ONLY: u32 = 0o700;

/// A folder that only this user can look into. Dropping it removes it.
pub struct PrivateFolder {
    folder: TempDir,
    /// Given back after the folder is gone.
    _lock: Option<File>,
}

impl PrivateFolder {
    /// Makes a new one where temporary files go; in `/tmp` when there is no such folder, or its
    /// name is too long for the sockets in it.
    ///
    /// # Errors
    /// When it cannot be made in either; the error says what to do.
    pub fn make() -> anyhow::Result<Self> {
        let named = std::env::temp_dir();
        Self::make_in(&named)
            .or_else(|error| Self::make_in(Path::new(ELSEWHERE)).map_err(|_| error))
            .with_context(|| {
                let named = named.display();
                format!("no private folder can be created in {named}; set TMPDIR to a writable folder with a short name")
            })
    }

    fn make_in(root: &Path) -> io::Result<Self> {
        let root = std::path::absolute(root)?;
        loop {
            let folder = tempfile::Builder::new()
                .prefix(PREFIX)
                .permissions(Permissions::from_mode(OWNER_ONLY))
                .tempdir_in(&root)?;
            SocketAddr::from_pathname(folder.path().join(LONGEST_SOCKET))?;
            let lock = hold(&folder.path().join(LOCK))?;
            // Before it was locked somebody who tidies up may have taken it for a dead one's.
            if folder.path().join(LOCK).exists() || lock.is_none() {
                return Ok(Self {
                    folder,
                    _lock: lock,
                });
            }
        }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Where it had to be made because the folder for temporary files is of no use.
    pub fn elsewhere(&self) -> Option<&Path> {
        let parent = self.path().parent()?;
        let named = std::path::absolute(std::env::temp_dir());
        (!named.is_ok_and(|named| named == parent)).then_some(parent)
    }
}

/// Removes the folders of tutors that were killed, wherever they may have made them.
pub fn tidy() {
    for root in [std::env::temp_dir().as_path(), Path::new(ELSEWHERE)] {
        tidy_in(root);
    }
}

fn tidy_in(root: &Path) {
    for entry in fs::read_dir(root).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(PREFIX) {
            // Another one may be just as busy; what cannot be removed stays.
            let _ = remove_if_dead(&entry.path());
        }
    }
}

/// Makes the file and locks it. Where there are no locks there is no file either, and nobody tidies
/// up.
fn hold(path: &Path) -> io::Result<Option<File>> {
    let lock = File::create(path)?;
    if lock.lock().is_ok() {
        return Ok(Some(lock));
    }
    fs::remove_file(path)?;
    Ok(None)
}

/// Removes a folder that was private to this user, if whoever made it is no more.
fn remove_if_dead(folder: &Path) -> io::Result<()> {
    let about = fs::symlink_metadata(folder)?;
    let is_ours = about.is_dir() && about.uid() == geteuid().as_raw();
    if !is_ours || about.mode() & 0o777 != OWNER_ONLY {
        return Ok(());
    }
    // Without a lock it is being made just now.
    let lock = File::open(folder.join(LOCK))?;
    match lock.try_lock() {
        Ok(()) => fs::remove_dir_all(folder),
        Err(TryLockError::WouldBlock) => Ok(()),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::path::{Path, PathBuf};

    use super::{LOCK, PrivateFolder, tidy_in};

    /// What a tutor that was killed leaves behind.
    fn leftover(root: &Path, name: &str, mode: u32) -> PathBuf {
        let folder = root.join(name);
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, Permissions::from_mode(mode)).unwrap();
        fs::write(folder.join(LOCK), "").unwrap();
        fs::write(folder.join("worker.py"), "pass").unwrap();
        folder
    }

    #[test]
    fn what_a_killed_tutor_left_is_removed_and_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        let dead = leftover(root.path(), "wsgi-tutor-dead", 0o700);
        let open = leftover(root.path(), "wsgi-tutor-open", 0o755);
        let other = leftover(root.path(), "somebody-else", 0o700);
        let link = root.path().join("wsgi-tutor-link");
        symlink(&other, &link).unwrap();
        let unlocked = root.path().join("wsgi-tutor-unlocked");
        fs::create_dir(&unlocked).unwrap();
        fs::set_permissions(&unlocked, Permissions::from_mode(0o700)).unwrap();
        let alive = PrivateFolder::make_in(root.path()).unwrap();
        let mine = PrivateFolder::make_in(root.path()).unwrap();
        tidy_in(root.path());
        assert!(!dead.exists());
        for stays in [
            &*open,
            &*other,
            &*link,
            &*unlocked,
            alive.path(),
            mine.path(),
        ] {
            assert!(stays.exists(), "{}", stays.display());
        }
        assert!(open.join("worker.py").exists() && other.join("worker.py").exists());
    }

    #[test]
    fn only_its_owner_can_look_into_it_and_it_goes() {
        let root = tempfile::tempdir().unwrap();
        let folder = PrivateFolder::make_in(root.path()).unwrap();
        let mode = fs::metadata(folder.path()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
        drop(folder);
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_name_too_long_for_sockets_is_refused_and_leaves_nothing() {
        let root = tempfile::tempdir().unwrap();
        let long = root.path().join("x".repeat(100));
        fs::create_dir(&long).unwrap();
        assert!(PrivateFolder::make_in(&long).is_err());
        assert_eq!(fs::read_dir(&long).unwrap().count(), 0);
    }
}
