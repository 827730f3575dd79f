//! Stores the body of a request while it arrives and while the request waits for the application. A
//! large body is kept in a file: many clients may send one at once, and few are answered at a time.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek as _, Write as _};
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use crate::exchange::{Excerpt, KEPT_BYTES};
use crate::gateway::http::limits;

/// The bytes of a body that have arrived.
#[derive(Default)]
pub struct Body {
    /// The first of them, where there are many.
    file: Option<File>,
    in_file: usize,
    /// Those that arrived after them.
    bytes: Vec<u8>,
}

impl Body {
    pub fn length(&self) -> usize {
        self.in_file + self.bytes.len()
    }

    /// Appends bytes.
    pub fn push(&mut self, bytes: Vec<u8>) {
        if self.bytes.is_empty() {
            self.bytes = bytes;
        } else {
            self.bytes.extend_from_slice(&bytes);
        }
    }

    /// Moves what has arrived to a file in this folder, where it is more than
    /// [`limits::BODY_MEMORY`] bytes.
    pub fn spill(&mut self, folder: &Path) -> io::Result<()> {
        if self.bytes.len() < limits::BODY_MEMORY {
            return Ok(());
        }
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile_in(folder)?),
        };
        file.write_all(&self.bytes)?;
        self.in_file += self.bytes.len();
        self.bytes.clear();
        Ok(())
    }

    /// Its beginning, for the record.
    pub fn excerpt(&mut self) -> io::Result<Excerpt> {
        let mut excerpt = Excerpt::new(&self.bytes, KEPT_BYTES);
        if let Some(file) = &mut self.file {
            excerpt.kept = Vec::with_capacity(KEPT_BYTES);
            file.rewind()?;
            file.take(KEPT_BYTES as u64)
                .read_to_end(&mut excerpt.kept)?;
            excerpt.length = self.length() as u64;
        }
        Ok(excerpt)
    }

    /// Calls `change` with each piece of at most `max` bytes, in order, and keeps what it leaves
    /// there.
    pub fn replace(
        &mut self,
        max: usize,
        change: &mut dyn FnMut(&mut [u8]) -> io::Result<()>,
    ) -> io::Result<()> {
        if let Some(file) = &self.file {
            let mut piece = vec![0; max.min(self.in_file)];
            for start in (0..self.in_file).step_by(max) {
                let piece = &mut piece[..max.min(self.in_file - start)];
                file.read_exact_at(piece, start as u64)?;
                change(piece)?;
                file.write_all_at(piece, start as u64)?;
            }
        }
        self.bytes.chunks_mut(max).try_for_each(change)
    }

    /// All of it, where it has at most `max` bytes.
    pub fn if_at_most(&self, max: usize) -> Option<&[u8]> {
        (self.length() <= max && self.file.is_none()).then_some(&self.bytes)
    }

    /// A reader of all of it.
    pub fn into_reader(self) -> io::Result<Box<dyn Read>> {
        let rest = Cursor::new(self.bytes);
        Ok(match self.file {
            Some(mut file) => {
                file.rewind()?;
                Box::new(file.chain(rest))
            }
            None => Box::new(rest),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::{Body, KEPT_BYTES};
    use crate::gateway::http::limits::BODY_MEMORY;

    /// A body of so many bytes, no two neighbours alike, that arrived in parts of this size.
    fn received(length: usize, part: usize) -> (Vec<u8>, Body, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let bytes: Vec<u8> = (0..=250).cycle().take(length).collect();
        let mut body = Body::default();
        for part in bytes.chunks(part) {
            body.push(part.to_vec());
            body.spill(folder.path()).unwrap();
        }
        (bytes, body, folder)
    }

    #[test]
    fn the_bytes_that_arrived_are_read() {
        for (length, part) in [(0, 1), (9, 4), (KEPT_BYTES * 3 + 7, KEPT_BYTES / 2 + 1)] {
            let (bytes, mut body, _folder) = received(length, part);
            assert_eq!(body.length(), length);
            let excerpt = body.excerpt().unwrap();
            assert_eq!(excerpt.length, length as u64);
            assert_eq!(excerpt.kept, bytes[..length.min(KEPT_BYTES)]);
            assert_eq!(body.if_at_most(9), (length <= 9).then_some(&*bytes));
            let mut read = Vec::new();
            body.into_reader().unwrap().read_to_end(&mut read).unwrap();
            assert_eq!(read, bytes);
        }
    }

    #[test]
    fn replaced_bytes_are_read() {
        for (length, part) in [(0, 1), (9, 4), (BODY_MEMORY * 3 + 7, 1000)] {
            let (bytes, mut body, _folder) = received(length, part);
            let mut longest = 0;
            let mut change = |piece: &mut [u8]| {
                longest = longest.max(piece.len());
                for byte in piece {
                    *byte += 1;
                }
                Ok(())
            };
            body.replace(1000, &mut change).unwrap();
            assert!(longest <= 1000);
            let mut read = Vec::new();
            body.into_reader().unwrap().read_to_end(&mut read).unwrap();
            assert!(read.iter().zip(&bytes).all(|(new, old)| *new == old + 1));
            assert_eq!(read.len(), length);
        }
    }

    #[test]
    fn a_large_body_is_kept_in_a_file() {
        let (_, body, _folder) = received(BODY_MEMORY * 3, 1000);
        assert!(body.file.is_some() && body.bytes.len() < BODY_MEMORY);
        let (_, body, _folder) = received(BODY_MEMORY - 1, 1000);
        assert!(body.file.is_none());
    }
}
