//! More requests than anybody sends by hand.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;

use rstest::rstest;
use serde_json::Value;

use super::{answer, assert_others_are_served, plan, sent};
use crate::support::{Tutor, get};
use crate::table::{Section, assert_row};
use crate::watch::{AS_BEFORE, assert_leaves_nothing};

const KEEP: &str = "GET /hello HTTP/1.1\r\nHost: t\r\n\r\n";

/// Reads the answers that come on one connection.
struct Answers {
    client: TcpStream,
    bytes: Vec<u8>,
}

impl Answers {
    fn on(client: TcpStream) -> Self {
        Self {
            client,
            bytes: Vec::new(),
        }
    }

    fn read(&mut self, count: usize) {
        let mut seen = 0;
        while seen < count {
            if let Some(end) = find(&self.bytes, b"\r\n\r\nHello") {
                assert!(self.bytes.starts_with(b"HTTP/1.1 200 OK\r\n"));
                self.bytes.drain(..end);
                seen += 1;
                continue;
            }
            let mut more = [0; 4096];
            let got = self.client.read(&mut more).expect("answers come");
            assert!(got > 0, "the connection ended after {seen} answers");
            self.bytes.extend_from_slice(&more[..got]);
        }
    }
}

/// Each of so many requests was told; and they need not be remembered.
fn assert_told(tutor: &Tutor, count: usize) {
    let mut told = 0;
    while told < count {
        let line = tutor.wait_for("exchange", |line| {
            line["type"] == "exchange" || skipped(line).is_some()
        });
        told += skipped(&line).unwrap_or(1);
    }
}

/// How many exchanges a line says are left out, because this test did not read as fast as they
/// came.
fn skipped(line: &Value) -> Option<usize> {
    let message = line["message"].as_str()?;
    let (count, rest) = message.split_once(' ')?;
    let is_it = rest.contains("not shown: nobody read the earlier output");
    is_it.then(|| count.parse().ok())?
}

/// Where the first such bytes end.
fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let start = bytes.windows(wanted.len()).position(|it| it == wanted)?;
    Some(start + wanted.len())
}

#[rstest]
#[case(1_000, "1,000")]
#[ignore = "takes a minute"]
#[case(10_000, "10,000")]
fn pipelined_requests(#[case] count: usize, #[case] written: &str) {
    let tutor = plan().start();
    assert_leaves_nothing(&tutor, || {
        let client = sent(&tutor, "");
        let mut sender = client.try_clone().unwrap();
        let sending = thread::spawn(move || sender.write_all(KEEP.repeat(count).as_bytes()));
        let mut answers = Answers::on(client);
        answers.read(count / 2);
        assert_others_are_served(&tutor);
        answers.read(count - count / 2);
        sending.join().unwrap().unwrap();
        assert_told(&tutor, count);
    });
    assert_row(
        Section::Clients,
        &format!("{written} requests on one connection without waiting for the answers"),
        &format!("all are answered, in order; another client is answered meanwhile; {AS_BEFORE}"),
    );
}

fn over_one_connection(tutor: &Tutor, count: usize) {
    let mut answers = Answers::on(sent(tutor, ""));
    for _ in 0..count {
        answers.client.write_all(KEEP.as_bytes()).unwrap();
        answers.read(1);
        assert_told(tutor, 1);
    }
}

fn over_new_connections(tutor: &Tutor, count: usize) {
    for _ in 0..count {
        assert!(answer(&sent(tutor, get("/hello"))).ends_with(b"Hello"));
        assert_told(tutor, 1);
    }
}

#[rstest]
#[case(
    "2,000 requests in a row on one connection",
    over_one_connection,
    2_000
)]
#[case(
    "2,000 requests in a row, each on a connection of its own",
    over_new_connections,
    2_000
)]
#[ignore = "takes minutes"]
#[case(
    "100,000 requests in a row on one connection",
    over_one_connection,
    100_000
)]
#[ignore = "takes minutes"]
#[case(
    "100,000 requests in a row, each on a connection of its own",
    over_new_connections,
    100_000
)]
fn requests_in_a_row(#[case] fault: &str, #[case] send: fn(&Tutor, usize), #[case] count: usize) {
    let tutor = plan().start();
    assert_leaves_nothing(&tutor, || send(&tutor, count / 2));
    assert_row(
        Section::Clients,
        fault,
        &format!("all are answered; {AS_BEFORE}"),
    );
}

#[test]
fn requests_that_are_none() {
    let tutor = plan().start();
    let malformed = [
        "rubbish\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: t\r\nContent-Length: x\r\n\r\n",
        "\u{16}\u{3}\u{1}",
    ];
    assert_leaves_nothing(&tutor, || {
        for request in malformed.iter().cycle().take(5_000) {
            let client = sent(&tutor, request);
            assert!(answer(&client).starts_with(b"HTTP/1.1 400 Bad Request\r\n"));
        }
        assert_others_are_served(&tutor);
    });
    assert_row(
        Section::Clients,
        "10,000 malformed requests",
        &format!("each is refused with 400; another client is answered; {AS_BEFORE}"),
    );
}
