//! What becomes of clients that are slow. A gateway of the library with short times, because the
//! program's own are as long as a person needs. Nothing here says how quickly anything happens,
//! only what happens in the end.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use rstest::rstest;
use wsgi_tutor::exchange::{BlockSource, Event, EventKind, ExchangeId, StartResponse};
use wsgi_tutor::gateway::{Application, Call, Concurrency, Deadlines, Gateway, Mount, Reply};

use crate::support::{Answer, Client, PATIENCE, get};

/// A short time, for the one deadline a test is about.
const SHORT: Duration = Duration::from_millis(300);
/// Far more than the systems at both ends of a connection hold for a client that does not read.
const LARGE: usize = 32;
const BLOCK: &[u8] = &[b'x'; 1 << 20];

/// Answers by the path, without any Python.
struct Paths;

impl Application for Paths {
    fn concurrency(&self) -> Concurrency {
        Concurrency {
            multithread: true,
            multiprocess: false,
            calls: 2,
        }
    }

    fn answer(&self, call: Call, reply: &mut Reply<'_>) {
        reply.event(EventKind::StartResponse(
            StartResponse {
                status: "200 OK".into(),
                headers: vec![("Content-Type".into(), "text/plain".into())],
                exc_info: false,
                mounted: None,
                library: None,
                by: wsgi_tutor::exchange::By::default(),
            }
            .into(),
        ));
        let mut block = |only, bytes: &[u8]| {
            let length = bytes.len() as u64;
            reply.block(BlockSource::Iterable, only, length, &mut &*bytes)
        };
        match call.environ["PATH_INFO"].as_str() {
            Some("/large") => {
                let _ = (0..LARGE).all(|_| block(false, BLOCK));
            }
            // Never ends by itself, and never lets the answer rest for as long as SHORT.
            Some("/ticks") => {
                let _ = (0..LARGE).all(|_| block(false, BLOCK));
                while block(false, b"tick") {
                    thread::park_timeout(SHORT / 20);
                }
            }
            _ => {
                block(true, b"Hello");
            }
        }
        reply.event(EventKind::CloseCalled);
    }
}

/// A running gateway and its record.
struct Served {
    address: SocketAddr,
    events: Receiver<(ExchangeId, EventKind)>,
    /// What was recorded so far.
    record: RefCell<HashMap<ExchangeId, Vec<EventKind>>>,
    _folder: tempfile::TempDir,
}

impl Served {
    fn with(deadlines: Deadlines) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (sender, events) = channel();
        let application: Arc<dyn Application> = Arc::new(Paths);
        // When the test has ended there is nobody to tell.
        let sink = Arc::new(move |id, event: Event| drop(sender.send((id, event.kind))));
        let mount = Mount::default();
        let folder_path = folder.path();
        let gateway = Gateway::open(
            "127.0.0.1",
            0,
            folder_path,
            &application,
            deadlines,
            mount,
            sink,
        )
        .unwrap();
        Self {
            address: gateway.address(),
            events,
            record: RefCell::default(),
            _folder: folder,
        }
    }

    /// Waits until the record of an exchange, counted from 1, holds such an event; returns it so
    /// far.
    fn recorded(&self, id: ExchangeId, wanted: impl Fn(&EventKind) -> bool) -> Vec<EventKind> {
        let mut record = self.record.borrow_mut();
        loop {
            if let Some(events) = record.get(&id).filter(|events| events.iter().any(&wanted)) {
                return events.clone();
            }
            let event = self.events.recv_timeout(PATIENCE);
            let (id, event) = event.unwrap_or_else(|_| {
                let last = record.get(&id).and_then(|events| events.last());
                panic!("the last event of exchange {id} is {last:?}")
            });
            record.entry(id).or_default().push(event);
        }
    }

    fn finished(&self, id: ExchangeId) -> Vec<EventKind> {
        self.recorded(id, |event| *event == EventKind::Finished)
    }

    fn connect(&self) -> Client {
        Client::connect(self.address)
    }

    fn is_served(&self) {
        let mut client = self.connect();
        client.send(get("/"));
        assert_eq!(Answer::read(&client.rest(), false).text(), "Hello");
    }
}

/// Asserts that a client was told that this part of its request came too slowly, and that the
/// record says the same.
fn is_too_slow(answer: &[u8], record: &[EventKind], part: &str) {
    let answer = Answer::read(answer, false);
    assert_eq!(answer.status, "408 Request Timeout");
    assert_eq!(answer.header("Connection"), Some("close"));
    assert!(answer.whole);
    let words = format!("the {part} of the request was not complete after 0.3 s");
    assert!(answer.text().contains(&words), "{answer:?}");
    let refused = record.iter().find_map(|event| match event {
        EventKind::Refused(refused) => Some(refused),
        _ => None,
    });
    let refused = refused.unwrap_or_else(|| panic!("{record:?}"));
    assert_eq!((refused.status, &*refused.reason), (408, "too-slow"));
    assert_eq!(refused.detail, words);
    assert!(
        !record
            .iter()
            .any(|event| matches!(event, EventKind::AppCalled { .. }))
    );
}

const HALF_HEAD: &str = "GET / HTTP/1.1\r\nHost: t\r\nX: ";
const HALF_BODY: &str = "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 90000\r\n\r\nhalf";
const HALF_CHUNK: &str =
    "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\nFFFF\r\nhalf";

