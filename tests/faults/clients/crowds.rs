//! Many clients at once.

use std::net::{Shutdown, TcpStream};

use rustix::process::{Resource, Rlimit, prlimit};

use super::{answer, assert_others_are_served, plan, sent};
use crate::support::{Tutor, get};
use crate::table::{Section, assert_row};
use crate::watch::{AS_BEFORE, assert_leaves_nothing, until};

#[test]
fn a_thousand_connections_with_a_request_each() {
    let tutor = plan().start();
    assert_leaves_nothing(&tutor, || {
        let crowd: Vec<TcpStream> = (0..1000).map(|_| sent(&tutor, get("/hello"))).collect();
        assert_others_are_served(&tutor);
        for client in &crowd {
            let answer = String::from_utf8(answer(client)).unwrap();
            let status = answer.split("\r\n").next().unwrap_or_default();
            let is_right = status == "HTTP/1.1 200 OK" && answer.ends_with("Hello");
            assert!(
                is_right || status.starts_with("HTTP/1.1 503 "),
                "{answer:?}"
            );
        }
    });
    assert_row(
        Section::Clients,
        "1,000 connections at once, each with a request",
        &format!(
            "each is answered, or told with 503 to send it again; another client is answered meanwhile; {AS_BEFORE}"
        ),
    );
}

#[test]
fn a_thousand_connections_without_a_request() {
    let tutor = plan().start();
    assert_leaves_nothing(&tutor, || {
        let crowd: Vec<TcpStream> = (0..1000).map(|_| sent(&tutor, "")).collect();
        assert_others_are_served(&tutor);
        // The first ones gave way to the others, and those are still welcome.
        assert_eq!(answer(&crowd[0]), b"");
        let last = sent(&tutor, get("/hello"));
        assert!(answer(&last).ends_with(b"Hello"));
    });
    assert_row(
        Section::Clients,
        "1,000 connections at once without a request",
        &format!(
            "those idle longest are closed to make room for the next; another client is answered meanwhile; {AS_BEFORE}"
        ),
    );
}

#[test]
fn clients_that_connect_send_and_reset() {
    let tutor = plan().start();
    assert_leaves_nothing(&tutor, || {
        for _ in 0..300 {
            let client = sent(&tutor, get("/hello"));
            // What came and was not read makes the end of the connection a reset.
            let _ = client.peek(&mut [0]);
        }
        assert_others_are_served(&tutor);
    });
    let ended = tutor.stop(rustix::process::Signal::TERM);
    assert_eq!((ended.stderr.as_str(), ended.status.code()), ("", Some(0)));
    assert_row(
        Section::Clients,
        "300 times connect, send, reset",
        &format!("nothing is written on standard error; another client is answered; {AS_BEFORE}"),
    );
}

#[test]
fn clients_that_take_all_file_descriptors() {
    let tutor = Tutor::lesson(1).start();
    let few = Rlimit {
        current: Some(40),
        maximum: Some(40),
    };
    prlimit(Some(tutor.id()), Resource::Nofile, few).unwrap();
    let crowd: Vec<TcpStream> = (0..100)
        .map(|_| sent(&tutor, "GET / HTTP/1.1\r\nHost: t\r\n"))
        .collect();
    for client in &crowd {
        // One that was closed already needs no end.
        let _ = client.shutdown(Shutdown::Both);
    }
    drop(crowd);
    // Some are refused, or find no Python process, until the others' descriptors are back.
    until(
        "an answer",
        || answer(&sent(&tutor, get("/"))),
        |answer| answer.starts_with(b"HTTP/1.1 200 OK"),
    );
    assert_eq!(tutor.get("/").status, "200 OK");
    assert_row(
        Section::Clients,
        "so many connections that no file descriptor is left",
        "some are refused; as soon as descriptors are back it answers as before",
    );
}
