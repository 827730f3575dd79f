//! Writes files atomically: whole or not at all, even when the program is killed. Also keeps copies
//! of what a learner wrote.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::ordinary_file;
use tempfile::NamedTempFile;

/// How the names of files that are being written begin.
const UNFINISHED_PREFIX: &str = ".wsgi-tutor-";

/// Replaces a file. A reader finds the old text or the new one, even after a crash. A symbolic link
/// stays a link, and permissions are kept.
///
/// # Errors
/// When the folder or the file cannot be written; the old text is still there.
pub fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let before = fs::metadata(&file).ok();
    if before
        .as_ref()
        .is_some_and(|it| it.permissions().readonly())
    {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let mut unfinished = begin(&file)?;
    unfinished.write_all(bytes)?;
    if let Some(before) = before {
        unfinished.as_file().set_permissions(before.permissions())?;
    }
    unfinished.as_file().sync_all()?;
    unfinished.persist(&file)?;
    Ok(())
}

/// Creates a file, and its folder, unless it exists.
///
/// # Errors
/// When it cannot be created.
pub fn create(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if file.exists() {
        return Ok(());
    }
    let mut unfinished = begin(file)?;
    unfinished.write_all(bytes)?;
    unfinished.as_file().sync_all()?;
    match unfinished.persist_noclobber(file) {
        Err(failed) if failed.error.kind() != io::ErrorKind::AlreadyExists => Err(failed.error),
        _ => Ok(()),
    }
}

/// Copies a file to a name with the date and time in it, in this folder, and gives that name.
///
/// # Errors
/// When it cannot be read, or the copy not be written.
pub fn keep_copy(file: &Path, folder: &Path) -> io::Result<PathBuf> {
    let bytes = ordinary_file::read(file)?;
    keep(
        &bytes,
        file.file_name().unwrap_or_default().as_ref(),
        folder,
    )
}

/// Keeps these bytes under a file's name with the date and time before it, and gives that name.
///
/// # Errors
/// When it cannot be written.
pub fn keep(bytes: &[u8], name: &Path, folder: &Path) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let name = name.to_string_lossy();
    let now = stamp();
    // Two copies within a second get two names.
    for number in 1_u32.. {
        let more = if number == 1 {
            String::new()
        } else {
            format!("-{number}")
        };
        let copy = folder.join(format!("{now}{more}-{name}"));
        let mut unfinished = begin(&copy)?;
        unfinished.write_all(bytes)?;
        unfinished.as_file().sync_all()?;
        match unfinished.persist_noclobber(&copy) {
            Ok(_) => return Ok(copy),
            Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(failed) => return Err(failed.error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// The date and time (UTC) as a part of a file's name: `2026-11-23-141503`.
pub fn stamp() -> String {
    let now = humantime::format_rfc3339_seconds(SystemTime::now()).to_string();
    now.trim_end_matches('Z').replace('T', "-").replace(':', "")
}

/// Removes unfinished files older than a minute from a folder: a program that was killed left them.
pub fn remove_unfinished(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let unfinished = entry
            .file_name()
            .to_string_lossy()
            .starts_with(UNFINISHED_PREFIX);
        let age = entry
            .metadata()
            .ok()
            .and_then(|it| it.modified().ok()?.elapsed().ok());
        if unfinished && age.is_some_and(|age| age.as_secs() > 60) {
            // Another tutor may have removed it first.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Makes renames in a folder survive a power failure.
pub fn sync_folder(folder: &Path) {
    // Not every file system can do this; without it nothing that exists is lost.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

fn begin(file: &Path) -> io::Result<NamedTempFile> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    tempfile::Builder::new()
        .prefix(UNFINISHED_PREFIX)
        .tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::{create, keep_copy, write};

    #[test]
    fn a_link_and_permissions_stay() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.py"), folder.path().join("b.py"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&file, &link).unwrap();
        write(&link, b"new").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(
            fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o640
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_file_that_may_not_be_written_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.py");
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
        write(&file, b"new").unwrap_err();
        assert_eq!(fs::read(&file).unwrap(), b"old");
    }

    #[test]
    fn what_is_there_is_not_created_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("new/a.py");
        create(&file, b"one").unwrap();
        create(&file, b"two").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"one");
    }

    #[test]
    fn copies_of_one_second_have_names_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.py");
        let kept = folder.path().join("kept");
        let mut copies = Vec::new();
        for text in ["one", "two", "three"] {
            fs::write(&file, text).unwrap();
            copies.push((text, keep_copy(&file, &kept).unwrap()));
        }
        for (text, copy) in copies {
            assert_eq!(fs::read_to_string(copy).unwrap(), text);
        }
    }
}