fn short(part: &str) -> Deadlines {
    let mut deadlines = Deadlines {
        // It ends as soon as the client has read why.
        linger: PATIENCE,
        ..Deadlines::default()
    };
    match part {
        "head" => deadlines.head = SHORT,
        _ => deadlines.body = SHORT,
    }
    deadlines
}

#[rstest]
#[case("head", HALF_HEAD)]
#[case("body", HALF_BODY)]
#[case("body", HALF_CHUNK)]
fn half_a_request_is_given_up_after_its_time(#[case] part: &str, #[case] half: &str) {
    let served = Served::with(short(part));
    let mut client = served.connect();
    client.send(half);
    is_too_slow(&client.rest(), &served.finished(1), part);
    served.is_served();
}

#[rstest]
#[case("head", HALF_HEAD)]
#[case("body", HALF_BODY)]
#[case("body", HALF_CHUNK)]
fn bytes_that_trickle_in_win_no_time(#[case] part: &str, #[case] half: &str) {
    let served = Served::with(short(part));
    let mut client = TcpStream::connect(served.address).unwrap();
    client.set_read_timeout(Some(SHORT / 20)).unwrap();
    client.write_all(half.as_bytes()).unwrap();
    let give_up = Instant::now() + PATIENCE;
    let mut answer = Vec::new();
    loop {
        match client.read_to_end(&mut answer) {
            Ok(_) => break,
            Err(error) => assert!(matches!(
                error.kind(),
                ErrorKind::WouldBlock | ErrorKind::TimedOut
            )),
        }
        assert!(Instant::now() < give_up, "it waits as long as bytes come");
        // Having answered, it listens on for a moment only.
        if answer.is_empty() {
            client.write_all(b"x").unwrap();
        }
    }
    is_too_slow(&answer, &served.finished(1), part);
    served.is_served();
}

#[test]
fn an_idle_connection_is_closed_without_a_byte() {
    let served = Served::with(Deadlines {
        idle: SHORT * 3,
        ..Deadlines::default()
    });
    let mut client = served.connect();
    client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n");
    assert_eq!(client.answer().text(), "Hello");
    assert_eq!(client.rest(), b"");
    // Nor does one that never asked for anything appear in the record.
    assert_eq!(served.connect().rest(), b"");
    served.is_served();
    served.finished(2);
    assert_eq!(served.record.borrow().len(), 2);
}

#[rstest]
#[case::of_an_answer_that_is_complete("/large")]
#[case::of_an_answer_that_goes_on("/ticks")]
fn a_client_that_takes_nothing_is_given_up(#[case] target: &str) {
    let served = Served::with(Deadlines {
        stall: SHORT,
        ..Deadlines::default()
    });
    let mut deaf = served.connect();
    deaf.send(format!("GET {target} HTTP/1.1\r\nHost: t\r\n\r\n"));
    served.recorded(1, |event| matches!(event, EventKind::Block { .. }));
    served.is_served();
    let record = served.finished(1);
    assert!(record.contains(&EventKind::ClientGone), "{target}");
    assert!(record.contains(&EventKind::CloseCalled), "{target}");
    // What had left before can still be read, and shows that the rest is missing.
    let answer = Answer::read(&deaf.rest(), false);
    assert_eq!(answer.status, "200 OK");
    assert!(!answer.whole);
    served.is_served();
}

#[test]
fn a_client_that_reads_slowly_gets_everything() {
    let served = Served::with(Deadlines {
        stall: SHORT * 10,
        ..Deadlines::default()
    });
    let mut slow = TcpStream::connect(served.address).unwrap();
    slow.write_all(get("/large").as_bytes()).unwrap();
    let mut bytes = Vec::new();
    // It takes some each time well before it may be given up, and all of it takes longer than that.
    for _ in 0..LARGE / 2 {
        thread::park_timeout(SHORT);
        (&slow).take(2 << 20).read_to_end(&mut bytes).unwrap();
    }
    slow.read_to_end(&mut bytes).unwrap();
    let answer = Answer::read(&bytes, false);
    assert!(answer.whole);
    assert_eq!(answer.body.len(), LARGE * BLOCK.len());
    assert!(!served.finished(1).contains(&EventKind::ClientGone));
}

#[test]
fn one_client_too_many_is_told_so() {
    /// As many as the gateway has places for.
    const CONNECTIONS: u64 = 256;
    let served = Served::with(Deadlines {
        admission: SHORT,
        linger: PATIENCE,
        ..Deadlines::default()
    });
    let busy: Vec<Client> = (1..=CONNECTIONS)
        .map(|id| {
            let mut client = served.connect();
            client.send(HALF_HEAD);
            served.recorded(id, |event| matches!(event, EventKind::BytesReceived { .. }));
            client
        })
        .collect();
    let mut newcomer = served.connect();
    // Closing a connection while this is unread would throw the answer away.
    newcomer.send(get("/"));
    let answer = Answer::read(&newcomer.rest(), false);
    assert_eq!(answer.status, "503 Service Unavailable");
    assert_eq!(answer.header("Connection"), Some("close"));
    let record = served.finished(CONNECTIONS + 1);
    let told = record.iter().find_map(|event| match event {
        EventKind::Refused(refused) => Some((refused.status, &*refused.reason, &refused.detail)),
        _ => None,
    });
    let (status, reason, detail) = told.unwrap();
    assert_eq!((status, reason), (503, "too-many"));
    assert!(answer.text().contains(detail), "{answer:?}");
    // A place that becomes free is given to the next one.
    drop(busy);
    for id in 1..=CONNECTIONS {
        served.finished(id);
    }
    served.is_served();
}
