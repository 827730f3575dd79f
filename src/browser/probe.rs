//! Requests as clients of any kind may send them: with any body, in chunks, or leaving early.

use std::io::{self, Read as _, Write as _};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use super::{Connection, Request, bytes};

/// Bytes in a chunk.
const CHUNK: usize = 1000;
/// After so many bytes of an answer the client leaves: it may have no end.
const ENOUGH: u64 = 16 * 1024 * 1024;
/// It leaves as well so much longer after the answer's beginning than an application may take for
/// one block.
const LONGER: Duration = Duration::from_secs(5);

/// A request, and what is odd about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Probe {
    /// Method, path, headers, and a form.
    pub request: Request,
    /// Another body than a form: its type, and its bytes.
    pub body: Option<(String, Vec<u8>)>,
    /// Whether the body comes in chunks, without a length.
    pub chunked: bool,
    /// Whether the client leaves after the first bytes of the answer.
    pub leaves: bool,
    /// When the client leaves an answer that still goes on, if that is sooner than it would
    /// anyway.
    pub deadline: Option<Instant>,
}

impl Probe {
    /// The bytes to send to a server at this address.
    fn bytes(&self, address: SocketAddr) -> anyhow::Result<Vec<u8>> {
        let mut request = self.request.clone();
        let Some((kind, body)) = &self.body else {
            return bytes(address, &request);
        };
        let mut header = |name: &str, value: String| request.headers.push((name.to_owned(), value));
        header("Content-Type", kind.clone());
        if self.chunked {
            header("Transfer-Encoding", "chunked".to_owned());
        } else {
            header("Content-Length", body.len().to_string());
        }
        let mut all = bytes(address, &request)?;
        if self.chunked {
            for chunk in body.chunks(CHUNK) {
                write!(all, "{:x}\r\n", chunk.len())?;
                all.extend(chunk);
                all.extend(b"\r\n");
            }
            all.extend(b"0\r\n\r\n");
        } else {
            all.extend(body);
        }
        Ok(all)
    }
}

impl Connection {
    /// Sends a probe, and waits for the answer's end unless the client is to leave. It leaves an
    /// answer without end, too.
    ///
    /// # Errors
    /// When there was no answer.
    pub fn probe(mut self, probe: &Probe) -> anyhow::Result<()> {
        let bytes = probe.bytes(self.address)?;
        // A server that refuses it may not read it all; its answer counts.
        let written = self.server.write_all(&bytes);
        if probe.leaves {
            let mut first = [0];
            anyhow::ensure!(
                self.server.read(&mut first)? > 0,
                "the server closed the connection"
            );
            return Ok(());
        }
        let mut length = 0;
        let mut began = None;
        let mut bytes = [0; 16 * 1024];
        loop {
            let read = match self.server.read(&mut bytes) {
                Ok(read) => read,
                // The server takes its time, and the client does not.
                Err(error) if length > 0 && is_late(&error) => return Ok(()),
                Err(error) => return Err(error.into()),
            };
            if read == 0 {
                break;
            }
            length += read as u64;
            let most = self.timeout + LONGER;
            let mut left = most.saturating_sub(began.get_or_insert_with(Instant::now).elapsed());
            if let Some(deadline) = probe.deadline {
                left = left.min(deadline.saturating_duration_since(Instant::now()));
            }
            if length > ENOUGH || left.is_zero() {
                return Ok(());
            }
            self.server.set_read_timeout(Some(left))?;
        }
        if length == 0 {
            written?;
            anyhow::bail!("the server closed the connection");
        }
        Ok(())
    }
}

fn is_late(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut
    )
}

#[cfg(test)]
mod tests {
    use super::{Probe, Request};

    fn sent(probe: &Probe) -> String {
        let bytes = probe.bytes(([127, 0, 0, 1], 8080).into()).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_body_has_its_length() {
        let probe = Probe {
            request: Request {
                method: "POST".into(),
                ..Request::default()
            },
            body: Some(("text/plain".into(), b"Hello".to_vec())),
            ..Probe::default()
        };
        let text = sent(&probe);
        assert!(
            text.contains("Content-Type: text/plain\r\nContent-Length: 5\r\n"),
            "{text}"
        );
        assert!(text.ends_with("\r\n\r\nHello"), "{text}");
    }

    #[test]
    fn a_body_in_chunks_has_none() {
        let probe = Probe {
            body: Some(("text/plain".into(), vec![b'x'; 1001])),
            chunked: true,
            ..Probe::default()
        };
        let text = sent(&probe);
        assert!(!text.contains("Content-Length"), "{text}");
        assert!(text.ends_with("\r\n1\r\nx\r\n0\r\n\r\n"), "{text}");
        assert!(text.contains("\r\n\r\n3e8\r\nxxx"), "{text}");
    }
}
