//! Whatever comes, cut wherever the system likes: frames are read as they were written, and what is
//! no frame is called so.

use std::io::{self, Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixDatagram;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::json;

use super::{FrameReader, MAX_LINE, ReadError};
use crate::exchange::{BlockSource, EventKind, Output};
use crate::python::protocol::message::{ControlMessage, WorkerMessage};
use crate::python::protocol::output::ProcessOutput;

/// Far more than a slow machine needs.
const TIMEOUT: Duration = Duration::from_mins(1);

/// The frames of a worker that writes nothing else.
fn frames(reports: impl Into<OwnedFd>) -> FrameReader {
    let (quiet, _) = io::pipe().unwrap();
    let output = Arc::new(ProcessOutput::new(quiet.into()).unwrap());
    FrameReader::new(reports.into(), output, String::new())
}

#[test]
fn what_was_written_before_a_frame_is_known_with_it() {
    let (output, mut written) = io::pipe().unwrap();
    let (reports, mut worker) = io::pipe().unwrap();
    let output = Arc::new(ProcessOutput::new(output.into()).unwrap());
    let mut frames = FrameReader::new(reports.into(), Arc::clone(&output), String::new());
    let text = "printed\n".repeat(5_000);
    written.write_all(text.as_bytes()).unwrap();
    worker
        .write_all(b"{\"close-called\":{}}\n{\"finished\":{}}\n")
        .unwrap();
    assert!(matches!(
        message(&mut frames),
        Ok(WorkerMessage::Event(EventKind::CloseCalled))
    ));
    assert_eq!(output.take(), text);
    assert!(matches!(
        message(&mut frames),
        Ok(WorkerMessage::Control(ControlMessage::Finished {}))
    ));
    assert_eq!(output.take(), "");
}

fn message(frames: &mut FrameReader) -> Result<WorkerMessage, ReadError> {
    frames.read_message(Instant::now() + TIMEOUT)
}

/// Reads bytes that come cut at these places. A datagram is one piece, and an empty one is the end.
fn in_pieces<T>(bytes: &[u8], cuts: &[Index], read: impl FnOnce(&mut FrameReader) -> T) -> T {
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
    cuts.extend([0, bytes.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    let (writer, reader) = UnixDatagram::pair().unwrap();
    thread::scope(|scope| {
        scope.spawn(move || {
            let pieces = cuts.windows(2).map(|ends| &bytes[ends[0]..ends[1]]);
            for piece in pieces.chain([&b""[..]]) {
                // A reader that has seen enough is gone.
                if writer.send(piece).is_err() {
                    break;
                }
            }
        });
        read(&mut frames(reader))
    })
}

/// The raw bytes after a block's head, as many of them as come.
fn raw(frames: &mut FrameReader, length: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    // That some are missing is an error, and those that came are there all the same.
    let _ = frames.take(length).read_to_end(&mut bytes);
    bytes
}

/// What there is to be read, and what was.
#[derive(Debug, PartialEq)]
enum Piece {
    Message(String),
    Raw(Vec<u8>),
    Garbled,
    Ended,
}

/// Reads to the end, past what is no frame.
fn read_all(frames: &mut FrameReader) -> Vec<Piece> {
    let mut seen = Vec::new();
    loop {
        match message(frames) {
            Ok(message) => {
                seen.push(Piece::Message(format!("{message:?}")));
                if let WorkerMessage::Control(ControlMessage::Block { bytes, .. }) = message {
                    let came = raw(frames, bytes);
                    let ended = (came.len() as u64) < bytes;
                    seen.push(Piece::Raw(came));
                    if ended {
                        return seen;
                    }
                }
            }
            Err(ReadError::Garbled) => seen.push(Piece::Garbled),
            Err(ReadError::Ended) => {
                seen.push(Piece::Ended);
                return seen;
            }
            Err(ReadError::TimedOut) => panic!("it waits for more than there is"),
        }
    }
}

/// The same of bytes that are all there, in the plainest way.
fn read_plainly(mut bytes: &[u8]) -> Vec<Piece> {
    let mut seen = Vec::new();
    while let Some(end) = bytes.iter().position(|&byte| byte == b'\n') {
        let (line, rest) = (&bytes[..end], &bytes[end + 1..]);
        bytes = rest;
        let Ok(message) = WorkerMessage::parse(line) else {
            seen.push(Piece::Garbled);
            continue;
        };
        seen.push(Piece::Message(format!("{message:?}")));
        if let WorkerMessage::Control(ControlMessage::Block { bytes: length, .. }) = message {
            let room = usize::try_from(length).map_or(rest.len(), |length| length.min(rest.len()));
            seen.push(Piece::Raw(rest[..room].to_vec()));
            if (room as u64) < length {
                return seen;
            }
            bytes = &rest[room..];
        }
    }
    seen.push(Piece::Ended);
    seen
}

/// Bytes that look like frames often enough to get far.
fn almost_frames() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        Just(b"{\"finished\":{}}\n".to_vec()),
        Just(b"{\"close-called\":{}}".to_vec()),
        Just(b"{\"raised\":{\"in\":\"call\"}}\n".to_vec()),
        (0_u64..40).prop_map(|length| block_head(length).into_bytes()),
        Just(block_head(u64::MAX).into_bytes()),
        Just(b"\n".to_vec()),
        "[ -~]{0,9}".prop_map(String::into_bytes),
        vec(any::<u8>(), 0..40),
    ];
    vec(part, 0..12).prop_map(|parts| parts.concat())
}

fn block_head(length: u64) -> String {
    let block = json!({"source": "iterable", "only": false, "last": false, "bytes": length});
    let head = json!({"block": block});
    format!("{head}\n")
}

/// A frame as a worker writes it, and what must be read.
#[derive(Debug, Clone)]
enum Frame {
    Finished,
    Text(String),
    Loaded(Vec<(String, String, String)>),
    Block(Vec<u8>),
}

impl Frame {
    fn bytes(&self) -> Vec<u8> {
        let line = match self {
            Self::Finished => json!({"finished": {}}),
            Self::Text(text) => json!({"printed": {"output": "stdout", "text": text}}),
            Self::Loaded(provided) => {
                json!({"loaded": {"provided": provided, "callable": "f", "imports": []}})
            }
            Self::Block(raw) => {
                return [block_head(raw.len() as u64).as_bytes(), raw].concat();
            }
        };
        format!("{line}\n").into_bytes()
    }

    fn is_read(&self, frames: &mut FrameReader) -> bool {
        match (self, message(frames)) {
            (Self::Finished, Ok(WorkerMessage::Control(ControlMessage::Finished {}))) => true,
            (
                Self::Text(written),
                Ok(WorkerMessage::Event(EventKind::Printed { output, text })),
            ) => output == Output::Stdout && text == *written,
            (
                Self::Loaded(written),
                Ok(WorkerMessage::Control(ControlMessage::Loaded { provided, .. })),
            ) => {
                let provided = provided.into_iter().map(|it| (it.key, it.repr, it.r#type));
                provided.eq(written.iter().cloned())
            }
            (
                Self::Block(written),
                Ok(WorkerMessage::Control(ControlMessage::Block {
                    source,
                    only,
                    last: false,
                    bytes,
                })),
            ) => source == BlockSource::Iterable && !only && raw(frames, bytes) == *written,
            _ => false,
        }
    }
}

fn frame() -> impl Strategy<Value = Frame> {
    prop_oneof![
        Just(Frame::Finished),
        any::<String>().prop_map(Frame::Text),
        vec(any::<(String, String, String)>(), 0..4).prop_map(Frame::Loaded),
        // Raw bytes may look like anything, line ends and frames included.
        prop_oneof![vec(any::<u8>(), 0..200), almost_frames()].prop_map(Frame::Block),
    ]
}

proptest! {
    /// Neither a panic nor a result that depends on how the bytes were cut, and each report takes
    /// its own bytes and no more.
    #[test]
    fn any_bytes_are_frames_or_none_the_same_way_in_any_pieces(
        bytes in almost_frames(),
        cuts in vec(any::<Index>(), 0..9),
    ) {
        prop_assert_eq!(in_pieces(&bytes, &cuts, read_all), read_plainly(&bytes));
    }

    #[test]
    fn what_a_worker_writes_is_read_as_it_was_written(
        written in vec(frame(), 0..9),
        cuts in vec(any::<Index>(), 0..9),
    ) {
        let bytes: Vec<u8> = written.iter().flat_map(Frame::bytes).collect();
        in_pieces(&bytes, &cuts, |frames| {
            for frame in &written {
                prop_assert!(frame.is_read(frames), "{:?}", frame);
            }
            prop_assert!(matches!(message(frames), Err(ReadError::Ended)));
            Ok(())
        })?;
    }
}

#[test]
fn a_line_without_end_is_no_frame() {
    let (reader, mut writer) = io::pipe().unwrap();
    let writer = thread::spawn(move || {
        let bytes = vec![b'x'; 64 * 1024];
        // Until it is not read any more.
        let written = std::iter::repeat_with(|| writer.write_all(&bytes));
        written.take_while(Result::is_ok).count() * bytes.len()
    });
    let mut frames = frames(reader);
    assert!(matches!(message(&mut frames), Err(ReadError::Garbled)));
    drop(frames);
    assert!(writer.join().unwrap() < 2 * MAX_LINE);
}

#[test]
fn a_worker_that_says_nothing_is_waited_for_no_longer_than_asked() {
    let (reader, mut writer) = io::pipe().unwrap();
    let mut frames = frames(reader);
    let mut now = || frames.read_message(Instant::now());
    assert!(matches!(now(), Err(ReadError::TimedOut)));
    writer.write_all(b"{\"fin").unwrap();
    assert!(matches!(now(), Err(ReadError::TimedOut)));
    writer.write_all(b"ished\":{}}\n").unwrap();
    assert!(matches!(
        now(),
        Ok(WorkerMessage::Control(ControlMessage::Finished {}))
    ));
    drop(writer);
    assert!(matches!(now(), Err(ReadError::Ended)));
}
