//! Takes the chunked coding off a body (RFC 9112, section 7.1). Pure: bytes in, bytes out.

use super::chunk_line::size;
use super::field::{bare_line_feed, check_bytes, field};
use super::head::too_long;
use super::limits;
use super::refusal::Refusal;

/// A body that is still arriving in chunks.
#[derive(Debug, Default)]
pub struct Decoder {
    state: State,
    line: Vec<u8>,
    trailers: usize,
    body: Vec<u8>,
    /// Bytes of the body that were taken already.
    taken: u64,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    /// In the line that begins a chunk: its size and extensions.
    #[default]
    Size,
    /// In the data; that many bytes are still to come.
    Data(u64),
    /// In the CR LF after the data.
    End,
    /// In the trailers, which are read as headers are, and dropped.
    Trailers,
    Done,
}

impl Decoder {
    /// Takes what belongs to the body and returns how many bytes that was.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<usize, Refusal> {
        let mut used = 0;
        while used < bytes.len() && self.state != State::Done {
            used += match self.state {
                State::Data(left) => self.data(left, &bytes[used..]),
                _ => self.byte(bytes[used])?,
            };
        }
        Ok(used)
    }

    pub fn is_done(&self) -> bool {
        self.state == State::Done
    }

    /// What has come of the body since it was taken last.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Takes that.
    pub fn take(&mut self) -> Vec<u8> {
        self.taken += self.body.len() as u64;
        std::mem::take(&mut self.body)
    }

    fn data(&mut self, left: u64, bytes: &[u8]) -> usize {
        let room = usize::try_from(left).unwrap_or(usize::MAX);
        let part = &bytes[..bytes.len().min(room)];
        self.body.extend_from_slice(part);
        self.state = match left - part.len() as u64 {
            0 => State::End,
            left => State::Data(left),
        };
        part.len()
    }

    fn byte(&mut self, byte: u8) -> Result<usize, Refusal> {
        self.line.push(byte);
        let most = match self.state {
            State::Trailers => limits::HEAD - self.trailers.min(limits::HEAD),
            _ => limits::CHUNK_LINE,
        };
        let is_bare = byte == b'\n' && !self.line.ends_with(b"\r\n");
        if is_bare && self.state == State::Trailers {
            return Err(bare_line_feed(&self.line));
        }
        let malformed = match self.state {
            State::End => !b"\r\n".starts_with(&self.line),
            _ => is_bare,
        };
        if malformed || self.line.len() > most {
            return Err(self
                .refuse("a chunk must be its size in hexadecimal, CR LF, that many bytes, CR LF"));
        }
        if byte == b'\n' {
            self.line_ended()?;
            self.line.clear();
        }
        Ok(1)
    }

    fn line_ended(&mut self) -> Result<(), Refusal> {
        let line = &self.line[..self.line.len() - 2];
        match self.state {
            State::Size => {
                let size = size(line).map_err(|detail| self.refuse(detail))?;
                if size > limits::BODY - self.taken - self.body.len() as u64 {
                    return Err(Refusal::new(413, "body-too-long", &too_long(), line));
                }
                self.state = match size {
                    0 => State::Trailers,
                    size => State::Data(size),
                };
            }
            State::End => self.state = State::Size,
            State::Trailers if line.is_empty() => self.state = State::Done,
            State::Trailers => {
                check_bytes(line)?;
                field(line, 0..line.len())?;
                self.trailers += self.line.len();
            }
            State::Data(_) | State::Done => {}
        }
        Ok(())
    }

    fn refuse(&self, detail: &str) -> Refusal {
        Refusal::bad("malformed-chunk", detail, &self.line)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::super::limits;
    use super::Decoder;

    #[rstest]
    #[case("0\r\n\r\n", "", "")]
    #[case("5\r\nHello\r\n0\r\n\r\nGET", "Hello", "GET")]
    #[case(
        "5;a=b\r\nHello\r\n1 ;x\r\n!\r\n000\r\nT: 1\r\nU: 2\r\n\r\n",
        "Hello!",
        ""
    )]
    #[case("A\r\n0123456789\r\n0\r\n\r\n", "0123456789", "")]
    fn decodes(#[case] bytes: &str, #[case] body: &str, #[case] rest: &str) {
        let mut whole = Decoder::default();
        let used = whole.feed(bytes.as_bytes()).unwrap();
        assert_eq!((&whole.body[..], &bytes[used..]), (body.as_bytes(), rest));
        assert!(whole.is_done());
        let mut single = Decoder::default();
        let fed: usize = bytes
            .bytes()
            .map(|byte| single.feed(&[byte]).unwrap())
            .sum();
        assert_eq!((single.body, fed), (whole.body, used));
    }

    #[rstest]
    #[case("+5\r\n", 400)]
    #[case("-5\r\n", 400)]
    #[case("0x5\r\n", 400)]
    #[case("\r\n", 400)]
    #[case(" 5\r\n", 400)]
    #[case("5 \r\n", 400)]
    #[case("g\r\n", 400)]
    #[case("5\n", 400)]
    #[case("ffffffffffffffffff\r\n", 400)]
    #[case("5\r\nHello0\r\n", 400)]
    #[case("5\r\nHello!", 400)]
    #[case("5;a=\r\nHello\r\n", 400)]
    #[case("1000001\r\n", 413)]
    fn refuses(#[case] bytes: &str, #[case] status: u16) {
        let refusal = Decoder::default().feed(bytes.as_bytes()).unwrap_err();
        assert_eq!(refusal.status, status);
    }

    #[rstest]
    #[case("T\r\n", "header-without-colon")]
    #[case("GET /x HTTP/1.1\r\n", "header-without-colon")]
    #[case("GET http://x HTTP/1.1\r\n", "malformed-header-name")]
    #[case(": 1\r\n", "malformed-header-name")]
    #[case("\u{4}T: 1\r\n", "control-character")]
    #[case("T : 1\r\n", "space-before-colon")]
    #[case("T: 1\r\n 2\r\n", "folded-header")]
    #[case("T: \0\r\n", "control-character")]
    #[case("T: 1\r2\r\n", "bare-carriage-return")]
    #[case("T: 1\n", "bare-line-feed")]
    #[case("\n", "bare-line-feed")]
    #[case("T: 1\r\r\n", "bare-carriage-return")]
    fn refuses_trailers_that_are_no_field_lines(#[case] trailers: &str, #[case] reason: &str) {
        let bytes = format!("5\r\nHello\r\n0\r\n{trailers}\r\n");
        let refusal = Decoder::default().feed(bytes.as_bytes()).unwrap_err();
        assert_eq!((refusal.status, refusal.reason), (400, reason));
    }

    #[test]
    fn extensions_and_trailers_end_somewhere() {
        let endless = format!("5;{}", "x".repeat(limits::CHUNK_LINE));
        assert!(Decoder::default().feed(endless.as_bytes()).is_err());
        let trailers = format!("0\r\n{}", "T: 1\r\n".repeat(limits::HEAD));
        assert!(Decoder::default().feed(trailers.as_bytes()).is_err());
    }

    /// What becomes of bytes that come in pieces of this size: how many were taken, and the body.
    fn decode_in_pieces(bytes: &[u8], size: usize) -> Result<(usize, Vec<u8>, bool), u16> {
        let mut decoder = Decoder::default();
        let mut used = 0;
        for piece in bytes.chunks(size) {
            used += decoder.feed(piece).map_err(|refusal| refusal.status)?;
            if decoder.is_done() {
                break;
            }
        }
        let done = decoder.is_done();
        Ok((used, decoder.body, done))
    }

    proptest! {
        #[test]
        fn what_was_cut_into_chunks_comes_out_whole(
            chunks in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 1..40), 0..9),
            size in 1_usize..50,
        ) {
            let mut bytes = Vec::new();
            for chunk in &chunks {
                bytes.extend(format!("{:X};x=y\r\n", chunk.len()).into_bytes());
                bytes.extend(chunk);
                bytes.extend(b"\r\n");
            }
            bytes.extend(b"0\r\nTrailer: 1\r\n\r\n");
            let length = bytes.len();
            prop_assert_eq!(decode_in_pieces(&bytes, size), Ok((length, chunks.concat(), true)));
        }

        #[test]
        fn any_bytes_are_decoded_or_refused_the_same_way_in_any_pieces(
            bytes in "([0-9a-f]{1,2}|\r\n|;x|[ -~]|\n){0,20}",
            size in 1_usize..9,
        ) {
            let bytes = bytes.as_bytes();
            let whole = decode_in_pieces(bytes, bytes.len().max(1));
            prop_assert_eq!(decode_in_pieces(bytes, size), whole);
        }
    }
}
