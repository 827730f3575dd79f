//! The body of a request, while the rest of it is on its way and while it waits for its turn. A large
//! one waits in a file: many clients may send one at once, and only one is answered at a time.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek as _, Write as _};
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use crate::exchange::{Excerpt, KEPT_BYTES};
use crate::gateway::limits;

/// The bytes of a body that have come.
#[derive(Default)]
pub struct Body {
    /// Those that came first, if there are many.
    file: Option<File>,
    in_file: usize,
    /// Those that came after them.
    bytes: Vec<u8>,
}

impl Body {
    pub fn length(&self) -> usize {
        self.in_file + self.bytes.len()
    }

    /// Adds the bytes that came last.
    pub fn add(&mut self, bytes: Vec<u8>) {
        if self.bytes.is_empty() {
            self.bytes = bytes;
        } else {
            self.bytes.extend_from_slice(&bytes);
        }
    }

    /// Puts what has come into a file of this folder, if it is much.
    pub fn make_room(&mut self, folder: &Path) -> io::Result<()> {
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

    /// Has `change` change all of it, pieces of at most this many bytes one after another.
    pub fn replace(
        &mut self,
        most: usize,
        change: &mut dyn FnMut(&mut [u8]) -> io::Result<()>,
    ) -> io::Result<()> {
        if let Some(file) = &self.file {
            let mut piece = vec![0; most.min(self.in_file)];
            for start in (0..self.in_file).step_by(most) {
                let piece = &mut piece[..most.min(self.in_file - start)];
                file.read_exact_at(piece, start as u64)?;
                change(piece)?;
                file.write_all_at(piece, start as u64)?;
            }
        }
        self.bytes.chunks_mut(most).try_for_each(change)
    }

    /// All of it, if it is no longer than this.
    pub fn at_once(&self, most: usize) -> Option<&[u8]> {
        (self.length() <= most && self.file.is_none()).then_some(&self.bytes)
    }

    /// All of it, to be read.
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
    use crate::gateway::limits::BODY_MEMORY;

    /// A body of these many bytes, no two neighbours alike, that came in parts of this size.
    fn came(length: usize, part: usize) -> (Vec<u8>, Body, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let bytes: Vec<u8> = (0..=250).cycle().take(length).collect();
        let mut body = Body::default();
        for part in bytes.chunks(part) {
            body.add(part.to_vec());
            body.make_room(folder.path()).unwrap();
        }
        (bytes, body, folder)
    }

    #[test]
    fn what_came_is_what_is_read() {
        for (length, part) in [(0, 1), (9, 4), (KEPT_BYTES * 3 + 7, KEPT_BYTES / 2 + 1)] {
            let (bytes, mut body, _folder) = came(length, part);
            assert_eq!(body.length(), length);
            let excerpt = body.excerpt().unwrap();
            assert_eq!(excerpt.length, length as u64);
            assert_eq!(excerpt.kept, bytes[..length.min(KEPT_BYTES)]);
            assert_eq!(body.at_once(9), (length <= 9).then_some(&*bytes));
            let mut read = Vec::new();
            body.into_reader().unwrap().read_to_end(&mut read).unwrap();
            assert_eq!(read, bytes);
        }
    }

    #[test]
    fn what_replaces_it_is_read_then() {
        for (length, part) in [(0, 1), (9, 4), (BODY_MEMORY * 3 + 7, 1000)] {
            let (bytes, mut body, _folder) = came(length, part);
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
    fn much_waits_in_a_file() {
        let (_, body, _folder) = came(BODY_MEMORY * 3, 1000);
        assert!(body.file.is_some() && body.bytes.len() < BODY_MEMORY);
        let (_, body, _folder) = came(BODY_MEMORY - 1, 1000);
        assert!(body.file.is_none());
    }
}
