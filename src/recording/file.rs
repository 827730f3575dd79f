//! Recordings on the disk.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use tempfile::NamedTempFile;

use super::{OpenError, Recording};
use crate::ordinary_file;

/// A larger file is no recording of a few exchanges.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// More names than this are not tried.
const NAMES: usize = 10_000;

/// Reads a recording.
///
/// # Errors
/// When it cannot be read, or is none.
pub fn open(path: &Path) -> Result<Recording, OpenError> {
    let path = path.to_owned();
    match ordinary_file::read_up_to(&path, MAX_BYTES) {
        Ok(bytes) => {
            Recording::from_json(&bytes).map_err(|error| OpenError::Invalid { path, error })
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(OpenError::Missing(path)),
        Err(error) => Err(OpenError::Unreadable { path, error }),
    }
}

/// Writes a recording into a folder, whole or not at all, and never over another file. Returns the
/// file's full path. Only its owner can read it: it may hold cookies and passwords.
///
/// # Errors
/// When the folder cannot be written; the error names it.
pub fn save(recording: &Recording, folder: &Path) -> anyhow::Result<PathBuf> {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let failed = || {
        format!(
            "the exchange cannot be saved in {}",
            folder.to_string_lossy()
        )
    };
    let text = recording.to_json().with_context(failed)?;
    let mut whole = NamedTempFile::new_in(&folder).with_context(failed)?;
    whole.write_all(text.as_bytes()).with_context(failed)?;
    for number in 1..=NAMES {
        let path = folder.join(name(recording.first(), number));
        match whole.persist_noclobber(&path) {
            Ok(_) => return Ok(path),
            Err(taken) if taken.error.kind() == io::ErrorKind::AlreadyExists => whole = taken.file,
            Err(other) => return Err(other.error).with_context(failed),
        }
    }
    Err(anyhow::anyhow!("there are too many recordings already")).with_context(failed)
}

fn name(id: u64, number: usize) -> String {
    match number {
        1 => format!("exchange-{id}.json"),
        _ => format!("exchange-{id}-{number}.json"),
    }
}
