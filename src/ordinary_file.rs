//! Reads files that somebody else may have put there. A pipe or a device in their place may never
//! end, and a file may be of any size.

use std::fs::OpenOptions;
use std::io::{self, Read as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use rustix::fs::OFlags;

const MIB: u64 = 1024 * 1024;
/// Bytes of a file that is text to read.
const MOST: u64 = 64 * MIB;

/// What stands in a file.
///
/// # Errors
/// When it cannot be read, is no ordinary file, or has more than 64 MiB.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    read_up_to(path, MOST)
}

/// What stands in a file of UTF-8.
///
/// # Errors
/// As those of [`read`], and when it is not UTF-8.
pub fn read_text(path: &Path) -> io::Result<String> {
    String::from_utf8(read(path)?).map_err(io::Error::other)
}

/// What stands in a file of at most so many bytes.
///
/// # Errors
/// When it cannot be read, is no ordinary file, or has more bytes.
pub fn read_up_to(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    // Opening a pipe would wait for whoever writes to it. What it is can be asked once it is open
    // only: before, another one may come in its place.
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    let flags = i32::try_from(flags.bits()).map_err(io::Error::other)?;
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(flags)
        .open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let mut bytes = Vec::new();
    // The size a file claims to have may be anything.
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        let what = match most / MIB {
            0 => format!("it is longer than {most} bytes"),
            mib => format!("it is longer than {mib} MiB"),
        };
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, what));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::ErrorKind;

    use rustix::fs::{CWD, FileType, Mode, mknodat};

    use super::{read, read_text, read_up_to};

    #[test]
    fn ordinary_files_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, "Zoë").unwrap();
        assert_eq!(read(&path).unwrap(), "Zoë".as_bytes());
        assert_eq!(read_text(&path).unwrap(), "Zoë");
        assert_eq!(read_up_to(&path, 4).unwrap().len(), 4);
        let error = read_up_to(&path, 3).unwrap_err();
        assert_eq!(error.to_string(), "it is longer than 3 bytes");
        fs::write(&path, b"\xff").unwrap();
        assert!(read_text(&path).is_err());
    }

    #[test]
    fn nothing_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        for path in [
            &pipe,
            folder.path(),
            "/dev/null".as_ref(),
            "/dev/zero".as_ref(),
        ] {
            let error = read(path).unwrap_err();
            assert_eq!(error.to_string(), "it is not a regular file", "{path:?}");
        }
        let error = read(&folder.path().join("missing")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
    }
}
